//! Packages from npm, exactly as the lock file says.

use std::path::Path;

use crate::command::{answer, program, run};
use crate::problem::Problem;
use crate::stamp::Stamp;

/// `npm ci` in a folder, unless the packages there are already those of its lock file.
pub(crate) fn install(folder: &Path) -> Result<(), Problem> {
    let lock = folder.join("package-lock.json");
    if !lock.is_file() {
        return Err(Problem::Absent { path: lock, need: "npm ci installs what it says" });
    }
    let sources = [folder.join("package.json"), lock];
    let stamp = Stamp::new(folder.join("node_modules/.lock-stamp"), &sources, &[], &version())?;
    if stamp.holds() {
        return Ok(());
    }
    run(&mut program("npm", &["ci", "--no-audit", "--no-fund"], folder))?;
    stamp.press()
}

/// Runs one of the folder's own scripts.
pub(crate) fn script(folder: &Path, name: &str) -> Result<(), Problem> {
    run(&mut program("npm", &["run", name], folder))
}

/// The version of Node.js, which packages may be built for.
pub(crate) fn version() -> String {
    answer("node", &["--version"]).unwrap_or_default()
}
