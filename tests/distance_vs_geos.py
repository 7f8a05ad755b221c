"""Distances of the engine beside shapely/GEOS, on real borders with generated points, lines and zones.

usage: distance_vs_geos.py     (RANH_DISTANCES = the example `distances` of crate spatial; data in ../shared/data)

Communes in their VN-2000 / TM-3 zones, Chicago's valid zoning polygons in UTM 16N, and polygons, lines and points with
small whole coordinates, which meet in vertices and run along each other all the time. Distances and Hausdorff distances
agree to 1e-9 m + 1e-12, lengths in polygons to 1e-6 m + 1e-9 (GEOS rounds the vertices of an intersection), and what is
within a distance, nearest, inside, on the boundary or outside agrees one by one. GEOS compares all edges of two
polygons, so that of those only some pairs are asked.
"""

import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
LAYERS = [
    ("vietnam/communes-12-lai-chau.geojson", 9205),
    ("vietnam/communes-15-lao-cai.geojson", 9208),
    ("vietnam/communes-20-lang-son.geojson", 9215),
    ("chicago-zoning-2024-10-21-simple.geojson", 32616),
]
POINTS, LINES, ZONES, BORDERS = 300, 60, 20, 20
SEED = 7


def main():
    if not DATA.is_dir():
        print("distance_vs_geos: SKIPPED, ../shared/data is absent: nothing was compared", file=sys.stderr)
        return 0
    import shapely

    print(f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}")
    failures = whole_coordinates()
    for name, epsg in LAYERS:
        failures += layer(name, epsg)
    for failure in failures[:50]:
        print("FAILED:", failure)
    return 1 if failures else 0


def layer(name, epsg):
    import numpy

    features = read(name, epsg)
    random = numpy.random.default_rng(SEED)
    subjects = generated(features, random)
    asked = Asked(name, features, subjects)
    ask(asked, random)
    between_borders(asked, random)
    return asked.compare()


def ask(asked, random):
    """All questions but those between borders."""
    import numpy
    import shapely

    tree = shapely.STRtree(asked.features)
    boxes = shapely.bounds(asked.features)
    typical = float(numpy.median(boxes[:, 2] - boxes[:, 0]))
    for number, subject in enumerate(asked.subjects):
        searches(asked, tree, number, subject, typical, random)
        single_pairs(asked, tree, number, subject, random)
    places(asked, tree, asked.subjects, random)


def whole_coordinates():
    """Boxes, their unions with holes and corners that touch, and triangles, all between 0 and 12."""
    import numpy
    import shapely

    random = numpy.random.default_rng(SEED)
    corners = lambda count: random.integers(0, 13, (count, 2)).astype(float)
    box = lambda: shapely.box(*numpy.sort(corners(2), axis=0).ravel())
    features, subjects = [], [shapely.Point(place / 2) for place in random.integers(0, 26, (POINTS, 2))]
    while len(features) < 400:
        kind = len(features) % 3
        made = shapely.Polygon(corners(3)) if kind == 0 else shapely.union_all([box() for _ in range(3)])
        made = made.difference(box()) if kind == 2 else made
        if made.is_valid and made.area > 0 and made.geom_type in ("Polygon", "MultiPolygon"):
            features.append(made)
    while len(subjects) < POINTS + 10 * LINES:
        line = shapely.LineString(corners(int(random.integers(2, 7))))
        # GEOS counts once what a line passes twice.
        if line.is_simple and line.is_valid:
            subjects.append(line)
    asked = Asked("whole coordinates", features, subjects + features[:ZONES])
    ask(asked, random)
    return asked.compare()


