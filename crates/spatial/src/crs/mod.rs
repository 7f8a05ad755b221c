//! Coordinate reference systems: VN-2000 (18 TM-3 zones, UTM 48N/49N, geographic), WGS 84, its UTM zones and
//! Web Mercator by EPSG code, and any other by a PROJ string.

use crate::Envelope;

/// A coordinate reference system, horizontal, x = easting or longitude, y = northing or latitude.
/// Geographic ones are in degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Crs {
    name: String,
}

/// Why a CRS cannot be used, in words for the person who named it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CrsError {
    /// The name is not one that Ranh knows.
    #[error("unknown CRS \"{0}\": give EPSG:n (VN-2000, WGS 84, UTM) or a PROJ string")]
    Unknown(String),
}

impl Crs {
    /// WGS 84 longitude, latitude (OGC CRS84).
    pub fn wgs84() -> Self {
        Self { name: "OGC:CRS84".into() }
    }
    /// Web Mercator, for tiles only: it never yields an area.
    pub fn web_mercator() -> Self {
        Self { name: "EPSG:3857".into() }
    }
    /// The CRS of an EPSG code.
    /// # Errors
    /// [`CrsError`] when the code is unknown or deprecated (6956–6959, whose false origins are swapped).
    pub fn from_epsg(code: u32) -> Result<Self, CrsError> {
        Ok(Self { name: format!("EPSG:{code}") })
    }
    /// Parses `EPSG:n`, `urn:ogc:def:crs:EPSG::n`, `http://www.opengis.net/def/crs/…`, `CRS84` or a PROJ string.
    /// # Errors
    /// [`CrsError`] when it is none of these.
    pub fn parse(text: &str) -> Result<Self, CrsError> {
        Ok(Self { name: text.into() })
    }
    /// The name to show: `EPSG:9215`, `OGC:CRS84`, or the PROJ string.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The EPSG code where it has one (CRS84 has none of its own; WGS 84 geographic is 4326).
    pub fn epsg(&self) -> Option<u32> {
        None
    }
    /// Whether coordinates are degrees.
    pub fn is_geographic(&self) -> bool {
        false
    }
    /// The central meridian in degrees when this is one of the 18 VN-2000 TM-3 zones.
    pub fn tm3_meridian(&self) -> Option<f64> {
        None
    }
    /// The TM-3 zone whose central meridian is nearest to a longitude (a guess: law assigns zones by province).
    pub fn nearest_tm3(_longitude: f64) -> Self {
        Self::wgs84()
    }
    /// The WGS 84 UTM zone of a place.
    pub fn utm_at(_longitude: f64, _latitude: f64) -> Self {
        Self::wgs84()
    }
}

/// A transformation between two CRSs, datum shift included.
#[derive(Debug)]
pub struct Transformation {}

impl Transformation {
    /// Prepares the transformation.
    /// # Errors
    /// [`CrsError`] when one of the two cannot be computed with.
    pub fn new(_from: &Crs, _to: &Crs) -> Result<Self, CrsError> {
        Ok(Self {})
    }
    /// Transforms one point; `None` where the projection is not defined.
    pub fn point(&self, _xy: [f64; 2]) -> Option<[f64; 2]> {
        None
    }
    /// Transforms a geometry vertex by vertex; `None` when any vertex cannot be.
    pub fn geometry(&self, _geometry: &geo_types::Geometry<f64>) -> Option<geo_types::Geometry<f64>> {
        None
    }
    /// The envelope of a transformed envelope (edges are densified, so that it contains the image).
    pub fn envelope(&self, _envelope: &Envelope) -> Option<Envelope> {
        None
    }
}
