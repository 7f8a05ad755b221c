//! Problems: what a handler says when it cannot answer. `answer` makes the body, which carries the request's id.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::source::SourceError;

/// Why a request got no answer; `detail` is for the person who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) detail: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
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
}

/// What is said when the fault is ours.
pub(crate) const INTERNAL: &str =
    "The server could not answer. The request id names this request in its log.";

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<SourceError> for Problem {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Request(detail) => Self::bad(detail),
            SourceError::Missing(detail) => Self::missing(detail),
            SourceError::Conflict(detail) => Self::new(StatusCode::CONFLICT, detail),
            SourceError::Busy(detail) => Self::new(StatusCode::SERVICE_UNAVAILABLE, detail),
            SourceError::Failed(cause) => Self::broken(&cause),
        }
    }
}

impl From<planning::DataError> for Problem {
    fn from(error: planning::DataError) -> Self {
        Self::broken(&error)
    }
}
