//! One file into another form, feature by feature: what is in memory is one feature, and a few numbers for each where
//! the form has an index.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use formats::{
    Columns, Encoding, FlatGeobufWriter, Foreign, GeoJsonSeqWriter, GeoJsonWriter, Header, Limits, Notes,
    Outcome, Separator, Survey, WriteError, WriteNote, WriteOptions,
};
use spatial::crs::Transformation;
use spatial::{Crs, Feature};

use crate::document::{self, Reading, total_bytes};
use crate::export::foreign::{self, Place};
use crate::export::table::FeatureTable;
use crate::export::{flatgeobuf, parent, shape};
use crate::file_formats::stem;
use crate::{ExportFormat, LevelCodes, Made, ProjectError, SourceLimits};

/// By so many features the columns of a FlatGeobuf are chosen. Where a later one has no place in them, the file is read
/// once more.
const LOOKED_AT: usize = 64;

/// A file to convert.
#[derive(Clone)]
pub struct ConvertRequest<'a> {
    /// The file.
    pub file: PathBuf,
    /// The form to write.
    pub format: ExportFormat,
    /// CRS of the coordinates, where the file does not say it or says it wrong.
    pub crs: Option<Crs>,
    /// Encoding of the texts, where the file does not declare it or declares it wrong.
    pub encoding: Option<Encoding>,
    /// Of a file with several layers the one to read.
    pub layer: Option<String>,
    /// CRS to write; else CRS84 in GeoJSON (RFC 7946) and KML, and the file's own in every other format.
    pub to: Option<Crs>,
    /// Levels and colours for the codes of a drawing that is written.
    pub codes: Option<LevelCodes>,
    /// Limits of reading.
    pub limits: Limits,
    /// Limits of archives and of the GDAL worker, which writes within them, too.
    pub sources: SourceLimits,
    /// Called with (bytes read, bytes in all).
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
}

impl ConvertRequest<'_> {
    fn place<'p>(&'p self, stem: &'p str, inside: Option<&'p Path>) -> Place<'p> {
        Place { worker: self.sources.worker, codes: self.codes.as_ref(), ..Place::of(stem, inside) }
    }
}

/// What a conversion did.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// Features written.
    pub features: u64,
    /// Features that could not be read; the notes say why.
    pub skipped: u64,
    /// Features whose geometry cannot be expressed in the CRS written: they are written without one.
    pub without_geometry: u64,
    /// CRS of the file.
    pub from: Crs,
    /// Whether nothing names it and none is prescribed for that case.
    pub crs_assumed: bool,
    /// CRS written.
    pub to: Crs,
    /// What a person should know of the reading.
    pub notes: Notes,
    /// What the format written could not carry as it was.
    pub written: Vec<WriteNote>,
}

/// Writes a file in another form. Coordinates keep their bits unless the CRS changes. A file is read twice where its
/// CRS must be known before its first feature is written, which only its end may tell.
/// # Errors
/// [`ProjectError::Open`], [`ProjectError::Read`], [`ProjectError::Crs`] when one CRS cannot be computed from the other,
/// or [`ProjectError::Write`]. What was written then is not whole.
pub fn convert(request: &ConvertRequest<'_>, mut out: impl Write) -> Result<Converted, ProjectError> {
    let source = Source::of(request)?;
    let mut notes = Vec::new();
    let (outcome, without_geometry, to) = match request.format {
        ExportFormat::FlatGeobuf => source.flatgeobuf(&mut out)?,
        ExportFormat::Csv => source.table(&mut out, &mut notes)?,
        ExportFormat::Foreign(format) => {
            let stem = source.name().unwrap_or_default();
            let (converted, made) = source.foreign(format, &request.place(&stem, None))?;
            made.stream(&mut out)?;
            return Ok(converted);
        }
        ExportFormat::GeoJson => {
            let (header, options) = source.text_header();
            let mut writer = GeoJsonWriter::begin(out, &header, options)?;
            let read = source.each(|feature| writer.feature(feature))?;
            writer.finish()?;
            (read.0, read.1, header.crs)
        }
        ExportFormat::GeoJsonSeq => {
            let (header, options) = source.text_header();
            let mut writer = GeoJsonSeqWriter::begin(out, &header, options, Separator::RecordSeparator)?;
            let read = source.each(|feature| writer.feature(feature))?;
            writer.finish()?;
            (read.0, read.1, header.crs)
        }
    };
    Ok(converted(outcome, without_geometry, to, notes))
}

