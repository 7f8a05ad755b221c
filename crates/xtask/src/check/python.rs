//! The comparisons with other people's geometry: `tests/*.py` in a venv of their own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::check::rust;
use crate::command::{program, run};
use crate::problem::Problem;
use crate::stamp::Stamp;
use crate::tree::Tree;

/// Runs every script, each given the program in `RANH_BIN` and the example in `RANH_DISTANCES`, and names those that
/// failed.
pub(crate) fn compare(tree: &Tree) -> Result<(), Problem> {
    let ranh = rust::binary(tree)?;
    let distances = rust::distances(tree)?;
    let python = venv(tree)?;
    let mut failed = Vec::new();
    for script in scripts(tree)? {
        let name = script.to_string_lossy();
        let mut command = program(&python.to_string_lossy(), &[&name], &tree.root);
        command.env("RANH_BIN", &ranh).env("RANH_DISTANCES", &distances);
        command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
        if let Err(problem) = run(&mut command) {
            println!("{problem}");
            failed.push(script.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Problem::Scripts { names: failed }) }
}

/// The interpreter of the venv, made anew when the requirements or Python itself have changed.
fn venv(tree: &Tree) -> Result<PathBuf, Problem> {
    let folder = tree.target.join("python");
    let requirements = tree.root.join("tests/requirements.txt");
    let version = crate::command::answer("python3", &["--version"]).unwrap_or_default();
    let stamp = Stamp::new(folder.join("stamp"), std::slice::from_ref(&requirements), &[], &version)?;
    let python = folder.join("bin/python");
    if stamp.holds() && python.exists() {
        return Ok(python);
    }
    run(&mut program("python3", &["-m", "venv", "--clear", &folder.to_string_lossy()], &tree.root))?;
    let wanted = ["-m", "pip", "install", "--quiet", "-r", &requirements.to_string_lossy()];
    run(&mut program(&python.to_string_lossy(), &wanted, &tree.root))?;
    stamp.press()?;
    Ok(python)
}

fn scripts(tree: &Tree) -> Result<Vec<PathBuf>, Problem> {
    let folder = tree.root.join("tests");
    let entries = fs::read_dir(&folder).map_err(Problem::file(&folder))?;
    let mut scripts: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    scripts.retain(|path| path.extension() == Some(Path::new("py").as_os_str()));
    scripts.sort();
    Ok(scripts)
}
