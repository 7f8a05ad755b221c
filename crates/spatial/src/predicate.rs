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
