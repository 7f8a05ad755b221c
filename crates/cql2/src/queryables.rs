//! What a filter may ask about.

use std::collections::BTreeMap;

/// What the values of a property are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Truths.
    Boolean,
    /// Texts that are all RFC 3339 dates.
    Date,
    /// Texts that are all RFC 3339 instants.
    Timestamp,
    /// The feature's geometry.
    Geometry,
    /// Lists and objects: only whether there is a value can be asked.
    Structure,
    /// Values of several types, or none at all: each is taken for what it is.
    Mixed,
}

impl Type {
    /// The type in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::Date => "a date",
            Self::Timestamp => "a timestamp",
            Self::Geometry => "a geometry",
            Self::Structure => "a list or an object",
            Self::Mixed => "of several types",
        }
    }
}

/// The properties that can be asked about, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queryables {
    types: BTreeMap<String, Type>,
}

impl Queryables {
    /// The type of a property; `None` when there is no such property.
    pub fn get(&self, name: &str) -> Option<Type> {
        self.types.get(name).copied()
    }

    /// Names in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }
}

impl FromIterator<(String, Type)> for Queryables {
    fn from_iter<I: IntoIterator<Item = (String, Type)>>(properties: I) -> Self {
        Self { types: properties.into_iter().collect() }
    }
}
