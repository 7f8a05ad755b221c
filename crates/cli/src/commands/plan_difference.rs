//! `ranh plan-difference`: how a land-use plan differs from the version before.

use std::io::Write;
use std::process::ExitCode;

use planning::{Parameter, Parameters};
use project::{DifferenceReport, DifferenceRequest, Project, write_changes_geojson, write_transitions_csv};
use spatial::Crs;

use super::text::line;
use crate::args::{DifferenceFormat, Language, PlanDifference};
use crate::failure::Failure;
use crate::output;
use crate::progress::Progress;

pub(crate) fn run(args: PlanDifference) -> Result<ExitCode, Failure> {
    let project = Project::open(&args.store)?;
    let progress = Progress::new("zones");
    let report = project.plan_difference(&DifferenceRequest {
        older: args.older,
        newer: args.newer,
        crs: args.crs,
        date: args.date,
        pack: args.pack,
        public: args.public,
        progress: Some(&|done, total| progress.update(done, total)),
        cancelled: None,
    })?;
    drop(progress);
    output::to_stdout(|out| match args.format {
        DifferenceFormat::Text => text(&report, args.lang, out),
        DifferenceFormat::Json => output::json(&server::difference_answer(&report, 0, usize::MAX), out),
        DifferenceFormat::Geojson => Ok(write_changes_geojson(&report, &Crs::wgs84(), out)?),
        DifferenceFormat::Csv => Ok(write_transitions_csv(&report, out)?),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn text(report: &DifferenceReport, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let messages = planning::messages()?;
    let difference = &report.difference;
    let mut say = |key: &str, parameters: Parameters| -> Result<(), Failure> {
        Ok(writeln!(out, "{}", line(messages, &format!("difference.{key}"), &parameters, language))?)
    };
    let area = |area_m2| Parameter::Area(area_m2);
    for transition in &difference.matrix {
        let key = if transition.from == transition.to { "stays" } else { "changes" };
        let codes = Parameters::new().name("from", &transition.from).name("to", &transition.to);
        say(key, codes.with("ha", area(transition.area_m2)))?;
    }
    for (plan, area_m2) in
        [(&report.older, difference.only_older_m2), (&report.newer, difference.only_newer_m2)]
    {
        say("only", Parameters::new().name("plan", plan).with("ha", area(area_m2)))?;
    }
    let count = |number: usize| Parameter::Count(number as u64);
    let slivers =
        Parameters::new().with("n", count(difference.slivers.0)).with("ha", area(difference.slivers.1));
    say("slivers", slivers)?;
    for zone in &report.newly_in_conflict {
        say("conflict", Parameters::new().name("zone", &zone.name).name("id", &zone.id))?;
    }
    let sums = Parameters::new()
        .with("n", count(difference.changes.len()))
        .with("zones", count(report.newly_in_conflict.len()))
        .name("crs", difference.crs.name())
        .name("pack", &report.pack);
    say("sum", sums)
}
