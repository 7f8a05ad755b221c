//! The map in a real browser: `tests/browser`.

use crate::check::rust;
use crate::command::{program, run};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{npm, tools, web};

/// Runs the browser tests, which start the program named in `RANH_BIN` themselves.
pub(crate) fn tests(tree: &Tree) -> Result<(), Problem> {
    web::build(tree)?;
    let ranh = rust::binary(tree)?;
    let folder = tree.root.join("tests/browser");
    npm::install(&folder)?;
    let mut command = program("npm", &["test"], &folder);
    run(command.env("RANH_BIN", ranh).env("RANH_CHROMIUM", tools::browser()))
}
