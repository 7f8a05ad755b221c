//! `ranh overlaps`: every pair of features that overlap, from one file or two.

use std::{
    io::Write,
    ops::Add,
    path::{Path, PathBuf},
    process::ExitCode,
};

use project::{
    OverlapsReport, OverlapsRequest, Proofs, Stage, write_overlaps_csv, write_overlaps_flatgeobuf,
    write_overlaps_geojson,
};

use crate::{args::Overlaps, failure::Failure, notes, output, progress::Progress};

/// Form of a table of pairs or findings.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Csv,
    GeoJson,
    FlatGeobuf,
}

pub(crate) fn run(args: Overlaps) -> Result<ExitCode, Failure> {
    // Asked before the work, so that a wrong name costs nothing.
    let form = args.out.as_deref().map_or(Ok(Form::Csv), form)?;
    let progress = Progress::new("overlaps");
    let mut report = project::overlaps(&OverlapsRequest {
        crs: args.crs,
        subject: args.subject,
        subject_crs: args.source_crs,
        reference: args.reference,
        reference_crs: args.reference_crs,
        id_field: args.id_field,
        area_only: args.area_only,
        prove: !args.no_proof,
        self_check: args.self_check,
        repair: args.repair,
        threads: args.threads,
        progress: Some(&|done, total| progress.update(done, total)),
        ..OverlapsRequest::default()
    })?;
    drop(progress);
    output::say(&format!("working CRS {} ({})", report.crs.name(), report.crs_reason));
    notes::say(&report);
    write(&mut report, form, args.out.as_deref())?;
    output::say(&sum(&report));
    for line in proved(&report.proofs) {
        output::say(&line);
    }
    if args.timings {
        output::say(&serde_json::to_string(&report.timings).map_err(|e| Failure::new(e.to_string()))?);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn form(out: &Path) -> Result<Form, Failure> {
    match out.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(Form::Csv),
        Some("geojson" | "json") => Ok(Form::GeoJson),
        Some("fgb") => Ok(Form::FlatGeobuf),
        _ => Err(Failure::new(format!("{}: name a file that ends in .csv, .geojson or .fgb", out.display()))),
    }
}

fn write(report: &mut OverlapsReport, form: Form, out: Option<&Path>) -> Result<(), Failure> {
    let mut timings = std::mem::take(&mut report.timings);
    let written = timings.time(Stage::Write, || {
        let pairs = |out: &mut dyn Write| {
            match form {
                Form::Csv => write_overlaps_csv(report, out)?,
                Form::GeoJson => write_overlaps_geojson(report, out)?,
                Form::FlatGeobuf => write_overlaps_flatgeobuf(report, out)?,
            }
            Ok(())
        };
        match out {
            None => output::to_stdout(pairs),
            Some(path) => {
                output::to_file(path, pairs)?;
                output::to_file(&beside(path), |out| notes::write(report, out))
            }
        }
    });
    report.timings = timings;
    written
}

/// `pairs.csv` → `pairs.notes.json`.
pub(super) fn beside(out: &Path) -> PathBuf {
    out.with_extension("notes.json")
}

fn sum(report: &OverlapsReport) -> String {
    // Not `sum`: that of nothing is −0.
    let area_m2 = report.rows.iter().map(|row| row.area_m2).fold(0.0, Add::add);
    let against = report.reference.as_ref().map_or(String::new(), |r| format!(" × {}", r.features));
    format!(
        "{} overlaps, {:.4} ha, of {}{against} features",
        report.rows.len(),
        area_m2 / 10_000.0,
        report.subject.features
    )
}

/// How well the areas add up, and how well the two engines agree.
fn proved(proofs: &Proofs) -> Vec<String> {
    let residual = proofs.worst().map(|worst| {
        format!(
            "proof: overlaps - multiple + uncovered = area for {} subjects; largest residual {:.1e} m2 ({}: {:.4} - \
             {:.4} + {:.4} against {:.4} m2)",
            proofs.subjects.len(),
            worst.residual_m2.abs(),
            worst.subject_id,
            worst.overlaps_m2,
            worst.multiple_m2,
            worst.uncovered_m2,
            worst.area_m2
        )
    });
    let compared = (proofs.compared_pairs > 0).then(|| {
        format!(
            "self-check: {} pairs measured without and with their shape; largest difference {:.1e} m2",
            proofs.compared_pairs, proofs.largest_difference_m2
        )
    });
    residual.into_iter().chain(compared).collect()
}
