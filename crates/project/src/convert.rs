//! One file into another form, feature by feature: what is in memory is one feature, and a few numbers for each where
//! the form has an index.

mod described;

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use formats::{
    Columns, Encoding, FlatGeobufWriter, Foreign, GeoJsonSeqWriter, GeoJsonWriter, Header, Limits, Notes,
    Outcome, Separator, Survey, WriteError, WriteNote, WriteOptions,
};
use planning::Metadata;
use spatial::crs::Transformation;
use spatial::{Crs, Feature, Layer};

use crate::document::{self, Reading, total_bytes};
use crate::export::foreign::{self, Place};
use crate::export::table::FeatureTable;
use crate::export::{Tally, flatgeobuf, parent, shape};
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
    /// Whether it is to be told what the data are.
    pub metadata: bool,
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
    /// What the files say of themselves, where that was asked for.
    pub metadata: Option<Metadata>,
}

/// Writes a file in another form. Coordinates keep their bits unless the CRS changes. A file is read twice where its
/// CRS must be known before its first feature is written, which only its end may tell.
/// # Errors
/// [`ProjectError::Open`], [`ProjectError::Read`], [`ProjectError::Crs`] when one CRS cannot be computed from the other,
/// or [`ProjectError::Write`]. What was written then is not whole.
pub fn convert(request: &ConvertRequest<'_>, mut out: impl Write) -> Result<Converted, ProjectError> {
    let source = Source::of(request)?;
    let mut notes = Vec::new();
    let read = match request.format {
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
    source.converted(read, notes)
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

/// Reads a file for a workbook, whose rows are put together in memory; what is told of it comes along.
/// # Errors
/// As [`convert`].
pub fn convert_layer(request: &ConvertRequest<'_>) -> Result<(Layer, Converted), ProjectError> {
    let request = &ConvertRequest { metadata: true, ..request.clone() };
    let source = Source::into_crs(request, request.to.clone(), 0)?;
    let mut features = Vec::new();
    let (outcome, without) = source.each(|feature| {
        features.push(feature.clone());
        Ok(())
    })?;
    let converted = source.converted((outcome, without, source.to.clone()), Vec::new())?;
    Ok((Layer { crs: converted.to.clone(), features }, converted))
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
    /// Times that the features are only looked at before they are written.
    looks: Cell<u8>,
    /// What was counted while they were written, where that is to be told.
    tally: RefCell<Option<Tally>>,
}

impl<'a> Source<'a> {
    fn of(request: &'a ConvertRequest<'a>) -> Result<Self, ProjectError> {
        let (in_degrees, looks) = match request.format {
            ExportFormat::GeoJson | ExportFormat::GeoJsonSeq => (true, 0),
            ExportFormat::Foreign(format) => (format.is_only_wgs84(), 1),
            ExportFormat::FlatGeobuf => (false, 0),
            ExportFormat::Csv => (false, 1),
        };
        let to = request.to.clone().or_else(|| in_degrees.then(Crs::wgs84));
        if let Some(target) = &to {
            request.format.check_crs(target)?;
        }
        Self::into_crs(request, to, looks)
    }

    fn into_crs(request: &'a ConvertRequest<'a>, to: Option<Crs>, looks: u8) -> Result<Self, ProjectError> {
        let (looks, tally) = (Cell::new(looks), RefCell::new(None));
        // What is told of the data names their CRS, and so does each record of what is hashed.
        if to.is_none() && !request.metadata {
            return Ok(Self { request, to, way: None, options: WriteOptions::default(), looks, tally });
        }
        let from = crs_of(request)?;
        let target = to.unwrap_or_else(|| from.clone());
        let stays = from.same_coordinates(&target);
        let way = if stays { None } else { Some(Transformation::new(&from, &target)?) };
        let options = shape::options(&from, &target);
        Ok(Self { request, to: Some(target), way, options, looks, tally })
    }

    /// What was done, with what is to be told of it.
    fn converted(&self, read: Read, written: Vec<WriteNote>) -> Result<Converted, ProjectError> {
        let (outcome, without_geometry, to) = read;
        let to = to.unwrap_or_else(|| outcome.crs.clone());
        let metadata = match self.tally.take() {
            Some(tally) => {
                let notes = described::notes(&outcome, without_geometry, &to, &written);
                Some(described::metadata(self.request, &outcome, &to, &tally.finish()?, notes)?)
            }
            None => None,
        };
        let Outcome { crs, crs_assumed, met, delivered, notes, .. } = outcome;
        Ok(Converted {
            features: delivered,
            skipped: met - delivered,
            without_geometry,
            to,
            from: crs,
            crs_assumed,
            notes,
            written,
            metadata,
        })
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
        let mut tally = self.tally()?;
        let mut sink = |mut feature: Feature| {
            if let Some(way) = &self.way {
                let moved = feature.geometry.as_ref().and_then(|geometry| way.geometry(geometry));
                without += u64::from(moved.is_none() && feature.geometry.is_some());
                feature.geometry = moved;
            }
            let counted = tally.as_mut().map_or(Ok(()), |tally| tally.feature(&feature));
            match counted.and_then(|()| write(&feature)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        let read = read(self.request, &mut sink);
        self.tally.replace(tally);
        match failed {
            Some(error) => Err(error.into()),
            None => Ok((read?, without)),
        }
    }

    /// What counts the features that come now; none where they are only looked at, or nothing is to be told.
    fn tally(&self) -> Result<Option<Tally>, WriteError> {
        let looks = self.looks.get();
        self.looks.set(looks.saturating_sub(1));
        let target = self.to.as_ref().filter(|_| looks == 0 && self.request.metadata);
        target.map(|crs| Tally::begin(crs, self.options.clone())).transpose()
    }

    /// Writes through the worker.
    fn foreign(&self, format: Foreign, place: &Place<'_>) -> Result<(Converted, Made), ProjectError> {
        let crs = |(outcome, _): &(Outcome, u64)| self.to.clone().unwrap_or_else(|| outcome.crs.clone());
        let ((outcome, without), written, made) = foreign::made(format, place, crs, |take| self.each(take))?;
        let converted = self.converted((outcome, without, self.to.clone()), written.notes)?;
        Ok((converted, made))
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

/// The CRS of the file: the one given, or the one that its layer declares, which GDAL tells without reading features; else
/// what reading all of it says.
fn crs_of(request: &ConvertRequest<'_>) -> Result<Crs, ProjectError> {
    if let Some(crs) = &request.crs {
        return Ok(crs.clone());
    }
    match document::declared_crs(&request.file, &reading(request, &|_| ()))? {
        Some(crs) => Ok(crs),
        None => Ok(read(request, &mut |_| ControlFlow::Continue(()))?.crs),
    }
}

fn reading<'r>(request: &'r ConvertRequest<'_>, told: &'r dyn Fn(usize)) -> Reading<'r> {
    Reading {
        encoding: request.encoding,
        sources: request.sources,
        crs: request.crs.as_ref(),
        layer: request.layer.as_deref(),
        told,
        ..Reading::new(&request.limits)
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
    let reading = reading(request, &told);
    document::each(path, &reading, &mut |feature| sink(feature))
}
