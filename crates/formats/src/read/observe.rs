//! What a geometry looks like, without judging it: winding, span, range, family.

use geo_types::{Coord, Geometry, LineString, Polygon};

/// What was seen in one geometry.
#[derive(Default)]
pub(crate) struct Observation {
    /// Rings that turn the other way than RFC 7946 asks; 0 when nobody asks.
    pub(crate) reversed_rings: u64,
    /// Edges that span more than 180 in x.
    pub(crate) long_edges: u64,
    /// Positions outside ±180, ±90.
    pub(crate) out_of_range: u64,
    /// A position that cannot be degrees even if longitudes ran to 360.
    pub(crate) not_degrees: Option<Coord<f64>>,
    /// Points, lines, polygons seen.
    pub(crate) families: [bool; 3],
    judges_winding: bool,
}

impl Observation {
    pub(crate) fn of(geometry: &Geometry<f64>, judges_winding: bool) -> Self {
        let mut seen = Self { judges_winding, ..Self::default() };
        seen.geometry(geometry);
        seen
    }

    fn geometry(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.points([point.0].iter()),
            Geometry::MultiPoint(points) => self.points(points.0.iter().map(|point| &point.0)),
            Geometry::LineString(line) => self.line(line, 1),
            Geometry::MultiLineString(lines) => lines.0.iter().for_each(|line| self.line(line, 1)),
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::MultiPolygon(polygons) => polygons.0.iter().for_each(|polygon| self.polygon(polygon)),
            Geometry::GeometryCollection(parts) => parts.0.iter().for_each(|part| self.geometry(part)),
            // The reader makes no others.
            Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
        }
    }

    fn points<'a>(&mut self, points: impl Iterator<Item = &'a Coord<f64>>) {
        self.families[0] = true;
        points.for_each(|point| self.position(*point));
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) {
        let holes = polygon.interiors().iter();
        std::iter::once(polygon.exterior()).chain(holes.clone()).for_each(|ring| self.line(ring, 2));
        if self.judges_winding {
            self.reversed_rings += u64::from(doubled_area(polygon.exterior()) < 0.0);
            self.reversed_rings += holes.filter(|hole| doubled_area(hole) > 0.0).count() as u64;
        }
    }

    fn line(&mut self, line: &LineString<f64>, family: usize) {
        self.families[family] = true;
        line.0.iter().for_each(|at| self.position(*at));
        self.long_edges +=
            line.0.windows(2).filter(|pair| (pair[1].x - pair[0].x).abs() > 180.0).count() as u64;
    }

    #[inline]
    fn position(&mut self, at: Coord<f64>) {
        let (x, y) = (at.x.abs(), at.y.abs());
        if x > 180.0 || y > 90.0 {
            self.out_of_range += 1;
            if x > 360.0 || y > 90.0 {
                self.not_degrees = Some(at);
            }
        }
    }
}

/// Twice the signed area of a ring, positive when it turns counter-clockwise. Taken around the first position,
/// because on metres far from the origin the plain sum loses the sign of small rings.
pub(crate) fn doubled_area(ring: &LineString<f64>) -> f64 {
    let Some(&origin) = ring.0.first() else { return 0.0 };
    let cross = |pair: &[Coord<f64>]| {
        let (a, b) = (pair[0] - origin, pair[1] - origin);
        a.x * b.y - b.x * a.y
    };
    ring.0.windows(2).map(cross).sum()
}
