//! Chance that gives the same province on every machine: ChaCha for choices, hashed value noise for terrain.
//! Only the four operations and square roots are used on floating point, which IEEE 754 fixes to the last bit.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::plane::Spot;

/// A stream of choices; each purpose has its own, so that one more choice in one place changes no other.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of a seed for a purpose.
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        for (slot, byte) in key[8..].iter_mut().zip(purpose.bytes()) {
            *slot = byte;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Evenly in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        unit_of(self.0.next_u64())
    }

    /// Evenly in [low, high).
    pub(crate) fn range(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Evenly among 0 … count − 1; 0 when there is nothing to choose from.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let position = (self.unit() * count as f64) as usize;
        position.min(count.saturating_sub(1))
    }

    /// True with probability `p`.
    pub(crate) fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A direction of length 1, by a rational parametrisation of the circle instead of sine and cosine.
    pub(crate) fn direction(&mut self) -> Spot {
        let t = self.range(-1.0, 1.0);
        let d = 1.0 + t * t;
        let (x, y) = ((1.0 - t * t) / d, 2.0 * t / d);
        match self.below(4) {
            0 => Spot::new(x, y),
            1 => Spot::new(-x, y),
            2 => Spot::new(y, x),
            _ => Spot::new(y, -x),
        }
    }
}

/// One of the weighted choices.
pub(crate) fn weighted<T: Copy>(dice: &mut Dice, choices: &[(T, f64)], otherwise: T) -> T {
    let total: f64 = choices.iter().map(|c| c.1).sum();
    let mut left = dice.unit() * total;
    for &(choice, weight) in choices {
        left -= weight;
        if left < 0.0 {
            return choice;
        }
    }
    otherwise
}

fn unit_of(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

fn mixed(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number in [0, 1) that depends on nothing but its arguments.
pub(crate) fn hashed(seed: u64, i: i64, j: i64) -> f64 {
    unit_of(mixed(seed ^ mixed((i as u64) ^ mixed(j as u64))))
}

/// Smooth noise in [0, 1] with features of about `wave_m` metres.
pub(crate) fn noise(seed: u64, at: Spot, wave_m: f64) -> f64 {
    let (x, y) = (at.x / wave_m, at.y / wave_m);
    let (i, j) = (x.floor(), y.floor());
    let ease = |t: f64| t * t * (3.0 - 2.0 * t);
    let (u, v) = (ease(x - i), ease(y - j));
    let (i, j) = (i as i64, j as i64);
    let low = hashed(seed, i, j) * (1.0 - u) + hashed(seed, i + 1, j) * u;
    let high = hashed(seed, i, j + 1) * (1.0 - u) + hashed(seed, i + 1, j + 1) * u;
    low * (1.0 - v) + high * v
}

/// Noise of several waves, each half as long and half as strong as the one before; in [0, 1].
pub(crate) fn rough(seed: u64, at: Spot, wave_m: f64, octaves: u32) -> f64 {
    let (mut sum, mut weight, mut total, mut wave) = (0.0, 1.0, 0.0, wave_m);
    for octave in 0..octaves {
        sum += weight * noise(seed.wrapping_add(u64::from(octave) * 7919), at, wave);
        total += weight;
        weight *= 0.5;
        wave *= 0.5;
    }
    sum / total
}
