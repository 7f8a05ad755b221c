//! The parameters of the rules that judge the register.

use serde::Deserialize;

use super::LegalBasis;
use crate::{PartialDate, ProjectStatus, Severity, UnitLevel, ZoneKind, ZoneState};

/// Zones in certain states.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatesRule {
    /// Severity.
    pub severity: Severity,
    /// States in which a zone is judged.
    pub states: Vec<ZoneState>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Zones of certain kinds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindsRule {
    /// Severity.
    pub severity: Severity,
    /// Kinds that are judged.
    pub kinds: Vec<ZoneKind>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Industrial land for relocated craft households and firms.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelocationRule {
    /// Severity.
    pub severity: Severity,
    /// Kinds that are judged.
    pub kinds: Vec<ZoneKind>,
    /// A share of the industrial land below this, 0 to 1, is a finding.
    pub min_share: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Stated against computed fill rate.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FillRule {
    /// Severity of a difference.
    pub severity: Severity,
    /// Severity of figures that cannot be: a rate below 0 or above 100 %, a part larger than its whole.
    pub error_severity: Severity,
    /// Strictly more than this many percentage points is a finding.
    pub tolerance_points: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Until when zones are grouped by which unit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grouping {
    /// Last day; the last entry has none.
    #[serde(default)]
    pub until: Option<PartialDate>,
    /// The unit.
    pub unit: UnitLevel,
}

/// When a further cluster may be established in a unit that has some.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EstablishmentRule {
    /// Severity.
    pub severity: Severity,
    /// Kinds that are judged and counted.
    pub kinds: Vec<ZoneKind>,
    /// States of zones that are yet to be established.
    pub planned_states: Vec<ZoneState>,
    /// States of zones that count as existing.
    pub existing_states: Vec<ZoneState>,
    /// A mean fill rate above this, %, is enough.
    pub min_mean_fill_percent: f64,
    /// Industrial land not leased of at most this, ha, is enough.
    pub max_unleased_ha: f64,
    /// The unit whose clusters count, by date.
    pub grouped_by: Vec<Grouping>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// When a cluster may be expanded.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpansionRule {
    /// Severity.
    pub severity: Severity,
    /// Kinds that are judged.
    pub kinds: Vec<ZoneKind>,
    /// States of expansions that are yet to be made.
    pub open_states: Vec<ZoneState>,
    /// A fill rate below this, %, is a finding.
    pub min_fill_percent: f64,
    /// A total above this after expansion, ha, is a finding.
    pub max_total_ha: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Totals and their parts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumRule {
    /// Severity.
    pub severity: Severity,
    /// Areas may differ by this, ha; counts and money may not.
    pub tolerance_ha: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Projects of certain sectors.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorsRule {
    /// Severity.
    pub severity: Severity,
    /// Sectors that belong into zones.
    pub sectors: Vec<String>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Deadlines of projects.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRule {
    /// Severity.
    pub severity: Severity,
    /// Statuses in which a deadline no longer matters.
    pub finished: Vec<ProjectStatus>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Units that are no more.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbolishedRule {
    /// Severity.
    pub severity: Severity,
    /// First day without districts and with today's provinces.
    pub changed_on: PartialDate,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl EstablishmentRule {
    /// The unit whose clusters count on a day; without a day, the last one.
    pub fn unit_on(&self, day: Option<PartialDate>) -> Option<UnitLevel> {
        let holds = |one: &&Grouping| one.until.is_none_or(|until| day.is_some_and(|day| day <= until));
        self.grouped_by.iter().find(holds).map(|one| one.unit)
    }
}
