//! A process killed in the middle of an import (SIGKILL) leaves a whole revision behind, the old one or the new one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests")]

mod sample;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sample::{info, layer, zone};
use store::Store;

/// Tells the child its store; without it, the child's test has nothing to do.
const STORE: &str = "RANH_TEST_STORE";
const FEATURES: u64 = 1_500;

/// Every feature carries the number of the revision that brings it.
fn import(store: &mut Store) {
    let name = format!("r{}", store.revision().unwrap() + 1);
    let features = (0..FEATURES).map(|position| zone(position, &name, 449_000.0, 2_417_000.0)).collect();
    store.replace_collection(&info("zones"), &layer(features), None, &[]).unwrap();
}

/// Not a test by itself: the process that gets killed. It imports without end and tells each time.
#[test]
fn child() {
    let Some(path) = std::env::var_os(STORE) else { return };
    let mut store = Store::open(Path::new(&path)).unwrap();
    loop {
        println!("imported");
        import(&mut store);
    }
}

fn journal(path: &Path) -> PathBuf {
    path.with_extension("gpkg-journal")
}

fn kill_after(imports: usize, path: &Path) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(STORE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.map(Result::unwrap).filter(|line| line.ends_with("imported")).take(imports).count();
    // The journal is there while an import is under way.
    while !journal(path).exists() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(told, imports);
}

#[test]
fn a_killed_process_leaves_a_whole_revision() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    import(&mut Store::create(&path).unwrap());
    let mut journals = 0;
    for imports in 1..=6 {
        kill_after(imports, &path);
        journals += usize::from(journal(&path).exists());
        let snapshot = Store::open(&path).unwrap().snapshot().unwrap();
        let features = &snapshot.collections[0].collection.layer.features;
        let name = Some(format!("r{}", snapshot.revision));
        assert_eq!(features.len() as u64, FEATURES);
        assert!(
            features.iter().all(|feature| feature.text("name") == name),
            "revision {}",
            snapshot.revision
        );
        let database = rusqlite::Connection::open(&path).unwrap();
        let whole: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
    }
    assert!(journals > 0, "no kill met an import under way");
}
