//! Geometry as ISO well-known binary, and what kind it is.

use geo_types::{Coord, Geometry, LineString, Polygon};

/// The kinds of geometry that formats keep apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Polygons,
    Lines,
    Point,
    Points,
    Collection,
}

impl Kind {
    /// The kind of a geometry; none where there is nothing in it.
    pub(super) fn of(geometry: &Geometry<f64>) -> Option<Self> {
        let mut any = false;
        each_position(geometry, &mut |_| any = true);
        let kind = match geometry {
            Geometry::Point(_) => Self::Point,
            Geometry::MultiPoint(_) => Self::Points,
            Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => Self::Lines,
            Geometry::Polygon(_) | Geometry::MultiPolygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {
                Self::Polygons
            }
            Geometry::GeometryCollection(_) => Self::Collection,
        };
        any.then_some(kind)
    }

    /// WKB's number of the type that holds all of the kind.
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Point => 1,
            Self::Points => 4,
            Self::Lines => 5,
            Self::Polygons => 6,
            Self::Collection => 0,
        }
    }

    /// The end of a layer's name where there are several kinds.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Polygons => "_polygon",
            Self::Lines => "_line",
            Self::Point => "_point",
            Self::Points => "_points",
            Self::Collection => "_collection",
        }
    }
}

/// Calls `told` with every position.
pub(super) fn each_position(geometry: &Geometry<f64>, told: &mut dyn FnMut(Coord<f64>)) {
    match geometry {
        Geometry::Point(point) => told(point.0),
        Geometry::MultiPoint(points) => points.0.iter().for_each(|point| told(point.0)),
        Geometry::Line(line) => [line.start, line.end].into_iter().for_each(told),
        Geometry::LineString(line) => line.0.iter().copied().for_each(told),
        Geometry::MultiLineString(lines) => {
            lines.0.iter().flat_map(|line| &line.0).copied().for_each(told);
        }
        Geometry::Polygon(polygon) => rings(polygon).flat_map(|ring| &ring.0).copied().for_each(told),
        Geometry::MultiPolygon(polygons) => {
            polygons.0.iter().flat_map(rings).flat_map(|ring| &ring.0).copied().for_each(told);
        }
        Geometry::Rect(rect) => {
            rings(&rect.to_polygon()).flat_map(|ring| &ring.0).copied().for_each(told);
        }
        Geometry::Triangle(triangle) => triangle.to_array().into_iter().for_each(told),
        Geometry::GeometryCollection(parts) => parts.0.iter().for_each(|part| each_position(part, told)),
    }
}

/// The rings that have something in them.
fn rings(polygon: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).filter(|ring| !ring.0.is_empty())
}

/// The parts of a geometry, and the holes of all.
pub(super) fn parts_and_holes(geometry: &Geometry<f64>) -> (u64, u64) {
    let count = |length: usize| length as u64;
    match geometry {
        Geometry::MultiPoint(points) => (count(points.0.len()), 0),
        Geometry::MultiLineString(lines) => (count(lines.0.len()), 0),
        Geometry::Polygon(polygon) => (1, count(polygon.interiors().len())),
        Geometry::MultiPolygon(polygons) => {
            let holes = polygons.0.iter().map(|polygon| polygon.interiors().len()).sum();
            (count(polygons.0.len()), count(holes))
        }
        _ => (1, 0),
    }
}

/// Appends a geometry.
pub(super) fn wkb(geometry: &Geometry<f64>, out: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(point) => {
            head(out, 1);
            position(out, point.0);
        }
        Geometry::Line(line) => {
            head(out, 2);
            positions(out, &[line.start, line.end]);
        }
        Geometry::LineString(line) => {
            head(out, 2);
            positions(out, &line.0);
        }
        Geometry::Polygon(polygon) => surface(out, polygon),
        Geometry::Rect(rect) => surface(out, &rect.to_polygon()),
        Geometry::Triangle(triangle) => surface(out, &triangle.to_polygon()),
        Geometry::MultiPoint(points) => members(out, 4, &points.0, |out, point| {
            head(out, 1);
            position(out, point.0);
        }),
        Geometry::MultiLineString(lines) => members(out, 5, &lines.0, |out, line| {
            head(out, 2);
            positions(out, &line.0);
        }),
        Geometry::MultiPolygon(polygons) => members(out, 6, &polygons.0, surface),
        Geometry::GeometryCollection(parts) => members(out, 7, &parts.0, |out, part| wkb(part, out)),
    }
}

fn members<T>(out: &mut Vec<u8>, kind: u32, all: &[T], each: fn(&mut Vec<u8>, &T)) {
    head(out, kind);
    count(out, all.len());
    all.iter().for_each(|member| each(out, member));
}

fn surface(out: &mut Vec<u8>, polygon: &Polygon<f64>) {
    head(out, 3);
    count(out, rings(polygon).count());
    rings(polygon).for_each(|ring| positions(out, &ring.0));
}

fn head(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

/// More than 2³² positions do not fit into memory, so the count always does.
fn count(out: &mut Vec<u8>, count: usize) {
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn positions(out: &mut Vec<u8>, all: &[Coord<f64>]) {
    count(out, all.len());
    all.iter().for_each(|at| position(out, *at));
}

fn position(out: &mut Vec<u8>, at: Coord<f64>) {
    out.extend(at.x.to_le_bytes());
    out.extend(at.y.to_le_bytes());
}
