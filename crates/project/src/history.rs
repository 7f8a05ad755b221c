//! What a feature was, revision by revision.

use planning::Collection;
use spatial::{Crs, Feature, Layer, Prepared};
use store::FeatureHistory;

use crate::overlaps::choose;
use crate::{Project, ProjectError};

impl Project {
    /// What the feature at a position of a collection was since the collection was imported.
    /// # Errors
    /// The store's own.
    pub fn feature_history(&self, collection: &str, position: u64) -> Result<FeatureHistory, ProjectError> {
        Ok(self.store().feature_history(collection, position)?)
    }
}

/// The planar areas of versions of one feature, all on one plane, m²; `None` for one that is not there or has none.
/// # Errors
/// [`ProjectError::Crs`] when coordinates cannot be put on a plane.
pub fn version_areas(
    collection: &Collection,
    versions: &[Option<Feature>],
) -> Result<(Crs, Vec<Option<f64>>), ProjectError> {
    let there: Vec<Feature> = versions.iter().flatten().cloned().collect();
    let layer = Layer { crs: collection.layer.crs.clone(), features: there };
    let (crs, _) = choose(&[&layer], None)?;
    let prepared = Prepared::new(&layer, &crs)?;
    let mut at = 0;
    let areas = versions.iter().map(|version| {
        version.as_ref()?;
        at += 1;
        Some(prepared.area_m2(at - 1)).filter(|area_m2| *area_m2 > 0.0)
    });
    Ok((crs, areas.collect()))
}
