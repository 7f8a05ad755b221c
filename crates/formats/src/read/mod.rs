//! Reading: the entrances, and what comes out of them.
//!
//! A format is a module with a reader. It takes bytes from a [`source::Source`], which holds to the limit of bytes,
//! fills a [`draft::Draft`] per feature, and hands it to an [`intake::Intake`], which counts, observes, notes and
//! passes the feature on. At the end [`finish::Around`] says what stands around the features.

mod crs;
pub(crate) mod draft;
pub(crate) mod finish;
mod flatgeobuf;
mod foreign;
mod geojson;
pub(crate) mod intake;
mod observe;
mod rings;
pub(crate) mod source;
mod tally;

use std::io::Read;
use std::ops::ControlFlow;

use spatial::{Crs, Feature, Layer};

use crate::format::BEGINNING;
use crate::{Format, Header, Limits, Notes, ReadError};
use intake::Intake;
use source::Source;

pub use foreign::{ForeignLayer, ForeignSource, Watch, foreign_layers, read_foreign};
pub(crate) use observe::doubled_area;

/// Where features go, in the order of the document; `Break` stops the reading with [`ReadError::Stopped`].
/// The CRS of their coordinates is known only at the end: in GeoJSON its member may come last.
pub type Sink<'s> = dyn FnMut(Feature) -> ControlFlow<()> + 's;

/// What is known at the end of a document that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The members around the features.
    pub header: Header,
    /// The CRS of all coordinates: the one named, else WGS 84 longitude and latitude.
    pub crs: Crs,
    /// Whether nothing names a CRS and the format prescribes none for that case: longitude and latitude were assumed.
    pub crs_assumed: bool,
    /// Features met, the skipped ones included.
    pub met: u64,
    /// Features handed to the sink.
    pub delivered: u64,
    /// Rings that were not closed as written, the widest of each feature, in the order of the features.
    pub open_rings: Vec<OpenRing>,
    /// What a person should know.
    pub notes: Notes,
}

/// A polygon's ring whose last position was not its first. It was closed when it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenRing {
    /// Position of the feature in the document.
    pub position: u64,
    /// The first and the last position as written.
    pub ends: [[f64; 2]; 2],
}

/// A document read whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The features and their CRS.
    pub layer: Layer,
    /// The members around the features.
    pub header: Header,
    /// See [`Outcome::crs_assumed`].
    pub crs_assumed: bool,
    /// See [`Outcome::open_rings`].
    pub open_rings: Vec<OpenRing>,
    /// What a person should know.
    pub notes: Notes,
}

/// How a text of GeoJSON is to be taken. Other formats show themselves by their first bytes, whatever is said here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Text {
    /// A document of any shape: a collection, a bare feature or geometry, or a sequence if it shows itself to be one
    /// (by a record separator, or by a second object after a first line that holds a whole feature).
    #[default]
    Any,
    /// A sequence of features: one a line, or set apart by record separators (RFC 8142).
    Sequence,
}

/// Reads a document of any format that is known, told by its first bytes, feature by feature.
/// # Errors
/// [`ReadError`] when nothing usable came out, when a limit of the whole document is met, or when the CRS
/// cannot be told. Features may have gone to the sink before: give them up then.
pub fn read<'s>(
    input: impl Read,
    text: Text,
    limits: &'s Limits,
    crs: Option<&Crs>,
    sink: &'s mut Sink<'s>,
) -> Result<Outcome, ReadError> {
    let mut source = Source::new(input, limits);
    let intake = Intake::new(limits, crs, sink);
    source.fill(BEGINNING)?;
    match (Format::of_beginning(source.window()), text) {
        (Format::FlatGeobuf, _) => flatgeobuf::Reader::new(source, intake)?.read(),
        (_, Text::Any) => geojson::Reader::new(source, intake).document(),
        (_, Text::Sequence) => geojson::Reader::new(source, intake).sequence(),
    }
}

/// Reads a document of any format into memory.
/// # Errors
/// As [`read()`].
pub fn read_layer(input: impl Read, limits: &Limits) -> Result<Document, ReadError> {
    read_layer_in(input, limits, Text::Any, None)
}

/// The same, with the coordinates in the given CRS whatever the document says (the header keeps what it says), and
/// with a word on how a text is to be taken.
/// # Errors
/// As [`read()`], but none because of the CRS when one is given.
pub fn read_layer_in(
    input: impl Read,
    limits: &Limits,
    text: Text,
    crs: Option<&Crs>,
) -> Result<Document, ReadError> {
    let mut features = Vec::new();
    let outcome = read(input, text, limits, crs, &mut |feature| {
        features.push(feature);
        ControlFlow::Continue(())
    })?;
    let Outcome { header, crs, crs_assumed, open_rings, notes, .. } = outcome;
    Ok(Document { layer: Layer { crs, features }, header, crs_assumed, open_rings, notes })
}

/// Reads a sequence of features into memory.
/// # Errors
/// As [`read()`].
pub fn read_seq_layer(input: impl Read, limits: &Limits) -> Result<Document, ReadError> {
    read_layer_in(input, limits, Text::Sequence, None)
}
