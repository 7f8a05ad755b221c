//! Which CRS the coordinates of a document are in.

use geo_types::Coord;
use serde_json::Value;
use spatial::Crs;

use super::intake::Intake;
use super::source::Place;
use crate::header::{Named, named_crs};
use crate::{NoteKind, ReadError};

/// Settles the CRS from the collection's member and the features' own; one that the caller gave goes before both.
/// # Errors
/// [`ReadError`] when a member names nothing usable, when the two disagree, or when no CRS is named and the
/// coordinates cannot be degrees.
pub(super) fn settle(
    member: Option<&Value>,
    intake: &mut Intake<'_>,
    place: Place,
) -> Result<(Option<Crs>, Crs), ReadError> {
    if let Some(given) = intake.given_crs.take() {
        let named = member.and_then(|member| named_crs(member).ok());
        let named = plain(named, intake, place);
        if let Some(other) = named.as_ref().filter(|named| !named.same_coordinates(&given)) {
            let message =
                format!("the document says {}; it was read in {}, as asked", other.name(), given.name());
            intake.note(NoteKind::CrsMember, place, message);
        }
        return Ok((named, given));
    }
    let whole = member.map(named_crs).transpose()?;
    let own = intake.feature_crs.as_ref().map(named_crs).transpose()?;
    let whole = plain(whole, intake, place);
    let named = match (whole, plain(own, intake, place)) {
        (Some(whole), Some(own)) if !whole.same_coordinates(&own) => {
            let found = format!("says {}, but features say {}", whole.name(), own.name());
            return Err(ReadError::CrsMember { found });
        }
        (Some(crs), _) | (None, Some(crs)) => Some(crs),
        (None, None) => None,
    };
    let crs = match &named {
        Some(crs) => crs.clone(),
        None => match intake.tally.nowhere_degrees() {
            Some(at) => return Err(ReadError::NotDegrees { found: looks_like(at) }),
            None => Crs::wgs84(),
        },
    };
    Ok((named, crs))
}

/// The CRS alone; what is unusual about it becomes a note.
fn plain(named: Option<Named>, intake: &mut Intake<'_>, place: Place) -> Option<Crs> {
    match named? {
        Named::Crs(crs) => Some(crs),
        Named::Unusual(crs, message) => {
            intake.note(NoteKind::CrsMember, place, message);
            Some(crs)
        }
        Named::Unknown => {
            let message = "the \"crs\" member is null: the coordinates were taken as longitude and latitude";
            intake.note(NoteKind::CrsMember, place, message);
            None
        }
    }
}

fn looks_like(at: Coord<f64>) -> String {
    let Coord { x, y } = at;
    if x.abs() <= 90.0 && y.abs() <= 180.0 {
        return format!("({x}, {y}) looks like latitude first: swap the two numbers of every position");
    }
    format!(
        "({x}, {y}) cannot be: name the CRS in a member \"crs\", such as \
         {{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::9215\"}}}}"
    )
}
