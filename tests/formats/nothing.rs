//! What becomes of no value and of a text without letters.

use serde_json::Value;

use crate::plan::{self, Back};

/// What a value is that is none, or has nothing in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Nothing {
    Null,
    Empty,
    Zero,
    /// A drawing has no values.
    Left,
}

/// All of it stays apart.
pub const APART: (Nothing, Nothing, Nothing) = (Nothing::Null, Nothing::Empty, Nothing::Null);

/// What became of values that are none: of all that were alike the same.
pub fn nothing(back: &[Back]) -> (Nothing, Nothing, Nothing) {
    let of = |name: &str, was: fn(usize) -> bool| {
        let is = |feature: &Back| match feature.value(name) {
            _ if feature.number().is_none() => Nothing::Left,
            None | Some(Value::Null) => Nothing::Null,
            Some(Value::String(text)) if text.is_empty() => Nothing::Empty,
            Some(value) if value.as_f64() == Some(0.0) => Nothing::Zero,
            Some(other) => panic!("{name} is {other}"),
        };
        let mut found = back.iter().filter(|feature| feature.number().is_none_or(was)).map(is);
        let first = found.next().unwrap();
        assert!(found.all(|one| one == first), "{name}");
        first
    };
    let text = |at: usize| plan::nothing(at).is_null();
    (
        of("trong", text),
        of("trong", |at| plan::nothing(at) == ""),
        of("so_trong", |at| plan::number(at).is_null()),
    )
}
