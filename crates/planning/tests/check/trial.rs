//! Zones as they would be: what is said of a drawing is what the check says once it is kept, bit for bit.

use planning::{
    CheckInput, CheckMemory, CheckOptions, Finding, Severity, Trial, TrialError, Tried, check, pack, try_out,
};
use serde_json::json;
use spatial::Feature;

use crate::drawing::*;

/// Three parks on rice, plan land and two communes. A is first, C stands between A and B without touching either.
fn parks(c: [f64; 4]) -> Vec<Feature> {
    let declared = json!({"declared_area_ha": 16.0, "communes": ["00001"]});
    vec![
        zone("A", "KCN", [0.0, 0.0, 400.0, 400.0], declared.clone()),
        zone("B", "KCN", [1200.0, 0.0, 400.0, 400.0], declared.clone()),
        zone("C", "KCN", c, declared),
    ]
}

fn input(c: [f64; 4]) -> CheckInput {
    let land = vec![
        parcel("L-1", "LUC", [300.0, -100.0, 500.0, 600.0]),
        parcel("L-2", "CLN", [800.0, -100.0, 900.0, 600.0]),
    ];
    let units = communes(vec![
        commune("00001", "A", [-500.0, -500.0, 1400.0, 2000.0]),
        commune("00002", "B", [900.0, -500.0, 1400.0, 2000.0]),
    ]);
    let collections = vec![zones(parks(c)), plan(land.clone()), land_use(land), units];
    CheckInput { collections, ..CheckInput::default() }
}

const APART: [f64; 4] = [600.0, 0.0, 400.0, 400.0];

fn tried(input: &CheckInput, features: Vec<Feature>, memory: Option<&CheckMemory>) -> Tried {
    let trial = Trial { collection: "zones".into(), features, ..Trial::default() };
    try_out(pack().unwrap(), input, &trial, &CheckOptions { memory, ..CheckOptions::default() }).unwrap()
}

/// What a check of everything says about a zone, as one of the pair too.
fn about(input: &CheckInput, id: &str) -> Vec<Finding> {
    let is_of = |finding: &Finding| {
        let pair = ["ZON-01", "ZON-03", "GEO-03"].contains(&finding.rule.as_str());
        finding.zone.as_ref().is_some_and(|zone| zone.id == id)
            || pair && finding.other.as_ref().is_some_and(|other| other.id == id)
    };
    check(input, &CheckOptions::default()).findings.into_iter().filter(is_of).collect()
}

#[test]
fn a_drawing_is_judged_as_the_check_would_once_it_is_kept() {
    let before = input(APART);
    let memory = CheckMemory::default();
    for c in [
        APART,
        // 50 m into A, and into B, which comes first in neither pair.
        [350.0, 0.0, 900.0, 400.0],
        // 3 m beside A: a gap; over the border of the communes.
        [403.0, 0.0, 700.0, 400.0],
        // A drawn once more.
        [0.0, 0.0, 400.0, 399.0],
    ] {
        let after = input(c);
        for memory in [None, Some(&memory)] {
            let said = tried(&before, vec![parks(c).remove(2)], memory);
            assert_eq!(said.outcome.findings, about(&after, "C"), "{c:?}");
            let whole = check(&after, &CheckOptions::default());
            let summary = whole.summaries.iter().find(|summary| summary.zone == "C").cloned();
            assert_eq!(said.zones[0].summary, summary);
        }
    }
    assert_eq!(before.collections[0].layer.features, parks(APART), "nothing has changed");
}

