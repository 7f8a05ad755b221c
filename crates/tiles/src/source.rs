//! Geometries on the world grid, all features' vertices in one run of memory.

use geo_types::{Geometry, LineString, Polygon};

use crate::grid::{GridPoint, doubled_area};
use crate::matrix::World;

/// What a feature is drawn as; the number is that of the vector tile specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Point = 1,
    Line = 2,
    Polygon = 3,
}

impl Kind {
    /// The kind of a number.
    pub(crate) fn of(number: u8) -> Option<Self> {
        [Self::Point, Self::Line, Self::Polygon].into_iter().find(|kind| *kind as u8 == number)
    }
}

/// A line, or a ring without its closing point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// The feature it belongs to.
    pub(crate) row: u32,
    /// Where its points begin and end.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) closed: bool,
}

/// The vertices of a layer. No point of a run equals the one before it. Rings turn so that what they bound lies on one
/// side: shells have a positive area (see [`doubled_area`]), holes a negative one; those without an area are left out.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) world: World,
    pub(crate) points: Vec<GridPoint>,
    pub(crate) runs: Vec<Run>,
    /// Point features.
    pub(crate) dots: Vec<(u32, GridPoint)>,
}

impl Source {
    pub(crate) fn new(world: World) -> Self {
        Self { world, points: Vec::new(), runs: Vec::new(), dots: Vec::new() }
    }

    /// Adds a feature's geometry. `None`, and nothing added, when it has a coordinate that is
    /// not finite, is a collection of several geometries, or has no vertex at all.
    pub(crate) fn push(&mut self, row: u32, geometry: &Geometry<f64>) -> Option<Kind> {
        let before = (self.points.len(), self.runs.len(), self.dots.len());
        let kind = self.add(row, geometry);
        if kind.is_none() {
            self.points.truncate(before.0);
            self.runs.truncate(before.1);
            self.dots.truncate(before.2);
        }
        kind
    }

    fn add(&mut self, row: u32, geometry: &Geometry<f64>) -> Option<Kind> {
        match geometry {
            Geometry::Point(p) => self.dots(row, [[p.x(), p.y()]]),
            Geometry::MultiPoint(all) => self.dots(row, all.iter().map(|p| [p.x(), p.y()])),
            Geometry::Line(line) => self.lines(row, [&LineString::from(line)]),
            Geometry::LineString(line) => self.lines(row, [line]),
            Geometry::MultiLineString(all) => self.lines(row, all),
            Geometry::Polygon(polygon) => self.polygons(row, [polygon]),
            Geometry::MultiPolygon(all) => self.polygons(row, all),
            Geometry::Rect(rect) => self.polygons(row, [&rect.to_polygon()]),
            Geometry::Triangle(triangle) => self.polygons(row, [&triangle.to_polygon()]),
            Geometry::GeometryCollection(all) if all.len() == 1 => self.add(row, all.iter().next()?),
            Geometry::GeometryCollection(_) => None,
        }
    }

    fn dots(&mut self, row: u32, points: impl IntoIterator<Item = [f64; 2]>) -> Option<Kind> {
        let before = self.dots.len();
        for point in points {
            self.dots.push((row, GridPoint::new(point, &self.world)?));
        }
        (self.dots.len() > before).then_some(Kind::Point)
    }

    fn lines<'a>(&mut self, row: u32, lines: impl IntoIterator<Item = &'a LineString<f64>>) -> Option<Kind> {
        let mut any = false;
        for line in lines {
            let start = self.points.len();
            self.vertices(line)?;
            any |= self.points.len() > start;
            if self.points.len() - start > 1 {
                self.runs.push(Run { row, start, end: self.points.len(), closed: false });
            } else {
                self.points.truncate(start);
            }
        }
        any.then_some(Kind::Line)
    }

    fn polygons<'a>(
        &mut self,
        row: u32,
        polygons: impl IntoIterator<Item = &'a Polygon<f64>>,
    ) -> Option<Kind> {
        let mut any = false;
        for polygon in polygons {
            any |= self.ring(row, polygon.exterior(), 1)?;
            for hole in polygon.interiors() {
                self.ring(row, hole, -1)?;
            }
        }
        any.then_some(Kind::Polygon)
    }

    /// Adds a ring turned as its sign says; whether it had any point.
    fn ring(&mut self, row: u32, line: &LineString<f64>, sign: i128) -> Option<bool> {
        let start = self.points.len();
        self.vertices(line)?;
        let any = self.points.len() > start;
        while self.points.len() > start + 1 && self.points.last() == self.points.get(start) {
            self.points.pop();
        }
        match doubled_area(&self.points[start..]).signum() * sign {
            1 => {}
            0 => self.points.truncate(start),
            _ => self.points[start..].reverse(),
        }
        if self.points.len() > start {
            self.runs.push(Run { row, start, end: self.points.len(), closed: true });
        }
        Some(any)
    }

    fn vertices(&mut self, line: &LineString<f64>) -> Option<()> {
        let start = self.points.len();
        for coord in &line.0 {
            let point = GridPoint::new([coord.x, coord.y], &self.world)?;
            if self.points.len() == start || self.points.last() != Some(&point) {
                self.points.push(point);
            }
        }
        Some(())
    }
}
