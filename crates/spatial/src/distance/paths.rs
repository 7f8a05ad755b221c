//! Geometries taken apart into paths.

use geo_types::{Coord, Geometry, LineString, Polygon};

use crate::COORDINATE_LIMIT_M;

/// Paths one after another; a path of one vertex is a point.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    coords: Vec<[f64; 2]>,
    /// Where each path starts, and where the last one ends.
    starts: Vec<u32>,
}

impl Default for Paths {
    fn default() -> Self {
        Self { coords: Vec::new(), starts: vec![0] }
    }
}

impl Paths {
    pub(super) fn with_capacity(vertices: usize, paths: usize) -> Self {
        let mut starts = Vec::with_capacity(paths + 1);
        starts.push(0);
        Self { coords: Vec::with_capacity(vertices), starts }
    }

    /// Adds a path; nothing when it has no vertex.
    pub(super) fn push(&mut self, vertices: impl Iterator<Item = [f64; 2]>) {
        let before = self.coords.len();
        self.coords.extend(vertices);
        if self.coords.len() > before {
            self.starts.push(self.coords.len() as u32);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn path(&self, number: usize) -> &[[f64; 2]] {
        &self.coords[self.starts[number] as usize..self.starts[number + 1] as usize]
    }

    pub(super) fn coords(&self) -> &[[f64; 2]] {
        &self.coords
    }

    pub(super) fn into_parts(self) -> (Vec<[f64; 2]>, Vec<u32>) {
        (self.coords, self.starts)
    }
}

/// A geometry taken apart: what has area, each polygon or multipolygon by itself, and the lines and points.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) areas: Vec<Paths>,
    pub(super) lines: Paths,
}

/// Takes a geometry apart; `None` when a coordinate is not finite or beyond [`COORDINATE_LIMIT_M`]. A line of one
/// vertex is nothing, and so is a ring of fewer than four and whatever lies in it.
pub(super) fn take(geometry: &Geometry<f64>) -> Option<Taken> {
    let mut taken = Taken::default();
    taken.geometry(geometry);
    let fits = |paths: &Paths| {
        // NaN fails the comparison.
        paths.coords.iter().flatten().all(|value| value.abs() <= COORDINATE_LIMIT_M)
    };
    (taken.areas.iter().all(fits) && fits(&taken.lines)).then_some(taken)
}

fn position(coord: &Coord<f64>) -> [f64; 2] {
    [coord.x, coord.y]
}

impl Taken {
    fn geometry(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.lines.push(std::iter::once(position(&point.0))),
            Geometry::MultiPoint(points) => {
                points.iter().for_each(|point| self.lines.push(std::iter::once(position(&point.0))));
            }
            Geometry::Line(line) => self.lines.push([line.start, line.end].iter().map(position)),
            Geometry::LineString(line) => self.line(line),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line)),
            Geometry::Polygon(polygon) => self.area([polygon]),
            Geometry::MultiPolygon(polygons) => self.area(polygons),
            Geometry::Rect(rect) => self.area([&rect.to_polygon()]),
            Geometry::Triangle(triangle) => self.area([&triangle.to_polygon()]),
            Geometry::GeometryCollection(members) => {
                members.iter().for_each(|member| self.geometry(member));
            }
        }
    }

    fn line(&mut self, line: &LineString<f64>) {
        if line.0.len() > 1 {
            self.lines.push(line.coords().map(position));
        }
    }

    fn area<'a>(&mut self, polygons: impl IntoIterator<Item = &'a Polygon<f64>>) {
        let mut area = Paths::default();
        for polygon in polygons.into_iter().filter(|polygon| polygon.exterior().0.len() > 3) {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                if ring.0.len() > 3 {
                    area.push(ring.coords().map(position));
                }
            }
        }
        if area.len() > 0 {
            self.areas.push(area);
        }
    }
}