class Asked:
    """Questions with GEOS's answers; they are put to the engine together, in the end."""

    def __init__(self, name, features, subjects):
        self.name, self.features, self.subjects = name, features, list(subjects)
        self.questions, self.checks = [], []

    def ask(self, kind, question, check):
        self.questions.append({kind: question})
        self.checks.append((kind, check))

    def near(self, kind, question, theirs, value, absolute=1e-9, relative=1e-12):
        """A figure; `value` takes it from the answer."""
        self.ask(kind, question, lambda answer: (abs(value(answer) - theirs), absolute + relative * abs(theirs)))

    def same(self, kind, question, theirs):
        """An answer that is right or wrong."""
        self.ask(kind, question, lambda answer: (0.0 if answer == theirs else float("inf"), 0.0))

    def compare(self):
        document = {"features": [parts(f) for f in self.features], "subjects": [parts(s) for s in self.subjects],
                    "questions": self.questions}
        ran = subprocess.run([os.environ["RANH_DISTANCES"]], input=json.dumps(document), check=True, text=True,
                             stdout=subprocess.PIPE)
        answers = json.loads(ran.stdout)
        assert len(answers) == len(self.questions)
        failures, table = [], {}
        for question, answer, (kind, check) in zip(self.questions, answers, self.checks):
            off, allowed = check(answer)
            count, largest = table.get(kind, (0, 0.0))
            table[kind] = (count + 1, max(largest, off))
            if not off <= allowed:
                failures.append(f"{self.name}: {question}: {answer}, off by {off}")
        vertices = sum(len(shape_coords(f)) for f in self.features)
        print(f"{self.name}: {len(self.features)} features, {vertices} vertices, {len(self.subjects)} subjects")
        for kind, (count, largest) in table.items():
            print(f"  {kind:<20} {count:>6} compared, largest difference {largest:.2e} m")
        return failures


def searches(asked, tree, number, subject, typical, random):
    """What is within a distance and what is nearest, through both indexes."""
    import numpy

    distance = float(random.uniform(0, typical))
    within = sorted(int(i) for i in tree.query(subject, predicate="dwithin", distance=distance))
    asked.ask("within", [number, distance],
              lambda answer: (0.0 if [i for i, _ in answer] == within else float("inf"), 0.0))
    nearest, far = tree.query_nearest(subject, all_matches=True, return_distance=True)
    ties = {int(i) for i in numpy.atleast_1d(nearest)}

    def check(answer):
        [[position, ours]] = answer
        return (abs(ours - far[0]) if position in ties else float("inf"), 1e-9 + 1e-12 * far[0])

    asked.ask("nearest", [number, 1], check)


def single_pairs(asked, tree, number, subject, random):
    """Distances and lengths in some features: those that it meets, and a few others."""
    import shapely

    met = [int(i) for i in tree.query(subject)[:4]]
    others = [int(i) for i in random.integers(0, len(asked.features), 2)]
    for i in {*met, *others}:
        feature = asked.features[i]
        distance = shapely.distance(subject, feature)
        asked.near("separation", [number, i], distance, lambda answer: answer[0])
        for factor in (0.999, 1.001):
            if distance > 0:
                asked.same("is_within", [number, i, distance * factor], factor > 1)
        if subject.geom_type == "LineString":
            length = shapely.length(shapely.intersection(subject, feature))
            asked.near("length_in", [number, i], length, sum, 1e-6, 1e-9)
            inside = length - shapely.length(shapely.intersection(subject, feature.boundary))
            asked.near("length_in", [number, i], inside, lambda answer: answer[0], 1e-6, 1e-9)
        if subject.geom_type != "Polygon":
            for size in (1, 4):
                far = shapely.hausdorff_distance(subject, feature, **({"densify": 1 / size} if size > 1 else {}))
                asked.near("hausdorff_of_parts", [number, i, size], far, lambda answer: answer[0])


def places(asked, tree, subjects, random):
    """Points anywhere, on vertices, on the middles of edges and beside them, in all features that may hold them."""
    import numpy
    import shapely

    places = [(s.x, s.y) for s in subjects if s.geom_type == "Point"]
    for i in random.integers(0, len(asked.features), 200):
        xy = shape_coords(asked.features[i])
        at = int(random.integers(0, len(xy) - 1))
        middle = (xy[at] + xy[at + 1]) / 2
        places += [tuple(xy[at]), tuple(middle), tuple(middle + [1e-9, 0]), tuple(numpy.nextafter(xy[at], 0))]
    for place in places:
        point = shapely.Point(place)
        holding = []
        for i in sorted(int(i) for i in tree.query(point)):
            relation = shapely.relate(point, asked.features[i])
            location = {"0FF": "Interior", "F0F": "Boundary", "FF0": "Exterior"}[relation[:3]]
            asked.same("locate", [[float(v) for v in place], i], location)
            if location != "Exterior":
                holding.append([i, location])
        asked.same("containing", [float(v) for v in place], holding)


