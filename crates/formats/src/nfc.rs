//! Text in Unicode NFC: composed letters, so that a name typed on one system is found on another.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC; counts it if it was not.
pub(crate) fn nfc(text: Cow<'_, str>, normalised: &mut u64) -> String {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text.into_owned();
    }
    let composed: String = text.nfc().collect();
    *normalised += u64::from(composed != text);
    composed
}
