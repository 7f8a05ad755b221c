"""Repair of invalid polygons beside GEOS `make_valid`, by both of its methods.

usage: repair_vs_geos.py     (RANH_REPAIRS = the example `repairs` of crate spatial; data in ../shared beside the checkout)

The 400 invalid zones of ../shared/tools/workload.py, Chicago's and Brazil's invalid features in UTM, and scribbles
with seeds: rings on small whole coordinates, which run along each other, touch and repeat themselves all the time, and
rings on any coordinates; with holes anywhere and parts anywhere. Areas agree to 1e-3 m² + 1e-9 of the area by
structure and by linework. Where GEOS differs, exact arithmetic decides (oracle/exact.py): GEOS rounds crossings, and
three lines through one point are then a triangle for it, which changes what is how deep inside where stretches are
drawn twice. What is repaired is valid for GEOS, and the areas said to be added and removed are those of the oracle on
whole coordinates, those of GEOS elsewhere.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
ABSOLUTE_M2, RELATIVE = 1e-3, 1e-9
SEED, SCRIBBLES = 7, 600
# Of so many shapes one has its changes measured otherwise, which takes its time; none where rings are long.
CHECKED, LONG_RING = 16, 200
GRID_STEP_M = 2.0**-20
METHODS = ("structure", "linework")
BASE = (500_000, 2_300_000)


def main():
    import shapely

    print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
    failures = compare("scribbles on whole coordinates", scribbles(whole=True), is_whole=True)
    failures += compare("scribbles on any coordinates", scribbles(whole=False))
    if SHARED.is_dir():
        failures += compare("workload", workload())
        failures += compare("Chicago", invalid(geojson("chicago-zoning-2024-10-21-simple.geojson"), 32616))
        failures += compare("Brazil", invalid(flatgeobuf("brazil-municipalities.fgb"), 31983))
    else:
        print("repair_vs_geos: ../shared is absent: NOT COMPARED on the workload, Chicago and Brazil", file=sys.stderr)
    for failure in failures[:50]:
        print("FAILED:", failure)
    return 1 if failures else 0


def compare(name, shapes, is_whole=False):
    import numpy
    import shapely

    answers = ranh(shapes)
    failures = []
    for method in METHODS:
        options = {"keep_collapsed": False} if method == "structure" else {}
        theirs = shapely.make_valid(shapes, method=method, **options)
        tally = Tally(name, method)
        for number, (shape, expected, answer) in enumerate(zip(shapes, theirs, answers)):
            tally.one(number, shape, expected.area, answer[method], is_whole)
        print(tally.text(len(shapes), float(numpy.sum(shapely.area(theirs)))))
        failures += tally.failures
    for number, (shape, answer) in enumerate(zip(shapes, answers)):
        if bool(answer["invalid"]) == shape.is_valid:
            failures.append(f"{name} {number}: {answer['invalid']} for Ranh, {shapely.is_valid_reason(shape)} for GEOS")
    return failures


class Tally:
    """What came of one method over one set."""

    def __init__(self, name, method):
        self.name, self.method = name, method
        self.failures, self.rounded_by_geos, self.largest, self.added, self.removed = [], 0, 0.0, 0.0, 0.0

    def one(self, number, shape, expected, ours, is_whole):
        import shapely

        called = f"{self.name} {number} by {self.method}"
        repaired, told = multipolygon(ours["polygons"]), ours["changes"]
        if ours["invalid"] or not repaired.is_valid:
            self.failures.append(f"{called}: not valid: {ours['invalid']} {shapely.is_valid_reason(repaired)}")
            return
        if told is None:
            if not (shape.is_valid and repaired.equals_exact(shape, 0.0)):
                self.failures.append(f"{called}: changed, and nothing said")
            return
        self.added, self.removed = self.added + told["added_m2"], self.removed + told["removed_m2"]
        apart = differ(repaired.area, expected)
        exact = self.exactly(shape) if is_whole and (apart or number % CHECKED == 0) else None
        if exact and not differ(repaired.area, exact[0]):
            self.rounded_by_geos += apart
        elif apart:
            self.failures.append(f"{called}: Ranh {repaired.area} m², GEOS {expected} m², exactly {exact}")
        if not apart:
            self.largest = max(self.largest, abs(repaired.area - expected))
        changed = exact[1:] if exact else drawn_otherwise(shape, repaired) if number % CHECKED == 0 else None
        for key, area in zip(("added_m2", "removed_m2"), changed or ()):
            # Vertices snapped to the grid leave a seam along all that is drawn.
            if abs(told[key] - area) > ABSOLUTE_M2 + RELATIVE * area + GRID_STEP_M * shape.length:
                self.failures.append(f"{called}: {key} {told[key]}, otherwise {area}")

    def exactly(self, shape):
        from oracle.exact import fills

        rings = [[[(x - BASE[0], y - BASE[1]) for x, y in ring.coords] for ring in (p.exterior, *p.interiors)]
                 for p in shape.geoms]
        return fills(rings)[self.method]

    def text(self, count, area):
        return (f"{self.name} by {self.method}: {count} shapes, {len(self.failures)} failed, {self.rounded_by_geos} "
                f"apart where GEOS rounds, largest difference of the others {self.largest:.1e} m²; area {area:.4f} m²; "
                f"against even-odd +{self.added:.4f} m² −{self.removed:.4f} m²")


def drawn_otherwise(shape, repaired):
    """What the repaired has that the even-odd fill has not, and the other way about, by GEOS; None for long rings."""
    import shapely

    rings = shapely.get_rings(shapely.get_parts(shape))
    if max(shapely.get_num_coordinates(rings)) > LONG_RING:
        return None
    drawn = shapely.MultiPolygon()
    for ring in rings:
        drawn = exclusive(drawn, even_odd(ring))
    return shapely.difference(repaired, drawn).area, shapely.difference(drawn, repaired).area


def even_odd(ring):
    """The even-odd fill of one ring: its triangles from the first vertex, each in or out."""
    import shapely

    xy = shapely.get_coordinates(ring)
    fan = [shapely.Polygon([xy[0], a, b]) for a, b in zip(xy[1:-1], xy[2:])]
    fan = [triangle for triangle in fan if triangle.area > 0]
    while len(fan) > 1:
        fan = [exclusive(*pair) if len(pair) == 2 else pair[0] for pair in (fan[i:i + 2] for i in range(0, len(fan), 2))]
    return fan[0] if fan else shapely.MultiPolygon()


def exclusive(one, other):
    """The polygons of what either covers and not both."""
    import shapely

    parts = shapely.get_parts(shapely.symmetric_difference(one, other))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def differ(ours, theirs):
    return abs(ours - theirs) > ABSOLUTE_M2 + RELATIVE * max(ours, theirs)


def ranh(shapes):
    parts = [[[[list(xy) for xy in ring.coords] for ring in (p.exterior, *p.interiors)] for p in shape.geoms]
             for shape in shapes]
    done = subprocess.run([os.environ["RANH_REPAIRS"]], input=json.dumps(parts), capture_output=True, text=True,
                          check=True)
    return json.loads(done.stdout)


def multipolygon(parts):
    import shapely

    return shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in parts])


def multi(shapes):
    """Polygons and multipolygons, all as multipolygons."""
    import numpy
    import shapely

    return numpy.array([s if s.geom_type == "MultiPolygon" else shapely.MultiPolygon([s]) for s in shapes], dtype=object)


def scribbles(whole):
    """Rings of three to nine vertices anywhere: of one or two parts, with up to three holes each; some rings twice,
    there and back, or with spikes, some holes equal to their shells."""
    import numpy
    import shapely

    random = numpy.random.default_rng(SEED)

    def ring():
        count = int(random.integers(3, 10))
        xy = random.integers(0, 7, (count, 2)).astype(float) if whole else random.random((count, 2)) * 100
        xy = xy + BASE
        match random.integers(0, 8):
            case 0:
                xy = numpy.vstack([xy, xy])
            case 1:
                xy = numpy.vstack([xy, xy[-2:0:-1]])
            case 2:
                xy = numpy.insert(xy, 1, [xy[0] * 2 - xy[1], xy[0]], axis=0)
        return numpy.vstack([xy, xy[:1]])

    def polygon():
        rings = [ring() for _ in range(1 + int(random.integers(0, 4)))]
        if random.random() < 0.2:
            rings.append(rings[0][::-1])
        return shapely.Polygon(rings[0], rings[1:])

    return multi([shapely.MultiPolygon([polygon() for _ in range(int(random.integers(1, 3)))])
                  for _ in range(SCRIBBLES)])


def workload():
    import shapely
    import pyarrow.parquet

    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, SHARED / "tools" / "workload.py", "400", "10", folder], check=True,
                       capture_output=True)
        return multi(shapely.from_wkb(pyarrow.parquet.read_table(f"{folder}/nasty.parquet")["geometry"].to_numpy()))


def geojson(name):
    import shapely

    with open(SHARED / "data" / name, encoding="utf-8") as file:
        return [shapely.geometry.shape(f["geometry"]) for f in json.load(file)["features"] if f["geometry"]]


def flatgeobuf(name):
    import pyogrio
    import shapely

    return shapely.from_wkb(pyogrio.raw.read(SHARED / "data" / name)[2])


def invalid(shapes, epsg):
    """The shapes that are invalid on the plane of the CRS."""
    import numpy
    import pyproj
    import shapely

    transformer = pyproj.Transformer.from_crs(4326, epsg, always_xy=True)
    shapes = shapely.transform(multi(shapes), lambda xy: numpy.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    return shapes[~shapely.is_valid(shapes)]


if __name__ == "__main__":
    sys.exit(main())
