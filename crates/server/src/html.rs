//! Documents as pages for people: the same members, with links to follow. No scripts.

use axum::body::Body;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::params::Params;
use crate::problem::Problem;
use crate::respond;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1a1a1a}\
    a{color:#0b57a4}table{border-collapse:collapse;display:block;overflow-x:auto}\
    td,th{border:1px solid #c8c8c8;padding:.25rem .5rem;text-align:left;vertical-align:top}\
    th{background:#f2f2f2}nav a{margin-right:1rem}pre{white-space:pre-wrap;max-height:20rem;overflow:auto}";
/// Longer JSON is folded away.
const FOLD_CHARS: usize = 400;

/// A form in which a document can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Html,
}

impl Form {
    /// What `f` says, else what is accepted at least as gladly as JSON. Clients that take anything get JSON.
    pub(crate) fn asked(params: &Params, headers: &HeaderMap) -> Result<Self, Problem> {
        match params.value("f") {
            Some("json" | "geojson") => Ok(Self::Json),
            Some("html") => Ok(Self::Html),
            Some(other) => Err(Problem::bad(format!("\"f\" must be json or html, not \"{other}\"."))),
            None if wants_html(headers) => Ok(Self::Html),
            None => Ok(Self::Json),
        }
    }

    /// A document in this form.
    pub(crate) fn answer(
        self,
        headers: &HeaderMap,
        document: &impl Serialize,
        media_type: &str,
        title: &str,
    ) -> Result<Response, Problem> {
        self.answer_as(headers, document, media_type, title, None)
    }

    /// The same with an entity tag that does not follow from the bytes.
    pub(crate) fn answer_as(
        self,
        headers: &HeaderMap,
        document: &impl Serialize,
        media_type: &str,
        title: &str,
        tag: Option<String>,
    ) -> Result<Response, Problem> {
        let (bytes, media_type) = match self {
            Self::Json => (serde_json::to_vec(document), media_type),
            Self::Html => {
                let value = serde_json::to_value(document);
                (value.map(|value| page(title, &value).into_bytes()), "text/html; charset=utf-8")
            }
        };
        let bytes = bytes.map_err(|error| Problem::broken(&error))?;
        let tag = tag.unwrap_or_else(|| respond::tag(&bytes));
        let mut response = respond::tagged(headers, Body::from(bytes), &tag, media_type, respond::REVALIDATE);
        respond::insert(&mut response, header::VARY, "accept, accept-encoding");
        Ok(response)
    }
}

/// Whether HTML is accepted at least as gladly as JSON.
pub(crate) fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let quality = |wanted: &str| {
        accept
            .split(',')
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                parts.next().filter(|media_type| media_type.eq_ignore_ascii_case(wanted))?;
                let q = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f64>().ok());
                Some(q.unwrap_or(1.0))
            })
            .fold(0.0, f64::max)
    };
    let html = quality("text/html");
    html > 0.0 && html >= quality("application/json") && html >= quality("application/geo+json")
}

fn page(title: &str, document: &Value) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style><body><nav><a href=\"/\">Ranh</a>\
         <a href=\"/collections\">/collections</a><a href=\"/conformance\">/conformance</a></nav><h1>{title}</h1>{}\
         </body></html>\n",
        shown(document)
    )
}

fn shown(value: &Value) -> String {
    match value {
        Value::Object(object) if leads_somewhere(object) => link(object),
        Value::Object(object) if object.contains_key("coordinates") || object.contains_key("geometries") => {
            folded(value)
        }
        Value::Object(object) => {
            let rows = object
                .iter()
                .map(|(key, value)| format!("<tr><th>{}</th><td>{}</td></tr>", escaped(key), shown(value)));
            format!("<table>{}</table>", rows.collect::<String>())
        }
        Value::Array(all) if all.iter().any(Value::is_object) => {
            format!(
                "<ul>{}</ul>",
                all.iter().map(|one| format!("<li>{}</li>", shown(one))).collect::<String>()
            )
        }
        Value::Array(all) if all.len() > 1 && all.iter().all(Value::is_string) => {
            format!(
                "<ul>{}</ul>",
                all.iter().map(|one| format!("<li>{}</li>", shown(one))).collect::<String>()
            )
        }
        Value::String(text) if text.starts_with("http://") || text.starts_with("https://") => {
            format!("<a href=\"{0}\">{0}</a>", escaped(text))
        }
        Value::String(text) => escaped(text),
        Value::Null => String::new(),
        other => folded(other),
    }
}

/// Whether it is a link to a document. What else an address could be in imported data is only shown.
fn leads_somewhere(object: &Map<String, Value>) -> bool {
    let href = object.get("href").and_then(Value::as_str).unwrap_or_default();
    ["http://", "https://", "/"].iter().any(|start| href.starts_with(start))
}

fn link(object: &Map<String, Value>) -> String {
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(escaped).unwrap_or_default();
    format!(
        "<a href=\"{}\">{}</a> <small>{} · {}</small>",
        text("href"),
        text("title"),
        text("rel"),
        text("type")
    )
}

fn folded(value: &Value) -> String {
    let json = escaped(&value.to_string());
    if json.len() <= FOLD_CHARS {
        return format!("<code>{json}</code>");
    }
    let kind = value.get("type").and_then(Value::as_str).map_or_else(|| "…".into(), escaped);
    format!("<details><summary>{kind}</summary><pre>{json}</pre></details>")
}

/// Text that cannot become markup.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::page;

    #[test]
    fn nothing_in_the_data_becomes_markup() {
        let evil = "<script>alert('x')</script>\"'&";
        let document =
            json!({evil: [evil, {"href": evil, "title": evil}], "b": {"type": evil, "coordinates": [evil]}});
        let page = page(evil, &document);
        assert!(!page.contains("<script") && !page.contains("alert('x')"), "{page}");
    }
}
