//! What a file that was made of another says of itself: what that one says, or its name and day, with the CRS, counts and a hash.

use std::ffi::OsStr;
use std::path::Path;

use formats::Outcome;
use jiff::{Timestamp, Unit};
use planning::{CollectionInfo, DataFacts, Metadata, Origin, Role, Text};
use spatial::Crs;

use super::ConvertRequest;
use crate::export::{Tallied, quoted, without_place};
use crate::{ProjectError, WriteNote, write_note_text};

/// The member in which a file says what it is.
const MEMBER: &str = "ranh";

/// What is told of what was written in a CRS.
pub(super) fn metadata(
    request: &ConvertRequest<'_>,
    outcome: &Outcome,
    crs: &Crs,
    tallied: &Tallied,
    notes: Vec<Text>,
) -> Result<Metadata, ProjectError> {
    let info = info(request, outcome);
    let name = match &request.layer {
        Some(layer) => format!("{} ({layer})", file_name(&request.file)),
        None => file_name(&request.file),
    };
    let at = changed_at(&request.file);
    let command = command(request, crs);
    let Tallied { features, positions, sha256 } = tallied;
    let facts = DataFacts {
        info: &info,
        crs,
        features: *features,
        positions: *positions,
        origin: Origin::File { name: &name, at: &at },
        sha256,
        command: &command,
    };
    Ok(Metadata::of(&facts)?.noted(notes)?)
}

/// What a person should know of what was read and written.
pub(super) fn notes(outcome: &Outcome, without: u64, crs: &Crs, written: &[WriteNote]) -> Vec<Text> {
    let skipped = outcome.met - outcome.delivered;
    let skipped = (skipped > 0).then(|| Text {
        vi: format!("{skipped} đối tượng của tệp gốc không đọc được: đã bỏ"),
        en: format!("{skipped} features of the original file could not be read: left out"),
    });
    let before = skipped.into_iter().chain(without_place(without, crs));
    before.chain(written.iter().map(write_note_text)).collect()
}

/// What the file says of itself; else its name.
fn info(request: &ConvertRequest<'_>, outcome: &Outcome) -> CollectionInfo {
    let own = outcome.header.foreign.get(MEMBER);
    let own = own.and_then(|member| serde_json::from_value::<CollectionInfo>(member.clone()).ok());
    let stem = || request.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let title = || Text::same(outcome.header.name.clone().unwrap_or_else(stem));
    // What it is for is not told, so that it need not be known.
    let info = own.unwrap_or_else(|| CollectionInfo::new("", Role::Constraint, title()));
    // One that was named is no longer assumed.
    let crs_assumed = outcome.crs_assumed || (info.crs_assumed && request.crs.is_none());
    CollectionInfo { crs_assumed, ..info }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// When a file was last changed; empty where the system does not say it.
fn changed_at(path: &Path) -> String {
    let changed = std::fs::metadata(path).and_then(|facts| facts.modified()).ok();
    let changed = changed.and_then(|time| Timestamp::try_from(time).ok());
    let whole = changed.and_then(|time| time.round(Unit::Second).ok());
    whole.map(|time| time.to_string()).unwrap_or_default()
}

/// The command that writes what the hash is of.
fn command(request: &ConvertRequest<'_>, crs: &Crs) -> String {
    let mut words = vec!["ranh convert".to_owned(), quoted(&file_name(&request.file))];
    let mut option = |name: &str, value: &str| words.extend([format!("--{name}"), quoted(value)]);
    if let Some(layer) = &request.layer {
        option("layer", layer);
    }
    if let Some(given) = &request.crs {
        option("crs", given.name());
    }
    if let Some(encoding) = request.encoding {
        option("encoding", encoding.name());
    }
    option("to", crs.name());
    option("format", "geojsonseq");
    let stem = request.file.file_stem().map_or_else(|| "out".into(), OsStr::to_string_lossy);
    option("out", &format!("{stem}.geojsonseq"));
    words.join(" ")
}