/// Writes a file as one or several of another format, in a folder of its own beside where they will stand, and with names
/// taken from that.
/// # Errors
/// As [`convert`].
pub fn convert_files(request: &ConvertRequest<'_>, out: &Path) -> Result<(Converted, Made), ProjectError> {
    let stem = stem(out);
    let inside = Some(parent(out));
    if let ExportFormat::Foreign(format) = request.format {
        let place = request.place(&stem, inside);
        return Source::of(request)?.foreign(format, &place);
    }
    let made = Made::new(inside, &[], true)?;
    let path = made.folder().join(format!("{stem}.{}", request.format.ending()));
    let mut file = BufWriter::new(File::create(path)?);
    let converted = convert(request, &mut file)?;
    file.flush()?;
    Ok((converted, made))
}

fn converted(outcome: Outcome, without_geometry: u64, to: Option<Crs>, written: Vec<WriteNote>) -> Converted {
    let Outcome { crs, crs_assumed, met, delivered, notes, .. } = outcome;
    Converted {
        features: delivered,
        skipped: met - delivered,
        without_geometry,
        to: to.unwrap_or_else(|| crs.clone()),
        from: crs,
        crs_assumed,
        notes,
        written,
    }
}

/// A file with what is known of it before it is read.
struct Source<'a> {
    request: &'a ConvertRequest<'a>,
    /// The CRS to write; `None` for that of the file, whatever it is.
    to: Option<Crs>,
    /// From the one to the other; `None` where coordinates stay as they are.
    way: Option<Transformation>,
    /// How texts are written.
    options: WriteOptions,
}

impl<'a> Source<'a> {
    fn of(request: &'a ConvertRequest<'a>) -> Result<Self, ProjectError> {
        let in_degrees = match request.format {
            ExportFormat::GeoJson | ExportFormat::GeoJsonSeq => true,
            ExportFormat::Foreign(format) => format.is_only_wgs84(),
            ExportFormat::FlatGeobuf | ExportFormat::Csv => false,
        };
        let to = request.to.clone().or_else(|| in_degrees.then(Crs::wgs84));
        let Some(target) = to.clone() else {
            return Ok(Self { request, to, way: None, options: WriteOptions::default() });
        };
        request.format.check_crs(&target)?;
        let from = match &request.crs {
            Some(crs) => crs.clone(),
            None => read(request, &mut |_| ControlFlow::Continue(()))?.crs,
        };
        let stays = from.same_coordinates(&target);
        let way = if stays { None } else { Some(Transformation::new(&from, &target)?) };
        Ok(Self { request, to, way, options: shape::options(&from, &target) })
    }

    fn name(&self) -> Option<String> {
        let stem = self.request.file.file_stem()?;
        Some(stem.to_string_lossy().into_owned())
    }

    /// What stands before the features of a text, and how they are written.
    fn text_header(&self) -> (Header, WriteOptions) {
        let to = self.to.clone().unwrap_or_else(Crs::wgs84);
        (Header { name: self.name(), crs: Some(to), ..Header::default() }, self.options.clone())
    }

