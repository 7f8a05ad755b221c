//! `ranh check`: the zones of a store against its plan, land use and administrative units.

use std::{io::Write, ops::Add, process::ExitCode, sync::Arc};

use planning::{CheckInput, CheckOutcome, Finding, FindingState, Messages, Severity, Text};
use project::{
    CheckRequest, CheckRun, Project, Snapshot, public_input, write_findings_csv, write_findings_geojson,
};
use spatial::Crs;

use super::findings::{messages, state};
use crate::{
    args::{Check, CheckFormat, Language},
    failure::Failure,
    output,
    progress::Progress,
    skipped,
};

/// Exit code when there are findings of severity B or E that are not waived.
const CONFLICTS: u8 = 1;

pub(crate) fn run(args: Check) -> Result<ExitCode, Failure> {
    let project = Project::open(&args.store)?;
    let progress = Progress::new("check");
    let run = project.check(&CheckRequest {
        rules: args.rules,
        plan: args.plan,
        zones: args.zones,
        public: args.public,
        date: args.date,
        pack: args.pack,
        progress: Some(&|done, total| progress.update(done, total)),
        ..CheckRequest::default()
    })?;
    drop(progress);
    let mut snapshot = Snapshot::clone(&*project.snapshot()?);
    if args.public {
        // Who decided what on which paper is the staff's.
        snapshot.standings = Arc::default();
    }
    let whole = snapshot.check_input();
    let input = if args.public { public_input(&whole)? } else { whole };
    let explained = args.explain.then(|| explained(&input, &run.outcome)).transpose()?;
    output::to_stdout(|out| write(&run, &snapshot, args.format, args.lang, explained.as_deref(), out))?;
    let is_grave = |f: &Finding| matches!(f.severity, Severity::Block | Severity::Error);
    let is_open = |f: &Finding| state(&snapshot.standings, f) != FindingState::Waived;
    let grave = run.outcome.findings.iter().any(|f| is_grave(f) && is_open(f));
    Ok(if grave { ExitCode::from(CONFLICTS) } else { ExitCode::SUCCESS })
}

fn write(
    run: &CheckRun,
    snapshot: &Snapshot,
    format: CheckFormat,
    language: Language,
    explained: Option<&[Vec<Text>]>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let findings: Vec<&Finding> = run.outcome.findings.iter().collect();
    match format {
        CheckFormat::Json => {
            let stale = run.id > 0 && snapshot.check_is_stale();
            output::json(&server::check_answer(run, &snapshot.standings, stale, usize::MAX), out)
        }
        CheckFormat::Text => {
            let messages = messages()?;
            for (at, finding) in findings.into_iter().enumerate() {
                line(finding, snapshot, messages, language, out)?;
                for told in explained.and_then(|explained| explained.get(at)).into_iter().flatten() {
                    writeln!(out, "    {}", pick(told, language))?;
                }
            }
            text(&run.outcome, language, out)
        }
        CheckFormat::Geojson | CheckFormat::Csv => write_findings(&findings, snapshot, format, language, out),
    }
}

/// Findings in one of the forms: text without the run's sum.
pub(super) fn write_findings(
    findings: &[&Finding],
    snapshot: &Snapshot,
    format: CheckFormat,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (each, standings) = (findings.iter().copied(), &snapshot.standings);
    match format {
        CheckFormat::Text => {
            let messages = messages()?;
            findings.iter().try_for_each(|finding| line(finding, snapshot, messages, language, out))
        }
        CheckFormat::Geojson => Ok(write_findings_geojson(each, standings, &Crs::wgs84(), out)?),
        CheckFormat::Csv => Ok(write_findings_csv(each, standings, out)?),
        CheckFormat::Json => output::json(&server::findings_answer(each, standings), out),
    }
}

/// `E LUP-01 3f2a… [waived] 12.00 ha are planned LUC`; what is new has no state in brackets.
fn line(
    finding: &Finding,
    snapshot: &Snapshot,
    messages: &Messages,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let state = match state(&snapshot.standings, finding) {
        FindingState::New => String::new(),
        state => format!("[{}] ", pick(&state.text(messages), language)),
    };
    let (severity, rule, id) = (finding.severity.code(), &finding.rule, &finding.id);
    Ok(writeln!(out, "{severity} {rule} {id} {state}{}", pick(&finding.message, language))?)
}

/// A text in the language asked for.
pub(super) fn pick(text: &Text, language: Language) -> &str {
    match language {
        Language::Vi => &text.vi,
        Language::En => &text.en,
    }
}

/// The lines that explain each finding, but for the one that says its message again.
fn explained(input: &CheckInput, outcome: &CheckOutcome) -> Result<Vec<Vec<Text>>, Failure> {
    let each = |finding: &Finding| {
        let mut lines = planning::explain(finding, outcome, &input.collections)?;
        lines.retain(|line| !line.vi.contains(&finding.message.vi));
        Ok(lines)
    };
    let lines: Result<_, planning::DataError> = outcome.findings.iter().map(each).collect();
    lines.map_err(|error| Failure::new(error.to_string()))
}

fn text(outcome: &CheckOutcome, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    for line in skipped::lines(&outcome.skipped, language) {
        writeln!(out, "{line}")?;
    }
    Ok(writeln!(out, "{}", sum(outcome, language))?)
}
fn sum(outcome: &CheckOutcome, language: Language) -> String {
    let count = |severity| outcome.findings.iter().filter(|f| f.severity == severity).count();
    let counts = format!(
        "B {} · E {} · W {} · I {}",
        count(Severity::Block),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info)
    );
    // Not `sum`: that of nothing is −0.
    let slivers_ha = outcome.slivers.iter().map(|s| s.area_m2).fold(0.0, Add::add) / 10_000.0;
    let (n, judged, total) = (outcome.slivers.len(), outcome.zones_judged, outcome.zones_total);
    let plan = outcome.plan.as_deref().unwrap_or("-");
    match language {
        Language::Vi => format!(
            "{judged}/{total} khu đã kiểm theo {plan}, bộ quy tắc {}: {counts}; {n} mảnh vụn ({slivers_ha:.4} ha) không tính là phát hiện",
            outcome.pack
        ),
        Language::En => format!(
            "{judged}/{total} zones checked against {plan}, rules {}: {counts}; {n} slivers ({slivers_ha:.4} ha) are not findings",
            outcome.pack
        ),
    }
}
