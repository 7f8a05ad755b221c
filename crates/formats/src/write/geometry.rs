//! Geometry as the `geojson` crate models it, ready to be written.

use geo_types::{Coord, Geometry, LineString, Polygon};
use geojson::{GeometryValue, Position};

use super::{Winding, WriteOptions};
use crate::read::doubled_area;

/// A coordinate is NaN or infinite.
#[derive(Debug)]
pub(super) struct NotFinite;

/// The geometry with the options applied.
pub(super) fn written(
    geometry: &Geometry<f64>,
    options: &WriteOptions,
) -> Result<geojson::Geometry, NotFinite> {
    Ok(geojson::Geometry::new(value(geometry, options)?))
}

fn value(geometry: &Geometry<f64>, options: &WriteOptions) -> Result<GeometryValue, NotFinite> {
    let at = |coord: &Coord<f64>| position(*coord, options);
    Ok(match geometry {
        Geometry::Point(point) => GeometryValue::Point { coordinates: at(&point.0)? },
        Geometry::MultiPoint(points) => GeometryValue::MultiPoint {
            coordinates: points.0.iter().map(|point| at(&point.0)).collect::<Result<_, _>>()?,
        },
        Geometry::Line(line) => {
            GeometryValue::LineString { coordinates: vec![at(&line.start)?, at(&line.end)?] }
        }
        Geometry::LineString(line) => {
            GeometryValue::LineString { coordinates: positions(line, options, false)? }
        }
        Geometry::MultiLineString(lines) => {
            let lines = lines.0.iter().map(|line| positions(line, options, false));
            GeometryValue::MultiLineString { coordinates: lines.collect::<Result<_, _>>()? }
        }
        Geometry::Polygon(polygon) => GeometryValue::Polygon { coordinates: rings(polygon, options)? },
        Geometry::MultiPolygon(polygons) => {
            let polygons = polygons.0.iter().map(|polygon| rings(polygon, options));
            GeometryValue::MultiPolygon { coordinates: polygons.collect::<Result<_, _>>()? }
        }
        Geometry::Rect(rect) => GeometryValue::Polygon { coordinates: rings(&rect.to_polygon(), options)? },
        Geometry::Triangle(triangle) => {
            GeometryValue::Polygon { coordinates: rings(&triangle.to_polygon(), options)? }
        }
        Geometry::GeometryCollection(parts) => {
            let parts = parts.0.iter().map(|part| written(part, options));
            GeometryValue::GeometryCollection { geometries: parts.collect::<Result<_, _>>()? }
        }
    })
}

fn rings(polygon: &Polygon<f64>, options: &WriteOptions) -> Result<Vec<Vec<Position>>, NotFinite> {
    let turned = |ring: &LineString<f64>, outer: bool| {
        let area = doubled_area(ring);
        let wrong = if outer { area < 0.0 } else { area > 0.0 };
        positions(ring, options, wrong && options.winding == Winding::RightHand)
    };
    // An empty polygon has an empty outer ring here, and no ring at all in GeoJSON.
    if polygon.exterior().0.is_empty() {
        return Ok(Vec::new());
    }
    let outer = std::iter::once(turned(polygon.exterior(), true));
    outer.chain(polygon.interiors().iter().map(|hole| turned(hole, false))).collect()
}

fn positions(
    line: &LineString<f64>,
    options: &WriteOptions,
    reversed: bool,
) -> Result<Vec<Position>, NotFinite> {
    let at = |coord: &Coord<f64>| position(*coord, options);
    if reversed { line.0.iter().rev().map(at).collect() } else { line.0.iter().map(at).collect() }
}

fn position(coord: Coord<f64>, options: &WriteOptions) -> Result<Position, NotFinite> {
    if !(coord.x.is_finite() && coord.y.is_finite()) {
        return Err(NotFinite);
    }
    Ok(match options.decimals {
        None => Position::from([coord.x, coord.y]),
        Some(decimals) => Position::from([rounded(coord.x, decimals), rounded(coord.y, decimals)]),
    })
}

/// The double nearest to the number rounded to so many decimals. Through text, because multiplying and dividing
/// by a power of ten errs in the last digit for large numbers.
fn rounded(number: f64, decimals: u8) -> f64 {
    let text = format!("{number:.0$}", usize::from(decimals));
    // Adding zero turns a rounded -0 into 0.
    text.parse().map_or(number, |rounded: f64| rounded + 0.0)
}
