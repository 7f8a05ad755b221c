//! Which shell a hole belongs to.

use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

use super::bounds::{Bounds, edges, side};
use super::{Point, twice_signed_area};

/// Puts every hole into the innermost shell around it. The general overlay does so by itself, but for figures
/// whose parts touch in points it may name a neighbour.
pub(super) fn nest(shapes: IntShapes<i64>) -> IntShapes<i64> {
    if shapes.len() < 2 || shapes.iter().all(|shape| shape.len() < 2) {
        return shapes;
    }
    let (mut nested, mut holes) = (IntShapes::with_capacity(shapes.len()), Vec::new());
    for shape in shapes {
        let mut rings = shape.into_iter();
        nested.extend(rings.next().map(|shell| vec![shell]));
        holes.extend(rings.map(|hole| (nested.len() - 1, hole)));
    }
    let bounds: Vec<Option<Bounds>> = nested.iter().map(|shape| Bounds::of(&shape[0])).collect();
    for (named, hole) in holes {
        let around = (0..nested.len()).filter(|&i| {
            let within = bounds[i].is_some_and(|bounds| hole.iter().all(|&point| bounds.contains(point)));
            within && is_around(&nested[i][0], &hole)
        });
        let innermost = around.min_by_key(|&i| twice_signed_area(&nested[i][0]));
        nested[innermost.unwrap_or(named)].push(hole);
    }
    nested
}

/// Whether a ring lies in another that it may touch: its first vertex off the other tells.
fn is_around(shell: &IntContour<i64>, hole: &IntContour<i64>) -> bool {
    hole.iter().find_map(|&point| encloses(shell, point)).unwrap_or(false)
}

/// Whether a ring has a point in its inside; `None` when it lies on the ring.
fn encloses(ring: &IntContour<i64>, point: Point) -> Option<bool> {
    let mut inside = false;
    for (a, b) in edges(ring) {
        let on_line = side(a, b, point) == 0;
        let between = Bounds::of([&a, &b]).is_some_and(|bounds| bounds.contains(point));
        if on_line && between {
            return None;
        }
        if (a.y <= point.y) != (b.y <= point.y) && (side(a, b, point) > 0) == (b.y > a.y) {
            inside = !inside;
        }
    }
    Some(inside)
}
