//! A register: the zones of a province or of the country with everything that is known of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Aggregate, DocumentRecord, Indicator, ListLevel, NamedRegion, PlanList, ProjectRecord, ZoneRecord,
};
use crate::units::name_key;
use crate::{Text, ZoneKind};

/// A register, as one file holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Identifier: lower-case letters, digits, hyphens.
    pub id: String,
    /// Title for people.
    pub title: Text,
    /// Documents.
    #[serde(default, rename = "document", skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentRecord>,
    /// Lists.
    #[serde(default, rename = "list", skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<PlanList>,
    /// Zones.
    #[serde(default, rename = "zone", skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<ZoneRecord>,
    /// Totals without names.
    #[serde(default, rename = "aggregate", skip_serializing_if = "Vec::is_empty")]
    pub aggregates: Vec<Aggregate>,
    /// Projects.
    #[serde(default, rename = "project", skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectRecord>,
    /// Indicators.
    #[serde(default, rename = "indicator", skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
    /// Named regions.
    #[serde(default, rename = "region", skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<NamedRegion>,
}

impl Register {
    /// One with nothing in it.
    pub fn new(id: impl Into<String>, title: Text) -> Self {
        Self {
            id: id.into(),
            title,
            documents: Vec::new(),
            lists: Vec::new(),
            zones: Vec::new(),
            aggregates: Vec::new(),
            projects: Vec::new(),
            indicators: Vec::new(),
            regions: Vec::new(),
        }
    }

    /// The document of an identifier.
    pub fn document(&self, id: &str) -> Option<&DocumentRecord> {
        self.documents.iter().find(|document| document.id == id)
    }

    /// The list of an identifier.
    pub fn list(&self, id: &str) -> Option<&PlanList> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// The zone of an identifier.
    pub fn zone(&self, id: &str) -> Option<&ZoneRecord> {
        self.zones.iter().find(|zone| zone.id == id)
    }

    /// The zones that go by a name, under whatever of their names: `KCN Đồng Bành`, `khu công nghiệp đồng bành`.
    pub fn zones_named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a ZoneRecord> {
        let key = zone_key(name);
        self.zones.iter().filter(move |zone| zone.names().any(|name| zone_key(name) == key))
    }

    /// The lists of a level in which a zone stands.
    pub fn lists_of<'a>(
        &'a self,
        zone: &'a ZoneRecord,
        level: ListLevel,
    ) -> impl Iterator<Item = &'a PlanList> {
        let named = zone.listings.iter().filter_map(|listing| self.list(&listing.list));
        named.filter(move |list| list.level == level)
    }

    /// The zones by the identifier of the zone that holds them.
    pub fn children(&self) -> BTreeMap<&str, Vec<&ZoneRecord>> {
        let mut children: BTreeMap<&str, Vec<&ZoneRecord>> = BTreeMap::new();
        for zone in &self.zones {
            if let Some(parent) = &zone.parent {
                children.entry(parent).or_default().push(zone);
            }
        }
        children
    }
}

/// A zone's name as it is compared: without the words for its kind and without tone-mark styles.
fn zone_key(name: &str) -> String {
    let key = name_key(name);
    let names = crate::kinds().ok();
    let words = ZoneKind::ALL.into_iter().flat_map(|kind| {
        let full = names.and_then(|names| names.kind(kind)).map(|name| name_key(&name.vi));
        full.into_iter().chain([kind.code().to_lowercase()])
    });
    // The longest first: "cụm công nghiệp làng nghề" begins with "cụm công nghiệp".
    let stripped = words.filter_map(|word| key.strip_prefix(&word)).filter_map(|rest| rest.strip_prefix(' '));
    stripped.min_by_key(|rest| rest.len()).unwrap_or(&key).to_owned()
}
