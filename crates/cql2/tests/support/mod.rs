//! A feature to evaluate filters on, and writers of both encodings, which only the tests need.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod write;

use std::borrow::Cow;

use cql2::{Filter, Queryables, Record, Space, Type, parse_json, parse_text};
use geo_types::Geometry;
use serde_json::{Map, Value};
use spatial::relation::Related;

/// Longitude, latitude.
pub(crate) const DEGREES: Space = Space { geographic: true, y_first: false };

pub(crate) struct Feature {
    properties: Map<String, Value>,
    geometry: Option<Related>,
}

impl Feature {
    pub(crate) fn new(properties: Value, geometry: Option<Geometry<f64>>) -> Self {
        let Value::Object(properties) = properties else { panic!("properties must be an object") };
        Self { properties, geometry: geometry.and_then(Related::new) }
    }
}

impl Record for Feature {
    fn property(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.properties.get(name).map(Cow::Borrowed)
    }

    fn geometry(&self) -> Option<&Related> {
        self.geometry.as_ref()
    }
}

/// Properties of every type.
pub(crate) fn queryables() -> Queryables {
    [
        ("name", Type::Text),
        ("code", Type::Text),
        ("note", Type::Text),
        ("area", Type::Number),
        ("count", Type::Number),
        ("open", Type::Boolean),
        ("approved", Type::Date),
        ("begins", Type::Timestamp),
        ("ends", Type::Timestamp),
        ("list", Type::Structure),
        ("any", Type::Mixed),
        ("geometry", Type::Geometry),
        ("diện tích (ha)", Type::Number),
    ]
    .into_iter()
    .map(|(name, of)| (name.to_owned(), of))
    .collect()
}

pub(crate) fn filter(text: &str) -> Filter {
    let node = parse_text(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Filter::new(&node, &queryables(), DEGREES).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What is said about a filter that makes no sense.
pub(crate) fn refusal(text: &str) -> String {
    let node = if text.starts_with('{') { parse_json(text) } else { parse_text(text) };
    match node.and_then(|node| Filter::new(&node, &queryables(), DEGREES)) {
        Ok(_) => panic!("{text} makes sense"),
        Err(error) => error.to_string(),
    }
}
