//! Values while a filter is evaluated.

use std::borrow::Cow;
use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::plan::Folding;
use crate::time::Moment;

/// A value, or none.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
    Moment(Moment),
}

impl Value<'_> {
    /// How two values lie to each other; `None` when one is missing or they are of two types. Texts are compared by
    /// code points.
    pub(crate) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            (Self::Moment(a), Self::Moment(b)) => Some(a.compare(*b)),
            (Self::Moment(a), Self::Text(b)) => Some(a.compare(Moment::read(b)?)),
            (Self::Text(a), Self::Moment(b)) => Some(Moment::read(a)?.compare(*b)),
            _ => None,
        }
    }
}

/// A text without what makes no difference.
pub(crate) fn folded(text: &str, folding: Folding) -> String {
    match folding {
        // Capitals first, so that ß and SS are the same; a sigma at the end of a word is a sigma.
        Folding::Case => {
            text.to_uppercase().to_lowercase().chars().map(|c| if c == 'ς' { 'σ' } else { c }).collect()
        }
        // Đ is a letter of its own to Unicode; who types without marks types D.
        Folding::Accents => text
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            .map(|c| match c {
                'đ' => 'd',
                'Đ' => 'D',
                c => c,
            })
            .nfc()
            .collect(),
    }
}
