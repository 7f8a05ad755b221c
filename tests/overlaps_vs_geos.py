"""`ranh overlaps` beside shapely/GEOS, pair for pair, on real borders.

usage: overlaps_vs_geos.py            (RANH_BIN = the program; the data are in ../shared/data beside the checkout)

Communes of five provinces, each in its own VN-2000 / TM-3 zone: every pair agrees to 1e-3 m² + 1e-9 of its
area. Chicago's zoning in UTM 16N, its invalid features repaired by `make_valid` for GEOS and by `--repair` in Ranh, by
structure and by linework: the same for all pairs; every invalid and every null feature must be named in the notes, the
invalid ones with their repair. Reprojection on this side is PROJ's, so it is checked as well.
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
COMMUNES = [
    ("vietnam/communes-12-lai-chau.geojson", 9205),
    ("vietnam/communes-08-tuyen-quang.geojson", 9211),
    ("vietnam/communes-15-lao-cai.geojson", 9208),
    ("vietnam/communes-20-lang-son.geojson", 9215),
    ("vietnam/communes-52-gia-lai.geojson", 9218),
]
CHICAGO = ("chicago-zoning-2024-10-21-simple.geojson", 32616)
# The patch near the Kim Thành border gate that three communes of Lào Cai claim.
TRIPLE_CLAIM = ("02647", "02683", "02746")
TRIPLE_CLAIM_M2 = 3_489_200
ABSOLUTE_M2, RELATIVE = 1e-3, 1e-9


def main():
    if not DATA.is_dir():
        print("overlaps_vs_geos: SKIPPED, ../shared/data is absent: nothing was compared", file=sys.stderr)
        return 0
    import pyproj
    import shapely

    print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}, PROJ {pyproj.proj_version_str}")
    failures = []
    for name, epsg in COMMUNES:
        failures += communes(name, epsg)
    failures += chicago(*CHICAGO)
    for failure in failures:
        print("FAILED:", failure)
    return 1 if failures else 0


def communes(name, epsg):
    features = read(name)
    ours, notes = ranh(name, epsg, "--id-field", "code")
    keys = [f["properties"]["code"] for f in features]
    shapes = projected(features, epsg)
    theirs = geos_pairs(shapes, shapes, keys)
    wrong = compare(ours, theirs, name)
    print(f"{name} EPSG:{epsg}: {len(features)} communes; pairs Ranh {len(ours)}, GEOS {len(theirs)}, "
          f"{sum(a > ABSOLUTE_M2 for a in theirs.values())} above 1e-3 m²; "
          f"sum Ranh {sum(ours.values()):.6f} m², GEOS {sum(theirs.values()):.6f} m²; "
          f"largest difference {largest(ours, theirs):.2e} m²; notes {len(notes)}")
    if "02647" in keys:
        wrong += triple_claim(ours)
    return wrong


def triple_claim(ours):
    """The patch claimed by three communes is in all three of their pairs, with the area measured by GEOS."""
    wrong = []
    for i, a in enumerate(TRIPLE_CLAIM):
        for b in TRIPLE_CLAIM[i + 1:]:
            area = ours.get(frozenset((a, b)), 0.0)
            print(f"  {a} × {b}: {area / 1e4:.4f} ha")
            if abs(area - TRIPLE_CLAIM_M2) > 500:
                wrong.append(f"{a} × {b}: {area} m², not the 348.92 ha patch")
    return wrong


def chicago(name, epsg):
    import shapely

    features = read(name)
    raw = [shapely.geometry.shape(f["geometry"]) if f["geometry"] else None for f in features]
    null = {str(i) for i, g in enumerate(raw) if g is None or g.is_empty}
    invalid = {str(i) for i, g in enumerate(raw) if g is not None and not shapely.is_valid(g)}
    shapes = projected(features, epsg)
    wrong = []
    for method, options in (("structure", {"keep_collapsed": False}), ("linework", {})):
        ours, notes = ranh(name, epsg, "--repair", method)
        mended = [polygonal(shapely.make_valid(g, method=method, **options)) if str(i) in invalid else g
                  for i, g in enumerate(shapes)]
        theirs = geos_pairs(mended, mended, [str(i) for i in range(len(features))])
        wrong += compare(ours, theirs, f"{name} by {method}")
        touched = sum(1 for k in set(ours) | set(theirs) if k & invalid)
        print(f"{name} EPSG:{epsg} by {method}: {len(features)} features, {len(invalid)} invalid, {len(null)} null; pairs "
              f"Ranh {len(ours)}, GEOS {len(theirs)}, {sum(a > ABSOLUTE_M2 for a in theirs.values())} above 1e-3 m², "
              f"{touched} touch an invalid feature; largest difference {largest(ours, theirs):.2e} m²")
        wrong += unnamed(notes, invalid, null, method)
    return wrong


def unnamed(notes, invalid, null, method):
    """Every invalid feature is in the notes with its repair, every null one is in them."""
    named = {str(n.get("feature")) for n in notes}
    repaired = {str(n.get("feature")) for n in notes if (n.get("repair") or {}).get("method") == method}
    print(f"  named in the notes: {len(invalid & named)} of {len(invalid)} invalid, {len(null & named)} of {len(null)} "
          f"null; {len(invalid & repaired)} with their repair")
    return [f"{what} features not in the notes: {sorted(missing)}" for what, missing in
            (("invalid", invalid - named), ("repaired", invalid - repaired), ("null", null - named)) if missing]


def polygonal(shape):
    """The polygons of a geometry that may have been left with lines."""
    import shapely

    return shapely.union_all([part for part in shapely.get_parts(shape) if "Polygon" in part.geom_type])


def read(name):
    with open(DATA / name, encoding="utf-8") as file:
        return json.load(file)["features"]


def ranh(name, epsg, *options):
    """Runs the program; its pairs as {frozenset of two ids: m²}, and its notes."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "pairs.csv"
        subprocess.run([os.environ["RANH_BIN"], "overlaps", DATA / name, "--crs", f"EPSG:{epsg}",
                        "--out", out, *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(out, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        notes = json.loads(out.with_name("pairs.notes.json").read_text(encoding="utf-8"))["notes"]
    pairs = {}
    for row in rows:
        key = frozenset((row["subject_id"], row["reference_id"]))
        assert key not in pairs, f"the pair {sorted(key)} stands twice in the answer"
        pairs[key] = float(row["area_m2"])
    return pairs, notes


def projected(features, epsg):
    """The geometries in the CRS, by PROJ. Sources that name CRS84 or nothing are longitude, latitude."""
    import numpy
    import pyproj
    import shapely

    transformer = pyproj.Transformer.from_crs(4326, epsg, always_xy=True)
    shapes = [shapely.geometry.shape(f["geometry"]) if f["geometry"] else None for f in features]
    return shapely.transform(numpy.array(shapes, dtype=object),
                             lambda xy: numpy.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))


def geos_pairs(subjects, references, keys):
    """{frozenset of two ids: area of the intersection, m²} for every unordered pair with area."""
    import shapely

    tree = shapely.STRtree(references)
    left, right = tree.query(subjects)
    once = left < right
    left, right = left[once], right[once]
    areas = shapely.area(shapely.intersection(shapely_take(subjects, left), shapely_take(references, right)))
    return {frozenset((keys[i], keys[j])): float(a) for i, j, a in zip(left, right, areas) if a > 0}


def shapely_take(shapes, positions):
    import numpy

    return numpy.array(shapes, dtype=object)[positions]


def differ(a, b):
    return abs(a - b) > ABSOLUTE_M2 + RELATIVE * max(a, b)


def largest(ours, theirs):
    return max((abs(ours.get(k, 0.0) - theirs.get(k, 0.0)) for k in set(ours) | set(theirs)), default=0.0)


def compare(ours, theirs, name):
    return [f"{name}: {' × '.join(sorted(k))}: Ranh {ours.get(k, 0.0)} m², GEOS {theirs.get(k, 0.0)} m²"
            for k in sorted(set(ours) | set(theirs), key=sorted) if differ(ours.get(k, 0.0), theirs.get(k, 0.0))]


if __name__ == "__main__":
    sys.exit(main())
