//! Features in the CRS that a request asks for.

use geo_types::Geometry;
use spatial::crs::Transformation;
use spatial::{Crs, Feature};

use super::{LayerRole, Served};
use crate::crs::{CRS84, uri, y_first};
use crate::wire::{self, Coordinates};

/// Decimals of degrees: 1.1 cm.
const DEGREE_DECIMALS: i32 = 7;
/// Decimals of metres. Finer than any of the transformations is.
const METRE_DECIMALS: i32 = 4;

/// How the features of one layer are answered.
#[derive(Debug)]
pub(crate) struct Output {
    /// URI of the CRS.
    pub(crate) uri: String,
    /// `None` when the layer's own CRS cannot be computed with: then its geometries are null.
    transformation: Option<Transformation>,
    coordinates: Coordinates,
}

impl Output {
    /// The answers of a layer in a CRS. In the layer's own, coordinates are those that were imported, to the bit.
    pub(crate) fn new(served: &Served, crs: &Crs) -> Self {
        let transformation = Transformation::new(&served.layer.crs, crs).ok();
        let imported = matches!(served.role, LayerRole::Data(_));
        let unchanged = imported && transformation.as_ref().is_some_and(Transformation::is_identity);
        let decimals = if crs.is_geographic() { DEGREE_DECIMALS } else { METRE_DECIMALS };
        let decimals = (!unchanged).then_some(decimals);
        Self {
            uri: uri(crs).unwrap_or_else(|| CRS84.into()),
            transformation,
            coordinates: Coordinates { decimals, y_first: y_first(crs) },
        }
    }

    /// A feature's geometry in the CRS; `None` when it has none, or none that lies where the CRS can be computed.
    pub(crate) fn geometry(&self, feature: &Feature) -> Option<Geometry<f64>> {
        self.transformation.as_ref()?.geometry(feature.geometry.as_ref()?)
    }

    /// A feature's geometry as GeoJSON.
    pub(crate) fn json(&self, feature: &Feature) -> Option<serde_json::Value> {
        self.geometry(feature).map(|geometry| wire::geometry_json_as(&geometry, self.coordinates))
    }
}
