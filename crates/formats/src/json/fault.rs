//! A fault: where a text is broken, and in which way.

use crate::NoteKind;

/// What is wrong at one place of a slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Offset in bytes from the start of the slice.
    pub(crate) offset: usize,
    /// The kind of note that it becomes.
    pub(crate) kind: NoteKind,
    /// What is wrong and what to do.
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn new(offset: usize, kind: NoteKind, reason: impl Into<String>) -> Self {
        Self { offset, kind, reason: reason.into() }
    }

    pub(crate) fn syntax(offset: usize, reason: impl Into<String>) -> Self {
        Self::new(offset, NoteKind::Syntax, reason)
    }

    /// The text at `offset` is not what `wanted` says; the usual reasons get words of their own.
    pub(crate) fn unexpected(bytes: &[u8], offset: usize, wanted: &str) -> Self {
        let rest = bytes.get(offset..).unwrap_or(&[]);
        let reason = match rest {
            [] => format!("the text ends where {wanted} should stand"),
            [b'\'', ..] => "single quotes: JSON wants double quotes".into(),
            [b'/', b'/' | b'*', ..] => "a comment: JSON has none, take it out".into(),
            [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => format!("a number stands where {wanted} should"),
            _ => match word(rest) {
                "" => format!("{} stands where {wanted} should", shown(rest)),
                "True" | "False" | "None" => {
                    format!("the Python word {}: write true, false or null", word(rest))
                }
                found => format!("the word {found} stands where {wanted} should; texts need double quotes"),
            },
        };
        Self::syntax(offset, reason)
    }
}

/// The word of letters at the start of the bytes, at most 24.
pub(crate) fn word(bytes: &[u8]) -> &str {
    let length = bytes.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
    std::str::from_utf8(&bytes[..length]).unwrap_or("")
}

/// The character at the start of the bytes as a person can read it.
fn shown(bytes: &[u8]) -> String {
    match bytes.first() {
        Some(b'"') => "a double quote".into(),
        Some(byte @ (..=0x1f | 0x7f)) => format!("the control character U+{byte:04X}"),
        _ => {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4)]);
            text.chars().next().map_or_else(String::new, |found| format!("\"{found}\""))
        }
    }
}
