//! Writing: a collection or a sequence of GeoJSON, or FlatGeobuf, feature by feature, holding one at a time.

mod columns;
mod flatgeobuf;
mod foreign;
mod geometry;
mod shortest;
mod wkt;

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value, json};
use spatial::{Crs, Feature, FeatureId, Properties};

use crate::{Header, WriteError};
pub use columns::Columns;
pub use flatgeobuf::{FlatGeobufWriter, flatgeobuf_code};
pub use foreign::{ForeignTarget, ForeignWriter, Survey, WriteNote, Written};
pub use wkt::wkt;

/// Which way rings turn in what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Winding {
    /// Outer rings counter-clockwise and holes clockwise, as RFC 7946 demands. Only the order of positions changes.
    #[default]
    RightHand,
    /// As they are.
    AsIs,
}

/// How to write GeoJSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Decimals to round coordinates to (7 suit degrees, 2 suit a cadastral plan's metres); `None` writes the
    /// shortest text that reads back to the same bits.
    pub decimals: Option<u8>,
    /// Which way rings turn.
    pub winding: Winding,
}

/// What stands between the records of a sequence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separator {
    /// A record separator before each record (RFC 8142, `application/geo+json-seq`).
    #[default]
    RecordSeparator,
    /// Only the line break behind each record.
    LineFeed,
}

/// Writes one `FeatureCollection`: [`begin`](Self::begin), then [`feature`](Self::feature) for each, then
/// [`finish`](Self::finish), without which the document is not whole.
#[derive(Debug)]
pub struct GeoJsonWriter<W> {
    output: W,
    options: WriteOptions,
    any: bool,
}

impl<W: Write> GeoJsonWriter<W> {
    /// Writes what stands before the features. WGS 84 longitude and latitude, which `header.crs` = `None` means
    /// too, need no `crs` member (RFC 7946); any other CRS gets the old one. The member names `type`, `features`,
    /// `name` and `crs` are ours, so foreign members of these names are left out.
    /// # Errors
    /// [`WriteError`] when the output fails.
    pub fn begin(mut output: W, header: &Header, options: WriteOptions) -> Result<Self, WriteError> {
        output.write_all(b"{\"type\":\"FeatureCollection\"")?;
        let mut head = Map::new();
        head.extend(header.name.clone().map(|name| ("name".into(), name.into())));
        head.extend(header.crs.as_ref().and_then(crs_member).map(|crs| ("crs".into(), crs)));
        for (key, value) in &header.foreign {
            let ours = ["type", "features", "crs"].contains(&key.as_str());
            if !ours && !head.contains_key(key) {
                head.insert(key.clone(), value.clone());
            }
        }
        for (key, value) in &head {
            output.write_all(b",")?;
            json_to(&mut output, key, "the header")?;
            output.write_all(b":")?;
            json_to(&mut output, value, "the header")?;
        }
        output.write_all(b",\"features\":[")?;
        Ok(Self { output, options, any: false })
    }

    /// Writes one feature, on a line of its own. Its coordinates must be in the header's CRS.
    /// # Errors
    /// [`WriteError`] when the output fails or a coordinate is not finite; what was written of the feature then
    /// is not undone.
    pub fn feature(&mut self, feature: &Feature) -> Result<(), WriteError> {
        let record = Record::of(feature, &self.options, None)?;
        self.output.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        json_to(&mut self.output, &record, &feature.label())
    }

    /// Writes the end and returns the output, flushed.
    /// # Errors
    /// [`WriteError`] when the output fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.output.write_all(b"\n]}\n")?;
        self.output.flush()?;
        Ok(self.output)
    }
}

/// Writes a sequence of features, one a line. A sequence has no head, so a CRS other than WGS 84 longitude and
/// latitude is named in each feature, as the standard of 2008 has it.
#[derive(Debug)]
pub struct GeoJsonSeqWriter<W> {
    output: W,
    options: WriteOptions,
    separator: Separator,
    crs: Option<Value>,
}

impl<W: Write> GeoJsonSeqWriter<W> {
    /// Starts a sequence; of the header only the CRS finds a place in it.
    /// # Errors
    /// None today; the signature is that of [`GeoJsonWriter::begin`].
    pub fn begin(
        output: W,
        header: &Header,
        options: WriteOptions,
        separator: Separator,
    ) -> Result<Self, WriteError> {
        Ok(Self { output, options, separator, crs: header.crs.as_ref().and_then(crs_member) })
    }

    /// Writes one feature as one record.
    /// # Errors
    /// As [`GeoJsonWriter::feature`].
    pub fn feature(&mut self, feature: &Feature) -> Result<(), WriteError> {
        let record = Record::of(feature, &self.options, self.crs.as_ref())?;
        if self.separator == Separator::RecordSeparator {
            self.output.write_all(b"\x1e")?;
        }
        json_to(&mut self.output, &record, &feature.label())?;
        Ok(self.output.write_all(b"\n")?)
    }

    /// Returns the output, flushed.
    /// # Errors
    /// [`WriteError`] when the output fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.output.flush()?;
        Ok(self.output)
    }
}

/// A feature in the order in which its members are written.
#[derive(Serialize)]
struct Record<'f> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'f FeatureId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crs: Option<&'f Value>,
    properties: &'f Properties,
    geometry: Option<geojson::Geometry>,
}

impl<'f> Record<'f> {
    fn of(feature: &'f Feature, options: &WriteOptions, crs: Option<&'f Value>) -> Result<Self, WriteError> {
        let geometry = feature.geometry.as_ref().map(|geometry| geometry::written(geometry, options));
        let geometry = geometry
            .transpose()
            .map_err(|geometry::NotFinite| WriteError::NotFinite { label: feature.label() })?;
        Ok(Self { kind: "Feature", id: feature.id.as_ref(), crs, properties: &feature.properties, geometry })
    }
}

/// The old `crs` member; `None` for WGS 84 longitude and latitude.
fn crs_member(crs: &Crs) -> Option<Value> {
    if crs.same_coordinates(&Crs::wgs84()) {
        return None;
    }
    let name = match crs.epsg() {
        Some(code) => format!("urn:ogc:def:crs:EPSG::{code}"),
        None => crs.name().to_owned(),
    };
    Some(json!({"type": "name", "properties": {"name": name}}))
}

fn json_to(output: &mut impl Write, value: &impl Serialize, label: &str) -> Result<(), WriteError> {
    let mut serializer = serde_json::Serializer::with_formatter(output, shortest::Shortest);
    value.serialize(&mut serializer).map_err(|source| {
        if source.is_io() {
            WriteError::Io(source.into())
        } else {
            WriteError::Json { label: label.into(), source }
        }
    })
}
