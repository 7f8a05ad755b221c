//! Putting files into a store.

mod describe;
mod guess;
mod level_codes;
mod merge;
mod metres;
mod open_rings;
mod report;
mod scribble;
mod zone_kind;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use formats::{Encoding, Limits};
use planning::{Role, Text, Visibility, ZoneKind};
use serde_json::Value;
use spatial::Crs;

use crate::document::{Reading, total_bytes};
use crate::{Document, ProblemSummary, Project, ProjectError, SourceLimits};
pub(crate) use describe::{foreseen, slug};
pub(crate) use level_codes::level_and_colour;
pub use level_codes::{LevelCode, LevelCodes, LevelCodesError, level_codes};
pub use report::{CrsSource, FileReport, ImportReport, RoleSource};

/// What a collection is for, as far as the person says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoleChoice {
    /// The file says it, or looks like a kind of file that is known.
    #[default]
    Auto,
    /// Given; what the file says of it is overruled, and that is reported.
    Given(Role),
}

/// Files to import as one collection, in place of the one of that name.
#[derive(Clone, Default)]
pub struct ImportRequest<'a> {
    /// The files, all in one CRS; their features follow each other.
    pub files: Vec<PathBuf>,
    /// Id of the collection; else what the first file says, else the first file's name.
    pub collection: Option<String>,
    /// Its title; else what the first file says, else its name.
    pub title: Option<Text>,
    /// Its role.
    pub role: RoleChoice,
    /// CRS of the coordinates, where the files do not say it or say it wrong.
    pub crs: Option<Crs>,
    /// Encoding of the texts, where the files do not declare it or declare it wrong.
    pub encoding: Option<Encoding>,
    /// Land-use codes for the levels and colours of drawings.
    pub codes: Option<LevelCodes>,
    /// The kind of zones that do not say theirs.
    pub zone_kind: Option<ZoneKind>,
    /// Of files with several layers the one to read.
    pub layer: Option<String>,
    /// Who may see it; else what the first file says, else everybody, but for collections of nothing but land of the
    /// internal codes.
    pub visibility: Option<Visibility>,
    /// Limits of reading.
    pub limits: Limits,
    /// Limits of archives and of the GDAL worker.
    pub sources: SourceLimits,
    /// Called with (bytes read, bytes in all).
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked while files are read: whether to stop. The store is unchanged then.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl ImportRequest<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancelled.is_some_and(|cancelled| cancelled())
    }
}

/// Imports into the store at `path`, which is created when it is not there. Nothing is created or changed when a file
/// cannot be used.
/// # Errors
/// As [`Project::import`].
pub fn import(path: &Path, request: &ImportRequest<'_>) -> Result<ImportReport, ProjectError> {
    // Whether the store can be used shows at once; the files may take a while.
    let existing = if path.exists() { Some(Project::open_or_create(path)?) } else { None };
    let ready = Ready::read(request)?;
    match existing {
        Some(project) => project.keep(ready),
        None => Project::open_or_create(path)?.keep(ready),
    }
}

impl Project {
    /// Imports files as one collection.
    /// # Errors
    /// [`ProjectError`] of reading, of telling the role, or of the store; the store is unchanged then.
    pub fn import(&self, request: &ImportRequest<'_>) -> Result<ImportReport, ProjectError> {
        let ready = Ready::read(request)?;
        if request.is_cancelled() {
            return Err(ProjectError::Cancelled);
        }
        self.keep(ready)
    }

    fn keep(&self, ready: Ready) -> Result<ImportReport, ProjectError> {
        let Ready { documents, problems, described, crs_source } = ready;
        let names: Vec<String> = documents.iter().map(|document| file_name(&document.path)).collect();
        let (layer, files) = merge::merge(documents, problems);
        let notes: Vec<Value> = files.iter().flat_map(FileReport::as_notes).collect();
        let source = names.join(", ");
        let revision = self.store().replace_collection(&described.info, &layer, Some(&source), &notes)?;
        Ok(ImportReport {
            collection: described.info.id.clone(),
            role: described.info.role,
            role_source: described.role_source,
            visibility: described.info.visibility,
            title: described.info.title,
            crs: layer.crs.name().to_owned(),
            crs_source,
            revision: revision.number,
            features: layer.features.len(),
            remarks: described.remarks,
            files,
        })
    }
}

/// Files that were read and understood, ready to be kept.
struct Ready {
    documents: Vec<Document>,
    /// What is wrong with the geometries of each.
    problems: Vec<ProblemSummary>,
    described: describe::Described,
    crs_source: CrsSource,
}

impl Ready {
    fn read(request: &ImportRequest<'_>) -> Result<Self, ProjectError> {
        let mut documents = read_all(request)?;
        documents.iter().try_for_each(scribble::refuse_repeated)?;
        documents.iter_mut().for_each(open_rings::mark);
        if let Some(codes) = &request.codes {
            documents.iter_mut().for_each(|document| codes.give(document));
        }
        if let Some(kind) = request.zone_kind {
            documents.iter_mut().for_each(|document| zone_kind::give(document, kind));
        }
        let first = documents.first().ok_or(ProjectError::NoFile)?;
        same_crs(first, &documents)?;
        let described = describe::describe(&documents, request)?;
        if request.zone_kind.is_some() && described.info.role != Role::Zone {
            return Err(ProjectError::KindWithoutZones);
        }
        store::check_collection_id(&described.info.id)?;
        let crs_source = match (&request.crs, &first.header.crs) {
            (Some(_), _) => CrsSource::Given,
            (None, Some(_)) => CrsSource::File,
            (None, None) if first.crs_assumed => CrsSource::Assumed,
            (None, None) => CrsSource::Default,
        };
        let problems = documents.iter().map(scribble::examine).collect::<Result<_, _>>()?;
        Ok(Self { documents, problems, described, crs_source })
    }
}

/// Reads every file, and tells how far it is.
fn read_all(request: &ImportRequest<'_>) -> Result<Vec<Document>, ProjectError> {
    let total = total_bytes(request.files.iter().map(PathBuf::as_path));
    let done = Cell::new(0);
    let told = |count: usize| {
        done.set(done.get() + count);
        if let Some(progress) = request.progress {
            progress(done.get(), total);
        }
    };
    let reading = Reading {
        encoding: request.encoding,
        sources: request.sources,
        crs: request.crs.as_ref(),
        layer: request.layer.as_deref(),
        told: &told,
        cancelled: &|| request.is_cancelled(),
        ..Reading::new(&request.limits)
    };
    let read = |path: &PathBuf| metres::read(path, &reading);
    request.files.iter().map(read).collect()
}

/// Several files become one collection only on one plane.
fn same_crs(first: &Document, documents: &[Document]) -> Result<(), ProjectError> {
    let name = |document: &Document| document.layer.crs.name().to_owned();
    match documents.iter().find(|document| !document.layer.crs.same_coordinates(&first.layer.crs)) {
        None => Ok(()),
        Some(other) => Err(ProjectError::MixedCrs {
            path: other.path.clone(),
            crs: name(other),
            other: first.path.clone(),
            other_crs: name(first),
        }),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
