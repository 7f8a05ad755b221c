//! Cells of CSV tables.

use serde_json::Value;

/// A value as a cell. A text that a spreadsheet would take for a formula gets a leading apostrophe.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        other => other.to_string(),
    }
}

/// A text as a cell: `=1+1` must not be computed by whoever opens the table.
pub(super) fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
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
        assert_eq!(cell(&Value::from("CCN Đồng Bành = A")), "CCN Đồng Bành = A");
        assert_eq!(cell(&Value::from(-1.5)), "-1.5", "a number is no formula");
        assert_eq!(cell(&Value::Null), "");
    }
}
