//! Taking features in one by one: parse, observe, note, hand on.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;
use std::ops::ControlFlow;

use serde_json::Value;
use spatial::{Crs, Feature, FeatureId};

use super::draft::Draft;
use super::feature::{Object, feature, object_type};
use super::geometry::geometry;
use super::observe::Observation;
use super::source::Place;
use super::tally::Tally;
use crate::json::{Cursor, Fault};
use crate::{LimitName, Limits, Note, NoteKind, Notes, ReadError, Sink};

/// What a text that is handed to the intake should be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// An element of a collection: a feature.
    Feature,
    /// A document or a record of a sequence: a feature, or a geometry that becomes one.
    FeatureOrGeometry,
}

/// Where features go, and what was noticed on the way.
pub(crate) struct Intake<'s> {
    pub(crate) limits: &'s Limits,
    pub(crate) notes: Notes,
    pub(crate) tally: Tally,
    /// Features met, the skipped ones included.
    pub(crate) met: u64,
    /// Features handed on.
    pub(crate) delivered: u64,
    /// The first `crs` member on a feature or geometry.
    pub(crate) feature_crs: Option<Value>,
    /// The CRS that the caller named, whatever the document says.
    pub(crate) given_crs: Option<Crs>,
    sink: &'s mut Sink<'s>,
    /// Position by hash of the id: the ids themselves may be long.
    ids: HashMap<u64, u64>,
    hasher: RandomState,
}

impl<'s> Intake<'s> {
    pub(crate) fn new(limits: &'s Limits, sink: &'s mut Sink<'s>) -> Self {
        Self {
            limits,
            notes: Notes::default(),
            tally: Tally::default(),
            met: 0,
            delivered: 0,
            feature_crs: None,
            given_crs: None,
            sink,
            ids: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// Notes something about the whole document.
    pub(crate) fn note(&mut self, kind: NoteKind, place: Place, message: impl Into<String>) {
        let message = message.into();
        let column = Some(place.column);
        let note = Note { kind, position: None, id: None, line: place.line, column, count: 1, message };
        self.notes.push(note, self.limits.notes_per_kind);
    }

    /// Counts a feature as met and returns its position.
    pub(crate) fn meet(&mut self) -> Result<u64, ReadError> {
        let limit = self.limits.features;
        if self.met >= limit {
            return Err(ReadError::Limit { what: LimitName::Features, limit });
        }
        self.met += 1;
        Ok(self.met - 1)
    }

    /// Takes the text of one feature. A fault becomes a note. If it lies in the grammar, its offset is returned:
    /// behind it the text cannot be trusted to end where it seems to.
    pub(crate) fn take(
        &mut self,
        text: &[u8],
        at: Place,
        expected: Expected,
    ) -> Result<Option<usize>, ReadError> {
        let position = self.meet()?;
        let mut draft = Draft::default();
        let outcome = parse(text, self.limits, expected, &mut draft);
        let outcome = outcome.and_then(|()| self.agree_on_crs(&mut draft));
        if let Err(fault) = outcome {
            let offset = fault.offset;
            let broken = fault.kind == NoteKind::Syntax;
            self.skip(position, draft.id, at.after(&text[..offset.min(text.len())]), fault);
            return Ok(broken.then_some(offset));
        }
        self.remark(position, &mut draft, at);
        self.deliver(position, draft)?;
        Ok(None)
    }

    /// Notes that a feature is left out, and where its fault lies.
    pub(crate) fn skip(&mut self, position: u64, id: Option<FeatureId>, place: Place, why: Fault) {
        let note = Note {
            kind: why.kind,
            position: Some(position),
            id,
            line: place.line,
            column: Some(place.column),
            count: 1,
            message: why.reason + "; the feature was left out",
        };
        self.notes.push(note, self.limits.notes_per_kind);
    }

    fn agree_on_crs(&mut self, draft: &mut Draft) -> Result<(), Fault> {
        let Some(named) = draft.crs.take() else { return Ok(()) };
        match &self.feature_crs {
            None => self.feature_crs = Some(named),
            Some(first) if *first == named => {}
            Some(_) => {
                let reason = "the feature names another CRS than the features before it";
                return Err(Fault::new(0, NoteKind::MixedCrs, reason));
            }
        }
        Ok(())
    }

    fn remark(&mut self, position: u64, draft: &mut Draft, at: Place) {
        let per_kind = self.limits.notes_per_kind;
        for remark in std::mem::take(&mut draft.remarks.single) {
            let (kind, count, message) = (remark.kind, remark.count, remark.message);
            let (id, line) = (draft.id.clone(), at.line);
            let note = Note { kind, position: Some(position), id, line, column: None, count, message };
            self.notes.push(note, per_kind);
        }
        if let Some(id) = &draft.id {
            self.same_id(position, id, at);
        }
        self.tally.remarks(&draft.remarks, at.line);
        if let Some(geometry) = &draft.geometry {
            let seen = Observation::of(geometry);
            self.tally.observe(&seen, position, draft.id.as_ref(), at.line, per_kind);
        }
    }

    fn same_id(&mut self, position: u64, id: &FeatureId, at: Place) {
        match self.ids.entry(self.hasher.hash_one(id)) {
            Entry::Vacant(entry) => drop(entry.insert(position)),
            Entry::Occupied(first) => {
                let message = format!("feature {} has the same id; both are kept", first.get());
                let (id, line) = (Some(id.clone()), at.line);
                let kind = NoteKind::DuplicateId;
                let note = Note { kind, position: Some(position), id, line, column: None, count: 1, message };
                self.notes.push(note, self.limits.notes_per_kind);
            }
        }
    }

    fn deliver(&mut self, position: u64, draft: Draft) -> Result<(), ReadError> {
        let Draft { id, geometry, properties, .. } = draft;
        self.delivered += 1;
        match (self.sink)(Feature { position, id, geometry, properties }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ReadError::Stopped),
        }
    }
}

/// Reads one feature from its text.
fn parse(text: &[u8], limits: &Limits, expected: Expected, draft: &mut Draft) -> Result<(), Fault> {
    let text = std::str::from_utf8(text).map_err(|error| not_utf8(text, &error))?;
    let mut cursor = Cursor::new(text, limits);
    if expected == Expected::FeatureOrGeometry
        && cursor.peek() == Some(b'{')
        && matches!(object_type(&mut cursor.clone())?, Object::Geometry)
    {
        draft.geometry = geometry(&mut cursor, draft)?;
    } else {
        feature(&mut cursor, draft)?;
    }
    match cursor.peek() {
        None => Ok(()),
        Some(_) => Err(Fault::syntax(cursor.offset(), "something follows the feature")),
    }
}

/// The fault of bytes that are not UTF-8, with a guess at what they are.
fn not_utf8(text: &[u8], error: &std::str::Utf8Error) -> Fault {
    let offset = error.valid_up_to();
    let found = text.get(offset).copied().unwrap_or(0);
    let reason = if error.error_len().is_none() {
        "a character is cut off in its middle".to_owned()
    } else {
        format!(
            "byte 0x{found:02X} is not UTF-8: save the document as UTF-8 (older Vietnamese files are often in \
             Windows-1258, TCVN3 or VNI)"
        )
    };
    Fault::new(offset, NoteKind::InvalidUtf8, reason)
}
