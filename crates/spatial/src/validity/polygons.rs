//! The rings of a polygon or multipolygon together.

use std::collections::{HashMap, HashSet};

use geo_types::Polygon;

use super::connectivity::Connectivity;
use super::contact::Contact;
use super::contacts::{Meeting, meetings};
use super::location::{Meet, meet_at};
use super::nesting::{Entangled, Nesting};
use super::ring::Ring;
use super::{Problem, ProblemKind};

/// Reports every problem of the parts, the first of which has number `first`.
pub(super) fn examine(parts: &[&Polygon<f64>], first: usize, problems: &mut Vec<Problem>) {
    let mut rings = Vec::new();
    for (i, polygon) in parts.iter().enumerate() {
        let lines = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.extend(lines.enumerate().filter_map(|(k, line)| Ring::read(line, (first + i, k), problems)));
    }
    let mut search = Search::new(&rings, problems);
    for meeting in meetings(&rings) {
        search.meeting(&meeting);
    }
    let Search { entangled, touches, .. } = search;
    let outside = Nesting::new(&rings, &entangled).examine(problems);
    disconnections(&rings, touches, &entangled, &outside, problems);
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
    duplicates: Entangled,
    entangled: Entangled,
    touches: Vec<Touch>,
    /// Contacts told already: the two rings and the place.
    told: HashSet<(usize, usize, [u64; 2])>,
    /// The two rings and the first ring's edge of the last overlap, to tell a run of them once.
    last_overlap: Option<(usize, usize, usize)>,
}

impl<'a> Search<'a> {
    fn new(rings: &'a [Ring], problems: &'a mut Vec<Problem>) -> Self {
        let duplicates = duplicates(rings);
        // Of three equal rings the third is a duplicate once, not twice.
        let later: HashSet<usize> = duplicates.iter().map(|&(_, later)| later).collect();
        for ring in later {
            problems.push(rings[ring].problem(ProblemKind::DuplicateRing, rings[ring].points[0]));
        }
        let entangled = duplicates.clone();
        Self {
            rings,
            problems,
            duplicates,
            entangled,
            touches: Vec::new(),
            told: HashSet::new(),
            last_overlap: None,
        }
    }

    fn meeting(&mut self, meeting: &Meeting) {
        let (a, b) = (meeting.first, meeting.second);
        if self.duplicates.contains(&(a.ring, b.ring)) {
            return;
        }
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
        self.entangled.insert((first, second));
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
            && !entangled.contains(&(a, b))
            && !outside.contains(&a)
            && !outside.contains(&b);
        if counts && connectivity.touch(pair, point) {
            problems.push(rings[b].problem(ProblemKind::InteriorDisconnected, point));
        }
    }
}

/// Pairs of rings with the same vertices in the same or the opposite order, wherever they start.
fn duplicates(rings: &[Ring]) -> Entangled {
    let mut by_envelope: HashMap<[u64; 4], Vec<usize>> = HashMap::new();
    for (i, ring) in rings.iter().enumerate() {
        let [[a, b], [c, d]] = [ring.envelope.min, ring.envelope.max];
        by_envelope.entry([a, b, c, d].map(f64::to_bits)).or_default().push(i);
    }
    let mut found = Entangled::new();
    for group in by_envelope.into_values().filter(|group| group.len() > 1) {
        let normal: Vec<Vec<[f64; 2]>> = group.iter().map(|&i| normal_order(&rings[i])).collect();
        for (j, later) in group.iter().enumerate() {
            let equal = (0..j).filter(|&k| normal[k] == normal[j]);
            found.extend(equal.map(|k| (group[k], *later)));
        }
    }
    found
}

/// The vertices counter-clockwise from the leftmost (then lowest).
fn normal_order(ring: &Ring) -> Vec<[f64; 2]> {
    let mut points = ring.points.clone();
    if !ring.counter_clockwise {
        points.reverse();
    }
    let order = |a: &[f64; 2], b: &[f64; 2]| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
    let start = (0..points.len()).min_by(|&a, &b| order(&points[a], &points[b])).unwrap_or(0);
    points.rotate_left(start);
    points
}
