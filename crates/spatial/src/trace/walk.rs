//! From nodes to rings: following the kept lines of both boundaries from node to node.

use super::node::{FIRST, Keep, Node, Position, SECOND};
use super::rings::{Rings, Span};
use super::search::Findings;
use crate::region::{Assembly, Point};

/// Room for walking, used again.
#[derive(Debug, Default)]
pub(super) struct Walker {
    /// The node that follows each along the first and along the second boundary.
    next: [Vec<u32>; 2],
    order: Vec<u32>,
    /// Whether a kept line out of a node was walked.
    walked: [Vec<bool>; 2],
    /// Where in `path` a node that is passed twice was put down on this walk, plus one.
    passed: Vec<usize>,
    path: Vec<Point>,
    /// The nodes on the path that are passed twice, in its order.
    doubles: Vec<u32>,
}

impl Walker {
    /// Follows all kept lines and hands their rings to `assembly`; `false` when they do not close, which they do
    /// for boundaries that are what they are said to be.
    pub(super) fn walk(
        &mut self,
        rings: [&Rings; 2],
        findings: &Findings,
        keep: Keep,
        assembly: &mut Assembly,
    ) -> bool {
        let nodes = &findings.nodes;
        if !nodes.iter().all(Node::is_even) || !self.connect(rings, nodes) {
            return false;
        }
        self.walked.iter_mut().for_each(|walked| reset(walked, nodes.len(), false));
        reset(&mut self.passed, nodes.len(), 0);
        (0..nodes.len()).all(|start| {
            [FIRST, SECOND].into_iter().all(|side| {
                !nodes[start].goes_out[side]
                    || self.walked[side][start]
                    || self.walk_from(rings, nodes, (start, side), keep, assembly)
            })
        })
    }

    /// Finds the node after each along both boundaries; `false` when two share a place, or when a line is kept
    /// at its one end and not at the other.
    fn connect(&mut self, rings: [&Rings; 2], nodes: &[Node]) -> bool {
        [FIRST, SECOND].into_iter().all(|side| {
            self.order.clear();
            self.order.extend(0..nodes.len() as u32);
            let at = |i: u32| nodes[i as usize].at[side];
            if side == FIRST {
                self.order.sort_unstable_by_key(|&i| at(i));
            }
            reset(&mut self.next[side], nodes.len(), 0);
            let mut rest = self.order.as_slice();
            for span in rings[side].spans() {
                let count = rest.iter().take_while(|&&i| (at(i).edge as usize) < span.end).count();
                let (own, others) = rest.split_at(count);
                for (k, &i) in own.iter().enumerate() {
                    self.next[side][i as usize] = own[(k + 1) % count];
                }
                rest = others;
            }
            self.order.windows(2).all(|pair| at(pair[0]) < at(pair[1]))
                && nodes
                    .iter()
                    .zip(&self.next[side])
                    .all(|(node, &next)| node.goes_out[side] == nodes[next as usize].comes_in[side])
        })
    }

    /// Follows one closed walk. Where it comes back to a node it has passed, what lies between is a ring of its
    /// own: rings are simple, and touch where the walk touches itself.
    fn walk_from(
        &mut self,
        rings: [&Rings; 2],
        nodes: &[Node],
        start: (usize, usize),
        keep: Keep,
        assembly: &mut Assembly,
    ) -> bool {
        assembly.begin_walk();
        self.path.clear();
        self.doubles.clear();
        let (mut at, mut side) = start;
        while !self.walked[side][at] {
            self.walked[side][at] = true;
            self.put_down(&nodes[at], at, assembly);
            let next = self.next[side][at] as usize;
            self.follow(rings[side], nodes[at].at[side], nodes[next].at[side]);
            let Some(way) = nodes[next].way_out(side, keep) else { return false };
            (at, side) = (next, way);
        }
        for &double in &self.doubles {
            self.passed[double as usize] = 0;
        }
        assembly.ring(&self.path);
        (at, side) == start
    }

    /// Puts a node down on the path, after closing the ring that it ends if it is passed for the second time.
    fn put_down(&mut self, node: &Node, number: usize, assembly: &mut Assembly) {
        if node.is_double() {
            let before = self.passed[number];
            if before > 0 {
                assembly.ring(&self.path[before - 1..]);
                self.path.truncate(before - 1);
                while let Some(last) = self.doubles.pop_if(|&mut last| self.passed[last as usize] >= before) {
                    self.passed[last as usize] = 0;
                }
            }
            self.passed[number] = self.path.len() + 1;
            self.doubles.push(number as u32);
        }
        self.path.push(node.point);
    }

    /// Copies the vertices of a boundary between two nodes.
    fn follow(&mut self, rings: &Rings, from: Position, to: Position) {
        let points = rings.points();
        let first = from.edge as usize + 1;
        // The node at a vertex is put down as a node.
        let last = to.edge as usize + usize::from(to.progress > 0);
        if from < to {
            self.path.extend_from_slice(&points[first..last]);
        } else if let Some(Span { start, end, .. }) = span_of(rings, from.edge as usize) {
            self.path.extend_from_slice(&points[first..end]);
            self.path.extend_from_slice(&points[start..last]);
        }
    }
}

fn span_of(rings: &Rings, edge: usize) -> Option<Span> {
    let after = rings.spans().partition_point(|span| span.end <= edge);
    rings.spans().get(after).copied()
}

fn reset<T: Clone>(values: &mut Vec<T>, count: usize, value: T) {
    values.clear();
    values.resize(count, value);
}
