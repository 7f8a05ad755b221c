//! JSON read from a slice, forgiving nothing but saying exactly where and why: [`Scan`] finds where a value
//! ends in a stream, [`Cursor`] walks through a slice, [`ValueReader`] builds property values.
//!
//! `serde_json` is not used to read because it silently keeps the last of two members of one name, says little
//! about what is wrong, and stops at the NaN that other programs write; the `geojson` crate because it
//! builds on it and refuses every coordinate under `arbitrary_precision`, which keeps property numbers as written.

mod cursor;
mod fault;
mod scan;
mod text;
mod value;

pub(crate) use cursor::{Cursor, Members};
pub(crate) use fault::Fault;
pub(crate) use scan::{Scan, Step};
pub(crate) use value::ValueReader;
