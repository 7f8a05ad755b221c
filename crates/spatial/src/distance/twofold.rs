//! Cross products in twofold precision: the numbers from which distances and crossings are computed keep their
//! digits where plain `f64` would cancel them away, as between borders that run a nanometre apart.
//!
//! A difference or product of two `f64` is a rounded value and an error that is itself an `f64` (Dekker 1971; the
//! product's error by a fused multiply-add). The cross product is summed from both, so that its error is about
//! 2⁻¹⁰⁰ of the products instead of 2⁻⁵².

/// `a − b` as a rounded value and its error.
fn difference(a: f64, b: f64) -> [f64; 2] {
    let high = a - b;
    let back = a - high;
    [high, (a - (high + back)) + (back - b)]
}

/// `a · b` as a rounded value and its error.
fn product(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    let high = a[0] * b[0];
    [high, a[0].mul_add(b[0], -high) + (a[0] * b[1] + a[1] * b[0])]
}

/// `(b − a) × (point − a)`, m²: twice the area of the triangle, positive when the point lies left of the line from
/// `a` to `b`.
pub(super) fn cross_m2(a: [f64; 2], b: [f64; 2], point: [f64; 2]) -> f64 {
    let [along, to] = [b, point].map(|end| [difference(end[0], a[0]), difference(end[1], a[1])]);
    let (one, other) = (product(along[0], to[1]), product(along[1], to[0]));
    let high = difference(one[0], other[0]);
    high[0] + (high[1] + (one[1] - other[1]))
}

#[cfg(test)]
mod tests {
    use super::cross_m2;

    #[test]
    fn keeps_the_digits_that_plain_numbers_lose() {
        // By hand: (3, 3) × (1, 1 + 2⁻⁴⁰) = 3 · 2⁻⁴⁰, the triangle far from the origin.
        let far = 1_048_576.0;
        let step = 2.0_f64.powi(-30);
        let cross = cross_m2([far, far], [far + 3.0, far + 3.0], [far + 1.0, far + 1.0 + step]);
        assert_eq!(cross, 3.0 * step);
        // (1 + ε)(1 − ε) − 1 · 1 = −ε², nothing of which survives in plain f64.
        let tiny = 2.0_f64.powi(-52);
        assert_eq!(cross_m2([0.0, 0.0], [1.0 + tiny, 1.0], [1.0, 1.0 - tiny]), -tiny * tiny);
    }
}
