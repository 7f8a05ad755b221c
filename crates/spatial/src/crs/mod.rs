//! Coordinate reference systems: VN-2000 (18 TM-3 zones, UTM 48N/49N, geographic), WGS 84, its UTM zones and
//! Web Mercator by EPSG code, and any other by a PROJ string. Axis order is always x, y: easting, northing or
//! longitude, latitude, whatever the authority says.

mod parse;
mod table;
mod transformation;
mod working;

pub use transformation::Transformation;
pub use working::{WorkingReason, working};

/// A coordinate reference system, horizontal, x = easting or longitude, y = northing or latitude.
/// Geographic ones are in degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Crs {
    name: String,
    epsg: Option<u32>,
    proj: String,
    geographic: bool,
    tm3_meridian: Option<f64>,
}

/// Why a CRS cannot be used, in words for the person who named it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CrsError {
    /// The name is not one that Ranh knows.
    #[error("unknown CRS \"{0}\": give EPSG:n (VN-2000, WGS 84, UTM) or a PROJ string")]
    Unknown(String),
    /// EPSG:6956–6959, withdrawn by EPSG.
    #[error(
        "EPSG:{0} is deprecated: its false easting and northing are swapped (FE 0, FN 500000), so every \
         point would land 500 km away; use EPSG:5896–5899 or 9205–9218 of the same meridian"
    )]
    Deprecated(u32),
    /// A PROJ string that cannot be computed with.
    #[error("cannot use CRS \"{name}\": {reason}")]
    Unusable {
        /// The name as it was given.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Areas were asked for on a plane that gives none.
    #[error("{0} gives no areas: a working CRS is projected, in metres, and not Web Mercator")]
    NotWorking(String),
}

/// A CRS known by its EPSG code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportedCrs {
    /// The EPSG code.
    pub code: u32,
    /// The name in the EPSG registry.
    pub name: String,
}

/// The CRSs known by EPSG code: VN-2000 first, then WGS 84 and its UTM zones.
pub fn supported() -> Vec<SupportedCrs> {
    table::codes()
        .filter_map(|code| Some(SupportedCrs { code, name: table::definition(code)?.title }))
        .collect()
}

impl Crs {
    /// WGS 84 longitude, latitude (OGC CRS84).
    pub fn wgs84() -> Self {
        Self {
            name: "OGC:CRS84".into(),
            epsg: None,
            proj: table::WGS84.into(),
            geographic: true,
            tm3_meridian: None,
        }
    }

    /// Web Mercator, for tiles only: it never yields an area.
    pub fn web_mercator() -> Self {
        Self::known(3857)
    }

    /// The CRS of an EPSG code.
    /// # Errors
    /// [`CrsError`] when the code is unknown or deprecated (6956–6959, whose false origins are swapped).
    pub fn from_epsg(code: u32) -> Result<Self, CrsError> {
        if table::SWAPPED_ORIGINS.contains(&code) {
            return Err(CrsError::Deprecated(code));
        }
        let definition = table::definition(code).ok_or_else(|| CrsError::Unknown(format!("EPSG:{code}")))?;
        Ok(Self::defined(code, definition))
    }

    /// Parses `EPSG:n`, `urn:ogc:def:crs:EPSG::n`, `http://www.opengis.net/def/crs/…`, `CRS84` or a PROJ string.
    /// # Errors
    /// [`CrsError`] when it is none of these.
    pub fn parse(text: &str) -> Result<Self, CrsError> {
        parse::parse(text)
    }

    /// The name to show: `EPSG:9215`, `OGC:CRS84`, or the PROJ string.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The EPSG code where it has one (CRS84 has none of its own; WGS 84 geographic is 4326).
    pub fn epsg(&self) -> Option<u32> {
        self.epsg
    }

    /// Whether coordinates are degrees.
    pub fn is_geographic(&self) -> bool {
        self.geographic
    }

    /// The central meridian in degrees when this is one of the 18 VN-2000 TM-3 zones.
    pub fn tm3_meridian(&self) -> Option<f64> {
        self.tm3_meridian
    }

    /// The PROJ string that is computed with.
    pub fn proj_string(&self) -> &str {
        &self.proj
    }

    /// Whether the two name the same coordinates, as `OGC:CRS84` and `EPSG:4326` do here.
    pub fn same_coordinates(&self, other: &Self) -> bool {
        self.proj == other.proj
    }

    /// The TM-3 zone whose central meridian is nearest to a longitude (a guess: law assigns zones by province).
    pub fn nearest_tm3(longitude: f64) -> Self {
        let away = |meridian: f64| (meridian - longitude).abs();
        let nearest = table::TM3_ZONES.iter().min_by(|a, b| away(a.0).total_cmp(&away(b.0)));
        Self::known(nearest.map_or(5897, |zone| zone.1))
    }

    /// The WGS 84 UTM zone of a place, by 6° steps; the exceptions of Norway and Svalbard are not made, as a
    /// working plane needs none.
    pub fn utm_at(longitude: f64, latitude: f64) -> Self {
        let turned = (longitude + 180.0).rem_euclid(360.0);
        // A NaN becomes zone 1 here: the cast saturates.
        let zone = ((turned / 6.0).floor() as u32).min(59) + 1;
        Self::known(if latitude < 0.0 { 32700 } else { 32600 } + zone)
    }

    /// The Lambert azimuthal equal-area plane of WGS 84 around a place, brought to whole degrees so that its name is
    /// short: areas are true everywhere, lengths near the middle. It has no EPSG code; its name is a PROJ string.
    pub fn equal_area_at(longitude: f64, latitude: f64) -> Self {
        // Adding zero turns a rounded -0 into 0.
        let [lon, lat] = [longitude, latitude].map(|degrees| degrees.round() + 0.0);
        let proj = format!("+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +no_defs");
        Self { name: proj.clone(), epsg: None, proj, geographic: false, tm3_meridian: None }
    }

    /// A code of our own table; falls back to CRS84 rather than panic should the table ever lose it.
    fn known(code: u32) -> Self {
        table::definition(code).map_or_else(Self::wgs84, |definition| Self::defined(code, definition))
    }

    fn defined(code: u32, definition: table::Definition) -> Self {
        Self {
            name: format!("EPSG:{code}"),
            epsg: Some(code),
            proj: definition.proj,
            geographic: definition.geographic,
            tm3_meridian: definition.tm3_meridian,
        }
    }
}
