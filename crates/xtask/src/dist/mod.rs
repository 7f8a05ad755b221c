//! `cargo xtask dist`: a Debian package that needs neither Rust, Node nor internet where it is installed.

mod bare;
mod notices;
mod package;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::command::{cargo, run as run_program};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, tools, web};

/// What `cargo xtask dist --help` says below the arguments.
pub(crate) const HELP: &str = "\
Examples:
  cargo xtask dist                  build the web map, the program and target/dist/ranh_VERSION_amd64.deb
  cargo xtask dist --check ROOT     and install it in a bare Debian (a folder as debootstrap makes it), start the
                                    unit's command line there and ask for the map and the API; needs root";

/// Builds the package, and tries it in a bare system where one is given.
pub(crate) fn run(tree: &Tree, bare: Option<&Path>, program: Option<PathBuf>) -> Result<ExitCode, Problem> {
    let program = program.map_or_else(|| build(tree), Ok)?;
    let package = package::build(tree, &program)?;
    println!("{}", package.display());
    if let Some(root) = bare {
        bare::check(tree, &package, root)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The program as it ships, with the web map in it.
fn build(tree: &Tree) -> Result<PathBuf, Problem> {
    debian::ensure(&[tools::COMPILER])?;
    tools::node()?;
    web::build(tree)?;
    run_program(&mut cargo(&["build", "--release", "-p", "cli", "--bin", "ranh"], &tree.root))?;
    Ok(tree.binary("release"))
}
