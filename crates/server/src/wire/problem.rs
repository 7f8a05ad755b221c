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
    /// The parts of the request that are at fault, where several may be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemPart>,
}

/// What is wrong with a part of a request (RFC 9457, 3).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemPart {
    /// What is wrong.
    pub detail: String,
    /// JSON pointer to the part.
    pub pointer: String,
    /// HTTP status that it would have had alone.
    pub status: u16,
}
