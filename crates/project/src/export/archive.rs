//! A collection in an archive, with a file beside it that says what the data are. That file is a plain text: readers of archives
//! look for data in tables, and would take one for such.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use formats::worker::WorkerLimits;
use planning::{Collection, Language, Metadata};
use spatial::Crs;

use super::collection::{foreign, parts_of};
use super::foreign::Place;
use super::handed::metadata;
use super::made::{Made, parent};
use super::{ExportFormat, Exported};
use crate::file_formats::stem;
use crate::{LevelCodes, ProjectError};

/// How the name of the file with the metadata ends.
const ENDING: &str = "metadata.txt";

/// How an archive is made.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveRequest<'a> {
    /// The form of what is in it.
    pub format: ExportFormat,
    /// The CRS of what is in it.
    pub crs: &'a Crs,
    /// The revision that brought the collection, and when, as far as that is known (else empty).
    pub revision: (u64, &'a str),
    /// Language of the metadata.
    pub language: Language,
    /// Limits of the GDAL worker, where it is needed.
    pub worker: WorkerLimits,
    /// Levels and colours for the codes of a drawing.
    pub codes: Option<&'a LevelCodes>,
}

/// Makes what a ZIP archive of a collection in any format holds, its metadata with it.
/// # Errors
/// As [`export_features`](super::export_features).
pub fn export_archive(
    collection: &Collection,
    request: &ArchiveRequest<'_>,
) -> Result<(Exported, Made), ProjectError> {
    let ArchiveRequest { format, crs, revision, language, worker, codes } = *request;
    let id = collection.info.id.as_str();
    let place = Place { worker, codes, ..Place::of(id, None) };
    let (exported, made) = parts_of(collection, format, crs, &place)?;
    let metadata = metadata(collection, revision, crs, &exported)?;
    made.describe(&name(id), &metadata, language)?;
    Ok((exported, made))
}

/// Makes a collection in a format that the GDAL worker writes: one file, or several.
/// # Errors
/// As [`export_features`](super::export_features).
pub fn export_made(
    collection: &Collection,
    format: formats::Foreign,
    crs: &Crs,
    (worker, codes): (WorkerLimits, Option<&LevelCodes>),
) -> Result<(Exported, Made), ProjectError> {
    let place = Place { worker, codes, ..Place::of(&collection.info.id, None) };
    foreign(collection, format, crs, &place)
}

/// Writes a ZIP archive of a file that was made elsewhere and of its metadata.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_described(
    (stem, ending): (&str, &str),
    bytes: &[u8],
    metadata: &Metadata,
    language: Language,
    out: &mut impl Write,
) -> Result<(), ProjectError> {
    let made = Made::new(None, &[], true)?;
    fs::write(made.folder().join(format!("{stem}.{ending}")), bytes)?;
    made.describe(&name(stem), metadata, language)?;
    Ok(made.stream(out)?)
}

/// Where the metadata of what is written to a path stand: beside it, or, where it is an archive, in it under that name.
pub fn metadata_path(out: &Path) -> PathBuf {
    parent(out).join(name(&stem(out)))
}

fn name(stem: &str) -> String {
    format!("{stem}.{ENDING}")
}

impl Made {
    /// Puts the metadata beside what was made, under this name.
    /// # Errors
    /// What the system says.
    pub fn describe(&self, name: &str, metadata: &Metadata, language: Language) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(self.folder().join(name))?);
        metadata.write_text(language, &mut file)?;
        file.flush()
    }
}
