//! A collection in an archive, with a file beside it that says what the data are. That file is a plain text: readers of archives
//! look for data in tables, and would take one for such.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use formats::worker::WorkerLimits;
use planning::{Collection, Language, Metadata};
use spatial::Crs;

use super::collection::foreign;
use super::foreign::Place;
use super::handed::metadata;
use super::made::Made;
use super::{ExportFormat, Exported, export_features};
use crate::ProjectError;

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
}

/// Writes a ZIP archive of a collection in any format and of its metadata.
/// # Errors
/// As [`export_features`](super::export_features).
pub fn export_archive(
    collection: &Collection,
    request: &ArchiveRequest<'_>,
    out: &mut impl Write,
) -> Result<Exported, ProjectError> {
    let ArchiveRequest { format, crs, revision, language, worker } = *request;
    let id = collection.info.id.as_str();
    let (exported, made) = match format {
        ExportFormat::Foreign(format) => {
            foreign(collection, format, crs, &Place { worker, layer: id, ..Place::of(id, None) })?
        }
        format => {
            let made = Made::new(None, &[], true)?;
            let path = made.folder().join(format!("{id}.{}", format.ending()));
            let mut file = BufWriter::new(File::create(path)?);
            let exported = export_features(collection, format, crs, worker, &mut file)?;
            file.flush()?;
            (exported, made)
        }
    };
    describe(made.folder(), id, &metadata(collection, revision, crs)?, language)?;
    // An archive goes back and forth; what it is streamed to may not.
    let mut archive = tempfile::tempfile()?;
    made.zip(&mut archive)?;
    archive.rewind()?;
    io::copy(&mut archive, out)?;
    Ok(exported)
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
    describe(made.folder(), stem, metadata, language)?;
    Ok(made.stream(out)?)
}

/// Puts the metadata beside files that were made.
pub(super) fn describe(
    folder: &Path,
    stem: &str,
    metadata: &Metadata,
    language: Language,
) -> Result<(), ProjectError> {
    let lines = metadata
        .lines
        .iter()
        .map(|line| format!("{}: {}\r\n", line.name.in_language(language), line.value.in_language(language)));
    // Marks the text as UTF-8 for programs that else spoil Vietnamese letters.
    let text: String = std::iter::once("\u{feff}".to_owned()).chain(lines).collect();
    Ok(fs::write(folder.join(format!("{stem}.{ENDING}")), text)?)
}
