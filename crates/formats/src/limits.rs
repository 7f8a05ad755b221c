//! What a document may ask of this machine.

use std::fmt;

/// The limits of one reading, each with its own error or note. The defaults are safe for a machine with 2 GB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document.
    pub bytes: u64,
    /// Bytes of one feature's text, and of what stands around the features.
    pub feature_bytes: u64,
    /// Features of the document, the skipped ones included.
    pub features: u64,
    /// Positions in the geometry of one feature.
    pub vertices: u64,
    /// How deep brackets may nest inside one feature (a plain `MultiPolygon` needs 6).
    pub depth: u32,
    /// Properties of one feature, counting the members and list elements of nested values too.
    pub properties: u32,
    /// Bytes of one text, as it stands in the document.
    pub text_bytes: u64,
    /// Notes of one kind that are kept one by one; beyond it they are only counted.
    pub notes_per_kind: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 30,
            feature_bytes: 64 << 20,
            features: 10_000_000,
            vertices: 4_000_000,
            depth: 64,
            properties: 10_000,
            text_bytes: 4 << 20,
            notes_per_kind: 1_000,
        }
    }
}

/// Limits of reading a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetLimits {
    /// Bytes that all its parts unpack to.
    pub unpacked_bytes: u64,
    /// Cells with something in them, over all sheets.
    pub cells: usize,
    /// Columns, counted from the first.
    pub columns: u32,
}

impl Default for SheetLimits {
    fn default() -> Self {
        Self { unpacked_bytes: 256 << 20, cells: 2_000_000, columns: 1_000 }
    }
}

/// The limits that end the reading of a whole document; the others cost only the feature that breaks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitName {
    /// [`Limits::bytes`].
    Bytes,
    /// [`Limits::features`].
    Features,
    /// [`Limits::feature_bytes`], met outside the features.
    HeadBytes,
}

impl fmt::Display for LimitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes in the document",
            Self::Features => "features in the document",
            Self::HeadBytes => "bytes in a bare object, or around the features",
        })
    }
}
