//! Texts in both languages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text for people, Vietnamese and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl From<&planning::Text> for Text {
    fn from(text: &planning::Text) -> Self {
        Self { vi: text.vi.clone(), en: text.en.clone() }
    }
}
