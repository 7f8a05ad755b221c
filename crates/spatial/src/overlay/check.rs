//! One engine against the other.

/// The area measured without a shape, held against the area of the shape, over all pairs whose shape was computed.
/// The two share no code: one integrates sections of the coordinates as they are, the other cuts borders on the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SelfCheck {
    /// Pairs compared.
    pub pairs: usize,
    /// The largest difference, m².
    pub largest_m2: f64,
    /// The pair that has it: positions of subject and reference.
    pub at: Option<(usize, usize)>,
}

impl SelfCheck {
    /// Takes in one pair.
    pub(super) fn compare(&mut self, pair: (usize, usize), section_m2: f64, shape_m2: f64) {
        let difference_m2 = (section_m2 - shape_m2).abs();
        self.merge(&Self { pairs: 1, largest_m2: difference_m2, at: Some(pair) });
    }

    /// Takes in other pairs; of equal differences the first stays.
    pub(super) fn merge(&mut self, other: &Self) {
        self.pairs += other.pairs;
        // A difference that is no number is worse than any.
        let worse = other.largest_m2 > self.largest_m2 || other.largest_m2.is_nan();
        if other.at.is_some() && (self.at.is_none() || worse) {
            (self.largest_m2, self.at) = (other.largest_m2, other.at);
        }
    }
}
