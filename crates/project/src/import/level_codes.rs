//! Land-use codes by the levels and colours of drawings, which have no other properties: a table says which stands for which.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Trim};
use formats::NoteKind;
use serde::Deserialize;
use serde_json::Value;
use spatial::Feature;

use crate::register::separator;
use crate::{Document, ProjectError};

/// Properties of drawings that hold a level: DGN's, DXF's.
const LEVELS: [&str; 2] = ["Level", "Layer"];
/// Those that hold a colour.
const COLOURS: [&str; 2] = ["ColorIndex", "Color"];
/// The one in which GDAL says how a feature is drawn (`BRUSH(fc:#ff0000)`): DXF has its colour nowhere else.
const STYLE: &str = "ogr_style";
/// The property that planning reads codes from.
const CODE: &str = "code";
/// The property for the name that a row gives.
const NAME: &str = "name";
/// How the columns may be called.
const HEADINGS: [(&[&str], Column); 4] = [
    (&["level", "layer", "lớp", "lop"], Column::Level),
    (&["colour", "color", "màu", "mau"], Column::Colour),
    (&["code", "mã", "ma"], Column::Code),
    (&["name", "tên", "ten"], Column::Name),
];
/// Levels that a note lists.
const LISTED: usize = 8;

/// Bytes of a table.
const MOST_BYTES: u64 = 4 << 20;

/// Reads a table of codes from a file.
/// # Errors
/// [`ProjectError::Open`], or [`ProjectError::LevelCodes`] with the line.
pub fn level_codes(path: &Path) -> Result<LevelCodes, ProjectError> {
    let open = |source| ProjectError::Open { path: path.to_owned(), source };
    let mut text = String::new();
    File::open(path).map_err(open)?.take(MOST_BYTES).read_to_string(&mut text).map_err(open)?;
    LevelCodes::parse(&text).map_err(|source| ProjectError::LevelCodes { path: path.to_owned(), source })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Level,
    Colour,
    Code,
    Name,
}

/// A table of codes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelCodes {
    rows: Vec<Row>,
}

/// A row as it was given, and as it is compared.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    given: LevelCode,
    level: Option<String>,
    colour: Option<String>,
}

