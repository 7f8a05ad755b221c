//! Areas that a list states: "Diện tích: 12,34 ha".

use super::Row;
use super::number::{Mark, Written};
use super::words::{phrase, tokens};

/// An area as stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stated {
    pub(super) line: usize,
    pub(super) number: Written,
    /// How many m² its unit has, where it is said.
    pub(super) unit_m2: Option<f64>,
}

/// The m² of the unit among words.
pub(super) fn unit_m2(words: &[String]) -> Option<f64> {
    words.iter().rev().find_map(|word| match word.as_str() {
        "ha" | "hecta" | "hectares" => Some(10_000.0),
        "m2" => Some(1.0),
        "km2" => Some(1_000_000.0),
        _ => None,
    })
}

/// Whether words speak of an area.
pub(super) fn speaks(words: &[&str]) -> bool {
    phrase(words, "dien tich") || words.contains(&"area")
}

/// The area that a row states: the one number in it, or the first in its text behind the word.
pub(super) fn stated(row: &Row) -> Option<Stated> {
    let text = row.joined();
    let words = tokens(&text);
    let plain: Vec<&str> = words.iter().map(String::as_str).collect();
    if !speaks(&plain) {
        return None;
    }
    let mut numbers = row.cells.iter().flatten().filter_map(|cell| cell.number);
    let number = match (numbers.next(), numbers.next()) {
        (Some(only), None) => only,
        _ => in_text(&text)?,
    };
    Some(Stated { line: row.line, number, unit_m2: unit_m2(&words) })
}

/// The first number of a text that is part of no word, behind the word for area.
fn in_text(text: &str) -> Option<Written> {
    let lower = text.to_lowercase();
    let from = ["diện tích", "diện tich", "area"].iter().find_map(|word| lower.find(word)).unwrap_or(0);
    let behind = lower.get(from..)?;
    let mut before = ' ';
    for (at, c) in behind.char_indices() {
        if c.is_ascii_digit() && !before.is_alphanumeric() {
            let run = behind.get(at..)?;
            let is_end = |c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}'));
            let run = run.split(is_end).next()?;
            return Written::parse(run.trim_end_matches(['.', ',', '\u{a0}', '\u{202f}']));
        }
        before = c;
    }
    None
}

impl Stated {
    /// The area in m² and how far it may be off by rounding, nearest to what was computed.
    pub(super) fn nearest_m2(&self, mark: Option<Mark>, computed_m2: f64) -> Option<(f64, f64)> {
        let units = self.unit_m2.map_or(vec![1.0, 10_000.0], |unit| vec![unit]);
        let readings = self.number.readings().collect::<Vec<_>>();
        // "1.234 ha" is told by the other numbers; where they say nothing, by what fits.
        let readings = match mark {
            Some(_) => self.number.reading(mark, |_| true).into_iter().collect(),
            None => readings,
        };
        let stated = readings.iter().flat_map(|reading| {
            let half = 0.5 * 0.1_f64.powi(i32::try_from(reading.decimals).unwrap_or(i32::MAX));
            units.iter().map(move |unit| (reading.value * unit, half * unit))
        });
        stated.min_by(|a, b| (a.0 - computed_m2).abs().total_cmp(&(b.0 - computed_m2).abs()))
    }
}
