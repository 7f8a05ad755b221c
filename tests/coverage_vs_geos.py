"""`ranh coverage` beside shapely/GEOS on real borders: overlaps, gaps, shared edges, and which features are at fault.

usage: coverage_vs_geos.py                                    (the communes of three provinces, in ../shared/data)
       coverage_vs_geos.py FILE.geojson CRS TOLERANCE_M [ID_FIELD]                                 (any other layer)
RANH_BIN names the program.

Each pair's overlap agrees to 1e-3 m² + 1e-9 of its area with GEOS's intersection. Each gap agrees, place by place, to
1e-3 m² + 1e-9 with a hole of GEOS's union, whose area and outer boundary agree to 1e-9. Edges that two features share
are counted anew from the coordinates as they stand in the file, exactly. GEOS's `coverage_invalid_edges` without a
width must name the features of our overlaps and none that no finding of ours names; with the tolerance as its width,
the features of our overlaps, cracks and near misses. Features that GEOS cannot take as they are, as they are invalid,
are mended by make_valid for it, and what touches them is listed apart. The bounds are for a province: findings lie on
the grid of 2⁻²⁰ m, whose rounding adds up along a border of a hundred kilometres.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from overlaps_vs_geos import ABSOLUTE_M2, DATA, RELATIVE, compare, differ, geos_pairs, largest

LAYERS = [
    ("vietnam/communes-12-lai-chau.geojson", "EPSG:9205"),
    ("vietnam/communes-15-lao-cai.geojson", "EPSG:9208"),
    ("vietnam/communes-20-lang-son.geojson", "EPSG:9215"),
]
TOLERANCE_M = 1.0
# GEOS also names who has a sliver of its own narrower than the width, as its far side is near the neighbour's border.
SLIVERS_OF_THEIR_OWN = {"vietnam/communes-20-lang-son.geojson": {"06184"}}
FAULTS = ("overlap", "crack", "near_miss", "open_crack")


def main():
    if len(sys.argv) > 1:
        file, crs, tolerance, *id_field = sys.argv[1:]
        failures = layer(pathlib.Path(file), crs, float(tolerance), id_field[0] if id_field else None, set())
        return 1 if tell(failures) else 0
    if not DATA.is_dir():
        print("coverage_vs_geos: SKIPPED, ../shared/data is absent: nothing was compared", file=sys.stderr)
        return 0
    import shapely

    print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
    failures = []
    for name, crs in LAYERS:
        failures += layer(DATA / name, crs, TOLERANCE_M, "code", SLIVERS_OF_THEIR_OWN.get(name, set()))
    return 1 if tell(failures) else 0


def tell(failures):
    for failure in failures[:50]:
        print("FAILED:", failure)
    return failures


def layer(file, crs, tolerance, id_field, slivers):
    import numpy
    import shapely

    with open(file, encoding="utf-8") as text:
        features = json.load(text)["features"]
    keys = [str(f["properties"][id_field]) if id_field else str(i) for i, f in enumerate(features)]
    raw = numpy.array([shapely.geometry.shape(f["geometry"]) if f["geometry"] else shapely.Polygon()
                       for f in features], dtype=object)
    rows, totals = ranh(file, crs, tolerance, id_field)
    print(f"{file.name} {crs}: {len(features)} features, {int((~shapely.is_valid(raw)).sum())} invalid")
    shapes = shapely.transform(raw, mover(crs))
    invalid = {key for key, valid in zip(keys, shapely.is_valid(shapes)) if not valid}
    mended = numpy.array([s if k not in invalid else shapely.make_valid(s) for k, s in zip(keys, shapes)], dtype=object)
    wrong = overlaps(file.name, rows, mended, keys, invalid)
    if invalid:
        # Holes, edges and faults of the whole layer depend on how the invalid are read.
        gaps(file.name, rows, totals, mended, crs)
        return wrong
    wrong += gaps(file.name, rows, totals, mended, crs)
    wrong += edges(file.name, totals, raw)
    return wrong + faults(file.name, rows, mended, keys, tolerance, slivers)


def overlaps(name, rows, shapes, keys, invalid):
    """Pair for pair; those that touch an invalid feature are told and not judged."""
    ours = {frozenset(r["feature_ids"].split(";")): float(r["area_m2"]) for r in rows if r["kind"] == "overlap"}
    theirs = geos_pairs(shapes, shapes, keys)
    clean = [{k: a for k, a in pairs.items() if not k & invalid} for pairs in (ours, theirs)]
    print(f"  overlaps: Ranh {len(ours)}, GEOS {len(theirs)}, {sum(a > ABSOLUTE_M2 for a in theirs.values())} above 1e-3 m²; "
          f"sum Ranh {sum(ours.values()):.6f} m², GEOS {sum(theirs.values()):.6f} m²; "
          f"largest difference {largest(*clean):.2e} m²")
    touched = {k for k in set(ours) | set(theirs) if k & invalid}
    if touched:
        differing = [k for k in touched if differ(ours.get(k, 0.0), theirs.get(k, 0.0))]
        print(f"  overlaps that touch an invalid feature: {len(touched)}, of which {len(differing)} differ from make_valid's:")
        for key in sorted(differing, key=sorted):
            print(f"    {' × '.join(sorted(key))}: Ranh {ours.get(key, 0.0):.4f} m², GEOS {theirs.get(key, 0.0):.4f} m²")
    return compare(*clean, name)


def gaps(name, rows, totals, shapes, crs):
    """The holes of the union, place by place, and what bounds it outside."""
    import shapely

    union = shapely.union_all(shapes)
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    tree, ours = shapely.STRtree(holes), [r for r in rows if r["kind"] in ("crack", "hole")]
    places = shapely.transform(shapely.points([[float(r["longitude"]), float(r["latitude"])] for r in ours]), mover(crs)) \
        if ours else []
    wrong, found, off = [], set(), 0.0
    for row, place in zip(ours, places):
        area, at = float(row["area_m2"]), tree.query(place, predicate="within")
        theirs = sum(holes[i].area for i in at)
        found.update(int(i) for i in at)
        off = max(off, abs(area - theirs))
        if differ(area, theirs):
            wrong.append(f"{name}: gap at {row['longitude']} {row['latitude']}: Ranh {area} m², GEOS {theirs} m²")
    left = [h for i, h in enumerate(holes) if i not in found and h.area > ABSOLUTE_M2]
    wrong += [f"{name}: GEOS has a hole of {h.area} m² that Ranh has not: {h.wkt[:80]}" for h in left]
    outside = sum(shapely.length(part.exterior) for part in shapely.get_parts(union))
    print(f"  gaps: Ranh {len(ours)}, GEOS {len(holes)}, {sum(h.area > ABSOLUTE_M2 for h in holes)} above 1e-3 m²; "
          f"sum Ranh {totals['gap_area_m2']:.6f} m², GEOS {sum(h.area for h in holes):.6f} m²; largest difference {off:.2e} m²")
    print(f"  union: Ranh {totals['union_area_m2']:.4f} m², {totals['outer_boundary_m']:.4f} m around; "
          f"GEOS {union.area:.4f} m², {outside:.4f} m")
    for what, one, other in [("area", totals["union_area_m2"], union.area),
                             ("outer boundary", totals["outer_boundary_m"], outside)]:
        if abs(one - other) > RELATIVE * other:
            wrong.append(f"{name}: {what} of the union: Ranh {one}, GEOS {other}")
    return wrong


def edges(name, totals, raw):
    """Directed edges, and those whose reverse another feature has, by the bits of the coordinates in the file."""
    import numpy
    import shapely

    parts, whose = shapely.get_parts(shapely.orient_polygons(raw), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    owners = whose[part]
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same_ring = (ring[1:] == ring[:-1]) & (xy[1:] != xy[:-1]).any(axis=1)
    start, end, owner = xy[:-1][same_ring], xy[1:][same_ring], owners[ring[:-1][same_ring]]
    both = numpy.concatenate([numpy.hstack([start, end]), numpy.hstack([end, start])]) + 0.0
    _, number = numpy.unique(both.view([("", both.dtype)] * 4).ravel(), return_inverse=True)
    there, back = number[:len(owner)], number[len(owner):]
    first = numpy.full(number.max() + 1, numpy.iinfo(numpy.int64).max)
    last = numpy.full(number.max() + 1, -1)
    numpy.minimum.at(first, there, owner)
    numpy.maximum.at(last, there, owner)
    shared = int(((last[back] >= 0) & ((first[back] != owner) | (last[back] != owner))).sum())
    print(f"  edges: Ranh {totals['edges']}, {totals['matched_edges']} shared; counted {len(owner)}, {shared} shared")
    return [] if (totals["edges"], totals["matched_edges"]) == (len(owner), shared) else [f"{name}: edges"]


def faults(name, rows, shapes, keys, tolerance, slivers):
    """Features with edges that do not match, without and with a width."""
    import shapely

    def named(kinds):
        return {key for row in rows if row["kind"] in kinds for key in row["feature_ids"].split(";")}

    def marked(width):
        lines = shapely.coverage_invalid_edges(shapes, gap_width=width)
        return {key for key, line in zip(keys, lines) if not line.is_empty}

    alone, wide, wrong = marked(0.0), marked(tolerance), []
    print(f"  features at fault: overlapping Ranh {len(named(('overlap',)))}, GEOS {len(alone)}; "
          f"within {tolerance} m Ranh {len(named(FAULTS))}, GEOS {len(wide)}")
    if missed := named(("overlap",)) - alone:
        wrong.append(f"{name}: overlapping in Ranh and not in GEOS: {sorted(missed)}")
    if missed := alone - named(FAULTS + ("missing_vertex",)):
        wrong.append(f"{name}: marked by GEOS and in no finding of Ranh: {sorted(missed)}")
    if wide - slivers != named(FAULTS):
        wrong.append(f"{name}: at fault within {tolerance} m in one alone: {sorted((wide - slivers) ^ named(FAULTS))}")
    if shapely.coverage_is_valid(shapes, gap_width=tolerance) != (not wide):
        wrong.append(f"{name}: GEOS contradicts itself")
    return wrong


def ranh(file, crs, tolerance, id_field):
    """Runs the program; its findings as rows of the table, and its sums."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "findings.csv"
        field = ["--id-field", id_field] if id_field else []
        subprocess.run([os.environ["RANH_BIN"], "coverage", file, "--tolerance", str(tolerance), "--crs", crs,
                        "--out", out, *field], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(out, encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table))
        return rows, json.loads(out.with_name("findings.notes.json").read_text(encoding="utf-8"))["totals"]


def mover(crs):
    """From longitude and latitude into the CRS, by PROJ."""
    import numpy
    import pyproj

    transformer = pyproj.Transformer.from_crs(4326, crs, always_xy=True)
    return lambda xy: numpy.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


if __name__ == "__main__":
    sys.exit(main())
