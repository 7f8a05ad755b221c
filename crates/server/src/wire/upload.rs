//! Uploads, what is in them, and what became of them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use project::{FoundLayer, FoundSource, ImportReport, RoleSource, Upload};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Link, Text, role_name};

const JSON: &str = "application/json";
/// Most notes and remarks of an import that are told one by one.
const MOST_NOTES: usize = 200;

/// A file that was uploaded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UploadDocument {
    /// Identifier.
    pub id: String,
    /// Name of the file.
    pub name: String,
    /// Its size, bytes.
    pub bytes: u64,
    /// When it is given up.
    pub expires: String,
    /// What is in it: what can be imported, and what cannot with the reason.
    pub sources: Vec<UploadSource>,
    /// Links to this document and to the process that imports.
    pub links: Vec<Link>,
}

/// A file of an upload.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UploadSource {
    /// Its path in the upload.
    pub path: String,
    /// Its format; null for what cannot be imported.
    pub format: Option<String>,
    /// Its layers.
    pub layers: Vec<UploadLayer>,
    /// Why it cannot be imported, and what to do.
    pub problem: Option<Text>,
}

/// A layer of a file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UploadLayer {
    /// Its name, where the format has names of layers.
    pub name: Option<String>,
    /// How many features it has, where that is known.
    pub features: Option<u64>,
    /// Names of fields.
    pub fields: Vec<String>,
    /// The CRS that it declares or that its format prescribes; null where it has to be named.
    pub crs: Option<String>,
    /// Why its coordinates are doubted.
    pub doubt: Option<Text>,
    /// The encoding that it declares or that its format prescribes; null where nothing says it.
    pub encoding: Option<String>,
    /// Id that its collection would have.
    pub collection: Option<String>,
    /// Title that its collection would have.
    pub title: Option<Text>,
    /// What it is for, where that can be told.
    pub role: Option<String>,
    /// Why that role.
    pub role_reason: Option<String>,
    /// Of a drawing: its levels and colours, those with most features first, for the input `codes` of the import.
    pub levels: Vec<DrawnLevel>,
    /// Its first polygons, to be seen before anything is imported.
    pub preview: UploadPreview,
}

/// Polygons in the numbers of their file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UploadPreview {
    /// Rings of each polygon, x (east, longitude) first; the first is the shell, the others are holes.
    pub polygons: Vec<Vec<Vec<[f64; 2]>>>,
    /// Whether they are all that the layer has.
    pub whole: bool,
}

/// Features of a drawing on one level and of one colour.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DrawnLevel {
    /// The level.
    pub level: Option<String>,
    /// The colour: DGN's number, or `#rrggbb`.
    pub colour: Option<String>,
    /// How many features.
    pub features: u64,
}

impl UploadDocument {
    /// Of an upload.
    pub(crate) fn of(upload: &Upload) -> Self {
        let left = SignedDuration::try_from(upload.left()).unwrap_or_default();
        let expires = Timestamp::now().saturating_add(left).unwrap_or(Timestamp::MAX);
        let own = format!("/uploads/{}", upload.id);
        Self {
            id: upload.id.clone(),
            name: upload.name.clone(),
            bytes: upload.bytes,
            expires: expires.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            sources: upload.sources.iter().map(UploadSource::from).collect(),
            links: vec![
                Link::new(own, "self", JSON, "This document"),
                Link::new("/processes/import", "related", JSON, "The process that imports it"),
            ],
        }
    }
}

impl From<&FoundSource> for UploadSource {
    fn from(found: &FoundSource) -> Self {
        let FoundSource { path, format, layers, problem } = found.clone();
        let problem = problem.as_ref().map(Text::from);
        Self { path, format, layers: layers.into_iter().map(UploadLayer::from).collect(), problem }
    }
}

impl From<FoundLayer> for UploadLayer {
    fn from(found: FoundLayer) -> Self {
        let FoundLayer { name, features, fields, crs, doubt, encoding, collection, title, role, .. } = found;
        let level = |found: project::DrawnLevel| {
            let project::DrawnLevel { level, colour, features } = found;
            DrawnLevel { level, colour, features }
        };
        Self {
            name,
            features,
            fields,
            crs,
            doubt: doubt.as_ref().map(Text::from),
            encoding,
            collection,
            title: title.as_ref().map(Text::from),
            role: role.map(|role| role_name(role).to_owned()),
            role_reason: found.role_reason,
            levels: found.levels.into_iter().map(level).collect(),
            preview: UploadPreview { polygons: found.preview.polygons, whole: found.preview.whole },
        }
    }
}

/// What an import did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportResult {
    /// Id of the collection.
    pub collection: String,
    /// Its title.
    pub title: Text,
    /// Its role.
    pub role: String,
    /// Where the role comes from: `given`, `file` or `guessed`.
    pub role_from: String,
    /// Why it was guessed.
    pub role_reason: Option<String>,
    /// `public` or `internal`.
    pub visibility: String,
    /// The CRS of its coordinates.
    pub crs: String,
    /// Where the CRS comes from: `given`, `file`, `default` (longitude and latitude, as RFC 7946 has it) or `assumed`.
    pub crs_from: String,
    /// The revision that the import made.
    pub revision: u64,
    /// Features in the collection.
    pub features: usize,
    /// Features that could not be read.
    pub skipped: u64,
    /// Features with an invalid geometry.
    pub invalid: usize,
    /// Features without geometry.
    pub without_geometry: usize,
    /// How many features have a problem of each kind.
    pub problems: BTreeMap<String, usize>,
    /// Where what was given overruled what the file says, and other things to know.
    pub remarks: Vec<Text>,
    /// What there is to say of the reading: the first of it.
    pub notes: Vec<Text>,
    /// How many notes there are.
    pub notes_total: u64,
}

impl ImportResult {
    /// Of a report.
    pub(crate) fn of(report: ImportReport) -> Self {
        let word = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
        };
        let (role_from, role_reason) = match report.role_source {
            RoleSource::Given => ("given", None),
            RoleSource::File => ("file", None),
            RoleSource::Guessed(reason) => ("guessed", Some(reason)),
        };
        let mut problems = BTreeMap::new();
        for (kind, features) in report.files.iter().flat_map(|file| &file.problems.by_kind) {
            *problems.entry(word(serde_json::to_value(kind))).or_default() += features;
        }
        let files = || report.files.iter();
        let notes = files().flat_map(|file| &file.notes.list);
        Self {
            role: role_name(report.role).to_owned(),
            role_from: role_from.to_owned(),
            role_reason,
            visibility: word(serde_json::to_value(report.visibility)),
            crs_from: word(serde_json::to_value(report.crs_source)),
            revision: report.revision,
            features: report.features,
            skipped: files().map(|file| file.skipped).sum(),
            invalid: files().map(|file| file.problems.invalid).sum(),
            without_geometry: files().map(|file| file.problems.null).sum(),
            problems,
            notes: notes.clone().take(MOST_NOTES).map(|note| Text::from(&project::note_text(note))).collect(),
            notes_total: notes.count() as u64,
            remarks: report.remarks.iter().take(MOST_NOTES).map(Text::from).collect(),
            title: Text::from(&report.title),
            collection: report.collection,
            crs: report.crs,
        }
    }
}
