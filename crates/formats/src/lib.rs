//! Bytes to features and back: GeoJSON (RFC 7946 and the old `crs` member), GeoJSONSeq (RFC 8142 and one
//! feature a line) and FlatGeobuf, streamed with bounded memory.
//!
//! Reading order: [`read()`] tells the [`Format`] by the first bytes. The reader of the format takes one feature
//! after another out of the stream, makes it a [`spatial::Feature`] and hands it to a sink: `read/geojson` walks the
//! top level of a document, finds where each feature ends (`json/scan.rs`) and parses its text; `read/flatgeobuf`
//! reads the header, then tables behind their sizes. What is odd becomes a [`Note`] and the rest is read on; a
//! [`ReadError`] means that nothing usable came out. [`GeoJsonWriter`], [`GeoJsonSeqWriter`] and [`FlatGeobufWriter`] go
//! the other way. Formats of [`Foreign`] come and go through the [`worker`], a process that links GDAL ([`read_foreign`],
//! [`ForeignWriter`]).
//! [`read_workbook`] takes rows out of a workbook; what they mean is not known here.
//!
//! Absent on purpose: files (callers bring `Read` and `Write`), the network (`crs` links are not followed), and
//! any change to a coordinate. Text is normalised to NFC, and that is noted.

mod encoding;
mod error;
mod foreign;
mod format;
mod header;
mod json;
mod limits;
mod list;
mod nfc;
mod note;
mod read;
mod sheet;
mod sniff;
mod unpacked;
pub mod worker;
mod write;

pub use encoding::{Encoding, UnknownEncoding};
pub use error::{ReadError, WriteError};
pub use foreign::{FOREIGN_BEGINNING, Foreign, KMZ_DOCUMENT};
pub use format::Format;
pub use header::Header;
pub use limits::{LimitName, Limits, SheetLimits};
pub use list::{CSV_BEGINNING, ListError, coordinate_csv, is_coordinate_csv, read_coordinate_lists};
pub use note::{Effect, Note, NoteKind, Notes};
pub use read::{
    Document, ForeignLayer, ForeignSource, OpenRing, Outcome, Sink, Text, Watch, foreign_layers, read,
    read_foreign, read_layer, read_layer_in, read_seq_layer,
};
pub use sheet::{Sheet, SheetCell, SheetError, SheetRow, read_workbook};
pub use write::{
    Columns, FlatGeobufWriter, ForeignTarget, ForeignWriter, GeoJsonSeqWriter, GeoJsonWriter, Separator,
    Survey, Winding, WriteNote, WriteOptions, Written, flatgeobuf_code, wkt,
};
