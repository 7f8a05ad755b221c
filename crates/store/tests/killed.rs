//! A process killed in the middle of an import or of edits (SIGKILL) leaves a whole revision behind, the old one or the new one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests")]

mod sample;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sample::{info, layer, zone};
use spatial::Feature;
use store::{Edit, Store};

/// Tells the child its store; without it, the child's test has nothing to do.
const STORE: &str = "RANH_TEST_STORE";
/// Tells the child what to do over and over.
const WORK: &str = "RANH_TEST_WORK";
const FEATURES: u64 = 1_500;

/// Every feature carries the number of the revision that brings it.
fn import(store: &mut Store) {
    let name = format!("r{}", store.revision().unwrap() + 1);
    let features = (0..FEATURES).map(|position| zone(position, &name, 449_000.0, 2_417_000.0)).collect();
    store.replace_collection(&info("zones"), &layer(features), None, &[]).unwrap();
}

/// The same by edits of all kinds in one list: the first feature goes, one comes, and every other is replaced.
fn edit(store: &mut Store) {
    let name = format!("r{}", store.revision().unwrap() + 1);
    let features = store.snapshot().unwrap().collections[0].collection.layer.features.clone();
    let named = |before: &Feature| zone(before.position, &name, 449_000.0, 2_417_000.0);
    let replace = |before: &Feature| Edit::Replace { before: before.clone(), after: named(before) };
    let mut edits = vec![Edit::Remove(features[0].clone()), Edit::Insert(named(&features[0]))];
    edits.extend(features[1..].iter().map(replace));
    store.edit_collection("zones", &edits, None).unwrap();
}

/// Not a test by itself: the process that gets killed. It works without end and tells each time.
#[test]
fn child() {
    let Some(path) = std::env::var_os(STORE) else { return };
    let work = if std::env::var(WORK).unwrap() == "edit" { edit } else { import };
    let mut store = Store::open(Path::new(&path)).unwrap();
    loop {
        println!("begun");
        work(&mut store);
    }
}

fn journal(path: &Path) -> PathBuf {
    path.with_extension("gpkg-journal")
}

fn kill_after(turns: usize, path: &Path, work: &str) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(STORE, path)
        .env(WORK, work)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.map(Result::unwrap).filter(|line| line.ends_with("begun")).take(turns).count();
    // The journal is there while something is written.
    while !journal(path).exists() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(told, turns);
}

#[test]
fn a_killed_import_leaves_a_whole_revision() {
    leaves_a_whole_revision("import");
}

#[test]
fn killed_edits_leave_all_of_them_or_none() {
    leaves_a_whole_revision("edit");
}

fn leaves_a_whole_revision(work: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    import(&mut Store::create(&path).unwrap());
    let mut journals = 0;
    for turns in 1..=6 {
        kill_after(turns, &path, work);
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
    assert!(journals > 0, "no kill met {work} under way");
}
