//! Feature objects.

use std::borrow::Cow;

use serde_json::Number;
use spatial::FeatureId;

use super::geometry::{geometry, is_geometry_type};
use crate::NoteKind;
use crate::json::{Cursor, Fault, ValueReader};
use crate::read::draft::Draft;

/// What a bare object of a document or of a sequence turned out to be.
pub(crate) enum Object<'a> {
    Feature,
    Geometry,
    /// Neither; its `type`, if it has one.
    Other(Option<Cow<'a, str>>),
}

/// Looks at the `type` of the object that the text starts with.
pub(crate) fn object_type<'a>(cursor: &mut Cursor<'a>) -> Result<Object<'a>, Fault> {
    let mut members = cursor.object("an object ({…})")?;
    let mut found = None;
    while let Some(key) = cursor.next_key(&mut members)? {
        if key == "type" && cursor.peek() == Some(b'"') {
            found = Some(cursor.string()?);
        } else {
            cursor.skip()?;
        }
    }
    Ok(match found.as_deref() {
        Some("Feature") => Object::Feature,
        Some(name) if is_geometry_type(name) => Object::Geometry,
        _ => Object::Other(found),
    })
}

/// Reads the feature that is next into the draft.
pub(crate) fn feature(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<(), Fault> {
    let start = cursor.offset();
    if cursor.peek() != Some(b'{') {
        return Err(not_an_object(cursor));
    }
    let mut seen = Seen::default();
    let mut values = ValueReader::default();
    let mut type_name = None;
    let mut members = cursor.object("a feature")?;
    while let Some(key) = cursor.next_key(&mut members)? {
        match key.as_ref() {
            "type" if cursor.peek() == Some(b'"') => type_name = Some(cursor.string()?),
            "geometry" => {
                // A second one replaces the first, so it starts counting anew.
                draft.vertices = 0;
                draft.geometry = geometry(cursor, draft)?;
            }
            "properties" => properties(cursor, draft, &mut values)?,
            "id" => id(cursor, draft, &mut values)?,
            "crs" => draft.crs = Some(values.value(cursor)?),
            "bbox" | "type" => cursor.skip()?,
            other => {
                draft.remarks.left_out.push(other.into());
                cursor.skip()?;
            }
        }
        seen.note(&key, &mut values);
    }
    if type_name.as_deref() != Some("Feature") {
        return Err(wrong_type(start, type_name.as_deref(), &seen));
    }
    if draft.geometry.is_none() && !draft.remarks.single.iter().any(|r| r.kind == NoteKind::EmptyGeometry) {
        let message = if seen.geometry { "the geometry is null" } else { "the feature has no \"geometry\"" };
        draft.remarks.say(NoteKind::NullGeometry, 1, message);
    }
    finish(cursor, draft, &values);
    Ok(())
}

/// Moves what the readers counted into the draft's remarks.
fn finish(cursor: &Cursor<'_>, draft: &mut Draft, values: &ValueReader) {
    let remarks = &mut draft.remarks;
    remarks.normalised += values.normalised;
    remarks.non_finite += values.non_finite;
    remarks.control_characters += cursor.control_characters;
    remarks.duplicates(&values.duplicates);
}

/// Which members a feature has had so far.
#[derive(Default)]
struct Seen {
    geometry: bool,
    properties: bool,
    id: bool,
    type_name: bool,
    attributes: bool,
}

impl Seen {
    fn note(&mut self, key: &str, values: &mut ValueReader) {
        let flag = match key {
            "geometry" => &mut self.geometry,
            "properties" => &mut self.properties,
            "id" => &mut self.id,
            "type" => &mut self.type_name,
            "attributes" => &mut self.attributes,
            _ => return,
        };
        if std::mem::replace(flag, true) {
            values.duplicates.push(key.into());
        }
    }
}

fn properties(cursor: &mut Cursor<'_>, draft: &mut Draft, values: &mut ValueReader) -> Result<(), Fault> {
    draft.properties.clear();
    if cursor.peek() == Some(b'{') {
        draft.properties = values.object(cursor)?;
    } else if !cursor.literal("null") {
        cursor.skip()?;
        let message = "the properties should be an object ({…}) or null; they were left out";
        draft.remarks.say(NoteKind::BadProperties, 1, message);
    }
    Ok(())
}

fn id(cursor: &mut Cursor<'_>, draft: &mut Draft, values: &mut ValueReader) -> Result<(), Fault> {
    draft.id = None;
    match cursor.peek() {
        Some(b'"') => draft.id = Some(FeatureId::Text(values.text(cursor)?)),
        Some(b'0'..=b'9' | b'-') if cursor.non_finite().is_none() => {
            let offset = cursor.offset();
            let number: Result<Number, _> = cursor.number("an id")?.parse();
            let number = number.map_err(|error| Fault::syntax(offset, error.to_string()))?;
            draft.id = Some(FeatureId::Number(number));
        }
        _ => {
            cursor.skip()?;
            draft.remarks.say(NoteKind::BadId, 1, "the id is neither a text nor a number; it was left out");
        }
    }
    Ok(())
}

fn not_an_object(cursor: &mut Cursor<'_>) -> Fault {
    let found = match cursor.peek() {
        Some(b'[') => "a list",
        Some(b'"') => "a text",
        Some(b'0'..=b'9' | b'-') => "a number",
        _ if cursor.literal("null") => "null",
        _ if cursor.literal("true") || cursor.literal("false") => "true or false",
        _ => return cursor.unexpected("a feature"),
    };
    Fault::new(0, NoteKind::NotAnObject, format!("{found} stands where a feature ({{…}}) should"))
}

fn wrong_type(start: usize, found: Option<&str>, seen: &Seen) -> Fault {
    let reason = match found {
        Some("FeatureCollection") => {
            "a whole FeatureCollection stands where a feature should: give its features one by one".into()
        }
        Some(name) if is_geometry_type(name) => {
            format!("a bare {name} stands where a feature should: wrap it in a Feature")
        }
        Some(name) => {
            let shown: String = name.chars().take(40).collect();
            format!("the \"type\" is \"{shown}\", it should be \"Feature\" (capitals matter)")
        }
        None if seen.attributes => "this is Esri JSON, not GeoJSON: ask the service for f=geojson".into(),
        None => "the feature has no \"type\": it should be \"Feature\"".into(),
    };
    Fault::new(start, NoteKind::WrongType, reason)
}
