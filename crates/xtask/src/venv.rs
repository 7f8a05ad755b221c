//! Python packages, each set in a venv of its own.

use std::path::{Path, PathBuf};

use crate::command::{answer, program, run};
use crate::problem::Problem;
use crate::stamp::Stamp;
use crate::tree::Tree;

/// The interpreter of the venv `name` in the target folder with what the file `requirements` (from the root) lists,
/// made anew when that or Python itself has changed.
pub(crate) fn ensure(tree: &Tree, name: &str, requirements: &str) -> Result<PathBuf, Problem> {
    let folder = tree.target.join(name);
    let requirements = tree.root.join(requirements);
    let version = answer("python3", &["--version"]).unwrap_or_default();
    let stamp = Stamp::new(folder.join("stamp"), std::slice::from_ref(&requirements), &[], &version)?;
    let python = folder.join("bin/python");
    if stamp.holds() && python.exists() {
        return Ok(python);
    }
    make(tree, &folder, &requirements, &python)?;
    stamp.press()?;
    Ok(python)
}

fn make(tree: &Tree, folder: &Path, requirements: &Path, python: &Path) -> Result<(), Problem> {
    run(&mut program("python3", &["-m", "venv", "--clear", &folder.to_string_lossy()], &tree.root))?;
    let wanted = ["-m", "pip", "install", "--quiet", "-r", &requirements.to_string_lossy()];
    run(&mut program(&python.to_string_lossy(), &wanted, &tree.root))
}
