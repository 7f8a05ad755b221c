//! The files that are judged, and what is said about them.

use std::fmt::{self, Display};
use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

/// Folders that hold what was fetched or built, not written.
const NOT_OURS: [&str; 8] =
    ["target", "node_modules", "dist", ".git", "var", "__pycache__", "screenshots", ".svelte-kit"];

/// A rule that was broken, and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Violation {
    /// Path from the workspace's root, with `/`.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// What is wrong there.
    pub(crate) what: String,
}

impl Violation {
    pub(crate) fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into() }
    }
}

impl Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// A text file of the work tree.
pub(crate) struct Source {
    /// Path from the workspace's root, with `/`.
    pub(crate) file: String,
    pub(crate) text: String,
}

/// All text files with one of these extensions (`""`: none), in the order of their paths.
pub(crate) fn sources(root: &Path, extensions: &[&str]) -> Vec<Source> {
    let ours =
        |entry: &DirEntry| entry.depth() == 0 || !NOT_OURS.iter().any(|name| entry.file_name() == *name);
    let entries = WalkDir::new(root).into_iter().filter_entry(ours);
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.expect("the work tree can be read");
        let extension = entry.path().extension().unwrap_or_default().to_string_lossy();
        if entry.file_type().is_file() && extensions.contains(&extension.as_ref()) {
            // What is not UTF-8 is no text of ours: fonts, pictures, stores.
            if let Ok(text) = fs::read_to_string(entry.path()) {
                found.push(Source { file: relative(root, entry.path()), text });
            }
        }
    }
    found.sort_by(|one, other| one.file.cmp(&other.file));
    found
}

/// A path as the checks name it.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A tree for proving a check: these files in a temporary folder.
pub(crate) fn plant(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (file, text) in files {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    root
}

/// Violations as text, for comparing with what was planted.
pub(crate) fn lines(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(ToString::to_string).collect()
}

#[test]
fn fetched_and_built_files_are_not_judged() {
    let root = plant(&[
        ("crates/a/src/lib.rs", ""),
        ("crates/a/target/out.rs", ""),
        ("web/node_modules/b/c.ts", ""),
        ("web/src/d.ts", ""),
        ("web/src/e.txt", ""),
        (".ci/run", ""),
    ]);
    fs::write(root.path().join("web/src/picture.ts"), [0xff, 0xfe, 0x00]).unwrap();
    let files: Vec<String> =
        sources(root.path(), &["rs", "ts", ""]).into_iter().map(|source| source.file).collect();
    assert_eq!(files, [".ci/run", "crates/a/src/lib.rs", "web/src/d.ts"]);
}
