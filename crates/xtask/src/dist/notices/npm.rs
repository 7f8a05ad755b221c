//! Packages of the web map.

use std::fs;
use std::path::{Path, PathBuf};

use super::Package;
use crate::command::{failed, program};
use crate::problem::Problem;
use crate::tree::Tree;

/// Written by the web map's build: the folders of the packages that are in the bundle.
const BUNDLED: &str = "node_modules/.bundled-packages";
/// In the bundle as what `build/fonts.mjs` makes of it.
const FONT: &str = "node_modules/@expo-google-fonts/be-vietnam-pro";

/// What is in the bundle, with what that is made of; nothing where the program was built without the map.
pub(super) fn packages(tree: &Tree) -> Result<Vec<Package>, Problem> {
    let web = tree.web();
    if !tree.has_bundle() {
        println!("WITHOUT the licences of the web map, which the program does not have");
        return Ok(Vec::new());
    }
    let list = web.join(BUNDLED);
    let bundled = fs::read_to_string(&list).map_err(Problem::file(&list))?;
    let bundled = bundled.lines().map(|line| web.join(line));
    let mut folders: Vec<PathBuf> = bundled.chain([web.join(FONT)]).chain(needed(&web)?).collect();
    folders.sort();
    folders.dedup();
    folders.into_iter().map(package).collect()
}

/// What the map's packages bring along: some hold the others' code in their own files.
fn needed(web: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut command = program("npm", &["ls", "--omit=dev", "--all", "--parseable"], web);
    let output = command.output().map_err(|source| Problem::NotStarted { line: "npm ls".into(), source })?;
    if !output.status.success() {
        return Err(failed(&command, output.status.code()));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    // The first is the map itself.
    Ok(said.lines().map(PathBuf::from).filter(|folder| folder != web).collect())
}

fn package(folder: PathBuf) -> Result<Package, Problem> {
    let manifest = folder.join("package.json");
    let text = fs::read_to_string(&manifest).map_err(Problem::file(&manifest))?;
    let [name, version, licence] = ["name", "version", "license"].map(|key| field(&text, key));
    Ok(Package { name: format!("{name} {version}"), licence, authors: String::new(), folder })
}

/// A text at the top of a manifest: npm writes each on a line, indented by two.
fn field(manifest: &str, key: &str) -> String {
    let begins = format!("\"{key}\":");
    let line = manifest.lines().find_map(|line| line.trim_start().strip_prefix(&begins));
    line.and_then(|rest| rest.split('"').nth(1)).unwrap_or_default().to_owned()
}
