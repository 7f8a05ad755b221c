//! The end of a GeoJSON document: what its members say of it.

use std::io::Read;

use serde_json::Value;

use super::document::Reader;
use crate::header::named_crs;
use crate::read::Outcome;
use crate::read::finish::Around;
use crate::read::source::Place;
use crate::{NoteKind, ReadError, sniff};

impl<R: Read> Reader<'_, R> {
    /// Puts together what was read.
    pub(super) fn finish(mut self) -> Result<Outcome, ReadError> {
        let end = self.source.place(0);
        if self.source.carriage_returns() {
            self.intake.note(
                NoteKind::CarriageReturns,
                Place::START,
                "lines end with CR LF; read as white space",
            );
        }
        if let Some((start, _)) = self.bare {
            let message =
                "the document is a bare feature or geometry, not a collection; it was read as one of one";
            self.intake.note(NoteKind::BareObject, start, message);
        }
        self.collection_type()?;
        let crs = self.members.shift_remove("crs").map(|member| named_crs(&member));
        let mut foreign = self.members;
        foreign.retain(|key, _| key != "type" && key != "bbox");
        let name = match foreign.get("name") {
            Some(Value::String(name)) => Some(name.clone()),
            _ => None,
        };
        if name.is_some() {
            foreign.shift_remove("name");
        }
        self.intake.outcome(Around { name, crs: (crs, self.crs_place), foreign, end })
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
        let message = match found {
            None => {
                "the document has \"features\" but no \"type\"; it was read as a FeatureCollection".into()
            }
            Some(other) => format!("the document's \"type\" is {other}; it was read as a FeatureCollection"),
        };
        self.intake.note(NoteKind::CollectionType, Place::START, message);
        Ok(())
    }
}
