//! What is known of zones by their identifiers.

use std::collections::{BTreeSet, HashMap};

use planning::{FindingState, Role, ZoneSummary, commune_code, is_land_conflict};
use serde_json::Value;

use super::super::Catalog;
use crate::wire;

/// What is still open of a zone.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) counts: wire::Counts,
    pub(super) rules: BTreeSet<String>,
    pub(super) conflict_ha: f64,
}

/// What the last check says, and the names of communes.
pub(super) struct Facts<'a> {
    summaries: HashMap<&'a str, &'a ZoneSummary>,
    found: HashMap<&'a str, Found>,
    communes: HashMap<String, String>,
}

impl<'a> Facts<'a> {
    pub(super) fn of(catalog: &'a Catalog) -> Self {
        let checked = catalog.check.as_deref();
        let summaries = checked.iter().flat_map(|checked| &checked.run.outcome.summaries);
        let mut found: HashMap<&str, Found> = HashMap::new();
        for finding in checked.iter().flat_map(|checked| &checked.findings) {
            let is_open = matches!(catalog.state(&finding.id), FindingState::New | FindingState::Reviewing);
            if let (Some(zone), true) = (&finding.zone, is_open) {
                let found = found.entry(&zone.id).or_default();
                found.counts.add(&finding.severity);
                found.rules.insert(finding.rule.clone());
                if is_land_conflict(&finding.rule) && matches!(finding.severity.as_str(), "B" | "E") {
                    found.conflict_ha += finding.area_ha;
                }
            }
        }
        let units = catalog.of_role(Role::Admin).flat_map(|served| &served.layer.features);
        let communes = units.filter_map(|unit| {
            let text = |name: &str| unit.properties.get(name).and_then(Value::as_str);
            Some((commune_code(text("code")?), text("fullName").or_else(|| text("name"))?.to_owned()))
        });
        Self {
            summaries: summaries.map(|summary| (summary.zone.as_str(), summary)).collect(),
            found,
            communes: communes.collect(),
        }
    }

    pub(super) fn summary(&self, zone: &str) -> Option<&'a ZoneSummary> {
        self.summaries.get(zone).copied()
    }

    pub(super) fn found(&self, zone: &str) -> Found {
        self.found.get(zone).cloned().unwrap_or_default()
    }

    /// The communes of a zone: as measured, else as declared.
    pub(super) fn communes(
        &self,
        summary: Option<&ZoneSummary>,
        declared: &[String],
    ) -> Vec<wire::ZoneCommune> {
        let measured = summary.map(|summary| &summary.by_commune).filter(|lines| !lines.is_empty());
        match measured {
            Some(lines) => {
                let mut lines: Vec<_> = lines.iter().collect();
                lines.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
                let commune = |line: &&planning::CommuneLine| wire::ZoneCommune {
                    code: line.code.clone(),
                    name: line.name.clone(),
                };
                lines.iter().map(commune).collect()
            }
            None => {
                let name = |code: &String| self.communes.get(code).unwrap_or(code).clone();
                declared
                    .iter()
                    .map(|code| wire::ZoneCommune { code: code.clone(), name: name(code) })
                    .collect()
            }
        }
    }
}
