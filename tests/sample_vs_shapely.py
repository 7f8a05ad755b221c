#!/usr/bin/env python3
"""Confirms the generated province and its answer key with shapely (GEOS).

    python3 tests/sample_vs_shapely.py [FOLDER]       (without one: data/sample)

The key comes from the construction of the province. Here every figure of it is measured again on the files, and the
rules are applied a third time, from their description: the findings must be those of the key, no more and no fewer.
Exits with 1 and the differences when anything disagrees. Needs shapely >= 2.0 and numpy.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import shapely

from sample_by_shapely.judge import judge
from sample_by_shapely.layers import (LAND_USE, LAYERS, PLAN, SAMPLE, THEMES, Layer, check, failures, polygonal, same)


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


def compare_findings(out, key):
    judged = {rule for rule, _, _ in out.found}
    check(judged <= set(key["rules"]), f"the key does not say that it answers {judged - set(key['rules'])}")
    wanted, again = {}, defaultdict(int)
    for f in sorted(key["findings"], key=lambda f: -f["area_m2"]):
        who = f["rule"], f.get("zone"), f.get("other")
        # Several of one rule and zone are numbered, the largest first.
        wanted[(*who[:2], again[who]) if again[who] else who] = f
        again[who] += 1
    check(all(n == 1 or who[0] == "ADM-04" for who, n in again.items()), "the key has a finding twice")
    for who in sorted(set(out.found) ^ set(wanted), key=str):
        failures.append(f"{who} is only in {'shapely' if who in out.found else 'the key'}")
    for who in sorted(set(out.found) & set(wanted), key=str):
        severity, area, count, table, figures = out.found[who]
        finding = wanted[who]
        check(severity == finding["severity"], f"{who}: severity {severity}, key {finding['severity']}")
        check(same(area, finding["area_m2"]), f"{who}: {area} m2, key {finding['area_m2']}")
        check(count == finding.get("parts", 0), f"{who}: {count} parts, key {finding.get('parts', 0)}")
        lines = {line["key"]: line["area_m2"] for line in finding.get("table", [])}
        agree = set(lines) == set(table or {}) and all(same(table[k], v) for k, v in lines.items())
        check(agree, f"{who}: table {table}, key {lines}")
        told = finding.get("figures", {})
        agree = set(told) <= set(figures) and all(abs(figures[k] - v) <= 1e-6 for k, v in told.items())
        check(agree, f"{who}: figures {figures}, key {told}")
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
    layers = {name: Layer(directory, name) for name in LAYERS + THEMES}
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
    claims = [f for f in key["findings"] if f["rule"] == "ADM-04"]
    narrow = [s for s in key["slivers"] if s["rule"] == "ADM-04" and s["other"]]
    nobodys = sum(f["area_m2"] for f in claims if not f.get("table"))
    claimed = sum(f["area_m2"] for f in claims if f.get("table")) + sum(s["area_m2"] for s in narrow)
    check(nobodys > 0 and claimed > 0, "the planted gap or overlap of communes is missing")
    faults = {PLAN: (gap, twice), "communes": (nobodys, claimed)}
    for name in LAYERS[1:]:
        tiles(layers[name], total, *faults.get(name, (0.0, 0.0)))
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
