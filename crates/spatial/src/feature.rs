//! A feature as it was read: identity, geometry and properties, unchanged.

use std::fmt;

use geo_types::Geometry;
use serde::{Deserialize, Serialize};

/// The properties of a feature in the order of the file; numbers keep the text they were written with.
pub type Properties = serde_json::Map<String, serde_json::Value>;

/// The identifier that a file gives a feature: GeoJSON allows text and numbers, and tells `5` from `"5"`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FeatureId {
    /// A text identifier.
    Text(String),
    /// A number, kept as it was written.
    Number(serde_json::Number),
}

impl fmt::Display for FeatureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// One feature of a [`Layer`](crate::Layer), in the layer's CRS, coordinates bit for bit as imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Position in the source, counted from 0 over all features met, the skipped ones included.
    pub position: u64,
    /// The identifier given by the source, if any.
    pub id: Option<FeatureId>,
    /// The geometry in the layer's CRS (x = easting or longitude); `None` for a null geometry.
    pub geometry: Option<Geometry<f64>>,
    /// The properties, unchanged.
    pub properties: Properties,
}

impl Feature {
    /// The name by which notes and tables call this feature: its id, else its position.
    pub fn label(&self) -> String {
        self.id.as_ref().map_or_else(|| self.position.to_string(), ToString::to_string)
    }

    /// A property as text: a string as it is, a number or boolean in its JSON form; `None` when absent or null.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.properties.get(name)? {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}
