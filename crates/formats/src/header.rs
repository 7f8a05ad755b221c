//! What stands around the features of a collection.

use serde_json::{Map, Value};
use spatial::Crs;

use crate::ReadError;

/// The members of a collection other than its features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The layer's name: of GeoJSON the member `name`, which GDAL writes and reads as such.
    pub name: Option<String>,
    /// The CRS that the document names; `None` when it names none, which means WGS 84 longitude and latitude.
    pub crs: Option<Crs>,
    /// All other members (`ranh`, `links`, `timeStamp` …), unchanged, in the document's order; not `bbox`,
    /// which belongs to the features as they were. Of FlatGeobuf: `title`, `description` and the members of its
    /// metadata where these are a JSON object.
    pub foreign: Map<String, Value>,
}

/// What a `crs` member says.
pub(crate) enum Named {
    /// A CRS in the usual form.
    Crs(Crs),
    /// A CRS in a form that deserves a note.
    Unusual(Crs, String),
    /// The writer says that it does not know; the words for it.
    Unknown(&'static str),
}

/// Reads a `crs` member.
/// # Errors
/// [`ReadError::Crs`] for a name that Ranh does not know, [`ReadError::CrsMember`] when there is no name.
pub(crate) fn named_crs(member: &Value) -> Result<Named, ReadError> {
    let found = |found: &str| ReadError::CrsMember { found: found.into() };
    match member {
        Value::Null => Ok(Named::Unknown(
            "the \"crs\" member is null: the coordinates were taken as longitude and latitude",
        )),
        Value::String(name) => Ok(Named::Unusual(
            Crs::parse(name)?,
            "the \"crs\" member is plain text; its name was taken".into(),
        )),
        Value::Object(member) => {
            let properties = member.get("properties").and_then(Value::as_object);
            let text = |name: &str| properties.and_then(|map| map.get(name)).and_then(Value::as_str);
            match member.get("type").and_then(Value::as_str) {
                Some("name") => text("name")
                    .map_or_else(|| Err(found("has no name")), |name| Ok(Named::Crs(Crs::parse(name)?))),
                Some("link") => Err(found("is a link, and links are not followed")),
                Some("EPSG") => epsg_member(properties),
                _ => Err(found("has another type than \"name\"")),
            }
        }
        _ => Err(found("is neither an object nor null")),
    }
}

/// The form of drafts before 2008: `{"type":"EPSG","properties":{"code":4326}}`.
fn epsg_member(properties: Option<&Map<String, Value>>) -> Result<Named, ReadError> {
    let code = properties.and_then(|map| map.get("code")).and_then(Value::as_u64);
    let code = code.and_then(|code| u32::try_from(code).ok());
    let code = code.ok_or_else(|| ReadError::CrsMember { found: "has no EPSG code".into() })?;
    let note = "the \"crs\" member has the type \"EPSG\" of old drafts; its code was taken".into();
    Ok(Named::Unusual(Crs::from_epsg(code)?, note))
}
