//! Where communes have their centres, before they have borders.

use super::relief::Relief;
use crate::plane::Spot;
use crate::random::Dice;

/// How many communes there are.
pub(crate) const COMMUNES: usize = 40;

/// Centres at some distance from each other: the distance is relaxed until all find room.
pub(crate) fn centres(seed: u64, relief: &Relief) -> Vec<Spot> {
    let mut dice = Dice::new(seed, "communes");
    let mut centres: Vec<Spot> = Vec::new();
    let mut apart = 4_300.0;
    while centres.len() < COMMUNES {
        let at = Spot::new(dice.range(2_000.0, 34_500.0), dice.range(1_000.0, 33_000.0));
        let free = centres.iter().all(|c| c.distance(at) > apart);
        if free && relief.in_province(at) && relief.to_border(at) > 900.0 {
            centres.push(at);
        }
        apart *= 0.9995;
    }
    centres
}

/// The two centres nearest to a spot, nearest first.
pub(crate) fn nearest_two(centres: &[Spot], at: Spot) -> [usize; 2] {
    let mut order: Vec<usize> = (0..centres.len()).collect();
    order.sort_by(|&a, &b| centres[a].distance(at).total_cmp(&centres[b].distance(at)));
    [order[0], order[1]]
}
