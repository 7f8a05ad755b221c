//! Cells of CSV tables.

use serde_json::Value;

/// A value as a cell. A text that a spreadsheet would take for a formula gets a leading apostrophe.
pub(crate) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        other => other.to_string(),
    }
}

/// A text as a cell: `=1+1` must not be computed by whoever opens the table. [`restored`] takes the apostrophe away.
pub(crate) fn harmless(text: &str) -> String {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell that [`harmless`] wrote.
pub(crate) fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text.trim_start_matches('\'')) => text,
        _ => cell,
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A number as a cell: the shortest text that reads back to the same bits.
pub(super) fn number(value: f64) -> String {
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused() {
        for text in ["=1+1", "+84 24", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(cell(&Value::from(text)), format!("'{text}"));
        }
        for text in ["=1", "'=1", "''=1", "'a", "a", "", "'", "'-"] {
            assert_eq!(restored(&harmless(text)), text);
        }
        assert_eq!(cell(&Value::from("CCN Đồng Bành = A")), "CCN Đồng Bành = A");
        assert_eq!(cell(&Value::from(-1.5)), "-1.5", "a number is no formula");
        assert_eq!(cell(&Value::Null), "");
    }
}
