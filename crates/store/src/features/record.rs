//! The verbatim part of a feature: its id and properties.

use serde::{Deserialize, Serialize};
use spatial::{FeatureId, Properties};

/// Written as JSON. Numbers keep the text they were read with, members their order.
#[derive(Serialize)]
pub(super) struct RecordRef<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a FeatureId>,
    pub(super) properties: &'a Properties,
}

/// Read back.
#[derive(Deserialize)]
pub(super) struct Record {
    #[serde(default)]
    id: Option<serde_json::Value>,
    pub(super) properties: Properties,
}

impl Record {
    /// The id. Through `Value`, since an untagged enum would lose the text of a number.
    pub(super) fn id(&mut self) -> Option<FeatureId> {
        match self.id.take()? {
            serde_json::Value::String(text) => Some(FeatureId::Text(text)),
            serde_json::Value::Number(number) => Some(FeatureId::Number(number)),
            _ => None,
        }
    }
}
