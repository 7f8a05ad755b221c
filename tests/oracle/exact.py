"""The fills of closed rings in exact arithmetic, slow and plain: an oracle where engines disagree.

The plane is cut in slabs at every x of a vertex or a crossing, and each slab in trapezoids by the edges that cross it.
Inside a trapezoid nothing changes, so that every definition of inside is asked once for each, by definition:

- even-odd: a ray down crosses an odd number of edges;
- structure: a shell winds around it and no hole that meets the shell does, or a hole apart from its shell does;
- linework: the fewest lines that one must cross to come to it from outside, coincident ones counted once, are an odd
  number.
"""

from collections import deque
from fractions import Fraction


def fills(polygons):
    """Areas by (even_odd, structure, linework) of polygons as lists of rings of (x, y), shells first: for each the
    area, and what it has that even-odd has not, and the other way about."""
    plane = Plane([[[(Fraction(x), Fraction(y)) for x, y in ring] for ring in polygon] for polygon in polygons])
    insides = {"structure": plane.structure(), "linework": plane.linework()}
    even_odd = plane.even_odd()
    areas = {}
    for name, inside in insides.items():
        area = lambda wanted: float(sum((plane.area(cell) for cell in plane.cells if wanted(cell)), Fraction(0)))
        areas[name] = (area(lambda c: c in inside), area(lambda c: c in inside and c not in even_odd),
                       area(lambda c: c in even_odd and c not in inside))
    return areas


class Plane:
    def __init__(self, polygons):
        self.polygons = polygons
        self.edges = [((p, r), a, b) for p, polygon in enumerate(polygons) for r, ring in enumerate(polygon)
                      for a, b in zip(ring, ring[1:]) if a != b]
        self.xs = sorted({x for _, a, b in self.edges for x, _ in (a, b)} | set(self.crossings()))
        self.slabs = [self.slab(left, right) for left, right in zip(self.xs, self.xs[1:])]
        # A cell is (slab, number of the level above it); the lowest and the highest of a slab are outside.
        self.cells = [(s, k) for s, slab in enumerate(self.slabs) for k in range(1, len(slab))]

    def crossings(self):
        lines = list({tuple(sorted((a, b))) for _, a, b in self.edges})
        for i, (a, b) in enumerate(lines):
            for c, d in lines[i + 1:]:
                if c[0] > b[0] or a[0] > d[0]:
                    continue
                u, v, w = minus(b, a), minus(d, c), minus(c, a)
                if cross(u, v) != 0:
                    t, s = cross(w, v) / cross(u, v), cross(w, u) / cross(u, v)
                    if 0 <= t <= 1 and 0 <= s <= 1:
                        yield a[0] + t * u[0]

    def slab(self, left, right):
        """Levels from below: (y left, y right, {ring: (times crossed, times crossed to the right less to the left)})."""
        levels = {}
        for ring, a, b in self.edges:
            (low, high), way = ((a, b), 1) if a[0] < b[0] else ((b, a), -1)
            if low[0] <= left and high[0] >= right and low[0] != high[0]:
                at = lambda x: low[1] + (high[1] - low[1]) * (x - low[0]) / (high[0] - low[0])
                crossed = levels.setdefault((at(left), at(right)), {})
                times, turns = crossed.get(ring, (0, 0))
                crossed[ring] = (times + 1, turns + way)
        return [(*ys, crossed) for ys, crossed in sorted(levels.items(), key=lambda item: sum(item[0]))]

    def area(self, cell):
        s, k = cell
        (low_left, low_right, _), (high_left, high_right, _) = self.slabs[s][k - 1:k + 1]
        return (self.xs[s + 1] - self.xs[s]) * (high_left - low_left + high_right - low_right) / 2

    def below(self, cell, ring, which):
        s, k = cell
        return sum(crossed.get(ring, (0, 0))[which] for _, _, crossed in self.slabs[s][:k])

    def even_odd(self):
        rings = [(p, r) for p, polygon in enumerate(self.polygons) for r in range(len(polygon))]
        return {c for c in self.cells if sum(self.below(c, ring, 0) for ring in rings) % 2 == 1}

    def wound(self, ring):
        return {cell for cell in self.cells if self.below(cell, ring, 1) != 0}

    def structure(self):
        inside = set()
        for p, polygon in enumerate(self.polygons):
            shell = self.wound((p, 0))
            if not shell:
                continue
            holes = [self.wound((p, r)) for r in range(1, len(polygon))]
            met = [hole for hole in holes if self.meet(shell, hole)]
            apart = [hole for hole in holes if not self.meet(shell, hole)]
            inside |= shell.difference(*met).union(*apart)
        return inside

    def meet(self, one, other):
        """Whether two sets of cells, borders included, have a point in common: then they have one on the side of a
        slab."""
        for x in range(len(self.xs)):
            sides = [[self.side(cell, x) for s in (x - 1, x) for cell in cells if cell[0] == s] for cells in (one, other)]
            if any(a <= d and c <= b for a, b in sides[0] for c, d in sides[1]):
                return True
        return False

    def side(self, cell, x):
        s, k = cell
        which = 0 if s == x else 1
        return self.slabs[s][k - 1][which], self.slabs[s][k][which]

    def linework(self):
        depths, queue = {}, deque([(0, "outside")])
        neighbours = self.neighbours()
        while queue:
            depth, cell = queue.popleft()
            if cell in depths:
                continue
            depths[cell] = depth
            for weight, other in neighbours.get(cell, ()):
                (queue.append if weight else queue.appendleft)((depth + weight, other))
        return {cell for cell in self.cells if depths[cell] % 2 == 1}

    def neighbours(self):
        found = {}

        def link(a, b, weight):
            found.setdefault(a, []).append((weight, b))
            found.setdefault(b, []).append((weight, a))

        for s, slab in enumerate(self.slabs):
            for k in range(len(slab)):
                link(self.name(s, k), self.name(s, k + 1), 1)
        for x in range(len(self.xs)):
            walls = [sorted((a[1], b[1])) for _, a, b in self.edges if a[0] == b[0] == self.xs[x]]
            for one, (a, b) in self.stretches(x - 1, x):
                for other, (c, d) in self.stretches(x, x):
                    low, high = max(a, c), min(b, d)
                    if low < high:
                        link(one, other, 0 if is_open(low, high, walls) else 1)
        return found

    def name(self, s, k):
        return "outside" if k == 0 or k == len(self.slabs[s]) else (s, k)

    def stretches(self, s, x):
        """The cells of a slab with their sides at an x; of the outside what is between any levels."""
        bottom, top = Fraction(-10**9), Fraction(10**9)
        if not 0 <= s < len(self.slabs):
            return [("outside", (bottom, top))]
        ys = [bottom, *(level[0 if s == x else 1] for level in self.slabs[s]), top]
        return [(self.name(s, k), (ys[k], ys[k + 1])) for k in range(len(ys) - 1)]


def is_open(low, high, walls):
    """Whether walls leave a gap between two heights."""
    for a, b in sorted(walls):
        if a > low:
            return True
        low = max(low, b)
        if low >= high:
            return False
    return low < high


def minus(p, q):
    return p[0] - q[0], p[1] - q[1]


def cross(u, v):
    return u[0] * v[1] - u[1] * v[0]
