//! One ring by itself: its positions, repetitions, spikes, direction.

use geo_types::LineString;

use super::{Problem, ProblemKind};
use crate::Envelope;
use crate::predicate::{Side, side};

/// A ring that bounds something: at least three different vertices, not all on one line.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    /// Part of the geometry, counted over collections.
    pub(super) part: usize,
    /// Ring of the part, 0 = shell.
    pub(super) ring: usize,
    /// The vertices without repetition and without the closing one.
    pub(super) points: Vec<[f64; 2]>,
    /// Box around it.
    pub(super) envelope: Envelope,
    /// Whether it runs counter-clockwise (meaningful for a ring that does not cross itself).
    pub(super) counter_clockwise: bool,
    /// Whether it turns back on its own last edge anywhere.
    pub(super) has_spikes: bool,
}

impl Ring {
    /// The vertex at a position counted around the ring.
    pub(super) fn at(&self, i: usize) -> [f64; 2] {
        self.points[i % self.points.len()]
    }

    /// The edge that starts at a vertex.
    pub(super) fn edge(&self, i: usize) -> [[f64; 2]; 2] {
        [self.at(i), self.at(i + 1)]
    }

    pub(super) fn problem(&self, kind: ProblemKind, place: [f64; 2]) -> Problem {
        Problem { kind, place: Some(place), part: Some(self.part), ring: Some(self.ring) }
    }

    /// Reads a ring and reports what is wrong with it alone; `None` when there is nothing to compare with other
    /// rings: an empty, broken or collapsed one.
    pub(super) fn read(
        line: &LineString<f64>,
        (part, ring): (usize, usize),
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut report = |kind, place| {
            problems.push(Problem { kind, place, part: Some(part), ring: Some(ring) });
        };
        let mut points: Vec<[f64; 2]> = line.coords().map(|c| [c.x, c.y]).collect();
        let first = *points.first()?;
        if points.iter().flatten().any(|v| !v.is_finite()) {
            report(ProblemKind::Coordinate, None);
            return None;
        }
        for repeated in points.windows(2).filter(|pair| pair[0] == pair[1]) {
            report(ProblemKind::DuplicateVertex, Some(repeated[0]));
        }
        points.dedup();
        if points.len() > 1 && points.last() == Some(&first) {
            points.pop();
        }
        if points.len() < 3 {
            report(ProblemKind::TooFewPoints, Some(first));
            return None;
        }
        if points[2..].iter().all(|&point| side(points[0], points[1], point) == Side::On) {
            report(ProblemKind::Collapsed, Some(first));
            return None;
        }
        let envelope = Envelope::of(points.iter().copied())?;
        let mut read = Self { part, ring, points, envelope, counter_clockwise: true, has_spikes: false };
        for place in read.spikes() {
            read.has_spikes = true;
            report(ProblemKind::Spike, Some(place));
        }
        read.counter_clockwise = read.runs_counter_clockwise();
        Some(read)
    }

    /// The vertices at which the ring turns back on its own last edge.
    fn spikes(&self) -> Vec<[f64; 2]> {
        let n = self.points.len();
        (0..n)
            .map(|i| [self.at(i + n - 1), self.at(i), self.at(i + 1)])
            .filter(|[a, tip, b]| {
                // On one line, and both neighbours on the same side of the tip along it.
                side(*a, *tip, *b) == Side::On
                    && (0..2)
                        .all(|k| (a[k] >= tip[k]) == (b[k] >= tip[k]) && (a[k] <= tip[k]) == (b[k] <= tip[k]))
            })
            .map(|[_, tip, _]| tip)
            .collect()
    }

    /// By the turn at the leftmost (then lowest) vertex, which is on the hull; a spike there says nothing, so the
    /// sign of the area decides then.
    fn runs_counter_clockwise(&self) -> bool {
        let n = self.points.len();
        let extreme = (0..n).min_by(|&a, &b| {
            let (a, b) = (self.points[a], self.points[b]);
            a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
        });
        let i = extreme.unwrap_or(0);
        match side(self.at(i + n - 1), self.at(i), self.at(i + 1)) {
            Side::Left => true,
            Side::Right => false,
            Side::On => {
                let [x0, y0] = self.points[0];
                let twice_area: f64 = (0..n)
                    .map(|i| (self.at(i), self.at(i + 1)))
                    .map(|(a, b)| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0))
                    .sum();
                twice_area > 0.0
            }
        }
    }
}
