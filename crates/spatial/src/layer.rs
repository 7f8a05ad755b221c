//! A layer: features that share one CRS.

use crate::{Crs, Feature};

/// Features of one source in one CRS, in the order of the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The CRS of every coordinate in the layer.
    pub crs: Crs,
    /// The features, in the order of the source.
    pub features: Vec<Feature>,
}
