//! The end of every document: its CRS, what is noted once, and whether anything usable came.

use serde_json::{Map, Value};

use super::Outcome;
use super::crs::{self, Said};
use super::intake::Intake;
use super::source::Place;
use crate::header::Named;
use crate::{Effect, Format, Header, NoteKind, ReadError};

/// What stands around the features, as far as it is known at the end.
pub(crate) struct Around {
    /// The layer's name.
    pub(crate) name: Option<String>,
    /// What the document says of its CRS, and where.
    pub(crate) crs: (Option<Said>, Place),
    /// All other members.
    pub(crate) foreign: Map<String, Value>,
    /// Where the document ends.
    pub(crate) end: Place,
}

impl Intake<'_> {
    /// Puts together what was read.
    /// # Errors
    /// [`ReadError`] when features were met but none could be read, or when the CRS cannot be told.
    pub(crate) fn outcome(mut self, around: Around) -> Result<Outcome, ReadError> {
        self.anything_read()?;
        let Around { name, crs: (said, place), foreign, end } = around;
        // GeoJSON says what holds where nothing is named (RFC 7946); a writer who says that he does not know is no such.
        let unknown = matches!(said, Some(Ok(Named::Unknown(_))));
        let prescribed = self.format == Format::GeoJson && !unknown;
        let given = self.given_crs.is_some();
        let (named, crs) = crs::settle(said, &mut self, place)?;
        let crs_assumed = named.is_none() && !given && !prescribed;
        if self.met == 0 {
            self.note(NoteKind::NoFeatures, end, "the document has no features");
        }
        let Intake { mut notes, tally, met, delivered, limits, open_rings, .. } = self;
        let first_line = end.line().map(|_| 1);
        tally.into_notes(&mut notes, first_line, crs.is_geographic(), limits);
        notes.sort();
        let header = Header { name, crs: named, foreign };
        Ok(Outcome { header, crs, crs_assumed, met, delivered, open_rings, notes })
    }

    /// Refuses a document of which nothing but notes came.
    fn anything_read(&mut self) -> Result<(), ReadError> {
        self.notes.sort();
        let costly = |effect| matches!(effect, Effect::RestUnread | Effect::FeatureSkipped);
        let first = self.notes.list.iter().find(|note| costly(note.kind.effect()));
        match first {
            Some(first) if self.delivered == 0 => {
                Err(ReadError::NothingRead { met: self.met, first: Box::new(first.clone()) })
            }
            _ => Ok(()),
        }
    }
}