#[test]
fn the_figures_are_those_of_the_drawing() {
    // 350 to 1,250: 900 m × 400 m = 36 ha, of which 450 m are rice and 50 m each in A and in B.
    let said = tried(&input(APART), vec![parks([350.0, 0.0, 900.0, 400.0]).remove(2)], None);
    let summary = said.zones[0].summary.as_ref().unwrap();
    close(summary.area_m2, 360_000.0);
    let codes = &summary.by_land_use.as_ref().unwrap().codes;
    let of = |code: &str| codes.iter().find(|line| line.code == code).unwrap().area_m2;
    close(of("LUC"), 180_000.0);
    close(of("CLN"), 180_000.0);
    let overlaps = findings(&said.outcome, "ZON-01");
    let mut pairs: Vec<_> = overlaps.iter().map(|f| (f.zone.clone().unwrap().id, f.area_m2)).collect();
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(pairs.len(), 2);
    for (pair, teller) in pairs.iter().zip(["A", "B"]) {
        assert_eq!(pair.0, teller);
        close(pair.1, 20_000.0);
    }
    assert!(overlaps.iter().all(|finding| finding.severity <= Severity::Error));
    close(said.zones[0].conversions[0].area_m2, 180_000.0);
}

#[test]
fn zones_come_and_go() {
    let before = input([350.0, 0.0, 900.0, 400.0]);
    let left = zone("C1", "KCN", [350.0, 0.0, 450.0, 400.0], json!({}));
    let right = zone("C2", "KCN", [800.0, 0.0, 450.0, 400.0], json!({}));
    let trial = Trial {
        collection: "zones".into(),
        features: vec![left, right],
        removed: vec!["C".into()],
        zones: vec!["A".into()],
    };
    let said = try_out(pack().unwrap(), &before, &trial, &CheckOptions::default()).unwrap();
    let ids: Vec<&str> = said.zones.iter().map(|one| one.zone.id.as_str()).collect();
    assert_eq!(ids, ["C1", "C2", "A"]);
    let mut pairs: Vec<(String, String)> = findings(&said.outcome, "ZON-01")
        .into_iter()
        .map(|finding| (finding.zone.unwrap().id, finding.other.unwrap().id))
        .collect();
    pairs.sort();
    assert_eq!(pairs, [("A".into(), "C1".into()), ("B".into(), "C2".into())]);
    // One without an id is another than all that are there.
    let nameless = Feature { id: None, ..zone("", "KCN", [5000.0, 0.0, 100.0, 100.0], json!({})) };
    let said = tried(&before, vec![nameless], None);
    assert_eq!((said.zones.len(), said.zones[0].zone.id.as_str()), (1, "1"));
    close(said.zones[0].summary.as_ref().unwrap().area_m2, 10_000.0);
}

#[test]
fn a_trial_leaves_a_check_what_it_remembers() {
    let (before, memory) = (input(APART), CheckMemory::default());
    let whole = CheckOptions { memory: Some(&memory), ..CheckOptions::default() };
    check(&before, &whole);
    assert_eq!(memory.judged_anew(), 3);
    tried(&before, vec![parks([350.0, 0.0, 900.0, 400.0]).remove(2)], Some(&memory));
    check(&before, &whole);
    assert_eq!(memory.judged_anew(), 0, "nothing was forgotten");
}

#[test]
fn what_cannot_be_judged_says_why() {
    let before = input(APART);
    let judged = |trial: Trial, options: CheckOptions<'_>| {
        try_out(pack().unwrap(), &before, &trial, &options).unwrap_err()
    };
    let elsewhere = Trial { collection: "plan".into(), features: parks(APART), ..Trial::default() };
    assert_eq!(judged(elsewhere, CheckOptions::default()), TrialError::UnknownCollection("plan".into()));
    let unknown = Trial { collection: "zones".into(), zones: vec!["Z".into()], ..Trial::default() };
    assert_eq!(judged(unknown, CheckOptions::default()), TrialError::UnknownZone("Z".into()));
    let gone = Trial { collection: "zones".into(), removed: vec!["Z".into()], ..Trial::default() };
    assert_eq!(judged(gone, CheckOptions::default()), TrialError::Nothing);
    let some = Trial { collection: "zones".into(), zones: vec!["A".into()], ..Trial::default() };
    let stop = CheckOptions { cancelled: Some(&|| true), ..CheckOptions::default() };
    assert_eq!(judged(some, stop), TrialError::Cancelled);
}
