//! `ranh check`: the zones of a store against its plan, land use and administrative units.

use std::{io::Write, ops::Add, process::ExitCode};

use planning::{CheckOutcome, Severity};
use project::{CheckRequest, CheckRun, Project, write_findings_csv, write_findings_geojson};
use spatial::Crs;

use crate::{
    args::{Check, CheckFormat, Language},
    failure::Failure,
    output,
    progress::Progress,
};

/// Exit code when there are findings of severity B or E.
const CONFLICTS: u8 = 1;

pub(crate) fn run(args: Check) -> Result<ExitCode, Failure> {
    let project = Project::open(&args.store)?;
    let progress = Progress::new("check");
    let run = project.check(&CheckRequest {
        rules: args.rules,
        plan: args.plan,
        date: args.date,
        pack: args.pack,
        progress: Some(&|done, total| progress.update(done, total)),
        ..CheckRequest::default()
    })?;
    drop(progress);
    output::to_stdout(|out| write(&run, args.format, args.lang, out))?;
    let grave = run.outcome.findings.iter().any(|f| matches!(f.severity, Severity::Block | Severity::Error));
    Ok(if grave { ExitCode::from(CONFLICTS) } else { ExitCode::SUCCESS })
}

fn write(
    run: &CheckRun,
    format: CheckFormat,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let findings = &run.outcome.findings;
    match format {
        CheckFormat::Text => text(&run.outcome, language, out),
        CheckFormat::Geojson => Ok(write_findings_geojson(findings, &Crs::wgs84(), out)?),
        CheckFormat::Csv => Ok(write_findings_csv(findings, out)?),
        CheckFormat::Json => {
            serde_json::to_writer(&mut *out, &server::check_answer(run, false))
                .map_err(|e| Failure::new(e.to_string()))?;
            Ok(writeln!(out)?)
        }
    }
}

fn text(outcome: &CheckOutcome, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let pick = |text: &planning::Text| match language {
        Language::Vi => text.vi.clone(),
        Language::En => text.en.clone(),
    };
    for finding in &outcome.findings {
        writeln!(out, "{} {} {}", severity(finding.severity), finding.rule, pick(&finding.message))?;
    }
    for skipped in &outcome.skipped {
        let zone = skipped.zone.as_deref().unwrap_or("-");
        writeln!(out, "- {} {zone}: {}", skipped.rule, pick(&skipped.reason))?;
    }
    Ok(writeln!(out, "{}", sum(outcome, language))?)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "B",
        Severity::Error => "E",
        Severity::Warning => "W",
        Severity::Info => "I",
    }
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
