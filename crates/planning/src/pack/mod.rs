//! Rule packs: every threshold of the check, with its legal basis and dates.

mod geometry;
mod land;
mod register;
mod rules;
mod significance;
mod validate;

use serde::{Deserialize, Serialize};

pub use geometry::{
    AxisRule, ClosingRule, DatumRule, DistanceRule, DuplicateRule, EncodingRule, GapRule, MaxAreaRule,
    MinAreaRule,
};
pub use land::{
    AuthorityTier, BeltRule, Buffer, LandRule, NearRule, PlannedLandRule, SafetyClass, SafetyRule,
    VersionRule,
};
pub use register::{
    AbolishedRule, DeadlineRule, EstablishmentRule, ExpansionRule, FillRule, Grouping, KindsRule,
    RelocationRule, SectorsRule, StatesRule, SumRule,
};
pub use rules::{AreaStep, DeclaredAreaRule, DeclaredCommuneRule, PackRules, PlainRule, PlanRule};
pub use significance::{MapArea, Significance};

use crate::{DataError, Messages, Severity, Text, ZoneState};

const TABLE: &str = "rule pack";

/// Neighbours and the edges of a plan are looked for at least so far around a zone, m: beyond the datum shift of
/// VN-2000 (226 m) and twice W_min between maps of 1:100,000.
const NEIGHBOURS_M: f64 = 400.0;

/// A document on which a rule rests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// The document and article, Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Where the content was taken from.
    pub source: String,
    /// First day of validity (ISO 8601), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Last day of validity (ISO 8601), where it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// Whether a published text was read; `false` = from memory or second hand.
    pub verified: bool,
}

/// A dated set of rules with their parameters.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePack {
    /// Identifier.
    pub id: String,
    /// Version.
    pub version: String,
    /// First day on which the pack applies (ISO 8601).
    pub valid_from: String,
    /// Last day, where it has been replaced.
    #[serde(default)]
    pub valid_to: Option<String>,
    /// Title for people.
    pub title: Text,
    /// States in which a zone is judged by the rules on plans, units and other zones.
    pub judged_states: Vec<ZoneState>,
    /// Codes of land that is shown to nobody but the staff: defence and security.
    #[serde(default)]
    pub internal_codes: Vec<String>,
    /// What is too narrow or too small to matter.
    pub significance: Significance,
    /// The rules; one that is left out is not applied.
    pub rules: PackRules,
}

/// A rule as a list of rules shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleInfo {
    /// Identifier, such as `LUP-01`.
    pub id: &'static str,
    /// Name.
    pub name: Text,
    /// The gravest severity that the rule can give.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Vec<LegalBasis>,
}

impl RulePack {
    /// Parses a pack.
    /// # Errors
    /// [`DataError`] with line and reason when it is not TOML, lacks a field, has one that no rule knows, or gives
    /// thresholds that make no sense (not finite, not ascending, a share above one).
    pub fn parse(text: &str) -> Result<Self, DataError> {
        let pack: Self = toml::from_str(text).map_err(|e| DataError::syntax(TABLE, &e))?;
        validate::validate(&pack)?;
        Ok(pack)
    }

    /// Identifier and version, as outcomes and reports give them.
    pub fn label(&self) -> String {
        format!("{} {}", self.id, self.version)
    }

    /// How far around a zone its rules look, m.
    pub(crate) fn reach_m(&self) -> f64 {
        let rules = &self.rules;
        let near = [&rules.lup_09, &rules.lup_10, &rules.lup_11].into_iter().flatten().map(NearRule::reach_m);
        let border = rules.adm_06.iter().map(|rule| rule.distance_m);
        let safety = rules.env_01.iter().map(SafetyRule::reach_m);
        near.chain(border).chain(safety).fold(NEIGHBOURS_M, f64::max)
    }

    /// Whether zones in this state are judged by the rules on plans, units and other zones. A zone whose state is
    /// not known is judged: a slip of the pen must not hide a conflict.
    pub fn judges(&self, state: Option<ZoneState>) -> bool {
        state.is_none_or(|state| self.judged_states.contains(&state))
    }
}

/// The rules of a pack with their names, in the order GEO, LUP, ZON, ADM.
pub fn describe(pack: &RulePack, messages: &Messages) -> Vec<RuleInfo> {
    let describe = |(id, severity, basis): (&'static str, Severity, &Vec<LegalBasis>)| RuleInfo {
        id,
        name: messages.rule_name(id),
        severity,
        basis: basis.clone(),
    };
    pack.rules.entries().into_iter().map(describe).collect()
}
