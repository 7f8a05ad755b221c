"""QGIS as a client of the server: what it reads over OGC API Features and from vector tiles is what was imported.

usage: qgis_client.py     (RANH_BIN = the program; QGIS' Python from Debian's python3-qgis)

QGIS reads the collections through its OAPIF provider without a screen: all features at once and page by page, those in
a rectangle, those with an attribute. Ids, attributes and coordinates are held against the sample's files, moved by PROJ
to the CRS in which QGIS says that the layer is; what a rectangle meets is GEOS's answer. From the vector tiles of each
collection, decoded and drawn, it must get every feature with its code; and the store opens in it as it is. The
server's own project must open with all its layers, in the colours of the tables. What the installed version of QGIS
cannot do is printed.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from oapif_clients import STORAGE, TOLERANCE_DEGREES, TOLERANCE_M, move
from served_sample import LAYERS, SAMPLE, server

# The Python that Debian's bindings are for.
PYTHON = "/usr/bin/python3"
SCRIPT = pathlib.Path(__file__).resolve().parent / "served_sample" / "by_qgis.py"
# What the script asks for.
PAGE = 500
# Features that QGIS looks at for the fields of a layer, as long as it does not read schemas (part 5).
FIRST = 10


def main():
    if subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True).returncode != 0:
        print("qgis_client: SKIPPED, there is no python3-qgis: QGIS was not tried", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        store = pathlib.Path(folder) / "sample.gpkg"
        with server(check=False, store=store) as address:
            read = by_qgis(folder, address, store)
    failures = []
    for name, layer in read["layers"].items():
        failures += judged(name, layer)
    print(f"QGIS {read['version']}")
    failures += judged_project(read["project"])
    told_missing(read["layers"])
    for failure in failures[:50]:
        print("FAILED:", failure)
    return 1 if failures else 0


def by_qgis(folder, address, store):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": folder, "XDG_RUNTIME_DIR": folder}
    environment.pop("PYTHONHOME", None)
    command = [PYTHON, str(SCRIPT), address, str(store), *LAYERS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"by_qgis.py: {done.returncode}\n{done.stderr[-3_000:]}")
    return json.loads(done.stdout)


def told_missing(layers):
    """What this version of QGIS cannot do."""
    if not any(layer["edits"] for layer in layers.values()):
        print("This QGIS cannot edit over OGC API Features (part 4): not tried")
    if not any(layer["crs"] == f"EPSG:{STORAGE}" for layer in layers.values()):
        print("This QGIS asks for no CRS (part 2), so it gets longitude and latitude: storageCrs was not tried")
    for name, layer in layers.items():
        missed = sorted(beyond_the_first(imported(name, layer["crs"])) - set(layer["features"][0][0]))
        if missed:
            print(f"This QGIS reads no schema (part 5): of {name} it does not see {', '.join(missed)}")


def judged(name, layer):
    import pyproj
    import shapely

    expected = imported(name, layer["crs"])
    tolerance = TOLERANCE_DEGREES if pyproj.CRS(layer["crs"]).is_geographic else TOLERANCE_M
    failures = same_features(name, expected, layer["features"], tolerance)
    failures += same_features(f"{name}, paged", expected, layer["paged"], tolerance)
    if layer["count"] != len(expected):
        failures.append(f"{name}: {layer['count']} features are counted instead of {len(expected)}")
    if layer["pages"] < -(-len(expected) // PAGE):
        failures.append(f"{name}: {layer['pages']} requests for {len(expected)} features, {PAGE} on a page")
    box = shapely.box(*layer["box"]["corners"])
    meeting = sorted(key for key, (_, shape) in expected.items() if shape.intersects(box))
    near = {key for key, (_, shape) in expected.items() if shapely.box(*shape.bounds).intersects(box)}
    if layer["box"]["exact"] != meeting or not set(meeting) <= set(layer["box"]["near"]) <= near:
        failures.append(f"{name}: in the rectangle {len(layer['box']['exact'])} instead of {len(meeting)}")
    field, value = layer["chosen"]["field"], layer["chosen"]["value"]
    having = sorted(key for key, (properties, _) in expected.items() if properties[field] == value)
    if layer["chosen"]["ids"] != having:
        failures.append(f"{name}: {field} = {value}: {len(layer['chosen']['ids'])} instead of {len(having)}")
    codes = {key: properties.get("code") for key, (properties, _) in expected.items()}
    if layer["tiles"] != codes:
        failures.append(f"{name}: from tiles {len(layer['tiles'])} features instead of {len(codes)}, or other codes")
    if layer["stored"] != {"crs": f"EPSG:{STORAGE}", "count": len(expected)}:
        failures.append(f"{name}: the store itself opens as {layer['stored']}")
    print(
        f"{name}: {len(layer['features'])} features by QGIS in {layer['crs']}, {layer['pages']} requests by pages,"
        f" {len(meeting)} in a rectangle, {len(having)} with {field} = {value}, {len(layer['tiles'])} from tiles"
    )
    return failures


def judged_project(project):
    """The server's own project: every collection twice, valid, in the colours of the tables."""
    failures = []
    layers, plan = project["layers"], "plan-2021-2030"
    wanted = {f"ranh_{kind}_{name}" for kind in ("features", "tiles") for name in LAYERS}
    if set(layers) != wanted or {key for key, known, _ in project["listed"] if known} != wanted:
        failures.append(f"project: layers {sorted(layers)}, listed {project['listed']}")
    failures += [f"project: {key} is not valid" for key, layer in layers.items() if not layer["valid"]]
    if project["crs"] != f"EPSG:{STORAGE}":
        failures.append(f"project: its CRS is {project['crs']}")
    classes = {value: fill for value, _, fill, _ in layers[f"ranh_features_{plan}"]["classes"]}
    colours = {code: project["colours"][code] for code in project["legend"]}
    if {value: fill for value, fill in classes.items() if value} != colours or "" not in classes:
        failures.append(f"project: the plan's colours are {classes}, the tables' {colours}")
    kinds = {properties["kind"] for properties, _ in imported("zones", "EPSG:4326").values()}
    zones = {value: outline for value, _, _, outline in layers["ranh_features_zones"]["classes"] if value}
    if set(zones) != kinds or len(set(zones.values())) != 1:
        failures.append(f"project: zones are drawn by {zones}, there are {sorted(kinds)}")
    for name, values in [(plan, project["legend"]), ("zones", kinds)]:
        layer = layers[f"ranh_tiles_{name}"]
        own, features = layer["classes"], layers[f"ranh_features_{name}"]["classes"]
        if layer["drawn"] != sorted(values) or [one[1:] for one in own] != [one[1:] for one in features]:
            failures.append(f"project: tiles of {name} draw {layer['drawn']} by {own}")
    visible = {key for key, _, is_visible in project["listed"] if is_visible}
    if visible != {key for key in wanted if key.startswith("ranh_features_")}:
        failures.append(f"project: shown at first are {sorted(visible)}")
    print(f"project: {len(layers)} layers in {project['crs']}, {len(colours)} codes and {len(kinds)} kinds of zones")
    return failures


