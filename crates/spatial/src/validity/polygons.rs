//! The rings of a polygon or multipolygon together.

use std::collections::HashSet;

use geo_types::Polygon;

use super::connectivity::Connectivity;
use super::contact::Contact;
use super::contacts::{Meeting, meetings};
use super::equal::{Entangled, Equal};
use super::location::{Meet, meet_at};
use super::nesting::Nesting;
use super::ring::Ring;
use super::{Problem, ProblemKind};

/// Reports every problem of the parts, the first of which has number `first`.
pub(super) fn examine(parts: &[&Polygon<f64>], first: usize, problems: &mut Vec<Problem>) {
    let mut rings = Vec::new();
    for (i, polygon) in parts.iter().enumerate() {
        let lines = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.extend(lines.enumerate().filter_map(|(k, line)| Ring::read(line, (first + i, k), problems)));
    }
    let equal = Equal::of(&rings);
    for later in equal.later() {
        problems.push(rings[later].problem(ProblemKind::DuplicateRing, rings[later].points[0]));
    }
    let found = meetings_once(&rings, &equal);
    let mut search = Search::new(&rings, problems, Entangled::new(equal));
    for meeting in found {
        search.meeting(&meeting);
    }
    let Search { entangled, touches, .. } = search;
    let outside = Nesting::new(&rings, &entangled).examine(problems);
    disconnections(&rings, touches, &entangled, &outside, problems);
}

/// The meetings of the rings, of equal ones those of the first: the others would say the same again, and all of them
/// meet each other everywhere.
fn meetings_once(rings: &[Ring], equal: &Equal) -> Vec<Meeting> {
    let distinct = equal.distinct();
    if distinct.len() == rings.len() {
        return meetings(rings);
    }
    let kept: Vec<Ring> = distinct.iter().map(|&ring| rings[ring].clone()).collect();
    let mut found = meetings(&kept);
    for Meeting { first, second, .. } in &mut found {
        (first.ring, second.ring) = (distinct[first.ring], distinct[second.ring]);
    }
    found
}

/// A point in which two rings touch without crossing.
struct Touch {
    rings: [usize; 2],
    point: [f64; 2],
}

/// What the meetings of edges have shown so far.
struct Search<'a> {
    rings: &'a [Ring],
    problems: &'a mut Vec<Problem>,
    entangled: Entangled,
    touches: Vec<Touch>,
    /// Contacts told already: the two rings and the place.
    told: HashSet<(usize, usize, [u64; 2])>,
    /// The two rings and the first ring's edge of the last overlap, to tell a run of them once.
    last_overlap: Option<(usize, usize, usize)>,
}

impl<'a> Search<'a> {
    fn new(rings: &'a [Ring], problems: &'a mut Vec<Problem>, entangled: Entangled) -> Self {
        Self { rings, problems, entangled, touches: Vec::new(), told: HashSet::new(), last_overlap: None }
    }

    fn meeting(&mut self, meeting: &Meeting) {
        let (a, b) = (meeting.first, meeting.second);
        match meeting.contact {
            Contact::Cross(place) => self.tell(a.ring, b.ring, place, None),
            Contact::Overlap(place) => {
                let run = (a.ring, b.ring, a.index);
                let goes_on = self.last_overlap.is_some_and(|(ring, other, index)| {
                    (ring, other) == (a.ring, b.ring) && a.index - index <= 1
                });
                self.last_overlap = Some(run);
                if !goes_on {
                    self.tell(a.ring, b.ring, place, None);
                }
            }
            Contact::Touch(point) => {
                let [first, second] = [a, b].map(|edge| (&self.rings[edge.ring], edge.index));
                match (meet_at(point, first, second), a.ring == b.ring) {
                    (Meet::Cross, _) | (Meet::Along, true) => self.tell(a.ring, b.ring, point, None),
                    (Meet::Touch, true) => self.tell(a.ring, b.ring, point, Some(ProblemKind::SelfTouch)),
                    // Where two rings run along each other, that is reported by itself.
                    (Meet::Touch | Meet::Along, false) => {
                        self.touches.push(Touch { rings: [a.ring, b.ring], point });
                    }
                }
            }
        }
    }

