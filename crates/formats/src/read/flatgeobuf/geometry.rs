//! Geometry tables, straight into `geo_types`: one vector of coordinates, cut at `ends` into lines or rings; parts
//! for what is made of several.

use ::flatgeobuf::{Geometry as Table, GeometryType};
use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use super::positions::{POSITION, coord, ranges};
use crate::json::Fault;
use crate::read::draft::Draft;
use crate::read::rings::Rings;
use crate::{Limits, NoteKind};

/// Shapes the geometry of one feature.
pub(super) struct Shaper<'a> {
    pub(super) limits: &'a Limits,
    pub(super) draft: &'a mut Draft,
}

impl Shaper<'_> {
    /// The geometry of a feature; `None` if it is empty, with a remark. `kind` is the header's.
    pub(super) fn whole(
        mut self,
        table: Table<'_>,
        kind: GeometryType,
    ) -> Result<Option<Geometry<f64>>, Fault> {
        let kind = if kind == GeometryType::Unknown { table.type_() } else { kind };
        let geometry = self.geometry(table, kind, 1)?;
        let said =
            |draft: &Draft| draft.remarks.single.iter().any(|remark| remark.kind == NoteKind::EmptyGeometry);
        if geometry.is_none() && !said(self.draft) {
            self.draft.remarks.say(NoteKind::EmptyGeometry, 1, "empty coordinates: taken as no geometry");
        }
        Ok(geometry)
    }

    fn geometry(
        &mut self,
        table: Table<'_>,
        kind: GeometryType,
        depth: u32,
    ) -> Result<Option<Geometry<f64>>, Fault> {
        Ok(match kind {
            GeometryType::Point => self.point(table)?.map(Into::into),
            GeometryType::MultiPoint => {
                let points: Vec<_> = self.all(table)?.into_iter().map(Point).collect();
                (!points.is_empty()).then(|| MultiPoint(points).into())
            }
            GeometryType::LineString => self.line(table)?.map(Into::into),
            GeometryType::MultiLineString => {
                let lines = self.lines(table)?;
                (!lines.is_empty()).then(|| MultiLineString(lines).into())
            }
            // A triangle is a polygon of one ring, here as there.
            GeometryType::Polygon | GeometryType::Triangle => self.polygon(table)?.map(Into::into),
            GeometryType::MultiPolygon | GeometryType::MultiSurface => {
                let polygons = self.polygons(table)?;
                (!polygons.is_empty()).then(|| MultiPolygon(polygons).into())
            }
            GeometryType::CurvePolygon => self.straight_polygon(table)?.map(Into::into),
            GeometryType::CompoundCurve | GeometryType::MultiCurve => {
                let mut lines = self.straight_lines(table)?;
                lines.retain(|line| !line.0.is_empty());
                (!lines.is_empty()).then(|| MultiLineString(lines).into())
            }
            GeometryType::GeometryCollection => {
                self.collection(table, depth)?.map(Geometry::GeometryCollection)
            }
            other => return Err(unsupported(other)),
        })
    }

    /// A point; one whose coordinates are both NaN is how some writers say that it is empty.
    fn point(&mut self, table: Table<'_>) -> Result<Option<Point<f64>>, Fault> {
        let bytes = table.xy().map(|xy| xy.bytes()).unwrap_or_default();
        if let [at] = bytes.as_chunks::<POSITION>().0
            && let Coord { x, y } = coord(at)
            && x.is_nan()
            && y.is_nan()
        {
            return Ok(None);
        }
        match self.all(table)?.as_slice() {
            [] => Ok(None),
            [at] => Ok(Some(Point(*at))),
            _ => Err(Fault::new(0, NoteKind::BadGeometry, "a point with more than one position")),
        }
    }

    fn line(&mut self, table: Table<'_>) -> Result<Option<LineString<f64>>, Fault> {
        let line = self.all(table)?;
        if line.len() == 1 {
            self.draft.remarks.say(NoteKind::TooFewPositions, 1, "a line of one position; it needs two");
        }
        Ok((!line.is_empty()).then_some(LineString(line)))
    }

    fn lines(&mut self, table: Table<'_>) -> Result<Vec<LineString<f64>>, Fault> {
        let mut lines = Vec::new();
        let mut empty = 0;
        for range in ranges(table)? {
            let line = self.positions(table, range)?;
            if line.is_empty() {
                empty += 1;
            } else {
                lines.push(LineString(line));
            }
        }
        self.without_empty(empty, lines.is_empty());
        Ok(lines)
    }

    fn polygon(&mut self, table: Table<'_>) -> Result<Option<Polygon<f64>>, Fault> {
        let mut rings = Rings::default();
        for range in ranges(table)? {
            rings.push(self.positions(table, range)?);
        }
        self.joined(rings)
    }

    fn joined(&mut self, rings: Rings) -> Result<Option<Polygon<f64>>, Fault> {
        let polygon = rings.polygon(&mut self.draft.remarks);
        polygon.map_err(|reason| Fault::new(0, NoteKind::BadGeometry, reason))
    }

    fn polygons(&mut self, table: Table<'_>) -> Result<Vec<Polygon<f64>>, Fault> {
        let Some(parts) = table.parts() else {
            // Some writers leave the parts out when there is but one.
            return Ok(self.polygon(table)?.into_iter().collect());
        };
        let mut polygons = Vec::new();
        let mut empty = 0;
        for part in parts {
            let polygon = match part.type_() {
                GeometryType::Polygon | GeometryType::Triangle | GeometryType::Unknown => {
                    self.polygon(part)?
                }
                GeometryType::CurvePolygon => self.straight_polygon(part)?,
                other => return Err(unsupported(other)),
            };
            match polygon {
                Some(polygon) => polygons.push(polygon),
                None => empty += 1,
            }
        }
        self.without_empty(empty, polygons.is_empty());
        Ok(polygons)
    }

    /// A polygon of a type that may have arcs, if it has none.
    fn straight_polygon(&mut self, table: Table<'_>) -> Result<Option<Polygon<f64>>, Fault> {
        let mut rings = Rings::default();
        for ring in self.straight_lines(table)? {
            rings.push(ring.0);
        }
        self.joined(rings)
    }

    /// Lines of a type that may have arcs, if it has none.
    fn straight_lines(&mut self, table: Table<'_>) -> Result<Vec<LineString<f64>>, Fault> {
        let mut lines = Vec::new();
        for part in table.parts().into_iter().flatten() {
            match part.type_() {
                GeometryType::LineString => lines.push(LineString(self.all(part)?)),
                other => return Err(unsupported(other)),
            }
        }
        Ok(lines)
    }

    fn collection(&mut self, table: Table<'_>, depth: u32) -> Result<Option<GeometryCollection<f64>>, Fault> {
        if depth > self.limits.depth {
            let reason = format!("collections nest deeper than {} levels", self.limits.depth);
            return Err(Fault::new(0, NoteKind::TooDeep, reason));
        }
        let mut found = Vec::new();
        for part in table.parts().into_iter().flatten() {
            match self.geometry(part, part.type_(), depth + 1)? {
                Some(geometry) => found.push(geometry),
                None => {
                    self.draft.remarks.say(NoteKind::EmptyPart, 1, "a part without geometry was left out");
                }
            }
        }
        let remarks = &mut self.draft.remarks;
        let message =
            format!("a collection of geometries ({}): polygons in it count, all else is kept", found.len());
        remarks.say(NoteKind::GeometryCollection, 1, message);
        if found.is_empty() {
            remarks.say(NoteKind::EmptyGeometry, 1, "a collection of nothing: taken as no geometry");
        }
        Ok((!found.is_empty()).then_some(GeometryCollection(found)))
    }

    fn without_empty(&mut self, empty: u64, nothing_else: bool) {
        if !nothing_else {
            let message = "empty parts of the geometry were left out";
            self.draft.remarks.say_if(empty, NoteKind::EmptyPart, message);
        }
    }
}

fn unsupported(kind: GeometryType) -> Fault {
    let name = kind.variant_name().map_or_else(|| format!("number {}", kind.0), str::to_owned);
    let reason = format!(
        "a geometry of type {name} is not read; make it straight and flat first (GDAL: ogr2ogr -nlt CONVERT_TO_LINEAR)"
    );
    Fault::new(0, NoteKind::UnsupportedGeometry, reason)
}
