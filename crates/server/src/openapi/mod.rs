//! The description of this API: what the routes say of themselves, made exact for the collections that are served.

mod items;
mod version30;

use serde_json::{Value, json};

use crate::app::App;
use crate::base::Base;
use crate::catalog::Catalog;
use crate::router;
use crate::routes::uploads;

pub(crate) use version30::downgraded;

/// Documents that can be read as pages; features, too, but they have more parameters.
const PAGES: [&str; 6] = [
    "/",
    "/conformance",
    "/collections",
    "/collections/{collection}",
    "/collections/{collection}/schema",
    "/collections/{collection}/queryables",
];

/// OpenAPI 3.1, self-contained. Where the source keeps nothing, nothing is said of changing features, and where it takes
/// nothing, nothing of uploads.
pub(crate) fn document(app: &App, catalog: &Catalog, base: &Base) -> Value {
    let (limits, keeps) = (app.limits(), app.source().keeps());
    let mut document = serde_json::to_value(router::description()).unwrap_or_default();
    document["servers"] = json!([{"url": base.to("")}]);
    document["components"]["schemas"]["Problem"] = problem();
    document["components"]["parameters"]["limit"] = items::page(limits);
    let ids: Vec<&str> = catalog.layers.iter().map(|served| served.info.id.as_str()).collect();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths.iter_mut() {
            for operation in item.as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
                complete(path, operation, &ids);
            }
        }
        items::describe(paths, catalog, limits, keeps);
        paths.retain(|path, _| uploads::are_there(app, path).is_ok());
    }
    document
}

/// What every operation may answer besides, and which collections there are.
fn complete(path: &str, operation: &mut Value, collections: &[&str]) {
    let Some(operation) = operation.as_object_mut() else { return };
    if PAGES.contains(&path) {
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        parameters.as_array_mut().into_iter().for_each(|parameters| parameters.push(items::form()));
    }
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        if parameter["name"] == "collection" && parameter["in"] == "path" && !path.starts_with("/tiles") {
            parameter["schema"] = json!({"type": "string", "enum": collections});
        }
        plain(&mut parameter["schema"]);
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (status, response) in responses.iter_mut() {
        if status.starts_with(['4', '5']) && response["content"].is_null() {
            response["content"] = problem_content();
        }
        if status == "200" && PAGES.contains(&path) {
            response["content"]["text/html"] = json!({"schema": {"type": "string"}});
        }
    }
    responses.entry("default").or_insert_with(
        || json!({"description": "Anything else: what was wrong and what to do", "content": problem_content()}),
    );
}

/// A parameter that is left out is not null, and a whole number may be larger than the type that holds it here:
/// what is too large is lowered or refused.
fn plain(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    let types = schema.get("type").and_then(Value::as_array).cloned().unwrap_or_default();
    if let [one] = &types.into_iter().filter(|of| of != "null").collect::<Vec<_>>()[..] {
        schema.insert("type".into(), one.clone());
    }
    if schema.get("type").is_some_and(|of| of == "integer") {
        schema.remove("format");
    }
}

fn problem_content() -> Value {
    json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}})
}

/// RFC 9457.
fn problem() -> Value {
    let text = |description: &str| json!({"type": "string", "description": description});
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "instance", "request_id"],
        "properties": {
            "type": text("Kind of problem; about:blank where the status says it all"),
            "title": text("Name of the kind"),
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": text("What was wrong and what to do"),
            "instance": text("The path that was asked for"),
            "request_id": text("Names this request in the server's log"),
            "errors": {
                "type": "array",
                "description": "The parts of the request that are at fault, where several may be",
                "items": {
                    "type": "object",
                    "required": ["detail", "pointer", "status"],
                    "properties": {
                        "detail": text("What is wrong"),
                        "pointer": text("JSON pointer to the part (RFC 6901)"),
                        "status": {"type": "integer", "description": "HTTP status that it would have had alone"},
                    },
                },
            },
        },
    })
}
