//! Chance and functions from the four operations and square roots alone, which are the same everywhere.

use std::f64::consts::TAU;

use crate::random::Dice;

/// A number around 0 with standard deviation 1, bell-shaped and never beyond ±3.5: the sum of four even ones.
pub(super) fn normal(dice: &mut Dice) -> f64 {
    // The 52 upper bits of one draw, thirteen for each of the four.
    let bits = (dice.unit() * (1u64 << 52) as f64) as u64;
    let sum: u64 = (0..4).map(|k| (bits >> (13 * k)) & 0x1fff).sum();
    // Four numbers of mean ½ and variance 1/12 each.
    ((sum as f64 + 2.0) / 8192.0 - 2.0) * 3f64.sqrt()
}

/// Cosine and sine of an angle in turns, to 1e-15.
pub(super) fn on_circle(turns: f64) -> [f64; 2] {
    let quarter = (turns * 4.0).round();
    let angle = (turns - quarter / 4.0) * TAU;
    // Both series at once: term n is angleⁿ / n!.
    let (mut cosine, mut sine, mut term) = (0.0, 0.0, 1.0);
    for n in 0..18 {
        match n % 4 {
            0 => cosine += term,
            1 => sine += term,
            2 => cosine -= term,
            _ => sine -= term,
        }
        term *= angle / f64::from(n + 1);
    }
    match quarter.rem_euclid(4.0) as u8 {
        0 => [cosine, sine],
        1 => [-sine, cosine],
        2 => [-cosine, -sine],
        _ => [sine, -cosine],
    }
}

/// e to the power of `x`, for `x` not far from 0: a short series at x/1024, squared ten times.
pub(super) fn exponential(x: f64) -> f64 {
    let t = x / 1024.0;
    let near = 1.0 + t * (1.0 + t / 2.0 * (1.0 + t / 3.0 * (1.0 + t / 4.0)));
    (0..10).fold(near, |power, _| power * power)
}

#[cfg(test)]
mod tests {
    use super::{exponential, normal, on_circle};
    use crate::random::Dice;

    #[test]
    fn functions_are_what_they_are_called() {
        for k in -40..40 {
            let turns = f64::from(k) / 17.0;
            let (sine, cosine) = (turns * std::f64::consts::TAU).sin_cos();
            let [x, y] = on_circle(turns);
            assert!((x - cosine).abs() < 1e-14 && (y - sine).abs() < 1e-14, "{turns}");
            assert!((exponential(turns) / turns.exp() - 1.0).abs() < 1e-10, "{turns}");
        }
    }

    #[test]
    fn normal_numbers_have_mean_0_and_deviation_1() {
        let mut dice = Dice::new(1, "normal");
        let numbers: Vec<f64> = (0..100_000).map(|_| normal(&mut dice)).collect();
        let mean = numbers.iter().sum::<f64>() / 1e5;
        let square = numbers.iter().map(|n| n * n).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.01 && (square - 1.0).abs() < 0.02, "{mean} {square}");
    }
}