def between_borders(asked, random):
    """Whole polygons against each other, and against themselves made plainer."""
    import shapely

    smaller = [i for i, f in enumerate(asked.features) if len(shape_coords(f)) < 12_000]
    for _ in range(BORDERS):
        i, j = (smaller[k] for k in random.integers(0, len(smaller), 2))
        plainer = shapely.simplify(asked.features[i], 20.0)
        asked.subjects += [asked.features[i], plainer]
        number = len(asked.subjects) - 1
        distance = shapely.distance(asked.features[i], asked.features[j])
        asked.near("separation", [number - 1, j], distance, lambda answer: answer[0])
        for feature in (i, j):
            far = shapely.hausdorff_distance(plainer, asked.features[feature])
            asked.near("hausdorff_of_parts", [number, feature, 1], far, lambda answer: answer[0])
            # The exact one lies between GEOS's and GEOS's plus half the longest part.
            part = max(longest_edge(plainer), longest_edge(asked.features[feature]))
            asked.ask("hausdorff", [number, feature, 0.001],
                      lambda answer, far=far, part=part: (max(far - answer[0] - 1e-3, answer[0] - far - part / 2), 1e-9))


def generated(features, random):
    """Points, walks, blobs, and stretches of the borders themselves."""
    import numpy
    import shapely

    left, low, right, high = shapely.total_bounds(features)
    size = min(right - left, high - low)

    def place():
        return numpy.array([random.uniform(left, right), random.uniform(low, high)])

    subjects = [shapely.Point(place()) for _ in range(POINTS)]
    for _ in range(LINES):
        steps = random.normal(0, size / 200, (int(random.integers(1, 40)), 2)).cumsum(axis=0)
        subjects.append(shapely.LineString(numpy.vstack([place()[None], place() + steps])))
    for _ in range(ZONES):
        angle = numpy.linspace(0, 2 * numpy.pi, int(random.integers(5, 60)), endpoint=False)
        radius = size / 40 * random.uniform(0.5, 1, len(angle))
        subjects.append(shapely.Polygon(place() + numpy.column_stack([radius * numpy.cos(angle), radius * numpy.sin(angle)])))
    for i in random.integers(0, len(features), BORDERS):
        xy = shape_coords(features[i])
        start = int(random.integers(0, max(1, len(xy) - 3)))
        subjects.append(shapely.LineString(xy[start:start + 50]))
    return subjects


def read(name, epsg):
    """The valid polygons of a layer in the CRS, by PROJ. Sources that name CRS84 or nothing are longitude, latitude."""
    import numpy
    import pyproj
    import shapely

    with open(DATA / name, encoding="utf-8") as file:
        shapes = [shapely.geometry.shape(f["geometry"]) for f in json.load(file)["features"] if f["geometry"]]
    transformer = pyproj.Transformer.from_crs(4326, epsg, always_xy=True)
    shapes = shapely.transform(numpy.array(shapes, dtype=object),
                               lambda xy: numpy.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    return [shape for shape in shapes if shape.is_valid and not shape.is_empty]


def parts(shape):
    """A geometry as the example reads it."""
    members = getattr(shape, "geoms", [shape])
    of_type = lambda name: [member for member in members if member.geom_type == name]
    return {
        "points": [list(p.coords[0]) for p in of_type("Point")],
        "lines": [list(line.coords) for line in of_type("LineString")],
        "polygons": [[list(ring.coords) for ring in (p.exterior, *p.interiors)] for p in of_type("Polygon")],
    }


def shape_coords(shape):
    """The vertices of the first ring."""
    import numpy

    first = getattr(shape, "geoms", [shape])[0]
    return numpy.array(first.exterior.coords)


def longest_edge(shape):
    import numpy
    import shapely

    rings = shapely.get_rings(shapely.get_parts(shape))
    return max(float(numpy.hypot(*numpy.diff(shapely.get_coordinates(ring), axis=0).T).max()) for ring in rings)


if __name__ == "__main__":
    sys.exit(main())
