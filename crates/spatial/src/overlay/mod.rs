//! Overlaps between two layers and inside one.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::{Prepared, Region};

/// How to compute overlaps, and how to follow or stop it.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Do not keep the shapes, from which widths and geodesic areas come.
    pub area_only: bool,
    /// Called with (subjects done, subjects in all); from any thread.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between subjects; `true` stops the work, and what was found so far comes back.
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

/// All overlaps of `subject` features with `reference` features, ordered by subject, then reference. Both must
/// be prepared in the same working CRS; otherwise nothing is found, as their grids have nothing in common.
pub fn overlaps(subject: &Prepared, reference: &Prepared, options: &Options<'_>) -> Vec<Overlap> {
    if !subject.crs.same_coordinates(&reference.crs) {
        return Vec::new();
    }
    each_subject(subject, options, |position, region| pairs(position, region, reference, 0, options))
}

/// All overlaps inside one layer, each unordered pair once (subject position below reference position).
pub fn self_overlaps(layer: &Prepared, options: &Options<'_>) -> Vec<Overlap> {
    each_subject(layer, options, |position, region| pairs(position, region, layer, position + 1, options))
}

/// Runs over the subjects that have a region, on all threads, and puts their answers in order.
fn each_subject(
    subject: &Prepared,
    options: &Options<'_>,
    pairs_of: impl Fn(usize, &Region) -> Vec<Overlap> + Sync,
) -> Vec<Overlap> {
    let (total, done) = (subject.features.len(), AtomicUsize::new(0));
    let found: Vec<Vec<Overlap>> = subject
        .features
        .par_iter()
        .enumerate()
        .map(|(position, feature)| {
            let pairs = match &feature.region {
                Some(region) if !options.cancelled.is_some_and(|cancelled| cancelled()) => {
                    pairs_of(position, region)
                }
                _ => Vec::new(),
            };
            if let Some(progress) = options.progress {
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            }
            pairs
        })
        .collect();
    found.into_iter().flatten().collect()
}

/// The overlaps of one subject with the candidates from `first` on. Candidates are spread over the threads as
/// well: one large subject must not keep the others waiting.
fn pairs(
    position: usize,
    region: &Region,
    reference: &Prepared,
    first: usize,
    options: &Options<'_>,
) -> Vec<Overlap> {
    let Some(envelope) = region.envelope() else { return Vec::new() };
    let subject_area_m2 = region.area_m2();
    reference
        .candidates(&envelope)
        .into_par_iter()
        .filter(|&candidate| candidate >= first)
        .filter_map(|candidate| {
            let shape = region.intersection(reference.features[candidate].region.as_ref()?);
            let area_m2 = shape.area_m2();
            (area_m2 > 0.0).then(|| Overlap {
                subject: position,
                reference: candidate,
                area_m2,
                subject_share: (area_m2 / subject_area_m2).min(1.0),
                region: (!options.area_only).then_some(shape),
            })
        })
        .collect()
}
