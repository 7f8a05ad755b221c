//! Collections on the plane of one working CRS.

use geo::BoundingRect;
use spatial::crs::{CrsError, Transformation};
use spatial::{Crs, Envelope, Feature, Layer, Prepared};

/// Features of a collection on a working plane.
#[derive(Debug)]
pub(crate) struct OnPlane {
    /// Position in the collection's layer of each prepared feature.
    pub(crate) positions: Vec<usize>,
    /// The features, prepared.
    pub(crate) prepared: Prepared,
}

impl OnPlane {
    /// The whole layer.
    pub(super) fn whole(layer: &Layer, working: &Crs) -> Result<Self, CrsError> {
        let prepared = Prepared::new(layer, working)?;
        Ok(Self { positions: (0..layer.features.len()).collect(), prepared })
    }

    /// The features at these positions.
    pub(crate) fn some(layer: &Layer, working: &Crs, positions: Vec<usize>) -> Result<Self, CrsError> {
        if positions.len() == layer.features.len() {
            return Self::whole(layer, working);
        }
        // Properties are read from the layer, by position.
        let bare = |i: &usize| {
            let Feature { position, id, geometry, .. } = &layer.features[*i];
            let (id, geometry) = (id.clone(), geometry.clone());
            Feature { position: *position, id, geometry, properties: serde_json::Map::new() }
        };
        let some = Layer { crs: layer.crs.clone(), features: positions.iter().map(bare).collect() };
        Ok(Self { prepared: Prepared::new(&some, working)?, positions })
    }
}

/// Positions of the features whose boxes touch `place`, given in the working CRS: a layer of the whole country is
/// not projected once more for every meridian in use.
pub(crate) fn touching(layer: &Layer, working: &Crs, place: &Envelope) -> Result<Vec<usize>, CrsError> {
    let there = Transformation::new(working, &layer.crs)?.envelope(place);
    let touches = |feature: &Feature| match (&there, envelope(feature)) {
        (Some(there), Some(own)) => own.intersects(there),
        // Where the place has no box in the layer's CRS, only the plane itself can tell.
        (None, _) => true,
        (Some(_), None) => false,
    };
    Ok((0..layer.features.len()).filter(|i| touches(&layer.features[*i])).collect())
}

/// The box with everything around it that is not further away.
pub(super) fn around(envelope: &Envelope, distance_m: f64) -> Envelope {
    Envelope {
        min: envelope.min.map(|value| value - distance_m),
        max: envelope.max.map(|value| value + distance_m),
    }
}

/// The box of everything on a plane.
pub(crate) fn extent(prepared: &Prepared) -> Option<Envelope> {
    prepared.features.iter().filter_map(|feature| feature.envelope).reduce(|a, b| a.merged(&b))
}

/// The box of a feature in its own coordinates.
pub(super) fn envelope(feature: &Feature) -> Option<Envelope> {
    let rectangle = feature.geometry.as_ref()?.bounding_rect()?;
    let (min, max) = (rectangle.min(), rectangle.max());
    Some(Envelope { min: [min.x, min.y], max: [max.x, max.y] })
}
