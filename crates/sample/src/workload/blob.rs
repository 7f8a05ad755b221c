//! Zones drawn freely: rings around a place whose distance from it is a sum of waves.

use super::functions::{normal, on_circle};
use crate::random::Dice;

/// How much weaker each wave is than the first: k^-1.1 for k = 1, 2, ….
const FALL: [f64; 23] = [
    1.0,
    0.466516495768404,
    0.298652819946921,
    0.217637640824031,
    0.170267984504157,
    0.139326467012989,
    0.117595893427578,
    0.101531549544529,
    0.089193506862248,
    0.079432823472428,
    0.071526676563343,
    0.064998095158692,
    0.059519916389316,
    0.054860424118588,
    0.050851013718845,
    0.04736614270345,
    0.044310452642649,
    0.041610242266671,
    0.039207670430378,
    0.037056722455347,
    0.035120345186324,
    0.033368374504291,
    0.03177601123591,
];

/// The look of a blob.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) area_m2: f64,
    pub(super) vertices: usize,
    /// How strong the waves are; 0.35 is lively.
    pub(super) unrest: f64,
    /// Stretched by this along one direction, shrunk by it across.
    pub(super) stretch: f64,
}

impl Look {
    /// A lively blob that is as long as wide.
    pub(super) fn round(area_m2: f64, vertices: usize) -> Self {
        Self { area_m2, vertices, unrest: 0.35, stretch: 1.0 }
    }
}

/// A ring around `centre`, counter-clockwise and open. Seen from the centre it goes round once, so it cannot cross
/// itself.
pub(super) fn blob(dice: &mut Dice, centre: [f64; 2], look: Look) -> Vec<[f64; 2]> {
    let count = look.vertices;
    let circle: Vec<[f64; 2]> = (0..count).map(|k| on_circle(k as f64 / count as f64)).collect();
    let mut radii = vec![1.0; count];
    for (k, fall) in FALL.iter().enumerate() {
        let (even, odd) = (normal(dice), normal(dice));
        for (j, radius) in radii.iter_mut().enumerate() {
            // The circle holds the wave's values too, every k-th.
            let [cosine, sine] = circle[(k + 1) * j % count];
            *radius += 0.5 * look.unrest * fall * (even * cosine + odd * sine);
        }
    }
    let [turn_x, turn_y] = on_circle(dice.unit() / 2.0);
    let mut ring: Vec<[f64; 2]> = circle
        .iter()
        .zip(&radii)
        .map(|(&[x, y], radius)| {
            let radius = radius.max(0.25) * (1.0 + 0.004 * normal(dice));
            let (x, y) = (radius * x * look.stretch, radius * y / look.stretch);
            [x * turn_x - y * turn_y, x * turn_y + y * turn_x]
        })
        .collect();
    let nexts = ring.iter().cycle().skip(1);
    let twice: f64 = ring.iter().zip(nexts).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
    let scale = (2.0 * look.area_m2 / twice.abs()).sqrt();
    for at in &mut ring {
        *at = [at[0] * scale + centre[0], at[1] * scale + centre[1]];
    }
    ring
}

/// The same ring closed.
pub(super) fn closed(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    ring.extend(ring.first().copied());
    ring
}
