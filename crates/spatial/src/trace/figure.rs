//! The result of two sets of clear rings.

use super::buckets::Buckets;
use super::node::{FIRST, Keep, Node, SECOND};
use super::rings::{Rings, Span};
use super::search::{Boundaries, Findings};
use super::walk::Walker;
use crate::Region;
use crate::region::{Assembly, Bounds};

/// Widest pair of figures, in steps (1,000 km): wider ones have crossings that do not fit in 128 bits.
const WIDEST: i64 = 1 << 40;

/// Room for tracing, used again from pair to pair.
#[derive(Debug, Default)]
pub(super) struct Room {
    findings: Findings,
    walker: Walker,
    assembly: Assembly,
    /// Whether a ring has a node.
    touched: Vec<bool>,
}

impl Room {
    /// The nodes of the last figure.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.findings.nodes
    }
}

/// What rings that are clear enclose.
pub(super) fn region_of(rings: &Rings) -> Option<Region> {
    let mut assembly = Assembly::default();
    for span in rings.spans() {
        assembly.begin_walk();
        assembly.ring(rings.ring(span));
    }
    assembly.finish()
}

/// What two sets of clear rings enclose, both or either as `keep` says; `None` when rounding a crossing might
/// change how they lie.
pub(super) fn figure(boundaries: Boundaries<'_>, room: &mut Room) -> Option<Region> {
    let Boundaries { first, buckets, second, keep } = boundaries;
    if !are_narrow(first.bounds(), second.bounds()) || !room.findings.search(boundaries) {
        return None;
    }
    room.assembly.clear();
    let closes = room.findings.nodes.is_empty()
        || room.walker.walk([first, second], &room.findings, keep, &mut room.assembly);
    if !closes {
        return None;
    }
    for (side, rings) in [(FIRST, first), (SECOND, second)] {
        mark_touched(rings.spans(), &room.findings.nodes, side, &mut room.touched);
        for (span, touched) in rings.spans().iter().zip(&room.touched) {
            let enclosed = || {
                if side == FIRST {
                    is_enclosed_by(second, rings, span)
                } else {
                    lies_in(first, buckets, rings, span)
                }
            };
            if !touched && enclosed() == (keep == Keep::Inside) {
                room.assembly.begin_walk();
                room.assembly.ring(rings.ring(span));
            }
        }
    }
    room.assembly.finish()
}

fn are_narrow(one: Option<Bounds>, other: Option<Bounds>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    one.merged(&other).size().iter().all(|&size| size <= WIDEST)
}

/// Marks the rings that have a node.
fn mark_touched(spans: &[Span], nodes: &[Node], side: usize, touched: &mut Vec<bool>) {
    touched.clear();
    touched.resize(spans.len(), false);
    for node in nodes {
        let ring = spans.partition_point(|span| span.end <= node.at[side].edge as usize);
        touched[ring] = true;
    }
}

/// Whether a ring without nodes lies on the inner side of others; any vertex tells.
fn is_enclosed_by(others: &Rings, rings: &Rings, span: &Span) -> bool {
    others.encloses(rings.points()[span.start])
}

/// The same of others that have buckets: a vertex in a cell that no edge comes to tells at once.
fn lies_in(others: &Rings, buckets: &Buckets, rings: &Rings, span: &Span) -> bool {
    let mut vertices = rings.ring(span).iter();
    let told = vertices.find_map(|&vertex| buckets.is_enclosed(buckets.cell(vertex)));
    told.unwrap_or_else(|| is_enclosed_by(others, rings, span))
}
