//! Reading a file of any format that `formats` knows, by itself or through the GDAL worker.

mod kml;
pub(crate) mod list;
mod reading;
pub(crate) mod sources;
pub(crate) mod staging;
pub(crate) mod unpack;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use formats::{Header, Limits, NoteKind, Notes, OpenRing, Text};
use spatial::{Crs, Layer};

use crate::{ProjectError, coordinates};
pub(crate) use sources::{declared_crs, each};

pub(crate) use reading::Reading;
pub use reading::SourceLimits;
pub use staging::StagingError;

/// Ends of names that mean one feature a line; everything else shows itself by its first bytes, whatever its name.
const SEQUENCES: [&str; 5] = ["geojsonl", "geojsons", "geojsonseq", "jsonl", "ndjson"];

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub path: PathBuf,
    /// Its features. `layer.crs` is the CRS given, else the one that the file names, else CRS84 (RFC 7946).
    pub layer: Layer,
    /// The members around the features; `header.crs` is what the file itself says.
    pub header: Header,
    /// Whether nothing names a CRS and none is prescribed for that case, so that one was assumed.
    pub crs_assumed: bool,
    /// Rings that were not closed as written.
    pub open_rings: Vec<OpenRing>,
    /// What a person should know of the reading.
    pub notes: Notes,
}

/// Reads GeoJSON, GeoJSONSeq, FlatGeobuf and coordinate lists (XLSX, CSV), other formats through the worker `ranh-gdal` beside this program, and archives with
/// one source in them. `crs` is the CRS of the coordinates, where the file does not say it or says it wrong.
/// # Errors
/// [`ProjectError::Open`], [`ProjectError::Read`], or [`ProjectError::Coordinates`] when the coordinates cannot be
/// what they are said to be: swapped axes, metres without a CRS, degrees under a projected one.
pub fn read_document(path: &Path, limits: &Limits, crs: Option<&Crs>) -> Result<Document, ProjectError> {
    read_document_as(path, &Reading { crs, ..Reading::new(limits) })
}

/// As [`read_document`], in a way of reading.
pub(crate) fn read_document_as(path: &Path, reading: &Reading<'_>) -> Result<Document, ProjectError> {
    let owned = || path.to_owned();
    let read = match sources::of(path, reading)? {
        Some(source) => source.read(path, reading)?,
        None => plain(path, reading)?,
    };
    if let Some(doubt) = coordinates::doubt(&read.layer) {
        return Err(ProjectError::Coordinates { path: owned(), found: doubt.found, advice: doubt.advice });
    }
    let formats::Document { layer, header, crs_assumed, open_rings, notes } = read;
    Ok(Document { path: owned(), layer, header, crs_assumed, open_rings, notes })
}

/// Reads what `formats` reads by itself.
fn plain(path: &Path, reading: &Reading<'_>) -> Result<formats::Document, ProjectError> {
    let (input, text) = open(path, reading.told)?;
    let mut features = Vec::new();
    let read = formats::read(input, text, reading.limits, reading.crs, &mut reading.sink(&mut features));
    let mut outcome = read.map_err(|source| ProjectError::of_reading(path, source))?;
    if reading.encoding.is_some_and(|encoding| !encoding.is_utf8()) {
        outcome.notes.add(
            NoteKind::Encoding,
            1,
            "the format is always UTF-8: the encoding named was not used",
        );
    }
    Ok(reading::document(outcome, features))
}

/// Opens a file; `told` is called with the bytes of each read. What its name says of it comes along.
pub(crate) fn open<'a>(
    path: &Path,
    told: &'a dyn Fn(usize),
) -> Result<(Telling<'a, File>, Text), ProjectError> {
    let input = File::open(path).map_err(|source| ProjectError::Open { path: path.to_owned(), source })?;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let sequence = extension.is_some_and(|extension| SEQUENCES.contains(&extension.as_str()));
    let text = if sequence { Text::Sequence } else { Text::Any };
    Ok((Telling { inner: input, told }, text))
}

/// Bytes to read in all the files; a file that cannot be looked at counts nothing, and fails when it is opened.
pub(crate) fn total_bytes<'a>(paths: impl IntoIterator<Item = &'a Path>) -> usize {
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |facts| facts.len());
    usize::try_from(paths.into_iter().map(length).sum::<u64>()).unwrap_or(usize::MAX)
}

/// A reader that tells how much was read.
pub(crate) struct Telling<'a, R> {
    inner: R,
    told: &'a dyn Fn(usize),
}

impl<R: Read> Read for Telling<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        (self.told)(count);
        Ok(count)
    }
}
