//! The exact Hausdorff distance from one shape's lines to another's: the distance of the farthest of *all* points, not
//! of vertices only.
//!
//! Let x run along a piece pq of an edge. The distance of x from one edge b of the reference is convex in x, because
//! b is convex, so on the piece it is at most max(d(p, b), d(q, b)). The distance from the reference is the
//! least over all b, so for *any* choice of edges b
//!
//! > max over the piece of d(x, reference) ≤ min over the b chosen of max(d(p, b), d(q, b)).
//!
//! A piece whose bound exceeds the farthest point found by no more than the tolerance is done with. Else it is halved at
//! m, d(m, reference) is a new candidate for the farthest, and the edge b nearest to m bounds both halves: by
//! the triangle inequality by at most d(m, reference) + |pq|/2. So halving ends when half a piece is as short as the
//! tolerance, at the latest; by then every piece has been proved. The b chosen are those nearest to the ends, which on
//! most edges of real borders is one and the same and proves the edge at once.

use super::edge::{between, point_gap_m2};
use super::farthest::{Farthest, Near, nearest};
use super::linework::Linework;
use super::{Separation, Shape};

/// The least tolerance of an exact Hausdorff distance, m. Coordinates beyond 6·10⁷ m are spaced wider than
/// this; there it is the spacing.
pub const HAUSDORFF_TOLERANCE_M: f64 = 1e-8;

impl Shape {
    /// Exact directed Hausdorff distance: of the point of its lines that is farthest from the lines of `reference`.
    /// It is attained between the two points, and no point of its lines is farther by more than `tolerance_m`
    /// (raised to [`HAUSDORFF_TOLERANCE_M`] where it is less).
    pub fn directed_hausdorff(&self, reference: &Self, tolerance_m: f64) -> Separation {
        let mut farthest = Farthest::from(reference);
        // The vertices first: with a far point known, nearly all edges are done with at once.
        self.linework().flat_map(Linework::coords).for_each(|&vertex| farthest.offer(vertex));
        let tolerance_m =
            if tolerance_m > HAUSDORFF_TOLERANCE_M { tolerance_m } else { HAUSDORFF_TOLERANCE_M };
        let mut pieces = Pieces { farthest, tolerance_m };
        for path in self.linework().flat_map(Linework::paths) {
            path.windows(2).for_each(|edge| pieces.edge(edge[0], edge[1]));
        }
        pieces.farthest.separation()
    }
}

struct Pieces<'a> {
    farthest: Farthest<'a>,
    tolerance_m: f64,
}

impl Pieces<'_> {
    fn edge(&mut self, p: [f64; 2], q: [f64; 2]) {
        if self.farthest.last.is_some_and(|b| self.is_proved(p, q, b)) {
            return;
        }
        let [at_p, at_q] = [p, q].map(|end| nearest(self.farthest.to, end, None, 0.0));
        if let (Some(at_p), Some(at_q)) = (at_p, at_q) {
            self.farthest.last = Some(at_q.edge);
            self.piece((p, at_p), (q, at_q));
        }
    }

    /// Proves a piece, given the edges that are nearest to its ends.
    fn piece(&mut self, (p, at_p): ([f64; 2], Near), (q, at_q): ([f64; 2], Near)) {
        if self.is_proved(p, q, at_p.edge) || self.is_proved(p, q, at_q.edge) {
            return;
        }
        let middle = between(p, q, 0.5);
        if middle == p || middle == q {
            return;
        }
        let Some(at_middle) = nearest(self.farthest.to, middle, None, 0.0) else { return };
        self.farthest.take(middle, at_middle);
        self.piece((p, at_p), (middle, at_middle));
        self.piece((middle, at_middle), (q, at_q));
    }

    /// Whether the edge `b` alone shows that no point between is farther than the farthest found.
    fn is_proved(&self, p: [f64; 2], q: [f64; 2], b: [[f64; 2]; 2]) -> bool {
        let bound_m2 = point_gap_m2(p, b).max(point_gap_m2(q, b));
        bound_m2.sqrt() <= self.farthest.gap_m2().max(0.0).sqrt() + self.tolerance_m
    }
}
