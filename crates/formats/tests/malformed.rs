//! The table of malformed inputs, read in this process: each with its code, its message and what is read all the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(unreachable_pub, reason = "the table is a module of two test programs")]

#[path = "../../../tests/bad_input/mod.rs"]
mod bad_input;

use std::collections::BTreeSet;

use bad_input::{Case, cases};
use formats::{Document, Limits, ReadError, read_layer};

/// What differs from the expectation, in words; `None` if nothing does.
fn fault(case: &Case, outcome: &Result<Document, ReadError>) -> Option<String> {
    match (outcome, case.exit) {
        (Err(error), 2) => {
            let says = error.to_string();
            (error.code() != case.code || !says.contains(case.says))
                .then(|| format!("{}: {says}", error.code()))
        }
        (Ok(document), 0) => {
            let features = document.layer.features.len();
            let told = document
                .notes
                .list
                .iter()
                .any(|n| n.kind.code() == case.code && n.message.contains(case.says));
            (features != case.features || !told)
                .then(|| format!("{features} features, {:#?}", document.notes.list))
        }
        (Err(error), _) => Some(format!("refused with {}: {error}", error.code())),
        (Ok(document), _) => Some(format!("read {} features", document.layer.features.len())),
    }
}

#[test]
fn each_malformed_input_has_its_message() {
    let mut faults = Vec::new();
    for case in cases() {
        let outcome = read_layer(case.bytes.as_slice(), &Limits::default());
        if let Some(fault) = fault(&case, &outcome) {
            faults.push(format!("{} should be {} \"{}\", but: {fault}", case.name, case.code, case.says));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn no_two_inputs_are_of_one_kind() {
    let all = cases();
    let names: BTreeSet<_> = all.iter().map(|case| case.name).collect();
    let kinds: BTreeSet<_> = all.iter().map(|case| (case.code, case.says)).collect();
    assert_eq!(names.len(), all.len());
    assert!(all.len() >= 40);
    assert_eq!(kinds.len(), all.len(), "two cases have one message");
}

#[test]
fn a_document_cut_anywhere_gives_its_first_features_or_an_error() {
    let whole = cases().into_iter().find(|case| case.name == "same id twice").unwrap().bytes;
    let ends: Vec<_> = (0..whole.len()).filter(|at| whole[..*at].ends_with(b"}}")).collect();
    for cut in 0..whole.len() {
        let complete = ends.iter().filter(|end| **end <= cut).count();
        match read_layer(&whole[..cut], &Limits::default()) {
            Ok(document) => assert_eq!(document.layer.features.len(), complete, "cut at {cut}"),
            Err(_) => assert_eq!(complete, 0, "cut at {cut}"),
        }
    }
}
