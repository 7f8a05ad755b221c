//! The bytes of a document as a window that moves on, with lines counted.

use std::io::{ErrorKind, Read};

use crate::{LimitName, Limits, ReadError};

/// How much is asked of the input at once.
const CHUNK: usize = 256 << 10;

/// A place in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Bytes from the start of the document.
    pub(crate) offset: u64,
    /// Line, from 1; 0 in a document that has no lines.
    line: u64,
    /// Column in bytes, from 1; 0 in a document that has no lines.
    column: u64,
}

/// A window over the input: what has been read and not yet consumed.
pub(crate) struct Source<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    limit: u64,
    read: u64,
    here: Place,
    carriage_returns: bool,
}

impl<R: Read> Source<R> {
    pub(crate) fn new(input: R, limits: &Limits) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            ended: false,
            limit: limits.bytes,
            read: 0,
            here: Place::START,
            carriage_returns: false,
        }
    }

    /// Places have no lines from here on: the document is not text.
    pub(crate) fn without_lines(&mut self) {
        self.here = Place { line: 0, column: 0, ..self.here };
    }

    /// The bytes at hand.
    pub(crate) fn window(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Whether the first line ended with CR LF.
    pub(crate) fn carriage_returns(&self) -> bool {
        self.carriage_returns
    }

    /// Reads on; the window grows at its end. `false` at the end of the input.
    pub(crate) fn more(&mut self) -> Result<bool, ReadError> {
        if self.ended {
            return Ok(false);
        }
        self.make_room();
        loop {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    return Ok(false);
                }
                Ok(count) => {
                    self.end += count;
                    self.read += count as u64;
                    break;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        if self.read > self.limit {
            return Err(ReadError::Limit { what: LimitName::Bytes, limit: self.limit });
        }
        Ok(true)
    }

    /// Makes the window at least `wanted` bytes long, if the input has as many.
    pub(crate) fn fill(&mut self, wanted: usize) -> Result<(), ReadError> {
        while self.end - self.start < wanted && self.more()? {}
        Ok(())
    }

    /// Gives up bytes of a document without lines, reading on as far as needed; `false` when it ends before.
    pub(crate) fn pass(&mut self, count: u64) -> Result<bool, ReadError> {
        let mut left = count;
        loop {
            let passed = usize::try_from(left).map_or(usize::MAX, |left| left).min(self.end - self.start);
            self.start += passed;
            self.here.offset += passed as u64;
            left -= passed as u64;
            if left == 0 {
                return Ok(true);
            }
            if !self.more()? {
                return Ok(false);
            }
        }
    }

    fn make_room(&mut self) {
        if self.buffer.len() - self.end >= CHUNK / 2 {
            return;
        }
        // Moving costs as much as it frees, so it must free at least half.
        if self.start >= self.buffer.len() / 2 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        let wanted = self.end + CHUNK;
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted.max(self.buffer.len() * 2), 0);
        }
    }

    /// Gives up the first `count` bytes of the window.
    pub(crate) fn consume(&mut self, count: usize) {
        let passed = &self.buffer[self.start..self.start + count];
        self.carriage_returns |= self.here.line == 1 && first_line_ends_crlf(passed);
        self.here = self.here.after(passed);
        self.start += count;
    }

    /// The place of the byte `ahead` bytes into the window.
    pub(crate) fn place(&self, ahead: usize) -> Place {
        let window = self.window();
        self.here.after(&window[..ahead.min(window.len())])
    }

    /// Passes white space; the byte after it, if there is one.
    pub(crate) fn next_byte(&mut self) -> Result<Option<u8>, ReadError> {
        loop {
            let window = self.window();
            let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let found = window.get(blank).copied();
            self.consume(blank);
            if found.is_some() || !self.more()? {
                return Ok(found);
            }
        }
    }
}

impl Place {
    /// Where every text starts.
    pub(crate) const START: Self = Self { offset: 0, line: 1, column: 1 };

    /// In something that is no text and whose bytes are not seen here.
    pub(crate) const fn nowhere() -> Self {
        Self { offset: 0, line: 0, column: 0 }
    }

    /// In a row of a sheet, counted from 1.
    pub(crate) fn at_line(line: usize) -> Self {
        Self { offset: 0, line: line as u64, column: 0 }
    }

    /// The line, from 1, where there are lines.
    pub(crate) fn line(self) -> Option<u64> {
        (self.line > 0).then_some(self.line)
    }

    /// The column in bytes, from 1, where there are lines.
    pub(crate) fn column(self) -> Option<u64> {
        (self.column > 0).then_some(self.column)
    }

    /// Line and column for an error about a text.
    pub(crate) fn line_and_column(self) -> (u64, u64) {
        (self.line, self.column)
    }

    /// The place behind `passed`, which starts here.
    pub(crate) fn after(self, passed: &[u8]) -> Self {
        // By chunks whose count fits into a byte, which the compiler turns into vector instructions.
        let feeds = |chunk: &[u8]| u64::from(chunk.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>());
        let lines: u64 = passed.chunks(255).map(feeds).sum();
        let last = if lines == 0 { None } else { passed.iter().rposition(|byte| *byte == b'\n') };
        let column = match last {
            Some(last) => (passed.len() - last) as u64,
            None => self.column + passed.len() as u64,
        };
        Self { offset: self.offset + passed.len() as u64, line: self.line + lines, column }
    }
}

fn first_line_ends_crlf(passed: &[u8]) -> bool {
    let feed = passed.iter().position(|byte| *byte == b'\n');
    feed.and_then(|feed| feed.checked_sub(1)).is_some_and(|before| passed[before] == b'\r')
}
