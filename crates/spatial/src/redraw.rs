//! Areas redrawn: split along lines, joined, cut. What comes back is in the coordinates that people know: a vertex that
//! stays is the one that was there to the last bit, also where it lies straight between its neighbours, and parts of one
//! area share the vertices along their border.

use std::collections::HashMap;

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use i_overlay::core::fill_rule::FillRule as Fill;
use i_overlay::i_shape::int::path::IntPath;
use i_overlay::string::slice::IntSlice;

use crate::crs::{CrsError, Transformation};
use crate::region::general::resolve;
use crate::region::{Contour, Point, edges, metres, snap};
use crate::{Crs, FillRule, Region};

/// A plane on which geometries of a storage CRS are redrawn, and the way back.
#[derive(Debug)]
pub struct Board {
    there: Transformation,
    back: Transformation,
    /// What every vertex was before it came onto the grid.
    known: HashMap<Point, Coord<f64>>,
}

/// A line along which areas are split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    paths: Vec<IntPath<i64>>,
}

impl Board {
    /// A board for geometries of a CRS, on a plane in metres.
    /// # Errors
    /// [`CrsError`] when either cannot be computed with.
    pub fn new(storage: &Crs, plane: &Crs) -> Result<Self, CrsError> {
        let (there, back) = (Transformation::new(storage, plane)?, Transformation::new(plane, storage)?);
        Ok(Self { there, back, known: HashMap::new() })
    }

    /// The areas of a geometry; `None` where it encloses nothing, or lies where the plane cannot be computed.
    pub fn area(&mut self, geometry: &Geometry<f64>) -> Option<Region> {
        let mut polygons = Vec::new();
        self.polygons(geometry, &mut polygons)?;
        let region = Region::from_multi_polygon(&MultiPolygon(polygons), FillRule::EvenOdd);
        (!region.is_empty()).then_some(region)
    }

    /// The lines of a geometry, rings of polygons included; `None` where there is none.
    pub fn cut(&mut self, geometry: &Geometry<f64>) -> Option<Cut> {
        let mut lines = Vec::new();
        lines_of(geometry, &mut lines);
        let paths = lines.into_iter().map(|line| {
            let moved = self.moved(line)?;
            let mut path = moved.0.iter().map(|c| snap([c.x, c.y])).collect::<Option<IntPath<i64>>>()?;
            path.dedup();
            Some(path)
        });
        let mut paths = paths.collect::<Option<Vec<_>>>()?;
        paths.retain(|path| path.len() > 1);
        (!paths.is_empty()).then_some(Cut { paths })
    }

    /// The region in the coordinates of the storage CRS; `None` where a new vertex lies where that cannot be computed.
    pub fn geometry(&self, region: &Region) -> Option<Geometry<f64>> {
        let mut sorted: Vec<Point> = self.known.keys().copied().collect();
        sorted.sort_unstable();
        let polygon = |part: &Region| {
            let mut rings = part.contours().map(|contour| self.ring(contour, &sorted));
            let shell = rings.next()??;
            Some(Polygon::new(shell, rings.collect::<Option<Vec<_>>>()?))
        };
        let mut polygons = region.parts().iter().map(polygon).collect::<Option<Vec<_>>>()?;
        match polygons.len() {
            1 => polygons.pop().map(Geometry::Polygon),
            _ => Some(Geometry::MultiPolygon(MultiPolygon(polygons))),
        }
    }

    fn ring(&self, contour: &Contour, sorted: &[Point]) -> Option<LineString<f64>> {
        let mut ring = Vec::with_capacity(contour.len() + 1);
        for (from, to) in edges(contour) {
            ring.push(self.vertex(from)?);
            for between in straight_between(from, to, sorted) {
                ring.push(self.vertex(between)?);
            }
        }
        ring.extend(ring.first().copied());
        Some(LineString(ring))
    }

    fn vertex(&self, point: Point) -> Option<Coord<f64>> {
        if let Some(known) = self.known.get(&point) {
            return Some(*known);
        }
        let [x, y] = self.back.point(metres(point))?;
        Some(Coord { x, y })
    }

