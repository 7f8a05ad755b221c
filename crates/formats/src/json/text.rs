//! Texts: finding their end and undoing their escapes.

use std::borrow::Cow;

use super::Fault;

/// What stands between the quotes of the text whose first character is at `start`.
pub(super) fn raw(text: &str, start: usize) -> Result<&str, Fault> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        let stop = bytes.get(at..).unwrap_or(&[]).iter().position(|byte| matches!(byte, b'"' | b'\\'));
        let Some(stop) = stop else {
            let reason = "a text that is never closed: its closing double quote is missing";
            return Err(Fault::syntax(start.saturating_sub(1), reason));
        };
        at += stop;
        if bytes[at] == b'"' {
            return Ok(&text[start..at]);
        }
        // The escaped character may be any; whether the escape is one is found out by `unescaped`.
        at += 2;
    }
}

/// How many raw control characters a text holds.
pub(super) fn control_characters(raw: &str) -> u64 {
    raw.bytes().filter(|byte| *byte < 0x20).count() as u64
}

/// The text with its escapes undone; `start` is its offset, for faults.
pub(super) fn unescaped(raw: &str, start: usize) -> Result<Cow<'_, str>, Fault> {
    if !raw.as_bytes().contains(&b'\\') {
        return Ok(Cow::Borrowed(raw));
    }
    let mut plain = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(slash) = rest.find('\\') {
        plain.push_str(&rest[..slash]);
        let escape = &rest[slash..];
        let offset = start + (raw.len() - escape.len());
        let (found, length) = escaped(escape).map_err(|reason| Fault::syntax(offset, reason))?;
        plain.push(found);
        rest = &escape[length..];
    }
    plain.push_str(rest);
    Ok(Cow::Owned(plain))
}

/// The character that the escape at the start of the text stands for, and the escape's length.
fn escaped(escape: &str) -> Result<(char, usize), String> {
    let plain = match escape.as_bytes().get(1) {
        Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(escape),
        _ => {
            let found: String = escape.chars().take(2).collect();
            return Err(format!("{found} is not an escape that JSON has: write \\\\ for a backslash"));
        }
    };
    Ok((plain, 2))
}

fn unicode(escape: &str) -> Result<(char, usize), String> {
    let four = |from: usize| {
        let digits = escape.get(from..from + 4).filter(|four| four.bytes().all(|b| b.is_ascii_hexdigit()));
        digits.and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    let high = four(2).ok_or("\\u needs four hexadecimal digits")?;
    if let Some(found) = char::from_u32(high) {
        return Ok((found, 6));
    }
    let low = escape.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| four(8));
    match low {
        Some(low @ 0xdc00..=0xdfff) if high < 0xdc00 => {
            let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            char::from_u32(code).map(|found| (found, 12)).ok_or_else(|| "not a character".into())
        }
        _ => Err(format!("\\u{high:04x} is one half of a character: the other half is missing")),
    }
}
