//! Pairs as people read them: names instead of positions, and all measures.

use rayon::prelude::*;
use spatial::overlay::Overlap;
use spatial::{Crs, Feature, Layer, Region};

/// Two features that overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct OverlapRow {
    /// Name of the subject.
    pub subject_id: String,
    /// Name of the reference.
    pub reference_id: String,
    /// Planar area in the working CRS, m².
    pub area_m2: f64,
    /// Geodesic area, m²; `None` when only areas were asked for.
    pub area_geodesic_m2: Option<f64>,
    /// Mean width 2A/P, m.
    pub mean_width_m: Option<f64>,
    /// Area ÷ the subject's area, 0 to 1.
    pub subject_share: f64,
    /// The shape in the working CRS; `None` when only areas were asked for.
    pub region: Option<Region>,
}

/// Names and measures the overlaps found between two layers, which are the same for one file.
pub(super) fn rows(
    found: Vec<Overlap>,
    layers: (&Layer, &Layer),
    crs: &Crs,
    id_field: Option<&str>,
) -> Vec<OverlapRow> {
    let name = |layer: &Layer, index: usize| {
        layer.features.get(index).map(|feature| label(feature, id_field)).unwrap_or_default()
    };
    found
        .into_par_iter()
        .map(|overlap| OverlapRow {
            subject_id: name(layers.0, overlap.subject),
            reference_id: name(layers.1, overlap.reference),
            area_m2: overlap.area_m2,
            area_geodesic_m2: overlap.region.as_ref().map(|region| region.area_geodesic_m2(crs)),
            mean_width_m: overlap.mean_width_m,
            subject_share: overlap.subject_share,
            region: overlap.region,
        })
        .collect()
}

pub(crate) fn label(feature: &Feature, id_field: Option<&str>) -> String {
    id_field.and_then(|field| feature.text(field)).unwrap_or_else(|| feature.label())
}
