//! `ranh findings`: list, decide, history, changes.

use std::process::ExitCode;

use planning::{Change, Decision, Finding, FindingState, Messages, Severity, Standings, Text};
use project::{Project, ProjectError, Snapshot};

use super::check::{pick, write_findings};
use crate::{
    args::{FindingChanges, FindingDecide, FindingHistory, FindingList, Findings, SeverityCode},
    failure::Failure,
    output,
};

pub(crate) fn run(command: Findings) -> Result<ExitCode, Failure> {
    match command {
        Findings::List(args) => list(&args),
        Findings::Decide(args) => decide(args),
        Findings::History(args) => history(&args),
        Findings::Changes(args) => changes(&args),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn list(args: &FindingList) -> Result<(), Failure> {
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let found: Vec<&Finding> =
        findings(&snapshot).filter(|finding| is_wanted(finding, &snapshot, args)).collect();
    output::to_stdout(|out| write_findings(&found, &snapshot, args.format, args.lang, out))
}

fn findings(snapshot: &Snapshot) -> impl Iterator<Item = &Finding> {
    snapshot.check.iter().flat_map(|run| &run.outcome.findings)
}

fn is_wanted(finding: &Finding, snapshot: &Snapshot, args: &FindingList) -> bool {
    let zone = |id: &String| finding.zone.as_ref().is_some_and(|zone| zone.id == *id);
    (args.state.is_empty() || args.state.contains(&state(&snapshot.standings, finding)))
        && (args.severity.is_empty() || args.severity.contains(&code(finding.severity)))
        && (args.rule.is_empty() || args.rule.contains(&finding.rule))
        && args.zone.as_ref().is_none_or(zone)
}

fn code(severity: Severity) -> SeverityCode {
    match severity {
        Severity::Block => SeverityCode::B,
        Severity::Error => SeverityCode::E,
        Severity::Warning => SeverityCode::W,
        Severity::Info => SeverityCode::I,
    }
}

/// Where a finding stands.
pub(super) fn state(standings: &Standings, finding: &Finding) -> FindingState {
    standings.get(&finding.id).map_or(FindingState::New, |standing| standing.state)
}

fn decide(args: FindingDecide) -> Result<(), Failure> {
    let FindingDecide { findings, store, state, document, person, until, reason, lang } = args;
    let decision = Decision { state, document, person, until, reason };
    let events = Project::open(&store)?.decide(&findings, decision, None)?;
    output::to_stdout(|out| {
        let messages = messages()?;
        events.iter().try_for_each(|event| {
            Ok(writeln!(out, "{} {}", event.finding, pick(&event.change.text(messages), lang))?)
        })
    })
}

fn history(args: &FindingHistory) -> Result<(), Failure> {
    let events = Project::open(&args.store)?.finding_history(&args.finding)?;
    output::to_stdout(|out| {
        let messages = messages()?;
        events.iter().try_for_each(|event| {
            let text = event.change.text(messages);
            let words = pick(&text, args.lang);
            let reason = match &event.change {
                Change::Decided(Decision { reason: Some(reason), .. }) => format!(" ({reason})"),
                _ => String::new(),
            };
            Ok(writeln!(out, "{} #{} {words}{reason}", event.at, event.run)?)
        })
    })
}

fn changes(args: &FindingChanges) -> Result<(), Failure> {
    let project = Project::open(&args.store)?;
    let (changes, snapshot) = (project.run_changes(args.run)?, project.snapshot()?);
    let message = |id: &str| findings(&snapshot).find(|finding| finding.id == id).map(|f| f.message.clone());
    output::to_stdout(|out| {
        let messages = messages()?;
        for id in &changes.found {
            let said = message(id).unwrap_or_else(|| Text::same(String::new()));
            writeln!(out, "+ {id} {}", pick(&said, args.lang))?;
        }
        for (id, because) in &changes.reopened {
            writeln!(out, "! {id} {}", pick(&because.text(messages), args.lang))?;
        }
        for finding in &changes.closed {
            let said = pick(&finding.message, args.lang);
            writeln!(out, "- {} {} {} {said}", finding.id, finding.severity.code(), finding.rule)?;
        }
        Ok(())
    })
}

pub(super) fn messages() -> Result<&'static Messages, Failure> {
    Ok(planning::messages().map_err(ProjectError::from)?)
}
