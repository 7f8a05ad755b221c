//! The checks of the Rust side.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{self, answer, is_ci, run};
use crate::problem::Problem;
use crate::tools;
use crate::tree::Tree;

/// `cargo fmt`, changing nothing.
pub(crate) fn fmt(tree: &Tree) -> Result<(), Problem> {
    run(&mut command::cargo(&["fmt", "--all", "--check"], &tree.root))
}

/// Clippy over everything, tests too.
pub(crate) fn clippy(tree: &Tree) -> Result<(), Problem> {
    let arguments = [crates(), &["--all-targets", "--", "-D", "warnings"]].concat();
    run(&mut cargo(tree, &["clippy"], &arguments))
}

/// All tests, by nextest, or by Cargo itself where nextest cannot be had.
pub(crate) fn tests(tree: &Tree) -> Result<(), Problem> {
    if has_nextest(tree) {
        return run(&mut cargo(tree, &["nextest", "run"], &[crates(), &["--no-fail-fast"]].concat()));
    }
    println!("cargo-nextest could not be installed; the tests run by `cargo test` instead.");
    let targets = [crates(), &["--lib", "--bins", "--tests", "--no-fail-fast"]].concat();
    run(&mut cargo(tree, &["test"], &targets))
}

/// All crates; where there is no GDAL, all but the one that links it.
fn crates() -> &'static [&'static str] {
    if tools::has_libgdal() {
        return &["--workspace"];
    }
    println!("WITHOUT crates/gdal-worker, neither built nor tested: there is no libgdal-dev.");
    &["--workspace", "--exclude", "gdal-worker"]
}

/// The examples in the documentation, which nextest does not run.
pub(crate) fn doc(tree: &Tree) -> Result<(), Problem> {
    run(&mut cargo(tree, &["test"], &[crates(), &["--doc"]].concat()))
}

/// The program for the tests outside Rust, with the worker beside it where that can be built.
pub(crate) fn binary(tree: &Tree) -> Result<PathBuf, Problem> {
    build(tree)?;
    Ok(tree.binary("debug"))
}

/// Examples of the crate `spatial`: what the engine answers that no command of `ranh` asks.
pub(crate) fn examples<const N: usize>(tree: &Tree, names: [&str; N]) -> Result<[PathBuf; N], Problem> {
    build(tree)?;
    Ok(names.map(|name| tree.target.join("debug/examples").join(name)))
}

/// Out of all crates, and with examples, as nextest builds them: a selection of crates would give dependencies other
/// features, and everything would be built a second time.
fn build(tree: &Tree) -> Result<(), Problem> {
    let worker: &[&str] = if tools::has_libgdal() { &["--bin", "ranh-gdal"] } else { &[] };
    run(&mut cargo(tree, &["build"], &[crates(), &["--bin", "ranh", "--examples"], worker].concat()))
}

fn has_nextest(tree: &Tree) -> bool {
    let present = || answer("cargo", &["nextest", "--version"]).is_some();
    if present() {
        return true;
    }
    println!("Installing cargo-nextest, which runs the tests (once, some minutes).");
    let mut install = command::cargo(&["install", "--locked", "cargo-nextest"], &tree.root);
    run(&mut install).is_ok() && present()
}

/// A build. In CI the lock file is taken as it stands; where the bundle could not be built the server is
/// built without it, so that this step tells of its own faults and not of the bundle's again.
fn cargo(tree: &Tree, verb: &[&str], arguments: &[&str]) -> Command {
    let locked: &[&str] = if is_ci() { &["--locked"] } else { &[] };
    let mut command = command::cargo(&[verb, locked, arguments].concat(), &tree.root);
    if !tree.has_bundle() {
        command.env("RANH_ALLOW_NO_WEB", "1");
    }
    command
}
