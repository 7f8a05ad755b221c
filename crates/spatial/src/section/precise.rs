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
        add(&mut self.sum, &mut self.lost, term);
    }
}

#[inline(always)]
fn add(so_far: &mut f64, lost: &mut f64, term: f64) {
    let term = term + *lost;
    let sum = *so_far + term;
    let part = sum - *so_far;
    *lost = (*so_far - (sum - part)) + (term - part);
    *so_far = sum;
}

/// Many such sums side by side, so that they are added to in vectors.
#[derive(Clone, Debug, Default)]
pub(super) struct PreciseRow {
    /// The sums.
    pub(super) sums: Vec<f64>,
    lost: Vec<f64>,
}

impl PreciseRow {
    /// So many sums of nothing.
    pub(super) fn new(count: usize) -> Self {
        Self { sums: vec![0.0; count], lost: vec![0.0; count] }
    }

    /// Adds a term to each.
    #[inline(always)]
    pub(super) fn add(&mut self, terms: &[f64]) {
        for ((sum, lost), &term) in self.sums.iter_mut().zip(&mut self.lost).zip(terms) {
            add(sum, lost, term);
        }
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
