//! OGC well-known binary, little endian, two dimensions: writing.

use geo_types::{Coord, Geometry, LineString, Polygon};

/// Appends the geometry. A line is written as a line string, a rectangle or triangle as a polygon.
pub(crate) fn write(geometry: &Geometry<f64>, out: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(point) => {
            head(1, out);
            coordinate(point.0, out);
        }
        Geometry::Line(line) => line_string(&LineString(vec![line.start, line.end]), out),
        Geometry::LineString(line) => line_string(line, out),
        Geometry::Polygon(part) => polygon(part, out),
        Geometry::MultiPoint(points) => {
            counted(4, points.0.len(), out);
            points.0.iter().for_each(|point| write(&Geometry::Point(*point), out));
        }
        Geometry::MultiLineString(lines) => {
            counted(5, lines.0.len(), out);
            lines.0.iter().for_each(|line| line_string(line, out));
        }
        Geometry::MultiPolygon(parts) => {
            counted(6, parts.0.len(), out);
            parts.0.iter().for_each(|part| polygon(part, out));
        }
        Geometry::GeometryCollection(members) => {
            counted(7, members.0.len(), out);
            members.0.iter().for_each(|member| write(member, out));
        }
        Geometry::Rect(rect) => polygon(&rect.to_polygon(), out),
        Geometry::Triangle(triangle) => polygon(&triangle.to_polygon(), out),
    }
}

/// Calls `see` with every coordinate, x then y.
pub(crate) fn visit(geometry: &Geometry<f64>, see: &mut impl FnMut(f64, f64)) {
    let mut line = |line: &LineString<f64>| line.0.iter().for_each(|c| see(c.x, c.y));
    match geometry {
        Geometry::Point(point) => see(point.x(), point.y()),
        Geometry::Line(segment) => line(&LineString(vec![segment.start, segment.end])),
        Geometry::LineString(string) => line(string),
        Geometry::Polygon(part) => rings(part).for_each(line),
        Geometry::MultiPoint(points) => points.0.iter().for_each(|point| see(point.x(), point.y())),
        Geometry::MultiLineString(lines) => lines.0.iter().for_each(line),
        Geometry::MultiPolygon(parts) => parts.0.iter().flat_map(rings).for_each(line),
        Geometry::GeometryCollection(members) => visit_all(&members.0, see),
        Geometry::Rect(rect) => rings(&rect.to_polygon()).for_each(line),
        Geometry::Triangle(triangle) => rings(&triangle.to_polygon()).for_each(line),
    }
}

/// Through a trait object: a generic closure would nest its own type without end.
fn visit_all(members: &[Geometry<f64>], mut see: &mut dyn FnMut(f64, f64)) {
    for member in members {
        visit(member, &mut see);
    }
}

fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

fn head(kind: u32, out: &mut Vec<u8>) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

/// Counts fit 32 bits: 2³² of anything would not fit the blob that SQLite can hold.
fn count(items: usize, out: &mut Vec<u8>) {
    out.extend(u32::try_from(items).unwrap_or(u32::MAX).to_le_bytes());
}

fn counted(kind: u32, items: usize, out: &mut Vec<u8>) {
    head(kind, out);
    count(items, out);
}

fn coordinate(coordinate: Coord<f64>, out: &mut Vec<u8>) {
    out.extend(coordinate.x.to_le_bytes());
    out.extend(coordinate.y.to_le_bytes());
}

fn positions(line: &LineString<f64>, out: &mut Vec<u8>) {
    count(line.0.len(), out);
    line.0.iter().for_each(|position| coordinate(*position, out));
}

fn line_string(line: &LineString<f64>, out: &mut Vec<u8>) {
    head(2, out);
    positions(line, out);
}

/// An empty polygon has no rings at all.
fn polygon(polygon: &Polygon<f64>, out: &mut Vec<u8>) {
    let empty = polygon.exterior().0.is_empty() && polygon.interiors().is_empty();
    counted(3, if empty { 0 } else { 1 + polygon.interiors().len() }, out);
    if !empty {
        rings(polygon).for_each(|ring| positions(ring, out));
    }
}
