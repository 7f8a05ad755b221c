//! What the features of a collection have, seen in their values: nobody declares it.

use std::collections::{BTreeMap, BTreeSet};

use cql2::{Queryables, Type};
use geo_types::Geometry;
use jiff::Timestamp;
use jiff::civil::Date;
use planning::FindingState;
use serde_json::Value;
use spatial::Feature;

use super::LayerRole;

/// Most values that are listed for a property: more is no list of kinds.
const MOST_VALUES: usize = 24;

/// The properties and the geometry of a collection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    /// In the order in which they were met.
    pub(crate) properties: Vec<Property>,
    /// The name under which the geometry can be asked about: no property has it.
    pub(crate) geometry: String,
    /// The name of the feature's identifier.
    pub(crate) id: String,
    /// `geometry-polygon` and the like (OGC API Features part 5).
    pub(crate) geometry_format: String,
    /// The same for filters.
    pub(crate) queryables: Queryables,
}

/// One property.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: String,
    /// What its values are, as a filter takes them.
    pub(crate) of: Type,
    /// Their types in JSON Schema, `null` not among them.
    pub(crate) types: BTreeSet<&'static str>,
    /// Whether some features have none.
    pub(crate) optional: bool,
    /// All its values, where these are few texts.
    pub(crate) values: Vec<String>,
}

impl Schema {
    /// Reads the schema off the features.
    pub(crate) fn of(role: LayerRole, features: &[Feature]) -> Self {
        let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        for feature in features {
            for (name, value) in &feature.properties {
                let entry = seen.entry(name).or_insert_with(|| {
                    order.push(name);
                    Seen::default()
                });
                entry.take(value);
            }
        }
        let mut properties: Vec<Property> =
            order.iter().filter_map(|name| Some(seen.remove(name)?.property(name, features.len()))).collect();
        if role == LayerRole::Finding {
            properties.push(standing());
        }
        let free = |name: &str| {
            let taken = properties.iter().any(|property| property.name == name);
            if taken { format!("_{name}") } else { name.to_owned() }
        };
        let (id, geometry) = (free("id"), free("geometry"));
        let own = [(id.clone(), Type::Text), (geometry.clone(), Type::Geometry)];
        let queryables = properties.iter().map(|p| (p.name.clone(), p.of)).chain(own).collect();
        Self { id, geometry, geometry_format: geometry_format(features), queryables, properties }
    }
}

/// Where a finding stands is not among its properties: it changes between checks.
fn standing() -> Property {
    Property {
        name: "state".into(),
        of: Type::Text,
        types: BTreeSet::from(["string"]),
        optional: false,
        values: FindingState::ALL.map(|state| state.code().to_owned()).to_vec(),
    }
}

/// What the values of a property have been so far.
struct Seen {
    types: BTreeSet<&'static str>,
    /// Features that have a value.
    count: usize,
    all_dates: bool,
    all_times: bool,
    /// `None` when there were too many.
    values: Option<BTreeSet<String>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            types: BTreeSet::new(),
            count: 0,
            all_dates: true,
            all_times: true,
            values: Some(BTreeSet::new()),
        }
    }
}

impl Seen {
    fn take(&mut self, value: &Value) {
        let of = match value {
            Value::Null => return,
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        self.types.insert(of);
        self.count += 1;
        if let Value::String(text) = value {
            self.take_text(text);
        }
    }

    fn take_text(&mut self, text: &str) {
        // RFC 3339's full-date has ten characters; its date-time has a T behind them.
        self.all_dates = self.all_dates && text.len() == 10 && text.parse::<Date>().is_ok();
        self.all_times =
            self.all_times && text.as_bytes().get(10) == Some(&b'T') && text.parse::<Timestamp>().is_ok();
        if let Some(values) = &mut self.values
            && !values.contains(text)
        {
            values.insert(text.to_owned());
            if values.len() > MOST_VALUES {
                self.values = None;
            }
        }
    }

    fn property(mut self, name: &str, features: usize) -> Property {
        // A whole number is a number.
        if self.types.contains("number") {
            self.types.remove("integer");
        }
        let types: Vec<&str> = self.types.iter().copied().collect();
        let of = match types[..] {
            ["string"] if self.all_dates => Type::Date,
            ["string"] if self.all_times => Type::Timestamp,
            ["string"] => Type::Text,
            ["integer" | "number"] => Type::Number,
            ["boolean"] => Type::Boolean,
            ["array" | "object"] | ["array", "object"] => Type::Structure,
            _ => Type::Mixed,
        };
        // Each value twice on average: else they are names and no kinds.
        let values = self.values.filter(|values| of == Type::Text && 2 * values.len() <= self.count);
        Property {
            name: name.to_owned(),
            of,
            types: self.types,
            optional: self.count < features,
            values: values.unwrap_or_default().into_iter().collect(),
        }
    }
}

/// The narrowest format of OGC API Features part 5 that fits all geometries.
fn geometry_format(features: &[Feature]) -> String {
    let kinds: BTreeSet<&str> = features.iter().filter_map(|f| f.geometry.as_ref()).map(kind).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let kind = match kinds[..] {
        ["multipolygon", "polygon"] => "polygon-or-multipolygon",
        ["linestring", "multilinestring"] => "linestring-or-multilinestring",
        ["multipoint", "point"] => "point-or-multipoint",
        [one] => one,
        _ => "any",
    };
    format!("geometry-{kind}")
}

fn kind(geometry: &Geometry<f64>) -> &'static str {
    match geometry {
        Geometry::Point(_) => "point",
        Geometry::MultiPoint(_) => "multipoint",
        Geometry::Line(_) | Geometry::LineString(_) => "linestring",
        Geometry::MultiLineString(_) => "multilinestring",
        Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "polygon",
        Geometry::MultiPolygon(_) => "multipolygon",
        Geometry::GeometryCollection(_) => "geometrycollection",
    }
}
