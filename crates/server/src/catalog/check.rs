//! The newest check, ready to answer.

use std::collections::{BTreeSet, HashMap};
use std::ops::Add;
use std::sync::Arc;

use planning::{Collection, CollectionInfo, Finding, Severity, Sliver, Standings, is_land_conflict};
use project::CheckRun;
use rayon::prelude::*;
use serde_json::json;
use spatial::{Crs, Feature, FeatureId, Layer, Properties};

use super::finding::{self, Places};
use super::{LayerRole, Served};
use crate::wire;

/// A check with its findings on the wire's terms.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) run: Arc<CheckRun>,
    /// The findings in the check's order; their shapes are those of the first layer.
    pub(crate) findings: Vec<Arc<wire::Finding>>,
    /// Findings and slivers as layers.
    pub(crate) layers: [Arc<Served>; 2],
    summary: wire::CheckSummary,
    positions: HashMap<String, usize>,
}

impl Checked {
    /// What the run says; what an older one said too is taken from there.
    pub(crate) fn new(run: &Arc<CheckRun>, older: Option<&Self>, tile_bytes: usize) -> Self {
        let (findings, finding_layer) = findings_of(&run.outcome.findings, older);
        let sliver_layer = slivers_of(&run.outcome.slivers, older);
        let served = |role, id: &str, title: (&str, &str), layer, older: Option<&Arc<Served>>| {
            let collection = Collection { info: info(id, title, run), layer: Arc::new(layer) };
            Arc::new(Served::new(role, &collection, run.id, tile_bytes, older))
        };
        let [old_findings, old_slivers] = [0, 1].map(|k| older.map(|older| &older.layers[k]));
        let titles = [("Phát hiện", "Findings"), ("Mảnh vụn", "Slivers")];
        Self {
            run: Arc::clone(run),
            positions: findings.iter().enumerate().map(|(i, f)| (f.id.clone(), i)).collect(),
            summary: summary(run),
            findings,
            layers: [
                served(LayerRole::Finding, "findings", titles[0], finding_layer, old_findings),
                served(LayerRole::Sliver, "slivers", titles[1], sliver_layer, old_slivers),
            ],
        }
    }

    /// The shape of a finding as GeoJSON, else its point.
    pub(crate) fn geometry(&self, id: &str) -> Option<serde_json::Value> {
        let feature = self.layers[0].layer.features.get(*self.positions.get(id)?)?;
        feature.geometry.as_ref().map(wire::geometry_json)
    }

    /// The check summed up; `stale` is known to the catalog only.
    pub(crate) fn summary(&self, stale: bool) -> wire::CheckSummary {
        wire::CheckSummary { stale, ..self.summary.clone() }
    }

    /// A finding by its identifier.
    pub(crate) fn finding(&self, id: &str) -> Option<&wire::Finding> {
        self.findings.get(*self.positions.get(id)?).map(Arc::as_ref)
    }
}

/// A run with its findings, `most` of them, as the wire tells it; for callers without a server. `stale` = the store has
/// changed since.
pub fn check_answer(run: &CheckRun, standings: &Standings, stale: bool, most: usize) -> wire::FindingList {
    let findings = &run.outcome.findings;
    let land = findings.iter().filter(|finding| finding.is_land_conflict());
    wire::FindingList {
        check: Some(wire::CheckSummary { stale, ..summary(run) }),
        number_matched: findings.len(),
        total_area_ha: land.map(|finding| finding.area_m2 / 10_000.0).fold(0.0, Add::add),
        ..findings_answer(findings.iter().take(most), standings)
    }
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

/// The rules that could not judge, on the wire's terms.
pub(crate) fn skipped(outcome: &planning::CheckOutcome) -> Vec<wire::SkippedRule> {
    let line = |skipped: &planning::Skipped| wire::SkippedRule {
        rule: skipped.rule.clone(),
        zone: skipped.zone.clone(),
        reason: wire::Text::from(&skipped.reason),
    };
    outcome.skipped.iter().map(line).collect()
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
        skipped: skipped(outcome),
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

/// The findings on the wire's terms and as features in longitude and latitude.
fn findings_of(findings: &[Finding], older: Option<&Checked>) -> (Vec<Arc<wire::Finding>>, Layer) {
    let known = |finding: &Finding| {
        let older = older?;
        let at = *older.positions.get(&finding.id)?;
        let same = older.run.outcome.findings.get(at)? == finding;
        same.then(|| {
            Some((Arc::clone(older.findings.get(at)?), older.layers[0].layer.features.get(at)?.clone()))
        })?
    };
    let made = |places: &mut Places, (i, finding): (usize, &Finding)| {
        let (wire, feature) = known(finding).unwrap_or_else(|| {
            let geometry = places.geometry(finding.region.as_ref(), finding.place, &finding.crs);
            let wire = finding::bare(finding, geometry.as_ref(), places);
            let (id, properties) = (Some(FeatureId::Text(finding.id.clone())), finding::flat(&wire));
            (Arc::new(wire), Feature { position: 0, id, geometry, properties })
        });
        (wire, Feature { position: i as u64, ..feature })
    };
    let (wires, features) = findings.par_iter().enumerate().map_init(Places::default, made).unzip();
    (wires, Layer { crs: Crs::wgs84(), features })
}

/// The slivers as features in longitude and latitude.
fn slivers_of(slivers: &[Sliver], older: Option<&Checked>) -> Layer {
    let before = older.map(|older| (&older.run.outcome.slivers, &older.layers[1].layer.features));
    let mut positions: HashMap<(&str, &str, &str), Vec<usize>> = HashMap::new();
    for (at, sliver) in before.iter().flat_map(|(slivers, _)| slivers.iter().enumerate()) {
        positions.entry(pair(sliver)).or_default().push(at);
    }
    let known = |sliver: &Sliver| {
        let (slivers, features) = before?;
        let at = positions.get(&pair(sliver))?.iter().find(|&&at| slivers[at] == *sliver)?;
        features.get(*at).cloned()
    };
    let made = |places: &mut Places, (i, sliver): (usize, &Sliver)| {
        let feature = known(sliver).unwrap_or_else(|| Feature {
            position: 0,
            id: None,
            geometry: places.geometry(Some(&sliver.region), None, &sliver.crs),
            properties: properties(json!({
                "rule": sliver.rule, "zone": sliver.zone, "other": sliver.other, "code": sliver.code,
                "area_m2": sliver.area_m2, "area_ha": sliver.area_m2 / 10_000.0,
                "mean_width_m": sliver.mean_width_m, "crs": sliver.crs.name(),
            })),
        });
        Feature { position: i as u64, ..feature }
    };
    let features = slivers.par_iter().enumerate().map_init(Places::default, made).collect();
    Layer { crs: Crs::wgs84(), features }
}

/// What a sliver lies between; several may lie there.
fn pair(sliver: &Sliver) -> (&str, &str, &str) {
    (&sliver.rule, &sliver.zone, &sliver.other)
}

fn properties(value: serde_json::Value) -> Properties {
    match value {
        serde_json::Value::Object(map) => map,
        _ => Properties::new(),
    }
}
