#!/usr/bin/env python3
"""Confirms the generated province and its answer key with shapely (GEOS).

    python3 tests/sample_vs_shapely.py [FOLDER]       (without one: data/sample)

The key comes from the construction of the province. Here every figure of it is measured again on the files, and the
rules are applied a third time, from their description: the findings must be those of the key, no more and no fewer.
Exits with 1 and the differences when anything disagrees. Needs shapely >= 2.0 and numpy.
"""

import json
import math
import sys
from collections import defaultdict
from pathlib import Path

import shapely
from shapely.geometry import shape
from shapely.strtree import STRtree

LAYERS = ["zones", "plan-2021-2030", "plan-2016-2020", "land-use-2024", "communes"]
# The committed province.
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
PLAN, LAND_USE = "plan-2021-2030", "land-use-2024"
# Overlay noise on borders that are shared exactly: parts below this are none, m2.
NOTHING_M2 = 1e-4
W_ZONES, W_PARCELS = math.hypot(1.0, 1.0), math.hypot(1.0, 5.0)
A_ZONES, A_PARCELS = 64.0, 1600.0
EVERYWHERE = {"DGT", "DTL", "DNL", "DRA"}
ALLOWED = {"KCN": {"SKK"}, "CCN": {"SKN"}, "CCNLN": {"SKN"}, "KCX": {"SKK", "SKT"}}
RICE, FOREST = {"LUC", "LUK", "LUN"}, {"RPH"}
LOWER = {"B": "E", "E": "W", "W": "I", "I": "I"}

failures = []


def check(good, message):
    if not good:
        failures.append(message)


def same(a, b):
    return abs(a - b) <= 1e-3 + 1e-9 * abs(b)


class Layer:
    """A collection: ids, properties, geometries filled by even-odd where they are not valid."""

    def __init__(self, directory, name):
        document = json.loads((directory / f"{name}.geojson").read_text(encoding="utf-8"))
        self.about = document["ranh"]
        features = document["features"]
        self.ids = [feature["id"] for feature in features]
        self.properties = [feature["properties"] for feature in features]
        raw = [shape(feature["geometry"]) for feature in features]
        self.invalid = [id for id, geometry in zip(self.ids, raw) if not geometry.is_valid]
        # "linework" keeps what an odd number of rings surrounds.
        self.geometries = [g if g.is_valid else polygonal(shapely.make_valid(g, method="linework")) for g in raw]
        self.tree = STRtree(self.geometries)
        check(self.about["generated"] is True, f"{name} does not say that it is generated")
        check(len(set(self.ids)) == len(self.ids), f"{name}: an id twice")
        for x, y in shapely.get_coordinates(raw):
            if (x * 4) % 1 or (y * 4) % 1:
                failures.append(f"{name}: vertex {x}, {y} is not on quarter metres")
                break

    def overlaps(self, geometry):
        """(position, overlap) of every feature whose interior overlaps the geometry."""
        for position in sorted(self.tree.query(geometry, predicate="intersects")):
            overlap = polygonal(self.geometries[position].intersection(geometry))
            if not overlap.is_empty:
                yield int(position), overlap


def parts(geometry):
    if geometry.geom_type == "Polygon":
        return [] if geometry.area < NOTHING_M2 else [geometry]
    return [part for sub in getattr(geometry, "geoms", []) for part in parts(sub)]


def polygonal(geometry):
    return shapely.MultiPolygon(parts(geometry))


def width(part):
    return 2.0 * part.area / part.length


def split(geometry, w_min):
    """Parts that are wide enough, and slivers."""
    wide = [part for part in parts(geometry) if width(part) >= w_min]
    return wide, [part for part in parts(geometry) if width(part) < w_min]


def tiles(layer, total_m2, gap_m2, twice_m2):
    """A layer tiles the province but for a planted gap and double cover."""
    covered = shapely.union_all(layer.geometries).area
    name = layer.about["collection"]
    check(same(covered + gap_m2, total_m2), f"{name}: covers {covered}, expected {total_m2 - gap_m2}")
    twice = 0.0
    left, right = layer.tree.query(layer.geometries, predicate="intersects")
    for a, b in zip(left, right):
        if a < b:
            twice += polygonal(layer.geometries[a].intersection(layer.geometries[b])).area
    check(same(twice, twice_m2), f"{name}: {twice} m2 covered twice, expected {twice_m2}")


def ancestors(zones, position):
    by_id = {id: properties for id, properties in zip(zones.ids, zones.properties)}
    parent = zones.properties[position].get("parent")
    while parent:
        yield parent
        parent = by_id[parent].get("parent")


