//! A collection: a layer with what is known about it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use spatial::Layer;

use crate::{Role, Text, Theme, Visibility};

/// What is known of a collection besides its features. This is also what a file may say of itself (member `ranh`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CollectionInfo {
    /// Identifier: lower-case letters, digits, hyphens.
    #[serde(rename = "collection")]
    pub id: String,
    /// What it is for.
    pub role: Role,
    /// Title for people.
    pub title: Text,
    /// Map scale denominator of the source, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<u32>,
    /// Whether the data are generated and must be labelled so wherever they are shown.
    #[serde(default)]
    pub generated: bool,
    /// Where it comes from.
    #[serde(default)]
    pub source: Text,
    /// Date at which the content held (ISO 8601 date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Administrative level (`commune`, `province`) of role admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Plan period, such as `2021-2030`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// First day of validity (ISO 8601 date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Last day of validity (ISO 8601 date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// What its features are, for role constraint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// Who may see it.
    #[serde(default, skip_serializing_if = "is_public")]
    pub visibility: Visibility,
    /// Whether the file said nothing of its CRS and one was assumed that its format does not prescribe.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub crs_assumed: bool,
    /// Approving decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Day of approval (ISO 8601 date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<String>,
}

fn is_public(visibility: &Visibility) -> bool {
    *visibility == Visibility::Public
}

impl CollectionInfo {
    /// A collection of which nothing else is known.
    pub fn new(id: impl Into<String>, role: Role, title: Text) -> Self {
        Self {
            id: id.into(),
            role,
            title,
            scale: None,
            generated: false,
            source: Text::default(),
            as_of: None,
            level: None,
            period: None,
            valid_from: None,
            valid_to: None,
            theme: None,
            visibility: Visibility::Public,
            crs_assumed: false,
            decision: None,
            approved_on: None,
        }
    }
}

/// A collection in memory; cheap to clone.
#[derive(Clone, Debug)]
pub struct Collection {
    /// What is known of it.
    pub info: CollectionInfo,
    /// Its features in their storage CRS.
    pub layer: Arc<Layer>,
}
