//! What an import did, for the person who asked and for scripts.

use std::path::PathBuf;

use formats::Notes;
use planning::{Role, Text, Visibility};
use serde::Serialize;
use serde_json::{Value, json};

use crate::ProblemSummary;

/// Where the role of a collection comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "from", content = "reason")]
pub enum RoleSource {
    /// The person named it.
    Given,
    /// The file says it in its member `ranh`.
    File,
    /// The file looks like a kind that is known, for this reason.
    Guessed(String),
}

/// Where the CRS of a collection comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CrsSource {
    /// The person named it.
    Given,
    /// The file names it.
    File,
    /// Nobody names it, and nothing prescribes one: that of the province which the features name, else longitude and
    /// latitude. GEO-07 reports it.
    Assumed,
    /// Nobody names it: longitude and latitude, as RFC 7946 has it.
    Default,
}

/// What came of one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileReport {
    /// The file.
    pub path: PathBuf,
    /// Features taken from it.
    pub features: usize,
    /// Features of it that could not be read; each has a note.
    pub skipped: u64,
    /// Position in the collection of the feature at the file's position 0.
    pub first_position: u64,
    /// What there is to say of the reading; positions are the file's own.
    pub notes: Notes,
    /// What is wrong with geometries; positions are the file's own. The check reports them as findings.
    pub problems: ProblemSummary,
}

impl FileReport {
    /// The notes as they are kept in the store, with the file's name.
    pub(super) fn as_notes(&self) -> Vec<Value> {
        let file = super::file_name(&self.path);
        self.notes.list.iter().map(|note| json!({ "file": file, "note": note })).collect()
    }
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportReport {
    /// Id of the collection.
    pub collection: String,
    /// Its role.
    pub role: Role,
    /// Where the role comes from.
    pub role_source: RoleSource,
    /// Who may see it.
    pub visibility: Visibility,
    /// Its title.
    pub title: Text,
    /// The CRS of its coordinates.
    pub crs: String,
    /// Where the CRS comes from.
    pub crs_source: CrsSource,
    /// The revision that the import made.
    pub revision: u64,
    /// Features in the collection.
    pub features: usize,
    /// Where what was given overruled what a file says, and other things to know.
    pub remarks: Vec<Text>,
    /// File by file.
    pub files: Vec<FileReport>,
}
