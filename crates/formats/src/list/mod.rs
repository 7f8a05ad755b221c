//! Coordinate lists ("bảng kê tọa độ"): tables of the points of zones, X to the north and Y to the east, becoming
//! polygons.
//!
//! Stages: [`header`] finds the columns, [`events`] takes a sheet apart into points, titles and breaks, [`axes`] tells
//! numbers and directions, [`assemble`] puts points into rings and rings into zones, [`judge`] holds what the list says
//! of sides and areas against its coordinates, [`nest`] tells shells from holes.

mod area;
mod assemble;
mod axes;
mod events;
mod feature;
mod header;
mod judge;
mod nest;
mod number;
mod statement;
mod table;
mod titles;
mod words;

use serde_json::Map;
use spatial::Crs;

use crate::header::Named;
use crate::read::draft::Draft;
use crate::read::finish::Around;
use crate::read::intake::Intake;
use crate::read::source::Place;
use crate::{Format, Limits, NoteKind, Outcome, ReadError, Sheet, SheetCell, Sink};
use number::Written;
use statement::{Statement, statement};
pub use table::{CSV_BEGINNING, coordinate_csv, is_coordinate_csv};

/// Why a table cannot be read as a coordinate list.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ListError {
    /// No sheet has the columns of one.
    #[error(
        "no sheet has a row that heads columns X and Y: a coordinate list has columns such as STT, Số hiệu điểm, X (m), Y (m), \
         Cạnh (m)"
    )]
    NoColumns,
    /// The sheet asked for is not there.
    #[error("there is no sheet \"{asked}\": there are {known}")]
    NoSheet {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
    /// Nothing says which CRS the coordinates are in.
    #[error(
        "which CRS the coordinates are in is said nowhere: name it, such as EPSG:9215 for VN-2000 with the central meridian \
         107°15′, or write it above the list: VN-2000, kinh tuyến trục 107°15', múi chiếu 3°"
    )]
    NoCrs,
    /// What the list says of its CRS cannot be used.
    #[error(
        "sheet \"{sheet}\": what it says of its CRS (\"{text}\") cannot be used: {reason}; name the CRS, such as EPSG:9215"
    )]
    UnclearCrs {
        /// The sheet.
        sheet: String,
        /// What it says.
        text: String,
        /// What is the matter.
        reason: String,
    },
    /// Two sheets state different CRSs.
    #[error("sheet \"{sheet}\" states {crs}, but another {other}: read them one by one, by their names")]
    CrsDiffer {
        /// The sheet.
        sheet: String,
        /// Its CRS.
        crs: String,
        /// The other.
        other: String,
    },
    /// The heading of a column contradicts the custom, and the numbers do not tell who is right.
    #[error(
        "sheet \"{sheet}\", row {line}: X is headed as easting or Y as northing, while lists have X to the north and Y to the \
         east, and the numbers do not tell which holds: head the columns Northing and Easting"
    )]
    Axes {
        /// The sheet.
        sheet: String,
        /// The row with the headings.
        line: usize,
    },
}

/// A cell with something in it.
#[derive(Clone, Debug)]
struct Cell {
    text: String,
    number: Option<Written>,
}

/// A row of a sheet.
#[derive(Clone, Debug)]
struct Row {
    line: usize,
    cells: Vec<Option<Cell>>,
}

impl Row {
    fn of(row: &crate::SheetRow) -> Self {
        let cell = |cell: &SheetCell| match cell {
            SheetCell::Text(text) => {
                let text = text.trim();
                (!text.is_empty()).then(|| Cell { text: text.to_owned(), number: Written::parse(text) })
            }
            SheetCell::Number(value) => {
                Written::exactly(*value).map(|number| Cell { text: value.to_string(), number: Some(number) })
            }
            SheetCell::Day(year, month, day) => {
                Some(Cell { text: format!("{year}-{month:02}-{day:02}"), number: None })
            }
        };
        Self { line: row.line, cells: row.cells.iter().map(|one| one.as_ref().and_then(cell)).collect() }
    }

    fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column)?.as_ref()
    }

    fn text(&self, column: usize) -> Option<&str> {
        self.cell(column).map(|cell| cell.text.as_str())
    }

    fn number(&self, column: usize) -> Option<Written> {
        self.cell(column)?.number
    }

    fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.as_ref()?.text.as_str())))
    }

    fn numbers(&self) -> usize {
        self.cells.iter().flatten().filter(|cell| cell.number.is_some()).count()
    }

    fn joined(&self) -> String {
        self.texts().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
    }
}

/// A sheet that holds a list.
struct ListSheet {
    name: String,
    rows: Vec<Row>,
}

