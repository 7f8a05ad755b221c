//! What is noted once for the whole document, with a count.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;
use spatial::FeatureId;

use super::draft::Remarks;
use super::observe::Observation;
use crate::{Limits, Note, NoteKind, Notes};

/// Names of left-out members that a note lists.
const NAMES_LISTED: usize = 8;

/// Counts over all features.
#[derive(Default)]
pub(crate) struct Tally {
    /// Count and first line of what is noted once.
    once: BTreeMap<NoteKind, (u64, Option<u64>)>,
    left_out: BTreeSet<String>,
    families: [bool; 3],
    /// Notes that hold only if the coordinates turn out to be degrees.
    degrees: Notes,
    with_geometry: u64,
    not_degrees: u64,
    example: Option<Coord<f64>>,
}

impl Tally {
    /// Counts something that is noted once.
    pub(crate) fn add(&mut self, kind: NoteKind, count: u64, line: Option<u64>) {
        if count > 0 {
            self.once.entry(kind).or_insert((0, line)).0 += count;
        }
    }

    pub(crate) fn remarks(&mut self, remarks: &Remarks, line: Option<u64>) {
        self.add(NoteKind::ExtraDimensions, remarks.extra_dimensions, line);
        self.add(NoteKind::TextNormalised, remarks.normalised, line);
        self.add(NoteKind::ControlCharacter, remarks.control_characters, line);
        self.add(NoteKind::PropertyNotFinite, remarks.non_finite, line);
        self.add(NoteKind::MembersLeftOut, u64::from(!remarks.left_out.is_empty()), line);
        for name in &remarks.left_out {
            if self.left_out.len() < NAMES_LISTED {
                self.left_out.insert(name.chars().take(40).collect());
            }
        }
    }

    pub(crate) fn observe(
        &mut self,
        seen: &Observation,
        position: u64,
        id: Option<&FeatureId>,
        line: Option<u64>,
        per_kind: u64,
    ) {
        self.add(NoteKind::Winding, seen.reversed_rings, line);
        for (all, here) in self.families.iter_mut().zip(seen.families) {
            *all |= here;
        }
        self.with_geometry += 1;
        if let Some(at) = seen.not_degrees {
            self.not_degrees += 1;
            self.example.get_or_insert(at);
        }
        let mut note = |kind, count, message: &str| {
            let (position, id, message) = (Some(position), id.cloned(), message.into());
            self.degrees.push(Note { kind, position, id, line, column: None, count, message }, per_kind);
        };
        if seen.long_edges > 0 {
            let message = "an edge spans more than 180 degrees of longitude: at the antimeridian the geometry \
                           should be cut in two; it was taken as it stands";
            note(NoteKind::Antimeridian, seen.long_edges, message);
        }
        if seen.out_of_range > 0 {
            let message = "positions outside longitude ±180 or latitude ±90";
            note(NoteKind::OutOfRange, seen.out_of_range, message);
        }
    }

    /// A position that no degrees can have, if every feature has one.
    pub(crate) fn nowhere_degrees(&self) -> Option<Coord<f64>> {
        self.example.filter(|_| self.with_geometry > 0 && self.not_degrees == self.with_geometry)
    }

    /// Puts what was counted into the notes; `geographic` says whether coordinates are degrees,
    /// `first` is the first line.
    pub(crate) fn into_notes(self, notes: &mut Notes, first: Option<u64>, geographic: bool, limits: &Limits) {
        let families = self.families.iter().filter(|seen| **seen).count() as u64;
        let names = self.left_out.into_iter().collect::<Vec<_>>().join(", ");
        let mixed = (families > 1).then_some((NoteKind::MixedTypes, (families, first)));
        for (kind, (count, line)) in self.once.into_iter().chain(mixed) {
            let message = once_message(kind, count, &names);
            let note = Note { kind, position: None, id: None, line, column: None, count, message };
            notes.push(note, limits.notes_per_kind);
        }
        if geographic {
            notes.merge(self.degrees);
        }
    }
}

fn once_message(kind: NoteKind, count: u64, names: &str) -> String {
    match kind {
        NoteKind::ExtraDimensions => {
            format!("positions with more than two numbers ({count}): heights and measures were left out")
        }
        NoteKind::TextNormalised => {
            format!("texts brought to Unicode NFC, that is composed letters ({count})")
        }
        NoteKind::ControlCharacter => {
            format!("raw control characters in texts, such as tabs or line breaks ({count}): they were kept")
        }
        NoteKind::PropertyNotFinite => {
            format!("NaN or infinities as property values, which JSON lacks ({count}): taken as null")
        }
        NoteKind::MembersLeftOut => {
            format!("features with members that GeoJSON does not define ({count}); left out: {names}")
        }
        NoteKind::Winding => format!(
            "rings that turn the other way than RFC 7946 asks, outer ones counter-clockwise ({count}): kept as \
             they are, areas do not depend on it"
        ),
        NoteKind::MixedTypes => "points, lines and polygons are mixed in one layer".into(),
        NoteKind::CommaMissing => format!("commas missing between features ({count})"),
        NoteKind::CommaExtra => format!("commas too many between features or behind the last ({count})"),
        other => format!("{} ({count})", other.code()),
    }
}
