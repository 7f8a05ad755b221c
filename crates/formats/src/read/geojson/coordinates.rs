//! Coordinates: the nested lists of numbers.

use geo_types::{Coord, Polygon};

use crate::NoteKind;
use crate::json::{Cursor, Fault, Members};
use crate::read::draft::Draft;
use crate::read::rings::Rings;

/// Starts a list that holds positions or lists of them.
pub(super) fn open(cursor: &mut Cursor<'_>, what: &str) -> Result<Members, Fault> {
    match cursor.peek() {
        Some(b'[') => cursor.list(what),
        Some(b'0'..=b'9' | b'-' | b'+' | b'.') => {
            let reason =
                format!("a number where {what} should start: too few brackets for the geometry's type");
            Err(Fault::new(cursor.offset(), NoteKind::BadNesting, reason))
        }
        Some(b'{' | b'"' | b'n' | b't' | b'f') => {
            let reason = format!("{what} should be a list ([…])");
            Err(Fault::new(cursor.offset(), NoteKind::BadGeometry, reason))
        }
        _ => Err(cursor.unexpected(what)),
    }
}

/// Reads parts of one kind, leaving out the empty ones with a remark.
pub(super) fn parts<T>(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    part: impl Fn(&mut Cursor<'_>, &mut Draft) -> Result<Option<T>, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut elements = open(cursor, "the list of parts")?;
    let mut found = Vec::new();
    let mut empty = 0;
    while cursor.next_element(&mut elements)? {
        match part(cursor, draft)? {
            Some(part) => found.push(part),
            None => empty += 1,
        }
    }
    if !found.is_empty() {
        draft.remarks.say_if(empty, NoteKind::EmptyPart, "empty parts of the geometry were left out");
    }
    Ok(found)
}

/// Reads the rings of a polygon; `None` when it has none.
pub(super) fn polygon(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Option<Polygon<f64>>, Fault> {
    let start = cursor.offset();
    let mut elements = open(cursor, "the list of rings")?;
    let mut rings = Rings::default();
    while cursor.next_element(&mut elements)? {
        rings.push(positions(cursor, draft)?);
    }
    rings.polygon(&mut draft.remarks).map_err(|reason| Fault::new(start, NoteKind::BadGeometry, reason))
}

/// Reads a list of positions.
pub(super) fn positions(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Vec<Coord<f64>>, Fault> {
    let mut elements = open(cursor, "a list of positions")?;
    let mut found = Vec::new();
    while cursor.next_element(&mut elements)? {
        let offset = cursor.offset();
        let here = position(cursor, draft)?;
        found.push(here.ok_or_else(|| bad_position(offset, "an empty position; it needs two numbers"))?);
    }
    found.shrink_to_fit();
    Ok(found)
}

/// Reads one position; `None` for an empty list. Numbers after the second are left out and counted.
pub(super) fn position(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Option<Coord<f64>>, Fault> {
    let mut elements = open(cursor, "a position")?;
    if !cursor.next_element(&mut elements)? {
        return Ok(None);
    }
    let x = coordinate(cursor)?;
    if !cursor.next_element(&mut elements)? {
        return Err(bad_position(cursor.offset(), "a position of one number; it needs two"));
    }
    let y = coordinate(cursor)?;
    let mut extra = 0;
    while cursor.next_element(&mut elements)? {
        // Heights are often NaN or null where they are not known; they are not used anyway.
        cursor.skip()?;
        extra = 1;
    }
    draft.remarks.extra_dimensions += extra;
    draft.vertices += 1;
    let limit = cursor.limits().vertices;
    if draft.vertices > limit {
        let reason = format!("more than {limit} positions in one feature");
        return Err(Fault::new(cursor.offset(), NoteKind::TooManyVertices, reason));
    }
    Ok(Some(Coord { x, y }))
}

#[inline]
fn coordinate(cursor: &mut Cursor<'_>) -> Result<f64, Fault> {
    if !matches!(cursor.peek(), Some(b'0'..=b'9' | b'-')) {
        return Err(not_a_coordinate(cursor));
    }
    let offset = cursor.offset();
    let text = match cursor.number("a coordinate") {
        Ok(text) => text,
        Err(fault) if fault.kind == NoteKind::NotFinite => return Err(not_a_coordinate(cursor)),
        Err(fault) => return Err(fault),
    };
    // The standard library rounds to the nearest double, so that every bit is the writer's.
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(Fault::new(offset, NoteKind::NotFinite, format!("{text} is too large for a coordinate"))),
    }
}

#[cold]
fn not_a_coordinate(cursor: &mut Cursor<'_>) -> Fault {
    if let Some(found) = cursor.non_finite() {
        let reason = format!("{found} as a coordinate");
        return Fault::new(cursor.offset(), NoteKind::NotFinite, reason);
    }
    match cursor.peek() {
        Some(b'[') => {
            let reason =
                "a bracket where a coordinate should stand: too many brackets for the geometry's type";
            Fault::new(cursor.offset(), NoteKind::BadNesting, reason)
        }
        Some(b'"') => bad_position(cursor.offset(), "a coordinate in quotes: it should be a plain number"),
        Some(b'n' | b't' | b'f' | b'{') => bad_position(cursor.offset(), "a coordinate that is not a number"),
        _ => match cursor.number("a coordinate") {
            Err(fault) => fault,
            Ok(_) => cursor.unexpected("a coordinate"),
        },
    }
}

fn bad_position(offset: usize, reason: &str) -> Fault {
    Fault::new(offset, NoteKind::BadPosition, reason)
}
