//! CRSs on the wire (OGC API Features part 2): their URIs, which can be asked for, and the order in which the numbers
//! of a position stand. Everywhere else x comes first: easting or longitude.

use std::sync::LazyLock;

use spatial::Crs;
use spatial::crs::{CrsError, supported};

use crate::problem::Problem;

/// Longitude, latitude on WGS 84.
pub(crate) const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// The UTM zones of WGS 84 that the country lies in.
const WGS84_UTM: [u32; 2] = [32648, 32649];

/// What every collection can be asked in besides its own CRS: CRS84, then all of VN-2000, WGS 84 and Web Mercator.
static OFFERED: LazyLock<Vec<Crs>> = LazyLock::new(|| {
    let codes = supported().into_iter().map(|crs| crs.code);
    let wanted = codes.filter(|code| !is_wgs84_utm(*code) || WGS84_UTM.contains(code));
    std::iter::once(Crs::wgs84()).chain(wanted.filter_map(|code| Crs::from_epsg(code).ok())).collect()
});

fn is_wgs84_utm(code: u32) -> bool {
    (32601..=32660).contains(&code) || (32701..=32760).contains(&code)
}

/// The URI of a CRS; `None` for one that has no code of an authority.
pub(crate) fn uri(crs: &Crs) -> Option<String> {
    match crs.epsg() {
        Some(code) => Some(format!("http://www.opengis.net/def/crs/EPSG/0/{code}")),
        None if crs.name() == Crs::wgs84().name() => Some(CRS84.into()),
        None => None,
    }
}

/// The URIs of the CRSs in which a layer can be asked, the default first.
pub(crate) fn uris(storage: &Crs) -> Vec<String> {
    let offered = OFFERED.iter().chain((!is_offered(storage)).then_some(storage));
    offered.filter_map(uri).collect()
}

fn is_offered(crs: &Crs) -> bool {
    OFFERED.iter().any(|offered| offered.name() == crs.name())
}

/// Whether northing or latitude comes first, as the definition of the CRS has it. Of those offered, EPSG defines the
/// geographic ones as latitude, longitude (coordinate system 6422), the projected ones as easting, northing (4400,
/// 4499); CRS84 is longitude, latitude.
pub(crate) fn y_first(crs: &Crs) -> bool {
    crs.is_geographic() && crs.epsg().is_some()
}

/// The names of a position's two numbers, in their order.
pub(crate) fn axes(crs: &Crs) -> [&'static str; 2] {
    match (crs.is_geographic(), y_first(crs)) {
        (true, true) => ["latitude", "longitude"],
        (true, false) => ["longitude", "latitude"],
        (false, _) => ["easting", "northing"],
    }
}

/// The CRS that a parameter names, which must be one in which the layer can be asked.
pub(crate) fn asked(parameter: &str, text: &str, storage: &Crs) -> Result<Crs, Problem> {
    // A safe CURIE, as OGC API Common allows: [EPSG:9215].
    let name = text.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(text);
    let crs = match Crs::parse(name) {
        // A PROJ string names no CRS that a client could look up.
        Ok(crs) if uri(&crs).is_some() => crs,
        Err(error @ CrsError::Deprecated(_)) => {
            return Err(Problem::bad(format!("\"{parameter}\": {error}.")));
        }
        _ => return Err(refused(parameter, text)),
    };
    if is_offered(&crs) || crs.name() == storage.name() { Ok(crs) } else { Err(refused(parameter, text)) }
}

fn refused(parameter: &str, text: &str) -> Problem {
    Problem::bad(format!(
        "\"{parameter}\" names no CRS that this collection can be asked in: \"{text}\". Its list \"crs\" in \
         /collections/{{collection}} has all of them, such as {CRS84} or http://www.opengis.net/def/crs/EPSG/0/9215."
    ))
}

#[cfg(test)]
mod tests {
    use spatial::Crs;

    use super::{CRS84, asked, uris, y_first};

    /// Axis orders as the EPSG registry has them, read with PROJ 9.5.1 (`pyproj.CRS.from_epsg(code).axis_info`).
    #[test]
    fn positions_are_in_the_order_of_the_definition() {
        for code in [4326, 4756] {
            assert!(y_first(&Crs::from_epsg(code).unwrap()), "EPSG:{code} is latitude, longitude");
        }
        let eastings = [3405, 3406, 3857, 32648, 32649].into_iter().chain(5896..=5899).chain(9205..=9218);
        for code in eastings {
            assert!(!y_first(&Crs::from_epsg(code).unwrap()), "EPSG:{code} is easting, northing");
        }
        assert!(!y_first(&Crs::wgs84()));
    }

    #[test]
    fn all_zones_can_be_asked_for_and_the_default_comes_first() {
        let list = uris(&Crs::from_epsg(9215).unwrap());
        assert_eq!(list.first().map(String::as_str), Some(CRS84));
        for code in (5896..=5899).chain(9205..=9218).chain([3405, 3406, 4756, 4326, 3857, 32648, 32649]) {
            let uri = format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
            assert_eq!(list.iter().filter(|one| **one == uri).count(), 1, "{uri}");
        }
        assert_eq!(list.len(), 1 + 18 + 7);
        let own = uris(&Crs::from_epsg(32650).unwrap());
        assert_eq!(own.last().map(String::as_str), Some("http://www.opengis.net/def/crs/EPSG/0/32650"));
    }

    #[test]
    fn a_crs_has_several_names() {
        let storage = Crs::from_epsg(9215).unwrap();
        for name in ["EPSG:4326", "[EPSG:4326]", "urn:ogc:def:crs:EPSG::4326"] {
            assert_eq!(asked("crs", name, &storage).unwrap().epsg(), Some(4326), "{name}");
        }
        assert!(asked("crs", "EPSG:32650", &storage).is_err());
        assert!(asked("crs", "+proj=longlat +datum=WGS84", &storage).is_err());
        assert!(asked("crs", "EPSG:6957", &storage).unwrap_err().detail.contains("use EPSG:5896"));
    }
}
