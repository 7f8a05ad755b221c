//! Crates that are in the program, from the sources that Cargo has fetched to build it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::Package;
use crate::command::{cargo, failed};
use crate::problem::Problem;
use crate::tree::Tree;

/// Name, version, licence.
const FORM: &str = "{p}\t{l}";

/// Every crate that the program or its worker links.
pub(super) fn packages(tree: &Tree) -> Result<Vec<Package>, Problem> {
    let arguments = [
        "tree",
        "-p",
        "cli",
        "-p",
        "gdal-worker",
        "-e",
        "normal",
        "--prefix",
        "none",
        "--no-dedupe",
        "--offline",
        "-f",
        FORM,
    ];
    let mut command = cargo(&arguments, &tree.root);
    let output = command.output();
    let output = output.map_err(|source| Problem::NotStarted { line: "cargo tree".into(), source })?;
    if !output.status.success() {
        return Err(failed(&command, output.status.code()));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let registries = registries()?;
    // Our own crates are named with their folder; between two trees stands an empty line.
    let foreign = said.lines().filter(|line| !line.contains(" (/") && !line.trim().is_empty());
    let mut lines: Vec<&str> = foreign.collect();
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter().map(|line| package(line, &registries)).collect()
}

/// A package, as in `serde v1.0.1 (proc-macro)` and its licence behind a tab.
fn package(line: &str, registries: &[PathBuf]) -> Result<Package, Problem> {
    let (what, licence) = line.split_once('\t').unwrap_or((line, ""));
    let mut words = what.split_whitespace();
    let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let version = version.trim_start_matches('v');
    let folders = || registries.iter().map(|registry| registry.join(format!("{name}-{version}")));
    let folder = folders().find(|folder| folder.is_dir()).ok_or_else(|| Problem::Absent {
        path: folders().next().unwrap_or_default(),
        need: "the licence of a crate is taken from its sources, which Cargo keeps there",
    })?;
    let authors = authors(&folder.join("Cargo.toml"))?;
    Ok(Package { name: format!("{name} {version}"), licence: licence.to_owned(), authors, folder })
}

/// What Cargo's own writing of a manifest says: a list in brackets, on one line or on several.
fn authors(manifest: &Path) -> Result<String, Problem> {
    let text = fs::read_to_string(manifest).map_err(Problem::file(manifest))?;
    let list = text.split_once("\nauthors = [").and_then(|(_, rest)| rest.split_once(']'));
    let list = list.map_or("", |(list, _)| list);
    Ok(list.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(", "))
}

/// Where Cargo unpacks what it has fetched.
fn registries() -> Result<Vec<PathBuf>, Problem> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let sources = home.unwrap_or_default().join("registry/src");
    let entries = fs::read_dir(&sources).map_err(Problem::file(&sources))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}
