//! A collection as a file of any format.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use formats::worker::WorkerLimits;
use formats::{
    Columns, Foreign, GeoJsonSeqWriter, GeoJsonWriter, Header, Separator, Survey, WriteError, WriteNote,
};
use planning::{Collection, Metadata, Text};
use serde_json::{Map, Value};
use spatial::crs::Transformation;
use spatial::{Crs, Feature};
use store::{Snapshot, StoredCollection};

use super::foreign::Place;
use super::made::{self, Made};
use super::table::FeatureTable;
use super::{flatgeobuf, foreign, handed, shape};
use crate::error::listed;
use crate::file_formats::stem;
use crate::{LevelCodes, ProjectError, write_note_text};

/// Form of an exported file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportFormat {
    /// One GeoJSON document.
    #[default]
    GeoJson,
    /// One feature a record (RFC 8142).
    GeoJsonSeq,
    /// FlatGeobuf with its index, by way of a temporary file.
    FlatGeobuf,
    /// CSV with the geometry as well-known text.
    Csv,
    /// One that the worker writes.
    Foreign(Foreign),
}

impl ExportFormat {
    /// How a file's name ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonSeq => "geojsonseq",
            Self::FlatGeobuf => "fgb",
            Self::Csv => "csv",
            Self::Foreign(format) => format.ending(),
        }
    }

    /// Whether it is one file; else a group of files, or a folder.
    pub fn is_single_file(self) -> bool {
        if let Self::Foreign(format) = self { format.is_single_file() } else { true }
    }

    /// Whether a file of this format can name a CRS, asked before anything is written.
    /// # Errors
    /// [`ProjectError::Write`] with [`WriteError::CrsWithoutCode`] or [`WriteError::OnlyWgs84`] when it cannot.
    pub fn check_crs(self, crs: &Crs) -> Result<(), ProjectError> {
        match self {
            Self::Foreign(format) if format.is_only_wgs84() && !crs.same_coordinates(&Crs::wgs84()) => {
                let name = crs.name().to_owned();
                Err(WriteError::OnlyWgs84 { format, name }.into())
            }
            Self::GeoJson | Self::GeoJsonSeq | Self::Csv | Self::Foreign(_) => Ok(()),
            Self::FlatGeobuf => Ok(formats::flatgeobuf_code(Some(crs)).map(drop)?),
        }
    }
}

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported {
    /// Features written.
    pub features: usize,
    /// Features whose geometry cannot be expressed in the CRS asked for: written with a null geometry.
    pub without_geometry: Vec<String>,
    /// What the format could not carry as it was.
    pub notes: Vec<WriteNote>,
    /// What the files say of themselves, where that was asked for.
    pub metadata: Option<Metadata>,
}

impl Exported {
    /// What a person should know of what was written in a CRS, in both languages.
    pub fn texts(&self, crs: &Crs) -> Vec<Text> {
        let without = without_place(self.without_geometry.len() as u64, crs);
        without.into_iter().chain(self.notes.iter().map(write_note_text)).collect()
    }
}

/// That so many features have no place in a CRS; nothing where there are none.
pub(crate) fn without_place(features: u64, crs: &Crs) -> Option<Text> {
    let crs = crs.name();
    (features > 0).then(|| Text {
        vi: format!("{features} đối tượng không có vị trí trong {crs}: được ghi không có hình học"),
        en: format!("{features} features have no place in {crs}: written without geometry"),
    })
}

/// Writes a collection of a snapshot, feature by feature. In its own CRS, coordinates are written so that they read
/// back bit for bit; the document says of itself what it is, so that it can be imported again as it is.
/// # Errors
/// [`ProjectError::UnknownCollection`], or as [`export_features`].
pub fn export(
    snapshot: &Snapshot,
    id: &str,
    format: ExportFormat,
    crs: &Crs,
    out: impl Write,
) -> Result<Exported, ProjectError> {
    export_features(&stored(snapshot, id)?.collection, format, crs, WorkerLimits::default(), out)
}

/// The collection of an id.
pub(super) fn stored<'s>(snapshot: &'s Snapshot, id: &str) -> Result<&'s StoredCollection, ProjectError> {
    snapshot.collection(id).ok_or_else(|| ProjectError::UnknownCollection {
        id: id.to_owned(),
        known: listed(snapshot.collections.iter().map(|stored| stored.collection.info.id.as_str())),
    })
}

/// How files are made.
#[derive(Clone, Copy, Debug)]
pub struct FilesRequest<'a> {
    /// Their form.
    pub format: ExportFormat,
    /// Their CRS.
    pub crs: &'a Crs,
    /// Whether it is to be told what the data are.
    pub metadata: bool,
    /// Levels and colours for the codes of a drawing.
    pub codes: Option<&'a LevelCodes>,
    /// What the GDAL worker may use, where it is needed.
    pub worker: WorkerLimits,
}