impl ListSheet {
    fn of(sheet: &Sheet) -> Self {
        let rows = sheet.rows.iter().map(Row::of);
        Self { name: sheet.name.clone(), rows: rows.filter(|row| row.texts().next().is_some()).collect() }
    }

    fn has_columns(&self) -> bool {
        (0..self.rows.len()).any(|at| self.header(at).is_some())
    }

    fn header(&self, at: usize) -> Option<header::Header> {
        header::header(self.rows.get(at)?, self.rows.get(..at)?)
    }
}

/// Reads the coordinate lists of sheets, a zone after the other; `crs` goes before what the sheets state. Of several
/// sheets the one named `only`.
/// # Errors
/// As [`read()`](crate::read()), and [`ReadError::List`].
pub fn read_coordinate_lists<'s>(
    sheets: &[Sheet],
    only: Option<&str>,
    limits: &'s Limits,
    crs: Option<&Crs>,
    sink: &'s mut Sink<'s>,
) -> Result<Outcome, ReadError> {
    let sheets = chosen(sheets, only)?;
    let (lists, others): (Vec<_>, Vec<_>) = sheets.iter().partition(|sheet| sheet.has_columns());
    if lists.is_empty() {
        return Err(ListError::NoColumns.into());
    }
    let said = match stated(&sheets) {
        // What cannot be used does no harm where the person says it.
        Err(_) | Ok(None) if crs.is_some() => None,
        stated => Some(stated?.ok_or(ListError::NoCrs)?),
    };
    let mut intake = Intake::new(limits, crs, sink);
    intake.format = Format::CoordinateList;
    for sheet in others {
        let message = format!("sheet \"{}\" heads no columns X and Y: it was passed over", sheet.name);
        intake.note(NoteKind::PassedOver, Place::nowhere(), message);
    }
    for sheet in lists {
        for zone in assemble::zones(sheet, &mut intake)? {
            take(zone, sheet, &mut intake)?;
        }
    }
    let end = Place::nowhere();
    let crs = (said.map(|(crs, words)| Ok(Named::Unusual(crs, words))), end);
    intake.outcome(Around { name: None, crs, foreign: Map::new(), end })
}

fn chosen(sheets: &[Sheet], only: Option<&str>) -> Result<Vec<ListSheet>, ListError> {
    let wanted = |sheet: &&Sheet| only.is_none_or(|only| sheet.name == only);
    let chosen: Vec<ListSheet> = sheets.iter().filter(wanted).map(ListSheet::of).collect();
    match only {
        Some(asked) if chosen.is_empty() => {
            let known: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            Err(ListError::NoSheet { asked: asked.to_owned(), known: known.join(", ") })
        }
        _ => Ok(chosen),
    }
}

/// The one CRS that sheets state, and the words for it.
fn stated(sheets: &[ListSheet]) -> Result<Option<(Crs, String)>, ListError> {
    let mut found: Option<(Crs, String)> = None;
    let mut unclear = None;
    for sheet in sheets {
        for text in sheet.rows.iter().flat_map(Row::texts).map(|(_, text)| text) {
            let shown = || text.chars().take(120).collect::<String>();
            match (statement(text), &found) {
                (None, _) => {}
                (Some(Statement::Unclear(reason)), _) => {
                    let error = ListError::UnclearCrs { sheet: sheet.name.clone(), text: shown(), reason };
                    unclear.get_or_insert(error);
                }
                (Some(Statement::Crs(crs)), None) => {
                    let words = format!("the list states \"{}\": taken as {}", shown(), crs.name());
                    found = Some((crs, words));
                }
                (Some(Statement::Crs(crs)), Some((other, _))) if !other.same_coordinates(&crs) => {
                    let (crs, other) = (crs.name().to_owned(), other.name().to_owned());
                    return Err(ListError::CrsDiffer { sheet: sheet.name.clone(), crs, other });
                }
                (Some(Statement::Crs(_)), Some(_)) => {}
            }
        }
    }
    match (found, unclear) {
        (None, Some(unclear)) => Err(unclear),
        (found, _) => Ok(found),
    }
}

/// Hands one zone on, or says why it is left out.
fn take(zone: assemble::Zone, sheet: &ListSheet, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    let position = intake.meet()?;
    let place = Place::at_line(zone.line);
    let mut draft = Draft::default();
    match feature::fill(&mut draft, zone, &sheet.name, intake) {
        Ok(()) => intake.accept(position, draft, place),
        Err((line, fault)) => {
            intake.skip(position, None, Place::at_line(line), fault);
            Ok(())
        }
    }
}
