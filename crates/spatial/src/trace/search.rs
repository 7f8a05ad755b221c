//! Finding all nodes of two boundaries.

use super::buckets::{Buckets, Cell};
use super::clear::CLEARANCE;
use super::contact::{boxes_near, crossing, is_between, is_close, is_near, progress};
use super::node::{Keep, Node, Passage, Position};
use super::rings::Rings;
use crate::region::{Point, side};

/// Two boundaries whose nodes are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Boundaries<'a> {
    pub(super) first: &'a Rings,
    pub(super) buckets: &'a Buckets,
    pub(super) second: &'a Rings,
    pub(super) keep: Keep,
}

/// A crossing that was rounded: an edge of each boundary, which it bends.
#[derive(Clone, Copy, Debug)]
struct Bend {
    point: Point,
    edges: [u32; 2],
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The nodes in their order along the second boundary.
    pub(super) nodes: Vec<Node>,
    /// Edges of the first boundary, and of the second, that a vertex of the other comes near without lying on
    /// them.
    close: [Vec<u32>; 2],
    /// The crossings that were rounded.
    bends: Vec<Bend>,
    /// For each edge of the first boundary the last one that it was compared with.
    seen: Vec<u32>,
    serial: u32,
}

impl Findings {
    /// Finds all nodes; `false` when rounding a crossing might change how the boundaries lie, see
    /// [`trace`](super).
    pub(super) fn search(&mut self, boundaries: Boundaries<'_>) -> bool {
        self.nodes.clear();
        self.close.iter_mut().for_each(Vec::clear);
        self.bends.clear();
        if self.seen.len() < boundaries.first.points().len() {
            self.seen.resize(boundaries.first.points().len(), 0);
        }
        let Boundaries { second, buckets, .. } = boundaries;
        if second.bounds().is_none_or(|bounds| buckets.is_box_enclosed(&bounds).is_some()) {
            return true;
        }
        for span in second.spans() {
            let mut from = buckets.cell(second.points()[span.start]);
            for edge in span.start..span.end {
                let to = buckets.cell(second.points()[edge + 1]);
                if buckets.is_occupied(from, to) {
                    self.search_along(boundaries, edge, from, to);
                }
                from = to;
            }
        }
        self.is_safe(boundaries)
    }

    /// Compares an edge of the second boundary with those of the first around it.
    fn search_along(&mut self, boundaries: Boundaries<'_>, edge: usize, from: Cell, to: Cell) {
        if self.serial == u32::MAX {
            self.seen.fill(0);
            self.serial = 0;
        }
        self.serial += 1;
        let before = self.nodes.len();
        let ends = boundaries.second.edge(edge);
        boundaries.buckets.visit(from, to, |other| {
            let seen = &mut self.seen[other as usize];
            if *seen != self.serial {
                *seen = self.serial;
                if boxes_near(CLEARANCE, ends, boundaries.first.edge(other as usize)) {
                    self.compare(boundaries, other, edge as u32);
                }
            }
        });
        if self.nodes.len() > before + 1 {
            self.nodes[before..].sort_unstable_by_key(|node| node.at[1]);
        }
    }

    /// Notes where two edges meet or nearly do. Each is asked for the vertex that it starts with: the one that it
    /// ends with is asked with the next edge, so that every contact is found once.
    fn compare(&mut self, boundaries: Boundaries<'_>, one: u32, two: u32) {
        let (first, second) = (boundaries.first.edge(one as usize), boundaries.second.edge(two as usize));
        let [[p, q], [r, s]] = [first, second];
        let (side_r, side_s) = (side(p, q, r), side(p, q, s));
        if is_apart(first, side_r, side_s) {
            return;
        }
        let (side_p, side_q) = (side(r, s, p), side(r, s, q));
        if is_apart(second, side_p, side_q) {
            return;
        }
        if side_r == 0 && is_between(first, r) {
            if r != q {
                self.touch(boundaries, r, [one, two]);
            }
        } else if is_close(first, r, side_r) {
            self.close[0].push(one);
        }
        if side_p == 0 && is_between(second, p) {
            if p != r && p != s {
                self.touch(boundaries, p, [one, two]);
            }
        } else if is_close(second, p, side_p) {
            self.close[1].push(two);
        }
        let opposite = |a: i128, b: i128| (a > 0 && b < 0) || (a < 0 && b > 0);
        if opposite(side_p, side_q) && opposite(side_r, side_s) {
            let found = crossing(first, side_p, side_q);
            let at = [(one, first), (two, second)]
                .map(|(edge, ends)| Position { edge, progress: progress(ends, found.point) });
            self.nodes.push(Node::of_crossing(found.point, at, side_s > 0, boundaries.keep));
            if !found.is_exact {
                self.bends.push(Bend { point: found.point, edges: [one, two] });
            }
        }
    }

    /// Notes a node where the vertex that starts one edge lies on the other edge, or starts it as well.
    fn touch(&mut self, boundaries: Boundaries<'_>, point: Point, edges: [u32; 2]) {
        let [first, second] =
            [(boundaries.first, edges[0]), (boundaries.second, edges[1])].map(|(rings, edge)| {
                let points = &rings.points()[edge as usize - 1..=edge as usize + 1];
                let position = Position { edge, progress: progress([points[1], points[2]], point) };
                let from = if position.progress == 0 { points[0] } else { points[1] };
                (position, Passage { from, to: points[2] })
            });
        self.nodes.push(Node::of_touch(point, [first.0, second.0], [first.1, second.1], boundaries.keep));
    }

    /// Whether nothing comes near to what rounding bends, and every node has a place of its own.
    fn is_safe(&self, boundaries: Boundaries<'_>) -> bool {
        let rings = [boundaries.first, boundaries.second];
        let may_bend = |bend: &Bend, which: usize| {
            let edge = bend.edges[which];
            let near = |neighbour| is_near(CLEARANCE + 1, rings[which].edge(neighbour), bend.point);
            !self.close[which].contains(&edge) && !near(edge as usize - 1) && !near(edge as usize + 1)
        };
        self.bends.iter().all(|bend| may_bend(bend, 0) && may_bend(bend, 1))
            && self.nodes.windows(2).all(|pair| pair[0].at[1] < pair[1].at[1])
    }
}

/// Whether an edge keeps clear of one whose ends lie on the given [`side`]s of it.
fn is_apart([a, b]: [Point; 2], one: i128, two: i128) -> bool {
    let length = (b.x - a.x).abs() + (b.y - a.y).abs();
    let reach = i128::from(length) * i128::from(CLEARANCE);
    (one > reach && two > reach) || (one < -reach && two < -reach)
}
