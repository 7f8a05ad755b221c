//! The ways in which files and people name a CRS.

use proj4rs::Proj;

use super::{Crs, CrsError};

/// See [`Crs::parse`].
pub(super) fn parse(text: &str) -> Result<Crs, CrsError> {
    let text = text.trim();
    if text.contains("+proj") || text.contains("+init") {
        return proj_string(text);
    }
    let unknown = || CrsError::Unknown(text.into());
    let (authority, code) = authority_and_code(text).ok_or_else(unknown)?;
    match authority.as_str() {
        "EPSG" => Crs::from_epsg(code.parse().map_err(|_| unknown())?),
        "OGC" if code.eq_ignore_ascii_case("CRS84") => Ok(Crs::wgs84()),
        _ => Err(unknown()),
    }
}

/// Splits `EPSG:9215`, `urn:ogc:def:crs:EPSG::9215`, `http://www.opengis.net/def/crs/EPSG/0/9215`, the older
/// `…/gml/srs/epsg.xml#9215` and bare `CRS84`; the authority comes back in capitals.
fn authority_and_code(text: &str) -> Option<(String, &str)> {
    let lower = text.to_ascii_lowercase();
    if lower == "crs84" {
        return Some(("OGC".into(), text));
    }
    if lower.ends_with(|c: char| c.is_ascii_digit()) && lower.contains("epsg.xml#") {
        return Some(("EPSG".into(), text.rsplit('#').next()?));
    }
    let parts: Vec<&str> = match lower.as_str() {
        l if l.starts_with("urn:") => text.split(':').skip(4).collect(),
        l if l.starts_with("http://") || l.starts_with("https://") => {
            let at = lower.find("/def/crs/")? + "/def/crs/".len();
            text.get(at..)?.trim_end_matches('/').split('/').collect()
        }
        _ => text.split(':').collect(),
    };
    match parts.as_slice() {
        // The part between is the version: empty, 0, 1.3, 9.9.1 …
        [authority, code] | [authority, _, code] => Some((authority.to_ascii_uppercase(), code.trim())),
        _ => None,
    }
}

/// A PROJ string: kept as given, tried once so that a mistake is told to the person who made it.
fn proj_string(text: &str) -> Result<Crs, CrsError> {
    if let Some(code) = option(text, "init").and_then(|init| init.strip_prefix("epsg:")) {
        return Crs::from_epsg(code.parse().map_err(|_| CrsError::Unknown(text.into()))?);
    }
    let unusable = |reason: &str| CrsError::Unusable { name: text.into(), reason: reason.into() };
    if option(text, "axis").is_some_and(|axis| axis != "enu") {
        return Err(unusable("x is easting and y northing here; leave +axis out"));
    }
    if option(text, "nadgrids").is_some_and(|grids| grids != "@null") {
        return Err(unusable("grid shift files are not read; give +towgs84"));
    }
    let projection = Proj::from_proj_string(text).map_err(|error| unusable(&error.to_string()))?;
    if projection.is_geocent() || !projection.has_inverse() || !projection.has_forward() {
        return Err(unusable("it has no plane or geographic coordinates that can be computed both ways"));
    }
    Ok(Crs {
        name: text.into(),
        epsg: None,
        proj: text.into(),
        geographic: projection.is_latlong(),
        tm3_meridian: None,
    })
}

/// The value of `+name=value`.
fn option<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split_whitespace()
        .filter_map(|word| word.strip_prefix('+')?.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}
