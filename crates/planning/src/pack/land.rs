//! Parameters of the rules on land that a zone holds, meets or comes near.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::LegalBasis;
use crate::{Severity, Text, Theme, ZoneKind};

/// Who decides on an area.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityTier {
    /// Areas below this many hectares; the last tier has none.
    #[serde(default)]
    pub below_ha: Option<f64>,
    /// The body.
    pub authority: Text,
}

/// Present land of certain codes inside a zone, summed per zone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LandRule {
    /// Severity below the limit, or of any area where there is no limit.
    pub severity: Severity,
    /// Severity from the limit on.
    #[serde(default)]
    pub error_severity: Option<Severity>,
    /// The limit, ha.
    #[serde(default)]
    pub error_from_ha: Option<f64>,
    /// Codes of the land.
    pub codes: Vec<String>,
    /// Features of other collections that count with it, such as buildings.
    #[serde(default)]
    pub theme: Option<Theme>,
    /// Kinds that are not judged.
    #[serde(default)]
    pub kinds_left_out: Vec<ZoneKind>,
    /// Kinds for which `error_severity` holds for any area.
    #[serde(default)]
    pub grave_for_kinds: Vec<ZoneKind>,
    /// Whether an area below A_min stays as grave as a large one.
    #[serde(default)]
    pub keeps_severity: bool,
    /// Who decides, ascending by area; may be empty.
    #[serde(default)]
    pub tiers: Vec<AuthorityTier>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl LandRule {
    /// The tier of an area in hectares.
    pub fn tier(&self, area_ha: f64) -> Option<&AuthorityTier> {
        self.tiers.iter().find(|tier| tier.below_ha.is_none_or(|limit| area_ha < limit))
    }

    /// Whether an area is at or above the limit.
    pub fn is_large(&self, area_ha: f64) -> bool {
        self.error_from_ha.is_some_and(|limit| area_ha >= limit)
    }

    /// The severity of an area in a zone of a kind.
    pub fn severity_of(&self, area_ha: f64, kind: Option<ZoneKind>) -> Severity {
        let grave = self.is_large(area_ha) || kind.is_some_and(|kind| self.grave_for_kinds.contains(&kind));
        self.error_severity.filter(|_| grave).unwrap_or(self.severity)
    }

    pub(super) fn gravest(&self) -> Severity {
        self.error_severity.map_or(self.severity, |graver| self.severity.min(graver))
    }
}

/// A distance from land of certain codes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buffer {
    /// Codes of the land.
    pub codes: Vec<String>,
    /// Nearer than this, m, is a finding; 0 = only what lies inside.
    pub distance_m: f64,
}

/// Land, or features of a theme, inside a zone or nearer than a distance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearRule {
    /// Severity of land inside.
    pub severity: Severity,
    /// Severity of land outside but too near.
    pub near_severity: Severity,
    /// Distances by code.
    pub buffers: Vec<Buffer>,
    /// The theme of other collections that count.
    #[serde(default)]
    pub theme: Option<Theme>,
    /// Distance from features of the theme, m.
    #[serde(default)]
    pub theme_distance_m: f64,
    /// Kinds that are not judged.
    #[serde(default)]
    pub kinds_left_out: Vec<ZoneKind>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl NearRule {
    /// The distance for land of these codes, the largest of several, m; `None` when none of them is meant.
    pub fn distance_m(&self, codes: &[String]) -> Option<f64> {
        let meant = self.buffers.iter().filter(|buffer| codes.iter().any(|code| buffer.codes.contains(code)));
        meant.map(|buffer| buffer.distance_m).max_by(f64::total_cmp)
    }

    /// The largest of all distances, m.
    pub fn reach_m(&self) -> f64 {
        self.buffers.iter().map(|buffer| buffer.distance_m).fold(self.theme_distance_m, f64::max)
    }

    pub(super) fn gravest(&self) -> Severity {
        self.severity.min(self.near_severity)
    }
}

/// Planned land that should lie in zones of certain kinds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedLandRule {
    /// Severity.
    pub severity: Severity,
    /// Kinds of zones per planned code.
    pub kinds: BTreeMap<String, Vec<ZoneKind>>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl PlannedLandRule {
    pub(super) fn gravest(&self) -> Severity {
        self.severity
    }
}

/// A distance that a class of works keeps from people.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyClass {
    /// The class as zones give it (`environment_class`).
    pub class: String,
    /// The distance, m.
    pub distance_m: f64,
}

/// Safety distances by class of works.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyRule {
    /// Severity where the zone gives its class.
    pub severity: Severity,
    /// Severity where the class had to be assumed.
    pub assumed_severity: Severity,
    /// The class of a zone that gives none.
    pub default_class: String,
    /// The distances, descending.
    pub classes: Vec<SafetyClass>,
    /// Codes of land where people live, learn or are healed.
    pub codes: Vec<String>,
    /// Kinds that are not judged.
    #[serde(default)]
    pub kinds_left_out: Vec<ZoneKind>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl SafetyRule {
    /// The distance of a class, m; case does not matter.
    pub fn distance_m(&self, class: &str) -> Option<f64> {
        let same = |line: &&SafetyClass| line.class.eq_ignore_ascii_case(class.trim());
        self.classes.iter().find(same).map(|line| line.distance_m)
    }

    /// The largest distance, m.
    pub fn reach_m(&self) -> f64 {
        self.classes.iter().map(|line| line.distance_m).fold(0.0, f64::max)
    }

    pub(super) fn gravest(&self) -> Severity {
        self.severity.min(self.assumed_severity)
    }
}

/// A green belt around a zone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeltRule {
    /// Severity.
    pub severity: Severity,
    /// The width that it must have, m.
    pub min_width_m: f64,
    /// Kinds that must have one.
    pub kinds: Vec<ZoneKind>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl BeltRule {
    pub(super) fn gravest(&self) -> Severity {
        self.severity
    }
}

/// Changes between two versions of a plan.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionRule {
    /// Severity of a change that brings no new conflict.
    pub severity: Severity,
    /// Severity where land that the older version allowed is in conflict with the newer.
    pub conflict_severity: Severity,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl VersionRule {
    pub(super) fn gravest(&self) -> Severity {
        self.severity.min(self.conflict_severity)
    }
}