class Findings:
    def __init__(self):
        self.found, self.slivers = {}, []

    def add(self, rule, severity, zone, other, wide, a_min, table=None):
        area = sum(part.area for part in wide)
        if a_min and area < a_min:
            severity = LOWER[severity]
        self.found[rule, zone, other] = (severity, area, len(wide), table)

    def note(self, rule, zone, other, slivers):
        self.slivers += [(rule, zone, other, part.area) for part in slivers]


def judge(layers):
    out, zones = Findings(), layers["zones"]
    for position, zone in enumerate(zones.ids):
        properties, geometry = zones.properties[position], zones.geometries[position]
        if zone in zones.invalid:
            out.add("GEO-01", "B", zone, None, [], None)
        declared = properties.get("declared_area_ha")
        if declared:
            percent = abs(geometry.area / (declared * 10_000.0) - 1.0) * 100.0
            step = next((s for limit, s in [(5.0, "E"), (1.0, "W"), (0.5, "I")] if percent > limit), None)
            if step:
                out.add("ZON-04", step, zone, None, [], None)
        if properties["state"] in ("revoked", "converted"):
            continue
        allowed = ALLOWED.get(properties["kind"])
        if allowed:
            judge_plan(out, layers[PLAN], zone, geometry, allowed | EVERYWHERE)
            judge_land(out, layers[LAND_USE], "LUP-03", zone, geometry, RICE)
            judge_land(out, layers[LAND_USE], "LUP-04", zone, geometry, FOREST)
        judge_zones(out, zones, position)
        judge_communes(out, layers["communes"], zone, geometry, properties["communes"])
    return out


def judge_plan(out, plan, zone, geometry, allowed):
    for parcel, overlap in plan.overlaps(geometry):
        if plan.properties[parcel]["code"] not in allowed:
            wide, slivers = split(overlap, W_PARCELS)
            out.note("LUP-01", zone, plan.ids[parcel], slivers)
            if wide:
                out.add("LUP-01", "E", zone, plan.ids[parcel], wide, A_PARCELS)


def judge_land(out, land, rule, zone, geometry, codes):
    wide, table = [], defaultdict(float)
    for parcel, overlap in land.overlaps(geometry):
        code = land.properties[parcel]["code"]
        if code in codes:
            enough, slivers = split(overlap, W_PARCELS)
            out.note(rule, zone, land.ids[parcel], slivers)
            wide += enough
            if enough:
                table[code] += sum(part.area for part in enough)
    if wide:
        area = sum(part.area for part in wide)
        severity = "W" if rule == "LUP-03" and area < 100_000.0 else "E"
        out.add(rule, severity, zone, None, parts(shapely.union_all(wide)), A_PARCELS, dict(table))


def judge_zones(out, zones, position):
    zone = zones.ids[position]
    for other, overlap in zones.overlaps(zones.geometries[position]):
        id = zones.ids[other]
        related = id in ancestors(zones, position) or zone in ancestors(zones, other)
        if zone < id and not related and zones.properties[other]["state"] not in ("revoked", "converted"):
            wide, slivers = split(overlap, W_ZONES)
            out.note("ZON-01", zone, id, slivers)
            if wide:
                out.add("ZON-01", "E", zone, id, wide, A_ZONES)


def judge_communes(out, communes, zone, geometry, declared):
    held = [(communes.properties[c]["code"], overlap) for c, overlap in communes.overlaps(geometry)]
    outside = shapely.union_all([overlap for code, overlap in held if code not in declared])
    if outside.area / geometry.area > 0.01:
        wide, slivers = split(outside, W_PARCELS)
        out.note("ADM-02", zone, "", slivers)
        if wide:
            table = {code: overlap.area for code, overlap in held if code not in declared}
            out.add("ADM-02", "E", zone, None, wide, A_PARCELS, table)
    table, all_wide = {}, []
    for code, overlap in held:
        wide, slivers = split(overlap, W_PARCELS)
        out.note("ADM-03", zone, code, slivers)
        if wide:
            table[code] = sum(part.area for part in wide)
            all_wide += wide
    if len(table) > 1:
        out.add("ADM-03", "I", zone, None, parts(shapely.union_all(all_wide)), None, table)


