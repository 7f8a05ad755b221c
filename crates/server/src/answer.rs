//! The outermost layer: every answer gets a request id and the security headers, every error a problem document,
//! and the log one line per request.

use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Instant;

use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use planning::Language;
use tracing::Instrument;

use crate::language;
use crate::metrics::Metrics;
use crate::problem::{Fault, INTERNAL, Problem};
use crate::security;
use crate::wire::{ProblemJson, ProblemPart};

const REQUEST_ID: &str = "x-request-id";

/// Runs a request and finishes its answer.
pub(crate) async fn finish(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    finished(&metrics, route, request, |request| next.run(request)).await
}

/// The same for a request of which the route is known, answered by `answer`.
pub(crate) async fn finished<F: Future<Output = Response>>(
    metrics: &Metrics,
    route: &str,
    request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response {
    let id = request_id();
    let _under_way = metrics.begun();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let language = language::asked(request.headers());
    let started = Instant::now();
    let span = tracing::info_span!("request", id = %id);
    let mut response = answer(request).instrument(span).await;
    if response.status().is_client_error() || response.status().is_server_error() {
        response = problem(&response, language, &path, &id);
    }
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    security::headers(headers);
    metrics.answered(route, method.as_str(), response.status().as_u16(), started.elapsed());
    // Neither address nor query: what somebody searched for is nobody's business.
    tracing::info!(
        id = %id, method = %method, route, path = %path, status = response.status().as_u16(),
        bytes = response.body().size_hint().exact(), ms = started.elapsed().as_millis() as u64, "answered"
    );
    response
}

/// Catches the panics of what comes further in.
pub(crate) async fn catch(request: Request, next: Next) -> Response {
    caught(next.run(request)).await
}

/// An answer, also where making it panics.
pub(crate) async fn caught(answer: impl Future<Output = Response>) -> Response {
    let mut answer = pin!(answer);
    poll_fn(|context| {
        // What a panic leaves behind is not looked at again: the answer is given up with all that it holds.
        let polled = catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context)));
        polled.unwrap_or_else(|payload| Poll::Ready(panicked(payload)))
    })
    .await
}

/// What a handler's panic becomes. What it said is for the log, which has the request's id.
pub(crate) fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let said = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
    tracing::error!(said, "a handler panicked");
    drop(payload);
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL).into_response()
}

/// The problem document of an error, whoever made it.
fn problem(response: &Response, language: Language, path: &str, id: &str) -> Response {
    let status = response.status();
    let said = response.extensions().get::<Problem>();
    let detail = said.map_or_else(|| plain(status), |problem| problem.detail_in(language).to_owned());
    let detail = language::common(&detail, language).map_or(detail, str::to_owned);
    let kind = said.and_then(|problem| problem.kind);
    let title = kind.map_or_else(|| language::title(status, language), |kind| kind.title);
    let body = ProblemJson {
        kind: kind.map_or("about:blank", |kind| kind.uri).into(),
        title: title.into(),
        status: status.as_u16(),
        detail,
        instance: path.into(),
        request_id: id.into(),
        errors: said.map_or(&[][..], |problem| &problem.faults).iter().map(part).collect(),
    };
    let text = serde_json::to_string(&body).unwrap_or_default();
    let allow = response.headers().get(header::ALLOW).cloned();
    let retry_after = said.and_then(|problem| problem.retry_after);
    let mut answer = (status, Body::from(text)).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language::tag(language)));
    if let Some(allow) = allow {
        headers.insert(header::ALLOW, allow);
    }
    if status == StatusCode::UNAUTHORIZED {
        // RFC 9110, 15.5.2: what would let them in.
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"ranh\""));
    }
    if let Some(after) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(after.as_secs()));
    }
    answer
}

fn part(fault: &Fault) -> ProblemPart {
    let Fault { pointer, status, detail } = fault.clone();
    ProblemPart { detail, pointer, status: status.as_u16() }
}

/// What to say about an error that came from below the handlers.
fn plain(status: StatusCode) -> String {
    match status {
        StatusCode::NOT_FOUND => "There is nothing at this path. /api lists what there is.",
        StatusCode::METHOD_NOT_ALLOWED => "This path does not take this method; see Allow.",
        StatusCode::REQUEST_TIMEOUT => "The request did not arrive in time.",
        StatusCode::PAYLOAD_TOO_LARGE => "The request's body is too large.",
        StatusCode::GATEWAY_TIMEOUT => "The answer took too long and was given up.",
        status if status.is_server_error() => INTERNAL,
        _ => "The request could not be understood.",
    }
    .into()
}

/// Unique in the life of the process and, by its start time, beyond.
fn request_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{count:x}", jiff::Timestamp::now().as_millisecond())
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::http::StatusCode;
    use axum::middleware::{from_fn, from_fn_with_state};
    use axum::routing::get;
    use axum::{Router, response::Response};
    use tower::ServiceExt;

    async fn broken() -> Response {
        panic!("the secret is 42")
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_without_details() {
        let router = Router::new()
            .route("/", get(broken))
            .layer(from_fn(super::catch))
            .layer(from_fn_with_state(std::sync::Arc::default(), super::finish));
        let response = router.oneshot(Request::get("/").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let text = to_bytes(response.into_body(), 10_000).await.unwrap();
        let problem: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!((&problem["status"], &problem["instance"]), (&500.into(), &"/".into()));
        assert!(!problem.to_string().contains("secret"));
    }
}