/// Writes a collection of a snapshot into a folder of its own, which goes with what is returned: one file, or several that
/// belong together. `out` is where they will stand, if that is known: then their names are taken from it, and the folder is
/// beside it.
/// # Errors
/// As [`export`].
pub fn export_files(
    snapshot: &Snapshot,
    id: &str,
    request: &FilesRequest<'_>,
    out: Option<&Path>,
) -> Result<(Exported, Made), ProjectError> {
    let FilesRequest { format, crs, metadata, codes, worker } = *request;
    let kept = stored(snapshot, id)?;
    let stem = out.map_or_else(|| id.to_owned(), stem);
    let place = Place { stem: &stem, layer: id, inside: out.map(made::parent), worker, codes };
    let (mut exported, made) = parts_of(&kept.collection, format, crs, &place)?;
    if metadata {
        let revision = (kept.revision, kept.imported_at.as_str());
        exported.metadata = Some(handed::metadata(&kept.collection, revision, crs, &exported)?);
    }
    Ok((exported, made))
}

/// Makes the files of a collection in any format.
pub(super) fn parts_of(
    collection: &Collection,
    format: ExportFormat,
    crs: &Crs,
    place: &Place<'_>,
) -> Result<(Exported, Made), ProjectError> {
    if let ExportFormat::Foreign(format) = format {
        return foreign(collection, format, crs, place);
    }
    let made = Made::new(place.inside, &[], true)?;
    let path = made.folder().join(format!("{}.{}", place.stem, format.ending()));
    let mut file = BufWriter::new(File::create(path)?);
    let exported = export_features(collection, format, crs, place.worker, &mut file)?;
    file.flush()?;
    Ok((exported, made))
}

pub(super) fn foreign(
    collection: &Collection,
    format: Foreign,
    crs: &Crs,
    place: &Place<'_>,
) -> Result<(Exported, Made), ProjectError> {
    ExportFormat::Foreign(format).check_crs(crs)?;
    let (mut exported, written, made) =
        foreign::made(format, place, |_| crs.clone(), |take| each(collection, crs, take))?;
    exported.notes = written.notes;
    Ok((exported, made))
}

/// Writes a collection, feature by feature; of a format of several files a ZIP archive of them. `worker` limits the GDAL
/// worker, where it is needed.
/// # Errors
/// [`ProjectError::Crs`] when the CRS cannot be computed with, [`ProjectError::Write`] when the output fails.
pub fn export_features(
    collection: &Collection,
    format: ExportFormat,
    crs: &Crs,
    worker: WorkerLimits,
    mut out: impl Write,
) -> Result<Exported, ProjectError> {
    let header = header(collection, crs);
    let options = shape::options(&collection.layer.crs, crs);
    match format {
        ExportFormat::GeoJson => {
            let mut writer = GeoJsonWriter::begin(out, &header, options)?;
            let exported = each(collection, crs, |feature| writer.feature(feature))?;
            writer.finish()?;
            Ok(exported)
        }
        ExportFormat::GeoJsonSeq => {
            let mut writer = GeoJsonSeqWriter::begin(out, &header, options, Separator::RecordSeparator)?;
            let exported = each(collection, crs, |feature| writer.feature(feature))?;
            writer.finish()?;
            Ok(exported)
        }
        ExportFormat::FlatGeobuf => {
            let columns = Columns::of(&collection.layer.features);
            let mut writer = flatgeobuf::writer(out, &header, columns)?;
            let exported = each(collection, crs, |feature| writer.feature(feature))?;
            writer.finish()?;
            Ok(exported)
        }
        ExportFormat::Csv => {
            let survey = Survey::of(&collection.layer.features);
            let mut table = FeatureTable::begin(out, &survey)?;
            let mut exported = each(collection, crs, |feature| table.feature(feature))?;
            exported.notes.extend(table.finish()?);
            exported.notes.push(WriteNote::CrsNotNamed { crs: crs.name().to_owned() });
            Ok(exported)
        }
        ExportFormat::Foreign(format) => {
            let id = &collection.info.id;
            let place = Place { worker, ..Place::of(id, None) };
            let (exported, made) = foreign(collection, format, crs, &place)?;
            made.stream(&mut out)?;
            Ok(exported)
        }
    }
}

fn header(collection: &Collection, crs: &Crs) -> Header {
    let mut foreign = Map::new();
    if let Ok(info) = serde_json::to_value(&collection.info) {
        foreign.insert("ranh".to_owned(), info);
    }
    Header { name: Some(collection.info.id.clone()), crs: Some(crs.clone()), foreign }
}

/// Hands every feature to `write`, in the CRS asked for.
pub(super) fn each(
    collection: &Collection,
    crs: &Crs,
    mut write: impl FnMut(&Feature) -> Result<(), WriteError>,
) -> Result<Exported, ProjectError> {
    let layer = &collection.layer;
    let mut exported = Exported { features: layer.features.len(), ..Exported::default() };
    if layer.crs.same_coordinates(crs) {
        layer.features.iter().try_for_each(write)?;
        return Ok(exported);
    }
    let transformation = Transformation::new(&layer.crs, crs)?;
    for feature in &layer.features {
        let geometry = feature.geometry.as_ref().and_then(|geometry| transformation.geometry(geometry));
        if geometry.is_none() && feature.geometry.is_some() {
            exported.without_geometry.push(feature.label());
        }
        let Feature { position, id, properties, .. } = feature;
        write(&Feature { position: *position, id: id.clone(), geometry, properties: properties.clone() })?;
    }
    Ok(exported)
}

/// A plain number as JSON.
pub(super) fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}
