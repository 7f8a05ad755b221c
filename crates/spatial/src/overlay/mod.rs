//! Overlaps between two layers and inside one.

use crate::{Prepared, Region};

/// How to compute overlaps, and how to follow or stop it.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Skip shapes, widths and geodesic areas.
    pub area_only: bool,
    /// Called with (subjects done, subjects in all); from any thread.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between subjects; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// One pair of features whose interiors overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Position of the subject in its layer.
    pub subject: usize,
    /// Position of the reference in its layer.
    pub reference: usize,
    /// Planar area in the working CRS, m².
    pub area_m2: f64,
    /// Area ÷ the subject's area, 0 to 1.
    pub subject_share: f64,
    /// The shape, unless only areas were asked.
    pub region: Option<Region>,
}

/// All overlaps of `subject` features with `reference` features, ordered by subject, then reference.
pub fn overlaps(_subject: &Prepared, _reference: &Prepared, _options: &Options<'_>) -> Vec<Overlap> {
    Vec::new()
}

/// All overlaps inside one layer, each unordered pair once (subject position below reference position).
pub fn self_overlaps(_layer: &Prepared, _options: &Options<'_>) -> Vec<Overlap> {
    Vec::new()
}
