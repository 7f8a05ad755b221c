//! A collection as GeoJSON, GeoJSONSeq or FlatGeobuf.

use std::io::Write;

use formats::{Columns, GeoJsonSeqWriter, GeoJsonWriter, Header, Separator, WriteError};
use planning::Collection;
use serde_json::{Map, Value};
use spatial::crs::Transformation;
use spatial::{Crs, Feature};
use store::Snapshot;

use super::{flatgeobuf, shape};
use crate::ProjectError;
use crate::error::listed;

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
}

impl ExportFormat {
    /// Whether a file of this format can name a CRS, asked before anything is written.
    /// # Errors
    /// [`ProjectError::Write`] with [`WriteError::CrsWithoutCode`] when it cannot.
    pub fn check_crs(self, crs: &Crs) -> Result<(), ProjectError> {
        match self {
            Self::GeoJson | Self::GeoJsonSeq => Ok(()),
            Self::FlatGeobuf => Ok(formats::flatgeobuf_code(Some(crs)).map(drop)?),
        }
    }
}

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Features written.
    pub features: usize,
    /// Features whose geometry cannot be expressed in the CRS asked for: written with a null geometry.
    pub without_geometry: Vec<String>,
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
    match snapshot.collection(id) {
        Some(stored) => export_features(&stored.collection, format, crs, out),
        None => Err(ProjectError::UnknownCollection {
            id: id.to_owned(),
            known: listed(snapshot.collections.iter().map(|stored| stored.collection.info.id.as_str())),
        }),
    }
}

/// Writes a collection, feature by feature.
/// # Errors
/// [`ProjectError::Crs`] when the CRS cannot be computed with, [`ProjectError::Write`] when the output fails.
pub fn export_features(
    collection: &Collection,
    format: ExportFormat,
    crs: &Crs,
    out: impl Write,
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
fn each(
    collection: &Collection,
    crs: &Crs,
    mut write: impl FnMut(&Feature) -> Result<(), WriteError>,
) -> Result<Exported, ProjectError> {
    let layer = &collection.layer;
    let mut exported = Exported { features: layer.features.len(), without_geometry: Vec::new() };
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
