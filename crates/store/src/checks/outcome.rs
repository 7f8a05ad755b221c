//! The rest of a check's outcome as one JSON document: what it covered, what it skipped, what it measured.

use planning::{CheckOutcome, CodeLine, CommuneLine, Coverage, PartialDate, Skipped, Text, ZoneSummary};
use serde::{Deserialize, Serialize};
use spatial::Crs;

/// A check's outcome without findings and slivers, which have rows of their own.
#[derive(Serialize, Deserialize)]
pub(super) struct OutcomeRecord {
    summaries: Vec<SummaryRecord>,
    skipped: Vec<SkippedRecord>,
    zones_total: usize,
    zones_judged: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conflict_m2: Option<f64>,
    plan: Option<String>,
    #[serde(default)]
    date: Option<PartialDate>,
    #[serde(default)]
    rules: Vec<String>,
    pack: String,
    cancelled: bool,
}

#[derive(Serialize, Deserialize)]
struct SkippedRecord {
    rule: String,
    zone: Option<String>,
    reason: Text,
}

#[derive(Serialize, Deserialize)]
struct SummaryRecord {
    zone: String,
    crs: String,
    crs_guessed: bool,
    area_m2: f64,
    area_geodesic_m2: f64,
    by_plan: Option<CoverageRecord>,
    by_land_use: Option<CoverageRecord>,
    by_commune: Vec<CommuneRecord>,
}

#[derive(Serialize, Deserialize)]
struct CoverageRecord {
    collection: String,
    codes: Vec<CodeRecord>,
    uncovered_m2: f64,
    multiple_m2: f64,
    residual_m2: f64,
}

#[derive(Serialize, Deserialize)]
struct CodeRecord {
    code: String,
    area_m2: f64,
    allowed: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct CommuneRecord {
    code: String,
    name: String,
    area_m2: f64,
}

impl OutcomeRecord {
    pub(super) fn of(outcome: &CheckOutcome) -> Self {
        let skipped = |skipped: &Skipped| {
            let Skipped { rule, zone, reason } = skipped.clone();
            SkippedRecord { rule, zone, reason }
        };
        Self {
            summaries: outcome.summaries.iter().map(SummaryRecord::of).collect(),
            skipped: outcome.skipped.iter().map(skipped).collect(),
            zones_total: outcome.zones_total,
            zones_judged: outcome.zones_judged,
            conflict_m2: outcome.conflict_m2,
            plan: outcome.plan.clone(),
            date: outcome.date,
            rules: outcome.rules.clone(),
            pack: outcome.pack.clone(),
            cancelled: outcome.cancelled,
        }
    }

    /// The outcome, findings and slivers still empty. Errors name a CRS that cannot be read.
    pub(super) fn into_outcome(self) -> Result<CheckOutcome, String> {
        let skipped = |SkippedRecord { rule, zone, reason }| Skipped { rule, zone, reason };
        Ok(CheckOutcome {
            summaries: self
                .summaries
                .into_iter()
                .map(SummaryRecord::into_summary)
                .collect::<Result<_, _>>()?,
            skipped: self.skipped.into_iter().map(skipped).collect(),
            zones_total: self.zones_total,
            zones_judged: self.zones_judged,
            conflict_m2: self.conflict_m2,
            plan: self.plan,
            date: self.date,
            rules: self.rules,
            pack: self.pack,
            cancelled: self.cancelled,
            ..CheckOutcome::default()
        })
    }
}

impl SummaryRecord {
    fn of(summary: &ZoneSummary) -> Self {
        let commune = |line: &CommuneLine| {
            let CommuneLine { code, name, area_m2 } = line.clone();
            CommuneRecord { code, name, area_m2 }
        };
        Self {
            zone: summary.zone.clone(),
            crs: summary.crs.name().to_owned(),
            crs_guessed: summary.crs_guessed,
            area_m2: summary.area_m2,
            area_geodesic_m2: summary.area_geodesic_m2,
            by_plan: summary.by_plan.as_ref().map(CoverageRecord::of),
            by_land_use: summary.by_land_use.as_ref().map(CoverageRecord::of),
            by_commune: summary.by_commune.iter().map(commune).collect(),
        }
    }

    fn into_summary(self) -> Result<ZoneSummary, String> {
        let commune = |CommuneRecord { code, name, area_m2 }| CommuneLine { code, name, area_m2 };
        Ok(ZoneSummary {
            zone: self.zone,
            crs: Crs::parse(&self.crs).map_err(|error| error.to_string())?,
            crs_guessed: self.crs_guessed,
            area_m2: self.area_m2,
            area_geodesic_m2: self.area_geodesic_m2,
            by_plan: self.by_plan.map(CoverageRecord::into_coverage),
            by_land_use: self.by_land_use.map(CoverageRecord::into_coverage),
            by_commune: self.by_commune.into_iter().map(commune).collect(),
        })
    }
}

impl CoverageRecord {
    fn of(coverage: &Coverage) -> Self {
        let code = |line: &CodeLine| {
            let CodeLine { code, area_m2, allowed } = line.clone();
            CodeRecord { code, area_m2, allowed }
        };
        Self {
            collection: coverage.collection.clone(),
            codes: coverage.codes.iter().map(code).collect(),
            uncovered_m2: coverage.uncovered_m2,
            multiple_m2: coverage.multiple_m2,
            residual_m2: coverage.residual_m2,
        }
    }

    fn into_coverage(self) -> Coverage {
        let code = |CodeRecord { code, area_m2, allowed }| CodeLine { code, area_m2, allowed };
        Coverage {
            collection: self.collection,
            codes: self.codes.into_iter().map(code).collect(),
            uncovered_m2: self.uncovered_m2,
            multiple_m2: self.multiple_m2,
            residual_m2: self.residual_m2,
        }
    }
}
