//! Coordinate lists as CSV: which tables are such, and their rows.

use csv::ReaderBuilder;
use encoding_rs::UTF_8;

use super::{ListSheet, header::Header};
use crate::encoding::{Encoding, decoded};
use crate::{LimitName, ReadError, Sheet, SheetCell, SheetLimits, SheetRow};

/// What separates columns, the likeliest first: with decimal commas it is no comma.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];
/// Headings of tables whose geometries stand in one column.
const GEOMETRY: [&str; 5] = ["wkt", "geometry", "geom", "the_geom", "geom_wkt"];
/// Bytes that tell what a table is.
pub const CSV_BEGINNING: usize = 64 << 10;

/// Whether a CSV file that begins with these bytes ([`CSV_BEGINNING`] are enough) is a coordinate list. It is one where
/// columns X and Y stand with one of points or of sides, or with the number of the row below a title; any other table with X
/// and Y, or with WKT, is one of features. Where no encoding is named and the text is not UTF-8, one that would be a list in an
/// old encoding is one: whoever reads it is told that its encoding is to be named.
pub fn is_coordinate_csv(beginning: &[u8], encoding: Option<Encoding>) -> bool {
    let end = beginning.len().min(CSV_BEGINNING);
    let beginning = beginning.get(..end).unwrap_or_default();
    let is_list = |text: String| separator(&text).is_some();
    let named = encoding.filter(|encoding| !encoding.is_utf8());
    let text = named.and_then(|encoding| encoding.decode(beginning));
    is_list(text.unwrap_or_else(|| UTF_8.decode(beginning).0.into_owned()))
        || (encoding.is_none()
            && !is_utf8(beginning)
            && Encoding::old().iter().filter_map(|old| old.decode(beginning)).any(is_list))
}

/// Whether bytes, which may end within a letter, are UTF-8 or say by a mark what else they are.
fn is_utf8(bytes: &[u8]) -> bool {
    encoding_rs::Encoding::for_bom(bytes).is_some()
        || std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// The rows of a coordinate list as CSV.
/// # Errors
/// [`ReadError::Limit`] for too many bytes, [`ReadError::InvalidUtf8`] for text that is not of its encoding: that of its byte
/// order mark, else the one given, else UTF-8.
pub fn coordinate_csv(
    bytes: &[u8],
    encoding: Option<Encoding>,
    limits: SheetLimits,
) -> Result<Sheet, ReadError> {
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::Limit { what: LimitName::Bytes, limit: limits.unpacked_bytes });
    }
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            let rest = bytes.get(mark..).unwrap_or_default();
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            text.map(std::borrow::Cow::into_owned)
        }
        None => decoded(bytes, encoding),
    };
    let text = text.ok_or_else(|| undecoded(bytes))?;
    let separator = separator(&text).unwrap_or(b',');
    Ok(Sheet { name: String::new(), rows: rows(&text, separator) })
}

fn undecoded(bytes: &[u8]) -> ReadError {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let line = bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() as u64 + 1;
    ReadError::InvalidUtf8 { line, offset: valid as u64 }
}

fn rows(text: &str, separator: u8) -> Vec<SheetRow> {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let row = |record: csv::StringRecord| {
        let line = record.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(0);
        let cell = |text: &str| Some(SheetCell::Text(text.to_owned())).filter(|_| !text.is_empty());
        SheetRow { line, cells: record.iter().map(cell).collect() }
    };
    // Text is UTF-8 and rows may have any length: there is nothing else that can be wrong.
    reader.into_records().map_while(Result::ok).map(row).collect()
}

/// What separates the columns of a coordinate list; none for a table that is none.
fn separator(text: &str) -> Option<u8> {
    let end = (0..=CSV_BEGINNING.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let beginning = text.get(..end)?;
    SEPARATORS.into_iter().find(|separator| {
        let sheet = Sheet { name: String::new(), rows: rows(beginning, *separator) };
        lists(&ListSheet::of(&sheet))
    })
}

fn lists(sheet: &ListSheet) -> bool {
    let first = sheet.rows.first();
    let is_geometry = |(_, text): (usize, &str)| GEOMETRY.contains(&text.to_lowercase().as_str());
    if first.is_some_and(|first| first.texts().any(is_geometry)) {
        return false;
    }
    let has_list = |at: usize, header: Header| {
        let first = header.groups.first();
        first.is_some_and(|group| {
            group.point.is_some() || group.side.is_some() || (group.row.is_some() && at > 0)
        })
    };
    (0..sheet.rows.len()).any(|at| sheet.header(at).is_some_and(|header| has_list(at, header)))
}
