//! Whether coordinates can be what they are said to be. A store that took them in wrongly would draw zones in the
//! sea, so a file whose features for the most part contradict their CRS is refused as a whole, and nothing changes.
//! Single stray features stay: they become problems that a person can see.

use geo_types::{Coord, Geometry, LineString, Polygon};
use spatial::{Crs, Layer};

/// Why coordinates are not believed.
pub(crate) struct Doubt {
    /// What was seen.
    pub(crate) found: String,
    /// What to do.
    pub(crate) advice: &'static str,
}

/// How a position looks, by its size alone.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    Degrees,
    /// Degrees with latitude first.
    DegreesSwapped,
    Metres,
    /// Northing first: in Viet Nam northings exceed 800,000 m and eastings of TM-3 and UTM stay below.
    MetresSwapped,
}

/// The doubt about a layer, if most of its features contradict its CRS.
pub(crate) fn doubt(layer: &Layer) -> Option<Doubt> {
    let mut odd: Option<(Look, Coord<f64>)> = None;
    let (mut odd_features, mut features) = (0_usize, 0_usize);
    for position in layer.features.iter().filter_map(|feature| first_position(feature.geometry.as_ref()?)) {
        features += 1;
        let look = look(position, &layer.crs);
        if contradicts(look, &layer.crs) {
            odd_features += 1;
            odd.get_or_insert((look, position));
        }
    }
    let (look, position) = odd.filter(|_| odd_features * 2 > features)?;
    let seen = format!("coordinates such as ({}, {})", position.x, position.y);
    let found = format!("{seen} cannot be {}", described(&layer.crs));
    Some(Doubt { found, advice: advice(look, &layer.crs) })
}

fn described(crs: &Crs) -> String {
    let order = if crs.is_geographic() { "longitude, latitude" } else { "easting, northing" };
    format!("{order} in {}", crs.name())
}

fn look(Coord { x, y }: Coord<f64>, crs: &Crs) -> Look {
    if x.abs() <= 360.0 && y.abs() <= 90.0 {
        Look::Degrees
    } else if x.abs() <= 90.0 && y.abs() <= 360.0 {
        Look::DegreesSwapped
    } else if is_vietnamese_plane(crs) && x > 800_000.0 && y < 800_000.0 {
        Look::MetresSwapped
    } else {
        Look::Metres
    }
}

fn is_vietnamese_plane(crs: &Crs) -> bool {
    crs.tm3_meridian().is_some() || matches!(crs.epsg(), Some(3405 | 3406 | 32648 | 32649))
}

/// On a plane that a PROJ string describes small numbers are nothing odd: a local grid may start at 0.
fn contradicts(look: Look, crs: &Crs) -> bool {
    match look {
        Look::Degrees | Look::DegreesSwapped if !crs.is_geographic() => crs.epsg().is_some(),
        Look::Degrees => false,
        Look::DegreesSwapped | Look::MetresSwapped => true,
        Look::Metres => crs.is_geographic(),
    }
}

fn advice(look: Look, crs: &Crs) -> &'static str {
    match look {
        Look::DegreesSwapped if crs.is_geographic() => {
            "they look like latitude first; longitude stands first in files, so swap the two numbers of every position"
        }
        Look::MetresSwapped => {
            "they look like northing first (X of Vietnamese coordinate lists); write easting first"
        }
        Look::Metres => "they look like metres; name their CRS, such as EPSG:9215 for TM-3 107°15′",
        Look::Degrees | Look::DegreesSwapped => {
            "they look like degrees; leave the CRS of the coordinates out, or name EPSG:4326"
        }
    }
}

fn first_position(geometry: &Geometry<f64>) -> Option<Coord<f64>> {
    let of_line = |line: &LineString<f64>| line.0.first().copied();
    let of_polygon = |polygon: &Polygon<f64>| of_line(polygon.exterior());
    match geometry {
        Geometry::Point(point) => Some(point.0),
        Geometry::Line(line) => Some(line.start),
        Geometry::LineString(line) => of_line(line),
        Geometry::Polygon(polygon) => of_polygon(polygon),
        Geometry::MultiPoint(points) => points.0.first().map(|point| point.0),
        Geometry::MultiLineString(lines) => lines.0.iter().find_map(of_line),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().find_map(of_polygon),
        Geometry::GeometryCollection(members) => members.0.iter().find_map(first_position),
        Geometry::Rect(rect) => Some(rect.min()),
        Geometry::Triangle(triangle) => Some(triangle.v1()),
    }
}
