//! The top level of a document: which shape it has, and its members in any order.

use std::io::Read;

use serde_json::{Map, Value};

use super::feature::{Object, object_type};
use super::take::Expected;
use crate::json::{Cursor, ValueReader};
use crate::read::Outcome;
use crate::read::intake::Intake;
use crate::read::source::{Place, Source};
use crate::{NoteKind, ReadError, sniff};

/// A document being read.
pub(crate) struct Reader<'s, R> {
    pub(super) source: Source<R>,
    pub(super) intake: Intake<'s>,
    /// The members around the features.
    pub(super) members: Map<String, Value>,
    pub(super) crs_place: Place,
    /// Where a bare feature or geometry starts and ends, if that is the document.
    pub(super) bare: Option<(Place, Place)>,
}

impl<'s, R: Read> Reader<'s, R> {
    pub(crate) fn new(source: Source<R>, intake: Intake<'s>) -> Self {
        let crs_place = source.place(0);
        Self { source, intake, members: Map::new(), crs_place, bare: None }
    }

    /// Reads a document of any shape.
    pub(crate) fn document(mut self) -> Result<Outcome, ReadError> {
        match self.first_byte()? {
            0x1e => return self.records(),
            b'{' => {}
            _ => {
                let (line, column) = self.source.place(0).line_and_column();
                return Err(sniff::by_text(self.source.window(), line, column));
            }
        }
        if !self.whole_object()? {
            return self.finish();
        }
        match self.source.next_byte()? {
            None => self.finish(),
            // A feature that ended on its line and is followed by another object: the first of a sequence.
            Some(b'{' | 0x1e) if self.is_first_record() => {
                self.bare = None;
                self.records()
            }
            Some(_) => {
                let place = self.source.place(0);
                let message = "something follows the end of the document; it was not read";
                self.intake.note(NoteKind::TrailingData, place, message);
                self.finish()
            }
        }
    }

    /// Reads a sequence.
    pub(crate) fn sequence(mut self) -> Result<Outcome, ReadError> {
        self.first_byte()?;
        self.records()
    }

    /// The first byte that is not white space, once the beginning has been recognised as text of ours.
    fn first_byte(&mut self) -> Result<u8, ReadError> {
        self.source.fill(512)?;
        if self.source.window().starts_with(b"\xef\xbb\xbf") {
            let message = "the document starts with a byte order mark; it was passed over";
            self.intake.note(NoteKind::ByteOrderMark, self.source.place(0), message);
            self.source.consume(3);
        }
        if let Some(error) = sniff::by_beginning(self.source.window()) {
            return Err(error);
        }
        let first = self.source.next_byte()?;
        let first = first.ok_or_else(|| ReadError::Empty { blank: self.source.place(0).offset > 0 })?;
        self.source.fill(512)?;
        Ok(first)
    }

    /// Whether a bare object stands on one line and the source is on a later one.
    fn is_first_record(&self) -> bool {
        let here = self.source.place(0);
        self.bare.is_some_and(|(start, end)| start.line() == end.line() && end.line() < here.line())
    }

    /// Reads the object that the window starts with. `false` when reading cannot go on behind it.
    ///
    /// Until the member `features` comes, the object may turn out to be a bare feature or geometry, so nothing is
    /// consumed before that.
    fn whole_object(&mut self) -> Result<bool, ReadError> {
        let mut at = 1;
        let mut pending: Vec<(String, usize, usize)> = Vec::new();
        loop {
            at = self.blank(at)?;
            match self.byte(at)? {
                Some(b'}') => {
                    self.bare_object(at + 1, &pending)?;
                    return Ok(true);
                }
                Some(b',') if !pending.is_empty() => at = self.blank(at + 1)?,
                _ => {}
            }
            let (key, value) = self.member_name(at)?;
            if key == "features" {
                return self.features_member(value, &pending);
            }
            at = self.value_end(value)?;
            if key == "type" {
                self.known_type(value, at)?;
            }
            pending.push((key, value, at));
        }
    }

