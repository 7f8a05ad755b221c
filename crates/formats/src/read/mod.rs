//! Reading: the entrances, and what comes out of them.

mod collection;
mod coordinates;
mod crs;
mod document;
mod draft;
mod feature;
mod finish;
mod geometry;
mod intake;
mod members;
mod observe;
mod sequence;
mod source;
mod tally;

use std::io::Read;
use std::ops::ControlFlow;

use spatial::{Crs, Feature, Layer};

use crate::{Header, Limits, Notes, ReadError};
use document::Reader;

pub(crate) use observe::doubled_area;

/// Where features go, in the order of the document; `Break` stops the reading with [`ReadError::Stopped`].
/// The CRS of their coordinates is known only at the end, because its member may come last.
pub type Sink<'s> = dyn FnMut(Feature) -> ControlFlow<()> + 's;

/// What is known at the end of a document that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The members around the features.
    pub header: Header,
    /// The CRS of all coordinates: the one named, else WGS 84 longitude and latitude.
    pub crs: Crs,
    /// Features met, the skipped ones included.
    pub met: u64,
    /// Features handed to the sink.
    pub delivered: u64,
    /// What a person should know.
    pub notes: Notes,
}

/// A document read whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The features and their CRS.
    pub layer: Layer,
    /// The members around the features.
    pub header: Header,
    /// What a person should know.
    pub notes: Notes,
}

/// Reads GeoJSON of any shape: a collection, a bare feature or geometry, or a sequence if it shows itself to be
/// one (by a record separator, or by a second object after a first line that holds a whole feature).
/// # Errors
/// [`ReadError`] when nothing usable came out, when a limit of the whole document is met, or when the CRS
/// cannot be told. Features may have gone to the sink before: give them up then.
pub fn read_geojson<'s>(
    input: impl Read,
    limits: &'s Limits,
    sink: &'s mut Sink<'s>,
) -> Result<Outcome, ReadError> {
    Reader::new(input, limits, sink).document()
}

/// Reads a sequence of features: one a line, or set apart by record separators (RFC 8142).
/// # Errors
/// As [`read_geojson`].
pub fn read_geojsonseq<'s>(
    input: impl Read,
    limits: &'s Limits,
    sink: &'s mut Sink<'s>,
) -> Result<Outcome, ReadError> {
    Reader::new(input, limits, sink).sequence()
}

/// Reads GeoJSON of any shape into memory.
/// # Errors
/// As [`read_geojson`].
pub fn read_layer(input: impl Read, limits: &Limits) -> Result<Document, ReadError> {
    read_layer_in(input, limits, None)
}

/// The same, with the coordinates in the given CRS whatever the document says; the header keeps what it says.
/// # Errors
/// As [`read_geojson`], but none because of the CRS when one is given.
pub fn read_layer_in(input: impl Read, limits: &Limits, crs: Option<&Crs>) -> Result<Document, ReadError> {
    collect(|sink| Reader::new(input, limits, sink).assuming(crs).document())
}

/// Reads a sequence of features into memory.
/// # Errors
/// As [`read_geojson`].
pub fn read_seq_layer(input: impl Read, limits: &Limits) -> Result<Document, ReadError> {
    read_seq_layer_in(input, limits, None)
}

/// The same, with the coordinates in the given CRS whatever the document says.
/// # Errors
/// As [`read_layer_in`].
pub fn read_seq_layer_in(
    input: impl Read,
    limits: &Limits,
    crs: Option<&Crs>,
) -> Result<Document, ReadError> {
    collect(|sink| Reader::new(input, limits, sink).assuming(crs).sequence())
}

fn collect(read: impl FnOnce(&mut Sink<'_>) -> Result<Outcome, ReadError>) -> Result<Document, ReadError> {
    let mut features = Vec::new();
    let outcome = read(&mut |feature| {
        features.push(feature);
        ControlFlow::Continue(())
    })?;
    let Outcome { header, crs, notes, .. } = outcome;
    Ok(Document { layer: Layer { crs, features }, header, notes })
}
