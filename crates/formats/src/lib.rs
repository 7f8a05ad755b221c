//! Bytes to features and back: GeoJSON (RFC 7946 and the old `crs` member) and GeoJSONSeq (RFC 8142 and one
//! feature a line), streamed both ways with bounded memory.
//!
//! Reading order: [`read_geojson`] walks the top level of a document (`read/document.rs`), cuts one feature
//! after another out of the stream (`json/scan.rs`), parses each straight into [`spatial::Feature`]
//! (`read/feature.rs`, `read/geometry.rs`) and hands it to a sink. What is odd becomes a [`Note`] and the rest
//! is read on; a [`ReadError`] means that nothing usable came out. [`GeoJsonWriter`] and [`GeoJsonSeqWriter`]
//! go the other way.
//!
//! Absent on purpose: files (callers bring `Read` and `Write`), the network (`crs` links are not followed), and
//! any change to a coordinate. Text is normalised to NFC, and that is noted.

mod error;
mod header;
mod json;
mod limits;
mod note;
mod read;
mod sniff;
mod write;

pub use error::{ReadError, WriteError};
pub use header::Header;
pub use limits::{LimitName, Limits};
pub use note::{Effect, Note, NoteKind, Notes};
pub use read::{
    Document, Outcome, Sink, read_geojson, read_geojsonseq, read_layer, read_layer_in, read_seq_layer,
    read_seq_layer_in,
};
pub use write::{GeoJsonSeqWriter, GeoJsonWriter, Separator, Winding, WriteOptions};
