//! GeoJSON geometries (RFC 7946): seven decimals, outer rings counter-clockwise.

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

/// The GeoJSON of a geometry in longitude and latitude.
pub(crate) fn geometry_json(geometry: &Geometry<f64>) -> Value {
    let (kind, coordinates) = match geometry {
        Geometry::Point(p) => ("Point", position(p.0)),
        Geometry::MultiPoint(all) => ("MultiPoint", all.iter().map(|p| position(p.0)).collect()),
        Geometry::Line(line) => ("LineString", json!([position(line.start), position(line.end)])),
        Geometry::LineString(line) => ("LineString", path(line)),
        Geometry::MultiLineString(all) => ("MultiLineString", all.iter().map(path).collect()),
        Geometry::Polygon(polygon) => ("Polygon", rings(polygon)),
        Geometry::MultiPolygon(all) => ("MultiPolygon", all.iter().map(rings).collect()),
        Geometry::Rect(rect) => ("Polygon", rings(&rect.to_polygon())),
        Geometry::Triangle(triangle) => ("Polygon", rings(&triangle.to_polygon())),
        Geometry::GeometryCollection(all) => {
            let geometries: Vec<Value> = all.iter().map(geometry_json).collect();
            return json!({"type": "GeometryCollection", "geometries": geometries});
        }
    };
    json!({"type": kind, "coordinates": coordinates})
}

fn position(c: Coord<f64>) -> Value {
    json!([round7(c.x), round7(c.y)])
}

fn path(line: &LineString<f64>) -> Value {
    line.0.iter().copied().map(position).collect()
}

fn rings(polygon: &Polygon<f64>) -> Value {
    std::iter::once(ring(polygon.exterior(), true))
        .chain(polygon.interiors().iter().map(|hole| ring(hole, false)))
        .collect()
}

fn ring(line: &LineString<f64>, counter_clockwise: bool) -> Value {
    let doubled: f64 = line
        .0
        .windows(2)
        .map(|w| {
            (w[0].x - line.0[0].x) * (w[1].y - line.0[0].y) - (w[1].x - line.0[0].x) * (w[0].y - line.0[0].y)
        })
        .sum();
    if (doubled > 0.0) == counter_clockwise {
        path(line)
    } else {
        line.0.iter().rev().copied().map(position).collect()
    }
}
