//! The columns of a file: one per property, of the narrowest type that holds all its values.

use std::collections::HashMap;

use ::flatgeobuf::ColumnType;
use serde_json::Value;
use spatial::{Feature, FeatureId};

use crate::WriteError;

/// The types that are written, the narrowest first. JSON holds everything.
const TYPES: [ColumnType; 7] = [
    ColumnType::Bool,
    ColumnType::Int,
    ColumnType::Long,
    ColumnType::ULong,
    ColumnType::Double,
    ColumnType::String,
    ColumnType::Json,
];
/// Digits that tell every double from its neighbours.
const DOUBLE_DIGITS: usize = 17;

/// The columns that features need, found by looking at every one of them before the first is written: FlatGeobuf
/// gives each property one type for the whole file.
///
/// A property is a whole number of 32 or 64 bits, a double, true or false, or text where all its values are that, and
/// else JSON, as which every value keeps its text. A number is a double if a double says the same to as many digits
/// as were written, up to 17; `1` among fractions so becomes `1.0`.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    ids: Option<Types>,
    properties: Vec<(String, Types)>,
    numbers: HashMap<String, usize>,
}

impl Columns {
    /// The columns of these features.
    pub fn of<'f>(features: impl IntoIterator<Item = &'f Feature>) -> Self {
        let mut columns = Self::default();
        for feature in features {
            columns.observe(feature);
        }
        columns
    }

    /// Takes a feature into account; `true` when a file begun before would have no place for it.
    pub fn observe(&mut self, feature: &Feature) -> bool {
        let mut grown = false;
        if let Some(id) = &feature.id {
            grown |= self.ids.is_none();
            grown |= self.ids.get_or_insert_default().narrow(&id_value(id));
        }
        for (name, value) in &feature.properties {
            if let Some((_, types)) =
                self.numbers.get(name).and_then(|number| self.properties.get_mut(*number))
            {
                grown |= types.narrow(value);
            } else {
                self.numbers.insert(name.clone(), self.properties.len());
                let mut types = Types::default();
                types.narrow(value);
                self.properties.push((name.clone(), types));
                grown = true;
            }
        }
        grown
    }

    /// Settles names, order and types. Ids get a column in front, of a name that no property has.
    pub(in crate::write) fn settled(self) -> Result<Settled, WriteError> {
        let id = self.ids.map(|types| (free_name(&self.properties), types));
        let has_ids = id.is_some();
        let all = id.into_iter().chain(self.properties);
        let list: Vec<Column> = all.map(|(name, types)| Column { name, kind: types.narrowest() }).collect();
        if u16::try_from(list.len()).is_err() {
            return Err(WriteError::TooManyColumns { columns: list.len() });
        }
        let properties = (0_u16..).zip(&list).skip(usize::from(has_ids));
        let numbers = properties.map(|(number, column)| (column.name.clone(), number)).collect();
        Ok(Settled { list, has_ids, numbers })
    }
}

/// `id`, or what comes next that no property is called, in letters of either case.
fn free_name(properties: &[(String, Types)]) -> String {
    let free = |name: &String| !properties.iter().any(|(taken, _)| taken.eq_ignore_ascii_case(name));
    let more = (2_usize..).map(|number| format!("feature_id_{number}"));
    let mut names = ["id", "feature_id"].map(str::to_owned).into_iter().chain(more);
    names.find(free).unwrap_or_default()
}

/// An id as a value.
pub(in crate::write) fn id_value(id: &FeatureId) -> Value {
    match id {
        FeatureId::Text(text) => Value::String(text.clone()),
        FeatureId::Number(number) => Value::Number(number.clone()),
    }
}

/// The types that hold all values seen.
#[derive(Clone, Debug)]
struct Types(Vec<ColumnType>);

impl Default for Types {
    fn default() -> Self {
        Self(TYPES.to_vec())
    }
}

impl Types {
    /// Leaves out the types that do not hold a value; `true` when the narrowest is another then.
    fn narrow(&mut self, value: &Value) -> bool {
        let before = self.narrowest();
        self.0.retain(|kind| holds(*kind, value));
        self.narrowest() != before
    }

