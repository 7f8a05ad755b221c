//! Entity tags of features: the content first, by which a change is held against what was read, then how it is told.

use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use super::Served;
use crate::wire::{Coordinates, geometry_json_as};

impl Served {
    /// The weak entity tag of a feature in one of its forms. Weak, because it stands for all encodings of it.
    pub(crate) fn feature_tag(&self, i: usize, form: &str) -> String {
        format!("W/\"{}-{:016x}\"", self.content(i), xxh3_64(form.as_bytes()))
    }

    /// Whether a tag, or `*`, is of the feature as it is, in whatever form it was read. Weak tags are compared too:
    /// ours are hashes of the whole content.
    pub(crate) fn is_tag_of(&self, i: usize, tag: &str) -> bool {
        let opaque = tag.trim_start_matches("W/").trim_matches('"');
        let content = opaque.split('-').next().unwrap_or_default();
        tag == "*" || content == self.content(i)
    }

    /// A hash of id, properties and coordinates as they are kept.
    fn content(&self, i: usize) -> String {
        let exact = Coordinates { decimals: None, y_first: false };
        let content = self.layer.features.get(i).map(|feature| {
            let geometry = feature.geometry.as_ref().map(|geometry| geometry_json_as(geometry, exact));
            json!([self.identities.id(i), geometry, feature.properties]).to_string()
        });
        format!("{:016x}", xxh3_64(content.unwrap_or_default().as_bytes()))
    }
}
