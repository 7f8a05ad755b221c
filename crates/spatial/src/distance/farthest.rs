//! The point, of many, that is farthest from a shape's lines.

use super::edge::{self, Edge, point_gap_m2};
use super::linework::{FAN_OUT, Linework, Node};
use super::{Separation, Shape};

/// An edge and the square of a point's distance from it, m².
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub(super) edge: Edge,
    pub(super) gap_m2: f64,
}

/// The edge of a shape's lines that is nearest to a point, searched among those nearer than `known`. The search ends
/// at an edge not farther than `enough_m2`: then that edge is near enough, not the nearest.
pub(super) fn nearest(to: &Shape, point: [f64; 2], known: Option<Near>, enough_m2: f64) -> Option<Near> {
    let mut search = Search { point, enough_m2, near: known };
    to.linework().for_each(|lines| search.visit(lines, lines.node(lines.root())));
    search.near
}

struct Search {
    point: [f64; 2],
    enough_m2: f64,
    near: Option<Near>,
}

impl Search {
    fn gap_m2(&self) -> f64 {
        self.near.map_or(f64::INFINITY, |near| near.gap_m2)
    }

    /// Whether what is so far away is still of interest.
    fn wants(&self, gap_m2: f64) -> bool {
        gap_m2 < self.gap_m2() && self.gap_m2() > self.enough_m2
    }

    fn visit(&mut self, lines: &Linework, node: &Node) {
        if node.is_leaf() {
            return self.leaf(lines, node);
        }
        let mut children = [(f64::INFINITY, 0); FAN_OUT];
        for (slot, child) in children.iter_mut().zip(lines.children(node)) {
            *slot = (lines.node(child).envelope.point_gap_m2(self.point), child);
        }
        children.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (gap_m2, child) in children {
            if self.wants(gap_m2) {
                self.visit(lines, lines.node(child));
            }
        }
    }

    fn leaf(&mut self, lines: &Linework, leaf: &Node) {
        for edge in lines.edges(leaf) {
            let gap_m2 = point_gap_m2(self.point, edge);
            if self.wants(gap_m2) {
                self.near = Some(Near { edge, gap_m2 });
            }
        }
    }
}

/// Points are offered one after another; the farthest is kept.
#[derive(Debug)]
pub(super) struct Farthest<'a> {
    pub(super) to: &'a Shape,
    /// The edge that the last point was found near to: neighbouring points are near the same edges.
    pub(super) last: Option<Edge>,
    /// The farthest point so far and the edge nearest to it.
    found: Option<([f64; 2], Near)>,
}

impl<'a> Farthest<'a> {
    pub(super) fn from(to: &'a Shape) -> Self {
        Self { to, last: None, found: None }
    }

    /// The square of the distance of the farthest point so far, m²; below 0 before the first.
    pub(super) fn gap_m2(&self) -> f64 {
        self.found.map_or(-1.0, |(_, near)| near.gap_m2)
    }

    /// Looks at a point. A point that has an edge nearer to it than the farthest so far is done with at once.
    pub(super) fn offer(&mut self, point: [f64; 2]) {
        let known = self.last.map(|edge| Near { edge, gap_m2: point_gap_m2(point, edge) });
        if known.is_some_and(|known| known.gap_m2 <= self.gap_m2()) {
            return;
        }
        if let Some(near) = nearest(self.to, point, known, self.gap_m2()) {
            self.take(point, near);
        }
    }

    /// Keeps a point whose nearest edge is known, if it is the farthest.
    pub(super) fn take(&mut self, point: [f64; 2], near: Near) {
        self.last = Some(near.edge);
        if near.gap_m2 > self.gap_m2() {
            self.found = Some((point, near));
        }
    }

    /// The farthest point and what it is nearest to, right to the last digits. Both shapes have points, so there is
    /// one once a point was offered.
    pub(super) fn separation(&self) -> Separation {
        let found = self.found.map(|(point, near)| edge::separation([point, point], near.edge));
        found.unwrap_or(Separation::NONE)
    }
}
