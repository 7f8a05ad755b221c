//! The address under which a client knows this server: links are made absolute with it, because many clients take
//! them as they are.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::http::uri::Authority;

use crate::app::App;

/// Scheme and authority, without a path. The host has been held against the list of hosts before.
#[derive(Clone, Debug)]
pub(crate) struct Base(String);

impl FromRequestParts<App> for Base {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Infallible> {
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or_else(|| parts.uri.authority().map(Authority::as_str)).unwrap_or("localhost");
        Ok(Self(format!("http://{host}")))
    }
}

impl Base {
    /// The address of a path of this server.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}