    /// Reports a contact that must not be, once per pair of rings and place, as of a kind or of the one that crossing
    /// is between these rings.
    fn tell(&mut self, first: usize, second: usize, place: [f64; 2], kind: Option<ProblemKind>) {
        let (a, b) = (&self.rings[first], &self.rings[second]);
        let kind = kind.unwrap_or(match (first == second, a.part == b.part) {
            (true, _) => ProblemKind::SelfIntersection,
            (_, true) => ProblemKind::RingsCross,
            _ => ProblemKind::PartsOverlap,
        });
        self.entangled.insert(first, second);
        if self.told.insert((first, second, place.map(|v| (v + 0.0).to_bits()))) {
            self.problems.push(b.problem(kind, place));
        }
    }
}

/// Reports the places where touching rings of one part cut a piece off its interior.
fn disconnections(
    rings: &[Ring],
    touches: Vec<Touch>,
    entangled: &Entangled,
    outside: &HashSet<usize>,
    problems: &mut Vec<Problem>,
) {
    let mut connectivity = Connectivity::default();
    for Touch { rings: pair, point } in touches {
        let [a, b] = pair;
        let counts = rings[a].part == rings[b].part
            && !entangled.contains(a, b)
            && !outside.contains(&a)
            && !outside.contains(&b);
        if counts && connectivity.touch(pair, point) {
            problems.push(rings[b].problem(ProblemKind::InteriorDisconnected, point));
        }
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{LineString, polygon};

    use super::*;

    /// The shell, the hole and nothing else are searched, so what is found and remembered does not grow with the copies.
    #[test]
    fn of_fifty_thousand_equal_holes_one_is_looked_at() {
        let hole = LineString::from(vec![(1.0, 1.0), (3.0, 1.0), (2.0, 3.0), (1.0, 1.0)]);
        let around = polygon![(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 2.0)];
        let all = Polygon::new(around.exterior().clone(), vec![hole; 50_000]);
        let lines = std::iter::once(all.exterior()).chain(all.interiors());
        let mut problems = Vec::new();
        let rings: Vec<Ring> =
            lines.enumerate().filter_map(|(k, line)| Ring::read(line, (0, k), &mut problems)).collect();
        let equal = Equal::of(&rings);
        assert_eq!(equal.distinct(), [0, 1]);
        assert_eq!(meetings_once(&rings, &equal), []);
        examine(&[&all], 0, &mut problems);
        assert_eq!(problems.len(), 49_999);
        assert!(problems.iter().all(|problem| problem.kind == ProblemKind::DuplicateRing));
        assert_eq!((problems[0].ring, problems[49_998].ring), (Some(2), Some(50_000)));
    }

    /// The hole meets the shell; its copy, which does too, is told as a copy, and the meeting once.
    #[test]
    fn what_equal_rings_meet_is_told_of_the_first() {
        let hole = LineString::from(vec![(1.0, 1.0), (3.0, 1.0), (3.0, -1.0), (1.0, 1.0)]);
        let turned = LineString::from(vec![(3.0, -1.0), (3.0, 1.0), (1.0, 1.0), (3.0, -1.0)]);
        let around = polygon![(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0)];
        let mut problems = Vec::new();
        examine(&[&Polygon::new(around.exterior().clone(), vec![hole, turned])], 0, &mut problems);
        problems.sort_by_key(|problem| (problem.ring, problem.place.map(|[x, _]| x as i64)));
        let told: Vec<_> =
            problems.iter().map(|problem| (problem.kind, problem.ring, problem.place)).collect();
        let crosses = |x| (ProblemKind::RingsCross, Some(1), Some([x, 0.0]));
        let again = (ProblemKind::DuplicateRing, Some(2), Some([3.0, -1.0]));
        assert_eq!(told, [crosses(2.0), crosses(3.0), again]);
    }
}
