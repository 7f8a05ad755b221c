//! OGC API - Processes: descriptions, executions, jobs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Link, Text};

/// All processes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcessList {
    /// The processes, without inputs and outputs.
    pub processes: Vec<ProcessSummary>,
    /// Links to this document.
    pub links: Vec<Link>,
}

/// A process in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcessSummary {
    /// Identifier.
    pub id: String,
    /// Version of the process.
    pub version: String,
    /// Title, Vietnamese.
    pub title: String,
    /// What it does, Vietnamese.
    pub description: String,
    /// `sync-execute`, `async-execute`, `dismiss`.
    #[serde(rename = "jobControlOptions")]
    pub job_control_options: Vec<String>,
    /// How outputs are given: `value`.
    #[serde(rename = "outputTransmission")]
    pub output_transmission: Vec<String>,
    /// Title and description in both languages.
    pub ranh: ProcessTexts,
    /// Links to its description and its execution.
    pub links: Vec<Link>,
}

/// Texts in both languages, for which OGC API has no place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcessTexts {
    /// Title.
    pub title: Text,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

/// A process with its inputs and outputs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcessDescription {
    /// The process in short.
    #[serde(flatten)]
    pub summary: ProcessSummary,
    /// Inputs by name.
    pub inputs: BTreeMap<String, InputDescription>,
    /// Outputs by name.
    pub outputs: BTreeMap<String, OutputDescription>,
}

/// An input of a process.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InputDescription {
    /// Title, Vietnamese.
    pub title: String,
    /// 0 where it may be left out, else 1.
    #[serde(rename = "minOccurs")]
    pub min_occurs: u32,
    /// Always 1: several values are one list.
    #[serde(rename = "maxOccurs")]
    pub max_occurs: u32,
    /// JSON Schema of the value.
    #[schema(value_type = Object)]
    pub schema: serde_json::Value,
    /// The title in both languages.
    pub ranh: ProcessTexts,
}

/// An output of a process.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutputDescription {
    /// Title, Vietnamese.
    pub title: String,
    /// JSON Schema of the value; what it refers to stands in its `$defs`.
    #[schema(value_type = Object)]
    pub schema: serde_json::Value,
    /// The title in both languages.
    pub ranh: ProcessTexts,
}

/// A request to execute a process.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Execute {
    /// Values by the name of the input; each as it is, or as `{"value": …}`.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub inputs: serde_json::Map<String, serde_json::Value>,
    /// Outputs wanted, by name; without it the one there is.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub outputs: Option<serde_json::Map<String, serde_json::Value>>,
    /// Whether results come as they are or in a document.
    #[serde(default)]
    pub response: ResponseForm,
}

/// The form of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ResponseForm {
    /// The value of the output, as it is.
    #[default]
    Raw,
    /// `{"<output>": {"mediaType": "application/json", "value": …}}`.
    Document,
}

/// Where a job stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatusInfo {
    /// The process.
    #[serde(rename = "processID")]
    pub process_id: String,
    /// Always `process`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Identifier of the job.
    #[serde(rename = "jobID")]
    pub job_id: String,
    /// `accepted`, `running`, `successful`, `failed` or `dismissed`.
    pub status: String,
    /// The same in words; of a job that failed, why.
    pub message: String,
    /// When it was asked for.
    pub created: String,
    /// When the work began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<String>,
    /// When any of this changed last.
    pub updated: String,
    /// How much is done, 0 to 100.
    pub progress: u8,
    /// Links to this document and to the results.
    pub links: Vec<Link>,
}

/// Jobs, the newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JobList {
    /// The jobs of this page.
    pub jobs: Vec<StatusInfo>,
    /// This page and the next.
    pub links: Vec<Link>,
}
