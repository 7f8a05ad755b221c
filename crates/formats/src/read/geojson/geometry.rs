//! Geometry objects, straight into `geo_types`.

use geo_types::{Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point};

use super::coordinates::{open, parts, polygon, position, positions};
use crate::NoteKind;
use crate::json::{Cursor, Fault, ValueReader};
use crate::read::draft::Draft;

/// The seven types of geometry.
#[derive(Clone, Copy)]
enum Kind {
    Point,
    MultiPoint,
    LineString,
    MultiLineString,
    Polygon,
    MultiPolygon,
    Collection,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Point" => Self::Point,
            "MultiPoint" => Self::MultiPoint,
            "LineString" => Self::LineString,
            "MultiLineString" => Self::MultiLineString,
            "Polygon" => Self::Polygon,
            "MultiPolygon" => Self::MultiPolygon,
            "GeometryCollection" => Self::Collection,
            _ => return None,
        })
    }

    /// The member that holds what a geometry of this type is made of.
    fn member(self) -> &'static str {
        if matches!(self, Self::Collection) { "geometries" } else { "coordinates" }
    }
}

/// Whether a name is that of a geometry type.
pub(crate) fn is_geometry_type(name: &str) -> bool {
    Kind::named(name).is_some()
}

/// Reads the geometry object or null that is next. `None` for null; for empty coordinates too, with a remark.
pub(crate) fn geometry(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Option<Geometry<f64>>, Fault> {
    if cursor.literal("null") {
        return Ok(None);
    }
    if cursor.peek() != Some(b'{') {
        let reason = "the geometry should be an object ({…}) or null";
        return Err(Fault::new(cursor.offset(), NoteKind::BadGeometry, reason));
    }
    let start = cursor.offset();
    let bad = |reason: String| Fault::new(start, NoteKind::BadGeometry, reason);
    let mut kind: Option<Kind> = None;
    // What was read already, and where it stands when its type was not known yet.
    let mut read = None;
    let mut held: Option<(String, Cursor<'_>)> = None;
    let mut members = cursor.object("a geometry")?;
    while let Some(key) = cursor.next_key(&mut members)? {
        match (key.as_ref(), kind) {
            ("type", _) => kind = Some(geometry_type(cursor)?),
            (member, Some(kind)) if member == kind.member() => read = Some(contents(cursor, kind, draft)?),
            ("coordinates" | "geometries", None) => {
                held = Some((key.into_owned(), cursor.clone()));
                cursor.skip()?;
            }
            ("crs", _) => draft.crs = Some(ValueReader::default().value(cursor)?),
            ("bbox", _) => cursor.skip()?,
            (other, _) => {
                draft.remarks.left_out.push(other.into());
                cursor.skip()?;
            }
        }
    }
    let kind = kind.ok_or_else(|| bad("the geometry has no \"type\"".into()))?;
    match (read, held) {
        (Some(geometry), _) => Ok(geometry),
        (None, Some((member, mut there))) if member == kind.member() => contents(&mut there, kind, draft),
        _ => Err(bad(format!("the geometry has no \"{}\", which its type asks for", kind.member()))),
    }
}

fn geometry_type(cursor: &mut Cursor<'_>) -> Result<Kind, Fault> {
    let offset = cursor.offset();
    if cursor.peek() != Some(b'"') {
        return Err(Fault::new(offset, NoteKind::BadGeometry, "the geometry's \"type\" should be a text"));
    }
    let name = cursor.string()?;
    Kind::named(&name).ok_or_else(|| {
        let shown: String = name.chars().take(40).collect();
        let reason = format!("\"{shown}\" is not a type of geometry that GeoJSON has (capitals matter)");
        Fault::new(offset, NoteKind::BadGeometry, reason)
    })
}

/// Reads the coordinates, or the parts of a collection, that are next.
fn contents(cursor: &mut Cursor<'_>, kind: Kind, draft: &mut Draft) -> Result<Option<Geometry<f64>>, Fault> {
    let geometry: Option<Geometry<f64>> = match kind {
        Kind::Point => position(cursor, draft)?.map(|at| Point(at).into()),
        Kind::MultiPoint => {
            let points: Vec<_> = positions(cursor, draft)?.into_iter().map(Point).collect();
            (!points.is_empty()).then(|| MultiPoint(points).into())
        }
        Kind::LineString => line(cursor, draft)?.map(Into::into),
        Kind::MultiLineString => {
            let lines = parts(cursor, draft, line)?;
            (!lines.is_empty()).then(|| MultiLineString(lines).into())
        }
        Kind::Polygon => polygon(cursor, draft)?.map(Into::into),
        Kind::MultiPolygon => {
            let polygons = parts(cursor, draft, polygon)?;
            (!polygons.is_empty()).then(|| MultiPolygon(polygons).into())
        }
        Kind::Collection => return collection(cursor, draft),
    };
    if geometry.is_none() {
        draft.remarks.say(NoteKind::EmptyGeometry, 1, "empty coordinates: taken as no geometry");
    }
    Ok(geometry)
}

fn line(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Option<LineString<f64>>, Fault> {
    let line = positions(cursor, draft)?;
    if line.len() == 1 {
        draft.remarks.say(NoteKind::TooFewPositions, 1, "a line of one position; it needs two");
    }
    Ok((!line.is_empty()).then_some(LineString(line)))
}

fn collection(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Option<Geometry<f64>>, Fault> {
    let mut elements = open(cursor, "the list of geometries")?;
    let mut found = Vec::new();
    while cursor.next_element(&mut elements)? {
        match geometry(cursor, draft)? {
            Some(geometry) => found.push(geometry),
            None => draft.remarks.say(NoteKind::EmptyPart, 1, "a part without geometry was left out"),
        }
    }
    let message =
        format!("a collection of geometries ({}): polygons in it count, all else is kept", found.len());
    draft.remarks.say(NoteKind::GeometryCollection, 1, message);
    if found.is_empty() {
        draft.remarks.say(NoteKind::EmptyGeometry, 1, "a collection of nothing: taken as no geometry");
        return Ok(None);
    }
    Ok(Some(Geometry::GeometryCollection(GeometryCollection(found))))
}
