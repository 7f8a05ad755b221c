//! Pages of other origins (Fetch, 3.2): let in only where the settings name them.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
const TAKEN: &str =
    "authorization, content-type, if-match, if-none-match, if-unmodified-since, prefer, content-crs";
const SHOWN: &str = "etag, location, link, content-crs, retry-after, x-request-id, preference-applied";
/// How long a browser may remember what it was told, seconds.
const REMEMBERED_S: &str = "600";

/// Origins whose pages may read answers.
#[derive(Clone, Debug)]
pub(super) struct Cors(Arc<[HeaderValue]>);

impl Cors {
    pub(super) fn new(origins: &[String]) -> Self {
        Self(origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect())
    }

    /// The request's origin, where it is one that is let in.
    pub(super) fn origin(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        headers.get(header::ORIGIN).filter(|origin| self.0.contains(origin)).cloned()
    }

    /// The answer to a browser that asks first.
    pub(super) fn preflight(&self, request: &Request) -> Option<Response> {
        let asks = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if request.method() != Method::OPTIONS || !asks {
            return None;
        }
        self.origin(request.headers())?;
        let mut response = StatusCode::NO_CONTENT.into_response();
        let mut set = |name: HeaderName, value: &'static str| {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        set(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, TAKEN);
        set(header::ACCESS_CONTROL_MAX_AGE, REMEMBERED_S);
        Some(response)
    }

    /// Tells the browser that the page may read the answer.
    pub(super) fn mark(&self, origin: Option<HeaderValue>, headers: &mut HeaderMap) {
        if self.0.is_empty() {
            return;
        }
        headers.append(header::VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(SHOWN));
        }
    }
}
