//! `ranh import`: files into a store, as one collection.

use std::process::ExitCode;

use planning::Visibility;
use project::{ImportReport, ImportRequest, RoleChoice, RoleSource, SourceLimits};

use crate::{
    args::{Import, RoleArg, VisibilityArg},
    failure::Failure,
    notes, output,
    progress::Progress,
};

pub(crate) fn run(args: Import) -> Result<ExitCode, Failure> {
    let progress = Progress::new("reading");
    let report = project::import(
        &args.store,
        &ImportRequest {
            files: args.files,
            collection: args.collection,
            role: match args.role {
                RoleArg::Auto => RoleChoice::Auto,
                RoleArg::Given(role) => RoleChoice::Given(role),
            },
            progress: Some(&|done, total| progress.update(done, total)),
            crs: args.crs,
            encoding: args.encoding,
            codes: args.codes.as_deref().map(project::level_codes).transpose()?,
            zone_kind: args.kind,
            layer: args.layer,
            sources: SourceLimits { worker: args.worker.limits(), ..SourceLimits::default() },
            visibility: args.visibility.map(|visibility| match visibility {
                VisibilityArg::Public => Visibility::Public,
                VisibilityArg::Internal => Visibility::Internal,
            }),
            ..ImportRequest::default()
        },
    )?;
    drop(progress);
    say_notes(&report);
    output::to_stdout(|out| {
        if args.json {
            return output::json(&report, out);
        }
        Ok(writeln!(out, "{}", words(&report))?)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn say_notes(report: &ImportReport) {
    for remark in &report.remarks {
        output::say(&remark.en);
    }
    for file in &report.files {
        for note in &file.notes.list {
            output::say(&format!("{}: {note}", file.path.display()));
        }
        for feature in file.problems.features.iter().filter(|feature| feature.is_invalid()) {
            let kinds: Vec<String> = feature.problems.iter().map(|p| format!("{:?}", p.kind)).collect();
            output::say(&format!(
                "{}: feature {}: invalid geometry ({}){}",
                file.path.display(),
                feature.feature,
                kinds.join(", "),
                notes::repair_words(feature)
            ));
        }
    }
}

fn words(report: &ImportReport) -> String {
    let why = match &report.role_source {
        RoleSource::Given => "given".to_owned(),
        RoleSource::File => "said by the file".to_owned(),
        RoleSource::Guessed(reason) => format!("guessed: {reason}"),
    };
    let skipped: u64 = report.files.iter().map(|file| file.skipped).sum();
    let skipped =
        if skipped == 0 { String::new() } else { format!(", {skipped} features could not be read") };
    let hidden = if report.visibility == Visibility::Internal { ", internal" } else { "" };
    format!(
        "{}: {} features as {} ({why}), {}{skipped}{hidden}; revision {}",
        report.collection,
        report.features,
        serde_json::to_value(report.role)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default(),
        report.crs,
        report.revision
    )
}
