//! The newest check, ready to answer.

use std::collections::{BTreeSet, HashMap};
use std::ops::Add;
use std::sync::Arc;

use planning::{Collection, CollectionInfo, Finding, Severity, Sliver, Standings, is_land_conflict};
use project::CheckRun;
use serde_json::json;
use spatial::{Crs, Feature, FeatureId, Layer, Properties};

use super::finding::{self, Places};
use super::{LayerRole, Served};
use crate::wire;

/// A check with its findings on the wire's terms.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) run: Arc<CheckRun>,
    /// The findings in the check's order, with their geometry.
    pub(crate) findings: Vec<wire::Finding>,
    /// Findings and slivers as layers.
    pub(crate) layers: [Arc<Served>; 2],
    summary: wire::CheckSummary,
    positions: HashMap<String, usize>,
}

impl Checked {
    pub(crate) fn new(run: &Arc<CheckRun>, tile_bytes: usize) -> Self {
        let outcome = &run.outcome;
        let mut places = Places::default();
        let findings: Vec<_> = outcome.findings.iter().map(|f| finding::wire(f, &mut places)).collect();
        let finding_layer = finding_layer(&outcome.findings, &findings, &mut places);
        let sliver_layer = sliver_layer(&outcome.slivers, &mut places);
        let served = |role, id: &str, title: (&str, &str), layer| {
            let collection = Collection { info: info(id, title, run), layer: Arc::new(layer) };
            Arc::new(Served::new(role, &collection, run.id, tile_bytes))
        };
        Self {
            run: Arc::clone(run),
            positions: findings.iter().enumerate().map(|(i, f)| (f.id.clone(), i)).collect(),
            summary: summary(run),
            findings,
            layers: [
                served(LayerRole::Finding, "findings", ("Phát hiện", "Findings"), finding_layer),
                served(LayerRole::Sliver, "slivers", ("Mảnh vụn", "Slivers"), sliver_layer),
            ],
        }
    }

    /// The check summed up; `stale` is known to the catalog only.
    pub(crate) fn summary(&self, stale: bool) -> wire::CheckSummary {
        wire::CheckSummary { stale, ..self.summary.clone() }
    }

    /// A finding by its identifier.
    pub(crate) fn finding(&self, id: &str) -> Option<&wire::Finding> {
        self.findings.get(*self.positions.get(id)?)
    }
}

/// A run with all its findings, as the wire tells it; for callers without a server. `stale` = the store has changed
/// since.
pub fn check_answer(run: &CheckRun, standings: &Standings, stale: bool) -> wire::FindingList {
    let check = Some(wire::CheckSummary { stale, ..summary(run) });
    wire::FindingList { check, ..findings_answer(&run.outcome.findings, standings) }
}

/// Some findings as the wire tells them, without the run.
pub fn findings_answer<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    standings: &Standings,
) -> wire::FindingList {
    let standing = |id: &str| wire::FindingStanding::of(standings.get(id));
    let findings: Vec<_> = findings_wire(findings)
        .into_iter()
        .map(|finding| wire::Finding { standing: standing(&finding.id), ..finding })
        .collect();
    wire::FindingList {
        check: None,
        number_matched: findings.len(),
        number_returned: findings.len(),
        total_area_ha: conflict_ha(&findings),
        findings,
    }
}

/// Findings with their shapes on the wire's terms, standing nowhere yet.
pub(crate) fn findings_wire<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<wire::Finding> {
    let mut places = Places::default();
    findings.into_iter().map(|finding| finding::wire(finding, &mut places)).collect()
}

/// Hectares of the area conflicts among findings.
pub(crate) fn conflict_ha<'a>(findings: impl IntoIterator<Item = &'a wire::Finding>) -> f64 {
    findings.into_iter().filter(|f| is_land_conflict(&f.rule)).map(|f| f.area_ha).fold(0.0, Add::add)
}

