//! The end of a document: its CRS, what is noted once, and whether anything usable came.

use std::io::Read;

use serde_json::Value;

use super::document::Reader;
use super::intake::Intake;
use super::source::Place;
use super::{Outcome, crs};
use crate::{Effect, Header, NoteKind, ReadError, sniff};

impl<R: Read> Reader<'_, R> {
    /// Puts together what was read.
    pub(super) fn finish(mut self) -> Result<Outcome, ReadError> {
        let end = self.source.place(0);
        if self.source.carriage_returns() {
            let first = Place { line: 1, column: 1, offset: 0 };
            self.intake.note(NoteKind::CarriageReturns, first, "lines end with CR LF; read as white space");
        }
        if let Some((start, _)) = self.bare {
            let message =
                "the document is a bare feature or geometry, not a collection; it was read as one of one";
            self.intake.note(NoteKind::BareObject, start, message);
        }
        self.collection_type()?;
        self.anything_read()?;
        let member = self.members.shift_remove("crs");
        let (named, crs) = crs::settle(member.as_ref(), &mut self.intake, self.crs_place)?;
        if self.intake.met == 0 {
            self.intake.note(NoteKind::NoFeatures, end, "the document has no features");
        }
        let mut foreign = self.members;
        foreign.retain(|key, _| key != "type" && key != "bbox");
        let name = match foreign.get("name") {
            Some(Value::String(name)) => Some(name.clone()),
            _ => None,
        };
        if name.is_some() {
            foreign.shift_remove("name");
        }
        let Intake { mut notes, tally, met, delivered, limits, .. } = self.intake;
        tally.into_notes(&mut notes, crs.is_geographic(), limits);
        notes.sort();
        Ok(Outcome { header: Header { name, crs: named, foreign }, crs, met, delivered, notes })
    }

    /// Judges the `type` of a collection whose features have been read.
    fn collection_type(&mut self) -> Result<(), ReadError> {
        let found = self.members.get("type");
        let sequence = self.bare.is_some() || self.intake.notes.count(NoteKind::Sequence) > 0;
        if sequence || found.and_then(Value::as_str) == Some("FeatureCollection") {
            return Ok(());
        }
        if self.intake.delivered == 0 && sniff::is_esri(&self.members) {
            return Err(sniff::by_members(None, &self.members));
        }
        let first = Place { line: 1, column: 1, offset: 0 };
        let message = match found {
            None => {
                "the document has \"features\" but no \"type\"; it was read as a FeatureCollection".into()
            }
            Some(other) => format!("the document's \"type\" is {other}; it was read as a FeatureCollection"),
        };
        self.intake.note(NoteKind::CollectionType, first, message);
        Ok(())
    }

    /// Refuses a document of which nothing but notes came.
    fn anything_read(&mut self) -> Result<(), ReadError> {
        let notes = &mut self.intake.notes;
        notes.sort();
        let costly = |effect| matches!(effect, Effect::RestUnread | Effect::FeatureSkipped);
        let first = notes.list.iter().find(|note| costly(note.kind.effect()));
        match first {
            Some(first) if self.intake.delivered == 0 => {
                Err(ReadError::NothingRead { met: self.intake.met, first: Box::new(first.clone()) })
            }
            _ => Ok(()),
        }
    }
}
