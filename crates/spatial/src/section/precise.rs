//! Sums of many terms with the rounding of one.

/// A sum, and what rounding has taken from it so far (Kahan and Babuška; the error of an addition after Knuth).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Precise {
    /// The sum, to the last digit.
    pub(super) sum: f64,
    lost: f64,
}

impl Precise {
    /// Adds a term.
    #[inline(always)]
    pub(super) fn add(&mut self, term: f64) {
        let term = term + self.lost;
        let sum = self.sum + term;
        let part = sum - self.sum;
        self.lost = (self.sum - (sum - part)) + (term - part);
        self.sum = sum;
    }
}

#[cfg(test)]
mod tests {
    use super::Precise;

    #[test]
    fn a_million_tenths_beside_a_large_number() {
        let mut precise = Precise::default();
        precise.add(1e12);
        (0..1_000_000).for_each(|_| precise.add(0.1));
        precise.add(-1e12);
        assert!((precise.sum - 1e5).abs() < 2e-4, "{}", precise.sum);
    }
}
