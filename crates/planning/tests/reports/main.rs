//! The figures of five public reports, judged by the rules. Each test is named after the report's file.

#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(clippy::print_stderr, reason = "a test without its data says so")]

mod report_000_c847eb6e0b943913;
mod report_001_c1ada3e9583260e8;
mod report_002_24ed09202418629a;
mod report_003_5dd33d7aeff80c5f;
mod report_004_d43f10f6b518d8a6;

use std::sync::Arc;

use planning::{
    Aggregate, CheckInput, CheckOptions, CheckOutcome, Finding, Register, UnitHistory, built_in_registers,
    check,
};

/// The built-in register of an identifier.
fn register(id: &str) -> &'static Register {
    built_in_registers().unwrap().iter().find(|register| register.id == id).unwrap()
}

fn total<'a>(register: &'a Register, id: &str) -> &'a Aggregate {
    register.aggregates.iter().find(|aggregate| aggregate.id == id).unwrap()
}

fn judged(id: &str, date: &str, units: Option<Arc<UnitHistory>>) -> CheckOutcome {
    let registers = vec![Arc::new(register(id).clone())];
    let options = CheckOptions { date: Some(date.parse().unwrap()), ..Default::default() };
    check(&CheckInput { registers, units, ..CheckInput::default() }, &options)
}

fn findings(outcome: &CheckOutcome, rule: &str) -> Vec<Finding> {
    outcome.findings.iter().filter(|finding| finding.rule == rule).cloned().collect()
}

/// The only finding of a rule.
fn only(outcome: &CheckOutcome, rule: &str) -> Finding {
    let mut found = findings(outcome, rule);
    assert_eq!(found.len(), 1, "{rule}");
    found.remove(0)
}
