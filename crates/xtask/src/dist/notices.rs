//! What others wrote that is in the program, with its licence.

use std::collections::BTreeSet;

use crate::command::{cargo, failed};
use crate::problem::Problem;
use crate::tree::Tree;

/// One package a line: name, version, licence, where it comes from.
pub(crate) fn text(tree: &Tree) -> Result<String, Problem> {
    let form = "{p}\t{l}\t{r}";
    let arguments =
        ["tree", "-p", "cli", "-e", "normal", "--prefix", "none", "--no-dedupe", "--offline", "-f", form];
    let mut command = cargo(&arguments, &tree.root);
    let output = command.output();
    let output = output.map_err(|source| Problem::NotStarted { line: "cargo tree".into(), source })?;
    if !output.status.success() {
        return Err(failed(&command, output.status.code()));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    // Our own packages are named with their folder.
    let lines: BTreeSet<&str> = said.lines().filter(|line| !line.contains(" (/")).collect();
    let mut text = String::from(
        "The program contains these packages, each under its own licence, and the font Be Vietnam Pro under the SIL \
         Open Font License 1.1. SQLite is in the public domain; zstd is under BSD-3-Clause.\n\n",
    );
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    Ok(text)
}
