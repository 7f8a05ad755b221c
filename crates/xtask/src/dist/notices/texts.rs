//! The texts of a package's licences.

use std::fs;
use std::path::{Path, PathBuf};

use super::Package;
use crate::problem::Problem;
use crate::tree::Tree;

/// How names of files begin that hold a licence or belong to it.
const NAMES: [&str; 6] = ["license", "licence", "copying", "notice", "unlicense", "copyright"];
/// Licences whose text stands at the head of the file that all this goes into.
const OWN: [&str; 2] = ["Apache-2.0", "MIT"];
/// Licences whose text is kept beside the package's other files.
const KEPT: [&str; 2] = ["BSD-2-Clause", "BSD-3-Clause"];

/// What the package says itself, else the text of the licence that it names.
pub(super) fn of(tree: &Tree, package: &Package) -> Result<Vec<String>, Problem> {
    let mut texts = Vec::new();
    for file in files(&package.folder)? {
        let bytes = fs::read(&file).map_err(Problem::file(&file))?;
        texts.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    if texts.is_empty() { named(tree, package).map(|text| vec![text]) } else { Ok(texts) }
}

/// Files with licences in a package's folder and, for what it brings along, one folder further down.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        if entry.is_dir() && !entry.ends_with("node_modules") {
            found.extend(entries(&entry)?.into_iter().filter(|file| is_licence(file)));
        } else if is_licence(&entry) {
            found.push(entry);
        }
    }
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = fs::read_dir(folder).map_err(Problem::file(folder))?;
    let mut all: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    all.sort();
    Ok(all)
}

fn is_licence(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_source = match name.rsplit_once('.') {
        // `LICENSE-APACHE2.0`, `LICENSE.BSD-3-Clause` and the like end in no kind of file.
        Some((_, ending)) => matches!(ending, "rs" | "js" | "ts" | "mjs" | "html" | "json" | "h" | "c"),
        None => false,
    };
    file.is_file() && !is_source && NAMES.iter().any(|begins| name.starts_with(begins))
}

/// The text of the licence that a package names without bringing its text.
fn named(tree: &Tree, package: &Package) -> Result<String, Problem> {
    let Package { name, licence, authors, .. } = package;
    let by = if authors.is_empty() { format!("the authors of {name}") } else { authors.clone() };
    // Any one of those will do for `A OR B`; of `A AND B` both would be needed, so that such a package must bring them.
    let choices: Vec<&str> = if licence.contains("AND") { Vec::new() } else { choices(licence) };
    if let Some(own) = OWN.into_iter().find(|own| choices.contains(own)) {
        return Ok(format!("Copyright (c) {by}\n\nUnder {own}, whose text stands above."));
    }
    let Some(kept) = KEPT.into_iter().find(|kept| choices.contains(kept)) else {
        return Err(Problem::NoLicence { package: name.clone(), licence: licence.clone() });
    };
    let path = tree.root.join(format!("crates/xtask/packaging/licences/{kept}.txt"));
    let text = fs::read_to_string(&path).map_err(Problem::file(&path))?;
    Ok(format!("Copyright (c) {by}\n\n{text}"))
}

fn choices(licence: &str) -> Vec<&str> {
    let words = licence.split([' ', '/', '(', ')']);
    words.filter(|word| !word.is_empty() && *word != "OR").collect()
}
