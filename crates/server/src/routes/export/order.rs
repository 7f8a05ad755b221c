//! What a collection is to become, and how that is written.

use std::io::{self, Write};

use axum::http::StatusCode;
use planning::{Collection, Language, Text};
use project::{
    ArchiveRequest, ExportFormat, Exported, FILE_FORMATS, FileFormat, Foreign, HandedOn, LevelCodes, Made,
    ProjectError, Workbook, WorkerLimits,
};
use report::ReportError;
use spatial::Crs;

use crate::problem::Problem;

/// What a collection becomes.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Format(ExportFormat),
    Book(Workbook),
}

/// The form of a word.
pub(super) fn form(name: &str) -> Result<Form, Problem> {
    let of = |format: &FileFormat| format.export.map(Form::Format).or(format.workbook.map(Form::Book));
    FileFormat::named(name).and_then(of).ok_or_else(|| {
        let known = FILE_FORMATS.iter().filter(|format| of(format).is_some()).map(|format| format.name);
        Problem::bad(format!("\"format\" must be one of {}.", known.collect::<Vec<_>>().join(", ")))
    })
}

impl Form {
    pub(super) fn check_crs(self, crs: &Crs) -> Result<(), Problem> {
        let checked = match self {
            Self::Format(format) => format.check_crs(crs).map_err(|error| error.to_string()),
            Self::Book(book) if book.is_in_metres() && crs.is_geographic() => {
                Err(ReportError::NotMetres { crs: crs.name().to_owned() }.to_string())
            }
            Self::Book(_) => Ok(()),
        };
        checked.map_err(|error| Problem::bad(format!("\"crs\": {error}.")))
    }

    /// Whether it comes in an archive: several files do, and so does what has to have metadata beside it.
    pub(super) fn is_archive(self, metadata: bool) -> bool {
        match self {
            Self::Format(format) => metadata || !format.is_single_file(),
            // A workbook has a sheet of them.
            Self::Book(book) => metadata && !book.has_metadata(),
        }
    }
}

/// What is to be written.
pub(super) struct Order {
    pub(super) collection: Collection,
    /// The revision that brought it.
    pub(super) revision: u64,
    pub(super) form: Form,
    pub(super) crs: Crs,
    pub(super) language: Language,
    pub(super) archive: bool,
    /// Levels and colours for the codes of a drawing.
    pub(super) codes: Option<LevelCodes>,
    pub(super) worker: WorkerLimits,
}

/// What is ready to be sent.
pub(super) enum Ready {
    /// Files that were made.
    Made(Made),
    /// A table.
    Bytes(Vec<u8>),
    /// What is written while it is sent.
    Written(ExportFormat),
}

impl Order {
    pub(super) fn media_type(&self) -> &'static str {
        match self.form {
            _ if self.archive => "application/zip",
            Form::Book(Workbook::CoordinateTable) => "text/csv; charset=utf-8",
            Form::Book(_) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Form::Format(ExportFormat::GeoJson) => "application/geo+json",
            Form::Format(ExportFormat::GeoJsonSeq) => "application/geo+json-seq",
            Form::Format(ExportFormat::FlatGeobuf) => "application/flatgeobuf",
            Form::Format(ExportFormat::Csv) => "text/csv; charset=utf-8",
            Form::Format(ExportFormat::Foreign(Foreign::GeoPackage)) => "application/geopackage+sqlite3",
            Form::Format(ExportFormat::Foreign(Foreign::Kml)) => "application/vnd.google-earth.kml+xml",
            Form::Format(ExportFormat::Foreign(Foreign::Kmz)) => "application/vnd.google-earth.kmz",
            Form::Format(ExportFormat::Foreign(_)) => "application/octet-stream",
        }
    }

    /// How the name of what is sent ends.
    pub(super) fn ending(&self) -> String {
        let ending = match self.form {
            Form::Book(book) => book.ending(),
            Form::Format(format) => format.ending(),
        };
        if self.archive { format!("{ending}.zip") } else { ending.to_owned() }
    }

    /// Makes what has to be whole before it is sent; its notes, where they are known by then.
    pub(super) fn ready(&self) -> Result<(Ready, Option<Vec<Text>>), Failed> {
        let Self { collection, crs, language, worker, .. } = self;
        // When the revision was made is the store's to know.
        let revision = (self.revision, "");
        let codes = self.codes.as_ref();
        let made = |(exported, made): (Exported, Made)| (Ready::Made(made), Some(exported.texts(crs)));
        Ok(match self.form {
            Form::Format(format) if self.archive => {
                let (language, worker) = (*language, *worker);
                let request = ArchiveRequest { format, crs, revision, language, worker, codes };
                made(project::export_archive(collection, &request)?)
            }
            Form::Format(ExportFormat::Foreign(format)) => {
                made(project::export_made(collection, format, crs, (*worker, codes))?)
            }
            Form::Format(format) => (Ready::Written(format), None),
            Form::Book(book) => {
                let handed = project::hand_on_collection(collection, revision, crs)?;
                let bytes = self.book(book, &handed)?;
                (Ready::Bytes(bytes), Some(handed.exported.texts(crs)))
            }
        })
    }

    /// Writes it all; what a person should know of it.
    pub(super) fn send(&self, ready: Ready, out: &mut impl Write) -> Result<Exported, Failed> {
        let exported = match ready {
            Ready::Made(made) => {
                made.stream(out)?;
                Exported::default()
            }
            Ready::Bytes(bytes) => {
                out.write_all(&bytes)?;
                Exported::default()
            }
            Ready::Written(format) => {
                project::export_features(&self.collection, format, &self.crs, self.worker, &mut *out)?
            }
        };
        out.flush()?;
        Ok(exported)
    }

    /// A table, in an archive where it is to have metadata beside it.
    fn book(&self, book: Workbook, handed: &HandedOn) -> Result<Vec<u8>, Failed> {
        let bytes = self.table(book, handed)?;
        if !self.archive {
            return Ok(bytes);
        }
        let (name, mut archive) = ((self.collection.info.id.as_str(), book.ending()), Vec::new());
        project::write_described(name, &bytes, &handed.metadata, self.language, &mut archive)?;
        Ok(archive)
    }

    fn table(&self, book: Workbook, HandedOn { layer, metadata, .. }: &HandedOn) -> Result<Vec<u8>, Failed> {
        let (language, mut bytes) = (self.language, Vec::new());
        match book {
            Workbook::Table => report::write_table(&layer.features, metadata, language, &mut bytes)?,
            Workbook::Coordinates => {
                report::write_coordinate_lists(layer, metadata, language, &mut bytes)?;
            }
            Workbook::CoordinateTable => {
                let (_, rows) = report::coordinate_table(layer, language)?;
                bytes.extend_from_slice(MARK.as_bytes());
                project::write_rows_csv(&rows, language, &mut bytes)?;
            }
        }
        Ok(bytes)
    }
}

/// Without a byte order mark, Excel takes UTF-8 for the machine's old code page.
const MARK: &str = "\u{feff}";

/// Why it could not be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failed {
    #[error(transparent)]
    Project(#[from] ProjectError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Why nothing could be written.
pub(super) fn refused(error: Failed) -> Problem {
    match error {
        Failed::Project(error @ ProjectError::Write(_)) => {
            Problem::of_text(StatusCode::UNPROCESSABLE_ENTITY, &error.text())
        }
        Failed::Project(other) => other.into(),
        Failed::Report(error @ (ReportError::NotMetres { .. } | ReportError::TooManyZones { .. })) => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
        }
        other => Problem::broken(&other),
    }
}
