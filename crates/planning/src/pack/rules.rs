//! The parameters of each rule.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    AbolishedRule, DeadlineRule, EstablishmentRule, ExpansionRule, FillRule, KindsRule, LegalBasis,
    RelocationRule, SectorsRule, StatesRule, SumRule,
};
use crate::{Severity, Text, ZoneKind};

/// The rules of a pack, each with what it needs; `None` = not applied.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRules {
    /// Invalid geometry.
    #[serde(rename = "GEO-01")]
    pub geo_01: Option<PlainRule>,
    /// Land-use plan mismatch.
    #[serde(rename = "LUP-01")]
    pub lup_01: Option<PlanRule>,
    /// Rice land.
    #[serde(rename = "LUP-03")]
    pub lup_03: Option<RiceRule>,
    /// Protective forest.
    #[serde(rename = "LUP-04")]
    pub lup_04: Option<ForestRule>,
    /// Zones overlap.
    #[serde(rename = "ZON-01")]
    pub zon_01: Option<PlainRule>,
    /// Declared area differs from measured.
    #[serde(rename = "ZON-04")]
    pub zon_04: Option<DeclaredAreaRule>,
    /// Outside the declared communes.
    #[serde(rename = "ADM-02")]
    pub adm_02: Option<DeclaredCommuneRule>,
    /// Spans communes.
    #[serde(rename = "ADM-03")]
    pub adm_03: Option<PlainRule>,
    /// Named without boundary or plan.
    #[serde(rename = "PLN-01")]
    pub pln_01: Option<PlainRule>,
    /// Established without a plan.
    #[serde(rename = "PLN-02")]
    pub pln_02: Option<StatesRule>,
    /// Provincial list only.
    #[serde(rename = "PLN-03")]
    pub pln_03: Option<KindsRule>,
    /// Plan out of its period.
    #[serde(rename = "PLN-06")]
    pub pln_06: Option<PlainRule>,
    /// Not in the year's plan.
    #[serde(rename = "LUP-12")]
    pub lup_12: Option<StatesRule>,
    /// Too little land for relocated crafts.
    #[serde(rename = "ZON-07")]
    pub zon_07: Option<RelocationRule>,
    /// Fill rate that does not fit.
    #[serde(rename = "ZON-08")]
    pub zon_08: Option<FillRule>,
    /// Conditions of establishment.
    #[serde(rename = "ZON-09")]
    pub zon_09: Option<EstablishmentRule>,
    /// Conditions of expansion.
    #[serde(rename = "ZON-10")]
    pub zon_10: Option<ExpansionRule>,
    /// Totals that do not add up.
    #[serde(rename = "ZON-11")]
    pub zon_11: Option<SumRule>,
    /// Industrial project outside zones.
    #[serde(rename = "ZON-12")]
    pub zon_12: Option<SectorsRule>,
    /// Project that is late.
    #[serde(rename = "ZON-13")]
    pub zon_13: Option<DeadlineRule>,
    /// Abolished unit.
    #[serde(rename = "ADM-05")]
    pub adm_05: Option<AbolishedRule>,
}

impl PackRules {
    /// Identifier, gravest severity and basis of the rules that the pack has.
    pub(crate) fn entries(&self) -> Vec<(&'static str, Severity, &Vec<LegalBasis>)> {
        [
            self.geo_01.as_ref().map(|rule| ("GEO-01", rule.severity, &rule.basis)),
            self.lup_01.as_ref().map(|rule| ("LUP-01", rule.severity, &rule.basis)),
            self.lup_03.as_ref().map(|rule| ("LUP-03", rule.severity.min(rule.error_severity), &rule.basis)),
            self.lup_04.as_ref().map(|rule| ("LUP-04", rule.severity, &rule.basis)),
            self.zon_01.as_ref().map(|rule| ("ZON-01", rule.severity, &rule.basis)),
            self.zon_04.as_ref().map(|rule| ("ZON-04", rule.gravest(), &rule.basis)),
            self.adm_02.as_ref().map(|rule| ("ADM-02", rule.severity, &rule.basis)),
            self.adm_03.as_ref().map(|rule| ("ADM-03", rule.severity, &rule.basis)),
        ]
        .into_iter()
        .flatten()
        .chain(self.register_entries())
        .collect()
    }

    /// The same for the rules that judge the register.
    fn register_entries(&self) -> impl Iterator<Item = (&'static str, Severity, &Vec<LegalBasis>)> {
        [
            self.pln_01.as_ref().map(|rule| ("PLN-01", rule.severity, &rule.basis)),
            self.pln_02.as_ref().map(|rule| ("PLN-02", rule.severity, &rule.basis)),
            self.pln_03.as_ref().map(|rule| ("PLN-03", rule.severity, &rule.basis)),
            self.pln_06.as_ref().map(|rule| ("PLN-06", rule.severity, &rule.basis)),
            self.lup_12.as_ref().map(|rule| ("LUP-12", rule.severity, &rule.basis)),
            self.zon_07.as_ref().map(|rule| ("ZON-07", rule.severity, &rule.basis)),
            self.zon_08.as_ref().map(|rule| ("ZON-08", rule.severity.min(rule.error_severity), &rule.basis)),
            self.zon_09.as_ref().map(|rule| ("ZON-09", rule.severity, &rule.basis)),
            self.zon_10.as_ref().map(|rule| ("ZON-10", rule.severity, &rule.basis)),
            self.zon_11.as_ref().map(|rule| ("ZON-11", rule.severity, &rule.basis)),
            self.zon_12.as_ref().map(|rule| ("ZON-12", rule.severity, &rule.basis)),
            self.zon_13.as_ref().map(|rule| ("ZON-13", rule.severity, &rule.basis)),
            self.adm_05.as_ref().map(|rule| ("ADM-05", rule.severity, &rule.basis)),
        ]
        .into_iter()
        .flatten()
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

/// Rice land inside a zone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiceRule {
    /// Severity below the limit.
    pub severity: Severity,
    /// Severity from the limit on.
    pub error_severity: Severity,
    /// The limit, ha.
    pub error_from_ha: f64,
    /// Codes of rice land.
    pub codes: Vec<String>,
    /// Kinds that are not judged.
    #[serde(default)]
    pub kinds_left_out: Vec<ZoneKind>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

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

/// Protective forest inside a zone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForestRule {
    /// Severity.
    pub severity: Severity,
    /// Codes of protective forest.
    pub codes: Vec<String>,
    /// Kinds that are not judged.
    #[serde(default)]
    pub kinds_left_out: Vec<ZoneKind>,
    /// Who decides, ascending by area.
    pub tiers: Vec<AuthorityTier>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl ForestRule {
    /// The tier of an area in hectares.
    pub fn tier(&self, area_ha: f64) -> Option<&AuthorityTier> {
        self.tiers.iter().find(|tier| tier.below_ha.is_none_or(|limit| area_ha < limit))
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
