//! What a request brings: features in GeoJSON, or changes of one.

use std::str;

use axum::http::{HeaderMap, StatusCode, header};
use geo_types::Geometry;
use serde_json::{Map, Value, json};
use spatial::crs::Transformation;
use spatial::{Feature, Properties};

use super::target::Target;
use crate::crs::y_first;
use crate::problem::Problem;
use crate::wire::TransactionChanges;

const FEATURES: [&str; 2] = ["application/geo+json", "application/json"];
const PATCHES: [&str; 3] = ["application/merge-patch+json", "application/json", "application/geo+json"];

/// Features in the CRS of the collection.
pub(super) struct Body {
    pub(super) features: Vec<Feature>,
    pub(super) is_collection: bool,
}

impl Body {
    pub(super) fn read(headers: &HeaderMap, bytes: &[u8], target: &Target) -> Result<Self, Problem> {
        declared(headers, &FEATURES)?;
        Self::of(bytes, target)
    }

    /// The features of a text, whatever it is declared as.
    pub(super) fn of(bytes: &[u8], target: &Target) -> Result<Self, Problem> {
        let value = parsed(bytes)?;
        let is_collection = match value.get("type").and_then(Value::as_str) {
            Some("Feature") => false,
            Some("FeatureCollection") => true,
            _ => return Err(Problem::bad("The body must be a GeoJSON Feature or FeatureCollection.")),
        };
        // As it was written where the order of axes allows it: reading says in which line what is wrong.
        let text = str::from_utf8(bytes).map_err(|_| Problem::bad("The body is not UTF-8."))?;
        let turned = y_first(&target.crs).then(|| turned(value).to_string());
        Ok(Self { features: features(turned.as_deref().unwrap_or(text), target)?, is_collection })
    }

    /// The one feature that there must be.
    pub(super) fn only(self) -> Result<Feature, Problem> {
        let is_one = !self.is_collection && self.features.len() == 1;
        let feature = self.features.into_iter().next().filter(|_| is_one);
        feature.ok_or_else(|| Problem::bad("The body must be one GeoJSON Feature."))
    }
}

/// A feature with a patch applied. Coordinates that are not given stay as they are, bit for bit.
pub(super) fn patched(
    before: &Feature,
    fid: &str,
    headers: &HeaderMap,
    bytes: &[u8],
    target: &Target,
) -> Result<Feature, Problem> {
    declared(headers, &PATCHES)?;
    let Value::Object(patch) = parsed(bytes)? else {
        return Err(Problem::bad(
            "The patch must be a JSON object, such as {\"properties\": {\"name\": \"…\"}}.",
        ));
    };
    if let Some(other) =
        patch.keys().find(|key| !["type", "id", "geometry", "properties", "links"].contains(&key.as_str()))
    {
        return Err(Problem::bad(format!("The patch has a member \"{other}\", which features do not have.")));
    }
    let written = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    if patch.get("id").is_some_and(|id| written(id) != fid) {
        return Err(Problem::bad("The id of a feature cannot be changed."));
    }
    let mut after = before.clone();
    match patch.get("properties") {
        None => {}
        Some(Value::Object(changes)) => after.properties = merged(&before.properties, changes),
        Some(_) => return Err(Problem::bad("\"properties\" must be an object.")),
    }
    match patch.get("geometry") {
        None => {}
        Some(geometry) => after.geometry = shape(geometry, target)?,
    }
    Ok(after)
}

