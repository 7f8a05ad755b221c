//! Taking vertices off shared borders, once for both sides, without ever letting two borders cross.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{PlanarMap, Segment};
use crate::plane::{Point, square_metres, turn};

/// Vertices whose triangle with their neighbours is smaller than this may go, m²: where borders follow something
/// drawn, and elsewhere.
const TOLERANCE_M2: [f64; 2] = [420.0, 4_000.0];
/// And smaller than this share of the smaller atom beside them: a pond keeps its shape where a forest need not.
const TOLERANCE_SHARE: f64 = 0.05;

#[derive(Clone, Copy)]
struct Link {
    to: u32,
    left: u32,
    right: u32,
}

struct Chains<'a> {
    points: &'a [Point],
    /// Twice the area of the atoms at first, squared units.
    areas: &'a [i64],
    links: Vec<Vec<Link>>,
    grid: Grid,
}

/// Simplifies all borders; `fixed` vertices follow something drawn.
pub(crate) fn simplify(map: &mut PlanarMap, fixed: &[bool]) {
    let areas = map.twice_areas();
    let mut links: Vec<Vec<Link>> = vec![Vec::new(); map.points.len()];
    for s in &map.segments {
        links[s.a as usize].push(Link { to: s.b, left: s.left, right: s.right });
        links[s.b as usize].push(Link { to: s.a, left: s.right, right: s.left });
    }
    let grid = Grid::new(&map.points, &links);
    let mut chains = Chains { points: &map.points, areas: &areas, links, grid };
    let mut heap: BinaryHeap<Reverse<(i64, u32)>> = (0..map.points.len() as u32)
        .filter_map(|v| chains.weight(v, fixed).map(|w| Reverse((w, v))))
        .collect();
    while let Some(Reverse((weight, v))) = heap.pop() {
        if chains.weight(v, fixed) != Some(weight) || !chains.removable(v) {
            continue;
        }
        for neighbour in chains.remove(v) {
            heap.extend(chains.weight(neighbour, fixed).map(|w| Reverse((w, neighbour))));
        }
    }
    let links = chains.links;
    map.segments.clear();
    for (a, near) in links.iter().enumerate() {
        for link in near.iter().filter(|link| (a as u32) < link.to) {
            map.segments.push(Segment { a: a as u32, b: link.to, left: link.left, right: link.right });
        }
    }
}

impl Chains<'_> {
    fn ends(&self, v: u32) -> Option<[u32; 2]> {
        match self.links[v as usize].as_slice() {
            [a, b] => Some([a.to, b.to]),
            _ => None,
        }
    }

    /// How much a vertex matters, per mille of its tolerance; `None` when it must stay.
    fn weight(&self, v: u32, fixed: &[bool]) -> Option<i64> {
        let [u, w] = self.ends(v)?;
        let at = |p: u32| self.points[p as usize];
        let twice = turn(at(u), at(v), at(w)).unsigned_abs() as f64;
        let link = self.links[v as usize][0];
        let beside = [link.left, link.right].into_iter().filter_map(|atom| self.areas.get(atom as usize));
        let smaller = beside.min().map_or(f64::INFINITY, |&area| square_metres(area));
        let tolerance = TOLERANCE_M2[usize::from(!fixed[v as usize])].min(smaller * TOLERANCE_SHARE);
        let weight = twice / 32.0 / tolerance;
        (weight < 1.0).then_some((weight * 1e6) as i64)
    }

    /// Whether nothing else lies in the triangle that goes, and its long side is not there yet.
    fn removable(&self, v: u32) -> bool {
        let Some([u, w]) = self.ends(v) else { return false };
        if u == w || self.links[u as usize].iter().any(|link| link.to == w) {
            return false;
        }
        let corners = [u, v, w].map(|p| self.points[p as usize]);
        self.grid.none_inside(self.points, corners, [u, v, w])
    }

    fn remove(&mut self, v: u32) -> [u32; 2] {
        let ends = [self.links[v as usize][0].to, self.links[v as usize][1].to];
        for k in 0..2 {
            let other = ends[1 - k];
            for link in self.links[ends[k] as usize].iter_mut().filter(|link| link.to == v) {
                link.to = other;
            }
        }
        self.links[v as usize].clear();
        self.grid.forget(self.points[v as usize], v);
        ends
    }
}

/// Live vertices in square buckets.
struct Grid {
    cells: Vec<Vec<u32>>,
}

const CELL: i64 = 4 * 180;
const SIDE: i64 = 220;

impl Grid {
    fn new(points: &[Point], links: &[Vec<Link>]) -> Self {
        let mut cells = vec![Vec::new(); (SIDE * SIDE) as usize];
        for (v, point) in points.iter().enumerate().filter(|(v, _)| !links[*v].is_empty()) {
            cells[Self::cell(*point)].push(v as u32);
        }
        Self { cells }
    }

    fn column(value: i64) -> i64 {
        (value.div_euclid(CELL) + 4).clamp(0, SIDE - 1)
    }

    fn cell(point: Point) -> usize {
        (Self::column(point.y) * SIDE + Self::column(point.x)) as usize
    }

    fn forget(&mut self, point: Point, v: u32) {
        self.cells[Self::cell(point)].retain(|&k| k != v);
    }

    fn none_inside(&self, points: &[Point], [a, b, c]: [Point; 3], own: [u32; 3]) -> bool {
        let span = |f: fn(Point) -> i64| {
            let all = [f(a), f(b), f(c)].map(Self::column);
            all[0].min(all[1]).min(all[2])..=all[0].max(all[1]).max(all[2])
        };
        let columns = span(|p| p.x);
        span(|p| p.y).all(|j| {
            columns.clone().all(|i| {
                self.cells[(j * SIDE + i) as usize].iter().all(|&v| {
                    own.contains(&v) || {
                        let p = points[v as usize];
                        let sides = [turn(a, b, p), turn(b, c, p), turn(c, a, p)];
                        sides.iter().any(|&s| s > 0) && sides.iter().any(|&s| s < 0)
                    }
                })
            })
        })
    }
}

/// Whether any two edges of a map cross or touch other than at their ends: for tests, by brute force in buckets.
#[cfg(test)]
pub(crate) fn crossings(map: &PlanarMap) -> usize {
    let mut cells: std::collections::BTreeMap<(i64, i64), Vec<usize>> = std::collections::BTreeMap::new();
    let ends = |s: usize| (map.points[map.segments[s].a as usize], map.points[map.segments[s].b as usize]);
    for s in 0..map.segments.len() {
        let (a, b) = ends(s);
        for i in a.x.min(b.x).div_euclid(CELL)..=a.x.max(b.x).div_euclid(CELL) {
            for j in a.y.min(b.y).div_euclid(CELL)..=a.y.max(b.y).div_euclid(CELL) {
                cells.entry((i, j)).or_default().push(s);
            }
        }
    }
    let mut found = 0;
    for list in cells.values() {
        for (k, &s) in list.iter().enumerate() {
            for &t in &list[k + 1..] {
                let (p, q) = (map.segments[s], map.segments[t]);
                let joined = [p.a, p.b].iter().any(|v| [q.a, q.b].contains(v));
                let ((a, b), (c, d)) = (ends(s), ends(t));
                found += usize::from(!joined && crate::plane::segments_meet(a, b, c, d));
            }
        }
    }
    found
}
