//! Who may ask. Even on loopback a page from elsewhere can reach this server through the browser, by DNS rebinding
//! or a cross-site form: so hosts are listed, and what changes something must come from our own pages.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; \
     manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// Host names that are answered, lower case, without port.
#[derive(Clone, Debug)]
pub(crate) struct Hosts(Arc<[String]>);

impl Hosts {
    /// This machine's own names, the address listened on, and the extra ones.
    pub(crate) fn new(listen: SocketAddr, extra: &[String]) -> Self {
        let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        match listen.ip() {
            ip if ip.is_unspecified() => {}
            IpAddr::V4(ip) => hosts.push(ip.to_string()),
            IpAddr::V6(ip) => hosts.push(format!("[{ip}]")),
        }
        hosts.extend(extra.iter().map(|host| host.trim().to_lowercase()));
        Self(hosts.into())
    }

    fn allow(&self, authority: &str) -> bool {
        let host = authority.to_lowercase();
        let host = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => &host,
        };
        self.0.iter().any(|allowed| allowed == host)
    }
}

/// Turns away foreign hosts and cross-site changes.
pub(crate) async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    match judge(&hosts, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn judge(hosts: &Hosts, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    // HTTP/2 has no Host header; its authority is in the URI.
    let host = single(headers, &header::HOST)?
        .or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    if !host.is_some_and(|host| hosts.allow(host)) {
        let detail = "This server does not answer to that host name; start it with --allow-host to add one.";
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail));
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    let origin = single(headers, &header::ORIGIN)?;
    let same = |origin: &str| origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host);
    if origin.is_some_and(|origin| !same(origin)) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "Changes are taken from this server's own pages only.",
        ));
    }
    // DELETE has no body, and no page from elsewhere can send it: the browser asks first, and is not let. Methods that
    // nothing takes are told so by the router.
    if !matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        return Ok(());
    }
    let content_type = single(headers, &header::CONTENT_TYPE)?.unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        let detail = "The body must be declared as Content-Type: application/json.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    Ok(())
}

/// The value of a header that may come once only.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Problem> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(Problem::bad(format!("The header {name} came more than once.")));
    }
    first
        .map(|value| {
            value.to_str().map_err(|_| Problem::bad(format!("The header {name} is not plain text.")))
        })
        .transpose()
}

/// Headers on every answer.
pub(crate) fn headers(headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
}
