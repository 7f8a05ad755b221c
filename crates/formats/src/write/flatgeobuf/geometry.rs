//! Geometry tables: one vector of coordinates, cut at `ends` into lines or rings; parts for what is made of several.

use ::flatgeobuf::packed_r_tree::NodeItem;
use ::flatgeobuf::{Geometry as Table, GeometryArgs, GeometryType};
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use geo_types::{Coord, Geometry, LineString, Polygon};

/// A table in a builder.
type Made = WIPOffset<Table<'static>>;

/// Builds the table of one geometry.
pub(super) struct Shaper<'a> {
    pub(super) builder: &'a mut FlatBufferBuilder<'static>,
    /// Coordinates and ends of the part at hand; kept from feature to feature for their memory.
    pub(super) buffers: &'a mut Buffers,
    /// The box around what was built.
    pub(super) extent: NodeItem,
    /// Whether every coordinate so far is a finite number.
    pub(super) is_finite: bool,
}

/// What tables are made of.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    xy: Vec<f64>,
    ends: Vec<u32>,
}

impl Shaper<'_> {
    /// The table of a geometry, its type included.
    pub(super) fn table(&mut self, geometry: &Geometry<f64>) -> Made {
        match geometry {
            Geometry::Point(point) => self.points(GeometryType::Point, [&point.0]),
            Geometry::MultiPoint(points) => {
                self.points(GeometryType::MultiPoint, points.0.iter().map(|point| &point.0))
            }
            Geometry::Line(line) => self.points(GeometryType::LineString, [&line.start, &line.end]),
            Geometry::LineString(line) => self.points(GeometryType::LineString, &line.0),
            Geometry::MultiLineString(lines) => self.lines(GeometryType::MultiLineString, &lines.0),
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::MultiPolygon(polygons) => {
                let parts: Vec<Made> = polygons.0.iter().map(|polygon| self.polygon(polygon)).collect();
                self.of_parts(GeometryType::MultiPolygon, &parts)
            }
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon()),
            Geometry::GeometryCollection(members) => {
                let parts: Vec<Made> = members.0.iter().map(|member| self.table(member)).collect();
                self.of_parts(GeometryType::GeometryCollection, &parts)
            }
        }
    }

    fn points<'c>(&mut self, kind: GeometryType, points: impl IntoIterator<Item = &'c Coord<f64>>) -> Made {
        points.into_iter().for_each(|at| self.push(*at));
        self.plain(kind)
    }

    fn lines<'l>(
        &mut self,
        kind: GeometryType,
        lines: impl IntoIterator<Item = &'l LineString<f64>>,
    ) -> Made {
        for line in lines {
            line.0.iter().for_each(|at| self.push(*at));
            // Positions were counted before: there are not so many that this saturates.
            self.buffers.ends.push(u32::try_from(self.buffers.xy.len() / 2).unwrap_or(u32::MAX));
        }
        self.plain(kind)
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) -> Made {
        // An empty polygon has an empty outer ring here, and no ring at all in the format.
        let is_empty = polygon.exterior().0.is_empty();
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors()).filter(|_| !is_empty);
        self.lines(GeometryType::Polygon, rings)
    }

    fn push(&mut self, at: Coord<f64>) {
        self.is_finite &= at.x.is_finite() && at.y.is_finite();
        self.extent.expand_xy(at.x, at.y);
        self.buffers.xy.extend([at.x, at.y]);
    }

    /// The table of the coordinates gathered. One line or ring needs no ends.
    fn plain(&mut self, kind: GeometryType) -> Made {
        let Buffers { xy, ends } = &mut *self.buffers;
        let args = GeometryArgs {
            ends: (ends.len() > 1).then(|| self.builder.create_vector(ends)),
            xy: (!xy.is_empty()).then(|| self.builder.create_vector(xy)),
            type_: kind,
            ..GeometryArgs::default()
        };
        xy.clear();
        ends.clear();
        Table::create(self.builder, &args)
    }

    fn of_parts(&mut self, kind: GeometryType, parts: &[Made]) -> Made {
        let parts = (!parts.is_empty()).then(|| self.builder.create_vector(parts));
        Table::create(self.builder, &GeometryArgs { type_: kind, parts, ..GeometryArgs::default() })
    }
}

/// The type that a geometry has in the format.
pub(super) fn kind(geometry: &Geometry<f64>) -> GeometryType {
    match geometry {
        Geometry::Point(_) => GeometryType::Point,
        Geometry::MultiPoint(_) => GeometryType::MultiPoint,
        Geometry::Line(_) | Geometry::LineString(_) => GeometryType::LineString,
        Geometry::MultiLineString(_) => GeometryType::MultiLineString,
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => GeometryType::Polygon,
        Geometry::MultiPolygon(_) => GeometryType::MultiPolygon,
        Geometry::GeometryCollection(_) => GeometryType::GeometryCollection,
    }
}

/// How many positions a geometry has, an empty part counted as one.
pub(super) fn positions(geometry: &Geometry<f64>) -> usize {
    let of_polygon = |polygon: &Polygon<f64>| {
        let holes = polygon.interiors().iter().map(|hole| hole.0.len());
        (polygon.exterior().0.len() + holes.sum::<usize>()).max(1)
    };
    match geometry {
        Geometry::Point(_) => 1,
        Geometry::MultiPoint(points) => points.0.len(),
        Geometry::Line(_) => 2,
        Geometry::LineString(line) => line.0.len(),
        Geometry::MultiLineString(lines) => lines.0.iter().map(|line| line.0.len().max(1)).sum(),
        Geometry::Polygon(polygon) => of_polygon(polygon),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().map(of_polygon).sum(),
        Geometry::Rect(_) => 5,
        Geometry::Triangle(_) => 4,
        Geometry::GeometryCollection(members) => members.0.iter().map(positions).sum::<usize>().max(1),
    }
}
