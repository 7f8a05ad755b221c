//! Errors on the wire.

use serde::Serialize;
use utoipa::ToSchema;

/// A problem (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemJson {
    /// The kind that a standard names; else `about:blank`: the title is the status' name and the detail tells the rest.
    #[serde(rename = "type")]
    pub kind: String,
    /// Name of the kind, else of the status.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What was wrong and what to do.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    /// Names this request in the server's log.
    pub request_id: String,
}