    /// Text where there was no value at all.
    fn narrowest(&self) -> ColumnType {
        match self.0.as_slice() {
            [] => ColumnType::Json,
            all if all.len() == TYPES.len() => ColumnType::String,
            [narrowest, ..] => *narrowest,
        }
    }
}

/// Whether a column of a type gives the value back.
fn holds(kind: ColumnType, value: &Value) -> bool {
    match (kind, value) {
        (ColumnType::Json, _)
        | (_, Value::Null)
        | (ColumnType::Bool, Value::Bool(_))
        | (ColumnType::String, Value::String(_)) => true,
        (ColumnType::Int, Value::Number(number)) => is_whole::<i32>(number.as_str()),
        (ColumnType::Long, Value::Number(number)) => is_whole::<i64>(number.as_str()),
        (ColumnType::ULong, Value::Number(number)) => is_whole::<u64>(number.as_str()),
        (ColumnType::Double, Value::Number(number)) => is_double(number.as_str()),
        _ => false,
    }
}

/// JSON writes a whole number in one way alone, but for −0.
fn is_whole<T: std::str::FromStr>(text: &str) -> bool {
    text != "-0" && text.parse::<T>().is_ok()
}

fn is_double(text: &str) -> bool {
    // Fifteen digits always come back where no exponent leads out of the range.
    if text.len() <= 15 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-')) {
        return true;
    }
    let digits = significant(text);
    let Some(last) = digits.len().checked_sub(1) else { return true };
    let number: f64 = text.parse().unwrap_or(f64::NAN);
    digits.len() <= DOUBLE_DIGITS && number.is_finite() && significant(&format!("{number:.last$e}")) == digits
}

/// The digits of a decimal number without the zeros at either end; none of zero.
fn significant(text: &str) -> String {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Columns whose names, order and types no longer change.
#[derive(Debug)]
pub(in crate::write) struct Settled {
    pub(in crate::write) list: Vec<Column>,
    /// Whether the first column holds the ids.
    pub(in crate::write) has_ids: bool,
    /// Number of the column by name of the property.
    pub(in crate::write) numbers: HashMap<String, u16>,
}

/// A column.
#[derive(Debug)]
pub(in crate::write) struct Column {
    pub(in crate::write) name: String,
    pub(in crate::write) kind: ColumnType,
}

impl Settled {
    /// Name of the column that holds the ids.
    pub(in crate::write) fn ids(&self) -> Option<&str> {
        self.list.first().filter(|_| self.has_ids).map(|column| column.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnType, Types, is_double};

    fn narrowest(values: &[&str]) -> ColumnType {
        let mut types = Types::default();
        for value in values {
            types.narrow(&serde_json::from_str(value).unwrap_or_default());
        }
        types.narrowest()
    }

    #[test]
    fn the_narrowest_type_that_holds_every_value_is_taken() {
        let table: [(&[&str], ColumnType); 14] = [
            (&[], ColumnType::String),
            (&["null"], ColumnType::String),
            (&["true", "null", "false"], ColumnType::Bool),
            (&["0", "-2147483648", "2147483647"], ColumnType::Int),
            (&["0", "2147483648"], ColumnType::Long),
            (&["1", "18446744073709551615"], ColumnType::ULong),
            (&["-1", "18446744073709551615"], ColumnType::Json),
            (&["1", "2.50"], ColumnType::Double),
            (&["9007199254740993", "0.5"], ColumnType::Json),
            (&["\"LUC\"", "null"], ColumnType::String),
            (&["\"1\"", "1"], ColumnType::Json),
            (&["[1]"], ColumnType::Json),
            (&["{}", "\"a\""], ColumnType::Json),
            (&["true", "1"], ColumnType::Json),
        ];
        for (values, expected) in table {
            assert_eq!(narrowest(values), expected, "{values:?}");
        }
    }

    #[test]
    fn a_double_says_the_same_to_as_many_digits() {
        for text in [
            "0",
            "-0",
            "0.0",
            "1.10",
            "72.32",
            "1e3",
            "0.10000000000000001",
            "5e-324",
            "1.7976931348623157e308",
        ] {
            assert!(is_double(text), "{text}");
        }
        // 2⁵³ + 1; more digits than any double means; beyond both ends of the range.
        for text in ["9007199254740993", "0.1000000000000000055", "1e309", "1e-400"] {
            assert!(!is_double(text), "{text}");
        }
    }
}
