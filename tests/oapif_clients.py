"""GDAL as a client of the server: what it reads is what was imported.

usage: oapif_clients.py     (RANH_BIN = the program; ogr2ogr from Debian's gdal-bin)

ogr2ogr reads collections through its OAPIF driver, page by page: all features, those in a rectangle, those with an
attribute. Ids, properties and coordinates are held against the sample's files, moved to longitude and latitude by
PROJ; which features a rectangle meets is GEOS's answer. The CRSs of the answers are asked for directly, since Debian's
GDAL knows only part 1: every vertex is where PROJ puts it, in the axis order of the definition, and in the CRS of
storage it is the number that was imported.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

from served_sample import LAYERS, SAMPLE, server

STORAGE = 9215
# 4326 and 4756: latitude first. The others: easting first.
CRSS = [4326, 4756, 3857, 3405, 32648, 9215, 9210, 5897]
# Degrees of 7 decimals and metres of 4, and what PROJ and proj4rs differ by.
TOLERANCE_DEGREES, TOLERANCE_M = 1.1e-7, 1e-3


def main():
    failures = []
    with server(check=False) as address:
        if shutil.which("ogr2ogr") is None:
            print("oapif_clients: SKIPPED, there is no ogr2ogr: no client was tried", file=sys.stderr)
        else:
            for layer in LAYERS:
                failures += read_by_gdal(address, layer)
        failures += crss(address)
    for failure in failures[:50]:
        print("FAILED:", failure)
    return 1 if failures else 0


def imported(layer):
    """The sample's features by id: properties and geometry in longitude and latitude."""
    import pyproj
    import shapely

    document = json.loads((SAMPLE / f"{layer}.geojson").read_text(encoding="utf-8"))
    to_degrees = pyproj.Transformer.from_crs(STORAGE, 4326, always_xy=True)
    features = {}
    for feature in document["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        moved = shapely.transform(shape, lambda xy: move(to_degrees, xy))
        features[str(feature["id"])] = (feature["properties"], moved)
    return features


def move(transformer, coordinates):
    import numpy

    return numpy.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))


def by_gdal(address, layer, *options):
    """What ogr2ogr reads: features by id."""
    import shapely

    with tempfile.TemporaryDirectory() as folder:
        target = str(pathlib.Path(folder) / "read.geojson")
        command = ["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9", *options, target]
        command += [f"OAPIF:{address}", layer, "-oo", "PAGE_SIZE=500"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)}: {done.stderr}")
        document = json.loads(pathlib.Path(target).read_text(encoding="utf-8"))
    # The driver makes a field of ids that are texts.
    features = document["features"]
    return {str(f["properties"]["id"]): (f["properties"], shapely.geometry.shape(f["geometry"])) for f in features}


def read_by_gdal(address, layer):
    import shapely

    expected = imported(layer)
    read = by_gdal(address, layer)
    failures = same_features(layer, expected, read)
    west, south, east, north = shapely.total_bounds([shape for _, shape in expected.values()])
    x, y = (west + east) / 2, (south + north) / 2
    box = shapely.box(x - (east - west) / 7, y - (north - south) / 7, x, y)
    inside = {name for name, (_, shape) in expected.items() if shape.intersects(box)}
    found = set(by_gdal(address, layer, "-spat", *map(str, box.bounds)))
    if found != inside:
        failures.append(f"{layer}: in the rectangle {sorted(found ^ inside)[:5]} differ")
    name, value = ("kind", "KCN") if layer == "zones" else ("code", next(iter(expected.values()))[0]["code"])
    wanted = {key for key, (properties, _) in expected.items() if properties.get(name) == value}
    chosen = set(by_gdal(address, layer, "-where", f"{name} = '{value}'"))
    if chosen != wanted:
        failures.append(f"{layer}: {name} = {value}: {len(chosen)} instead of {len(wanted)}")
    print(f"{layer}: {len(read)} features by GDAL, {len(found)} in a rectangle, {len(chosen)} with {name} = {value}")
    return failures


def same_features(layer, expected, read):
    if set(expected) != set(read):
        return [f"{layer}: ids differ: {sorted(set(expected) ^ set(read))[:5]}"]
    failures = []
    for name, (properties, shape) in expected.items():
        got, got_shape = read[name]
        if not shape.normalize().equals_exact(got_shape.normalize(), TOLERANCE_DEGREES):
            failures.append(f"{layer} {name}: the geometry differs")
        texts = {k: v for k, v in properties.items() if isinstance(v, (str, int, float)) and not isinstance(v, bool)}
        for key, value in texts.items():
            if got.get(key) != value and str(got.get(key)) != str(value):
                failures.append(f"{layer} {name}: {key} is {got.get(key)!r}, not {value!r}")
    return failures


def crss(address):
    """Every vertex in each CRS, beside PROJ."""
    import pyproj
    import shapely

    failures = []
    document = json.loads((SAMPLE / "zones.geojson").read_text(encoding="utf-8"))
    stored = {str(f["id"]): shapely.geometry.shape(f["geometry"]) for f in document["features"]}
    for code in CRSS:
        uri = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
        query = urllib.parse.urlencode({"limit": 10_000, "crs": uri})
        with urllib.request.urlopen(f"{address}/collections/zones/items?{query}") as answer:
            if answer.headers["Content-Crs"] != f"<{uri}>":
                failures.append(f"EPSG:{code}: Content-Crs is {answer.headers['Content-Crs']}")
            features = json.load(answer)["features"]
        crs = pyproj.CRS.from_epsg(code)
        # Not always_xy: the axis order of the definition is part of what is compared.
        transformer = pyproj.Transformer.from_crs(STORAGE, code)
        tolerance = TOLERANCE_DEGREES if crs.is_geographic else TOLERANCE_M
        worst = 0.0
        for feature in features:
            expected = shapely.transform(stored[feature["id"]], lambda xy: move(transformer, xy))
            got = shapely.geometry.shape(feature["geometry"])
            worst = max(worst, shapely.hausdorff_distance(vertices(expected), vertices(got)))
        print(f"EPSG:{code}: {len(features)} zones, the farthest vertex {worst:.3g} away")
        if worst > (0 if code == STORAGE else tolerance):
            failures.append(f"EPSG:{code}: a vertex is {worst} away")
    return failures


def vertices(shape):
    """The vertices alone: rings may run in the other direction."""
    import shapely

    return shapely.multipoints(shapely.get_coordinates(shape))


if __name__ == "__main__":
    sys.exit(main())
