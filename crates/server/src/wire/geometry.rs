//! GeoJSON geometries (RFC 7946): outer rings counter-clockwise, seven decimals of degrees.

use geo_types::{Coord, Geometry, LineString, Polygon};
use serde_json::{Value, json};

/// A coordinate in degrees rounded to 1e-7 (1.1 cm).
pub(crate) fn round7(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// A box rounded outwards is still the box: the four numbers are only made short.
pub(crate) fn bbox_json(bbox: [f64; 4]) -> [f64; 4] {
    bbox.map(round7)
}

/// How coordinates are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Coordinates {
    /// Decimals kept; `None` = all.
    pub(crate) decimals: Option<i32>,
    /// Whether y (northing or latitude) comes first.
    pub(crate) y_first: bool,
}

impl Coordinates {
    /// Longitude, latitude.
    const DEGREES: Self = Self { decimals: Some(7), y_first: false };

    fn number(self, value: f64) -> f64 {
        let Some(decimals) = self.decimals else { return value };
        let scale = 10_f64.powi(decimals);
        (value * scale).round() / scale
    }

    fn position(self, c: Coord<f64>) -> Value {
        let (x, y) = (self.number(c.x), self.number(c.y));
        if self.y_first { json!([y, x]) } else { json!([x, y]) }
    }

    fn path(self, line: &LineString<f64>) -> Value {
        line.0.iter().map(|c| self.position(*c)).collect()
    }

    fn rings(self, polygon: &Polygon<f64>) -> Value {
        std::iter::once(self.ring(polygon.exterior(), true))
            .chain(polygon.interiors().iter().map(|hole| self.ring(hole, false)))
            .collect()
    }

    fn ring(self, line: &LineString<f64>, counter_clockwise: bool) -> Value {
        let from = line.0.first().copied().unwrap_or_default();
        let cross =
            |w: &[Coord<f64>]| (w[0].x - from.x) * (w[1].y - from.y) - (w[1].x - from.x) * (w[0].y - from.y);
        let doubled: f64 = line.0.windows(2).map(cross).sum();
        if (doubled > 0.0) == counter_clockwise {
            self.path(line)
        } else {
            line.0.iter().rev().map(|c| self.position(*c)).collect()
        }
    }
}

/// The GeoJSON of a geometry in longitude and latitude.
pub(crate) fn geometry_json(geometry: &Geometry<f64>) -> Value {
    geometry_json_as(geometry, Coordinates::DEGREES)
}

/// The GeoJSON of a geometry. Outer rings run counter-clockwise as seen on a map, in whatever order the numbers stand.
pub(crate) fn geometry_json_as(geometry: &Geometry<f64>, written: Coordinates) -> Value {
    let (kind, coordinates) = match geometry {
        Geometry::Point(p) => ("Point", written.position(p.0)),
        Geometry::MultiPoint(all) => ("MultiPoint", all.iter().map(|p| written.position(p.0)).collect()),
        Geometry::Line(line) => {
            ("LineString", json!([written.position(line.start), written.position(line.end)]))
        }
        Geometry::LineString(line) => ("LineString", written.path(line)),
        Geometry::MultiLineString(all) => {
            ("MultiLineString", all.iter().map(|line| written.path(line)).collect())
        }
        Geometry::Polygon(polygon) => ("Polygon", written.rings(polygon)),
        Geometry::MultiPolygon(all) => {
            ("MultiPolygon", all.iter().map(|polygon| written.rings(polygon)).collect())
        }
        Geometry::Rect(rect) => ("Polygon", written.rings(&rect.to_polygon())),
        Geometry::Triangle(triangle) => ("Polygon", written.rings(&triangle.to_polygon())),
        Geometry::GeometryCollection(all) => {
            let geometries: Vec<Value> = all.iter().map(|one| geometry_json_as(one, written)).collect();
            return json!({"type": "GeometryCollection", "geometries": geometries});
        }
    };
    json!({"type": kind, "coordinates": coordinates})
}
