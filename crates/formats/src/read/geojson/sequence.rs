//! Sequences: one feature a line, or records set apart by U+001E (RFC 8142).

use std::io::Read;

use super::document::Reader;
use super::take::Expected;
use crate::json::Fault;
use crate::read::Outcome;
use crate::{NoteKind, ReadError};

const RECORD_SEPARATOR: u8 = 0x1e;

/// Where a record ends.
enum Record {
    Whole(usize),
    TooLong,
}

impl<R: Read> Reader<'_, R> {
    /// Reads records to the end of the document.
    pub(super) fn records(mut self) -> Result<Outcome, ReadError> {
        let separated = self.source.next_byte()? == Some(RECORD_SEPARATOR);
        let how = if separated { "set apart by record separators" } else { "one a line" };
        let message = format!("the document is a sequence of features, {how}");
        self.intake.note(NoteKind::Sequence, self.source.place(0), message);
        let end_mark = if separated { RECORD_SEPARATOR } else { b'\n' };
        while let Some(byte) = self.source.next_byte()? {
            if byte == RECORD_SEPARATOR {
                self.source.consume(1);
                continue;
            }
            self.record(end_mark)?;
        }
        self.finish()
    }

    fn record(&mut self, end_mark: u8) -> Result<(), ReadError> {
        let start = self.source.place(0);
        match self.record_end(end_mark)? {
            Record::Whole(length) => {
                let text = self.source.window()[..length].trim_ascii_end();
                self.intake.take(text, start, Expected::FeatureOrGeometry)?;
                self.source.consume(length);
            }
            Record::TooLong => {
                let limit = self.intake.limits.feature_bytes;
                let position = self.intake.meet()?;
                let reason = format!("the record is longer than {limit} bytes");
                let fault = Fault::new(0, NoteKind::FeatureTooLarge, reason);
                self.intake.skip(position, None, start, fault);
                self.pass_record(end_mark)?;
            }
        }
        Ok(())
    }

    fn record_end(&mut self, end_mark: u8) -> Result<Record, ReadError> {
        let limit = self.intake.limits.feature_bytes;
        let mut looked = 0;
        loop {
            let window = self.source.window();
            if let Some(found) = window[looked..].iter().position(|byte| *byte == end_mark) {
                let long = (looked + found) as u64 > limit;
                return Ok(if long { Record::TooLong } else { Record::Whole(looked + found) });
            }
            looked = window.len();
            if looked as u64 > limit {
                return Ok(Record::TooLong);
            }
            if !self.source.more()? {
                return Ok(Record::Whole(looked));
            }
        }
    }

    fn pass_record(&mut self, end_mark: u8) -> Result<(), ReadError> {
        loop {
            let window = self.source.window();
            let found = window.iter().position(|byte| *byte == end_mark);
            let passed = found.unwrap_or(window.len());
            self.source.consume(passed);
            if found.is_some() || !self.source.more()? {
                return Ok(());
            }
        }
    }
}