def compare_findings(out, key):
    judged = {rule for rule, _, _ in out.found} | {"LUP-03", "LUP-04"}
    check(judged <= set(key["rules"]), f"the key does not say that it answers {judged - set(key['rules'])}")
    wanted = {(f["rule"], f["zone"], f.get("other")): f for f in key["findings"]}
    check(len(wanted) == len(key["findings"]), "the key has a finding twice")
    for who in sorted(set(out.found) ^ set(wanted), key=str):
        failures.append(f"{who} is only in {'shapely' if who in out.found else 'the key'}")
    for who in sorted(set(out.found) & set(wanted), key=str):
        severity, area, count, table = out.found[who]
        finding = wanted[who]
        check(severity == finding["severity"], f"{who}: severity {severity}, key {finding['severity']}")
        check(same(area, finding["area_m2"]), f"{who}: {area} m2, key {finding['area_m2']}")
        check(count == finding.get("parts", 0), f"{who}: {count} parts, key {finding.get('parts', 0)}")
        lines = {line["key"]: line["area_m2"] for line in finding.get("table", [])}
        agree = set(lines) == set(table or {}) and all(same(table[k], v) for k, v in lines.items())
        check(agree, f"{who}: table {table}, key {lines}")
    mine = sorted(out.slivers)
    theirs = sorted((s["rule"], s["zone"], s["other"], s["area_m2"]) for s in key["slivers"])
    agree = len(mine) == len(theirs) and all(a[:3] == b[:3] and same(a[3], b[3]) for a, b in zip(mine, theirs))
    check(agree, f"slivers {mine}, key {theirs}")


def coverage(what, layer, geometry, expected):
    """Area per code, uncovered, covered again; returns the number of overlapping pairs."""
    by_code, shapes = defaultdict(float), []
    for parcel, overlap in layer.overlaps(geometry):
        by_code[layer.properties[parcel]["code"]] += overlap.area
        shapes.append(overlap)
    union = shapely.union_all(shapes)
    lines = {line["key"]: line["area_m2"] for line in expected["codes"]}
    agree = set(lines) == set(by_code) and all(same(by_code[code], area) for code, area in lines.items())
    check(agree, f"{what}: codes {dict(by_code)}, key {lines}")
    uncovered = polygonal(geometry.difference(union)).area
    check(same(uncovered, expected["uncovered_m2"]), f"{what}: uncovered {uncovered}, key {expected['uncovered_m2']}")
    multiple = sum(shape.area for shape in shapes) - union.area
    check(same(multiple, expected["multiple_m2"]), f"{what}: twice {multiple}, key {expected['multiple_m2']}")
    return len(shapes)


def compare_summaries(layers, key):
    zones, pairs = layers["zones"], defaultdict(int)
    check([s["zone"] for s in key["summaries"]] == zones.ids, "summaries are not in the order of the zones")
    for summary, geometry, position in zip(key["summaries"], zones.geometries, range(len(zones.ids))):
        zone = summary["zone"]
        check(same(geometry.area, summary["area_m2"]), f"{zone}: area {geometry.area}, key {summary['area_m2']}")
        pairs["zone_plan_pairs"] += coverage(f"{zone} plan", layers[PLAN], geometry, summary["by_plan"])
        pairs["zone_land_use_pairs"] += coverage(f"{zone} land use", layers[LAND_USE], geometry, summary["by_land_use"])
        lines = {line["key"]: line["area_m2"] for line in summary["by_commune"]}
        held = {layers["communes"].ids[c]: overlap.area for c, overlap in layers["communes"].overlaps(geometry)}
        agree = set(lines) == set(held) and all(same(held[c], area) for c, area in lines.items())
        check(agree, f"{zone}: communes {held}, key {lines}")
        pairs["zone_commune_pairs"] += len(held)
        pairs["zone_zone_pairs"] += sum(1 for other, _ in zones.overlaps(geometry) if other > position)
    for name, count in pairs.items():
        check(count == key["totals"][name], f"{name}: {count}, key {key['totals'][name]}")


def main():
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    layers = {name: Layer(directory, name) for name in LAYERS}
    key = json.loads((directory / "answers.json").read_text(encoding="utf-8"))
    total = key["totals"]["area_m2"]
    for name, count in key["totals"]["features"]:
        check(len(layers[name].ids) == count, f"{name}: {len(layers[name].ids)} features, key {count}")
    planted = [f["zone"] for f in key["findings"] if f["rule"] == "GEO-01"]
    for name, layer in layers.items():
        check(layer.invalid == (planted if name == "zones" else []), f"{name}: not valid: {layer.invalid}")
    gap = sum(s["by_plan"]["uncovered_m2"] for s in key["summaries"])
    twice = sum(s["by_plan"]["multiple_m2"] for s in key["summaries"])
    check(gap > 0 and twice > 0, "the planted gap or double cover is missing")
    for name in LAYERS[1:]:
        tiles(layers[name], total, gap if name == PLAN else 0.0, twice if name == PLAN else 0.0)
    compare_summaries(layers, key)
    compare_findings(judge(layers), key)
    counts = ", ".join(f"{len(layer.ids)} {name}" for name, layer in layers.items())
    print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}: {counts}; "
          f"{len(key['findings'])} findings, {len(key['slivers'])} slivers; {len(failures)} differences")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
