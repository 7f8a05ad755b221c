//! ISO well-known binary from the worker, of two to four dimensions. It is believed nothing: counts are held against the
//! bytes that are there before memory is taken.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use crate::json::Fault;
use crate::read::draft::Draft;
use crate::read::rings::Rings;
use crate::{Limits, NoteKind};

/// Reads a geometry that fills the bytes; none where there is nothing in it.
pub(super) fn read(bytes: &[u8], limits: &Limits, draft: &mut Draft) -> Result<Option<Geometry<f64>>, Fault> {
    let mut reader = Reader { rest: bytes, limits, draft };
    let geometry = reader.geometry(1)?;
    if !reader.rest.is_empty() {
        return Err(broken("bytes follow the geometry"));
    }
    if geometry.is_none() {
        let message = "empty coordinates: taken as no geometry";
        draft.remarks.say(NoteKind::EmptyGeometry, 1, message);
    }
    Ok(geometry)
}

struct Reader<'a> {
    rest: &'a [u8],
    limits: &'a Limits,
    draft: &'a mut Draft,
}

/// What stands before a geometry.
struct Head {
    /// 1 to 7 for what is read.
    kind: u32,
    /// Numbers of a position: 2 to 4.
    numbers: usize,
}

impl Reader<'_> {
    fn geometry(&mut self, depth: u32) -> Result<Option<Geometry<f64>>, Fault> {
        let head = self.head()?;
        self.body(&head, depth)
    }

    fn body(&mut self, head: &Head, depth: u32) -> Result<Option<Geometry<f64>>, Fault> {
        if depth > self.limits.depth {
            let reason = format!("geometries nest deeper than {} levels", self.limits.depth);
            return Err(Fault::new(0, NoteKind::TooDeep, reason));
        }
        Ok(match head.kind {
            1 => self.point(head)?.map(Into::into),
            2 => Some(self.line(head)?).filter(|line| !line.is_empty()).map(|line| LineString(line).into()),
            3 => self.polygon(head)?.map(Into::into),
            4..=7 => self.members(head.kind, depth)?,
            kind => {
                let reason = format!(
                    "a geometry of WKB's type {kind} is not read; make it flat first (GDAL: ogr2ogr -nlt PROMOTE_TO_MULTI)"
                );
                return Err(Fault::new(0, NoteKind::UnsupportedGeometry, reason));
            }
        })
    }

    fn members(&mut self, kind: u32, depth: u32) -> Result<Option<Geometry<f64>>, Fault> {
        let count = self.count(1 + 4)?;
        let mut members = Vec::new();
        let mut empty = 0;
        for _ in 0..count {
            match self.geometry(depth + 1)? {
                Some(member) => members.push(member),
                None => empty += 1,
            }
        }
        if members.is_empty() {
            return Ok(None);
        }
        self.draft.remarks.say_if(empty, NoteKind::EmptyPart, "empty parts of the geometry were left out");
        joined(kind, members).map(Some)
    }

    fn point(&mut self, head: &Head) -> Result<Option<Point<f64>>, Fault> {
        let bytes = self.bytes(8 * head.numbers)?;
        // An empty point is written as NaN.
        let at = position(bytes);
        if at.x.is_nan() && at.y.is_nan() {
            return Ok(None);
        }
        self.counted(1, head.numbers)?;
        finite(at).map(|at| Some(Point(at)))
    }

    fn line(&mut self, head: &Head) -> Result<Vec<Coord<f64>>, Fault> {
        let size = 8 * head.numbers;
        let count = self.count(size)?;
        self.counted(count as u64, head.numbers)?;
        let bytes = self.bytes(count * size)?;
        bytes.chunks_exact(size).map(|bytes| finite(position(bytes))).collect()
    }

    fn polygon(&mut self, head: &Head) -> Result<Option<Polygon<f64>>, Fault> {
        let mut rings = Rings::default();
        for _ in 0..self.count(4)? {
            rings.push(self.line(head)?);
        }
        let polygon = rings.polygon(&mut self.draft.remarks);
        polygon.map_err(|reason| Fault::new(0, NoteKind::BadGeometry, reason))
    }

    /// Counts positions against the limit.
    fn counted(&mut self, count: u64, numbers: usize) -> Result<(), Fault> {
        self.draft.vertices += count;
        if numbers > 2 {
            self.draft.remarks.extra_dimensions += count;
        }
        if self.draft.vertices > self.limits.vertices {
            let reason = format!("more than {} positions in one feature", self.limits.vertices);
            return Err(Fault::new(0, NoteKind::TooManyVertices, reason));
        }
        Ok(())
    }

    fn head(&mut self) -> Result<Head, Fault> {
        if self.bytes(1)? != [1] {
            return Err(broken("the geometry is not little endian"));
        }
        let code = self.number()?;
        let numbers = match code / 1000 {
            0 => 2,
            1 | 2 => 3,
            3 => 4,
            _ => return Err(broken("the geometry is of no known type")),
        };
        Ok(Head { kind: code % 1000, numbers })
    }

    /// A count of things that take at least so many bytes each, which must be there.
    fn count(&mut self, each: usize) -> Result<usize, Fault> {
        let count = usize::try_from(self.number()?).map_err(|_| broken("a count is too large"))?;
        let fits = count.checked_mul(each).is_some_and(|size| size <= self.rest.len());
        if fits { Ok(count) } else { Err(broken("the geometry ends too early")) }
    }

    fn number(&mut self) -> Result<u32, Fault> {
        let bytes = self.bytes(4)?;
        Ok(bytes.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes)))
    }

    fn bytes(&mut self, count: usize) -> Result<&[u8], Fault> {
        let (head, rest) =
            self.rest.split_at_checked(count).ok_or_else(|| broken("the geometry ends too early"))?;
        self.rest = rest;
        Ok(head)
    }
}

fn position(bytes: &[u8]) -> Coord<f64> {
    let number = |at: usize| {
        let bytes = bytes.get(at..).and_then(|bytes| bytes.first_chunk());
        bytes.map_or(f64::NAN, |bytes| f64::from_le_bytes(*bytes))
    };
    Coord { x: number(0), y: number(8) }
}

fn finite(at: Coord<f64>) -> Result<Coord<f64>, Fault> {
    if at.x.is_finite() && at.y.is_finite() {
        return Ok(at);
    }
    let odd = if at.x.is_finite() { at.y } else { at.x };
    Err(Fault::new(0, NoteKind::NotFinite, format!("{odd} as a coordinate")))
}

/// One geometry of members that must all be of the kind that it has.
fn joined(kind: u32, members: Vec<Geometry<f64>>) -> Result<Geometry<f64>, Fault> {
    let wrong = || broken("a part of the geometry is of another type than the whole");
    Ok(match kind {
        4 => MultiPoint(all(members, |member| Point::try_from(member).ok()).ok_or_else(wrong)?).into(),
        5 => MultiLineString(all(members, |member| LineString::try_from(member).ok()).ok_or_else(wrong)?)
            .into(),
        6 => MultiPolygon(all(members, |member| Polygon::try_from(member).ok()).ok_or_else(wrong)?).into(),
        _ => Geometry::GeometryCollection(GeometryCollection(members)),
    })
}

fn all<T>(members: Vec<Geometry<f64>>, of: fn(Geometry<f64>) -> Option<T>) -> Option<Vec<T>> {
    members.into_iter().map(of).collect()
}

fn broken(reason: &str) -> Fault {
    Fault::new(0, NoteKind::BrokenFeature, reason)
}
