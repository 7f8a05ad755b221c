//! One value in one cell, both ways.

use serde_json::{Map, Value};

use super::holder;
use super::spec::{Column, Kind};
use crate::{Cell, PartialDate, Quantity};

/// Words for yes and no; the first two are written.
const FLAGS: [(&str, bool); 6] =
    [("có", true), ("không", false), ("yes", true), ("no", false), ("true", true), ("false", false)];

/// The cell of a column of a record; empty where the record has nothing there.
pub(super) fn written(column: Column, record: &Value) -> Cell {
    let mut found = Some(record);
    for name in column.path.split('.') {
        found = found.and_then(|value| value.get(name));
    }
    let Some(value) = found else { return Cell::Empty };
    let text = || value.as_str().unwrap_or_default();
    match column.kind {
        Kind::Text | Kind::Words => Cell::text(text()),
        Kind::Texts => {
            let each = value.as_array().into_iter().flatten().filter_map(Value::as_str);
            Cell::text(each.map(escaped).collect::<Vec<_>>().join("; "))
        }
        Kind::Quantity => Cell::quantity(serde_json::from_value::<Quantity>(value.clone()).ok()),
        Kind::Date => Cell::optional(text().parse().ok().map(PartialDate::written)),
        Kind::Flag => {
            let word = FLAGS.iter().find(|(_, flag)| Some(*flag) == value.as_bool());
            Cell::optional(word.map(|(word, _)| *word))
        }
    }
}

/// Puts what a cell says into a record. Texts keep their blanks.
/// # Errors
/// What would be right, in words.
pub(super) fn read(column: Column, cell: &str, record: &mut Map<String, Value>) -> Result<(), String> {
    let trimmed = cell.trim();
    let is_text = matches!(column.kind, Kind::Text | Kind::Words);
    if (if is_text { cell } else { trimmed }).is_empty() && column.kind != Kind::Words {
        return Ok(());
    }
    let wrong = |what: &str| format!("\"{trimmed}\" is not {what}");
    let value = match column.kind {
        Kind::Text | Kind::Words => Some(Value::from(cell)),
        Kind::Texts => Some(Value::from(several(cell))),
        Kind::Quantity => {
            let quantity =
                Quantity::read(trimmed).ok_or_else(|| wrong("a number such as 1.234,5 or trên 321"))?;
            serde_json::to_value(quantity).ok()
        }
        Kind::Date => {
            let date = PartialDate::read(trimmed);
            let date = date.map_err(|_| wrong("a date such as 31/12/2024, 12/2024 or 2024"))?;
            serde_json::to_value(date).ok()
        }
        Kind::Flag => {
            let word = trimmed.to_lowercase();
            let flag = FLAGS.iter().find(|(one, _)| *one == word).map(|(_, flag)| *flag);
            Some(Value::from(flag.ok_or_else(|| wrong("có or không"))?))
        }
    };
    let name = column.path.rsplit('.').next().unwrap_or(column.path);
    if let (Some(value), Some(holder)) = (value, holder(record, column.path)) {
        holder.insert(name.to_owned(), value);
    }
    Ok(())
}

/// A text among several: semicolons in it must not separate.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;")
}

/// The texts of a cell. One blank after a semicolon belongs to it.
fn several(cell: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => texts.last_mut().into_iter().for_each(|text| text.extend(characters.next())),
            ';' => {
                characters.next_if_eq(&' ');
                texts.push(String::new());
            }
            other => texts.last_mut().into_iter().for_each(|text| text.push(other)),
        }
    }
    texts.retain(|text| !text.trim().is_empty());
    texts
}

#[cfg(test)]
mod tests {
    use super::{escaped, several};

    #[test]
    fn several_texts_share_a_cell() {
        assert_eq!(several("a; b;c;  d ;"), ["a", "b", "c", " d "]);
        for texts in [vec!["a;b", "c\\", "\\;", "d"], vec!["x"], vec![]] {
            let cell = texts.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("; ");
            assert_eq!(several(&cell), texts, "{cell}");
        }
    }
}
