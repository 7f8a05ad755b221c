//! The tokens around the features, read in place in the window.

use std::io::Read;

use super::document::Reader;
use crate::json::{Cursor, Fault, Scan, Step, ValueReader};
use crate::{LimitName, ReadError};

impl<R: Read> Reader<'_, R> {
    /// The name of the member at `at`, and where its value starts.
    pub(super) fn member_name(&mut self, at: usize) -> Result<(String, usize), ReadError> {
        match self.byte(at)? {
            Some(b'"') => {}
            None => return Err(self.ends_early(at)),
            Some(_) => return Err(self.syntax_at(at, "a member's name in double quotes")),
        }
        let end = self.value_end(at)?;
        let text = self.text(at, end)?;
        let mut values = ValueReader::default();
        let key = values.text(&mut Cursor::new(text, self.intake.limits));
        let key = key.map_err(|fault| self.document_fault(at, &fault))?;
        let colon = self.blank(end)?;
        match self.byte(colon)? {
            Some(b':') => Ok((key, self.blank(colon + 1)?)),
            None => Err(self.ends_early(colon)),
            Some(_) => Err(self.syntax_at(colon, "a colon")),
        }
    }

    /// Where the value that starts at `start` ends.
    pub(super) fn value_end(&mut self, start: usize) -> Result<usize, ReadError> {
        let limit = self.intake.limits.feature_bytes;
        let mut scan = Scan::default();
        loop {
            match scan.run(self.source.window().get(start..).unwrap_or(&[])) {
                Step::Done(0) => return Err(self.syntax_at(start, "a value")),
                Step::Done(length) => return Ok(start + length),
                Step::Broken(offset, reason) => {
                    return Err(self.document_fault(start, &Fault::syntax(offset, reason)));
                }
                Step::More if (start + scan.offset()) as u64 > limit => {
                    return Err(ReadError::Limit { what: LimitName::HeadBytes, limit });
                }
                Step::More => {
                    if !self.source.more()? {
                        return Err(self.ends_early(self.source.window().len()));
                    }
                }
            }
        }
    }

    /// The offset of the first byte from `at` on that is not white space.
    pub(super) fn blank(&mut self, mut at: usize) -> Result<usize, ReadError> {
        while self.byte(at)?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            at += 1;
        }
        Ok(at)
    }

    pub(super) fn byte(&mut self, at: usize) -> Result<Option<u8>, ReadError> {
        self.source.fill(at + 1)?;
        Ok(self.source.window().get(at).copied())
    }

    pub(super) fn text(&self, start: usize, end: usize) -> Result<&str, ReadError> {
        std::str::from_utf8(&self.source.window()[start..end]).map_err(|error| {
            let place = self.source.place(start + error.valid_up_to());
            let (line, _) = place.line_and_column();
            ReadError::InvalidUtf8 { line, offset: place.offset }
        })
    }

    pub(super) fn document_fault(&self, start: usize, fault: &Fault) -> ReadError {
        let (line, column) = self.source.place(start + fault.offset).line_and_column();
        ReadError::Syntax { line, column, reason: fault.reason.clone() }
    }

    pub(super) fn syntax_at(&self, at: usize, wanted: &str) -> ReadError {
        self.document_fault(0, &Fault::unexpected(self.source.window(), at, wanted))
    }

    pub(super) fn ends_early(&self, at: usize) -> ReadError {
        let reason = "the document ends in the middle: check that it was saved or downloaded whole";
        self.document_fault(0, &Fault::syntax(at, reason))
    }
}
