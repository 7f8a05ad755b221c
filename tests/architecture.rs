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

/// All that may stand at the top; what begins with a dot, and what is built, aside.
const TOP: [&str; 9] =
    ["ARCHITECTURE.md", "Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "crates", "data", "tests", "web"];

/// What stands at the top of a tree and may not.
fn strangers_at_the_top(root: &Path) -> Vec<String> {
    let names = std::fs::read_dir(root).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let allowed =
        |name: &str| TOP.contains(&name) || name.starts_with('.') || matches!(name, "target" | "var");
    names.filter(|name| !allowed(name)).collect()
}

#[test]
fn nothing_else_stands_at_the_top() {
    assert_eq!(strangers_at_the_top(workspace()), [""; 0]);
    let root = tree::plant(&[("packaging/unit", ""), ("web/a.ts", ""), (".ci/run", "")]);
    assert_eq!(strangers_at_the_top(root.path()), ["packaging"], "it can fail");
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
