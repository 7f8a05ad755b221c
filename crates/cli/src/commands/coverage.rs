//! `ranh coverage`: whether the features of a file tile their area.

use std::{io::Write, path::Path, process::ExitCode};

use project::{
    CoverageKind, CoverageReport, CoverageRequest, CoverageRow, LayerReport, Stage, write_coverage_csv,
    write_coverage_flatgeobuf, write_coverage_geojson,
};
use serde_json::{Value, json};

use super::overlaps::{Form, beside, form};
use crate::{args::Coverage, failure::Failure, notes, output, progress::Progress};

/// Largest widths are at most this share too small: better than any border is known.
const WIDTH_PRECISION: f64 = 0.01;
const M2_PER_HA: f64 = 10_000.0;
const M_PER_KM: f64 = 1_000.0;

pub(crate) fn run(args: Coverage) -> Result<ExitCode, Failure> {
    // Asked before the work, so that a wrong name costs nothing.
    let form = args.out.as_deref().map_or(Ok(Form::Csv), form)?;
    let progress = Progress::new("coverage");
    let mut report = project::coverage(&CoverageRequest {
        crs: args.crs,
        file: args.file,
        source_crs: args.source_crs,
        scope: args.scope,
        scope_crs: args.scope_crs,
        tolerance_m: args.tolerance,
        least_elongation: args.elongation,
        width_precision: WIDTH_PRECISION,
        id_field: args.id_field,
        threads: args.threads,
        progress: Some(&|done, total| progress.update(done, total)),
        ..CoverageRequest::default()
    })?;
    drop(progress);
    output::say(&format!("working CRS {} ({})", report.crs.name(), report.crs_reason));
    notes::say_of(layers(&report));
    write(&mut report, form, args.out.as_deref())?;
    summary(&report).iter().for_each(|line| output::say(line));
    if args.timings {
        output::say(&serde_json::to_string(&report.timings).map_err(|e| Failure::new(e.to_string()))?);
    }
    Ok(ExitCode::SUCCESS)
}

fn layers(report: &CoverageReport) -> impl Iterator<Item = &LayerReport> {
    std::iter::once(&report.layer).chain(report.scope.as_ref())
}

fn write(report: &mut CoverageReport, form: Form, out: Option<&Path>) -> Result<(), Failure> {
    let mut timings = std::mem::take(&mut report.timings);
    let written = timings.time(Stage::Write, || {
        let findings = |out: &mut dyn Write| {
            match form {
                Form::Csv => write_coverage_csv(report, out)?,
                Form::GeoJson => write_coverage_geojson(report, out)?,
                Form::FlatGeobuf => write_coverage_flatgeobuf(report, out)?,
            }
            Ok(())
        };
        match out {
            None => output::to_stdout(findings),
            Some(path) => {
                output::to_file(path, findings)?;
                output::to_file(&beside(path), |out| write_notes(report, out))
            }
        }
    });
    report.timings = timings;
    written
}

/// `{"crs", "crs_reason", "files": […], "notes": […], "totals", "scope"}`.
fn write_notes(report: &CoverageReport, out: &mut dyn Write) -> Result<(), Failure> {
    let files: Vec<Value> = layers(report).map(notes::file).collect();
    let notes: Vec<Value> = layers(report).flat_map(notes::entries).collect();
    let whole = json!({ "crs": report.crs.name(), "crs_reason": report.crs_reason.to_string(),
        "files": files, "notes": notes, "totals": report.totals, "scope": report.scope_cover });
    serde_json::to_writer_pretty(&mut *out, &whole).map_err(|e| Failure::new(e.to_string()))?;
    Ok(writeln!(out)?)
}

/// What was found, in a few lines.
fn summary(report: &CoverageReport) -> Vec<String> {
    let totals = &report.totals;
    let shared = 100.0 * totals.matched_edges as f64 / totals.edges.max(1) as f64;
    let mut lines = vec![
        format!(
            "{} features, {} edges, {shared:.2} % of them shared exactly; outer boundary {:.3} km",
            totals.features,
            totals.edges,
            totals.outer_boundary_m / M_PER_KM
        ),
        format!(
            "overlaps: {}; {} under three or more features",
            areas(report, CoverageKind::Overlap),
            places(count(report, CoverageKind::MultipleOverlap))
        ),
        format!(
            "gaps: holes {}; cracks {}",
            areas(report, CoverageKind::Hole),
            areas(report, CoverageKind::Crack)
        ),
        format!(
            "borders beside each other: open cracks {}; inside gaps and overlaps {}; missing vertices: {}",
            lengths(report, CoverageKind::OpenCrack),
            lengths(report, CoverageKind::NearMiss),
            count(report, CoverageKind::MissingVertex)
        ),
    ];
    lines.extend(report.scope_cover.map(|cover| {
        format!(
            "scope {:.4} ha: covered {:.4} ha, uncovered {:.4} ha (open parts {}); covered outside it {:.4} ha",
            cover.area_m2 / M2_PER_HA,
            cover.covered_m2 / M2_PER_HA,
            cover.uncovered_m2 / M2_PER_HA,
            areas(report, CoverageKind::Uncovered),
            cover.outside_m2 / M2_PER_HA
        )
    }));
    lines.push(format!(
        "proof: areas {:.4} ha - covered more than once {:.4} ha = union {:.4} ha, residual {:.1e} m2; overlaps by \
         pairs and by covers differ by {:.1e} m2; {} findings no wider than rounding left out",
        totals.area_sum_m2 / M2_PER_HA,
        totals.covered_more_than_once_m2 / M2_PER_HA,
        totals.union_area_m2 / M2_PER_HA,
        totals.residual_m2.abs(),
        totals.pair_residual_m2.abs(),
        totals.at_grid_limit
    ));
    lines
}

fn of_kind(report: &CoverageReport, kind: CoverageKind) -> impl Iterator<Item = &CoverageRow> {
    report.rows.iter().filter(move |row| row.kind == kind)
}

fn count(report: &CoverageReport, kind: CoverageKind) -> usize {
    of_kind(report, kind).count()
}

fn places(count: usize) -> String {
    if count == 1 { "1 place".to_owned() } else { format!("{count} places") }
}

/// `11, 1046.7762 ha, the largest 348.9248 ha (02647;02683)`.
fn areas(report: &CoverageReport, kind: CoverageKind) -> String {
    let area = |row: &CoverageRow| row.area_m2.unwrap_or(0.0) / M2_PER_HA;
    let largest = of_kind(report, kind).max_by(|a, b| area(a).total_cmp(&area(b)));
    largest.map_or("0".to_owned(), |largest| {
        format!(
            "{}, {:.4} ha, the largest {:.4} ha ({})",
            count(report, kind),
            of_kind(report, kind).map(area).sum::<f64>(),
            area(largest),
            largest.features.join(";")
        )
    })
}

/// `3, 0.214 km, the longest 0.120 km (02647;02683)`.
fn lengths(report: &CoverageReport, kind: CoverageKind) -> String {
    let length = |row: &CoverageRow| row.length_m.unwrap_or(0.0) / M_PER_KM;
    let longest = of_kind(report, kind).max_by(|a, b| length(a).total_cmp(&length(b)));
    longest.map_or("0".to_owned(), |longest| {
        format!(
            "{}, {:.3} km, the longest {:.3} km ({})",
            count(report, kind),
            of_kind(report, kind).map(length).sum::<f64>(),
            length(longest),
            longest.features.join(";")
        )
    })
}
