//! Decisions survive runs, the process and other people's decisions; older runs keep what decisions rest on.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod sample;

use std::path::Path;

use geo_types::MultiPolygon;
use planning::{
    Change, CheckOutcome, Decision, DecisionError, Finding, FindingState, Severity, Text, ZoneRef,
};
use rusqlite::Connection;
use sample::square;
use spatial::{Crs, FillRule, Region};
use store::{DecisionRequest, Store, StoreError};

/// A conflict of 100 m × 100 m, so many metres east of its place.
fn finding(id: &str, east_m: f64) -> Finding {
    let shape = MultiPolygon(vec![square(449_000.0 + east_m, 2_417_000.0, 100.0)]);
    Finding {
        id: id.to_owned(),
        rule: "LUP-01".to_owned(),
        severity: Severity::Error,
        message: Text::same("message"),
        zone: Some(ZoneRef { id: "Z0".to_owned(), name: "CCN".to_owned(), kind: None }),
        other: None,
        codes: Vec::new(),
        area_m2: 10_000.0,
        area_geodesic_m2: None,
        mean_width_m: Some(50.0),
        share: Some(0.1),
        table: Vec::new(),
        w_min_m: None,
        a_min_m2: None,
        parameters: serde_json::Map::new(),
        crs: Crs::from_epsg(9215).unwrap(),
        region: Some(Region::from_multi_polygon(&shape, FillRule::EvenOdd)),
        place: None,
        fix: None,
    }
}

fn outcome(findings: Vec<Finding>) -> CheckOutcome {
    CheckOutcome { findings, ..CheckOutcome::default() }
}

fn waiver() -> Decision {
    Decision {
        state: FindingState::Waived,
        document: Some("1/QĐ".to_owned()),
        person: Some("UBND".to_owned()),
        ..Decision::default()
    }
}

fn decide(store: &mut Store, ids: &[&str], decision: &Decision, seen: Option<u64>) -> Result<(), StoreError> {
    let findings: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
    let request = DecisionRequest { findings: &findings, decision, seen, today: "2026-06-30".parse().ok() };
    store.decide(&request).map(|_| ())
}

fn state(store: &Store, id: &str) -> FindingState {
    store.snapshot().unwrap().standings.get(id).unwrap().state
}

fn create(folder: &Path) -> Store {
    Store::create(&folder.join("s.gpkg")).unwrap()
}

#[test]
fn a_waiver_is_compared_with_the_shape_it_was_given_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    store.save_check(outcome(vec![finding("a", 0.0), finding("b", 500.0)]), 1).unwrap();
    decide(&mut store, &["a"], &waiver(), None).unwrap();
    drop(store);
    // Every process reads the decided shape from the run that held it. 1 m is allowed where W_min is unknown.
    for (east_m, expected) in
        [(0.9, FindingState::Waived), (-0.9, FindingState::Waived), (1.1, FindingState::New)]
    {
        let mut store = Store::open(&folder.path().join("s.gpkg")).unwrap();
        store.save_check(outcome(vec![finding("a", east_m), finding("b", 500.0)]), 2).unwrap();
        assert_eq!((state(&store, "a"), state(&store, "b")), (expected, FindingState::New), "{east_m}");
    }
    let store = Store::open(&folder.path().join("s.gpkg")).unwrap();
    let history = store.finding_history("a").unwrap();
    let states: Vec<FindingState> = history.iter().map(|event| event.change.state()).collect();
    assert_eq!(states, [FindingState::New, FindingState::Waived, FindingState::New]);
    assert!(history.windows(2).all(|pair| pair[0].number < pair[1].number && pair[0].at <= pair[1].at));
}

#[test]
fn a_decision_is_kept_for_all_findings_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    store.save_check(outcome(vec![finding("a", 0.0), finding("b", 500.0)]), 1).unwrap();
    let unknown = decide(&mut store, &["a", "x"], &waiver(), None).unwrap_err();
    assert!(matches!(unknown, StoreError::UnknownFinding { ref id } if id == "x"), "{unknown}");
    let bare = Decision { document: None, ..waiver() };
    let refused = decide(&mut store, &["a"], &bare, None).unwrap_err();
    assert!(
        matches!(refused, StoreError::Decision { reason: DecisionError::Missing("document"), .. }),
        "{refused}"
    );
    assert_eq!(state(&store, "a"), FindingState::New);
    decide(&mut store, &["a", "b"], &waiver(), None).unwrap();
    assert_eq!((state(&store, "a"), state(&store, "b")), (FindingState::Waived, FindingState::Waived));
}

