//! Times, boxes and GeoJSON geometries.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};
use serde_json::{Map, Value};

use super::Reader;
use crate::ast::{Kind, Node};
use crate::error::Cql2Error;
use crate::text::{WRONG_BOX, corners, wrong_moment};
use crate::time::{Moment, read_date, read_timestamp};

impl Reader {
    pub(super) fn moment(&mut self, what: &str, value: &Value) -> Result<Kind, Cql2Error> {
        let text = value.as_str().unwrap_or_default();
        let read = if what == "date" {
            read_date(text).map(Kind::Date)
        } else {
            read_timestamp(text).map(Kind::Timestamp)
        };
        match read {
            Some(kind) => Ok(kind),
            None => self.wrong(wrong_moment(what, text)),
        }
    }

    pub(super) fn interval(&mut self, value: &Value) -> Result<Kind, Cql2Error> {
        let Some([start, end]) = value.as_array().map(Vec::as_slice) else {
            return self.wrong("an interval is a list of its start and its end");
        };
        let start = self.below(&0, |reader| reader.bound(start))?;
        let end = self.below(&1, |reader| reader.bound(end))?;
        Ok(Kind::Interval(Box::new([start, end])))
    }

    fn bound(&mut self, value: &Value) -> Result<Option<Node>, Cql2Error> {
        let Value::String(text) = value else { return self.node(value).map(Some) };
        if text == ".." {
            return Ok(None);
        }
        let kind = match Moment::read(text) {
            Some(Moment::Date(date)) => Kind::Date(date),
            Some(Moment::Time(time)) => Kind::Timestamp(time),
            None => return self.wrong(wrong_moment("interval", text)),
        };
        Ok(Some(Node::new(kind, self.place())))
    }

    pub(super) fn bbox(&mut self, value: &Value) -> Result<Kind, Cql2Error> {
        let numbers = self.list(value, Self::number_at)?;
        match corners(&numbers) {
            Some(corners) => Ok(Kind::BBox(corners)),
            None => self.wrong(WRONG_BOX),
        }
    }

    fn number_at(&mut self, value: &Value) -> Result<f64, Cql2Error> {
        self.number(value)
    }

    /// A list of things, one at least.
    fn list<T>(
        &mut self,
        value: &Value,
        read: fn(&mut Self, &Value) -> Result<T, Cql2Error>,
    ) -> Result<Vec<T>, Cql2Error> {
        match value.as_array() {
            Some(list) if !list.is_empty() => {
                list.iter().enumerate().map(|(at, one)| self.below(&at, |reader| read(reader, one))).collect()
            }
            _ => self.wrong("a list that is not empty is needed here"),
        }
    }

    /// A GeoJSON geometry (RFC 7946).
    pub(super) fn geometry(&mut self, object: &Map<String, Value>) -> Result<Geometry<f64>, Cql2Error> {
        let kind = object.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        let member = if kind == "GeometryCollection" { "geometries" } else { "coordinates" };
        let Some(value) = object.get(member) else {
            return self.wrong(format!("a geometry needs \"type\" and \"{member}\""));
        };
        self.below(&member, |reader| {
            Ok(match kind.as_str() {
                "Point" => Geometry::Point(reader.point(value)?),
                "LineString" => Geometry::LineString(reader.line(value)?),
                "Polygon" => Geometry::Polygon(reader.polygon(value)?),
                "MultiPoint" => Geometry::MultiPoint(MultiPoint(reader.list(value, Self::point)?)),
                "MultiLineString" => {
                    Geometry::MultiLineString(MultiLineString(reader.list(value, Self::line)?))
                }
                "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon(reader.list(value, Self::polygon)?)),
                "GeometryCollection" => {
                    Geometry::GeometryCollection(GeometryCollection(reader.list(value, Self::member)?))
                }
                other => return reader.wrong(format!("\"{other}\" is no type of geometry")),
            })
        })
    }

    /// A geometry within a collection.
    fn member(&mut self, value: &Value) -> Result<Geometry<f64>, Cql2Error> {
        match value.as_object() {
            Some(object) if object.get("type").is_some_and(|kind| kind != "GeometryCollection") => {
                self.geometry(object)
            }
            _ => self.wrong("a geometry that is no collection itself is needed here"),
        }
    }

    fn position(&mut self, value: &Value) -> Result<Coord<f64>, Cql2Error> {
        match *self.list(value, Self::number_at)? {
            [x, y] | [x, y, _] => Ok(Coord { x, y }),
            _ => self.wrong("a position has two numbers, or three with a height"),
        }
    }

    fn point(&mut self, value: &Value) -> Result<Point<f64>, Cql2Error> {
        self.position(value).map(Point)
    }

    fn line(&mut self, value: &Value) -> Result<LineString<f64>, Cql2Error> {
        let positions = self.list(value, Self::position)?;
        if positions.len() < 2 {
            self.wrong("a line has two positions at least")
        } else {
            Ok(LineString(positions))
        }
    }

    fn polygon(&mut self, value: &Value) -> Result<Polygon<f64>, Cql2Error> {
        let mut rings = self.list(value, Self::ring)?.into_iter();
        let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Ok(Polygon::new(shell, rings.collect()))
    }

    fn ring(&mut self, value: &Value) -> Result<LineString<f64>, Cql2Error> {
        let positions = self.list(value, Self::position)?;
        if positions.len() < 4 || positions.first() != positions.last() {
            return self.wrong("a ring has four positions at least and ends where it begins");
        }
        Ok(LineString(positions))
    }
}
