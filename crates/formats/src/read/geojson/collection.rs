//! The list of features: cutting one after another out of the stream, and finding the way back after a fault.

use std::io::Read;

use super::document::Reader;
use super::take::Expected;
use crate::json::{Fault, Scan, Step};
use crate::read::source::Place;
use crate::{NoteKind, ReadError};

/// What stands at the place where an element of the list should start.
enum Next {
    Element,
    End,
    Truncated,
}

/// What became of an attempt to cut an element out.
enum Cut {
    Whole(usize),
    TooLarge,
    Truncated,
    Broken(usize, &'static str),
}

impl<R: Read> Reader<'_, R> {
    /// Reads the elements up to the closing bracket. `false` when reading cannot go on behind them.
    pub(super) fn features(&mut self) -> Result<bool, ReadError> {
        let mut comma_wanted = false;
        loop {
            match self.next_element(comma_wanted)? {
                Next::Element => {}
                Next::End => return Ok(true),
                Next::Truncated => {
                    let message = "the document ends before its list of features does: it is cut off";
                    self.intake.note(NoteKind::Truncated, self.source.place(0), message);
                    return Ok(false);
                }
            }
            let start = self.source.place(0);
            comma_wanted = true;
            match self.cut()? {
                Cut::Whole(length) => {
                    let text = &self.source.window()[..length];
                    match self.intake.take(text, start, Expected::Feature)? {
                        // A missing quote may have hidden the end of the feature: look for the next from there on.
                        Some(fault) => {
                            let fault = fault.clamp(1, length);
                            let within = head(&self.source.window()[fault..length]);
                            comma_wanted = within.is_none();
                            self.source.consume(within.map_or(length, |head| fault + head));
                        }
                        None => self.source.consume(length),
                    }
                }
                Cut::TooLarge => self.too_large(start)?,
                Cut::Truncated => {
                    self.unusable(
                        start,
                        NoteKind::FeatureCutOff,
                        "the document ends in this feature's middle",
                    )?;
                    let end = self.source.place(self.source.window().len());
                    let message = "the document is cut off: check that it was saved or downloaded whole";
                    self.intake.note(NoteKind::Truncated, end, message);
                    return Ok(false);
                }
                Cut::Broken(offset, reason) => {
                    let place = self.source.place(offset);
                    self.unusable(place, NoteKind::Syntax, reason)?;
                    comma_wanted = false;
                    if !self.find_head(offset)? {
                        let message =
                            "no feature could be found behind the broken one; the rest was not read";
                        self.intake.note(NoteKind::RestUnreadable, place, message);
                        return Ok(false);
                    }
                }
            }
        }
    }

    fn next_element(&mut self, comma_wanted: bool) -> Result<Next, ReadError> {
        let mut commas = 0;
        loop {
            match self.source.next_byte()? {
                None => return Ok(Next::Truncated),
                Some(b',') => {
                    commas += 1;
                    self.source.consume(1);
                }
                Some(b']') => {
                    self.intake.tally.add(NoteKind::CommaExtra, commas, self.source.place(0).line());
                    self.source.consume(1);
                    return Ok(Next::End);
                }
                Some(_) => {
                    let line = self.source.place(0).line();
                    let missing = u64::from(comma_wanted && commas == 0);
                    self.intake.tally.add(NoteKind::CommaMissing, missing, line);
                    // Before the first feature and behind a fault one comma is anyone's guess.
                    self.intake.tally.add(NoteKind::CommaExtra, commas.saturating_sub(1), line);
                    return Ok(Next::Element);
                }
            }
        }
    }

    /// Finds the end of the element that the window starts with, reading on as needed.
    fn cut(&mut self) -> Result<Cut, ReadError> {
        let limit = self.intake.limits.feature_bytes;
        let mut scan = Scan::default();
        loop {
            match scan.run(self.source.window()) {
                Step::Done(length) if length as u64 > limit => return Ok(Cut::TooLarge),
                Step::Done(length) => return Ok(Cut::Whole(length.max(1))),
                Step::Broken(offset, reason) => return Ok(Cut::Broken(offset, reason)),
                Step::More if scan.offset() as u64 > limit => return Ok(Cut::TooLarge),
                Step::More => {
                    if !self.source.more()? {
                        return Ok(Cut::Truncated);
                    }
                }
            }
        }
    }

    /// Passes over a feature that is too large to be held.
    fn too_large(&mut self, start: Place) -> Result<(), ReadError> {
        let limit = self.intake.limits.feature_bytes;
        let reason = format!("the feature is longer than {limit} bytes");
        self.unusable(start, NoteKind::FeatureTooLarge, &reason)?;
        let mut scan = Scan::default();
        loop {
            match scan.run(self.source.window()) {
                Step::Done(length) | Step::Broken(length, _) => {
                    self.source.consume(length);
                    return Ok(());
                }
                Step::More => {
                    self.source.consume(scan.offset());
                    scan.rebase();
                    if !self.source.more()? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Notes a feature of which not even the text could be had.
    fn unusable(&mut self, place: Place, kind: NoteKind, reason: &str) -> Result<(), ReadError> {
        let position = self.intake.meet()?;
        self.intake.skip(position, None, place, Fault::new(0, kind, reason));
        Ok(())
    }

    /// Moves the window to the next beginning of a feature at or behind `from`; `false` if there is none.
    fn find_head(&mut self, from: usize) -> Result<bool, ReadError> {
        self.source.consume(from);
        loop {
            let window = self.source.window();
            if let Some(found) = head(window) {
                self.source.consume(found);
                return Ok(true);
            }
            // A head may be cut by the window's end: keep as much as the longest that is recognised.
            let passed = window.len().saturating_sub(HEAD_MAX);
            self.source.consume(passed);
            if !self.source.more()? {
                return Ok(false);
            }
        }
    }
}

/// The longest beginning of a feature, white space included, that is recognised.
const HEAD_MAX: usize = 256;

/// Where the text `{"type":"Feature"` stands, with any white space in it.
fn head(text: &[u8]) -> Option<usize> {
    let braces = text.iter().enumerate().filter(|(_, byte)| **byte == b'{');
    braces.map(|(at, _)| at).find(|at| {
        let rest = &text[*at..text.len().min(at + HEAD_MAX)];
        let mut tokens = rest.iter().filter(|byte| !byte.is_ascii_whitespace());
        b"{\"type\":\"Feature\"".iter().all(|wanted| tokens.next() == Some(wanted))
    })
}
