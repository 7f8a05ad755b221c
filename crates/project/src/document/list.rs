//! Coordinate lists: workbooks, and CSV files that are no tables of features.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use formats::{
    Encoding, Outcome, ReadError, SheetCell, SheetLimits, SheetRow, Sink, coordinate_csv,
    read_coordinate_lists, read_workbook,
};
use zip::ZipArchive;

use super::Reading;

/// The part of an archive that makes it a workbook.
const WORKBOOK: &str = "xl/workbook.xml";

/// What a coordinate list stands in.
#[derive(Clone, Copy)]
pub(crate) enum ListFile {
    Workbook,
    Csv,
}

/// Whether an archive is a workbook, by its content where its name does not say so.
pub(super) fn is_workbook(path: &Path, extension: &str) -> bool {
    matches!(extension, "xlsx" | "xlsm") || {
        let archive = File::open(path).ok().and_then(|file| ZipArchive::new(file).ok());
        archive.is_some_and(|archive| archive.index_for_name(WORKBOOK).is_some())
    }
}

/// Reads the lists of all sheets, or of the one that the reading names, a zone after the other.
pub(crate) fn each<'s>(
    path: &Path,
    file: ListFile,
    reading: &'s Reading<'_>,
    sink: &'s mut Sink<'s>,
) -> Result<Outcome, ReadError> {
    let usual = SheetLimits::default();
    let unpacked_bytes = usual.unpacked_bytes.min(reading.sources.unpacked_bytes);
    let limits = SheetLimits { unpacked_bytes, ..usual };
    let input = File::open(path)?;
    let (mut sheets, only) = match file {
        ListFile::Workbook => (read_workbook(BufReader::new(input), limits)?, reading.layer),
        ListFile::Csv => {
            let mut bytes = Vec::new();
            input.take(limits.unpacked_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
            (vec![coordinate_csv(&bytes, reading.encoding, limits)?], None)
        }
    };
    if let (ListFile::Workbook, Some(encoding)) = (file, reading.encoding) {
        sheets.iter_mut().flat_map(|sheet| &mut sheet.rows).for_each(|row| of_font(row, encoding));
    }
    read_coordinate_lists(&sheets, only, reading.limits, reading.crs, sink)
}

/// Texts in an old font: a workbook has each of their bytes as a letter.
fn of_font(row: &mut SheetRow, encoding: Encoding) {
    for cell in row.cells.iter_mut().flatten() {
        if let SheetCell::Text(text) = cell
            && let Some(read) = encoding.of_font(text)
        {
            *text = read;
        }
    }
}
