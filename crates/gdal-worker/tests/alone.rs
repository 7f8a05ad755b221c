//! Nothing else links GDAL, and the worker shows no SQLite of its own to GDAL's libraries.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::process::Command;

/// Symbols that a program offers to the libraries that it loads.
fn exported(program: &str) -> String {
    let nm = Command::new("nm").args(["-D", "--defined-only", program]).output().expect("nm: binutils");
    assert!(nm.status.success(), "{}", String::from_utf8_lossy(&nm.stderr));
    String::from_utf8(nm.stdout).unwrap()
}

#[test]
fn the_worker_exports_no_sqlite() {
    let symbols = exported(env!("CARGO_BIN_EXE_ranh-gdal"));
    assert!(!symbols.contains("sqlite3_"), "{symbols}");
}

/// Packages of the lock file that depend on this one directly.
fn dependents(lock: &str, wanted: &str) -> Vec<String> {
    let name =
        |package: &str| Some(package.lines().find_map(|line| line.strip_prefix("name = "))?.replace('"', ""));
    let uses = |package: &&str| {
        let listed = package.split_once("dependencies = [").map_or("", |(_, rest)| rest);
        listed.lines().any(|line| {
            let entry = line.trim().trim_matches([',', '"']);
            entry == wanted || entry.starts_with(&format!("{wanted} "))
        })
    };
    lock.split("[[package]]").filter(uses).filter_map(name).collect()
}

#[test]
fn no_other_crate_has_gdal_in_its_tree() {
    let lock = include_str!("../../../Cargo.lock");
    assert_eq!(dependents(lock, "gdal-sys"), ["gdal", "gdal-worker"]);
    assert_eq!(dependents(lock, "gdal"), ["gdal-worker"]);
    assert_eq!(dependents(lock, "gdal-worker"), [""; 0]);
}
