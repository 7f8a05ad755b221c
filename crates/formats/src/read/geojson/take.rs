//! Taking in the text of one feature: parse it, and note what is wrong with it.

use crate::json::{Cursor, Fault};
use crate::read::draft::Draft;
use crate::read::intake::Intake;
use crate::read::source::Place;
use crate::{Limits, NoteKind, ReadError};

use super::feature::{Object, feature, object_type};
use super::geometry::geometry;

/// What a text that is handed to the intake should be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// An element of a collection: a feature.
    Feature,
    /// A document or a record of a sequence: a feature, or a geometry that becomes one.
    FeatureOrGeometry,
}

impl Intake<'_> {
    /// Takes the text of one feature. A fault becomes a note. If it lies in the grammar, its offset is returned:
    /// behind it the text cannot be trusted to end where it seems to.
    pub(super) fn take(
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
        self.accept(position, draft, at)?;
        Ok(None)
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
