//! A feature while it is being read, with what there is to say about it.

use geo_types::{Coord, Geometry};
use serde_json::Value;
use spatial::{FeatureId, Properties};

use crate::NoteKind;

/// What one feature's text yielded so far. It outlives a fault, so that a note can name the id.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) id: Option<FeatureId>,
    pub(crate) geometry: Option<Geometry<f64>>,
    pub(crate) properties: Properties,
    /// A `crs` member of the feature or its geometry, as the standard of 2008 allowed.
    pub(crate) crs: Option<Value>,
    /// Positions read so far, over all parts.
    pub(crate) vertices: u64,
    pub(crate) remarks: Remarks,
}

/// What there is to say about one feature that could be read.
#[derive(Default)]
pub(crate) struct Remarks {
    /// Those that become a note each.
    pub(crate) single: Vec<Remark>,
    /// Positions with more than two numbers.
    pub(crate) extra_dimensions: u64,
    /// Texts brought to NFC.
    pub(crate) normalised: u64,
    /// Raw control characters in texts.
    pub(crate) control_characters: u64,
    /// NaN and infinities among the properties.
    pub(crate) non_finite: u64,
    /// The ends of the widest ring that was not closed.
    pub(crate) open: Option<[Coord<f64>; 2]>,
    /// Names of members that have no place in a feature.
    pub(crate) left_out: Vec<String>,
}

/// One thing to say, `count` times true.
pub(crate) struct Remark {
    pub(crate) kind: NoteKind,
    pub(crate) count: u64,
    pub(crate) message: String,
}

impl Remarks {
    pub(crate) fn say(&mut self, kind: NoteKind, count: u64, message: impl Into<String>) {
        self.single.push(Remark { kind, count, message: message.into() });
    }

    /// Says it only if there is something to count.
    pub(crate) fn say_if(&mut self, count: u64, kind: NoteKind, message: &str) {
        if count > 0 {
            self.say(kind, count, message);
        }
    }

    /// Says that members came twice.
    pub(crate) fn duplicates(&mut self, names: &[String]) {
        if let Some(first) = names.first() {
            let message =
                format!("the member \"{first}\" comes twice in one object; the later one was taken");
            self.say(NoteKind::DuplicateKey, names.len() as u64, message);
        }
    }
}