/// Sums a run up.
fn summary(run: &CheckRun) -> wire::CheckSummary {
    let outcome = &run.outcome;
    let mut counts = wire::Counts::default();
    for finding in &outcome.findings {
        *match finding.severity {
            Severity::Block => &mut counts.B,
            Severity::Error => &mut counts.E,
            Severity::Warning => &mut counts.W,
            Severity::Info => &mut counts.I,
        } += 1;
    }
    let grave =
        |f: &&Finding| matches!(f.severity, Severity::Block | Severity::Error) && f.is_land_conflict();
    let area_m2 = outcome.findings.iter().filter(grave).map(|f| f.area_m2).fold(0.0, Add::add);
    let crs: BTreeSet<&str> = outcome.summaries.iter().map(|zone| zone.crs.name()).collect();
    let skipped = outcome.skipped.iter().map(|skipped| wire::SkippedRule {
        rule: skipped.rule.clone(),
        zone: skipped.zone.clone(),
        reason: wire::Text::from(&skipped.reason),
    });
    wire::CheckSummary {
        run: run.id.to_string(),
        revision: run.revision,
        at: run.at.clone(),
        hash: run.hash.clone(),
        stale: false,
        date: outcome.date.map(|date| date.to_string()),
        plan: outcome.plan.clone(),
        pack: outcome.pack.clone(),
        zones_total: outcome.zones_total,
        zones_judged: outcome.zones_judged,
        counts,
        area_ha: area_m2 / 10_000.0,
        area_union_ha: outcome.conflict_m2.map(|area_m2| area_m2 / 10_000.0),
        slivers: wire::SliverSum {
            count: outcome.slivers.len(),
            area_ha: outcome.slivers.iter().map(|sliver| sliver.area_m2).fold(0.0, Add::add) / 10_000.0,
        },
        crs: crs.into_iter().map(str::to_owned).collect(),
        guessed_crs: outcome.summaries.iter().filter(|zone| zone.crs_guessed).count(),
        skipped: skipped.collect(),
    }
}

fn info(id: &str, (vi, en): (&str, &str), run: &CheckRun) -> CollectionInfo {
    let text = |vi: String, en: String| planning::Text { vi, en };
    CollectionInfo {
        source: text(format!("Lần kiểm tra {}", run.id), format!("Check run {}", run.id)),
        as_of: Some(run.at.clone()),
        // The role is not shown: the layer's own says what it is.
        ..CollectionInfo::new(id, planning::Role::Constraint, text(vi.into(), en.into()))
    }
}

/// The findings as features in longitude and latitude.
fn finding_layer(findings: &[Finding], wires: &[wire::Finding], places: &mut Places) -> Layer {
    let features = findings.iter().zip(wires).enumerate().map(|(i, (finding, wire))| Feature {
        position: i as u64,
        id: Some(FeatureId::Text(finding.id.clone())),
        geometry: places.geometry(finding.region.as_ref(), finding.place, &finding.crs),
        properties: finding::flat(wire),
    });
    Layer { crs: Crs::wgs84(), features: features.collect() }
}

/// The slivers as features in longitude and latitude.
fn sliver_layer(slivers: &[Sliver], places: &mut Places) -> Layer {
    let features = slivers.iter().enumerate().map(|(i, sliver)| Feature {
        position: i as u64,
        id: None,
        geometry: places.geometry(Some(&sliver.region), None, &sliver.crs),
        properties: properties(json!({
            "rule": sliver.rule, "zone": sliver.zone, "other": sliver.other, "code": sliver.code,
            "area_m2": sliver.area_m2, "area_ha": sliver.area_m2 / 10_000.0,
            "mean_width_m": sliver.mean_width_m, "crs": sliver.crs.name(),
        })),
    });
    Layer { crs: Crs::wgs84(), features: features.collect() }
}

fn properties(value: serde_json::Value) -> Properties {
    match value {
        serde_json::Value::Object(map) => map,
        _ => Properties::new(),
    }
}
