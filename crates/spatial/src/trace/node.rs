//! Nodes: the points where the two boundaries meet, and which of the lines that leave them belong to the result.

use super::Operation;
use super::contact::along;
use crate::region::{Point, side};

/// Which of the two sets of rings.
pub(super) const FIRST: usize = 0;
/// The other.
pub(super) const SECOND: usize = 1;

/// Which lines of each boundary make up the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Those inside the other: the result is what both enclose.
    Inside,
    /// Those outside the other: the result is what either encloses.
    Outside,
}

impl Keep {
    /// The lines for a shape; for a difference the reference's rings are turned around.
    pub(super) fn of(operation: Operation) -> Self {
        match operation {
            Operation::Intersection | Operation::Difference => Self::Inside,
            Operation::Union => Self::Outside,
        }
    }
}

/// Where a node lies on one boundary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    /// The edge it lies on; a vertex lies on the edge that it starts.
    pub(super) edge: u32,
    /// How far along, see [`progress`](super::contact::progress); 0 at the vertex.
    pub(super) progress: i64,
}

/// A point of both boundaries. Each passes through it just once, as both are clear.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) point: Point,
    /// Where on the first and on the second boundary.
    pub(super) at: [Position; 2],
    /// Whether the line that comes in along each boundary is kept.
    pub(super) comes_in: [bool; 2],
    /// Whether the line that goes out along each boundary is kept.
    pub(super) goes_out: [bool; 2],
}

/// How a boundary passes through a point: the vertex or the end of the edge that it comes from, and that it goes
/// on to. What it encloses is the sector from the second to the first, counter-clockwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    pub(super) from: Point,
    pub(super) to: Point,
}

/// Where a direction leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Inside,
    Outside,
    /// Along the line on which the other boundary comes in.
    AlongFrom,
    /// Along the line on which it goes out.
    AlongTo,
}

impl Node {
    /// A node in which the second boundary crosses the first, from its right to its left or back.
    pub(super) fn of_crossing(point: Point, at: [Position; 2], to_the_left: bool, keep: Keep) -> Self {
        // To the left of the first is its inside: there the second goes in. The first then comes from the left
        // of the second, its inside, and goes on outside.
        let second_goes_inside = to_the_left == (keep == Keep::Inside);
        Self {
            point,
            at,
            comes_in: [second_goes_inside, !second_goes_inside],
            goes_out: [!second_goes_inside, second_goes_inside],
        }
    }

    /// A node in which a vertex of one lies on the other.
    pub(super) fn of_touch(point: Point, at: [Position; 2], passages: [Passage; 2], keep: Keep) -> Self {
        let [first, second] = passages;
        let wanted = match keep {
            Keep::Inside => Lead::Inside,
            Keep::Outside => Lead::Outside,
        };
        // A line that both follow the same way bounds both on the same side, and is kept once, as the first's.
        // One that they follow opposite ways has the inside of one on each side, and bounds neither result.
        let first_in = lead(point, second, first.from);
        let first_out = lead(point, second, first.to);
        Self {
            point,
            at,
            comes_in: [
                first_in == wanted || first_in == Lead::AlongFrom,
                lead(point, first, second.from) == wanted,
            ],
            goes_out: [
                first_out == wanted || first_out == Lead::AlongTo,
                lead(point, first, second.to) == wanted,
            ],
        }
    }

    /// Along which boundary the result leaves the node that it reached along `side`; `None` when it does not.
    ///
    /// Where both come in and both go out, two wedges of the result meet in the node. Inside both boundaries the
    /// wedges lie between the way in of one and the way out of the other; outside, between those of the same.
    /// Following the edge of a wedge keeps to one connected piece of the result.
    pub(super) fn way_out(&self, side: usize, keep: Keep) -> Option<usize> {
        match self.goes_out {
            [true, true] => Some(if keep == Keep::Inside { 1 - side } else { side }),
            [true, false] => Some(FIRST),
            [false, true] => Some(SECOND),
            [false, false] => None,
        }
    }

    /// Whether as many lines come in as go out.
    pub(super) fn is_even(&self) -> bool {
        let count = |lines: [bool; 2]| lines.iter().filter(|kept| **kept).count();
        count(self.comes_in) == count(self.goes_out)
    }

    /// Whether the result passes twice.
    pub(super) fn is_double(&self) -> bool {
        self.goes_out == [true, true]
    }
}

/// Where the direction from a point to `end` leads, seen from a boundary that passes through the point.
fn lead(point: Point, Passage { from, to }: Passage, end: Point) -> Lead {
    let (after_to, before_from) = (side(point, to, end), side(point, end, from));
    if after_to == 0 && along(point, to, end) > 0 {
        return Lead::AlongTo;
    }
    if before_from == 0 && along(point, from, end) > 0 {
        return Lead::AlongFrom;
    }
    let opening = side(point, to, from);
    let inside = if opening > 0 {
        after_to > 0 && before_from > 0
    } else if opening == 0 {
        after_to > 0
    } else {
        after_to > 0 || before_from > 0
    };
    if inside { Lead::Inside } else { Lead::Outside }
}
