//! Registers in a few lines, and what the rules say of them.

use std::sync::Arc;

use planning::{CheckInput, CheckOptions, CheckOutcome, Collection, Finding, Register, UnitHistory, check};

/// The document that every statement below cites, and the beginning of a file.
const HEAD: &str = r#"
id = "test"
title = { vi = "Thử", en = "Test" }
[[document]]
id = "d"
kind = "decision"
number = "1/QĐ"
title = "Quyết định"
"#;

/// A register of these records; `SOURCE` stands for a citation.
pub(crate) fn register(records: &str) -> Register {
    let text = format!("{HEAD}\n{records}").replace("SOURCE", "source = { document = \"d\" }");
    Register::from_toml("test.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

/// A register judged on a day.
pub(crate) fn judge_on(records: &str, date: &str) -> CheckOutcome {
    judge_with(&[register(records)], Some(date), vec![], None)
}

/// A register judged without a day.
pub(crate) fn judge(records: &str) -> CheckOutcome {
    judge_with(&[register(records)], None, vec![], None)
}

pub(crate) fn judge_with(
    registers: &[Register],
    date: Option<&str>,
    collections: Vec<Collection>,
    units: Option<Arc<UnitHistory>>,
) -> CheckOutcome {
    let registers = registers.iter().cloned().map(Arc::new).collect();
    let options = CheckOptions { date: date.map(|date| date.parse().unwrap()), ..Default::default() };
    let outcome = check(&CheckInput { collections, registers, units }, &options);
    let texts = outcome.findings.iter().map(|finding| &finding.message);
    for text in texts.chain(outcome.skipped.iter().map(|skipped| &skipped.reason)) {
        for text in [&text.vi, &text.en] {
            assert!(!text.contains(['{', '}']) && !text.starts_with("rules."), "{text}");
            assert!(!text.starts_with("skipped.") && !text.contains("phrases."), "{text}");
        }
    }
    outcome
}

/// The findings of a rule.
pub(crate) fn findings(outcome: &CheckOutcome, rule: &str) -> Vec<Finding> {
    outcome.findings.iter().filter(|finding| finding.rule == rule).cloned().collect()
}

/// Its messages in Vietnamese.
pub(crate) fn messages(outcome: &CheckOutcome, rule: &str) -> Vec<String> {
    findings(outcome, rule).into_iter().map(|finding| finding.message.vi).collect()
}

/// Why a rule could not judge: (record, reason).
pub(crate) fn skipped(outcome: &CheckOutcome, rule: &str) -> Vec<(Option<String>, String)> {
    let said = outcome.skipped.iter().filter(|skipped| skipped.rule == rule);
    said.map(|skipped| (skipped.zone.clone(), skipped.reason.vi.clone())).collect()
}
