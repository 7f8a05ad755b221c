//! A change is all or nothing, one writer at a time, and a store opens only its own files.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod sample;

use std::time::Duration;

use rusqlite::Connection;
use sample::{info, layer, zone, zones};
use spatial::Feature;
use store::{Action, Snapshot, Store, StoreError};

fn names(snapshot: &Snapshot) -> Vec<String> {
    let name = |feature: &Feature| feature.text("name").unwrap();
    snapshot.collections.iter().flat_map(|stored| stored.collection.layer.features.iter().map(name)).collect()
}

#[test]
fn revisions_tell_what_happened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tỉnh.gpkg");
    let mut store = Store::open_or_create(&path).unwrap();
    assert_eq!(store.revision().unwrap(), 0);
    assert_eq!(store.snapshot().unwrap().collections.len(), 0);
    store.replace_collection(&info("zones"), &zones(), Some("zones.geojson"), &[]).unwrap();
    store.replace_collection(&info("zones-2"), &zones(), None, &["one note".into()]).unwrap();
    let third = store.remove_collection("zones").unwrap();
    assert_eq!((third.number, third.action, third.collection.as_str()), (3, Action::Removed, "zones"));
    let history = Store::open(&path).unwrap().history().unwrap();
    assert_eq!(history.iter().map(|revision| revision.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!((history[2].features, history[2].source.as_deref()), (3, Some("zones.geojson")));
    assert_eq!(store.notes("zones-2").unwrap(), ["one note"]);
    assert_eq!(store.snapshot().unwrap().collections.len(), 1);
    let message = store.remove_collection("plan").unwrap_err().to_string();
    assert_eq!(message, "the store has no collection \"plan\": it has zones-2");
}

#[test]
fn a_replacement_shares_what_did_not_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("s.gpkg")).unwrap();
    store.replace_collection(&info("a"), &zones(), None, &[]).unwrap();
    store.replace_collection(&info("b"), &zones(), None, &[]).unwrap();
    let before = store.snapshot().unwrap();
    store.replace_collection(&info("b"), &layer(vec![zone(4, "CCN mới", 1.0, 2.0)]), None, &[]).unwrap();
    let after = store.snapshot_after(&before).unwrap();
    let layer_of = |snapshot: &Snapshot, id: &str| snapshot.collection(id).unwrap().collection.layer.clone();
    assert!(std::sync::Arc::ptr_eq(&layer_of(&before, "a"), &layer_of(&after, "a")));
    assert_eq!(layer_of(&after, "b").features.len(), 1);
    assert_eq!(layer_of(&before, "b").features.len(), 3, "a snapshot never changes");
}

#[test]
fn a_failed_import_leaves_the_old_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = Store::create(&path).unwrap();
    store.replace_collection(&info("zones"), &zones(), None, &[]).unwrap();
    // A trigger makes the last step fail, when the new table is written already.
    let second = Connection::open(&path).unwrap();
    let trap = "CREATE TRIGGER trap BEFORE INSERT ON ranh_revisions BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
    second.execute_batch(trap).unwrap();
    let smaller = layer(vec![zone(0, "CCN khác", 0.0, 0.0)]);
    let error = store.replace_collection(&info("zones"), &smaller, None, &[]).unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    let snapshot = Store::open(&path).unwrap().snapshot().unwrap();
    assert_eq!(snapshot.revision, 1);
    assert_eq!(names(&snapshot), ["CCN Đồng Bành", "CCN Hữu Lũng", "KCN Hồng Phong"]);
}

/// A process that is killed leaves the file and its rollback journal behind: the copy made here is what it leaves.
#[test]
fn a_killed_import_leaves_the_old_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = Store::create(&path).unwrap();
    store.replace_collection(&info("zones"), &zones(), None, &[]).unwrap();
    drop(store);
    let writer = Connection::open(&path).unwrap();
    // A small cache writes changed pages to the file long before the commit.
    writer.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE; DELETE FROM ranh_collections;").unwrap();
    let fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                INSERT INTO ranh_notes (collection, note) SELECT 'zones', hex(randomblob(500)) FROM n";
    writer.execute_batch(fill).unwrap();
    let (copy, journal) = (folder.path().join("killed.gpkg"), folder.path().join("killed.gpkg-journal"));
    std::fs::copy(&path, &copy).unwrap();
    std::fs::copy(folder.path().join("s.gpkg-journal"), journal).unwrap();
    drop(writer);
    assert!(copy.metadata().unwrap().len() > 1_000_000, "the copy must hold pages that were never committed");
    let snapshot = Store::open(&copy).unwrap().snapshot().unwrap();
    assert_eq!((snapshot.revision, names(&snapshot).len()), (1, 3));
}

#[test]
fn a_second_writer_gets_a_clear_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = Store::create(&path).unwrap();
    store.replace_collection(&info("zones"), &zones(), None, &[]).unwrap();
    store.set_wait(Duration::from_millis(20)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.replace_collection(&info("zones"), &zones(), None, &[]).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    assert_eq!(store.snapshot().unwrap().revision, 1, "reading goes on meanwhile");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.replace_collection(&info("zones"), &zones(), None, &[]).unwrap().number, 2);
}

#[test]
fn only_stores_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    assert!(matches!(Store::open(&file("none.gpkg")), Err(StoreError::Missing { .. })));
    assert!(matches!(Store::create(&file("no/such/folder.gpkg")), Err(StoreError::MissingFolder { .. })));
    std::fs::write(
        file("text.gpkg"),
        "{\"type\":\"FeatureCollection\",\"features\":[]} and so on, on and on",
    )
    .unwrap();
    std::fs::write(file("empty.gpkg"), "").unwrap();
    Connection::open(file("plain.sqlite")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let foreign = "PRAGMA application_id = 1196444487; CREATE TABLE gpkg_contents (table_name TEXT)";
    Connection::open(file("other.gpkg")).unwrap().execute_batch(foreign).unwrap();
    for name in ["text.gpkg", "empty.gpkg", "plain.sqlite", "other.gpkg"] {
        let error = Store::open(&file(name)).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{name}: {error}");
    }
    for name in ["text.gpkg", "plain.sqlite", "other.gpkg"] {
        let error = Store::open_or_create(&file(name)).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{name}: {error}");
    }
    Store::create(&file("ours.gpkg")).unwrap();
    assert!(matches!(Store::create(&file("ours.gpkg")), Err(StoreError::Exists { .. })));
    Connection::open(file("ours.gpkg"))
        .unwrap()
        .execute_batch("UPDATE ranh_meta SET schema_version = 99")
        .unwrap();
    let error = Store::open(&file("ours.gpkg")).unwrap_err();
    assert!(error.to_string().contains("newer Ranh (store version 99, this program knows 4)"), "{error}");
}

#[test]
fn names_and_positions_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("s.gpkg")).unwrap();
    for id in ["", "Zones", "khu công nghiệp", "gpkg_contents", "-a", "findings", &"a".repeat(61)] {
        let error = store.replace_collection(&info(id), &zones(), None, &[]).unwrap_err();
        assert!(matches!(error, StoreError::CollectionId { .. }), "{id}: {error}");
    }
    let twice = layer(vec![zone(3, "a", 0.0, 0.0), zone(3, "b", 0.0, 0.0)]);
    let error = store.replace_collection(&info("zones"), &twice, None, &[]).unwrap_err();
    assert!(matches!(error, StoreError::Position { position: 3, .. }), "{error}");
    assert_eq!(store.revision().unwrap(), 0);
}
