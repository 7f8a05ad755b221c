//! Registers and tables of units come back as they went in, with every version; a store of version 1 is upgraded.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod sample;

use planning::{Register, Text, UnitFiles, UnitHistory, ZoneKind, ZoneRecord, built_in_registers};
use rusqlite::Connection;
use sample::{info, zones};
use store::{Store, StoreError};

fn register(name: &str) -> Register {
    let mut register = Register::new("tinh", Text::same("Tỉnh"));
    register.zones.push(ZoneRecord::new("z", name, ZoneKind::IndustrialCluster));
    register
}

#[test]
fn registers_come_back_equal_and_older_versions_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("a.gpkg")).unwrap();
    for register in built_in_registers().unwrap() {
        store.keep_register(register, Some("reports")).unwrap();
    }
    store.keep_register(&register("Cụm cũ"), None).unwrap();
    let before = store.snapshot().unwrap();
    let revision = store.keep_register(&register("Cụm mới"), Some("bảng.csv")).unwrap();
    let snapshot = store.snapshot_after(&before).unwrap();
    for register in built_in_registers().unwrap() {
        assert_eq!(snapshot.register(&register.id).unwrap().register.as_ref(), register);
    }
    let newest = snapshot.register("tinh").unwrap();
    assert_eq!((newest.register.as_ref(), newest.revision), (&register("Cụm mới"), revision.number));
    assert_eq!((revision.collection.as_str(), revision.features), ("register:tinh", 1));
    let versions = store.register_versions("tinh").unwrap();
    let names: Vec<_> = versions.iter().map(|version| version.register.zones[0].name.as_str()).collect();
    assert_eq!(names, ["Cụm mới", "Cụm cũ"]);
    assert_eq!(snapshot.check_input().registers.len(), 7);
    // What did not change is shared with the older snapshot.
    let shared = |id: &str| {
        let of = |snapshot: &store::Snapshot| snapshot.register(id).unwrap().register.clone();
        std::sync::Arc::ptr_eq(&of(&snapshot), &of(&before))
    };
    assert!(shared("lang-son") && !shared("tinh"));
}

#[test]
fn tables_of_units_come_back_equal_and_replace_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("a.gpkg")).unwrap();
    assert!(store.snapshot().unwrap().units.is_none());
    let table =
        "commune_code,commune,district_code,district,province_code,province\n1,Xã A,1,Huyện B,1,Tỉnh C\n";
    let merges = |name: &str| {
        format!(
            "{{\"data\": [{{\"level1_id\": \"1\", \"name\": \"Tỉnh C\", \"merges\": [], \"level2s\": [{{\"level2_id\": \"1\", \
             \"name\": \"{name}\", \"merges\": [{{\"old_id\": \"1\", \"name\": \"Xã A\", \"type\": \"full\"}}]}}]}}]}}"
        )
    };
    for name in ["Xã D", "Xã E"] {
        let merges = merges(name);
        let files = UnitFiles { merges: &merges, splits: None, communes_before: table };
        let (units, _) = UnitHistory::parse(files).unwrap();
        store.keep_units(&units, None).unwrap();
        assert_eq!(store.snapshot().unwrap().units.unwrap().1.as_ref(), &units);
    }
}

/// A store as version 1 made it: without the tables of version 2.
fn downgraded(path: &std::path::Path) {
    let mut store = Store::create(path).unwrap();
    store.replace_collection(&info("zones"), &zones(), Some("zones.geojson"), &[]).unwrap();
    drop(store);
    let old = Connection::open(path).unwrap();
    old.execute_batch(
        "DROP TABLE ranh_registers; DROP TABLE ranh_units;
         DROP TABLE ranh_finding_events; DROP INDEX ranh_findings_key;
         DROP TABLE ranh_run_findings; DROP TABLE ranh_run_slivers; DROP TABLE ranh_feature_changes;
    ALTER TABLE ranh_revisions DROP COLUMN reason;
         DROP INDEX ranh_findings_digest; DROP INDEX ranh_slivers_digest;
         ALTER TABLE ranh_findings DROP COLUMN digest; ALTER TABLE ranh_slivers DROP COLUMN digest;
         ALTER TABLE ranh_findings DROP COLUMN key; ALTER TABLE ranh_check_runs DROP COLUMN hash;
         DELETE FROM gpkg_extensions WHERE table_name IN
           ('ranh_registers', 'ranh_units', 'ranh_finding_events', 'ranh_run_findings', 'ranh_run_slivers', 'ranh_feature_changes');
         UPDATE ranh_meta SET schema_version = 1;",
    )
    .unwrap();
}

#[test]
fn a_store_of_version_1_is_upgraded_with_all_that_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.gpkg");
    downgraded(&path);
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.snapshot().unwrap().collections.len(), 1);
    store.keep_register(&register("Cụm"), None).unwrap();
    drop(store);
    let snapshot = Store::open(&path).unwrap().snapshot().unwrap();
    assert_eq!((snapshot.collections.len(), snapshot.registers.len(), snapshot.revision), (1, 1, 2));
}

#[test]
fn a_row_that_another_program_spoiled_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let mut store = Store::create(&path).unwrap();
    store.keep_register(&register("Cụm"), None).unwrap();
    Connection::open(&path).unwrap().execute("UPDATE ranh_registers SET content = '{'", []).unwrap();
    assert!(matches!(store.snapshot(), Err(StoreError::Damaged { .. })));
}
