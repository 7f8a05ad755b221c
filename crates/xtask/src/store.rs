//! The first store: filled with the sample, whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{failed, program, run, run_for_words};
use crate::problem::Problem;
use crate::tree::Tree;

/// What SQLite may leave beside a database file.
const JOURNALS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Fills `store` with the sample and checks it, unless it exists. The work is done in a file of another
/// name, so that a store which was interrupted half-way is never taken for a full one.
pub(crate) fn fill_once(tree: &Tree, ranh: &Path, store: &Path) -> Result<(), Problem> {
    if store.exists() {
        return Ok(());
    }
    let files = sample_files(tree)?;
    println!("Filling {} with the sample (first start only).", store.display());
    if let Some(folder) = store.parent() {
        fs::create_dir_all(folder).map_err(Problem::file(folder))?;
    }
    let unfinished = store.with_extension("unfinished.gpkg");
    remove(&unfinished)?;
    let ranh = ranh.to_string_lossy();
    let at = unfinished.to_string_lossy();
    for file in &files {
        let file = file.to_string_lossy();
        run(&mut program(&ranh, &["import", &file, "--store", &at, "--role", "auto"], &tree.root))?;
    }
    check(tree, &ranh, &at)?;
    publish(&unfinished, store)
}

/// The first check, kept in the store; only its sum is shown. Findings (exit code 1) are what it is for.
fn check(tree: &Tree, ranh: &str, store: &str) -> Result<(), Problem> {
    let mut command = program(ranh, &["check", "--store", store], &tree.root);
    let (code, said) = run_for_words(&mut command)?;
    said.lines().last().into_iter().for_each(|sum| println!("{sum}"));
    match code {
        Some(0 | 1) => Ok(()),
        code => Err(failed(&command, code)),
    }
}

/// Gives the finished store its name.
fn publish(unfinished: &Path, store: &Path) -> Result<(), Problem> {
    for journal in ["-wal", "-journal"].map(|ending| beside(unfinished, ending)) {
        if fs::metadata(&journal).is_ok_and(|file| file.len() > 0) {
            return Err(Problem::Journal { journal });
        }
    }
    fs::rename(unfinished, store).map_err(Problem::file(store))
}

/// Takes away what an interrupted start has left.
fn remove(unfinished: &Path) -> Result<(), Problem> {
    for file in [""].into_iter().chain(JOURNALS).map(|ending| beside(unfinished, ending)) {
        if file.exists() {
            fs::remove_file(&file).map_err(Problem::file(&file))?;
        }
    }
    Ok(())
}

fn beside(store: &Path, ending: &str) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The sample's layers in the order of their names, so that two first starts give the same store.
fn sample_files(tree: &Tree) -> Result<Vec<PathBuf>, Problem> {
    let folder = tree.root.join("data/sample");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(Problem::file(&folder))? {
        files.push(entry.map_err(Problem::file(&folder))?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "geojson"));
    files.sort();
    if files.is_empty() {
        return Err(Problem::Absent {
            path: folder.join("*.geojson"),
            need: "the first store is made of them",
        });
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use super::fill_once;
    use crate::tree::Tree;

    /// A tree with two sample layers, and a program in the place of `ranh` that notes how it was called.
    fn planted(folder: &Path, script: &str) -> (Tree, PathBuf) {
        let sample = folder.join("data/sample");
        fs::create_dir_all(&sample).unwrap();
        for name in ["zones.geojson", "communes.geojson", "README.md"] {
            fs::write(sample.join(name), "").unwrap();
        }
        (Tree { root: folder.to_path_buf(), target: folder.to_path_buf() }, program(folder, script))
    }

    fn program(folder: &Path, script: &str) -> PathBuf {
        // Written by a shell: a program that this process holds open for writing, or that a test beside
        // it inherits so, cannot be started.
        let ranh = folder.join("ranh");
        let write = r#"printf '#!/bin/sh\n%s\n' "$1" > "$2" && chmod +x "$2""#;
        let status = Command::new("sh").args(["-c", write, "sh", script]).arg(&ranh).status().unwrap();
        assert!(status.success());
        ranh
    }

    const IMPORT: &str = r#"case "$1" in
import) basename "$2" >> "$4";;
check) echo checked >> "$3"; exit 1;;
esac"#;

    #[test]
    fn fills_in_order_checks_and_then_leaves_the_store_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (tree, ranh) = planted(folder.path(), IMPORT);
        let store = folder.path().join("var/ranh.gpkg");
        fill_once(&tree, &ranh, &store).unwrap();
        fill_once(&tree, &ranh, &store).unwrap();
        assert_eq!(fs::read_to_string(&store).unwrap(), "communes.geojson\nzones.geojson\nchecked\n");
    }

    #[test]
    fn an_interrupted_fill_leaves_no_store_and_no_remains() {
        let folder = tempfile::tempdir().unwrap();
        let (tree, ranh) = planted(folder.path(), r#"[ "$2" = "${2%zones.geojson}" ] && echo part >> "$4""#);
        let store = folder.path().join("var/ranh.gpkg");
        assert!(fill_once(&tree, &ranh, &store).is_err());
        assert!(!store.exists());
        assert!(folder.path().join("var/ranh.unfinished.gpkg").exists());
        let ranh = program(folder.path(), IMPORT);
        fill_once(&tree, &ranh, &store).unwrap();
        assert!(!fs::read_to_string(&store).unwrap().contains("part"));
    }

    #[test]
    fn a_journal_left_behind_is_not_left_behind_silently() {
        let folder = tempfile::tempdir().unwrap();
        let (tree, ranh) =
            planted(folder.path(), r#"[ "$1" = check ] || echo page >> "$4" && echo x >> "$4-wal""#);
        let store = folder.path().join("var/ranh.gpkg");
        let problem = fill_once(&tree, &ranh, &store).unwrap_err().to_string();
        assert!(problem.contains("ranh.unfinished.gpkg-wal"), "{problem}");
        assert!(!store.exists());
    }

    #[test]
    fn a_check_that_could_not_be_done_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let (tree, ranh) = planted(folder.path(), r#"[ "$1" = check ] && exit 2; echo page >> "$4""#);
        let store = folder.path().join("var/ranh.gpkg");
        let problem = fill_once(&tree, &ranh, &store).unwrap_err().to_string();
        assert!(problem.contains("exit code 2"), "{problem}");
        assert!(!store.exists());
    }
}
