//! Geometry as well-known text, with the shortest numbers that read back to the same bits.

use std::fmt::Write;

use geo_types::{Coord, Geometry, LineString, Polygon};

/// A geometry as well-known text.
pub fn wkt(geometry: &Geometry<f64>) -> String {
    let mut text = String::new();
    put(&mut text, geometry);
    text
}

fn put(out: &mut String, geometry: &Geometry<f64>) {
    match geometry {
        Geometry::Point(point) => body(out, "POINT ", &[point.0], at),
        Geometry::Line(line) => body(out, "LINESTRING ", &[line.start, line.end], at),
        Geometry::LineString(line) => body(out, "LINESTRING ", &line.0, at),
        Geometry::Polygon(polygon) => surface(out, "POLYGON ", polygon),
        Geometry::Rect(rect) => surface(out, "POLYGON ", &rect.to_polygon()),
        Geometry::Triangle(triangle) => surface(out, "POLYGON ", &triangle.to_polygon()),
        Geometry::MultiPoint(points) => {
            body(out, "MULTIPOINT ", &points.0, |out, point| body(out, "", &[point.0], at));
        }
        Geometry::MultiLineString(lines) => {
            body(out, "MULTILINESTRING ", &lines.0, |out, line| body(out, "", &line.0, at));
        }
        Geometry::MultiPolygon(polygons) => {
            body(out, "MULTIPOLYGON ", &polygons.0, |out, polygon| surface(out, "", polygon));
        }
        Geometry::GeometryCollection(parts) => body(out, "GEOMETRYCOLLECTION ", &parts.0, put),
    }
}

fn surface(out: &mut String, name: &str, polygon: &Polygon<f64>) {
    let rings: Vec<&LineString<f64>> = std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .filter(|ring| !ring.0.is_empty())
        .collect();
    body(out, name, &rings, |out, ring| body(out, "", &ring.0, at));
}

/// Members in brackets, or the word for none.
fn body<T>(out: &mut String, name: &str, members: &[T], each: fn(&mut String, &T)) {
    out.push_str(name);
    if members.is_empty() {
        out.push_str("EMPTY");
        return;
    }
    for (number, member) in members.iter().enumerate() {
        out.push(if number == 0 { '(' } else { ',' });
        each(out, member);
    }
    out.push(')');
}

fn at(out: &mut String, Coord { x, y }: &Coord<f64>) {
    // Writing to a text does not fail.
    let _ = write!(out, "{x} {y}");
}

#[cfg(test)]
mod tests {
    use geo_types::{Geometry, GeometryCollection, MultiPolygon, Polygon, point};

    use super::wkt;

    #[test]
    fn geometries_are_written_as_the_standard_says() {
        let ring = vec![(0.1, 0.0), (1.0, 0.0), (1.0, 1e-7), (0.1, 0.0)];
        let polygon = Polygon::new(ring.clone().into(), vec![ring.into()]);
        let ring = "(0.1 0,1 0,1 0.0000001,0.1 0)";
        assert_eq!(wkt(&polygon.clone().into()), format!("POLYGON ({ring},{ring})"));
        assert_eq!(wkt(&MultiPolygon(vec![polygon]).into()), format!("MULTIPOLYGON (({ring},{ring}))"));
        assert_eq!(wkt(&MultiPolygon(Vec::new()).into()), "MULTIPOLYGON EMPTY");
        let both = GeometryCollection(vec![Geometry::Point(point!(x: 1.5, y: -2.0))]);
        assert_eq!(wkt(&Geometry::GeometryCollection(both)), "GEOMETRYCOLLECTION (POINT (1.5 -2))");
    }
}
