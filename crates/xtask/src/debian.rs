//! What comes from Debian's packages: said before it is installed, installed only where that is allowed.

use std::path::Path;

use crate::command;
use crate::problem::Problem;

/// A Debian package that a task needs.
pub(crate) struct Package {
    /// Its name, or several that belong together, separated by spaces.
    pub(crate) name: &'static str,
    /// What it is needed for, for the person to read.
    pub(crate) why: &'static str,
    /// Whether what it brings is there already, from Debian or from elsewhere.
    pub(crate) present: fn() -> bool,
}

/// Installs those packages that are missing, or says in one line how to.
pub(crate) fn ensure(packages: &[Package]) -> Result<(), Problem> {
    let missing: Vec<&Package> = packages.iter().filter(|package| !(package.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let what: Vec<String> =
        missing.iter().map(|package| format!("{} ({})", package.name, package.why)).collect();
    let what = what.join(", ");
    let names: Vec<&str> = missing.iter().flat_map(|package| package.name.split(' ')).collect();
    let Some(rights) = rights() else {
        return Err(Problem::Packages { what, line: install_line(&names) });
    };
    println!("Installing from Debian: {what}");
    install(rights, &names)
}

/// The line that installs the packages, for a person to type.
pub(crate) fn install_line(names: &[&str]) -> String {
    let sudo = if is_root() { "" } else { "sudo " };
    format!("{sudo}apt-get update && {sudo}apt-get install -y {}", names.join(" "))
}

/// The version that Debian would install, as `apt-cache policy` tells it.
pub(crate) fn candidate(package: &str) -> Option<String> {
    let policy = command::answer("apt-cache", &["policy", package])?;
    let line = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"))?;
    let version = line.trim();
    (version != "(none)").then(|| version.to_owned())
}

/// How this process may install packages; none when it may not, or when this is no Debian.
#[derive(Clone, Copy)]
pub(crate) enum Rights {
    /// Runs as root.
    Root,
    /// Sudo asks for no password.
    Sudo,
}

/// See [`Rights`].
pub(crate) fn rights() -> Option<Rights> {
    command::answer("apt-get", &["--version"])?;
    if is_root() {
        return Some(Rights::Root);
    }
    command::answer("sudo", &["-n", "true"]).map(|_| Rights::Sudo)
}

fn is_root() -> bool {
    command::answer("id", &["-u"]).as_deref() == Some("0")
}

/// Installs at once when the package lists are there, else (or when they turn out stale) updates them first.
pub(crate) fn install(rights: Rights, names: &[&str]) -> Result<(), Problem> {
    let arguments = [&["install", "-y", "--no-install-recommends"], names].concat();
    let listed = names.iter().all(|name| candidate(name).is_some());
    if listed && command::run(&mut apt(rights, &arguments)).is_ok() {
        return Ok(());
    }
    command::run(&mut apt(rights, &["update"]))?;
    command::run(&mut apt(rights, &arguments))
}

fn apt(rights: Rights, arguments: &[&str]) -> std::process::Command {
    let quiet = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
    let (name, before): (&str, &[&str]) = match rights {
        Rights::Root => ("env", &[]),
        Rights::Sudo => ("sudo", &["-n", "env"]),
    };
    command::program(name, &[before, &quiet, arguments].concat(), Path::new("."))
}