#[test]
fn a_decision_on_what_has_changed_since_is_a_conflict() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    store.save_check(outcome(vec![finding("a", 0.0)]), 1).unwrap();
    let seen = store.snapshot().unwrap().standings.get("a").unwrap().event;
    let reviewing = Decision { state: FindingState::Reviewing, ..Decision::default() };
    let mut other = Store::open(&folder.path().join("s.gpkg")).unwrap();
    decide(&mut other, &["a"], &reviewing, Some(seen)).unwrap();
    let conflict = decide(&mut store, &["a"], &waiver(), Some(seen)).unwrap_err();
    assert!(matches!(conflict, StoreError::Outdated { state: FindingState::Reviewing, .. }), "{conflict}");
    decide(&mut store, &["a"], &waiver(), Some(seen + 1)).unwrap();
    assert_eq!(state(&store, "a"), FindingState::Waived);
}

#[test]
fn a_snapshot_takes_in_what_happened_since_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    store.save_check(outcome(vec![finding("a", 0.0)]), 1).unwrap();
    let before = store.snapshot().unwrap();
    let same = store.snapshot_after(&before).unwrap();
    assert!(std::sync::Arc::ptr_eq(&before.standings, &same.standings));
    decide(&mut store, &["a"], &waiver(), None).unwrap();
    let after = store.snapshot_after(&before).unwrap();
    assert_eq!(after.standings, store.snapshot().unwrap().standings);
    assert_eq!(after.standings.newest(), store.newest_event().unwrap());
    assert_eq!(before.standings.get("a").unwrap().state, FindingState::New, "a snapshot does not change");
}

#[test]
fn what_a_run_changed_is_told_with_what_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    store.save_check(outcome(vec![finding("a", 0.0), finding("b", 500.0)]), 1).unwrap();
    decide(&mut store, &["a"], &waiver(), None).unwrap();
    let run = store.save_check(outcome(vec![finding("a", 50.0), finding("c", 900.0)]), 2).unwrap();
    let changes = store.run_changes(run.id).unwrap();
    assert_eq!((changes.run, changes.found), (run.id, vec!["c".to_owned()]));
    assert_eq!(changes.reopened.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(changes.closed, [finding("b", 500.0)]);
}

#[test]
fn runs_long_past_keep_what_decisions_rest_on_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    let both = || outcome(vec![finding("a", 0.0), finding("b", 500.0)]);
    store.save_check(both(), 1).unwrap();
    store.save_check(both(), 1).unwrap();
    decide(&mut store, &["a"], &waiver(), None).unwrap();
    for _ in 0..30 {
        store.save_check(both(), 1).unwrap();
    }
    store.save_check(outcome(vec![finding("a", 50.0)]), 2).unwrap();
    assert_eq!(state(&store, "a"), FindingState::New, "its shape was still there to compare with");
    assert_eq!(state(&store, "b"), FindingState::Closed);
    let database = Connection::open(folder.path().join("s.gpkg")).unwrap();
    let rows = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    // 33 runs: "a" in all and "b" in 32 of them. Of runs 1 to 13 there are left "a" and "b" of run 1, in which both
    // were found, and "a" of run 2, on which the waiver rests.
    assert_eq!(rows("SELECT count(*) FROM ranh_run_findings WHERE run <= 13"), 3);
    assert_eq!(rows("SELECT count(*) FROM ranh_run_findings WHERE run > 13"), 20 + 19);
    // "a" as it was, "a" moved, "b": what is said again is not written again.
    assert_eq!(rows("SELECT count(*) FROM ranh_findings"), 3);
    assert_eq!(rows("SELECT count(*) FROM ranh_check_runs"), 33);
}

#[test]
fn equal_outcomes_have_equal_hashes() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    let mut hash = |findings| store.save_check(outcome(findings), 1).unwrap().hash;
    let first = hash(vec![finding("a", 0.0)]);
    assert_eq!(first, hash(vec![finding("a", 0.0)]));
    assert_ne!(first, hash(vec![finding("a", 0.25)]));
    assert_ne!(first, hash(vec![finding("a", 0.0), finding("b", 0.0)]));
}