    fn polygons(&mut self, geometry: &Geometry<f64>, found: &mut Vec<Polygon<f64>>) -> Option<()> {
        match geometry {
            Geometry::Polygon(polygon) => found.push(self.polygon(polygon)?),
            Geometry::MultiPolygon(all) => {
                for polygon in all {
                    found.push(self.polygon(polygon)?);
                }
            }
            Geometry::GeometryCollection(all) => {
                for one in all {
                    self.polygons(one, found)?;
                }
            }
            Geometry::Rect(rect) => found.push(self.polygon(&rect.to_polygon())?),
            Geometry::Triangle(triangle) => found.push(self.polygon(&triangle.to_polygon())?),
            _ => {}
        }
        Some(())
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) -> Option<Polygon<f64>> {
        let shell = self.moved(polygon.exterior())?;
        let holes = polygon.interiors().iter().map(|ring| self.moved(ring)).collect::<Option<Vec<_>>>()?;
        Some(Polygon::new(shell, holes))
    }

    /// The line on the plane. Of two vertices that come to lie on one point of the grid the first is remembered.
    fn moved(&mut self, line: &LineString<f64>) -> Option<LineString<f64>> {
        let mut moved = Vec::with_capacity(line.0.len());
        for own in &line.0 {
            let [x, y] = self.there.point([own.x, own.y])?;
            self.known.entry(snap([x, y])?).or_insert(*own);
            moved.push(Coord { x, y });
        }
        Some(LineString(moved))
    }
}

impl Cut {
    /// The parts into which the lines divide a region: one, itself, where they do not cross it. Parts share the
    /// vertices along their border.
    pub fn parts(&self, region: &Region) -> Vec<Region> {
        let contours: Vec<Contour> = region.contours().cloned().collect();
        let shapes = contours.slice_by_paths(&self.paths, Fill::NonZero);
        let mut parts: Vec<Region> = shapes
            .into_iter()
            .map(|shape| resolve(&shape, Fill::NonZero))
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() < 2 {
            return vec![region.clone()];
        }
        parts.sort_by(|a, b| b.area_m2().total_cmp(&a.area_m2()));
        parts
    }

    /// The ends of the lines, metres on the plane; a closed line has none.
    pub fn ends(&self) -> Vec<[f64; 2]> {
        let open = self.paths.iter().filter(|path| path.first() != path.last());
        open.flat_map(|path| path.first().into_iter().chain(path.last())).map(|end| metres(*end)).collect()
    }
}

/// Points strictly between two others and exactly in line with them, in their order.
fn straight_between(from: Point, to: Point, sorted: &[Point]) -> Vec<Point> {
    let (low, high) = (from.min(to), from.max(to));
    let begin = sorted.partition_point(|point| *point <= low);
    let end = sorted.partition_point(|point| *point < high);
    let within = |a: i64, b: i64, value: i64| (a.min(b)..=a.max(b)).contains(&value);
    let in_line = |point: &&Point| {
        within(from.y, to.y, point.y)
            && i128::from(to.x - from.x) * i128::from(point.y - from.y)
                == i128::from(to.y - from.y) * i128::from(point.x - from.x)
    };
    let mut between: Vec<Point> = sorted[begin..end.max(begin)].iter().filter(in_line).copied().collect();
    if to < from {
        between.reverse();
    }
    between
}

fn lines_of<'a>(geometry: &'a Geometry<f64>, found: &mut Vec<&'a LineString<f64>>) {
    match geometry {
        Geometry::LineString(line) => found.push(line),
        Geometry::MultiLineString(all) => found.extend(&all.0),
        Geometry::Polygon(polygon) => {
            found.push(polygon.exterior());
            found.extend(polygon.interiors());
        }
        Geometry::MultiPolygon(all) => {
            for polygon in all {
                found.push(polygon.exterior());
                found.extend(polygon.interiors());
            }
        }
        Geometry::GeometryCollection(all) => {
            for one in all {
                lines_of(one, found);
            }
        }
        _ => {}
    }
}
