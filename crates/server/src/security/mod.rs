//! Who may ask, and who may change something. Even on loopback a page from elsewhere can reach this server through
//! the browser, by DNS rebinding or a cross-site form: so hosts are listed, and what changes something must come from
//! our own pages. Elsewhere it must carry a token as well.

mod cors;
mod hosts;
mod methods;
mod tokens;
mod writer;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::base;
use crate::problem::Problem;
use crate::settings::{BaseUrl, Settings};

use cors::Cors;
use hosts::Hosts;
use methods::Methods;
pub use tokens::{Tokens, TokensError};
pub(crate) use writer::Writer;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; \
     manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// What a proxy adds: whoever is behind one is not at this machine.
const BY_PROXY: [HeaderName; 5] = [
    header::FORWARDED,
    header::VIA,
    FORWARDED_HOST,
    FORWARDED_PROTO,
    HeaderName::from_static("x-forwarded-for"),
];

/// Who may do what, by the settings.
#[derive(Clone)]
pub(crate) struct Security(Arc<Rules>);

struct Rules {
    hosts: Hosts,
    tokens: Option<Tokens>,
    cors: Cors,
    base_url: Option<BaseUrl>,
    trust_forwarded: bool,
    /// Whether only this machine can reach the server, as far as the server can know.
    loopback: bool,
}

/// What the guard found out about a request.
struct Admitted {
    writer: Writer,
    /// The address that links in the answer begin with.
    base: Option<HeaderValue>,
}

impl Security {
    /// For a server that listens at an address.
    pub(crate) fn new(listen: SocketAddr, settings: &Settings) -> Self {
        Self(Arc::new(Rules {
            hosts: Hosts::new(listen, settings),
            tokens: settings.tokens.clone(),
            cors: Cors::new(&settings.cors_origins),
            base_url: settings.base_url.clone(),
            trust_forwarded: settings.trust_forwarded,
            loopback: listen.ip().is_loopback() && settings.base_url.is_none() && !settings.trust_forwarded,
        }))
    }
}

/// What the guard knows.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Knowledge>);

struct Knowledge {
    security: Security,
    methods: Methods,
    app: App,
}

impl Gate {
    /// For the paths of a description.
    pub(crate) fn new(app: App, security: Security, description: &serde_json::Value) -> Self {
        Self(Arc::new(Knowledge { security, methods: Methods::of(description), app }))
    }
}

/// Turns away foreign hosts, methods that a path does not take, cross-site changes, and changes by those who may make
/// none.
pub(crate) async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    guarded(&gate, route.as_ref().map(MatchedPath::as_str), request, |request| next.run(request)).await
}

/// The same for a request of which the route is known, if there is one, answered by `answer` where it may be.
pub(crate) async fn guarded<F: Future<Output = Response>>(
    gate: &Gate,
    route: Option<&str>,
    mut request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response {
    let Knowledge { security, methods, app } = &*gate.0;
    let Rules { cors, .. } = &*security.0;
    let origin = cors.origin(request.headers());
    let mut response = match security.0.judge(&request, || methods.judge(app, route, &request)) {
        Err(problem) => problem.into_response(),
        Ok(admitted) => match cors.preflight(&request) {
            Some(answer) => answer,
            None => {
                base::note(request.headers_mut(), admitted.base);
                request.extensions_mut().insert(admitted.writer);
                answer(request).await
            }
        },
    };
    cors.mark(origin, response.headers_mut());
    response
}

impl Rules {
    /// `takes` says whether the path takes the method: that is told first to whoever asked the right host.
    fn judge(
        &self,
        request: &Request,
        takes: impl FnOnce() -> Result<(), Problem>,
    ) -> Result<Admitted, Problem> {
        let headers = request.headers();
        let host = self.host(request)?;
        takes()?;
        let local = self.loopback
            && hosts::is_loopback(host)
            && !BY_PROXY.iter().any(|name| headers.contains_key(name));
        let writer = Writer::of(self.tokens.as_ref(), local, headers);
        let base = self.base(headers, host)?;
        let (method, path) = (request.method(), request.uri().path());
        if !writer::is_safe(method) {
            self.same_site(headers, host)?;
            declared(method, path, headers)?;
        }
        if writer::writes(method, path) {
            writer.permit()?;
            tracing::info!(writer = writer.name(), %method, path, "a change is asked for");
        }
        Ok(Admitted { writer, base })
    }

    /// The host that the client asked, if it is one of ours.
    fn host<'a>(&self, request: &'a Request) -> Result<&'a str, Problem> {
        // HTTP/2 has no Host header; its authority is in the URI.
        let authority = || request.uri().authority().map(axum::http::uri::Authority::as_str);
        let direct = single(request.headers(), &header::HOST)?.or_else(authority);
        let direct = direct.ok_or_else(|| Problem::bad("The request has no Host header."))?;
        let forwarded = if self.trust_forwarded { single(request.headers(), &FORWARDED_HOST)? } else { None };
        let host = forwarded.unwrap_or(direct).trim();
        if self.hosts.allow(host) {
            return Ok(host);
        }
        let detail = "This server does not answer to that host name; start it with --allow-host to add one.";
        Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail))
    }

    /// What links begin with: clients take them as they are.
    fn base(&self, headers: &HeaderMap, host: &str) -> Result<Option<HeaderValue>, Problem> {
        let base = match (&self.base_url, self.trust_forwarded) {
            (Some(url), _) => url.to_string(),
            (None, true) => {
                let scheme = single(headers, &FORWARDED_PROTO)?.unwrap_or("http");
                if !matches!(scheme, "http" | "https") {
                    return Err(Problem::bad("X-Forwarded-Proto must be http or https."));
                }
                format!("{scheme}://{host}")
            }
            (None, false) => format!("http://{host}"),
        };
        Ok(HeaderValue::from_str(&base).ok())
    }

    /// Refuses what a page of another site sends.
    fn same_site(&self, headers: &HeaderMap, host: &str) -> Result<(), Problem> {
        if self.cors.origin(headers).is_some() {
            return Ok(());
        }
        let own = |origin: &str| {
            let authority = origin.split_once("://").map(|(_, authority)| authority);
            authority == Some(host) || self.base_url.as_ref().is_some_and(|url| url.origin() == origin)
        };
        let foreign = single(headers, &header::ORIGIN)?.is_some_and(|origin| !own(origin));
        let site = single(headers, &SEC_FETCH_SITE)?.unwrap_or("none");
        if foreign || !matches!(site, "none" | "same-origin") {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "Changes are taken from this server's own pages only.",
            ));
        }
        Ok(())
    }
}

/// Refuses bodies that a page from elsewhere could send without the browser asking first.
fn declared(method: &Method, path: &str, headers: &HeaderMap) -> Result<(), Problem> {
    // DELETE has no body, and browsers ask first.
    if !matches!(*method, Method::POST | Method::PUT | Method::PATCH) {
        return Ok(());
    }
    let content_type = single(headers, &header::CONTENT_TYPE)?.unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let json = media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"));
    let (taken, detail) = if path == "/uploads" {
        let octets = media_type == "application/octet-stream";
        (octets, "A file must be declared as Content-Type: application/octet-stream, whatever is in it.")
    } else {
        (json, "The body must be declared as JSON, such as Content-Type: application/json.")
    };
    if taken { Ok(()) } else { Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)) }
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
