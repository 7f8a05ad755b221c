//! Answers with an entity tag: JSON, tiles and files.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::base;
use crate::problem::Problem;

/// Ask again each time, and spare the body when nothing has changed.
pub(crate) const REVALIDATE: &str = "no-cache";
/// The address names the content, so it never changes.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The weak entity tag of a content. Weak, because one tag stands for all encodings of it (RFC 9110, 8.8.1).
pub(crate) fn tag(bytes: &[u8]) -> String {
    format!("W/\"{:016x}\"", xxh3_64(bytes))
}

/// Whether the client has this content already (weak comparison, RFC 9110, 13.1.2).
pub(crate) fn known(request: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| candidate.trim() == "*" || opaque(candidate) == opaque(tag))
}

/// Whether a preference is among those of the request (RFC 7240).
pub(crate) fn prefers(request: &HeaderMap, preference: &str) -> bool {
    let values = request.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
    let names = values.flat_map(|value| value.split(',')).map(|one| one.split(';').next().unwrap_or(one));
    names.map(str::trim).any(|name| name.eq_ignore_ascii_case(preference))
}

/// Bytes with an entity tag, or 304 when the client has them.
pub(crate) fn tagged(request: &HeaderMap, bytes: Body, tag: &str, media_type: &str, cache: &str) -> Response {
    let mut response = if known(request, tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = bytes.into_response();
        insert(&mut response, header::CONTENT_TYPE, media_type);
        response
    };
    insert(&mut response, header::ETAG, tag);
    insert(&mut response, header::CACHE_CONTROL, cache);
    // 304 has no body for the compression to see, but caches need it to know what the stored one depends on.
    insert(&mut response, header::VARY, "accept-encoding");
    response
}

/// Sets a header whose value is ours; a value that cannot be one is left out.
pub(crate) fn insert(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// JSON of a media type, with an entity tag.
pub(crate) fn json_as(
    request: &HeaderMap,
    value: &impl Serialize,
    media_type: &str,
) -> Result<Response, Problem> {
    let bytes = base::written(request, || serde_json::to_vec(value));
    let bytes = bytes.map_err(|error| Problem::broken(&error))?;
    let tag = tag(&bytes);
    Ok(tagged(request, Body::from(bytes), &tag, media_type, REVALIDATE))
}

/// JSON, with an entity tag.
pub(crate) fn json(request: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    json_as(request, value, "application/json")
}
