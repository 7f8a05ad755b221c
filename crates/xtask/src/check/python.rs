//! The comparisons with other people's geometry: `tests/*.py` in a venv of their own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check::rust;
use crate::command::{program, run};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{npm, venv};

/// Runs every script, each given the program in `RANH_BIN`, the examples in `RANH_DISTANCES` and `RANH_REPAIRS` and, in
/// `RANH_CONFORMANCE`, a Python with the tests of standards, and names those that failed.
pub(crate) fn compare(tree: &Tree) -> Result<(), Problem> {
    let ranh = rust::binary(tree)?;
    let [distances, repairs] = rust::examples(tree, ["distances", "repairs"])?;
    // Some scripts ask programs of Node too; without them they say what was not compared.
    if let Err(problem) = npm::install(&tree.root.join("tests/browser")) {
        println!("WITHOUT the packages of tests/browser: {problem}");
    }
    let python = venv::ensure(tree, "python", "tests/requirements.txt")?;
    let conformance = conformance(tree);
    let mut failed = Vec::new();
    for script in scripts(tree)? {
        let name = script.to_string_lossy();
        let mut command = program(&python.to_string_lossy(), &[&name], &tree.root);
        command.env("RANH_BIN", &ranh).env("RANH_DISTANCES", &distances).env("RANH_REPAIRS", &repairs);
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
        if let Some(judges) = &conformance {
            command.env("RANH_CONFORMANCE", judges);
        }
        if let Err(problem) = run(&mut command) {
            println!("{problem}");
            failed.push(script.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Problem::Scripts { names: failed }) }
}

/// A Python with the judges of the server's standards. They come from PyPI; where that cannot be reached the script says
/// loudly that it tested nothing.
fn conformance(tree: &Tree) -> Option<PathBuf> {
    let ensured = venv::ensure(tree, "conformance", "tests/conformance-requirements.txt");
    ensured.inspect_err(|problem| println!("The tests of standards cannot be installed: {problem}")).ok()
}

fn scripts(tree: &Tree) -> Result<Vec<PathBuf>, Problem> {
    let folder = tree.root.join("tests");
    let entries = fs::read_dir(&folder).map_err(Problem::file(&folder))?;
    let mut scripts: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    scripts.retain(|path| path.extension() == Some(Path::new("py").as_os_str()));
    scripts.sort();
    Ok(scripts)
}
