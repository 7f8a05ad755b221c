//! Zones with one fault each, as they come in from outside.

use super::blob::{Look, blob, closed};
use super::features::Features;
use super::functions::normal;
use super::zones::place;
use crate::random::Dice;

/// How many there are.
const COUNT: usize = 400;

/// Eight kinds in turn: two vertices swapped, a ring that touches itself, a spike, every vertex three times, a ring
/// traced twice, noise, a hole that leaves its shell, a ring that goes back on itself.
pub(super) fn nasty(seed: u64) -> Features {
    let mut dice = Dice::new(seed, "workload nasty");
    let mut features = Features::new();
    for k in 0..COUNT {
        let centre = place(&mut dice);
        let ring = blob(&mut dice, centre, Look::round(50e4, 150));
        let mut rings = vec![spoilt(&mut dice, k % 8, centre, ring)];
        if k % 8 == 6 {
            let aside = centre.map(|value| value + 300.0);
            rings.push(blob(&mut dice, aside, Look::round(20e4, 60)));
        }
        features.push(&[rings.into_iter().map(closed).collect()]);
    }
    features
}

fn spoilt(dice: &mut Dice, kind: usize, centre: [f64; 2], mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    match kind {
        0 => ring.swap(10, 60),
        1 => ring[100] = ring[20],
        2 => {
            let foot = ring[49];
            let tip = [0, 1].map(|axis| foot[axis] + 2.0 * (foot[axis] - centre[axis]));
            ring.splice(50..50, [tip, foot]);
        }
        3 => ring = ring.into_iter().flat_map(|at| [at; 3]).collect(),
        4 => ring.extend_from_within(..),
        5 => ring.iter_mut().for_each(|at| *at = at.map(|value| value + 40.0 * normal(dice))),
        7 => {
            ring.truncate(60);
            ring.extend(ring.clone().iter().rev());
        }
        _ => {}
    }
    ring
}
