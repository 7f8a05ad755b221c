//! What a check says beside its findings: choice of rules, progress, stopping, packs of one's own.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use planning::{
    CheckInput, CheckOptions, CheckOutcome, Collection, RulePack, Severity, check, check_with_pack,
};
use serde_json::json;

use crate::drawing::*;

/// Forty parks in a row, each 100 m × 100 m on rice land.
fn row() -> Vec<Collection> {
    let park =
        |i: u32| zone(&format!("Z-{i:02}"), "KCN", [f64::from(i) * 200.0, 0.0, 100.0, 100.0], json!({}));
    let field = vec![parcel("P-1", "LUC", [-100.0, -100.0, 9000.0, 300.0])];
    vec![zones((0..40).map(park).collect()), plan(field.clone()), land_use(field)]
}

#[test]
fn nothing_at_all_is_said_to_be_nothing() {
    let outcome = judge(vec![]);
    assert!(outcome.findings.is_empty() && outcome.plan.is_none());
    assert_eq!(outcome.pack, "vn-zones 2024-05-01");
}

#[test]
fn missing_references_are_said_per_rule() {
    let outcome = judge(vec![zones(vec![zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}))])]);
    let said = |reason: &str| reason != "Chưa có sổ đăng ký khu, cụm";
    let about_layers = outcome.skipped.iter().filter(|skipped| said(&skipped.reason.vi));
    let rules: Vec<_> = about_layers.map(|skipped| skipped.rule.as_str()).collect();
    let communes = ["ADM-01", "ADM-02", "ADM-03", "ADM-04"];
    let themes = ["ADM-06", "ENV-02", "PLN-05"];
    let land_use = ["ENV-01", "LUP-03", "LUP-04", "LUP-05", "LUP-06", "LUP-07", "LUP-08", "LUP-09", "LUP-10"];
    let plans = ["GEO-05", "GEO-06", "LUP-01", "LUP-02", "LUP-11", "PLN-04"];
    let mut expected: Vec<&str> = communes.into_iter().chain(themes).chain(land_use).chain(plans).collect();
    expected.sort_unstable();
    assert_eq!(rules, expected);
    assert_eq!((outcome.zones_total, outcome.zones_judged), (1, 1));
}

#[test]
fn only_the_rules_asked_for_are_applied() {
    let options = CheckOptions { rules: vec!["LUP-03".into(), "LUP-99".into()], ..Default::default() };
    let outcome = check(&CheckInput { collections: row(), ..CheckInput::default() }, &options);
    assert_eq!(outcome.findings.len(), 40);
    assert!(outcome.findings.iter().all(|finding| finding.rule == "LUP-03"));
    assert_eq!(reasons(&outcome, "LUP-99"), ["Bộ quy tắc vn-zones 2024-05-01 không có quy tắc này"]);
}

#[test]
fn progress_ends_at_all_zones() {
    let (last, all) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let progress = |done: usize, total: usize| {
        assert!(done >= last.swap(done, Ordering::Relaxed));
        all.store(total, Ordering::Relaxed);
    };
    let options = CheckOptions { progress: Some(&progress), ..Default::default() };
    let outcome = check(&CheckInput { collections: row(), ..CheckInput::default() }, &options);
    assert_eq!((last.into_inner(), all.into_inner()), (40, 40));
    assert_eq!((outcome.findings.len(), outcome.cancelled), (80, false));
}

#[test]
fn a_check_that_is_stopped_says_so_and_keeps_whole_zones_only() {
    let stop = AtomicBool::new(false);
    let progress = |done: usize, _: usize| stop.store(done > 0, Ordering::Relaxed);
    let cancelled = || stop.load(Ordering::Relaxed);
    let options =
        CheckOptions { progress: Some(&progress), cancelled: Some(&cancelled), ..Default::default() };
    let outcome = check(&CheckInput { collections: row(), ..CheckInput::default() }, &options);
    assert!(outcome.cancelled);
    assert!(outcome.zones_judged > 0 && outcome.zones_judged < 40);
    assert_eq!(outcome.findings.len(), 2 * outcome.zones_judged);
    assert_eq!(outcome.summaries.len(), outcome.zones_judged);
}

#[test]
fn a_pack_of_ones_own_changes_what_is_found() {
    let text = "
        id = 'own'
        version = '1'
        valid_from = '2026-01-01'
        title = { vi = 'x', en = 'x' }
        judged_states = ['operating']
        significance = { line_width_mm = 0.5, default_scale = 10000, area = [{ up_to_scale = 1000000, area_mm2 = 1.0 }] }
        [rules.LUP-03]
        severity = 'I'
        error_severity = 'B'
        error_from_ha = 0.5
        codes = ['LUC']
    ";
    let pack = RulePack::parse(text).unwrap();
    let outcome = check_with_pack(
        &pack,
        &CheckInput { collections: row(), ..CheckInput::default() },
        &CheckOptions::default(),
    );
    assert_eq!(outcome.pack, "own 1");
    assert_eq!(outcome.findings.len(), 40);
    assert!(outcome.findings.iter().all(|f| f.rule == "LUP-03" && f.severity == Severity::Block));
}