#[test]
fn rows_are_found_again_by_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = create(folder.path());
    let path = folder.path().join("s.gpkg");
    let first = store.save_check(outcome(vec![finding("a", 0.0), finding("b", 500.0)]), 1).unwrap();
    // One that knows of no run, then one that knows of a run that is not the newest any more.
    let mut other = Store::open(&path).unwrap();
    other.save_check(outcome(vec![finding("b", 500.0), finding("a", 9.0)]), 2).unwrap();
    let third = store.save_check(outcome(vec![finding("a", 0.0), finding("b", 500.0)]), 3).unwrap();
    assert_eq!(first.hash, third.hash);
    let database = Connection::open(&path).unwrap();
    let rows = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(rows("SELECT count(*) FROM ranh_findings"), 3);
    let run = Store::open(&path).unwrap().snapshot().unwrap().check.unwrap();
    assert_eq!(run.outcome.findings, [finding("a", 0.0), finding("b", 500.0)], "in the order of its own run");
}

/// Takes away what version 4 added, each finding of each run in a row of its own again.
const TO_3: &str = "
    INSERT INTO ranh_findings (run, finding, crs, geom, key)
      SELECT r.run, f.finding, f.crs, f.geom, f.key FROM ranh_run_findings r JOIN ranh_findings f ON f.id = r.said
      WHERE r.run > f.run ORDER BY r.run, r.position;
    DROP TABLE ranh_run_findings; DROP TABLE ranh_run_slivers; DROP TABLE ranh_feature_changes;
    ALTER TABLE ranh_revisions DROP COLUMN reason;
    DROP INDEX ranh_findings_digest; DROP INDEX ranh_slivers_digest;
    ALTER TABLE ranh_findings DROP COLUMN digest; ALTER TABLE ranh_slivers DROP COLUMN digest;
    DELETE FROM gpkg_extensions WHERE table_name IN ('ranh_run_findings', 'ranh_run_slivers', 'ranh_feature_changes');
    UPDATE ranh_meta SET schema_version = 3;";

#[test]
fn a_store_of_version_3_is_upgraded_with_its_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = create(folder.path());
    let both = || outcome(vec![finding("a", 0.0), finding("b", 500.0)]);
    store.save_check(both(), 1).unwrap();
    store.save_check(both(), 1).unwrap();
    drop(store);
    let database = Connection::open(&path).unwrap();
    database.execute_batch(TO_3).unwrap();
    let mut store = Store::open(&path).unwrap();
    let run = store.snapshot().unwrap().check.unwrap();
    assert_eq!((run.id, &run.hash, &run.outcome.findings), (2, &String::new(), &both().findings));
    store.save_check(outcome(vec![finding("b", 500.0)]), 1).unwrap();
    assert_eq!(store.run_changes(3).unwrap().closed, [finding("a", 0.0)], "as the run before had it");
    let rows = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(rows("SELECT count(*) FROM ranh_findings"), 4 + 1, "an old row has no digest to be found by");
    store.save_check(outcome(vec![finding("b", 500.0)]), 1).unwrap();
    assert_eq!(rows("SELECT count(*) FROM ranh_findings"), 5);
}

/// A store as version 2 made it, with a run in it.
fn downgraded(path: &Path) {
    let mut store = Store::create(path).unwrap();
    store.save_check(outcome(vec![finding("a", 0.0)]), 1).unwrap();
    drop(store);
    let old = Connection::open(path).unwrap();
    old.execute_batch(TO_3).unwrap();
    old.execute_batch(
        "DROP TABLE ranh_finding_events; DROP INDEX ranh_findings_key;
         ALTER TABLE ranh_findings DROP COLUMN key; ALTER TABLE ranh_check_runs DROP COLUMN hash;
         DELETE FROM gpkg_extensions WHERE table_name = 'ranh_finding_events';
         UPDATE ranh_meta SET schema_version = 2;",
    )
    .unwrap();
}

#[test]
fn findings_of_an_older_store_begin_their_life_with_the_upgrade() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.gpkg");
    downgraded(&path);
    let mut store = Store::open(&path).unwrap();
    let history = store.finding_history("a").unwrap();
    assert!(
        matches!(&history[..], [event] if matches!(&event.change, Change::Found(about) if about.rule == "LUP-01"))
    );
    decide(&mut store, &["a"], &waiver(), None).unwrap();
    store.save_check(outcome(vec![finding("a", 0.5)]), 2).unwrap();
    assert_eq!(state(&store, "a"), FindingState::Waived);
    store.save_check(outcome(vec![finding("a", 1.5)]), 3).unwrap();
    assert_eq!(state(&store, "a"), FindingState::New);
}
