//! The columns of a file: names and types of its properties.

use ::flatgeobuf::{Column as Table, ColumnType};

use crate::nfc::nfc;

/// A column.
pub(super) struct Column {
    /// Its name, in NFC.
    pub(super) name: String,
    /// How its values are encoded.
    pub(super) kind: ColumnType,
}

/// Takes the columns over; counts names that were not in NFC.
pub(super) fn columns<'a>(tables: impl IntoIterator<Item = Table<'a>>, normalised: &mut u64) -> Vec<Column> {
    let column =
        |table: Table<'a>| Column { name: nfc(table.name().into(), normalised), kind: table.type_() };
    tables.into_iter().map(column).collect()
}
