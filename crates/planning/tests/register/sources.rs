//! Every figure of the built-in registers stands in its source, word for word. The sources are not part of the
//! project: without them the test says so and passes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use planning::{Register, built_in_registers};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/sources");

/// All citations below a value, as (document, quote).
fn citations(value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| citations(value, found)),
        Value::Object(members) => {
            if let (Some(document), Some(quote)) = (members.get("document"), members.get("quote")) {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                found.push((text(document), text(quote)));
            }
            members.values().for_each(|value| citations(value, found));
        }
        _ => {}
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quotes(register: &Register) -> Vec<(String, String)> {
    let mut found = Vec::new();
    citations(&serde_json::to_value(register).unwrap(), &mut found);
    found
}

#[test]
fn every_quote_stands_in_its_source() {
    if !Path::new(FOLDER).is_dir() {
        eprintln!("SKIPPED: the reports are not at {FOLDER}; quotes were not compared");
        return;
    }
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut compared = 0;
    for register in built_in_registers().unwrap() {
        for (document, quote) in quotes(register) {
            let file = register.document(&document).and_then(|document| document.file.clone()).unwrap();
            let text = texts
                .entry(file)
                .or_insert_with_key(|file| plain(&fs::read_to_string(Path::new(FOLDER).join(file)).unwrap()));
            for fragment in quote.split('…') {
                assert!(text.contains(&plain(fragment)), "{}: {document}: {fragment}", register.id);
                compared += 1;
            }
        }
    }
    assert!(compared > 60, "{compared} fragments");
}

#[test]
fn every_statement_has_words_and_every_report_a_file() {
    for register in built_in_registers().unwrap() {
        assert!(quotes(register).iter().all(|(_, quote)| !quote.trim().is_empty()), "{}", register.id);
        let read = register.documents.iter().filter(|document| document.source.is_none());
        assert!(read.clone().count() > 0 && read.clone().all(|document| document.file.is_some()));
    }
}
