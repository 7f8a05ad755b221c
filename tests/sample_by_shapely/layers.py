"""The layers of the sample as shapely sees them, and the figures by which they are judged."""

import json
import math
import tomllib
from pathlib import Path

import shapely
from shapely.geometry import shape
from shapely.strtree import STRtree

LAYERS = ["zones", "plan-2021-2030", "plan-2016-2020", "land-use-2024", "communes"]
THEMES = ["national-border", "other-plans", "buildings", "heritage", "water", "minerals", "green-belts"]
ROOT = Path(__file__).resolve().parent.parent.parent
# The committed province.
SAMPLE = ROOT / "data" / "sample"
PLAN, OLDER, LAND_USE = "plan-2021-2030", "plan-2016-2020", "land-use-2024"
# Overlay noise on borders that are shared exactly: parts below this are none, m2.
NOTHING_M2 = 1e-4
# Half a millimetre on maps of 1:2,000 and 1:10,000.
W_ZONES, W_PARCELS, W_MAPS = math.hypot(1.0, 1.0), math.hypot(1.0, 5.0), math.hypot(5.0, 5.0)
A_ZONES, A_PARCELS = 64.0, 1600.0
LOWER = {"B": "E", "E": "W", "W": "I", "I": "I"}
RULES = tomllib.loads((ROOT / "data/rules/pack-2024-05-01.toml").read_text(encoding="utf-8"))["rules"]
EVERYWHERE = set(RULES["LUP-01"]["allowed_everywhere"])
ALLOWED = {kind: set(codes) for kind, codes in RULES["LUP-01"]["allowed"].items()}

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
        self.theme = self.about.get("theme")
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


def ancestors(zones, position):
    by_id = {id: properties for id, properties in zip(zones.ids, zones.properties)}
    parent = zones.properties[position].get("parent")
    while parent:
        yield parent
        parent = by_id[parent].get("parent")
