//! A feature's geometry on the world grid.

use geo_types::{Geometry, LineString, Polygon};

use crate::grid::GridPoint;

/// A run of vertices; each carries the zoom from which it is drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    /// Vertices, none equal to the one before it; a ring does not repeat its first vertex.
    pub(crate) points: Vec<GridPoint>,
    /// Zoom from which each vertex is drawn, filled by `generalise`.
    pub(crate) zooms: Vec<u8>,
}

/// A geometry on the world grid.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Points(Vec<GridPoint>),
    Lines(Vec<Run>),
    /// Polygons, each its outer ring followed by its holes.
    Polygons(Vec<Vec<Run>>),
}

impl Shape {
    /// The shape of a geometry in Web Mercator metres; `None` when it has a coordinate that is not finite, is a
    /// collection of several kinds, or has nothing to draw.
    pub(crate) fn new(geometry: &Geometry<f64>) -> Option<Self> {
        let shape = match geometry {
            Geometry::Point(p) => Self::Points(vec![GridPoint::new([p.x(), p.y()])?]),
            Geometry::MultiPoint(all) => {
                Self::Points(all.iter().map(|p| GridPoint::new([p.x(), p.y()])).collect::<Option<_>>()?)
            }
            Geometry::Line(line) => Self::Lines(vec![Run::line(&LineString::from(line))?]),
            Geometry::LineString(line) => Self::Lines(vec![Run::line(line)?]),
            Geometry::MultiLineString(all) => Self::Lines(all.iter().map(Run::line).collect::<Option<_>>()?),
            Geometry::Polygon(polygon) => Self::Polygons(vec![rings(polygon)?]),
            Geometry::MultiPolygon(all) => Self::Polygons(all.iter().map(rings).collect::<Option<_>>()?),
            Geometry::Rect(rect) => Self::Polygons(vec![rings(&rect.to_polygon())?]),
            Geometry::Triangle(triangle) => Self::Polygons(vec![rings(&triangle.to_polygon())?]),
            Geometry::GeometryCollection(all) if all.len() == 1 => return Self::new(all.iter().next()?),
            Geometry::GeometryCollection(_) => return None,
        };
        (!shape.is_empty()).then_some(shape)
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Points(points) => points.is_empty(),
            Self::Lines(lines) => lines.iter().all(|run| run.points.is_empty()),
            Self::Polygons(polygons) => polygons.iter().flatten().all(|run| run.points.is_empty()),
        }
    }

    /// Every run with whether it is closed.
    pub(crate) fn runs(&self) -> Box<dyn Iterator<Item = (&Run, bool)> + '_> {
        match self {
            Self::Points(_) => Box::new(std::iter::empty()),
            Self::Lines(lines) => Box::new(lines.iter().map(|run| (run, false))),
            Self::Polygons(polygons) => Box::new(polygons.iter().flatten().map(|run| (run, true))),
        }
    }

    /// Every run, to be changed.
    pub(crate) fn runs_mut(&mut self) -> Box<dyn Iterator<Item = &mut Run> + '_> {
        match self {
            Self::Points(_) => Box::new(std::iter::empty()),
            Self::Lines(lines) => Box::new(lines.iter_mut()),
            Self::Polygons(polygons) => Box::new(polygons.iter_mut().flatten()),
        }
    }

    /// Any point of the shape.
    pub(crate) fn some_point(&self) -> Option<GridPoint> {
        match self {
            Self::Points(points) => points.first().copied(),
            _ => self.runs().find_map(|(run, _)| run.points.first().copied()),
        }
    }
}

impl Run {
    fn line(line: &LineString<f64>) -> Option<Self> {
        let mut points = line.0.iter().map(|c| GridPoint::new([c.x, c.y])).collect::<Option<Vec<_>>>()?;
        points.dedup();
        Some(Self { points, zooms: Vec::new() })
    }

    fn ring(line: &LineString<f64>) -> Option<Self> {
        let mut run = Self::line(line)?;
        while run.points.len() > 1 && run.points.first() == run.points.last() {
            run.points.pop();
        }
        Some(run)
    }
}

fn rings(polygon: &Polygon<f64>) -> Option<Vec<Run>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(Run::ring).collect()
}