/// A row: a code for a level, a colour, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelCode {
    /// The level, as the drawing names or numbers it; any without one.
    pub level: Option<String>,
    /// The colour, as a number or `#rrggbb`; any without one.
    pub colour: Option<String>,
    /// The land-use code that they stand for.
    pub code: String,
    /// A name for features of that row.
    pub name: Option<String>,
}

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LevelCodesError {
    /// It has no such columns.
    #[error("the table needs the columns level or colour, and code; it has {found}")]
    Columns {
        /// What it has.
        found: String,
    },
    /// A row says nothing.
    #[error("line {line}: {what}")]
    Row {
        /// The line.
        line: u64,
        /// What is wrong and what to do.
        what: String,
    },
    /// It is no CSV.
    #[error("the table cannot be read: {0}")]
    Csv(#[from] csv::Error),
}

impl LevelCodes {
    /// Reads a table: CSV with the columns level, colour, code and, perhaps, name; an empty level or colour stands for any.
    /// A colour is DGN's number or, of a DXF, `#rrggbb`.
    /// # Errors
    /// [`LevelCodesError`], with the line.
    pub fn parse(text: &str) -> Result<Self, LevelCodesError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = ReaderBuilder::new()
            .delimiter(separator(text))
            .trim(Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let columns: Vec<Option<Column>> = reader.headers()?.iter().map(column).collect();
        let has = |column| columns.contains(&Some(column));
        if !has(Column::Code) || !(has(Column::Level) || has(Column::Colour)) {
            let found = reader.headers()?.iter().collect::<Vec<_>>().join(", ");
            return Err(LevelCodesError::Columns { found });
        }
        let mut table = Self::default();
        for record in reader.records() {
            table.take(&record?, &columns)?;
        }
        Ok(table)
    }

    /// A table of rows.
    /// # Errors
    /// [`LevelCodesError::Row`], with the row from 1.
    pub fn of(rows: impl IntoIterator<Item = LevelCode>) -> Result<Self, LevelCodesError> {
        let mut table = Self::default();
        for (line, row) in (1..).zip(rows) {
            table.add(line, row)?;
        }
        Ok(table)
    }

    fn take(&mut self, record: &StringRecord, columns: &[Option<Column>]) -> Result<(), LevelCodesError> {
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |wanted| {
            let at = columns.iter().position(|column| *column == Some(wanted))?;
            record.get(at).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        if record.iter().all(str::is_empty) {
            return Ok(());
        }
        let row = LevelCode {
            level: cell(Column::Level),
            colour: cell(Column::Colour),
            code: cell(Column::Code).unwrap_or_default(),
            name: cell(Column::Name),
        };
        self.add(line, row)
    }

    fn add(&mut self, line: u64, row: LevelCode) -> Result<(), LevelCodesError> {
        let wrong = |what: String| LevelCodesError::Row { line, what };
        let plain = |text: Option<&str>| text.map(normal).filter(|text| !text.is_empty());
        let code = row.code.trim().to_owned();
        if code.is_empty() {
            return Err(wrong("the code is missing".to_owned()));
        }
        let (level, colour) = (plain(row.level.as_deref()), plain(row.colour.as_deref()));
        if level.is_none() && colour.is_none() {
            return Err(wrong(format!("{code} has neither level nor colour: give one of them")));
        }
        let same = |other: &&Row| other.level == level && other.colour == colour;
        if let Some(other) = self.rows.iter().find(same).filter(|other| other.given.code != code) {
            let what =
                format!("the same level and colour have {} further up, and {code} here", other.given.code);
            return Err(wrong(what));
        }
        self.rows.push(Row { given: LevelCode { code, ..row }, level, colour });
        Ok(())
    }

    /// The row that says most of a level and a colour: both before the level alone before the colour alone.
    fn find(&self, level: Option<&str>, colour: Option<&str>) -> Option<&LevelCode> {
        let fits =
            |wanted: &Option<String>, own: Option<&str>| wanted.as_deref().is_none_or(|one| Some(one) == own);
        let fitting = self.rows.iter().filter(|row| fits(&row.level, level) && fits(&row.colour, colour));
        // Of rows that say as much the first.
        let most = fitting.rev().max_by_key(|row| (row.level.is_some(), row.colour.is_some()));
        most.map(|row| &row.given)
    }

    /// The other way round: the row for the code of a feature that is to be drawn. Where it was drawn already it stays as it
    /// was if that says the same; else it is the first row of the code that says a level, or the first.
    pub(crate) fn drawing(&self, feature: &Feature, code: &str) -> Option<&LevelCode> {
        let (level, colour) = level_and_colour(feature);
        let own = self.find(level.as_deref(), colour.as_deref()).filter(|row| row.code == code);
        let rows = || self.rows.iter().map(|row| &row.given).filter(|row| row.code == code);
        own.or_else(|| rows().find(|row| row.level.is_some())).or_else(|| rows().next())
    }

    /// Every row, as it was given.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &LevelCode> {
        self.rows.iter().map(|row| &row.given)
    }

    /// Gives the features of a drawing their codes; what fits no row is noted with its count.
    pub(super) fn give(&self, document: &mut Document) {
        let (mut given, mut without) = (0_u64, BTreeMap::<String, u64>::new());
        for feature in &mut document.layer.features {
            let (level, colour) = level_and_colour(feature);
            match self.find(level.as_deref(), colour.as_deref()) {
                Some(row) => {
                    given += 1;
                    feature.properties.insert(CODE.to_owned(), Value::String(row.code.clone()));
                    if let Some(name) = &row.name {
                        feature.properties.insert(NAME.to_owned(), Value::String(name.clone()));
                    }
                }
                None => {
                    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
                    let place = format!("level {}, colour {}", or_none(level), or_none(colour));
                    *without.entry(place).or_default() += 1;
                }
            }
        }
        self.note(given, &without, document);
    }

    fn note(&self, given: u64, without: &BTreeMap<String, u64>, document: &mut Document) {
        let left: u64 = without.values().sum();
        if left > 0 {
            let listed: Vec<String> =
                without.iter().take(LISTED).map(|(place, count)| format!("{place} ({count})")).collect();
            let more = if without.len() > LISTED { " and others" } else { "" };
            let message = format!(
                "{given} features have their code by level and colour; {left} fit no row of the table: {}{more}",
                listed.join("; ")
            );
            document.notes.add(NoteKind::WithoutCode, left, message);
        }
        for row in self.rows() {
            let known = |code: &str| planning::codes().is_ok_and(|codes| codes.entry(code).is_some());
            if !row.code.split('+').all(|code| known(code.trim())) {
                let message = format!("the table's code \"{}\" is no land-use code that is known", row.code);
                document.notes.add(NoteKind::UnknownCode, 1, message);
            }
        }
    }
}

fn column(heading: &str) -> Option<Column> {
    let heading = heading.to_lowercase();
    HEADINGS.iter().find(|(words, _)| words.contains(&heading.as_str())).map(|(_, column)| *column)
}

/// The level and the colour of a feature of a drawing, as they are compared.
pub(crate) fn level_and_colour(feature: &Feature) -> (Option<String>, Option<String>) {
    (first(feature, &LEVELS), first(feature, &COLOURS).or_else(|| drawn(feature)))
}

fn first(feature: &Feature, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| feature.text(name)).map(|text| normal(&text))
}

