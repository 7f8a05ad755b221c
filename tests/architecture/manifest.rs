//! What each crate's Cargo.toml says: its name, what it depends on, the roots of its targets.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::tree::relative;

/// A crate of the workspace.
pub(crate) struct Manifest {
    /// Its Cargo.toml, from the workspace's root.
    pub(crate) file: String,
    pub(crate) name: String,
    folder: PathBuf,
    table: Table,
}

/// What a dependency is for; tests may be allowed more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Product,
    Test,
}

/// All crates under `crates/`, by name.
pub(crate) fn crates(root: &Path) -> Vec<Manifest> {
    let folder = root.join("crates");
    let mut manifests = Vec::new();
    for entry in fs::read_dir(folder).expect("crates/ can be read").flatten() {
        let file = entry.path().join("Cargo.toml");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let table: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = string(table.get("package"), "name").expect("a crate has a name").to_owned();
        manifests.push(Manifest { file: relative(root, &file), name, folder: entry.path(), table });
    }
    manifests.sort_by(|one, other| one.name.cmp(&other.name));
    manifests
}

impl Manifest {
    /// Packages depended on, for whatever platform and under whatever name, each with its purpose.
    pub(crate) fn dependencies(&self) -> Vec<(String, Purpose)> {
        let mut found = list(&self.table);
        for platform in self.table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values)
        {
            found.extend(platform.as_table().map(list).unwrap_or_default());
        }
        found
    }

    /// The files that Cargo starts compiling at, and whether they are part of the product.
    pub(crate) fn roots(&self) -> Vec<(PathBuf, Purpose)> {
        let mut roots = Vec::new();
        for (kind, folder, purpose) in [
            ("bin", "src/bin", Purpose::Product),
            ("test", "tests", Purpose::Test),
            ("bench", "benches", Purpose::Test),
            ("example", "examples", Purpose::Test),
        ] {
            roots.extend(self.found_in(folder).into_iter().map(|file| (file, purpose)));
            let named = self.table.get(kind).and_then(Value::as_array).into_iter().flatten();
            roots.extend(named.filter_map(|target| Some((self.file_of(target)?, purpose))));
        }
        let library = self.table.get("lib").and_then(|target| self.file_of(target));
        roots.push((library.unwrap_or_else(|| self.folder.join("src/lib.rs")), Purpose::Product));
        roots.push((self.folder.join("src/main.rs"), Purpose::Product));
        let build = string(self.table.get("package"), "build").unwrap_or("build.rs");
        roots.push((self.folder.join(build), Purpose::Test));
        roots.retain(|(file, _)| file.is_file());
        roots
    }

    fn file_of(&self, target: &Value) -> Option<PathBuf> {
        Some(self.folder.join(target.get("path")?.as_str()?))
    }

    /// Targets that Cargo finds by itself: `folder/a.rs` and `folder/b/main.rs`.
    fn found_in(&self, folder: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.join(folder)).into_iter().flatten().flatten();
        let root = |path: PathBuf| if path.is_dir() { path.join("main.rs") } else { path };
        entries
            .map(|entry| root(entry.path()))
            .filter(|path| path.extension() == Some("rs".as_ref()))
            .collect()
    }
}

fn list(table: &Table) -> Vec<(String, Purpose)> {
    let mut found = Vec::new();
    for (key, purpose) in [
        ("dependencies", Purpose::Product),
        ("build-dependencies", Purpose::Product),
        ("dev-dependencies", Purpose::Test),
    ] {
        let entries = table.get(key).and_then(Value::as_table).into_iter().flatten();
        found.extend(entries.map(|(name, entry)| {
            let package = string(Some(entry), "package").unwrap_or(name);
            (package.to_owned(), purpose)
        }));
    }
    found
}

fn string<'a>(value: Option<&'a Value>, key: &str) -> Option<&'a str> {
    value?.get(key)?.as_str()
}
