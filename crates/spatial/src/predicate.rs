//! Exact answers about points and lines in `f64`: adaptive-precision arithmetic, so no tolerance anywhere.

use geo::Orientation;
use geo::kernels::{Kernel, RobustKernel};
use geo_types::Coord;

/// On which side of a directed line a point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
    On,
}

/// The side of the line from `a` to `b` on which `point` lies, exactly.
pub(crate) fn side(a: [f64; 2], b: [f64; 2], point: [f64; 2]) -> Side {
    let coord = |[x, y]: [f64; 2]| Coord { x, y };
    match RobustKernel::orient2d(coord(a), coord(b), coord(point)) {
        Orientation::CounterClockwise => Side::Left,
        Orientation::Clockwise => Side::Right,
        Orientation::Collinear => Side::On,
    }
}

/// What an edge does to a ray that runs from a point in the direction of growing x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cast {
    /// The ray passes it by.
    Misses,
    /// The ray crosses it. Each vertex belongs to the edges that go up from it, so that a ray through a vertex
    /// counts it once where it changes sides there, else twice or not at all.
    Crosses,
    /// The point lies on it.
    Touches,
}

/// What the edge from `a` to `b` does to the ray from `point`, exactly.
pub(crate) fn cast(a: [f64; 2], b: [f64; 2], point: [f64; 2]) -> Cast {
    let [x, y] = point;
    if a[1].min(b[1]) > y || a[1].max(b[1]) < y || a[0].max(b[0]) < x {
        return Cast::Misses;
    }
    let crosses_height = (a[1] <= y) != (b[1] <= y);
    if x < a[0].min(b[0]) {
        return if crosses_height { Cast::Crosses } else { Cast::Misses };
    }
    match side(a, b, point) {
        Side::On => Cast::Touches,
        turn if crosses_height && (turn == Side::Left) == (b[1] > a[1]) => Cast::Crosses,
        _ => Cast::Misses,
    }
}
