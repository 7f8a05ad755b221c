"""What QGIS reads from the server whose address is given first, and from the store given second, as JSON."""

import json
import os
import pathlib
import sys
import urllib.parse
import urllib.request

from qgis.core import (
    NULL,
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsRenderedFeatureHandlerInterface,
    QgsVectorDataProvider,
    QgsVectorLayer,
    QgsVectorTileBasicRenderer,
    QgsVectorTileBasicRendererStyle,
    QgsVectorTileLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt
from qgis.PyQt.QtGui import QImage, QPainter

PAGE = 500
# Pixels of a map on which tiles of the sample are drawn at a zoom where nothing is merged.
SIDE = 6_000
ITEMS = 'ranh_http_request_duration_seconds_count{route="/collections/{collection}/items"}'


def main():
    address, store, *names = sys.argv[1:]
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    layers = {name: layer(address, store, name) for name in names}
    read = {"version": Qgis.QGIS_VERSION, "layers": layers, "project": project(address, pathlib.Path(store).parent)}
    json.dump(read, sys.stdout, ensure_ascii=False)
    sys.stdout.flush()
    # Qt's own end of a program without a window does not always end well.
    os._exit(0)


def layer(address, store, name):
    everything = opened(address, name)
    pages = items_asked(address)
    by_pages = opened(address, name, f" pagingEnabled='true' pageSize='{PAGE}'")
    paged = [told(feature) for feature in by_pages.getFeatures()]
    pages = items_asked(address) - pages
    provider = everything.dataProvider().capabilities()
    kept = QgsVectorLayer(f"{store}|layername={name}", name, "ogr")
    return {
        "crs": everything.crs().authid(),
        "count": everything.featureCount(),
        "features": [told(feature) for feature in everything.getFeatures()],
        "paged": paged,
        "pages": pages,
        "box": boxed(opened(address, name, " restrictToRequestBBOX='1'")),
        "chosen": chosen(address, name),
        "edits": bool(provider & QgsVectorDataProvider.AddFeatures),
        "stored": {"crs": kept.crs().authid(), "count": kept.featureCount()},
        "tiles": drawn(address, name),
    }


def opened(address, name, more=""):
    made = QgsVectorLayer(f"url='{address}' typename='{name}'{more}", name, "OAPIF")
    if not made.isValid():
        raise SystemExit(f"QGIS cannot open {name}{more}")
    return made


def told(feature):
    """Attributes by name and the geometry as hexadecimal WKB."""
    attributes = {name: plain(value) for name, value in zip(feature.fields().names(), feature.attributes())}
    return attributes, bytes(feature.geometry().asWkb()).hex()


def plain(value):
    if value == NULL:
        return None
    if isinstance(value, (QDate, QDateTime)):
        return value.toString(Qt.ISODate)
    return value


def chosen(address, name):
    """Features with a value, by QGIS' own filter."""
    read = opened(address, name)
    field = "kind" if name == "zones" else "code"
    value = next(read.getFeatures())[field]
    if not read.setSubsetString(f"\"{field}\" = '{value}'"):
        raise SystemExit(f"QGIS cannot filter {name}")
    return {"field": field, "value": value, "ids": ids(read)}


def ids(read, request=None):
    return sorted(feature["id"] for feature in read.getFeatures(request or QgsFeatureRequest()))


def boxed(read):
    """Features in a rectangle a little off the middle, with and without their exact shapes."""
    extent, middle = read.extent(), read.extent().center()
    rectangle = QgsRectangle(
        middle.x() - extent.width() / 7, middle.y() - extent.height() / 7, middle.x(), middle.y()
    )
    request = QgsFeatureRequest().setFilterRect(rectangle)
    exact = QgsFeatureRequest(request).setFlags(QgsFeatureRequest.ExactIntersect)
    corners = [rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(), rectangle.yMaximum()]
    return {"corners": corners, "near": ids(read, request), "exact": ids(read, exact)}


def items_asked(address):
    """How often features have been asked for, by the server's own count."""
    lines = fetched(f"{address}/metrics").decode().splitlines()
    return sum(int(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(ITEMS))


def fetched(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def project(address, folder):
    """What the server's own project holds, and what its colours should be by the server's tables."""
    file = folder / "ranh.qgs"
    file.write_bytes(fetched(f"{address}/ranh.qgs"))
    read = QgsProject.instance()
    if not read.read(str(file)):
        raise SystemExit(f"QGIS cannot read the project: {read.error()}")
    listed = read.layerTreeRoot().findLayers()
    codes = json.loads(fetched(f"{address}/legend?collection=plan-2021-2030"))["codes"]
    return {
        "crs": read.crs().authid(),
        "extent": corners(read.viewSettings().defaultViewExtent()),
        "listed": [(entry.layerId(), entry.layer() is not None, entry.isVisible()) for entry in listed],
        "layers": {key: in_project(layer_) for key, layer_ in read.mapLayers().items()},
        "legend": [line["code"] for line in codes],
        "colours": {code["code"]: code["rgb"] for code in json.loads(fetched(f"{address}/codes"))["codes"]},
    }


def in_project(layer_):
    """Classes by their value or condition: label and colours."""
    renderer, tiles = layer_.renderer(), isinstance(layer_, QgsVectorTileLayer)
    if tiles:
        classes = [(style.filterExpression(), style.styleName(), colours(style.symbol())) for style in renderer.styles()]
    elif renderer.type() == "categorizedSymbol":
        classes = [(one.value(), one.label(), colours(one.symbol())) for one in renderer.categories()]
    elif renderer.type() == "RuleRenderer":
        rules = renderer.rootRule().children()
        classes = [(rule.filterExpression(), rule.label(), colours(rule.symbol())) for rule in rules]
    else:
        classes = [("", "", colours(renderer.symbol()))]
    return {
        "valid": layer_.isValid(),
        "name": layer_.name(),
        "crs": layer_.crs().authid(),
        "kind": "tiles" if tiles else renderer.type(),
        "count": None if tiles else layer_.featureCount(),
        "classes": [(str(value), label, *colour) for value, label, colour in classes],
        "drawn": values(layer_) if tiles else None,
    }


def colours(symbol):
    """Fill and outline."""
    layer_ = symbol.symbolLayer(0)
    return symbol.color().name(), layer_.strokeColor().name()


def values(tiles):
    """Codes and kinds of the features that the classes of a tile layer draw."""
    handler = Handler()
    painted(tiles, corners(QgsProject.instance().viewSettings().defaultViewExtent()), handler)
    own = [plain(seen.get("code") or seen.get("kind")) for seen in handler.seen]
    return sorted({value for value in own if value is not None})


def corners(rectangle):
    to_degrees = QgsCoordinateTransform(
        rectangle.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
    )
    box = to_degrees.transformBoundingBox(rectangle)
    return [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]


class Handler(QgsRenderedFeatureHandlerInterface):
    """Told of every feature of a tile that is drawn."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handleRenderedFeature(self, feature, geometry, context):
        self.seen.append(dict(zip(feature.fields().names(), feature.attributes())))


def drawn(address, name):
    """Features that QGIS decodes from all tiles of a collection: their codes by their ids."""
    tile_json = json.loads(fetched(f"{address}/tiles/{name}"))
    template = urllib.parse.quote(urllib.parse.urljoin(address, tile_json["tiles"][0]), safe="")
    tiles = QgsVectorTileLayer(f"type=xyz&url={template}&zmin=0&zmax={tile_json['maxzoom']}", name)
    if not tiles.isValid():
        raise SystemExit(f"QGIS cannot open the tiles of {name}")
    style = QgsVectorTileBasicRendererStyle("all", name, QgsWkbTypes.PolygonGeometry)
    # Only what a filter asks about is decoded.
    style.setFilterExpression('"fid" IS NOT NULL OR "code" IS NOT NULL')
    style.setSymbol(QgsFillSymbol.createSimple({"color": "#808080"}))
    renderer = QgsVectorTileBasicRenderer()
    renderer.setStyles([style])
    tiles.setRenderer(renderer)
    handler = Handler()
    painted(tiles, tile_json["bounds"], handler)
    return {seen["fid"]: plain(seen["code"]) for seen in handler.seen}


def painted(layer_, bounds, handler):
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    to_mercator = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), mercator, QgsProject.instance()
    )
    settings = QgsMapSettings()
    settings.setLayers([layer_])
    settings.setDestinationCrs(mercator)
    settings.setExtent(to_mercator.transformBoundingBox(QgsRectangle(*bounds)))
    settings.setOutputSize(QSize(SIDE, SIDE))
    settings.addRenderedFeatureHandler(handler)
    image = QImage(QSize(SIDE, SIDE), QImage.Format_RGB32)
    painter = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.start()
    job.waitForFinished()
    painter.end()
    if job.errors():
        raise SystemExit("; ".join(error.message for error in job.errors()))


main()
