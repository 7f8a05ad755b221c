//! How far two polygon sets differ, found without any overlay, so that the judge is not the accused.
//!
//! The part of a vertical line that lies in a polygon is a signed sum over the edges that cross the line: for
//! edges e, `1_A(x, y) = Σ s_e [y < y_e(x)]`, s = +1 where A lies below the edge. So the area that A and B share is
//! `∫∫ 1_A 1_B = ∫ Σ_e Σ_f s_e s_f min(y_e, y_f) dx`: a sum over pairs of edges, each with a closed form. The signs
//! over any x add up to nothing, so heights may be taken from anywhere. No intersection is computed and nothing
//! is decided, so coincident edges are no matter.

use geo::{Area, BoundingRect, CoordsIter};
use geo_types::{LineString, MultiPolygon};

/// An edge from left to right; `sign` is +1 where the polygon lies below it.
#[derive(Clone, Copy)]
struct Edge {
    x: [f64; 2],
    y: [f64; 2],
    sign: f64,
}

impl Edge {
    fn y_at(&self, x: f64) -> f64 {
        let t = (x - self.x[0]) / (self.x[1] - self.x[0]);
        self.y[0] * (1.0 - t) + self.y[1] * t
    }
}

/// Area of what two valid polygon sets share.
pub(crate) fn shared_area(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    let (Some(box_a), Some(box_b)) = (a.bounding_rect(), b.bounding_rect()) else { return 0.0 };
    let left = box_a.min().x.max(box_b.min().x);
    let right = box_a.max().x.min(box_b.max().x);
    if left >= right {
        return 0.0;
    }
    let base = box_a.min().y.max(box_b.min().y);
    let count = (a.coords_count().min(b.coords_count()) / 4).clamp(1, 4096);
    let columns = Columns { left, width: (right - left) / count as f64, count };
    let (own, others) = (columns.edges(a, base), columns.edges(b, base));
    let mut sum = Sum::default();
    for (column, (own, others)) in own.iter().zip(&others).enumerate() {
        let ends = [columns.side(column), if column + 1 == count { right } else { columns.side(column + 1) }];
        for e in own {
            for f in others {
                let from = ends[0].max(e.x[0]).max(f.x[0]);
                let to = ends[1].min(e.x[1]).min(f.x[1]);
                if from < to {
                    sum.add(e.sign * f.sign * below_both(e, f, from, to));
                }
            }
        }
    }
    sum.total + sum.lost
}

/// `∫ min(y_e, y_f) dx` from `from` to `to`, exact for lines that cross as well.
fn below_both(e: &Edge, f: &Edge, from: f64, to: f64) -> f64 {
    let [e0, e1, f0, f1] = [e.y_at(from), e.y_at(to), f.y_at(from), f.y_at(to)];
    let (d0, d1) = (e0 - f0, e1 - f1);
    let below = d0.min(0.0) + d1.min(0.0);
    let spread = d0.abs() + d1.abs();
    let dip = if spread > 0.0 { below * below / spread } else { 0.0 };
    (to - from) / 2.0 * (f0 + f1 - dip)
}

struct Columns {
    left: f64,
    width: f64,
    count: usize,
}

impl Columns {
    fn side(&self, column: usize) -> f64 {
        self.left + self.width * column as f64
    }

    fn of(&self, x: f64) -> usize {
        (((x - self.left) / self.width).max(0.0) as usize).min(self.count - 1)
    }

    /// The edges of each column, heights from `base`.
    fn edges(&self, polygons: &MultiPolygon<f64>, base: f64) -> Vec<Vec<Edge>> {
        let mut columns = vec![Vec::new(); self.count];
        let mut ring = |ring: &LineString<f64>, is_hole: bool| {
            let turned = (signed_area(ring) > 0.0) == is_hole;
            for line in ring.lines() {
                let (from, to) = (line.start, line.end);
                let leftwards = from.x > to.x;
                let (l, r) = if leftwards { (to, from) } else { (from, to) };
                if l.x < r.x && r.x > self.left && l.x < self.side(self.count) {
                    let sign = if leftwards == turned { -1.0 } else { 1.0 };
                    let edge = Edge { x: [l.x, r.x], y: [l.y - base, r.y - base], sign };
                    for column in &mut columns[self.of(l.x)..=self.of(r.x)] {
                        column.push(edge);
                    }
                }
            }
        };
        for polygon in polygons {
            ring(polygon.exterior(), false);
            polygon.interiors().iter().for_each(|hole| ring(hole, true));
        }
        columns
    }
}

/// A sum that keeps what rounding would lose (Neumaier).
#[derive(Default)]
struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    fn add(&mut self, term: f64) {
        let total = self.total + term;
        self.lost += if self.total.abs() >= term.abs() {
            (self.total - total) + term
        } else {
            (term - total) + self.total
        };
        self.total = total;
    }
}

fn signed_area(ring: &LineString<f64>) -> f64 {
    let Some(&o) = ring.0.first() else { return 0.0 };
    ring.lines()
        .map(|l| (l.start.x - o.x) * (l.end.y - o.y) - (l.end.x - o.x) * (l.start.y - o.y))
        .sum::<f64>()
        / 2.0
}

/// Area of a valid polygon set.
pub(crate) fn area(polygons: &MultiPolygon<f64>) -> f64 {
    polygons.unsigned_area()
}

/// Area of what exactly one of two valid polygon sets covers; rounding may make it negative.
pub(crate) fn area_apart(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    if a == b { 0.0 } else { area(a) + area(b) - 2.0 * shared_area(a, b) }
}

/// Length of all borders.
pub(crate) fn perimeter(polygons: &MultiPolygon<f64>) -> f64 {
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.flat_map(LineString::lines).map(|l| (l.end.x - l.start.x).hypot(l.end.y - l.start.y)).sum()
}
