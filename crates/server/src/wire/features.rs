//! GeoJSON features.

use serde::Serialize;
use utoipa::ToSchema;

use super::Link;

/// A page of features.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeatureCollection {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The features of this page.
    pub features: Vec<Feature>,
    /// This page, the next and the one before.
    pub links: Vec<Link>,
    /// How many features match in all.
    #[serde(rename = "numberMatched")]
    pub number_matched: usize,
    /// How many are on this page.
    #[serde(rename = "numberReturned")]
    pub number_returned: usize,
    /// When the answer was made.
    #[serde(rename = "timeStamp")]
    pub time_stamp: String,
}

/// One feature.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Feature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Identifier, unique in the collection.
    pub id: String,
    /// GeoJSON geometry, longitude and latitude.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<serde_json::Value>,
    /// Properties as imported.
    #[schema(value_type = Object)]
    pub properties: serde_json::Map<String, serde_json::Value>,
    /// Links, on a single feature.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}
