//! The files of the web page, embedded in the program.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::assets::{self, Asset};
use crate::problem::Problem;
use crate::respond;

/// Shown where the program was built without the web page.
const NO_PAGE: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Ranh</title>\
    <body><h1>Ranh</h1><p>This program was built without its web page. Build it with <code>cargo xtask web</code>, \
    then build the program again.</p><p>The data are served all the same: <a href=\"/collections\">/collections</a>, \
    <a href=\"/api\">/api</a>.</p></body></html>\n";

/// The page.
pub(crate) fn index(request: &HeaderMap) -> Response {
    match assets::find("/index.html") {
        Some(asset) => send(request, asset),
        None => respond::tagged(
            request,
            Body::from(NO_PAGE),
            &respond::tag(NO_PAGE.as_bytes()),
            "text/html; charset=utf-8",
            respond::REVALIDATE,
        ),
    }
}

/// Any path that no route answers: a file of the page, or nothing.
pub(crate) async fn file(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    match assets::find(uri.path()) {
        Some(asset) if matches!(method, Method::GET | Method::HEAD) => send(&headers, asset),
        _ => Problem::missing("There is nothing at this path. /api lists what there is.").into_response(),
    }
}

fn send(request: &HeaderMap, asset: &'static Asset) -> Response {
    let packed = asset.brotli.filter(|_| takes_brotli(request));
    let bytes = Body::from(Bytes::from_static(packed.unwrap_or(asset.bytes)));
    let cache = if asset.named_by_content { respond::IMMUTABLE } else { respond::REVALIDATE };
    let mut response = respond::tagged(request, bytes, &respond::tag(asset.bytes), asset.media_type, cache);
    if packed.is_some() && response.status().is_success() {
        respond::insert(&mut response, header::CONTENT_ENCODING, "br");
    }
    response
}

/// Whether `br` is accepted (RFC 9110, 12.5.3).
fn takes_brotli(request: &HeaderMap) -> bool {
    let accept =
        request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"));
        let refused = parts.any(|q| q.strip_prefix("q=").and_then(|q| q.parse::<f64>().ok()) == Some(0.0));
        named && !refused
    })
}
