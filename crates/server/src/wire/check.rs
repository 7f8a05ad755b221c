//! The check as a whole.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Text;

/// What to check.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// Land-use plan to judge against; without it the one approved last.
    pub plan: Option<String>,
    /// The day on which periods, deadlines and units are judged; without it today.
    pub date: Option<String>,
    /// Only these rules; without it all of the pack.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// What a check found, summed up.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CheckSummary {
    /// Number of the run.
    pub run: String,
    /// Revision of the store that was judged.
    pub revision: u64,
    /// When.
    pub at: String,
    /// Hash of everything that it said: equal for equal answers, whatever their run. Empty for runs of older stores.
    pub hash: String,
    /// Whether the store has changed since.
    pub stale: bool,
    /// The day on which periods, deadlines and units were judged.
    pub date: Option<String>,
    /// The plan judged against.
    pub plan: Option<String>,
    /// Rule pack, id and version.
    pub pack: String,
    /// Zones there are.
    pub zones_total: usize,
    /// Zones that could be judged.
    pub zones_judged: usize,
    /// Findings by severity.
    pub counts: Counts,
    /// Hectares of the area conflicts of severity B and E; land that several rules meet counts for each.
    pub area_ha: f64,
    /// The same land once, however many rules meet it; null in a check that was kept before it was measured.
    pub area_union_ha: Option<f64>,
    /// What was too narrow to be a finding.
    pub slivers: SliverSum,
    /// Working CRSs of the zones.
    pub crs: Vec<String>,
    /// Zones whose working CRS was guessed.
    pub guessed_crs: usize,
    /// Rules that could not be applied, and why.
    pub skipped: Vec<SkippedRule>,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[allow(non_snake_case, reason = "the severities' codes are the members' names on the wire")]
pub struct Counts {
    /// Block publication or submission.
    pub B: usize,
    /// Errors.
    pub E: usize,
    /// Warnings.
    pub W: usize,
    /// Information.
    pub I: usize,
}

impl Counts {
    /// Counts one more of a severity, by its code.
    pub(crate) fn add(&mut self, severity: &str) {
        match severity {
            "B" => self.B += 1,
            "E" => self.E += 1,
            "W" => self.W += 1,
            _ => self.I += 1,
        }
    }
}

/// Slivers, counted and summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct SliverSum {
    /// How many.
    pub count: usize,
    /// Hectares of all of them.
    pub area_ha: f64,
}

/// A rule that could not be applied.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SkippedRule {
    /// Rule.
    pub rule: String,
    /// Zone that it could not judge; null = any.
    pub zone: Option<String>,
    /// Why.
    pub reason: Text,
}
