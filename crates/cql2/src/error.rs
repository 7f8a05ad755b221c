//! What is wrong with a filter, for the person who wrote it.

use crate::ast::Place;

/// A filter that makes no sense: where, and what would.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", at(.place))]
pub struct Cql2Error {
    /// Where; `None` for the filter as a whole.
    pub place: Option<Place>,
    /// What is wrong and what to do, a sentence without its full stop.
    pub message: String,
}

impl Cql2Error {
    pub(crate) fn new(place: &Place, message: impl Into<String>) -> Self {
        Self { place: Some(place.clone()), message: message.into() }
    }
}

fn at(place: &Option<Place>) -> String {
    match place {
        None => String::new(),
        Some(Place::Character(before)) => format!("at character {}: ", before + 1),
        Some(Place::Pointer(pointer)) if pointer.is_empty() => "at the outermost object: ".into(),
        Some(Place::Pointer(pointer)) => format!("at {pointer}: "),
    }
}
