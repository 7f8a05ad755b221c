//! Finding all pairs of edges that meet, without comparing each with each: edges are taken in short runs along
//! their rings, an R*-tree finds the runs whose boxes meet, and only their edges are compared. That is fast for
//! borders as they are; where too many boxes meet for it, as of long edges beside each other, a sweep line answers
//! ([`sweep`](super::sweep)), and the same.

use rstar::{
    AABB, RTree, RTreeObject,
    primitives::{GeomWithData, Rectangle},
};

use super::CONTACT_LIMIT;
use super::contact::{Contact, contact};
use super::ring::Ring;
use super::sweep;
use crate::Envelope;

/// Edges in a run: enough that the tree is small, few enough that a run stays compact.
const RUN: usize = 16;

/// Boxes of edges that are compared for each edge, before the sweep line is called for: borders as they are take about
/// ten. And so many are compared in any case.
const BOXES_PER_EDGE: usize = 64;
const FEW_BOXES: usize = 10_000;

/// Two edges that meet; `first` comes before `second` in (ring, edge).
#[derive(Debug, PartialEq)]
pub(super) struct Meeting {
    pub(super) first: Edge,
    pub(super) second: Edge,
    pub(super) contact: Contact,
}

/// An edge by the number of its ring and of the vertex it starts at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    let edges: usize = rings.iter().map(|ring| ring.points.len()).sum();
    let by_boxes = by_boxes(rings, BOXES_PER_EDGE * edges + FEW_BOXES);
    let mut found = by_boxes.unwrap_or_else(|| sweep::meetings(rings).0);
    found.sort_unstable_by_key(|meeting: &Meeting| (meeting.first, meeting.second));
    found.dedup_by_key(|meeting| (meeting.first, meeting.second));
    found
}

/// All meetings by boxes; `None` when more boxes would have to be compared than the limit.
fn by_boxes(rings: &[Ring], limit: usize) -> Option<Vec<Meeting>> {
    let tree = RTree::bulk_load(rings.iter().enumerate().flat_map(|(i, ring)| runs(i, ring)).collect());
    let (mut found, mut compared) = (Vec::new(), 0);
    for (a, b) in tree.intersection_candidates_with_other_tree(&tree) {
        if a.data <= b.data {
            compared += compare_runs(rings, a, b, &mut found);
        }
        if compared > limit {
            return None;
        }
        if found.len() >= CONTACT_LIMIT {
            break;
        }
    }
    Some(found)
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

/// The answer is how many boxes were compared.
fn compare_runs(rings: &[Ring], a: &Entry, b: &Entry, found: &mut Vec<Meeting>) -> usize {
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
    2 * RUN + near_a.len() * near_b.len()
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

/// How two edges meet, of which the first comes before the second.
pub(super) fn meeting(rings: &[Ring], first: Edge, second: Edge) -> Option<Meeting> {
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

#[cfg(test)]
mod tests {
    use geo_types::LineString;
    use proptest::prelude::*;

    use super::*;

    fn ring(points: Vec<(f64, f64)>, part: usize) -> Option<Ring> {
        let first = points.first().copied();
        let line: LineString<f64> = points.into_iter().chain(first).collect();
        Ring::read(&line, (part, 0), &mut Vec::new())
    }

    fn swept(rings: &[Ring]) -> Vec<Meeting> {
        let mut found = sweep::meetings(rings).0;
        found.sort_unstable_by_key(|meeting| (meeting.first, meeting.second));
        found.dedup_by_key(|meeting| (meeting.first, meeting.second));
        found
    }

    fn by_boxes_in_order(rings: &[Ring]) -> Vec<Meeting> {
        let mut found = by_boxes(rings, usize::MAX).unwrap_or_default();
        found.sort_unstable_by_key(|meeting| (meeting.first, meeting.second));
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// On few places everything touches, overlaps and stands upright; on many, everything crosses.
        #[test]
        fn the_sweep_line_finds_what_boxes_find(
            steps in prop_oneof![Just(5), Just(9), Just(1000)],
            rings in prop::collection::vec(prop::collection::vec((0..1000, 0..1000), 3..12), 1..6),
        ) {
            let place = |(x, y): (i32, i32)| (f64::from(x % steps), f64::from(y % steps));
            let rings: Vec<Ring> = rings
                .into_iter()
                .enumerate()
                .filter_map(|(part, points)| ring(points.into_iter().map(place).collect(), part))
                .collect();
            prop_assert_eq!(swept(&rings), by_boxes_in_order(&rings));
        }
    }

    /// Teeth of a comb that stands askew: every two have boxes that meet.
    fn comb(teeth: i32) -> Vec<(f64, f64)> {
        let length = f64::from(teeth) * 10.0;
        let there = (0..teeth).flat_map(|k| {
            let x = f64::from(k) * 3.0;
            [
                (x, x * 0.1),
                (x + length, x * 0.1 + length),
                (x + length + 1.0, x * 0.1 + length),
                (x + 2.0, x * 0.1),
            ]
        });
        let end = f64::from(teeth) * 3.0;
        there.chain([(end + length * 2.0, -length), (-length, -length)]).collect()
    }

    #[test]
    fn a_comb_askew_takes_a_few_comparisons_for_each_edge() {
        let rings: Vec<Ring> = ring(comb(20_000), 0).into_iter().collect();
        let edges: usize = rings.iter().map(|ring| ring.points.len()).sum();
        assert!(by_boxes(&rings, BOXES_PER_EDGE * edges + FEW_BOXES).is_none());
        let (found, comparisons) = sweep::meetings(&rings);
        assert_eq!(found.len(), 0, "{:?}", found.first());
        assert!(comparisons < 8 * edges, "{comparisons} for {edges} edges");
    }

    /// One long edge across all teeth is taken out alone, and told with each of them.
    #[test]
    fn an_edge_across_a_comb_is_told_with_every_tooth() {
        let teeth = 2_000;
        let length = f64::from(teeth) * 10.0;
        let needle =
            vec![(-length, length * 0.5), (length * 2.0, length * 0.5), (length * 3.0, length * 5.0)];
        let rings: Vec<Ring> = [comb(teeth), needle]
            .into_iter()
            .enumerate()
            .filter_map(|(part, points)| ring(points, part))
            .collect();
        let found = swept(&rings);
        let crossed = found.iter().filter(|meeting| matches!(meeting.contact, Contact::Cross(_))).count();
        assert_eq!((found.len(), crossed), (2 * 2_000, 2 * 2_000));
        let comparisons = sweep::meetings(&rings).1;
        assert!(comparisons < 20 * 4 * 2_000, "{comparisons}");
    }
}