/// The first colour in which a feature is drawn, as `#rrggbb`.
fn drawn(feature: &Feature) -> Option<String> {
    let style = feature.text(STYLE)?;
    let colours = style.match_indices('#').filter_map(|(at, _)| style.get(at..at + 7));
    let mut colours = colours.filter(|text| text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit()));
    colours.next().map(normal)
}

/// Levels and colours as they are compared: 03, 3 and 3.0 are one, and capitals are no difference.
fn normal(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    whole.parse::<u64>().map_or(text.clone(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::{LevelCode, LevelCodes};

    fn code(table: &LevelCodes, level: &str, colour: &str) -> Option<String> {
        table.find(Some(level), Some(colour)).map(|row| row.code.clone())
    }

    #[test]
    fn the_row_that_says_most_wins() {
        let table = LevelCodes::parse("level;colour;code\n3;;LUC\n;5;ONT\n03;5;SKK\n;7;DGT\n").unwrap();
        let told: Vec<_> = [("3", "1"), ("3", "5"), ("9", "5"), ("3", "7"), ("9", "9")]
            .map(|(level, colour)| code(&table, level, colour).unwrap_or_default())
            .to_vec();
        assert_eq!(told, ["LUC", "SKK", "ONT", "LUC", ""]);
        let named = LevelCodes::parse("\u{feff}Lớp,Mã,Tên\nRANH_KCN,SKK,Khu công nghiệp\n").unwrap();
        assert_eq!(code(&named, "ranh_kcn", "1").as_deref(), Some("SKK"));
    }

    #[test]
    fn what_is_wrong_in_a_table_is_told_with_its_line() {
        let refused = |text: &str| LevelCodes::parse(text).unwrap_err().to_string();
        assert!(refused("level,name\n1,a\n").contains("it has level, name"));
        assert!(refused("level,code\n1,LUC\n2,\n").contains("line 3: the code is missing"));
        assert!(refused("level,colour,code\n,,LUC\n").contains("line 2: LUC has neither"));
        assert!(refused("level,code\n1,LUC\n01,ONT\n").contains("line 3: the same level"));
        assert!(refused("").contains("it has"));
        let rows = |code: &str| {
            let row =
                LevelCode { level: Some("03".to_owned()), code: code.to_owned(), ..LevelCode::default() };
            LevelCodes::of([row.clone(), LevelCode { colour: Some("#FF0000".to_owned()), ..row }])
        };
        assert_eq!(code(&rows("LUC").unwrap(), "3", "#ff0000").as_deref(), Some("LUC"));
        assert!(rows(" ").unwrap_err().to_string().contains("line 1: the code is missing"));
    }
}
