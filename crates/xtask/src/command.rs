//! Starting other programs: shown before, judged after.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::problem::Problem;

/// A program to run in a folder, with nothing to read from and without Cargo's variables about xtask
/// itself, which would make a nested build look different from the same build typed by hand.
pub(crate) fn program(name: &str, arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for (key, _) in env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&key);
        }
    }
    command
}

/// The same Cargo that started xtask.
pub(crate) fn cargo(arguments: &[&str], folder: &Path) -> Command {
    let name = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    program(&name, arguments, folder)
}

/// Whether this is a run of the continuous integration.
pub(crate) fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// The command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut line = name.to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

/// Says what is run, runs it with its output going to the terminal, and fails when it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), Problem> {
    println!("$ {}", shown(command));
    let status = command.status().map_err(|source| Problem::NotStarted { line: shown(command), source })?;
    if status.success() { Ok(()) } else { Err(failed(command, status.code())) }
}

/// Like [`run`], for programs whose exit code says more than yes or no (none when a signal ended it), and whose
/// standard output is wanted.
pub(crate) fn run_for_words(command: &mut Command) -> Result<(Option<i32>, String), Problem> {
    println!("$ {}", shown(command));
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|source| Problem::NotStarted { line: shown(command), source })?;
    Ok((output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The problem of a command that ended with `code`.
pub(crate) fn failed(command: &Command, code: Option<i32>) -> Problem {
    let ending = code.map_or_else(|| "ended by a signal".to_owned(), |code| format!("exit code {code}"));
    Problem::Failed { line: shown(command), ending }
}

/// What a program prints, or none when it is missing or fails: for asking about versions.
pub(crate) fn answer(name: &str, arguments: &[&str]) -> Option<String> {
    let mut command = program(name, arguments, Path::new("."));
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
