//! The house's rules, checked: which crate may use which, who may touch files, processes, the network and
//! SQL, how long files and functions may be, that every source file is reached, and that nothing is left
//! for later. ARCHITECTURE.md says why; the tables here are what it means.
//!
//! Each check returns what it found instead of failing itself, so that it can be proved: its module plants
//! violations in a temporary tree and asserts that exactly those are found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "architecture/edges.rs"]
mod edges;
#[path = "architecture/leftovers.rs"]
mod leftovers;
#[path = "architecture/length.rs"]
mod length;
#[path = "architecture/manifest.rs"]
mod manifest;
#[path = "architecture/paths.rs"]
mod paths;
#[path = "architecture/reach.rs"]
mod reach;
#[path = "architecture/tokens.rs"]
mod tokens;
#[path = "architecture/tree.rs"]
mod tree;
#[path = "architecture/uses.rs"]
mod uses;

use std::path::Path;

use crate::tree::Violation;

/// Fails with every violation on a line of its own.
#[track_caller]
fn assert_none(violations: &[Violation]) {
    let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} found:\n{}", lines.len(), lines.join("\n"));
}

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn crates_use_only_the_crates_they_may() {
    assert_none(&edges::forbidden(workspace()));
}

#[test]
fn files_processes_sql_and_printing_stay_where_they_belong() {
    assert_none(&uses::misplaced(workspace()));
}

#[test]
fn files_and_functions_are_short() {
    assert_none(&length::too_long(workspace()));
}

#[test]
fn every_source_file_is_reached() {
    assert_none(&reach::unreached(workspace()));
}

#[test]
fn nothing_is_unsafe_switched_off_or_left_for_later() {
    assert_none(&leftovers::found(workspace()));
}

#[test]
fn the_documents_name_files_that_are_there() {
    assert_none(&paths::missing(workspace()));
}
