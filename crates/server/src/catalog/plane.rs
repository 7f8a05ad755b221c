//! A layer on the plane where its areas are measured.

use spatial::crs::{self, CrsError, Transformation};
use spatial::{Crs, Layer, Prepared};

/// A layer in its working CRS.
#[derive(Debug)]
pub(crate) struct Plane {
    pub(crate) prepared: Prepared,
    to_degrees: Transformation,
    from_degrees: Transformation,
}

/// What is measured of a feature on the plane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Measure {
    /// Planar area, m²; `None` when it has none.
    pub(crate) area_m2: Option<f64>,
    /// A point well inside it: longitude, latitude.
    pub(crate) inner_point: Option<[f64; 2]>,
}

impl Plane {
    /// Prepares the layer in its own TM-3 zone, else in the one its place suggests.
    pub(crate) fn new(layer: &Layer) -> Result<Self, CrsError> {
        Self::in_crs(layer, &Self::working(layer)?)
    }

    /// Prepares a layer on the plane of a CRS.
    pub(crate) fn in_crs(layer: &Layer, working: &Crs) -> Result<Self, CrsError> {
        Ok(Self {
            prepared: Prepared::new(layer, working)?,
            to_degrees: Transformation::new(working, &Crs::wgs84())?,
            from_degrees: Transformation::new(&Crs::wgs84(), working)?,
        })
    }

    /// What is measured of a feature.
    pub(crate) fn measure(&self, i: usize) -> Measure {
        Measure { area_m2: self.area_m2(i), inner_point: self.inner_point(i) }
    }

    /// The CRS that a layer's plane has.
    pub(crate) fn working(layer: &Layer) -> Result<Crs, CrsError> {
        crs::working(&[layer], None, &[]).map(|(working, _reason)| working)
    }

    /// What [`Self::area_m2`] says of a feature, without all others.
    pub(crate) fn area_alone_m2(layer: &Layer, working: &Crs, i: usize) -> Option<f64> {
        let alone = Layer { crs: layer.crs.clone(), features: vec![layer.features.get(i)?.clone()] };
        let prepared = Prepared::new(&alone, working).ok()?;
        prepared.features.first()?.envelope.map(|_| prepared.area_m2(0))
    }

    /// The working CRS.
    pub(crate) fn crs(&self) -> &Crs {
        &self.prepared.crs
    }

    /// Planar area of a feature, m²; `None` when it has none.
    pub(crate) fn area_m2(&self, i: usize) -> Option<f64> {
        self.prepared.features.get(i)?.envelope.map(|_| self.prepared.area_m2(i))
    }

    /// A point well inside a feature: longitude, latitude.
    fn inner_point(&self, i: usize) -> Option<[f64; 2]> {
        self.to_degrees.point(self.prepared.region(i)?.inner_point()?)
    }

    /// The plane's point of a longitude and latitude.
    pub(crate) fn point(&self, degrees: [f64; 2]) -> Option<[f64; 2]> {
        self.from_degrees.point(degrees)
    }
}
