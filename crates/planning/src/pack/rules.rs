//! The parameters of each rule.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    AbolishedRule, AxisRule, BeltRule, ClosingRule, DatumRule, DeadlineRule, DistanceRule, DuplicateRule,
    EncodingRule, EstablishmentRule, ExpansionRule, FillRule, GapRule, KindsRule, LandRule, LegalBasis,
    MaxAreaRule, MinAreaRule, NearRule, PlannedLandRule, RelocationRule, SafetyRule, SectorsRule, StatesRule,
    SumRule, VersionRule,
};
use crate::{Severity, ZoneKind};

/// Writes the rules down once: field, identifier, type. Adding a rule to packs is one line.
macro_rules! pack_rules {
    ($($(#[$about:meta])* $field:ident $id:literal: $rule:ty,)*) => {
        /// The rules of a pack, each with what it needs; `None` = not applied.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct PackRules {
            $($(#[$about])* #[serde(rename = $id)] pub $field: Option<$rule>,)*
        }

        impl PackRules {
            /// Identifier, gravest severity and basis of the rules that the pack has.
            pub(crate) fn entries(&self) -> Vec<(&'static str, Severity, &Vec<LegalBasis>)> {
                let mut entries = Vec::new();
                $(if let Some(rule) = &self.$field {
                    entries.push(($id, rule.gravest(), &rule.basis));
                })*
                entries
            }
        }
    };
}

pack_rules! {
    /// Invalid geometry.
    geo_01 "GEO-01": PlainRule,
    /// Ring not closed.
    geo_02 "GEO-02": ClosingRule,
    /// Near-duplicate boundary.
    geo_03 "GEO-03": DuplicateRule,
    /// Swapped axes.
    geo_04 "GEO-04": AxisRule,
    /// Wrong central meridian.
    geo_05 "GEO-05": PlainRule,
    /// Datum shift missing.
    geo_06 "GEO-06": DatumRule,
    /// No CRS.
    geo_07 "GEO-07": PlainRule,
    /// Several parts, or holes.
    geo_08 "GEO-08": PlainRule,
    /// Broken text encoding.
    geo_09 "GEO-09": EncodingRule,
    /// Land-use plan mismatch.
    lup_01 "LUP-01": PlanRule,
    /// Planned for zones, but in none.
    lup_02 "LUP-02": PlannedLandRule,
    /// Rice land.
    lup_03 "LUP-03": LandRule,
    /// Protective forest.
    lup_04 "LUP-04": LandRule,
    /// Special-use forest.
    lup_05 "LUP-05": LandRule,
    /// Production forest.
    lup_06 "LUP-06": LandRule,
    /// Residents inside.
    lup_07 "LUP-07": LandRule,
    /// Defence and security.
    lup_08 "LUP-08": LandRule,
    /// Relics, cemeteries, religion.
    lup_09 "LUP-09": NearRule,
    /// Water and its corridors.
    lup_10 "LUP-10": NearRule,
    /// Minerals, quarries.
    lup_11 "LUP-11": NearRule,
    /// Not in the year's plan.
    lup_12 "LUP-12": StatesRule,
    /// Named without boundary or plan.
    pln_01 "PLN-01": PlainRule,
    /// Established without a plan.
    pln_02 "PLN-02": StatesRule,
    /// Provincial list only.
    pln_03 "PLN-03": KindsRule,
    /// Difference of two plan versions.
    pln_04 "PLN-04": VersionRule,
    /// Another plan.
    pln_05 "PLN-05": PlainRule,
    /// Plan out of its period.
    pln_06 "PLN-06": PlainRule,
    /// Zones overlap.
    zon_01 "ZON-01": PlainRule,
    /// Outside its parent.
    zon_02 "ZON-02": PlainRule,
    /// Gap between neighbours.
    zon_03 "ZON-03": GapRule,
    /// Declared area differs from measured.
    zon_04 "ZON-04": DeclaredAreaRule,
    /// Cluster too large.
    zon_05 "ZON-05": MaxAreaRule,
    /// Cluster too small.
    zon_06 "ZON-06": MinAreaRule,
    /// Too little land for relocated crafts.
    zon_07 "ZON-07": RelocationRule,
    /// Fill rate that does not fit.
    zon_08 "ZON-08": FillRule,
    /// Conditions of establishment.
    zon_09 "ZON-09": EstablishmentRule,
    /// Conditions of expansion.
    zon_10 "ZON-10": ExpansionRule,
    /// Totals that do not add up.
    zon_11 "ZON-11": SumRule,
    /// Industrial project outside zones.
    zon_12 "ZON-12": SectorsRule,
    /// Project that is late.
    zon_13 "ZON-13": DeadlineRule,
    /// Beyond the province.
    adm_01 "ADM-01": PlainRule,
    /// Outside the declared communes.
    adm_02 "ADM-02": DeclaredCommuneRule,
    /// Spans communes.
    adm_03 "ADM-03": PlainRule,
    /// Communes overlap or leave a gap.
    adm_04 "ADM-04": PlainRule,
    /// Abolished unit.
    adm_05 "ADM-05": AbolishedRule,
    /// Near the national border.
    adm_06 "ADM-06": DistanceRule,
    /// Safety distance.
    env_01 "ENV-01": SafetyRule,
    /// Green belt.
    env_02 "ENV-02": BeltRule,
}

/// Rules with one severity and nothing graver.
macro_rules! one_severity {
    ($($rule:ty),*) => {
        $(impl $rule {
            fn gravest(&self) -> Severity {
                self.severity
            }
        })*
    };
}

one_severity!(
    PlainRule,
    PlanRule,
    DeclaredCommuneRule,
    StatesRule,
    KindsRule,
    RelocationRule,
    EstablishmentRule,
    ExpansionRule,
    SumRule,
    SectorsRule,
    DeadlineRule,
    AbolishedRule
);

impl FillRule {
    fn gravest(&self) -> Severity {
        self.severity.min(self.error_severity)
    }
}

/// A rule without parameters of its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainRule {
    /// Severity.
    pub severity: Severity,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Which planned codes a zone may lie on.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRule {
    /// Severity.
    pub severity: Severity,
    /// Severity of a code that is in no table.
    pub unknown_code_severity: Severity,
    /// Codes allowed per kind; a kind that is not listed is not judged.
    pub allowed: BTreeMap<ZoneKind, Vec<String>>,
    /// Codes allowed for every listed kind.
    pub allowed_everywhere: Vec<String>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl PlanRule {
    /// Whether a kind may lie on these codes (several for a parcel with several): all must be allowed. `None` when
    /// the kind is not judged or no code is given.
    pub fn allows(&self, kind: Option<ZoneKind>, codes: &[String]) -> Option<bool> {
        let allowed = self.allowed.get(&kind?)?;
        let one = |code: &String| allowed.contains(code) || self.allowed_everywhere.contains(code);
        (!codes.is_empty()).then(|| codes.iter().all(one))
    }
}

/// A difference between declared and measured area, with its severity.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaStep {
    /// Strictly more than this many percent of the declared area.
    pub over_percent: f64,
    /// Severity from there on.
    pub severity: Severity,
}

/// Declared against measured area.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredAreaRule {
    /// Steps, ascending.
    pub steps: Vec<AreaStep>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl DeclaredAreaRule {
    /// The severity of a difference in percent; `None` when it is within the tolerance.
    pub fn severity(&self, percent: f64) -> Option<Severity> {
        self.steps.iter().rev().find(|step| percent.abs() > step.over_percent).map(|step| step.severity)
    }

    fn gravest(&self) -> Severity {
        self.steps.iter().map(|step| step.severity).min().unwrap_or(Severity::Info)
    }
}

/// Share of a zone inside the communes that it declares.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredCommuneRule {
    /// Severity.
    pub severity: Severity,
    /// A share below this, 0 to 1, is a finding.
    pub min_share_inside: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}
