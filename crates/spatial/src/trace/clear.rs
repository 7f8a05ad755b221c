//! Whether rings are *clear*: simple, apart from themselves and one another by more than two grid steps, and
//! nested as shells and holes are. Then snapping has not changed their topology, and rounding a crossing on them
//! (by less than a step) cannot either; see the derivation in [`trace`](super).
//!
//! Most edges need no look. Edges that all lead the same way along an axis, by more than two steps each, keep
//! more than two steps apart unless they follow one another: such *runs* are clear in themselves, and only runs
//! whose boxes meet are compared.

use std::sync::atomic::{AtomicU8, Ordering};

use super::contact::{boxes_near, is_near};
use super::rings::{Rings, Span};
use crate::region::{Bounds, Point, leftmost, side, turn_at, winding};

/// How near, in grid steps, rings may not come to themselves or one another.
pub(super) const CLEARANCE: i64 = 2;

/// Longest run: a longer one has a box that meets too many others.
const LONGEST_RUN: usize = 16;

/// Edges of one ring that lead the same way.
#[derive(Clone, Copy, Debug)]
struct Run {
    bounds: Bounds,
    start: usize,
    end: usize,
}

/// What is known of a feature: whether its rings are clear, once somebody asked.
#[derive(Debug, Default)]
pub(crate) struct Clearness(AtomicU8);

impl Clone for Clearness {
    fn clone(&self) -> Self {
        Self(AtomicU8::new(self.0.load(Ordering::Relaxed)))
    }
}

impl Clearness {
    /// The answer, found now or before. It depends on the feature alone, so that threads cannot disagree.
    pub(crate) fn known_or(&self, find: impl FnOnce() -> bool) -> bool {
        match self.0.load(Ordering::Relaxed) {
            0 => {
                let clear = find();
                self.0.store(1 + u8::from(clear), Ordering::Relaxed);
                clear
            }
            known => known == 2,
        }
    }
}

/// Room for the question, used again.
#[derive(Debug, Default)]
pub(crate) struct Room {
    runs: Vec<Run>,
}

/// Whether the rings are clear.
pub(crate) fn is_clear(rings: &Rings, room: &mut Room) -> bool {
    if rings.has_lost_rings() {
        return false;
    }
    room.runs.clear();
    rings.spans().iter().all(|span| cut(rings.points(), span, &mut room.runs))
        && runs_are_apart(rings, &mut room.runs)
        && is_nested(rings)
}

/// Cuts a ring in runs; `false` when an edge is too short, or turns back on the one before it.
fn cut(points: &[Point], span: &Span, runs: &mut Vec<Run>) -> bool {
    let mut start = span.start;
    let mut ways = ways_of(points, start);
    for edge in span.start..span.end {
        let own = ways_of(points, edge);
        if own == 0 {
            return false;
        }
        if ways & own == 0 || edge - start == LONGEST_RUN {
            runs.extend(run(points, start, edge));
            start = edge;
            ways = own;
        } else {
            ways &= own;
        }
        if start == edge && turns_back(points, edge) {
            return false;
        }
    }
    runs.extend(run(points, start, span.end));
    true
}

/// The ways in which an edge leads by more than [`CLEARANCE`], one bit each: right, left, up, down.
fn ways_of(points: &[Point], edge: usize) -> u8 {
    let (dx, dy) = (points[edge + 1].x - points[edge].x, points[edge + 1].y - points[edge].y);
    u8::from(dx > CLEARANCE)
        | u8::from(dx < -CLEARANCE) << 1
        | u8::from(dy > CLEARANCE) << 2
        | u8::from(dy < -CLEARANCE) << 3
}

/// Whether an edge and the one before it lie along one another.
fn turns_back(points: &[Point], edge: usize) -> bool {
    let [before, from, to] = [points[edge - 1], points[edge], points[edge + 1]];
    is_near(CLEARANCE, [before, from], to) || is_near(CLEARANCE, [from, to], before)
}

fn run(points: &[Point], start: usize, end: usize) -> Option<Run> {
    let bounds = Bounds::of(&points[start..=end])?;
    Some(Run { bounds, start, end })
}

/// Compares all runs whose boxes come near: from left to right, each with those that start before it ends.
fn runs_are_apart(rings: &Rings, runs: &mut [Run]) -> bool {
    runs.sort_unstable_by_key(|run| (run.bounds.low.x, run.start));
    runs.iter().enumerate().all(|(i, run)| {
        let reach = run.bounds.grown(CLEARANCE);
        runs[i + 1..]
            .iter()
            .take_while(|other| other.bounds.low.x <= reach.high.x)
            .all(|other| !reach.meets(&other.bounds) || edges_are_apart(rings, run, other))
    })
}

fn edges_are_apart(rings: &Rings, run: &Run, other: &Run) -> bool {
    let points = rings.points();
    let reach = other.bounds.grown(CLEARANCE);
    (run.start..run.end).all(|first| {
        let edge = rings.edge(first);
        let [a, b] = edge;
        let meets = a.x.min(b.x) <= reach.high.x
            && a.x.max(b.x) >= reach.low.x
            && a.y.min(b.y) <= reach.high.y
            && a.y.max(b.y) >= reach.low.y;
        !meets
            || (other.start..other.end).all(|second| {
                !boxes_near(CLEARANCE, edge, rings.edge(second))
                    || are_neighbours(points, first, second)
                    || are_apart(edge, rings.edge(second))
            })
    })
}

/// Whether one edge starts where the other ends. (In rings that are not simple, edges that are no neighbours may
/// look so; their own neighbours then come too near as well.)
fn are_neighbours(points: &[Point], first: usize, second: usize) -> bool {
    points[first + 1] == points[second] || points[second + 1] == points[first]
}

fn are_apart([a, b]: [Point; 2], [c, d]: [Point; 2]) -> bool {
    let crossed = |p: i128, q: i128| (p > 0) != (q > 0);
    !(is_near(CLEARANCE, [a, b], c)
        || is_near(CLEARANCE, [a, b], d)
        || is_near(CLEARANCE, [c, d], a)
        || is_near(CLEARANCE, [c, d], b)
        || crossed(side(a, b, c), side(a, b, d)) && crossed(side(c, d, a), side(c, d, b)))
}

/// Whether shells lie in nothing or in holes, and holes right inside shells. No two rings touch here, so that one
/// vertex speaks for its ring.
fn is_nested(rings: &Rings) -> bool {
    let turned = rings.is_complement();
    rings.spans().iter().enumerate().all(|(i, span)| {
        let vertices = rings.ring(span);
        let is_shell = turn_at(vertices, leftmost(vertices)) != turned;
        let others = rings
            .spans()
            .iter()
            .enumerate()
            .filter(|&(k, other)| k != i && other.bounds.contains(vertices[0]));
        let around: i32 = others.map(|(_, other)| winding(rings.ring(other), vertices[0])).sum();
        (if turned { -around } else { around }) == i32::from(!is_shell)
    })
}
