//! A backup taken while others write is one revision, whole; a restored store is equal to it, and what it replaced is
//! kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod sample;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use sample::{info, layer, zone};
use store::{Snapshot, Store, StoreError, restore};

const FEATURES: u64 = 300;

/// Every feature of two collections carries the number of a revision.
fn change(store: &mut Store) {
    for id in ["zones", "others"] {
        let name = format!("r{}", store.revision().unwrap() + 1);
        let features = (0..FEATURES).map(|at| zone(at, &name, 449_000.0, 2_417_000.0)).collect();
        store.replace_collection(&info(id), &layer(features), None, &[]).unwrap();
    }
}

fn snapshot(path: &Path) -> Snapshot {
    Store::open(path).unwrap().snapshot().unwrap()
}

/// Everything that a snapshot holds, and the history.
fn content(path: &Path) -> String {
    let store = Store::open(path).unwrap();
    format!("{:?}\n{:?}", store.snapshot().unwrap(), store.history().unwrap())
}

fn assert_whole(path: &Path) {
    let database = Connection::open(path).unwrap();
    let found: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(found, "ok");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_under_load_is_one_revision_and_restores_equal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    change(&mut Store::create(&path).unwrap());
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut store = Store::open(&path).unwrap();
            while !stop.load(Ordering::Relaxed) {
                change(&mut store);
            }
            store.revision().unwrap()
        });
        let mut revisions = Vec::new();
        for number in 0..4 {
            let seen = Store::open(&path).unwrap().revision().unwrap();
            // At least one change goes on between two backups, so that each finds another store.
            while Store::open(&path).unwrap().revision().unwrap() < seen + 2 {}
            let backup = folder.path().join(format!("b{number}.gpkg"));
            let copied = Store::open(&path).unwrap().backup(&backup).unwrap();
            assert_eq!((copied.bytes, copied.kept), (fs::metadata(&backup).unwrap().len(), None));
            assert_whole(&backup);
            let snapshot = snapshot(&backup);
            assert_eq!(snapshot.revision, copied.revision);
            let newest = snapshot.collections.iter().map(|one| one.revision).max();
            assert_eq!(newest, Some(copied.revision));
            for stored in &snapshot.collections {
                let name = Some(format!("r{}", stored.revision));
                let features = &stored.collection.layer.features;
                assert_eq!(features.len() as u64, FEATURES);
                assert!(features.iter().all(|feature| feature.text("name") == name));
            }
            let restored = folder.path().join(format!("r{number}.gpkg"));
            assert_eq!(restore(&backup, &restored).unwrap().revision, copied.revision);
            assert_eq!(content(&restored), content(&backup));
            revisions.push(copied.revision);
        }
        stop.store(true, Ordering::Relaxed);
        assert!(revisions.is_sorted() && revisions[0] < revisions[3], "{revisions:?}");
        assert!(writing.join().unwrap() >= revisions[3]);
    });
}

#[test]
fn what_a_restored_store_replaces_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (path, backup) = (folder.path().join("s.gpkg"), folder.path().join("b.gpkg"));
    let mut store = Store::create(&path).unwrap();
    change(&mut store);
    store.backup(&backup).unwrap();
    change(&mut store);
    let before = content(&path);
    assert!(!store.is_replaced());
    for times in 1..=2 {
        let copied = restore(&backup, &path).unwrap();
        assert_eq!(copied.revision, 2);
        assert_eq!(content(&path), content(&backup));
        let kept = copied.kept.unwrap();
        assert_eq!(kept.parent(), Some(folder.path()));
        if times == 1 {
            assert_eq!(content(&kept), before);
        }
        assert_eq!(names(folder.path()).len(), 2 + times, "{:?}", names(folder.path()));
    }
    assert!(store.is_replaced());
    let mut restored = Store::open(&path).unwrap();
    change(&mut restored);
    assert_eq!(restored.revision().unwrap(), 4, "it can be written to");
}

/// The service runs as a user of its own, who restores as root: the store must stay the service's.
#[cfg(unix)]
#[test]
fn a_restored_store_belongs_to_whom_it_belonged() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let folder = tempfile::tempdir().unwrap();
    let (path, backup) = (folder.path().join("s.gpkg"), folder.path().join("b.gpkg"));
    change(&mut Store::create(&path).unwrap());
    Store::open(&path).unwrap().backup(&backup).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o660)).unwrap();
    // Only root can give files away; for everybody else the rights alone are looked at.
    for file in [path.as_path(), folder.path()] {
        chown(file, Some(4242), Some(4243)).ok();
    }
    let belongs = || {
        let file = fs::metadata(&path).unwrap();
        (file.uid(), file.gid(), file.mode() & 0o777)
    };
    let before = belongs();
    restore(&backup, &path).unwrap();
    assert_eq!(belongs(), before);
    fs::remove_file(&path).unwrap();
    restore(&backup, &path).unwrap();
    assert_eq!(belongs().0, before.0, "in the place of a store that is gone");
}

#[test]
fn what_is_no_backup_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let path = file("s.gpkg");
    let mut store = Store::create(&path).unwrap();
    change(&mut store);
    store.backup(&file("good.gpkg")).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(file("text.gpkg"), "not a database at all, whatever its name says").unwrap();
    fs::write(file("empty.gpkg"), "").unwrap();
    Connection::open(file("plain.gpkg")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    fs::copy(&path, file("newer.gpkg")).unwrap();
    let newer = Connection::open(file("newer.gpkg")).unwrap();
    newer.execute_batch("UPDATE ranh_meta SET schema_version = 99").unwrap();
    drop(newer);
    fs::write(file("cut.gpkg"), &bytes[..bytes.len() / 2]).unwrap();
    let mut garbled = bytes.clone();
    garbled[bytes.len() / 2..].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(file("garbled.gpkg"), garbled).unwrap();
    let there = names(folder.path());
    for name in [
        "none.gpkg",
        "text.gpkg",
        "empty.gpkg",
        "plain.gpkg",
        "newer.gpkg",
        "cut.gpkg",
        "garbled.gpkg",
        "s.gpkg",
    ] {
        let error = restore(&file(name), &path).unwrap_err();
        let expected = match name {
            "none.gpkg" => matches!(error, StoreError::Missing { .. }),
            "text.gpkg" | "empty.gpkg" | "plain.gpkg" => matches!(error, StoreError::Foreign { .. }),
            "newer.gpkg" => matches!(error, StoreError::Newer { found: 99, .. }),
            "s.gpkg" => matches!(error, StoreError::File { .. }),
            _ => matches!(error, StoreError::Broken { .. } | StoreError::Database { .. }),
        };
        assert!(expected, "{name}: {error:?}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
        assert_eq!(names(folder.path()), there, "{name}");
    }
    assert!(matches!(store.backup(&file("good.gpkg")), Err(StoreError::Exists { .. })));
    assert!(matches!(store.backup(&file("no/b.gpkg")), Err(StoreError::MissingFolder { .. })));
    assert_eq!(names(folder.path()), there);
}

#[test]
fn a_damaged_store_can_be_replaced_and_is_kept_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (path, backup) = (folder.path().join("s.gpkg"), folder.path().join("b.gpkg"));
    let mut store = Store::create(&path).unwrap();
    change(&mut store);
    store.backup(&backup).unwrap();
    drop(store);
    fs::write(&path, "what a broken disk left of it").unwrap();
    let kept = restore(&backup, &path).unwrap().kept.unwrap();
    assert_eq!(fs::read_to_string(kept).unwrap(), "what a broken disk left of it");
    assert_eq!(content(&path), content(&backup));
}
