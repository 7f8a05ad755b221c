//! `cargo xtask dist`: a Debian package that needs neither Rust, Node nor internet where it is installed.

mod asking;
mod backup;
mod bare;
mod notices;
mod package;
mod root;
mod sandbox;
mod syscalls;
mod unit;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::problem::Problem;
use crate::programs;
use crate::tree::Tree;

/// What `cargo xtask dist --help` says below the arguments.
pub(crate) const HELP: &str = "\
Examples:
  cargo xtask dist                  build the web map, the program and target/dist/ranh_VERSION_amd64.deb
  cargo xtask dist --check          and install it in a bare Debian 12 made by debootstrap, start the unit's command
                                    line there, ask for the map and the API, back up and restore; needs root
  cargo xtask dist --check ROOT     the same in a folder that debootstrap has made";

/// Where the package is tried.
#[derive(Clone, Debug)]
pub(crate) enum Bare {
    /// In a system made for it.
    Made,
    /// In this one.
    At(PathBuf),
}

/// Builds the package, and tries it in a bare system where that is asked for.
pub(crate) fn run(tree: &Tree, bare: Option<&Bare>, program: Option<PathBuf>) -> Result<ExitCode, Problem> {
    let program = program.map_or_else(|| programs::release(tree), Ok)?;
    let worker = tree.worker("release");
    let package = package::build(tree, &program, worker.as_deref(), package::Packed::Small)?;
    println!("{}", package.display());
    match bare {
        None => {}
        Some(Bare::Made) => bare::check(tree, &package, &root::fresh(tree)?)?,
        Some(Bare::At(root)) => bare::check(tree, &package, root)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The package made of a program that is there anyway, and tried; where a bare system cannot be had that is said, and
/// no fault.
pub(crate) fn try_out(tree: &Tree, program: &Path) -> Result<(), Problem> {
    let worker = tree.worker("debug");
    let package = package::build(tree, program, worker.as_deref(), package::Packed::Quickly)?;
    match root::fresh(tree) {
        Ok(root) => bare::check(tree, &package, &root),
        Err(problem) => {
            println!("THE PACKAGE WAS NOT TRIED: no bare Debian can be made here.\n{problem}");
            Ok(())
        }
    }
}