#[test]
fn states_that_are_not_judged_count_among_the_total() {
    let revoked =
        zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({"state": "revoked", "communes": ["00009"]}));
    let living = zone("Z-2", "KCN", [200.0, 0.0, 100.0, 100.0], json!({}));
    let field = vec![parcel("P-1", "LUC", [0.0, 0.0, 100.0, 100.0])];
    let units = communes(vec![
        commune("00001", "A", [0.0, 0.0, 50.0, 100.0]),
        commune("00009", "B", [50.0, 0.0, 50.0, 100.0]),
    ]);
    let outcome = judge(vec![zones(vec![revoked, living]), plan(field.clone()), land_use(field), units]);
    assert!(outcome.findings.is_empty());
    assert_eq!((outcome.zones_total, outcome.zones_judged, outcome.summaries.len()), (2, 1, 2));
}

#[test]
fn land_that_several_rules_meet_counts_once() {
    // A park of 1,000 m × 1,000 m on a plan of 200 m of LUC in its east, of which 100 m are special-use forest now, and
    // 50 m × 50 m of defence land in its west: 20 ha + 0.25 ha, where the sum of the findings is 30.25 ha.
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let outcome = judge(vec![
        zones(vec![park.clone()]),
        plan(vec![parcel("P-1", "LUC", [800.0, 0.0, 400.0, 1000.0])]),
        land_use(vec![
            parcel("L-1", "RDD", [900.0, 0.0, 400.0, 1000.0]),
            parcel("L-2", "CQP", [100.0, 100.0, 50.0, 50.0]),
            // A warning: not in the sum.
            parcel("L-3", "LUC", [300.0, 0.0, 100.0, 100.0]),
        ]),
    ]);
    close(outcome.conflict_m2.unwrap(), 202_500.0);
    let grave = [Severity::Block, Severity::Error];
    let sum: f64 = outcome.findings.iter().filter(|f| grave.contains(&f.severity)).map(|f| f.area_m2).sum();
    close(sum, 302_500.0);
    // Two zones on the same rice land of a plan count once more: 10 ha that both hold.
    let other = zone("Z-2", "KCN", [500.0, 0.0, 400.0, 1000.0], json!({}));
    let both =
        judge(vec![zones(vec![park, other]), plan(vec![parcel("P-1", "LUC", [800.0, 0.0, 400.0, 1000.0])])]);
    // LUP-01 on 20 ha and on 10 ha of it, ZON-01 on 40 ha (500–900 m), together 500–1,000 m.
    close(both.conflict_m2.unwrap(), 500_000.0);
    assert_eq!(judge(vec![]).conflict_m2, Some(0.0));
}

/// The rules with the reason in Vietnamese, each pair once.
fn told(outcome: &CheckOutcome, reason: &str) -> Vec<String> {
    let about = outcome.skipped.iter().filter(|skipped| skipped.reason.vi == reason);
    about.map(|skipped| skipped.rule.clone()).collect()
}

const NO_ZONES: &str = "Chưa có lớp khu, cụm";
const NO_COLLECTIONS: &str = "Chưa có lớp dữ liệu nào";
const NO_REGISTER: &str = "Chưa có sổ đăng ký khu, cụm";

#[test]
fn of_an_empty_store_every_rule_says_why_it_judged_nothing() {
    let outcome = judge(vec![]);
    let all: BTreeSet<&str> = planning::rules().unwrap().iter().map(|rule| rule.id).collect();
    let told_of: BTreeSet<&str> = outcome.skipped.iter().map(|skipped| skipped.rule.as_str()).collect();
    assert_eq!((all.len(), &told_of), (48, &all));
    // 13 rules judge the register, 29 zones, and 6 whole collections (GEO-01 and LUP-01 among them), LUP-02 the plan.
    let counts = [NO_REGISTER, NO_ZONES, NO_COLLECTIONS, "Chưa có lớp quy hoạch sử dụng đất"]
        .map(|reason| told(&outcome, reason).len());
    assert_eq!(counts, [13, 29, 6, 1]);
    assert_eq!(
        outcome.skipped.len(),
        49,
        "each rule once for each reason; LUP-01 judges zones and collections"
    );
}

#[test]
fn every_rule_is_judged_or_says_what_it_lacks() {
    // A zone and a plan: what needs no more is judged, the rest says what it lacks.
    let park = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}));
    let outcome = judge(vec![zones(vec![park]), plan(vec![parcel("P-1", "SKK", [0.0, 0.0, 100.0, 100.0])])]);
    let silent: Vec<&str> = planning::rules()
        .unwrap()
        .iter()
        .map(|rule| rule.id)
        .filter(|id| !outcome.skipped.iter().any(|skipped| skipped.rule == *id))
        .collect();
    let judged = [
        "GEO-01", "GEO-02", "GEO-03", "GEO-04", "GEO-06", "GEO-07", "GEO-08", "GEO-09", "LUP-01", "LUP-02",
        "ZON-01", "ZON-02", "ZON-03", "ZON-04", "ZON-05", "ZON-06",
    ];
    assert_eq!(BTreeSet::from_iter(silent), BTreeSet::from(judged));
}

#[test]
fn of_some_zones_the_rules_on_all_say_that_they_did_not_judge() {
    let options = CheckOptions { zones: vec!["Z-01".into(), "Z-99".into()], ..Default::default() };
    let outcome = check(&CheckInput { collections: row(), ..CheckInput::default() }, &options);
    assert_eq!(outcome.zones_judged, 1);
    // 5 rules on collections, LUP-02, 13 on registers.
    assert_eq!(told(&outcome, "Chỉ xét khi kiểm tra mọi khu").len(), 19);
    let unknown = outcome.skipped.iter().find(|skipped| skipped.rule == "*").unwrap();
    assert_eq!(
        (unknown.zone.as_deref(), unknown.reason.en.as_str()),
        (Some("Z-99"), "There is no zone of that id")
    );
}