/// A feature with the changes that an action of a transaction makes; coordinates that are not given stay bit for bit.
pub(super) fn updated(
    before: &Feature,
    changes: &TransactionChanges,
    target: &Target,
) -> Result<Feature, Problem> {
    if changes.add.is_empty() && changes.modify.is_empty() && changes.delete.is_empty() {
        return Err(Problem::bad("There is nothing to add, to modify or to delete."));
    }
    if changes.feature.is_some() {
        return Err(Problem::bad("An update has no feature: that would be a replacement."));
    }
    let mut after = before.clone();
    for name in &changes.delete {
        if after.properties.shift_remove(name).is_none() {
            return Err(Problem::bad(format!("The feature has no \"{name}\" that could go.")));
        }
    }
    if let Some(known) = changes.add.iter().find(|one| after.properties.contains_key(&one.name)) {
        return Err(Problem::bad(format!("The feature has a \"{}\" already: modify it.", known.name)));
    }
    for one in changes.add.iter().chain(&changes.modify) {
        if one.name == target.served.schema().geometry {
            after.geometry = shape(&one.value, target)?;
        } else {
            after.properties.insert(one.name.clone(), one.value.clone());
        }
    }
    Ok(after)
}

/// A geometry in the CRS of the collection; none for null.
fn shape(geometry: &Value, target: &Target) -> Result<Option<Geometry<f64>>, Problem> {
    if geometry.is_null() {
        return Ok(None);
    }
    let feature = json!({"type": "Feature", "geometry": geometry, "properties": {}});
    let feature = if y_first(&target.crs) { turned(feature) } else { feature };
    Ok(features(&feature.to_string(), target)?.into_iter().next().and_then(|one| one.geometry))
}

/// The features of a text with x first, in the CRS of the collection.
fn features(text: &str, target: &Target) -> Result<Vec<Feature>, Problem> {
    let features = project::features_of_text(text, &target.crs)?;
    let way = Transformation::new(&target.crs, &target.served.layer.crs).map_err(|error| {
        Problem::bad(format!("Coordinates cannot be brought into the collection's CRS: {error}."))
    })?;
    let moved = |feature: Feature| {
        let Some(geometry) = &feature.geometry else { return Ok(feature) };
        let geometry = if way.is_identity() { Some(geometry.clone()) } else { way.geometry(geometry) };
        let outside = || Problem::bad("Some coordinates lie where the collection's CRS cannot be computed.");
        Ok(Feature { geometry: Some(geometry.ok_or_else(outside)?), ..feature })
    };
    features.into_iter().map(moved).collect()
}

/// The same JSON with the first two numbers of every position exchanged.
fn turned(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let member = |(key, value): (String, Value)| {
                let value = if key == "coordinates" {
                    positions(value)
                } else if key == "properties" {
                    value
                } else {
                    turned(value)
                };
                (key, value)
            };
            Value::Object(members.into_iter().map(member).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(turned).collect()),
        other => other,
    }
}

fn positions(value: Value) -> Value {
    match value {
        Value::Array(mut list) if list.first().is_some_and(Value::is_number) => {
            if list.len() >= 2 {
                list.swap(0, 1);
            }
            Value::Array(list)
        }
        Value::Array(list) => Value::Array(list.into_iter().map(positions).collect()),
        other => other,
    }
}

/// Properties with a patch applied (RFC 7396, 2).
fn merged(before: &Properties, changes: &Map<String, Value>) -> Properties {
    let mut after = before.clone();
    for (key, change) in changes {
        match change {
            Value::Null => {
                after.shift_remove(key);
            }
            Value::Object(inner) => {
                let none = Map::new();
                let within = after.get(key).and_then(Value::as_object).unwrap_or(&none);
                let value = Value::Object(merged(within, inner));
                after.insert(key.clone(), value);
            }
            other => {
                after.insert(key.clone(), other.clone());
            }
        }
    }
    after
}

fn parsed(bytes: &[u8]) -> Result<Value, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::bad(format!("The body is not JSON: {error}.")))
}

/// The body must be declared as one of these media types.
pub(super) fn declared(headers: &HeaderMap, types: &[&str]) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = given.split(';').next().unwrap_or_default().trim();
    if types.iter().any(|one| media_type.eq_ignore_ascii_case(one)) {
        return Ok(());
    }
    let detail = format!("The body must be declared as {}, not as \"{given}\".", types.join(" or "));
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}
