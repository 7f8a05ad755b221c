//! Problems: what a handler says when it cannot answer. `answer` makes the body, which carries the request's id.

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use planning::{Language, Text};

use crate::source::SourceError;

/// A kind of problem that a standard names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ProblemKind {
    /// Its URI.
    pub(crate) uri: &'static str,
    /// Its name.
    pub(crate) title: &'static str,
}

/// There is no such process (OGC 18-062r2, 7.10.2).
pub(crate) static NO_SUCH_PROCESS: ProblemKind = ProblemKind {
    uri: "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process",
    title: "No such process",
};
/// There is no such job (OGC 18-062r2, 7.12.3).
pub(crate) static NO_SUCH_JOB: ProblemKind = ProblemKind {
    uri: "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-job",
    title: "No such job",
};
/// A job has no results yet (OGC 18-062r2, 7.13.3).
pub(crate) static RESULT_NOT_READY: ProblemKind = ProblemKind {
    uri: "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/result-not-ready",
    title: "Results not ready",
};

/// Why a request got no answer; `detail` is for the person who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) detail: String,
    /// The same in Vietnamese, where it has such words.
    pub(crate) vi: Option<Box<str>>,
    /// `None` = the status says it all.
    pub(crate) kind: Option<&'static ProblemKind>,
    /// When it is worth asking again.
    pub(crate) retry_after: Option<Duration>,
    /// The methods that there are, where the one that came is not among them.
    pub(crate) allow: Option<Box<str>>,
    /// The parts of the request that are at fault, where several may be.
    pub(crate) faults: Vec<Fault>,
}

/// What is wrong with a part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// JSON pointer to it (RFC 6901).
    pub(crate) pointer: String,
    pub(crate) status: StatusCode,
    pub(crate) detail: String,
}

impl Fault {
    /// A problem with a part of the body.
    pub(crate) fn new(pointer: impl Into<String>, problem: Problem) -> Self {
        Self { pointer: pointer.into(), status: problem.status, detail: problem.detail }
    }
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { status, detail, vi: None, kind: None, retry_after: None, allow: None, faults: Vec::new() }
    }

    /// Said in both languages; who asked gets the one that they read (`Accept-Language`), English without a word on it.
    pub(crate) fn of_text(status: StatusCode, text: &Text) -> Self {
        Self { vi: Some(text.vi.as_str().into()), ..Self::new(status, text.en.clone()) }
    }

    /// What is said in a language.
    pub(crate) fn detail_in(&self, language: Language) -> &str {
        match (&self.vi, language) {
            (Some(vi), Language::Vi) => vi,
            _ => &self.detail,
        }
    }

    /// 400.
    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 404.
    pub(crate) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// 500; `cause` goes to the log and nowhere else.
    pub(crate) fn broken(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL)
    }

    /// Of a kind that a standard names.
    #[must_use]
    pub(crate) fn of_kind(self, kind: &'static ProblemKind) -> Self {
        Self { kind: Some(kind), ..self }
    }

    /// With the time after which it is worth asking again.
    #[must_use]
    pub(crate) fn with_retry_after(self, after: Duration) -> Self {
        Self { retry_after: Some(after), ..self }
    }

    /// The status of the first fault, and what they all are; `before` says what became of the request.
    pub(crate) fn of_faults(before: &str, faults: Vec<Fault>) -> Self {
        let status = faults.first().map_or(StatusCode::BAD_REQUEST, |fault| fault.status);
        let first = faults.first().map(|fault| format!("{}: {}", fault.pointer, fault.detail));
        let more = match faults.len() {
            0 | 1 => String::new(),
            all => format!(" (and {} more: see errors)", all - 1),
        };
        let detail = format!("{before} {}{more}", first.unwrap_or_default());
        Self { faults, ..Self::new(status, detail) }
    }

    /// 405, with the methods that there are.
    pub(crate) fn not_allowed(detail: impl Into<String>, allow: &str) -> Self {
        Self { allow: Some(allow.into()), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, detail) }
    }
}

/// After how long it is worth asking again for what somebody else keeps busy.
const BUSY: Duration = Duration::from_secs(10);

/// What is said when the fault is ours.
pub(crate) const INTERNAL: &str =
    "The server could not answer. The request id names this request in its log.";

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = status.into_response();
        if let Some(allow) = self.allow.as_deref().and_then(|allow| HeaderValue::from_str(allow).ok()) {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<SourceError> for Problem {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Request(detail) => Self::bad(detail),
            SourceError::Missing(detail) => Self::missing(detail),
            SourceError::Unusable(text) => Self::of_text(StatusCode::UNPROCESSABLE_ENTITY, &text),
            SourceError::Conflict(detail) => Self::new(StatusCode::CONFLICT, detail),
            SourceError::Busy(detail) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).with_retry_after(BUSY)
            }
            SourceError::Failed(cause) => Self::broken(&cause),
        }
    }
}

impl From<project::ProjectError> for Problem {
    fn from(error: project::ProjectError) -> Self {
        SourceError::from(error).into()
    }
}

impl From<planning::DataError> for Problem {
    fn from(error: planning::DataError) -> Self {
        Self::broken(&error)
    }
}
