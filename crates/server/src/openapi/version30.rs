//! OpenAPI 3.0 for clients that do not know 3.1: the same, in the older words for schemas.

use serde_json::{Map, Value, json};

/// The description in OpenAPI 3.0.
pub(crate) fn downgraded(mut document: Value) -> Value {
    rewrite(&mut document);
    document["openapi"] = json!("3.0.3");
    if let Some(license) = document.pointer_mut("/info/license").and_then(Value::as_object_mut) {
        license.remove("identifier");
    }
    document
}

fn rewrite(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(rewrite),
        Value::Object(object) => {
            object.values_mut().for_each(rewrite);
            several_types(object);
            null_among_choices(object);
            newer_keywords(object);
        }
        _ => {}
    }
}

/// `"type": ["string", "null"]`: one type, and whether it may be null.
fn several_types(object: &mut Map<String, Value>) {
    let Some(types) = object.get("type").and_then(Value::as_array).cloned() else { return };
    let is_null = |of: &Value| of == "null";
    if types.iter().any(is_null) {
        object.insert("nullable".into(), true.into());
    }
    let others: Vec<Value> = types.into_iter().filter(|of| !is_null(of)).collect();
    object.remove("type");
    match &others[..] {
        [] => {}
        [one] => {
            object.insert("type".into(), one.clone());
        }
        several => {
            object.insert("anyOf".into(), several.iter().map(|of| json!({"type": of})).collect());
        }
    }
}

/// `"oneOf": [{"type": "null"}, …]`.
fn null_among_choices(object: &mut Map<String, Value>) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = object.get_mut(key) else { continue };
        let before = choices.len();
        choices.retain(|choice| choice.get("type").is_none_or(|of| of != "null"));
        if choices.len() < before {
            let kept = std::mem::take(choices);
            object.remove(key);
            object.insert("nullable".into(), true.into());
            object.insert(if kept.len() == 1 { "allOf" } else { key }.into(), kept.into());
        }
    }
}

/// Words that 3.0 does not have. A property may have such a name: then its value is a schema, an object.
fn newer_keywords(object: &mut Map<String, Value>) {
    if object.get("const").is_some_and(|value| !value.is_object())
        && let Some(value) = object.remove("const")
    {
        object.insert("enum".into(), json!([value]));
    }
    if let Some(Value::Array(examples)) = object.get("examples").cloned() {
        object.remove("examples");
        if let Some(first) = examples.into_iter().next() {
            object.insert("example".into(), first);
        }
    }
    if object.get("prefixItems").is_some_and(Value::is_array) {
        object.remove("prefixItems");
        if object.get("items").is_none_or(|items| !items.is_object()) {
            object.insert("items".into(), json!({}));
        }
    }
    for key in ["propertyNames", "contentMediaType", "contentEncoding", "$schema", "unevaluatedProperties"] {
        if object.contains_key("type") || object.contains_key("allOf") {
            object.remove(key);
        }
    }
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if let Some(value) = object.get(exclusive).filter(|value| value.is_number()).cloned() {
            object.insert(bound.into(), value);
            object.insert(exclusive.into(), true.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::downgraded;

    #[test]
    fn newer_words_become_older_ones() {
        let newer = json!({"openapi": "3.1.0", "components": {"schemas": {
            "A": {"type": ["string", "null"], "examples": ["x", "y"]},
            "B": {"type": ["string", "number"]},
            "C": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/A"}]},
            "D": {"type": "object", "properties": {"const": {"const": 1}, "type": {"type": "string"}}},
            "E": {"type": "number", "exclusiveMinimum": 0},
        }}});
        assert_eq!(
            downgraded(newer),
            json!({"openapi": "3.0.3", "components": {"schemas": {
                "A": {"type": "string", "nullable": true, "example": "x"},
                "B": {"anyOf": [{"type": "string"}, {"type": "number"}]},
                "C": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/A"}]},
                "D": {"type": "object", "properties": {"const": {"enum": [1]}, "type": {"type": "string"}}},
                "E": {"type": "number", "minimum": 0, "exclusiveMinimum": true},
            }}})
        );
    }
}
