//! A reader of WKT as test suites write it.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

/// Reads a geometry; `None` when the text is not WKT. `POINT EMPTY` is a multipoint of nothing and a linear ring
/// is a line, for lack of types of their own; a third ordinate is left out.
pub(crate) fn wkt(text: &str) -> Option<Geometry<f64>> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ").replace(',', " , ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    Wkt { words: &words, at: 0 }.geometry()
}

struct Wkt<'a> {
    words: &'a [&'a str],
    at: usize,
}

impl Wkt<'_> {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).copied()
    }

    fn next(&mut self) -> Option<&str> {
        self.at += 1;
        self.words.get(self.at - 1).copied()
    }

    /// Steps over a word when it is the next.
    fn skip(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|next| next.eq_ignore_ascii_case(word));
        self.at += usize::from(found);
        found
    }

    fn geometry(&mut self) -> Option<Geometry<f64>> {
        let kind = self.next()?.to_ascii_uppercase();
        Some(match kind.as_str() {
            "POINT" => match self.list(Self::coord)?.as_slice() {
                [only] => Point(*only).into(),
                _ => MultiPoint(vec![]).into(),
            },
            "LINESTRING" | "LINEARRING" => self.line()?.into(),
            "POLYGON" => self.polygon()?.into(),
            "MULTIPOINT" => MultiPoint(self.list(Self::point)?.into_iter().flatten().collect()).into(),
            "MULTILINESTRING" => MultiLineString(self.list(Self::line)?).into(),
            "MULTIPOLYGON" => MultiPolygon(self.list(Self::polygon)?).into(),
            "GEOMETRYCOLLECTION" => {
                Geometry::GeometryCollection(GeometryCollection(self.list(Self::geometry)?))
            }
            _ => return None,
        })
    }

    fn polygon(&mut self) -> Option<Polygon<f64>> {
        let mut rings = self.list(Self::line)?.into_iter();
        Some(Polygon::new(rings.next().unwrap_or(LineString(vec![])), rings.collect()))
    }

    fn line(&mut self) -> Option<LineString<f64>> {
        self.list(Self::coord).map(LineString)
    }

    /// A member of a multipoint, with parentheses or without, or none.
    fn point(&mut self) -> Option<Option<Point<f64>>> {
        if self.skip("EMPTY") {
            return Some(None);
        }
        let enclosed = self.skip("(");
        let point = Point(self.coord()?);
        (!enclosed || self.skip(")")).then_some(Some(point))
    }

    fn coord(&mut self) -> Option<Coord<f64>> {
        let coord = Coord { x: self.next()?.parse().ok()?, y: self.next()?.parse().ok()? };
        while !matches!(self.peek()?, "," | ")") {
            self.at += 1;
        }
        Some(coord)
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        if self.skip("EMPTY") {
            return Some(Vec::new());
        }
        let mut items = Vec::new();
        if self.skip("(") {
            items.push(item(self)?);
            while self.skip(",") {
                items.push(item(self)?);
            }
            return self.skip(")").then_some(items);
        }
        None
    }
}
