//! A cursor over the text of one value.

use std::borrow::Cow;

use super::Fault;
use super::fault::word;
use super::text;
use crate::{Limits, NoteKind};

/// Walks through a JSON text token by token. Offsets in faults count from the start of the text.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    limits: &'a Limits,
    /// Raw control characters met inside texts; they are forbidden but harmless, so they are counted.
    pub(crate) control_characters: u64,
}

/// Where a walk through an object or a list stands: before its first item or after one.
#[derive(Default)]
pub(crate) struct Members {
    started: bool,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str, limits: &'a Limits) -> Self {
        Self { text, at: 0, depth: 0, limits, control_characters: 0 }
    }

    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    pub(crate) fn limits(&self) -> &'a Limits {
        self.limits
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The next byte that is not white space, not consumed.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Takes `byte` if it is next.
    #[inline]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The fault of finding something else than `wanted` here.
    #[cold]
    pub(crate) fn unexpected(&mut self, wanted: &str) -> Fault {
        self.peek();
        Fault::unexpected(self.bytes(), self.at, wanted)
    }

    /// Goes one level deeper; every `enter` needs its [`Cursor::leave`].
    fn enter(&mut self) -> Result<Members, Fault> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            let reason = format!("brackets nest deeper than {} levels", self.limits.depth);
            return Err(Fault::new(self.at, NoteKind::TooDeep, reason));
        }
        Ok(Members::default())
    }

    /// Starts an object; its opening brace must be next.
    pub(crate) fn object(&mut self, wanted: &str) -> Result<Members, Fault> {
        if self.take(b'{') { self.enter() } else { Err(self.unexpected(wanted)) }
    }

    /// Starts a list; its opening bracket must be next.
    #[inline]
    pub(crate) fn list(&mut self, wanted: &str) -> Result<Members, Fault> {
        if self.take(b'[') { self.enter() } else { Err(self.unexpected(wanted)) }
    }

    /// The next member's name, its colon consumed; `None` at the end of the object.
    pub(crate) fn next_key(&mut self, members: &mut Members) -> Result<Option<Cow<'a, str>>, Fault> {
        if !self.next(members, b'}', "a comma or \"}\"")? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a member's name in double quotes"));
        }
        let key = self.string()?;
        if self.take(b':') { Ok(Some(key)) } else { Err(self.unexpected("a colon")) }
    }

    /// Whether another element follows in the list.
    #[inline]
    pub(crate) fn next_element(&mut self, members: &mut Members) -> Result<bool, Fault> {
        self.next(members, b']', "a comma or \"]\"")
    }

    #[inline]
    fn next(&mut self, members: &mut Members, close: u8, wanted: &str) -> Result<bool, Fault> {
        if self.take(close) {
            self.depth -= 1;
            return Ok(false);
        }
        if members.started {
            if !self.take(b',') {
                return Err(self.unexpected(wanted));
            }
            if self.peek() == Some(close) {
                return Err(Fault::syntax(self.at, "a comma before a closing bracket: take it out"));
            }
        }
        members.started = true;
        Ok(true)
    }

    /// Reads a text; its opening quote must be next.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        let start = self.at + 1;
        let raw = text::raw(self.text, start)?;
        if raw.len() as u64 > self.limits.text_bytes {
            let reason = format!("a text of {} bytes; the limit is {}", raw.len(), self.limits.text_bytes);
            return Err(Fault::new(self.at, NoteKind::TextTooLong, reason));
        }
        self.at = start + raw.len() + 1;
        self.control_characters += text::control_characters(raw);
        text::unescaped(raw, start)
    }

    /// The text of the number that is next, after JSON's own grammar.
    #[inline]
    pub(crate) fn number(&mut self, wanted: &str) -> Result<&'a str, Fault> {
        self.peek();
        let rest = &self.bytes()[self.at..];
        let Some(length) = number_length(rest) else { return Err(self.not_a_number(wanted)) };
        let number = &self.text[self.at..self.at + length];
        self.at += length;
        Ok(number)
    }

    #[cold]
    fn not_a_number(&mut self, wanted: &str) -> Fault {
        match self.non_finite() {
            Some(found) => {
                Fault::new(self.at, NoteKind::NotFinite, format!("{found} stands where {wanted} should"))
            }
            None if matches!(self.peek(), Some(b'0'..=b'9' | b'-' | b'+' | b'.')) => {
                let reason = "a number that JSON does not allow (leading zero or plus, or no digit on one side \
                              of the point)";
                Fault::syntax(self.at, reason)
            }
            None => self.unexpected(wanted),
        }
    }

    /// NaN or an infinity in one of the spellings that programs write, if it is next; not consumed.
    pub(crate) fn non_finite(&mut self) -> Option<&'a str> {
        self.peek();
        let rest = &self.bytes()[self.at..];
        let sign = usize::from(matches!(rest.first(), Some(b'-' | b'+')));
        let found = word(&rest[sign..]);
        let known = ["nan", "inf", "infinity"].iter().any(|name| found.eq_ignore_ascii_case(name));
        known.then(|| &self.text[self.at..self.at + sign + found.len()])
    }

    /// Consumes a literal such as `null` if it is next.
    pub(crate) fn literal(&mut self, literal: &str) -> bool {
        self.peek();
        let rest = &self.bytes()[self.at..];
        let found = rest.starts_with(literal.as_bytes())
            && !rest.get(literal.len()).is_some_and(u8::is_ascii_alphanumeric);
        self.at += if found { literal.len() } else { 0 };
        found
    }

    /// Passes `length` bytes that have been looked at already.
    pub(crate) fn advance(&mut self, length: usize) {
        self.at += length;
    }

    /// Passes one value of any kind, checking its grammar.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'{') => {
                let mut members = self.object("")?;
                while self.next_key(&mut members)?.is_some() {
                    self.skip()?;
                }
            }
            Some(b'[') => {
                let mut elements = self.list("")?;
                while self.next_element(&mut elements)? {
                    self.skip()?;
                }
            }
            Some(b'"') => drop(self.string()?),
            Some(b'n') if self.literal("null") => {}
            Some(b't') if self.literal("true") => {}
            Some(b'f') if self.literal("false") => {}
            _ => match self.non_finite() {
                Some(found) => self.advance(found.len()),
                None => drop(self.number("a value")?),
            },
        }
        Ok(())
    }
}

/// Length of the number at the start of the bytes; `None` if there is none or it goes on in a way JSON forbids.
#[inline]
fn number_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && bytes[at] == b'0') {
        return None;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent == 0 {
            return None;
        }
        at += 1 + sign + exponent;
    }
    let ends = !matches!(bytes.get(at), Some(b'.' | b'_' | b'a'..=b'z' | b'A'..=b'Z'));
    ends.then_some(at)
}
