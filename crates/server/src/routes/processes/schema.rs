//! JSON Schemas of inputs and outputs.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::settings::Limits;

/// Where the description of the API keeps schemas, and where a schema by itself does.
const COMPONENTS: &str = "#/components/schemas/";
const DEFINITIONS: &str = "#/$defs/";

/// The schema of a type of the wire, with everything that it refers to.
pub(super) fn of<T: ToSchema>() -> Result<Value, Problem> {
    let broken = |error: serde_json::Error| Problem::broken(&error);
    let mut all = Vec::new();
    T::schemas(&mut all);
    let mut definitions = Map::new();
    for (name, schema) in all {
        definitions.insert(name, serde_json::to_value(schema).map_err(broken)?);
    }
    let mut schema = serde_json::to_value(T::schema()).map_err(broken)?;
    if let Value::Object(members) = &mut schema {
        members.insert("$defs".into(), Value::Object(definitions));
    }
    refer_inside(&mut schema);
    Ok(schema)
}

fn refer_inside(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix(COMPONENTS) {
                *text = format!("{DEFINITIONS}{name}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(refer_inside),
        Value::Object(members) => members.values_mut().for_each(refer_inside),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text.
pub(super) fn text(limits: &Limits) -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": limits.input_chars})
}

/// A list of texts.
pub(super) fn texts(limits: &Limits) -> Value {
    json!({"type": "array", "items": text(limits), "maxItems": limits.input_items})
}

/// A day, month or year.
pub(super) fn day() -> Value {
    json!({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "examples": ["2025-07-01"]})
}

/// The versions of rule packs.
pub(super) fn packs() -> Value {
    let packs = planning::packs().unwrap_or_default();
    json!({"type": "string", "enum": packs.iter().map(|pack| &pack.version).collect::<Vec<_>>()})
}

/// A CRS.
pub(super) fn crs(limits: &Limits) -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": limits.input_chars, "examples": ["EPSG:9215"],
        "default": "CRS84"})
}