    /// Hands every feature to `write`, in the CRS to be written; how many have no geometry there.
    fn each(
        &self,
        mut write: impl FnMut(&Feature) -> Result<(), WriteError>,
    ) -> Result<(Outcome, u64), ProjectError> {
        let (mut failed, mut without) = (None, 0);
        let mut sink = |mut feature: Feature| {
            if let Some(way) = &self.way {
                let moved = feature.geometry.as_ref().and_then(|geometry| way.geometry(geometry));
                without += u64::from(moved.is_none() && feature.geometry.is_some());
                feature.geometry = moved;
            }
            match write(&feature) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        let read = read(self.request, &mut sink);
        match failed {
            Some(error) => Err(error.into()),
            None => Ok((read?, without)),
        }
    }

    /// Writes through the worker.
    fn foreign(&self, format: Foreign, place: &Place<'_>) -> Result<(Converted, Made), ProjectError> {
        let crs = |(outcome, _): &(Outcome, u64)| self.to.clone().unwrap_or_else(|| outcome.crs.clone());
        let ((outcome, without), written, made) = foreign::made(format, place, crs, |take| self.each(take))?;
        Ok((converted(outcome, without, self.to.clone(), written.notes), made))
    }

    /// Writes CSV, whose head names columns that are known behind the features.
    fn table(&self, out: &mut impl Write, notes: &mut Vec<WriteNote>) -> Result<Read, ProjectError> {
        let mut survey = Survey::default();
        self.each(|feature| {
            survey.observe(feature);
            Ok(())
        })?;
        let mut table = FeatureTable::begin(out, &survey)?;
        let (outcome, without) = self.each(|feature| table.feature(feature))?;
        notes.extend(table.finish()?);
        let crs = self.to.clone().unwrap_or_else(|| outcome.crs.clone());
        notes.push(WriteNote::CrsNotNamed { crs: crs.name().to_owned() });
        Ok((outcome, without, Some(crs)))
    }

    /// Writes a FlatGeobuf, whose columns and CRS stand before the features and are known behind them.
    fn flatgeobuf(&self, out: &mut impl Write) -> Result<Read, ProjectError> {
        let mut columns = Columns::default();
        loop {
            let mut attempt = Attempt::new(columns, &mut *out);
            let (outcome, without) = self.each(|feature| attempt.feature(feature))?;
            if attempt.outgrown {
                columns = attempt.columns;
                continue;
            }
            let crs = self.to.clone().or_else(|| Some(outcome.crs.clone()));
            let header = Header { name: self.name(), crs: crs.clone(), ..Header::default() };
            attempt.finish(&header)?;
            return Ok((outcome, without, crs));
        }
    }
}

/// What was read, how many features have no geometry in the CRS written, and that CRS where it is known.
type Read = (Outcome, u64, Option<Crs>);

/// A FlatGeobuf under way whose columns may turn out to be too narrow.
struct Attempt<W: Write> {
    columns: Columns,
    outgrown: bool,
    /// Features by which the columns are chosen.
    first: Vec<Feature>,
    out: Option<W>,
    writer: Option<FlatGeobufWriter<W, File>>,
}

impl<W: Write> Attempt<W> {
    fn new(columns: Columns, out: W) -> Self {
        Self { columns, outgrown: false, first: Vec::new(), out: Some(out), writer: None }
    }

    fn feature(&mut self, feature: &Feature) -> Result<(), WriteError> {
        let grown = self.columns.observe(feature);
        if self.outgrown {
            return Ok(());
        }
        match &mut self.writer {
            Some(_) if grown => self.outgrown = true,
            Some(writer) => writer.feature(feature)?,
            None => {
                self.first.push(feature.clone());
                if self.first.len() >= LOOKED_AT {
                    self.begin()?;
                }
            }
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), WriteError> {
        let Some(out) = self.out.take() else { return Ok(()) };
        let mut writer = flatgeobuf::writer(out, &Header::default(), self.columns.clone())?;
        for feature in std::mem::take(&mut self.first) {
            writer.feature(&feature)?;
        }
        self.writer = Some(writer);
        Ok(())
    }

    fn finish(mut self, header: &Header) -> Result<(), WriteError> {
        self.begin()?;
        if let Some(mut writer) = self.writer {
            writer.describe(header)?;
            writer.finish()?;
        }
        Ok(())
    }
}

/// Reads the file from its beginning.
fn read(
    request: &ConvertRequest<'_>,
    sink: &mut dyn FnMut(Feature) -> ControlFlow<()>,
) -> Result<Outcome, ProjectError> {
    let (path, done): (&Path, _) = (&request.file, Cell::new(0));
    let total = total_bytes([path]);
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
        ..Reading::new(&request.limits)
    };
    document::each(path, &reading, &mut |feature| sink(feature))
}
