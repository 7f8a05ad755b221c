//! What the features of a collection have (OGC API Features parts 5 and 3).

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::layer;
use crate::app::Current;
use crate::base::Base;
use crate::catalog::{Property, Served};
use crate::html::Form;
use crate::params::Params;
use crate::problem::Problem;

/// Media type of JSON Schema.
pub(crate) const SCHEMA: &str = "application/schema+json";

/// The schema of a collection's features, as they are answered (part 5).
#[utoipa::path(get, path = "/collections/{collection}/schema", tag = "Features",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 200, description = "JSON Schema", body = Object, content_type = "application/schema+json"),
        (status = 400, description = "A parameter makes no sense"), (status = 404, description = "No such collection")))]
pub(crate) async fn schema(
    Current(catalog): Current,
    base: Base,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let form = Form::asked(&params, &headers)?;
    let served = layer(&catalog, &id)?;
    let answer = document(served, &base.to(&format!("/collections/{id}/schema")), returned);
    form.answer(&headers, &answer, SCHEMA, &served.info.title.vi)
}

/// What a filter may ask about (part 3): each is a parameter of the items as well.
#[utoipa::path(get, path = "/collections/{collection}/queryables", tag = "Features",
    params(("collection" = String, Path, description = "Collection id")),
    responses((status = 200, description = "JSON Schema", body = Object, content_type = "application/schema+json"),
        (status = 400, description = "A parameter makes no sense"), (status = 404, description = "No such collection")))]
pub(crate) async fn queryables(
    Current(catalog): Current,
    base: Base,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    let form = Form::asked(&params, &headers)?;
    let served = layer(&catalog, &id)?;
    let mut answer = document(served, &base.to(&format!("/collections/{id}/queryables")), asked);
    answer["additionalProperties"] = json!(false);
    form.answer(&headers, &answer, SCHEMA, &served.info.title.vi)
}

fn document(served: &Served, address: &str, written: fn(&Property) -> Value) -> Value {
    let schema = served.schema();
    let id = json!({"title": "Mã đối tượng", "description": "Identifier of the feature", "type": "string",
        "x-ogc-role": "id"});
    let geometry = json!({"title": "Hình dạng", "description": "Geometry of the feature",
        "format": schema.geometry_format, "x-ogc-role": "primary-geometry"});
    let own = [(schema.id.clone(), id), (schema.geometry.clone(), geometry)];
    let properties = schema.properties.iter().map(|property| (property.name.clone(), written(property)));
    let mut all = serde_json::Map::new();
    for (at, (name, mut value)) in own.into_iter().chain(properties).enumerate() {
        value["x-ogc-propertySeq"] = json!(at + 1);
        all.insert(name, value);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": served.info.title.vi,
        "description": served.info.source.vi,
        "type": "object",
        "properties": all,
    })
}

/// As it is answered: null where there is no value.
fn returned(property: &Property) -> Value {
    let mut types: Vec<&str> = property.types.iter().copied().collect();
    if property.optional || types.is_empty() {
        types.push("null");
    }
    typed(property, &types)
}

/// As it can be asked about.
fn asked(property: &Property) -> Value {
    let mut types: Vec<&str> = property.types.iter().copied().collect();
    if types.is_empty() {
        types.push("string");
    }
    typed(property, &types)
}

fn typed(property: &Property, types: &[&str]) -> Value {
    let mut value = json!({"title": property.name});
    value["type"] = if let [one] = types { json!(one) } else { json!(types) };
    match property.of {
        cql2::Type::Date => value["format"] = json!("date"),
        cql2::Type::Timestamp => value["format"] = json!("date-time"),
        _ => {}
    }
    if !property.values.is_empty() {
        let mut values: Vec<Value> = property.values.iter().map(|value| json!(value)).collect();
        if types.contains(&"null") {
            values.push(Value::Null);
        }
        value["enum"] = json!(values);
    }
    value
}
