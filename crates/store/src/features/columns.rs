//! The columns that show properties to people in QGIS: one per property name, typed by what all features hold.

use std::collections::{HashMap, HashSet};

use rusqlite::Statement;
use serde_json::{Number, Value};
use spatial::Feature;

use super::{FEATURE, KEY};
use crate::gpkg::GEOMETRY_COLUMN;

/// SQLite takes 2,000 columns; QGIS is unusable long before. Further properties live in the verbatim column only.
const MAX_COLUMNS: usize = 500;

/// SQL type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Integer,
    Real,
    Text,
}

impl Kind {
    pub(super) fn sql(self) -> &'static str {
        match self {
            Self::Boolean => "BOOLEAN",
            Self::Integer => "INTEGER",
            Self::Real => "REAL",
            Self::Text => "TEXT",
        }
    }

    /// The type of a column's declaration.
    pub(super) fn of_sql(declared: &str) -> Option<Self> {
        [Self::Boolean, Self::Integer, Self::Real, Self::Text].into_iter().find(|kind| kind.sql() == declared)
    }

    /// The type of one value; `None` for null, which fits every type.
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::Boolean),
            Value::Number(number) if number.is_i64() => Some(Self::Integer),
            Value::Number(number) if finite(number).is_some() => Some(Self::Real),
            _ => Some(Self::Text),
        }
    }

    /// The narrowest type that holds both; different things side by side are shown as text.
    fn joined(self, other: Self) -> Self {
        match (self, other) {
            (same, another) if same == another => same,
            (Self::Integer, Self::Real) | (Self::Real, Self::Integer) => Self::Real,
            _ => Self::Text,
        }
    }
}

/// A column: the property it shows, its name in the table and its type.
#[derive(Debug, PartialEq)]
pub(super) struct Column {
    pub(super) property: String,
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The columns of a list of features, in the order in which their properties first appear.
pub(super) fn columns(features: &[Feature]) -> Vec<Column> {
    let mut order: Vec<&str> = Vec::new();
    let mut kinds: HashMap<&str, Option<Kind>> = HashMap::new();
    for (property, value) in features.iter().flat_map(|feature| &feature.properties) {
        let kind = Kind::of(value);
        match kinds.get_mut(property.as_str()) {
            Some(known) => {
                *known = match (*known, kind) {
                    (Some(a), Some(b)) => Some(a.joined(b)),
                    (a, b) => a.or(b),
                }
            }
            None if order.len() < MAX_COLUMNS => {
                order.push(property);
                kinds.insert(property, kind);
            }
            None => {}
        }
    }
    let mut taken: HashSet<String> =
        [KEY, GEOMETRY_COLUMN, FEATURE, "rowid", "oid", "_rowid_"].map(String::from).into();
    order
        .into_iter()
        .map(|property| Column {
            property: property.to_owned(),
            name: free_name(property, &mut taken),
            kind: kinds.get(property).copied().flatten().unwrap_or(Kind::Text),
        })
        .collect()
}

/// A name that SQLite takes and that is not used yet: it compares ASCII letters without case.
fn free_name(property: &str, taken: &mut HashSet<String>) -> String {
    let clean: String = property.chars().map(|c| if c.is_control() { '_' } else { c }).collect();
    let base = if clean.trim().is_empty() { "property".to_owned() } else { clean };
    let mut name = base.clone();
    let mut number = 1;
    while !taken.insert(name.to_ascii_lowercase()) {
        number += 1;
        name = format!("{base}_{number}");
    }
    name
}

/// Binds a property value to a parameter in the type of its column.
pub(super) fn bind(
    statement: &mut Statement<'_>,
    parameter: usize,
    kind: Kind,
    value: Option<&Value>,
) -> rusqlite::Result<()> {
    let value = match value {
        None | Some(Value::Null) => return statement.raw_bind_parameter(parameter, rusqlite::types::Null),
        Some(value) => value,
    };
    match (kind, value) {
        (Kind::Boolean, Value::Bool(yes)) => statement.raw_bind_parameter(parameter, yes),
        (Kind::Integer, Value::Number(number)) => statement.raw_bind_parameter(parameter, number.as_i64()),
        (Kind::Real, Value::Number(number)) => statement.raw_bind_parameter(parameter, finite(number)),
        (_, Value::String(text)) => statement.raw_bind_parameter(parameter, text),
        (_, other) => statement.raw_bind_parameter(parameter, other.to_string()),
    }
}

fn finite(number: &Number) -> Option<f64> {
    number.as_f64().filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feature(json: &str) -> Feature {
        let properties = serde_json::from_str(json).expect("test JSON");
        Feature { position: 0, id: None, geometry: None, properties }
    }

    fn summary(features: &[Feature]) -> Vec<(String, Kind)> {
        columns(features).into_iter().map(|column| (column.name, column.kind)).collect()
    }

    #[test]
    fn types_join_over_features() {
        let features = [
            feature(
                r#"{"whole":1,"part":1,"mixed":1,"yes":true,"nothing":null,"list":[1],"huge":9223372036854775808}"#,
            ),
            feature(r#"{"whole":-2,"part":2.5,"mixed":"một","yes":null}"#),
        ];
        let expected = [
            ("whole", Kind::Integer),
            ("part", Kind::Real),
            ("mixed", Kind::Text),
            ("yes", Kind::Boolean),
            ("nothing", Kind::Text),
            ("list", Kind::Text),
            ("huge", Kind::Real),
        ];
        assert_eq!(summary(&features), expected.map(|(name, kind)| (name.to_owned(), kind)));
    }

    #[test]
    fn names_never_clash() {
        let features = [feature(r#"{"FID":1,"geom":2,"Tên":3,"name":4,"Name":5,"name_2":6,"":7,"a\nb":8}"#)];
        let names: Vec<String> = summary(&features).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["FID_2", "geom_2", "Tên", "name", "Name_2", "name_2_2", "property", "a_b"]);
    }
}
