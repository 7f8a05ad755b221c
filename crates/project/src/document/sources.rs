//! What a path is: a source that the worker reads, perhaps inside an archive, or one that `formats` reads by itself.

use std::cell::Cell;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use formats::worker::{Worker, WorkerLimits};
use formats::{
    CSV_BEGINNING, FOREIGN_BEGINNING, Foreign, ForeignSource, Outcome, Sink, Watch, is_coordinate_csv,
};
use spatial::Crs;
use tempfile::TempDir;
use walkdir::WalkDir;

use super::list::{self, ListFile};
use super::{Reading, plain, reading, staging, total_bytes, unpack};
use crate::ProjectError;

/// The bytes that every ZIP archive with something in it begins with.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// What ends the names of archives that are documents of kinds that are not read, which is told of them.
const OTHER_DOCUMENTS: [&str; 3] = ["ods", "odt", "docx"];
/// Names of what `formats` reads by itself.
const OWN: [&str; 7] = ["geojson", "json", "geojsonl", "geojsons", "geojsonseq", "ndjson", "fgb"];

/// Who reads a source.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// The worker.
    Foreign(Foreign),
    /// `formats`, as a coordinate list.
    List(ListFile),
}

/// A source that is not just a file to read.
pub(super) struct Source {
    path: PathBuf,
    /// How it is read; none for a plain file of `formats`.
    kind: Option<Kind>,
    /// What was unpacked goes when it has been read.
    _unpacked: Option<TempDir>,
}

/// The source of a path; none for what is a plain file of `formats`.
pub(super) fn of(path: &Path, reading: &Reading<'_>) -> Result<Option<Source>, ProjectError> {
    let open = |source| ProjectError::Open { path: path.to_owned(), source };
    let (kind, beginning) = told(path).map_err(open)?;
    let kind = in_encoding(kind, &beginning, reading);
    if kind.is_some() {
        return Ok(Some(Source { path: path.to_owned(), kind, _unpacked: None }));
    }
    if !is_archive(path, &beginning) {
        return Ok(None);
    }
    let refused = |reason: String| ProjectError::Archive { path: path.to_owned(), reason };
    let folder = tempfile::tempdir().map_err(open)?;
    unpack::unpack(path, folder.path(), &reading.sources).map_err(refused)?;
    let mut found = inside(folder.path());
    match (found.pop(), found.is_empty()) {
        (Some((path, kind)), true) => {
            let kind = told(&path).map_or(kind, |(kind, beginning)| in_encoding(kind, &beginning, reading));
            Ok(Some(Source { path, kind, _unpacked: Some(folder) }))
        }
        (None, _) => Err(refused(
            "the archive holds no map data that is read: look what is in it, and give that".to_owned(),
        )),
        (Some(last), false) => {
            let name = |(path, _): &(PathBuf, Option<Kind>)| {
                path.strip_prefix(folder.path()).unwrap_or(path).display().to_string()
            };
            let names: Vec<String> = found.iter().take(20).chain([&last]).map(name).collect();
            Err(refused(format!(
                "the archive holds several sources ({}): unpack it and name one",
                names.join(", ")
            )))
        }
    }
}

/// The headings of a list may be read only in the encoding that the person names.
fn in_encoding(kind: Option<Kind>, beginning: &[u8], reading: &Reading<'_>) -> Option<Kind> {
    match kind {
        Some(Kind::Foreign(Foreign::Csv)) if is_coordinate_csv(beginning, reading.encoding) => {
            Some(Kind::List(ListFile::Csv))
        }
        kind => kind,
    }
}

/// Whether a file that begins so is an archive to unpack.
pub(crate) fn is_archive(path: &Path, beginning: &[u8]) -> bool {
    let extension = extension(path);
    beginning.starts_with(ARCHIVE)
        && !OTHER_DOCUMENTS.contains(&extension.as_str())
        && !list::is_workbook(path, &extension)
}

/// How a path is read where it is no plain file of `formats`, and the beginning of the file.
pub(crate) fn told(path: &Path) -> std::io::Result<(Option<Kind>, Vec<u8>)> {
    let extension = extension(path);
    if path.is_dir() {
        let database = (extension == "gdb").then_some(Kind::Foreign(Foreign::FileGeodatabase));
        return Ok((database, Vec::new()));
    }
    // Reading a pipe would take from it what is to be read later.
    if !std::fs::metadata(path)?.is_file() {
        return Ok((None, Vec::new()));
    }
    let mut beginning = Vec::new();
    File::open(path)?.take(CSV_BEGINNING.max(FOREIGN_BEGINNING) as u64).read_to_end(&mut beginning)?;
    let first = beginning.get(..FOREIGN_BEGINNING).unwrap_or(&beginning);
    let kind = match Foreign::of_beginning(first, &extension) {
        Some(Foreign::Csv) if is_coordinate_csv(&beginning, None) => Some(Kind::List(ListFile::Csv)),
        Some(format) => Some(Kind::Foreign(format)),
        None if beginning.starts_with(ARCHIVE) && list::is_workbook(path, &extension) => {
            Some(Kind::List(ListFile::Workbook))
        }
        None => None,
    };
    Ok((kind, beginning))
}

/// Every source below a folder, in the order of their names.
pub(crate) fn inside(folder: &Path) -> Vec<(PathBuf, Option<Kind>)> {
    let mut found = Vec::new();
    let mut walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let Ok(entry) = entry else { continue };
        let kind = told(entry.path()).ok().and_then(|(kind, _)| kind);
        let own = OWN.contains(&extension(entry.path()).as_str()) && entry.file_type().is_file();
        if kind.is_some() || own {
            found.push((entry.path().to_owned(), kind));
        }
        if entry.file_type().is_dir() && kind.is_some() {
            walk.skip_current_dir();
        }
    }
    found
}

