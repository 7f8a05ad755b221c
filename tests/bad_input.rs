//! Malformed GeoJSON through the program: `ranh overlaps` ends with the right code and the right message, and never
//! with a panic. With `--nocapture` it prints the whole table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests")]
#![allow(unreachable_pub, dead_code, reason = "the table is a module of several test programs")]

#[path = "bad_input/mod.rs"]
mod bad_input;

use std::fs;
use std::process::{Command, Output};

use bad_input::{Case, cases};

/// What the program made of one input.
struct Seen {
    exit: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(case: &Case, folder: &std::path::Path) -> Seen {
    let file = folder.join("input.geojson");
    fs::write(&file, &case.bytes).unwrap();
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_ranh")).arg("overlaps").arg(&file).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Seen { exit: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// The line of standard error that says what the case is about.
fn told<'s>(case: &Case, seen: &'s Seen) -> Option<&'s str> {
    seen.stderr.lines().find(|line| line.contains(case.says))
}

/// What differs from the expectation, in words.
fn faults(case: &Case, seen: &Seen) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |right: bool, what: String| {
        if !right {
            faults.push(what);
        }
    };
    expect(
        seen.exit == Some(case.exit.into()),
        format!("exit code {:?} instead of {}", seen.exit, case.exit),
    );
    expect(told(case, seen).is_some(), format!("\"{}\" is not said", case.says));
    expect(!seen.stderr.contains("panicked"), "a panic".into());
    if case.exit == 0 {
        let read = format!(", of {} features", case.features);
        expect(seen.stderr.contains(&read), format!("not {} features", case.features));
        expect(seen.stdout.starts_with("subject_id,reference_id,"), "no CSV header".into());
    } else {
        expect(seen.stdout.is_empty(), "something on standard output".into());
        expect(seen.stderr.lines().count() == 1, "more than one line of explanation".into());
    }
    faults
}

#[test]
fn each_malformed_input_has_its_exit_code_and_message() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    println!("| # | input | bytes | exit | features read | message |\n|---|---|---|---|---|---|");
    for (number, case) in (1..).zip(cases()) {
        let seen = run(&case, folder.path());
        let message = told(&case, &seen).unwrap_or("").rsplit("input.geojson: ").next().unwrap_or("");
        let (name, bytes, exit) = (case.name, case.bytes.len(), case.exit);
        println!("| {number} | {name} | {bytes} | {exit} | {} | {message} |", case.features);
        let faults = faults(&case, &seen);
        if !faults.is_empty() {
            wrong.push(format!("{name}: {}\n{}", faults.join(", "), seen.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
