//! FlatGeobuf: a header with CRS and columns, perhaps an index, then the features, each behind its size.
//!
//! The tables are FlatBuffers; the crate `flatgeobuf` has their generated accessors, which verify every offset
//! before anything is believed. Its own reader is not used: it allocates what a size claims before the bytes are
//! there, panics on cut-off properties, takes a file that ends early for one that ends, and builds geometry through
//! callbacks. Here bytes come through the window that all formats share, so memory grows only with what was read.
//!
//! FlatGeobuf has no feature ids, and writers with an index put the features in the order of a Hilbert curve. So a
//! feature is known by its position in the file, and a column `id` or `fid` stays a property, unless a member
//! `id_column` of the metadata names it, as our writer's does.

mod columns;
mod crs;
mod geometry;
mod head;
mod positions;
mod properties;

use std::io::Read;

use ::flatgeobuf::size_prefixed_root_as_feature;

use super::Outcome;
use super::draft::Draft;
use super::finish::Around;
use super::intake::Intake;
use super::source::{Place, Source};
use crate::json::Fault;
use crate::{Format, Limits, NoteKind, ReadError};
use columns::columns;
use head::Head;

/// Bytes of the number before a header or a feature that says how long it is.
const PREFIX: usize = 4;

/// A file whose header has been read.
pub(super) struct Reader<'s, R> {
    source: Source<R>,
    intake: Intake<'s>,
    head: Head,
}

impl<'s, R: Read> Reader<'s, R> {
    /// Reads the header and passes the index.
    /// # Errors
    /// [`ReadError`] when the header cannot be read, or says that there are more features than the limit.
    pub(super) fn new(mut source: Source<R>, mut intake: Intake<'s>) -> Result<Self, ReadError> {
        source.without_lines();
        intake.format = Format::FlatGeobuf;
        let head = head::read(&mut source, &mut intake)?;
        Ok(Self { source, intake, head })
    }

    /// Reads the features.
    pub(super) fn read(mut self) -> Result<Outcome, ReadError> {
        while self.head.count.is_none_or(|count| self.intake.met < count) {
            if !self.next()? {
                self.ended();
                return self.finish();
            }
        }
        self.source.fill(1)?;
        if !self.source.window().is_empty() {
            let message = "bytes follow the last of the features that the header counts; they were not read";
            self.intake.note(NoteKind::TrailingData, self.source.place(0), message);
        }
        self.finish()
    }

    /// Reads the next feature; `false` when the file ends before it does.
    fn next(&mut self) -> Result<bool, ReadError> {
        self.source.fill(PREFIX)?;
        let place = self.source.place(0);
        let Some(size) = prefix(self.source.window()) else {
            return Ok(false);
        };
        if u64::from(size) > self.intake.limits.feature_bytes {
            return self.too_large(size, place);
        }
        let length = PREFIX + size as usize;
        self.source.fill(length)?;
        let position = self.intake.meet()?;
        let Some(bytes) = self.source.window().get(..length) else {
            let reason = "the file ends in the middle of the feature";
            self.intake.skip(position, None, place, Fault::new(0, NoteKind::FeatureCutOff, reason));
            self.source.pass(u64::from(size))?;
            return Ok(false);
        };
        let mut draft = Draft::default();
        match feature(bytes, &self.head, self.intake.limits, &mut draft) {
            Ok(()) => self.intake.accept(position, draft, place)?,
            Err(fault) => self.intake.skip(position, None, place, fault),
        }
        self.source.pass(length as u64)
    }

    fn too_large(&mut self, size: u32, place: Place) -> Result<bool, ReadError> {
        let limit = self.intake.limits.feature_bytes;
        let position = self.intake.meet()?;
        let reason = format!("the feature is {size} bytes long, and the limit is {limit}");
        self.intake.skip(position, None, place, Fault::new(0, NoteKind::FeatureTooLarge, reason));
        self.source.pass(PREFIX as u64 + u64::from(size))
    }

    /// The file has ended: noted if that is too early.
    fn ended(&mut self) {
        let met = self.intake.met;
        let cut = !self.source.window().is_empty() || self.intake.notes.count(NoteKind::FeatureCutOff) > 0;
        let message = match self.head.count {
            Some(count) => format!(
                "the file ends too early: its header counts {count} features, and {met} are there; check that it was \
                 saved or downloaded whole"
            ),
            None if cut => {
                "the file ends in the middle of a feature; check that it was saved or downloaded whole".into()
            }
            None => return,
        };
        self.intake.note(NoteKind::Truncated, self.source.place(0), message);
    }

    fn finish(self) -> Result<Outcome, ReadError> {
        let Self { source, intake, head } = self;
        let end = source.place(0);
        intake.outcome(Around { name: head.name, crs: (Some(head.crs), end), foreign: head.foreign, end })
    }
}

/// The number that a window starts with.
fn prefix(window: &[u8]) -> Option<u32> {
    window.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// Reads one feature, its prefix included, into the draft.
fn feature(bytes: &[u8], head: &Head, limits: &Limits, draft: &mut Draft) -> Result<(), Fault> {
    let table = size_prefixed_root_as_feature(bytes).map_err(|error| broken(head::shown(&error)))?;
    if let Some(shape) = table.geometry() {
        draft.geometry = geometry::Shaper { limits, draft }.whole(shape, head.geometry_type)?;
    } else {
        draft.remarks.say(NoteKind::NullGeometry, 1, "the geometry is null");
    }
    // A feature may bring its own columns, where the header has none.
    let own = table.columns().map(|own| columns(own, &mut draft.remarks.normalised));
    let columns = own.as_deref().unwrap_or(&head.columns);
    let encoded = table.properties().map(|encoded| encoded.bytes()).unwrap_or_default();
    draft.properties = properties::properties(encoded, columns, limits, &mut draft.remarks)?;
    draft.id = head.ids.as_deref().and_then(|name| properties::id(&mut draft.properties, name));
    Ok(())
}

/// The fault of bytes that are not what the format asks.
fn broken(reason: impl Into<String>) -> Fault {
    Fault::new(0, NoteKind::BrokenFeature, reason)
}
