//! The order of places along Hilbert's curve: what is near on the curve is near on the ground, so features placed
//! in this order lie near their neighbours in memory.

use spatial::Envelope;

/// Steps along each axis, as a power of two.
const ORDER: u32 = 16;

/// The positions of the boxes in the order of their centres along the curve over all of them; those without a box
/// come first. Equal places keep the order of their positions.
pub(crate) fn order(boxes: &[Option<Envelope>]) -> Vec<usize> {
    let extent = boxes.iter().flatten().copied().reduce(|one, other| one.merged(&other));
    let mut keyed: Vec<(u64, usize)> = boxes
        .iter()
        .enumerate()
        .map(|(position, envelope)| {
            let key = envelope.zip(extent).map_or(0, |(envelope, extent)| key(&envelope, &extent) + 1);
            (key, position)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, position)| position).collect()
}

fn key(envelope: &Envelope, extent: &Envelope) -> u64 {
    let steps = f64::from((1u32 << ORDER) - 1);
    let step = |axis: usize| {
        let width = (extent.max[axis] - extent.min[axis]).max(f64::MIN_POSITIVE);
        let centre = (envelope.min[axis] + envelope.max[axis]) / 2.0 - extent.min[axis];
        (centre / width * steps) as u32
    };
    distance(step(0), step(1))
}

/// How far along the curve a cell of the 2¹⁶ × 2¹⁶ grid lies: at each level the quadrant gives two bits, and what
/// is below is turned as the curve turns there.
fn distance(mut x: u32, mut y: u32) -> u64 {
    let mut distance = 0;
    for level in (0..ORDER).rev() {
        let side = 1u32 << level;
        let (right, upper) = (x & side != 0, y & side != 0);
        let quadrant: u64 = match (right, upper) {
            (false, false) => 0,
            (false, true) => 1,
            (true, true) => 2,
            (true, false) => 3,
        };
        distance |= quadrant << (2 * level);
        (x, y) = (x & (side - 1), y & (side - 1));
        if !upper {
            if right {
                (x, y) = (side - 1 - x, side - 1 - y);
            }
            (x, y) = (y, x);
        }
    }
    distance
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use spatial::Envelope;

    use super::{distance, order};

    #[test]
    fn the_first_cells_follow_each_other_side_by_side() {
        // The curve fills an 8 × 8 corner before it leaves it: 64 cells, each a neighbour of the one before.
        let mut cells: Vec<(u64, (u32, u32))> =
            (0..64).map(|n| (n % 8, n / 8)).map(|(x, y)| (distance(x, y), (x, y))).collect();
        cells.sort_unstable();
        assert_eq!(cells.iter().map(|cell| cell.0).collect::<Vec<_>>(), (0..64).collect::<Vec<_>>());
        let steps = cells.windows(2).map(|w| w[0].1.0.abs_diff(w[1].1.0) + w[0].1.1.abs_diff(w[1].1.1));
        assert!(steps.into_iter().all(|step| step == 1));
    }

    #[test]
    fn every_box_comes_once_and_neighbours_follow() {
        let at = |x: f64, y: f64| Some(Envelope { min: [x, y], max: [x + 1.0, y + 1.0] });
        // A square of four, given crosswise; the curve goes round, so that no step is a diagonal.
        let boxes = [at(0.0, 0.0), at(9.0, 9.0), None, at(9.0, 0.0), at(0.0, 9.0)];
        let order = order(&boxes);
        assert_eq!(order, [2, 0, 4, 1, 3]);
        assert_eq!(order.iter().collect::<HashSet<_>>().len(), 5);
    }
}
