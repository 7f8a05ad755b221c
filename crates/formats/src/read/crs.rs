//! Which CRS the coordinates of a document are in.

use geo_types::Coord;
use spatial::Crs;

use super::intake::Intake;
use super::source::Place;
use crate::header::{Named, named_crs};
use crate::{Format, NoteKind, ReadError};

/// What a document says of its CRS, or why that cannot be used.
pub(crate) type Said = Result<Named, ReadError>;

/// Settles the CRS from what the document says and the features' own; one that the caller gave goes before both.
/// # Errors
/// [`ReadError`] when what is said names nothing usable, when the two disagree, or when no CRS is named and the
/// coordinates cannot be degrees.
pub(super) fn settle(
    said: Option<Said>,
    intake: &mut Intake<'_>,
    place: Place,
) -> Result<(Option<Crs>, Crs), ReadError> {
    if let Some(given) = intake.given_crs.take() {
        let named = said.and_then(Result::ok).filter(|named| !matches!(named, Named::Unknown(_)));
        let named = plain(named, intake, place);
        if let Some(other) = named.as_ref().filter(|named| !named.same_coordinates(&given)) {
            let message =
                format!("the document says {}; it was read in {}, as asked", other.name(), given.name());
            intake.note(NoteKind::CrsMember, place, message);
        }
        return Ok((named, given));
    }
    let whole = said.transpose()?;
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
            Some(at) => return Err(ReadError::NotDegrees { found: looks_like(at, intake.format) }),
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
        Named::Unknown(message) => {
            intake.note(NoteKind::CrsMember, place, message);
            None
        }
    }
}

fn looks_like(at: Coord<f64>, format: Format) -> String {
    let Coord { x, y } = at;
    if x.abs() <= 90.0 && y.abs() <= 180.0 {
        return format!("({x}, {y}) looks like latitude first: swap the two numbers of every position");
    }
    let advice = match format {
        Format::GeoJson => {
            "name the CRS in a member \"crs\", such as \
             {\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::9215\"}}"
        }
        Format::Foreign(_) | Format::CoordinateList => "name their CRS, such as EPSG:9215 for TM-3 107°15′",
        Format::FlatGeobuf => {
            "write the CRS into the file (QGIS: Set Layer CRS, then Export; GDAL: ogr2ogr -a_srs EPSG:9215 out.fgb \
             in.fgb)"
        }
    };
    format!("({x}, {y}) cannot be: {advice}")
}