/// The end of a name, in small letters.
pub(crate) fn extension(path: &Path) -> String {
    path.extension().map(OsStr::to_string_lossy).unwrap_or_default().to_ascii_lowercase()
}

impl Source {
    /// Reads it; errors name `shown`, which the person has given.
    pub(super) fn read(
        &self,
        shown: &Path,
        reading: &Reading<'_>,
    ) -> Result<formats::Document, ProjectError> {
        let Some(kind) = self.kind else { return plain(&self.path, reading) };
        let mut features = Vec::new();
        let mut sink = reading.sink(&mut features);
        let read = self.stream(kind, shown, reading, &mut sink);
        drop(sink);
        Ok(reading::document(read?, features))
    }

    /// The source in a folder of its own.
    fn staged(
        &self,
        format: Foreign,
        shown: &Path,
        reading: &Reading<'_>,
    ) -> Result<staging::Staged, ProjectError> {
        let staged = staging::stage(&self.path, format, reading.limits.bytes, &reading.sources);
        staged.map_err(|source| ProjectError::Staging { path: shown.to_owned(), source })
    }

    /// The CRS that the layer to be read declares, where the worker reads it and says that before its features.
    fn declared_crs(&self, shown: &Path, reading: &Reading<'_>) -> Result<Option<Crs>, ProjectError> {
        let Some(Kind::Foreign(format)) = self.kind else { return Ok(None) };
        let open = |source| ProjectError::Open { path: shown.to_owned(), source };
        let staged = self.staged(format, shown, reading)?;
        let worker = worker(reading.sources.worker.for_bytes(staged.bytes)).map_err(open)?;
        let source = ForeignSource { given: reading.encoding, ..staged.source(format, reading.layer) };
        let layers = formats::foreign_layers(&worker, &source, reading.cancelled);
        let layers = layers.map_err(|source| ProjectError::of_reading(shown, source))?;
        // As the worker chooses; where that cannot be told, reading it will say why.
        let several = layers.len() > 1;
        let mut chosen = layers.into_iter().filter(|layer| match reading.layer {
            Some(name) => layer.name == name,
            None => !several || layer.features != Some(0),
        });
        match (chosen.next(), chosen.next()) {
            (Some(layer), None) => Ok(layer.crs.and_then(Result::ok)),
            _ => Ok(None),
        }
    }

    /// Reads it feature by feature: a list here, everything else through the worker.
    fn stream<'s>(
        &self,
        kind: Kind,
        shown: &Path,
        reading: &'s Reading<'_>,
        sink: &'s mut Sink<'s>,
    ) -> Result<Outcome, ProjectError> {
        let failed = |source| ProjectError::of_reading(shown, source);
        let format = match kind {
            Kind::List(file) => return list::each(&self.path, file, reading, sink).map_err(failed),
            Kind::Foreign(format) => format,
        };
        let open = |source| ProjectError::Open { path: shown.to_owned(), source };
        let staged = self.staged(format, shown, reading)?;
        let worker = worker(reading.sources.worker.for_bytes(staged.bytes)).map_err(open)?;
        let source = ForeignSource { given: reading.encoding, ..staged.source(format, reading.layer) };
        let share = Share::of(shown, reading);
        let progress = |met, all| share.tell(met, all);
        let watch = Watch { progress: &progress, cancelled: reading.cancelled };
        let read = formats::read_foreign(&worker, &source, reading.limits, reading.crs, watch, sink);
        read.map_err(failed)
    }
}

/// How far a reading is that counts features, told in the bytes of its file, as for every other file.
struct Share<'a> {
    bytes: usize,
    told: Cell<usize>,
    reading: &'a Reading<'a>,
}

impl<'a> Share<'a> {
    fn of(path: &Path, reading: &'a Reading<'a>) -> Self {
        Self { bytes: total_bytes([path]), told: Cell::new(0), reading }
    }

    fn tell(&self, met: u64, all: u64) {
        let share = self.bytes as u128 * u128::from(met) / u128::from(all.max(1));
        let done = usize::try_from(share).unwrap_or(self.bytes);
        (self.reading.told)(done.saturating_sub(self.told.replace(done)));
    }
}

/// Reads a path of any format, feature by feature.
pub(crate) fn each<'s>(
    path: &Path,
    reading: &'s Reading<'_>,
    sink: &'s mut Sink<'s>,
) -> Result<Outcome, ProjectError> {
    let source = of(path, reading)?;
    if let Some((source, kind)) = source.as_ref().and_then(|source| Some((source, source.kind?))) {
        return source.stream(kind, path, reading, sink);
    }
    let inside = source.as_ref().map_or(path, |source| &source.path);
    let (input, text) = super::open(inside, reading.told)?;
    let read = formats::read(input, text, reading.limits, reading.crs, sink);
    read.map_err(|source| ProjectError::of_reading(path, source))
}

/// The CRS that a path declares, where that is said before its features; its reading may say another, or why it cannot be used.
pub(crate) fn declared_crs(path: &Path, reading: &Reading<'_>) -> Result<Option<Crs>, ProjectError> {
    of(path, reading)?.map_or(Ok(None), |source| source.declared_crs(path, reading))
}

/// The worker that belongs to this program.
pub(crate) fn worker(limits: WorkerLimits) -> std::io::Result<Worker> {
    Ok(Worker::new(Worker::beside(&std::env::current_exe()?), limits))
}