    /// The member `features`: what came before it is the collection's head.
    fn features_member(
        &mut self,
        value: usize,
        pending: &[(String, usize, usize)],
    ) -> Result<bool, ReadError> {
        let found = match self.byte(value)? {
            Some(b'[') => None,
            Some(b'{') => Some("an object"),
            Some(b'"') => Some("a text"),
            Some(b'n') => Some("null"),
            None => return Err(self.ends_early(value)),
            _ => Some("something else"),
        };
        if let Some(found) = found {
            let (line, _) = self.source.place(value).line_and_column();
            return Err(ReadError::FeaturesNotList { line, found });
        }
        for (key, start, end) in pending {
            self.member(key, *start, *end)?;
        }
        self.source.consume(value + 1);
        if !self.features()? {
            return Ok(false);
        }
        self.tail()
    }

    /// The members behind the features. What is broken here is noted: the features are there already.
    fn tail(&mut self) -> Result<bool, ReadError> {
        loop {
            let broken = match self.source.next_byte()? {
                Some(b'}') => {
                    self.source.consume(1);
                    return Ok(true);
                }
                Some(b',') => {
                    let after = self.blank(1)?;
                    self.tail_member(after)
                }
                Some(_) => Err(self.syntax_at(0, "a comma or \"}\"")),
                None => {
                    let message = "the document ends before its closing brace";
                    self.intake.note(NoteKind::Truncated, self.source.place(0), message);
                    return Ok(false);
                }
            };
            match broken {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(ReadError::Syntax { reason, .. }) => {
                    let message = format!("behind the features: {reason}; the rest was not read");
                    self.intake.note(NoteKind::RestUnreadable, self.source.place(0), message);
                    return Ok(false);
                }
                Err(other) => return Err(other),
            }
        }
    }

    fn tail_member(&mut self, at: usize) -> Result<bool, ReadError> {
        let (key, value) = self.member_name(at)?;
        if key == "features" && self.byte(value)? == Some(b'[') {
            let message = "the member \"features\" comes twice; the features of both were read";
            self.intake.note(NoteKind::DuplicateKey, self.source.place(at), message);
            self.source.consume(value + 1);
            return self.features();
        }
        let end = self.value_end(value)?;
        self.member(&key, value, end)?;
        self.source.consume(end);
        Ok(true)
    }

    /// A document without `features`: a bare feature or geometry, or something else.
    fn bare_object(&mut self, end: usize, pending: &[(String, usize, usize)]) -> Result<(), ReadError> {
        let at = self.source.place(0);
        let text = self.text(0, end)?;
        let mut cursor = Cursor::new(text, self.intake.limits);
        let kind = object_type(&mut cursor).map_err(|fault| self.document_fault(0, &fault))?;
        if let Object::Other(name) = kind {
            let name = name.map(std::borrow::Cow::into_owned);
            for (key, start, end) in pending {
                self.member(key, *start, *end)?;
            }
            return Err(sniff::by_members(name.as_deref(), &self.members));
        }
        let window = &self.source.window()[..end];
        self.intake.take(window, at, Expected::FeatureOrGeometry)?;
        self.source.consume(end);
        self.bare = Some((at, self.source.place(0)));
        Ok(())
    }

    /// Stops early at a type that is known not to be GeoJSON, before its many bytes are read.
    fn known_type(&self, start: usize, end: usize) -> Result<(), ReadError> {
        match &self.source.window()[start..end] {
            b"\"Topology\"" => Err(sniff::by_members(Some("Topology"), &Map::new())),
            _ => Ok(()),
        }
    }

    /// Keeps a member that is not `features`.
    fn member(&mut self, key: &str, start: usize, end: usize) -> Result<(), ReadError> {
        let mut values = ValueReader::default();
        let text = self.text(start, end)?;
        let mut cursor = Cursor::new(text, self.intake.limits);
        let value = values.value(&mut cursor);
        let value = value.map_err(|fault| self.document_fault(start, &fault))?;
        let place = self.source.place(start);
        let tally = &mut self.intake.tally;
        tally.add(NoteKind::TextNormalised, values.normalised, place.line());
        tally.add(NoteKind::PropertyNotFinite, values.non_finite, place.line());
        for twice in values.duplicates {
            let message =
                format!("the member \"{twice}\" comes twice in one object; the later one was taken");
            self.intake.note(NoteKind::DuplicateKey, place, message);
        }
        if key == "crs" {
            self.crs_place = place;
        }
        if self.members.insert(key.into(), value).is_some() {
            let message = format!("the member \"{key}\" comes twice; the later one was taken");
            self.intake.note(NoteKind::DuplicateKey, place, message);
        }
        Ok(())
    }
}
