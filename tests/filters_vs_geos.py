"""Filters of the server beside shapely/GEOS: which features a spatial function lets through.

usage: filters_vs_geos.py     (RANH_BIN = the program)

Literals are made of the sample's own plan, in its own CRS, where both see the same numbers: parcels, which others touch
along borders and in corners; boxes around them and between their middles; lines along borders and through areas; points
on corners and inside. Each is asked with all eight functions, both ways round, in CQL2 JSON. Property filters are held
against Python.
"""

import json
import random
import sys
import urllib.parse
import urllib.request

from served_sample import SAMPLE, server

PLAN, STORAGE = "plan-2021-2030", "http://www.opengis.net/def/crs/EPSG/0/9215"
LITERALS, MOST_VERTICES, SEED = 4, 60, 7
FUNCTIONS = ["intersects", "disjoint", "equals", "touches", "within", "contains", "overlaps", "crosses"]


def main():
    import shapely

    document = json.loads((SAMPLE / f"{PLAN}.geojson").read_text(encoding="utf-8"))
    parcels = {str(f["id"]): (shapely.geometry.shape(f["geometry"]), f["properties"]) for f in document["features"]}
    failures, asked, passed = [], 0, 0
    with server(layers=[PLAN], check=False) as address:
        for what, literal in literals([shape for shape, _ in parcels.values()]):
            for function in FUNCTIONS:
                for turned in (False, True):
                    expected = by_geos(parcels, function, literal, turned)
                    got = ask(address, spatial(function, literal, turned), "cql2-json")
                    asked, passed = asked + 1, passed + len(got)
                    if got != expected:
                        failures.append(f"{function} {what} {'turned' if turned else ''}: {sorted(got ^ expected)[:5]}")
        for text, holds in properties():
            asked += 1
            expected = {name for name, (_, own) in parcels.items() if holds(own)}
            if ask(address, text, "cql2-text") != expected:
                failures.append(f"{text}: another answer than Python's")
    print(f"GEOS {shapely.geos_version_string}: {asked} filters on {len(parcels)} parcels let {passed} through")
    for failure in failures[:50]:
        print("FAILED:", failure)
    return 1 if failures else 0


def literals(shapes):
    """Geometries that meet parcels in every way."""
    import shapely

    chance = random.Random(SEED)
    small = [shape for shape in shapes if shapely.get_num_coordinates(shape) <= MOST_VERTICES]
    for shape, other in [chance.sample(small, 2) for _ in range(LITERALS)]:
        middles = [shape.representative_point(), other.representative_point()]
        ring = shape.geoms[0].exterior if hasattr(shape, "geoms") else shape.exterior
        corner = shapely.Point(ring.coords[0])
        yield "a parcel", shape
        yield "the box of a parcel", shapely.box(*shape.bounds)
        yield "a box between middles", shapely.box(*shapely.MultiPoint(middles).bounds)
        yield "a line between middles", shapely.LineString(middles)
        yield "a border", shapely.LineString(ring.coords)
        yield "a side", shapely.LineString(ring.coords[:2])
        yield "a corner", corner
        yield "a middle", middles[0]
        yield "corners and middles", shapely.MultiPoint([corner, *middles])


def by_geos(parcels, function, literal, turned):
    import shapely

    relation = getattr(shapely, function)
    return {
        name
        for name, (shape, _) in parcels.items()
        if (relation(literal, shape) if turned else relation(shape, literal))
    }


def spatial(function, literal, turned):
    import shapely

    sides = [{"property": "geometry"}, json.loads(shapely.to_geojson(literal))]
    return json.dumps({"op": f"s_{function}", "args": sides[::-1] if turned else sides}, separators=(",", ":"))


def properties():
    yield "code = 'LUC'", lambda own: own["code"] == "LUC"
    yield "code IN ('LUC', 'RPH') AND NOT code LIKE 'R%'", lambda own: own["code"] == "LUC"
    yield "code LIKE '_U%' OR code > 'S'", lambda own: own["code"][1:2] == "U" or own["code"] > "S"
    yield "CASEI(code) = 'luc'", lambda own: own["code"].lower() == "luc"
    yield "code BETWEEN 'D' AND 'L'", lambda own: "D" <= own["code"] <= "L"


def ask(address, text, language):
    """Ids of the features that pass."""
    query = {"filter": text, "filter-lang": language, "filter-crs": STORAGE, "limit": 10_000}
    url = f"{address}/collections/{PLAN}/items?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(url) as answer:
        return {feature["id"] for feature in json.load(answer)["features"]}


if __name__ == "__main__":
    sys.exit(main())
