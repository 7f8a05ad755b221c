//! Features changed one by one: all edits of a list or none, never over what somebody else did, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod sample;

use std::path::Path;

use proptest::prelude::*;
use rusqlite::Connection;
use sample::{info, zone, zones};
use spatial::Feature;
use store::{Action, Edit, Store, StoreError};

fn filled(path: &Path) -> Store {
    let mut store = Store::create(path).unwrap();
    store.replace_collection(&info("zones"), &zones(), None, &[]).unwrap();
    store
}

fn features(store: &Store) -> Vec<Feature> {
    store.snapshot().unwrap().collection("zones").unwrap().collection.layer.features.clone()
}

fn moved(of: &Feature, x: f64) -> Edit {
    Edit::Replace { before: of.clone(), after: zone(of.position, "Dời", x, 2_417_000.0) }
}

fn rows(path: &Path, sql: &str) -> i64 {
    Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn edits_are_one_revision_and_what_was_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = filled(&path);
    let old = features(&store);
    let snapshot = store.snapshot().unwrap();
    let edits =
        [moved(&old[0], 448_000.0), Edit::Remove(old[2].clone()), Edit::Insert(zone(99, "Mới", 1.0, 2.0))];
    let edited = store.edit_collection("zones", &edits, Some("Theo Quyết định 12")).unwrap();
    let expected = [zone(0, "Dời", 448_000.0, 2_417_000.0), old[1].clone()];
    let new = Feature { position: 3, ..zone(99, "Mới", 1.0, 2.0) };
    assert_eq!(
        (&edited.features[..], &edited.removed[..]),
        (&[expected[0].clone(), new.clone()][..], &[2][..])
    );
    assert_eq!(features(&store), [&expected[..], &[new]].concat());
    let later = store.snapshot_after(&snapshot).unwrap();
    let stored = later.collection("zones").unwrap();
    assert_eq!((stored.revision, &stored.imported_at), (2, &edited.changed_at));
    let last = &store.history().unwrap()[0];
    assert_eq!((last.action, last.features, last.number), (Action::Edited, 3, 2));
    assert_eq!(last.reason.as_deref(), Some("Theo Quyết định 12"));
    drop(store);
    let before = "SELECT count(*) FROM ranh_feature_changes WHERE revision = 2 AND collection = 'zones'";
    assert_eq!(rows(&path, &format!("{before} AND feature LIKE '%Hồng Phong%' AND geom NOT NULL")), 1);
    assert_eq!(rows(&path, &format!("{before} AND feature IS NULL")), 1, "nothing was where the new one is");
    assert_eq!(rows(&path, &format!("{before} AND row = 1")), 1);
    // The box that others read holds the new zone, and their triggers are back.
    assert_eq!(
        rows(&path, "SELECT min_x = 1.0 AND max_x = 460100.0 FROM gpkg_contents WHERE table_name = 'zones'"),
        1
    );
    assert_eq!(
        rows(&path, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'zones'"),
        6
    );
}

#[test]
fn what_somebody_else_changed_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = filled(&path);
    let old = features(&store);
    let mut other = Store::open(&path).unwrap();
    other.edit_collection("zones", &[moved(&old[0], 448_000.0)], None).unwrap();
    let now = features(&store);
    for edit in [moved(&old[0], 447_000.0), Edit::Remove(old[0].clone())] {
        let edits = [moved(&old[1], 446_000.0), edit];
        let error = store.edit_collection("zones", &edits, None).unwrap_err();
        assert!(matches!(&error, StoreError::Changed { feature, .. } if feature == "Z0"), "{error}");
        assert_eq!((features(&store), store.revision().unwrap()), (now.clone(), 2));
    }
    // Twice in one list: the second cannot know the first.
    let twice = [moved(&old[1], 446_000.0), Edit::Remove(old[1].clone())];
    assert!(matches!(store.edit_collection("zones", &twice, None), Err(StoreError::Changed { .. })));
    let gone = Edit::Remove(zone(7, "Không có", 0.0, 0.0));
    assert!(matches!(store.edit_collection("zones", &[gone], None), Err(StoreError::Changed { .. })));
    let unknown = store.edit_collection("plan", &[], None).unwrap_err();
    assert!(unknown.to_string().contains("zones"), "{unknown}");
    assert_eq!(rows(&path, "SELECT count(*) FROM ranh_feature_changes"), 1);
}

/// What is done to the feature at an index of those that are there.
#[derive(Clone, Debug)]
enum Step {
    Insert(u16),
    Move(usize, u16),
    Remove(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<u16>().prop_map(Step::Insert),
        (any::<usize>(), any::<u16>()).prop_map(|(at, x)| Step::Move(at, x)),
        any::<usize>().prop_map(Step::Remove),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_store_edited_step_by_step_holds_what_a_list_would(steps in prop::collection::vec(step(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.gpkg");
        let mut store = filled(&path);
        let (mut model, mut next) = (zones().features, 3);
        for step in steps {
            let edit = match step {
                Step::Insert(x) => {
                    let new = zone(next, "Mới", f64::from(x), 0.5);
                    model.push(new.clone());
                    next += 1;
                    Edit::Insert(Feature { position: 0, ..new })
                }
                Step::Move(at, x) if !model.is_empty() => {
                    let at = at % model.len();
                    let after = zone(model[at].position, "Dời", f64::from(x), 0.25);
                    let before = std::mem::replace(&mut model[at], after.clone());
                    Edit::Replace { before, after }
                }
                Step::Remove(at) if !model.is_empty() => Edit::Remove(model.remove(at % model.len())),
                _ => continue,
            };
            store.edit_collection("zones", &[edit], None).unwrap();
        }
        prop_assert_eq!(features(&store), model.clone());
        drop(store);
        let placed = rows(&path, "SELECT count(*) FROM rtree_zones_geom JOIN zones ON zones.fid = rtree_zones_geom.id");
        prop_assert_eq!(placed, model.len() as i64);
        prop_assert_eq!(rows(&path, "SELECT count(*) FROM rtree_zones_geom"), placed);
    }
}
