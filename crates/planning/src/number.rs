//! Numbers as people write and read them.

use serde_json::Value;

use crate::Language;

/// The true minus sign, which has the width of a digit.
const MINUS: char = '\u{2212}';

/// Formats a number with thousands separators: 1.234,56 in Vietnamese, 1,234.56 in English; negative numbers with a
/// true minus. What rounds to zero has no sign; what is not finite is a dash.
pub fn format_number(value: f64, decimals: usize, language: Language) -> String {
    let plain = format_plain(value, decimals, language);
    let (group, point) = separators(language);
    let (sign, digits) = match plain.strip_prefix(MINUS) {
        Some(rest) => (MINUS.to_string(), rest),
        None => (String::new(), plain.as_str()),
    };
    match digits.split_once(point) {
        Some((whole, fraction)) => format!("{sign}{}{point}{fraction}", grouped(whole, group)),
        None => format!("{sign}{}", grouped(digits, group)),
    }
}

/// Like [`format_number`] without thousands separators, as coordinates are written.
pub fn format_plain(value: f64, decimals: usize, language: Language) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let text = format!("{:.decimals$}", value.abs());
    let sign = value < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    let text = text.replace('.', separators(language).1);
    if sign { format!("{MINUS}{text}") } else { text }
}

/// (thousands, decimal).
fn separators(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Vi => (".", ","),
        Language::En => (",", "."),
    }
}

fn grouped(digits: &str, separator: &str) -> String {
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return digits.into();
    }
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// Reads a number that a file gives as a number or as text: `207.5`, `"207,5"`, `"1.234,56"`, `"1,234.56 ha"`.
/// `None` for anything else, and for a text that two readers would read differently: `"1.704"` is 1,704 to a
/// Vietnamese reader and 1.704 to a program, and nobody should have to guess which was meant.
pub fn read_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64().filter(|number| number.is_finite()),
        Value::String(text) => read_text(text),
        _ => None,
    }
}

fn read_text(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches("ha").trim();
    let (sign, digits) = match text.strip_prefix(['-', MINUS]) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let digits: String = digits.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let plain = unseparated(&digits)?;
    plain.bytes().next().filter(u8::is_ascii_digit)?;
    plain.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| sign * number)
}

/// The digits with at most one `.` as decimal point; `None` when the separators are ambiguous or out of place.
fn unseparated(digits: &str) -> Option<String> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return None;
    }
    let last = digits.rfind(['.', ',']).map(|at| (at, &digits[at..=at]));
    let Some((at, separator)) = last else { return Some(digits.into()) };
    let (whole, fraction) = (&digits[..at], &digits[at + 1..]);
    if !whole.contains(['.', ',']) {
        // One separator: three digits after it could be thousands, unless nothing but a zero stands before it.
        let decimal = fraction.len() != 3 || whole.len() > 3 || whole == "0";
        return decimal.then(|| format!("{whole}.{fraction}"));
    }
    let other = if separator == "." { "," } else { "." };
    if whole.contains(separator) {
        // The same separator again: thousands throughout.
        return (!whole.contains(other) && in_threes(digits, separator))
            .then(|| digits.replace(separator, ""));
    }
    in_threes(whole, other).then(|| format!("{}.{fraction}", whole.replace(other, "")))
}

fn in_threes(digits: &str, separator: &str) -> bool {
    let mut groups = digits.split(separator);
    let first = groups.next().map_or(0, str::len);
    (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!(format_number(1234.567, 2, Language::Vi), "1.234,57");
        assert_eq!(format_number(1234.567, 2, Language::En), "1,234.57");
        assert_eq!(format_number(1_234_567.0, 0, Language::Vi), "1.234.567");
        assert_eq!(format_number(-0.5, 1, Language::Vi), "\u{2212}0,5");
        assert_eq!(format_number(-0.001, 2, Language::En), "0.00");
        assert_eq!(format_number(999.0, 2, Language::En), "999.00");
        assert_eq!(format_number(f64::NAN, 2, Language::En), "–");
        assert_eq!(format_plain(2_417_549.695, 2, Language::Vi).len(), "2417549,69".len());
    }

    #[test]
    fn numbers_as_text_are_read_with_care() {
        let readings = [
            ("207,5", Some(207.5)),
            ("207.5", Some(207.5)),
            ("1.234,56", Some(1234.56)),
            ("1,234.56", Some(1234.56)),
            ("58.123.000", Some(58_123_000.0)),
            ("207,50 ha", Some(207.5)),
            ("1 234,5", Some(1234.5)),
            ("0,125", Some(0.125)),
            ("1234.567", Some(1234.567)),
            ("\u{2212}3,5", Some(-3.5)),
            ("321", Some(321.0)),
            ("1.704", None),
            ("207,500", None),
            ("1.23.456", None),
            ("1.234,5,6", None),
            ("khoảng 440", None),
            ("> 321", None),
            (",5", None),
            ("", None),
            ("1e3", None),
            ("inf", None),
        ];
        for (text, expected) in readings {
            assert_eq!(read_number(&json!(text)), expected, "{text}");
        }
        assert_eq!(read_number(&json!(207.5)), Some(207.5));
        assert_eq!(read_number(&json!(null)), None);
        assert_eq!(read_number(&json!([1])), None);
    }
}
