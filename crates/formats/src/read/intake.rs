//! Taking features in one by one, whatever their format: count, observe, note, hand on.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;
use std::ops::ControlFlow;

use serde_json::Value;
use spatial::{Crs, Feature, FeatureId};

use super::draft::Draft;
use super::observe::Observation;
use super::source::Place;
use super::tally::Tally;
use crate::json::Fault;
use crate::{Format, LimitName, Limits, Note, NoteKind, Notes, OpenRing, ReadError, Sink};

/// Where features go, and what was noticed on the way.
pub(crate) struct Intake<'s> {
    pub(crate) limits: &'s Limits,
    /// Whose ways the features are judged by.
    pub(crate) format: Format,
    pub(crate) notes: Notes,
    pub(crate) tally: Tally,
    /// Features met, the skipped ones included.
    pub(crate) met: u64,
    /// Features handed on.
    pub(crate) delivered: u64,
    /// Rings that were not closed, the widest of each feature.
    pub(crate) open_rings: Vec<OpenRing>,
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
    /// An intake that hands features to `sink`; `given_crs` is the CRS that the caller names.
    pub(crate) fn new(limits: &'s Limits, given_crs: Option<&Crs>, sink: &'s mut Sink<'s>) -> Self {
        Self {
            limits,
            format: Format::GeoJson,
            notes: Notes::default(),
            tally: Tally::default(),
            met: 0,
            delivered: 0,
            open_rings: Vec::new(),
            feature_crs: None,
            given_crs: given_crs.cloned(),
            sink,
            ids: HashMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// Notes something about the whole document.
    pub(crate) fn note(&mut self, kind: NoteKind, place: Place, message: impl Into<String>) {
        let message = message.into();
        let (line, column) = (place.line(), place.column());
        let note = Note { kind, position: None, id: None, line, column, count: 1, message };
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

    /// Notes that a feature is left out, and where its fault lies.
    pub(crate) fn skip(&mut self, position: u64, id: Option<FeatureId>, place: Place, why: Fault) {
        let note = Note {
            kind: why.kind,
            position: Some(position),
            id,
            line: place.line(),
            column: place.column(),
            count: 1,
            message: why.reason + "; the feature was left out",
        };
        self.notes.push(note, self.limits.notes_per_kind);
    }

    /// Takes in a feature that was read: says what there is to say of it and hands it on.
    pub(crate) fn accept(&mut self, position: u64, mut draft: Draft, at: Place) -> Result<(), ReadError> {
        self.remark(position, &mut draft, at);
        let Draft { id, geometry, properties, .. } = draft;
        self.delivered += 1;
        match (self.sink)(Feature { position, id, geometry, properties }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ReadError::Stopped),
        }
    }

    fn remark(&mut self, position: u64, draft: &mut Draft, at: Place) {
        if let Some([first, last]) = draft.remarks.open {
            let ends = [[first.x, first.y], [last.x, last.y]];
            self.open_rings.push(OpenRing { position, ends });
        }
        let per_kind = self.limits.notes_per_kind;
        for remark in std::mem::take(&mut draft.remarks.single) {
            let (kind, count, message) = (remark.kind, remark.count, remark.message);
            let (id, line) = (draft.id.clone(), at.line());
            let note = Note { kind, position: Some(position), id, line, column: None, count, message };
            self.notes.push(note, per_kind);
        }
        if let Some(id) = &draft.id {
            self.same_id(position, id, at);
        }
        self.tally.remarks(&draft.remarks, at.line());
        if let Some(geometry) = &draft.geometry {
            let seen = Observation::of(geometry, self.format == Format::GeoJson);
            self.tally.observe(&seen, position, draft.id.as_ref(), at.line(), per_kind);
        }
    }

    fn same_id(&mut self, position: u64, id: &FeatureId, at: Place) {
        match self.ids.entry(self.hasher.hash_one(id)) {
            Entry::Vacant(entry) => drop(entry.insert(position)),
            Entry::Occupied(first) => {
                let message = format!("feature {} has the same id; both are kept", first.get());
                let (id, line) = (Some(id.clone()), at.line());
                let kind = NoteKind::DuplicateId;
                let note = Note { kind, position: Some(position), id, line, column: None, count: 1, message };
                self.notes.push(note, self.limits.notes_per_kind);
            }
        }
    }
}
