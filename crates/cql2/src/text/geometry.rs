//! Geometries as well-known text, and boxes. Heights are read and not kept: no feature here has any.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use super::lexer::Token;
use super::parser::Parser;
use crate::ast::Kind;
use crate::error::Cql2Error;

type Read<T> = fn(&mut Parser) -> Result<T, Cql2Error>;

impl Parser {
    /// A geometry or a box if the word begins one.
    pub(super) fn geometry(&mut self, word: &str) -> Result<Option<Kind>, Cql2Error> {
        let lower = word.to_ascii_lowercase();
        let is_z = matches!(self.peek_at(1), Token::Word(z) if z.eq_ignore_ascii_case("z"));
        if *self.peek_at(1 + usize::from(is_z)) != Token::Sign("(") {
            return Ok(None);
        }
        let words = [
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
        ];
        if lower == "bbox" && !is_z {
            self.advance();
            return self.bbox().map(Some);
        }
        if !words.contains(&lower.as_str()) {
            return Ok(None);
        }
        self.next_word(is_z);
        self.shape(&lower).map(|geometry| Some(Kind::Geometry(geometry)))
    }

    fn next_word(&mut self, is_z: bool) {
        self.advance();
        if is_z {
            self.advance();
        }
    }

    fn shape(&mut self, word: &str) -> Result<Geometry<f64>, Cql2Error> {
        Ok(match word {
            "point" => Geometry::Point(self.point()?),
            "linestring" => Geometry::LineString(self.line()?),
            "polygon" => Geometry::Polygon(self.polygon()?),
            "multipoint" => Geometry::MultiPoint(MultiPoint(self.several(Self::loose_point)?)),
            "multilinestring" => Geometry::MultiLineString(MultiLineString(self.several(Self::line)?)),
            "multipolygon" => Geometry::MultiPolygon(MultiPolygon(self.several(Self::polygon)?)),
            _ => Geometry::GeometryCollection(GeometryCollection(self.several(Self::member)?)),
        })
    }

    /// A geometry within a collection, which is not a collection itself.
    fn member(&mut self) -> Result<Geometry<f64>, Cql2Error> {
        let word = match self.peek() {
            Token::Word(word) => word.to_ascii_lowercase(),
            _ => String::new(),
        };
        let words = ["point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"];
        if !words.contains(&word.as_str()) {
            return Err(self.unexpected("POINT, LINESTRING, POLYGON or one of several of them"));
        }
        let is_z = matches!(self.peek_at(1), Token::Word(z) if z.eq_ignore_ascii_case("z"));
        self.next_word(is_z);
        self.shape(&word)
    }

    fn several<T>(&mut self, read: Read<T>) -> Result<Vec<T>, Cql2Error> {
        self.need_sign("(")?;
        let mut all = vec![read(self)?];
        while self.take_sign(",") {
            all.push(read(self)?);
        }
        if !self.take_sign(")") {
            return Err(self.unexpected("\",\" or \")\""));
        }
        Ok(all)
    }

    fn point(&mut self) -> Result<Point<f64>, Cql2Error> {
        self.need_sign("(")?;
        let position = self.position()?;
        self.need_sign(")")?;
        Ok(Point(position))
    }

    /// In a MULTIPOINT the inner brackets are often left out.
    fn loose_point(&mut self) -> Result<Point<f64>, Cql2Error> {
        if self.is_sign("(") { self.point() } else { self.position().map(Point) }
    }

    fn line(&mut self) -> Result<LineString<f64>, Cql2Error> {
        let place = self.place();
        let positions = self.several(Self::position)?;
        if positions.len() < 2 {
            return Err(Cql2Error::new(&place, "a line has two positions at least"));
        }
        Ok(LineString(positions))
    }

    fn polygon(&mut self) -> Result<Polygon<f64>, Cql2Error> {
        let mut rings = self.several(Self::ring)?.into_iter();
        let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Ok(Polygon::new(shell, rings.collect()))
    }

    fn ring(&mut self) -> Result<LineString<f64>, Cql2Error> {
        let place = self.place();
        let positions = self.several(Self::position)?;
        if positions.len() < 4 || positions.first() != positions.last() {
            return Err(Cql2Error::new(
                &place,
                "a ring has four positions at least and ends where it begins",
            ));
        }
        Ok(LineString(positions))
    }

    fn position(&mut self) -> Result<Coord<f64>, Cql2Error> {
        let (x, y) = (self.coordinate()?, self.coordinate()?);
        if matches!(self.peek(), Token::Number(_) | Token::Sign("-" | "+")) {
            self.coordinate()?;
        }
        Ok(Coord { x, y })
    }

    fn coordinate(&mut self) -> Result<f64, Cql2Error> {
        let negative = self.take_sign("-");
        if !negative {
            self.take_sign("+");
        }
        let Token::Number(number) = *self.peek() else { return Err(self.unexpected("a coordinate")) };
        self.advance();
        Ok(if negative { -number } else { number })
    }

    fn bbox(&mut self) -> Result<Kind, Cql2Error> {
        let place = self.place();
        let numbers = self.several(Self::coordinate)?;
        corners(&numbers).map(Kind::BBox).ok_or_else(|| Cql2Error::new(&place, WRONG_BOX))
    }
}

/// What to say about a box that has other than 4 or 6 numbers.
pub(crate) const WRONG_BOX: &str =
    "a box has 4 numbers, or with heights 6: the lower corner, then the upper one";

/// The four numbers of a box that may have heights.
pub(crate) fn corners(numbers: &[f64]) -> Option<[f64; 4]> {
    match *numbers {
        [a, b, c, d] | [a, b, _, c, d, _] => Some([a, b, c, d]),
        _ => None,
    }
}
