//! Finding all pairs of edges that meet, without comparing each with each: edges are taken in short runs along
//! their rings, an R*-tree finds the runs whose boxes meet, and only their edges are compared.

use rstar::{
    AABB, RTree, RTreeObject,
    primitives::{GeomWithData, Rectangle},
};

use super::CONTACT_LIMIT;
use super::contact::{Contact, contact};
use super::ring::Ring;
use crate::Envelope;

/// Edges in a run: enough that the tree is small, few enough that a run stays compact.
const RUN: usize = 16;

/// Two edges that meet; `first` comes before `second` in (ring, edge).
pub(super) struct Meeting {
    pub(super) first: Edge,
    pub(super) second: Edge,
    pub(super) contact: Contact,
}

/// An edge by the number of its ring and of the vertex it starts at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) ring: usize,
    pub(super) index: usize,
}

/// Consecutive edges of a ring.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    ring: usize,
    start: usize,
    end: usize,
}

type Entry = GeomWithData<Rectangle<[f64; 2]>, Run>;

/// All meetings, in order; the ends that neighbouring edges of a ring share are none. Stops at
/// [`CONTACT_LIMIT`].
pub(super) fn meetings(rings: &[Ring]) -> Vec<Meeting> {
    let tree = RTree::bulk_load(rings.iter().enumerate().flat_map(|(i, ring)| runs(i, ring)).collect());
    let mut found = Vec::new();
    for (a, b) in tree.intersection_candidates_with_other_tree(&tree) {
        if a.data <= b.data {
            compare_runs(rings, a, b, &mut found);
        }
        if found.len() >= CONTACT_LIMIT {
            break;
        }
    }
    found.sort_unstable_by_key(|meeting: &Meeting| (meeting.first, meeting.second));
    found
}

fn runs(number: usize, ring: &Ring) -> impl Iterator<Item = Entry> {
    let n = ring.points.len();
    (0..n).step_by(RUN).map(move |start| {
        let end = (start + RUN).min(n);
        let points: Vec<[f64; 2]> = (start..=end).map(|i| ring.at(i)).collect();
        let envelope = AABB::from_points(&points);
        GeomWithData::new(
            Rectangle::from_corners(envelope.lower(), envelope.upper()),
            Run { ring: number, start, end },
        )
    })
}

fn compare_runs(rings: &[Ring], a: &Entry, b: &Entry, found: &mut Vec<Meeting>) {
    let near_b = edges_near(rings, a, b);
    let near_a = if a.data == b.data { near_b.clone() } else { edges_near(rings, b, a) };
    for (first, first_box) in &near_b {
        for (second, second_box) in &near_a {
            let once = a.data != b.data || first < second;
            if once && first_box.intersects(second_box) {
                found.extend(meeting(rings, *first, *second));
            }
        }
    }
}

/// The edges of `run` whose boxes meet that of `other`.
fn edges_near(rings: &[Ring], run: &Entry, other: &Entry) -> Vec<(Edge, Envelope)> {
    let bounds = other.envelope();
    let bounds = Envelope { min: bounds.lower(), max: bounds.upper() };
    let Run { ring, start, end } = run.data;
    (start..end)
        .filter_map(|index| {
            let [p, q] = rings[ring].edge(index);
            let envelope =
                Envelope { min: [p[0].min(q[0]), p[1].min(q[1])], max: [p[0].max(q[0]), p[1].max(q[1])] };
            envelope.intersects(&bounds).then_some((Edge { ring, index }, envelope))
        })
        .collect()
}

fn meeting(rings: &[Ring], first: Edge, second: Edge) -> Option<Meeting> {
    let (a, b) = (rings[first.ring].edge(first.index), rings[second.ring].edge(second.index));
    let contact = contact(a, b)?;
    if first.ring == second.ring {
        let n = rings[first.ring].points.len();
        let apart = second.index.abs_diff(first.index);
        // Neighbours share an end; if they share more, that is a spike and reported as one.
        if apart == 1 || apart == n - 1 {
            return None;
        }
    }
    Some(Meeting { first, second, contact })
}
