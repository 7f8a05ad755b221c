//! What a finding is about, as far as a later check must know to say that it is gone.

use serde::{Deserialize, Serialize};

use crate::check::ANY_RULE;
use crate::{CheckOutcome, Finding, Skipped};

/// Rule, zone and plan of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The rule.
    pub rule: String,
    /// The zone's feature id, unless the finding is about a feature of another collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The land-use plan judged against, where the other feature is one of its parcels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
}

impl About {
    /// Of a finding of a check.
    pub fn of(finding: &Finding, outcome: &CheckOutcome) -> Self {
        let collection = finding.other.as_ref().map(|other| &other.collection);
        Self {
            rule: finding.rule.clone(),
            zone: finding.zone.as_ref().map(|zone| zone.id.clone()),
            plan: outcome.plan.clone().filter(|plan| Some(plan) == collection),
        }
    }

    /// Whether a check would have found it, were it still there: it applied the rule, could judge it, and judged
    /// against the same plan. In doubt it would not: nothing is closed because something could not be judged.
    pub fn is_covered_by(&self, outcome: &CheckOutcome) -> bool {
        let asked = outcome.rules.is_empty() || outcome.rules.contains(&self.rule);
        let same_plan = self.plan.is_none() || self.plan == outcome.plan;
        asked && same_plan && !outcome.skipped.iter().any(|skipped| self.is_kept_from(skipped, outcome))
    }

    /// Whether what was skipped kept the check from judging this.
    fn is_kept_from(&self, skipped: &Skipped, outcome: &CheckOutcome) -> bool {
        let here = skipped.zone.is_none() || skipped.zone == self.zone;
        let any_rule = skipped.rule == ANY_RULE;
        // A note on a zone that was measured all the same.
        let measured = any_rule && outcome.summaries.iter().any(|one| Some(&one.zone) == self.zone.as_ref());
        here && (any_rule || skipped.rule == self.rule) && !(measured && skipped.zone.is_some())
    }
}
