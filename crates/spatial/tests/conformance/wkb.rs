//! A reader of well-known binary in hexadecimal digits, as suites keep coordinates bit for bit.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

/// Reads a geometry, also one with an SRID (PostGIS) or a third ordinate; `None` when the text is not WKB.
pub(crate) fn wkb(text: &str) -> Option<Geometry<f64>> {
    let digits: Vec<u8> =
        text.chars().filter_map(|c| c.to_digit(16)).map(u8::try_from).collect::<Result<_, _>>().ok()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    Wkb { bytes: &bytes, little: true, ordinates: 2 }.geometry()
}

struct Wkb<'a> {
    bytes: &'a [u8],
    little: bool,
    ordinates: usize,
}

impl Wkb<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        let mut head = *head;
        if !self.little {
            head.reverse();
        }
        Some(head)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn geometry(&mut self) -> Option<Geometry<f64>> {
        self.little = self.take::<1>()? == [1];
        let kind = self.number()?;
        let (z, m, srid) = (kind >> 31, kind >> 30 & 1, kind >> 29 & 1 == 1);
        self.ordinates = 2 + (z + m) as usize;
        if srid {
            self.number()?;
        }
        Some(match kind & 0xff {
            1 => Point(self.coord()?).into(),
            2 => self.line()?.into(),
            3 => self.polygon()?.into(),
            4 => MultiPoint(self.members(|g| Point::try_from(g).ok())?).into(),
            5 => MultiLineString(self.members(|g| LineString::try_from(g).ok())?).into(),
            6 => MultiPolygon(self.members(|g| Polygon::try_from(g).ok())?).into(),
            7 => Geometry::GeometryCollection(GeometryCollection(self.members(Some)?)),
            _ => return None,
        })
    }

    fn members<T>(&mut self, of: impl Fn(Geometry<f64>) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| self.geometry().and_then(&of)).collect()
    }

    fn polygon(&mut self) -> Option<Polygon<f64>> {
        let mut rings = (0..self.number()?).map(|_| self.line()).collect::<Option<Vec<_>>>()?.into_iter();
        Some(Polygon::new(rings.next().unwrap_or(LineString(vec![])), rings.collect()))
    }

    fn line(&mut self) -> Option<LineString<f64>> {
        (0..self.number()?).map(|_| self.coord()).collect::<Option<Vec<_>>>().map(LineString)
    }

    fn coord(&mut self) -> Option<Coord<f64>> {
        let mut ordinates = [0.0; 4];
        for ordinate in ordinates.iter_mut().take(self.ordinates) {
            *ordinate = f64::from_le_bytes(self.take()?);
        }
        Some(Coord { x: ordinates[0], y: ordinates[1] })
    }
}
