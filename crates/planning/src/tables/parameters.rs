//! What is filled into a message.

use serde_json::{Map, Number, Value, json};

use crate::{Language, Text, format_number, format_plain};

/// Square metres in a hectare.
pub(crate) const M2_PER_HA: f64 = 10_000.0;

/// One value of a message; it keeps its full precision and is rounded only where it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    /// The same text in both languages.
    Name(String),
    /// A text per language.
    Words(Text),
    /// An area given in m², written in hectares with two decimals.
    Area(f64),
    /// A number with two decimals.
    Number(f64),
    /// A coordinate in metres: two decimals, no thousands separators.
    Coordinate(f64),
    /// A count.
    Count(u64),
}

impl Parameter {
    /// As it stands in the message.
    pub fn written(&self, language: Language) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Words(text) => text.in_language(language).to_owned(),
            Self::Area(area_m2) => format_number(area_m2 / M2_PER_HA, 2, language),
            Self::Number(value) => format_number(*value, 2, language),
            Self::Coordinate(value) => format_plain(*value, 2, language),
            #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
            Self::Count(count) => format_number(*count as f64, 0, language),
        }
    }

    /// As data: unrounded; areas in hectares, as the message gives them.
    pub fn value(&self) -> Value {
        match self {
            Self::Name(name) => json!(name),
            Self::Words(text) => json!({"vi": text.vi, "en": text.en}),
            Self::Area(area_m2) => number(area_m2 / M2_PER_HA),
            Self::Number(value) | Self::Coordinate(value) => number(*value),
            Self::Count(count) => json!(count),
        }
    }
}

fn number(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// The named values of one message, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters(Vec<(&'static str, Parameter)>);

impl Parameters {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, parameter: Parameter) -> Self {
        self.0.push((name, parameter));
        self
    }

    /// With one more name or code.
    #[must_use]
    pub fn name(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Parameter::Name(text.into()))
    }

    /// The value of a name.
    pub fn find(&self, name: &str) -> Option<&Parameter> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, parameter)| parameter)
    }

    /// As data.
    pub fn to_map(&self) -> Map<String, Value> {
        self.0.iter().map(|(name, parameter)| ((*name).to_owned(), parameter.value())).collect()
    }
}
