//! The order in which features lie in memory: along a Hilbert curve, so that neighbours are near one another.

use crate::Envelope;

/// Bits of each coordinate along the curve.
const BITS: u32 = 16;

/// Positions of the envelopes ordered by where their centres lie on a Hilbert curve over all of them; those that
/// are `None` come last. Equal places keep their order.
pub fn hilbert_order(envelopes: &[Option<Envelope>]) -> Vec<usize> {
    let all = envelopes.iter().flatten().copied().reduce(|a, b| a.merged(&b));
    let key = |envelope: &Envelope| all.as_ref().map_or(0, |all| place(envelope, all));
    let mut order: Vec<(u64, usize)> =
        envelopes.iter().enumerate().map(|(i, e)| (e.as_ref().map_or(u64::MAX, key), i)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, position)| position).collect()
}

fn place(envelope: &Envelope, all: &Envelope) -> u64 {
    let cell = |axis: usize| {
        let span = all.max[axis] - all.min[axis];
        let middle = (envelope.min[axis] + envelope.max[axis]) / 2.0 - all.min[axis];
        let cells = f64::from((1_u32 << BITS) - 1);
        // A span of nothing gives NaN, which casts to the first cell.
        (middle / span * cells) as u32
    };
    along_curve(cell(0), cell(1))
}

/// Distance along the Hilbert curve of the cell (x, y), by turning one quadrant after another (J. Skilling's and
/// others' well-known bit form for two dimensions).
fn along_curve(mut x: u32, mut y: u32) -> u64 {
    let mut distance = 0_u64;
    for level in (0..BITS).rev() {
        let side = 1_u32 << level;
        let (right, upper) = (u32::from(x & side != 0), u32::from(y & side != 0));
        distance = distance << 2 | u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_visits_every_cell_once_and_steps_to_a_neighbour() {
        let mut cells: Vec<(u64, i64, i64)> = Vec::new();
        // A whole quadrant of the curve is a curve by itself.
        for x in 0..16 {
            for y in 0..16 {
                cells.push((along_curve(x, y), i64::from(x), i64::from(y)));
            }
        }
        cells.sort_unstable();
        for pair in cells.windows(2) {
            assert_eq!(pair[0].0 + 1, pair[1].0);
            assert_eq!((pair[0].1 - pair[1].1).abs() + (pair[0].2 - pair[1].2).abs(), 1);
        }
    }

    #[test]
    fn nothing_comes_last_and_a_single_place_is_no_trouble() {
        let at = |x: f64| Some(Envelope { min: [x, 0.0], max: [x, 0.0] });
        assert_eq!(hilbert_order(&[None, at(1.0)]), [1, 0]);
        assert_eq!(hilbert_order(&[at(3.0), None, at(1.0), at(2.0)]), [2, 3, 0, 1]);
    }
}
