//! Parameters of the features of each collection, with its own CRSs and properties.

use cql2::Type;
use serde_json::{Map, Value, json};
use spatial::Crs;

use crate::catalog::{Catalog, LayerRole, Property, Served};
use crate::crs;
use crate::settings::Limits;

const ITEMS: &str = "/collections/{collection}/items";
const TRANSACTIONS: &str = "/transactions";
const ITEM: &str = "/collections/{collection}/items/{feature}";

/// Gives the paths of features their parameters, and every collection paths of its own.
pub(super) fn describe(paths: &mut Map<String, Value>, catalog: &Catalog, limits: &Limits, keeps: bool) {
    let general = crs::uris(&Crs::wgs84());
    for served in &catalog.layers {
        let id = &served.info.id;
        let uris = crs::uris(&served.layer.crs);
        for (path, suffix) in [(ITEMS, ""), (ITEM, "/{feature}")] {
            let Some(mut own) = paths.get(path).cloned() else { continue };
            let operation = &mut own["get"];
            operation["operationId"] =
                json!(format!("{}-{id}", if suffix.is_empty() { "items" } else { "item" }));
            operation["summary"] = json!(served.info.title.vi);
            let mut parameters = if suffix.is_empty() { listing(&uris, limits) } else { single(&uris) };
            if suffix.is_empty() {
                parameters.extend(properties(served));
            }
            operation["parameters"] = parameters.into();
            html(operation);
            changes(&mut own, id);
            if !(keeps && matches!(served.role, LayerRole::Data(_))) {
                only_read(&mut own);
            }
            paths.insert(format!("/collections/{id}/items{suffix}"), own);
        }
    }
    let changeable = catalog.layers.iter().filter(|served| matches!(served.role, LayerRole::Data(_)));
    let changeable: Vec<&str> = changeable.map(|served| served.info.id.as_str()).collect();
    for path in [ITEMS, ITEM] {
        let Some(item) = paths.get_mut(path) else { continue };
        if keeps {
            only_of(item, &changeable);
        } else {
            only_read(item);
        }
    }
    if !keeps {
        paths.remove(TRANSACTIONS);
    }
    for (path, parameters) in [(ITEMS, listing(&general, limits)), (ITEM, single(&general))] {
        let Some(operation) = paths.get_mut(path).map(|item| &mut item["get"]) else { continue };
        let named = operation["parameters"].as_array().cloned().unwrap_or_default();
        let collection = named.into_iter().filter(|parameter| parameter["name"] == "collection");
        operation["parameters"] = collection.chain(parameters).collect();
        html(operation);
    }
}

/// Methods that change features.
const CHANGING: [&str; 4] = ["post", "put", "patch", "delete"];

/// Leaves out what changes features.
fn only_read(item: &mut Value) {
    if let Some(operations) = item.as_object_mut() {
        operations.retain(|method, _| !CHANGING.contains(&method.as_str()));
    }
}

/// Names the collections whose features can be changed; the others have paths of their own.
fn only_of(item: &mut Value, collections: &[&str]) {
    let operations = item.as_object_mut().into_iter().flatten();
    let changing =
        operations.filter(|(method, _)| *method == "options" || CHANGING.contains(&method.as_str()));
    let parameters = changing.filter_map(|(_, operation)| operation["parameters"].as_array_mut()).flatten();
    for parameter in parameters.filter(|parameter| parameter["name"] == "collection") {
        parameter["schema"] = json!({"type": "string", "enum": collections});
    }
}

/// Makes what changes features an operation of its own, whose collection the path names.
fn changes(item: &mut Value, id: &str) {
    for (_, operation) in item.as_object_mut().into_iter().flatten().filter(|(method, _)| *method != "get") {
        let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
        operation["operationId"] = json!(format!("{name}-{id}"));
        if let Some(parameters) = operation["parameters"].as_array_mut() {
            parameters.retain(|parameter| parameter["name"] != "collection");
        }
    }
}

/// Features can be read as a page, too.
fn html(operation: &mut Value) {
    operation["responses"]["200"]["content"]["text/html"] = json!({"schema": {"type": "string"}});
}

fn query(name: &str, description: &str, schema: &Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": description, "schema": schema,
        "style": "form", "explode": false})
}

pub(super) fn form() -> Value {
    let schema = json!({"type": "string", "enum": ["json", "geojson", "html"]});
    query("f", "Form of the answer; without it, the Accept header decides", &schema)
}

fn named_crs(name: &str, description: &str, uris: &[String]) -> Value {
    query(name, description, &json!({"type": "string", "format": "uri", "enum": uris, "default": crs::CRS84}))
}

fn single(uris: &[String]) -> Vec<Value> {
    let feature = json!({"name": "feature", "in": "path", "required": true, "description": "Feature id",
        "schema": {"type": "string"}});
    vec![feature, form(), named_crs("crs", "CRS of the answer", uris)]
}

/// The usual and the largest page, where QGIS looks for them (`qgsoapifapirequest.cpp`): else it asks for few features
/// at a time.
pub(super) fn page(limits: &Limits) -> Value {
    let schema =
        json!({"type": "integer", "minimum": 1, "maximum": limits.page, "default": limits.default_page});
    query("limit", "Features on a page", &schema)
}

fn listing(uris: &[String], limits: &Limits) -> Vec<Value> {
    let numbers = json!({"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6});
    let limit = json!({"type": "integer", "minimum": 1, "default": limits.default_page});
    let languages = json!({"type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text"});
    let most = format!("Features on a page; more than {} are lowered to that", limits.page);
    vec![
        form(),
        query(
            "bbox",
            "Lower corner, upper corner: 4 numbers, or with heights 6, in the axis order of bbox-crs",
            &numbers,
        ),
        named_crs("bbox-crs", "CRS of bbox", uris),
        named_crs("crs", "CRS of the answer", uris),
        query(
            "datetime",
            "RFC 3339 instant or interval; features have no time, so all match",
            &json!({"type": "string"}),
        ),
        query("filter", "CQL2 expression on the collection's queryables", &json!({"type": "string"})),
        query("filter-lang", "Language of filter", &languages),
        named_crs("filter-crs", "CRS of the coordinates in filter, which stand in its axis order", uris),
        query("limit", &most, &limit),
        query("offset", "Features to skip", &json!({"type": "integer", "minimum": 0, "default": 0})),
    ]
}

/// The collection's properties, each a parameter of its type.
fn properties(served: &Served) -> Vec<Value> {
    let schema = served.schema();
    let id = query(&schema.id, "Identifier of the feature", &json!({"type": "string"}));
    let free = |property: &&Property| !crate::routes::items::KNOWN.contains(&property.name.as_str());
    let own = schema.properties.iter().filter(free).map(|property| {
        let of = match property.of {
            Type::Number => "number",
            Type::Boolean => "boolean",
            _ => "string",
        };
        query(&property.name, "Features with this value", &json!({"type": of}))
    });
    std::iter::once(id).chain(own).collect()
}
