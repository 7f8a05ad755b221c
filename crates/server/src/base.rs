//! The address under which a client knows this server: links are made absolute with it, because many clients take
//! them as they are. Behind a reverse proxy that is not the address that was asked; so the guard notes on each request
//! what it is.

use std::cell::RefCell;
use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serializer;

use crate::app::App;

const NOTE: HeaderName = HeaderName::from_static("ranh-base");

thread_local! {
    /// Set for as long as one document is being written, which is done without waiting.
    static BASE: RefCell<Option<HeaderValue>> = const { RefCell::new(None) };
}

/// Scheme and authority, and behind a proxy perhaps a path. The host has been held against the list of hosts before.
#[derive(Clone, Debug)]
pub(crate) struct Base(String);

impl FromRequestParts<App> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Infallible> {
        // What came past the guard has no note; its links stay paths.
        let noted = parts.headers.get(NOTE).and_then(|value| value.to_str().ok());
        Ok(Self(noted.unwrap_or_default().to_owned()))
    }
}

impl Base {
    /// For links that stay paths.
    pub(crate) fn none() -> Self {
        Self(String::new())
    }

    /// The address of a path of this server.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// Notes the address on a request; whatever a client has written there goes.
pub(crate) fn note(headers: &mut HeaderMap, base: Option<HeaderValue>) {
    headers.remove(NOTE);
    if let Some(base) = base {
        headers.insert(NOTE, base);
    }
}

/// Writes a document whose links begin with what is noted on the request.
pub(crate) fn written<T>(request: &HeaderMap, write: impl FnOnce() -> T) -> T {
    let before = BASE.replace(request.get(NOTE).cloned());
    let done = write();
    BASE.replace(before);
    done
}

/// A path of ours as a link. For `serialize_with`.
pub(crate) fn link<S: Serializer>(href: &str, serializer: S) -> Result<S::Ok, S::Error> {
    BASE.with_borrow(|base| match base.as_ref().and_then(|base| base.to_str().ok()) {
        Some(base) if href.starts_with('/') => serializer.collect_str(&format_args!("{base}{href}")),
        _ => serializer.serialize_str(href),
    })
}
