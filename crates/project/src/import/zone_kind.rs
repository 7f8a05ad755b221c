//! The kind of zones that do not say theirs: a boundary from a drawing or a coordinate list seldom does, and without it most
//! rules have nothing to judge by.

use formats::NoteKind;
use planning::ZoneKind;
use serde_json::Value;

use crate::Document;

/// The property that planning reads a zone's kind from.
const KIND: &str = "kind";

/// Gives a kind to features that name none; what they say themselves stays, understood or not. How many got it is noted.
pub(super) fn give(document: &mut Document, kind: ZoneKind) {
    let mut given = 0;
    for feature in &mut document.layer.features {
        if feature.text(KIND).is_none_or(|text| text.trim().is_empty()) {
            feature.properties.insert(KIND.to_owned(), Value::String(kind.code().to_owned()));
            given += 1;
        }
    }
    if given > 0 {
        let message = format!("{given} zones that do not name their kind were given {}", kind.code());
        document.notes.add(NoteKind::GivenKind, given, message);
    }
}