def imported(name, crs):
    """The sample's features by id: properties, and the geometry in a CRS with easting or longitude first."""
    import pyproj
    import shapely

    document = json.loads((SAMPLE / f"{name}.geojson").read_text(encoding="utf-8"))
    way = pyproj.Transformer.from_crs(STORAGE, crs, always_xy=True)
    moved = lambda feature: shapely.transform(shapely.geometry.shape(feature["geometry"]), lambda xy: move(way, xy))
    return {str(feature["id"]): (feature["properties"], moved(feature)) for feature in document["features"]}


def same_features(name, expected, read, tolerance):
    import shapely

    by_id = {attributes["id"]: (attributes, shapely.from_wkb(wkb)) for attributes, wkb in read}
    if set(by_id) != set(expected) or len(by_id) != len(read):
        return [f"{name}: {len(read)} features, ids differ: {sorted(set(expected) ^ set(by_id))[:5]}"]
    failures, beyond = [], beyond_the_first(expected) - set(read[0][0])
    for key, (properties, shape) in expected.items():
        attributes, got = by_id[key]
        if not shape.normalize().equals_exact(got.normalize(), tolerance):
            failures.append(f"{name} {key}: the geometry differs")
        for field, value in properties.items():
            if field not in beyond and attributes.get(field) != value:
                failures.append(f"{name} {key}: {field} is {attributes.get(field)!r}, not {value!r}")
    return failures


def beyond_the_first(expected):
    """Properties that the first features do not have."""
    properties = [own for own, _ in expected.values()]
    return {field for own in properties for field in own} - {field for own in properties[:FIRST] for field in own}


if __name__ == "__main__":
    sys.exit(main())
