//! Notes for people and for scripts: what was odd in a file, and which geometries are invalid, feature by feature.

use std::io::Write;

use project::{FeatureProblems, LayerReport, NoteKind, OverlapsReport};
use serde_json::{Value, json};
use spatial::repair::Changes;
use spatial::validity::ProblemKind;

use crate::{failure::Failure, output};

/// Notes of the reading that name a feature without geometry.
const NULL_NOTES: [NoteKind; 2] = [NoteKind::NullGeometry, NoteKind::EmptyGeometry];

/// Says every note of a report on standard error.
pub(crate) fn say(report: &OverlapsReport) {
    say_of(layers(report));
}

/// Says every note of some files on standard error.
pub(crate) fn say_of<'a>(layers: impl Iterator<Item = &'a LayerReport>) {
    for layer in layers {
        for line in lines(layer) {
            output::say(&line);
        }
    }
}

/// Writes every note of a report as JSON: `{"crs", "crs_reason", "files": […], "notes": […]}`.
pub(crate) fn write(report: &OverlapsReport, out: &mut dyn Write) -> Result<(), Failure> {
    let files: Vec<Value> = layers(report).map(file).collect();
    let notes: Vec<Value> = layers(report).flat_map(entries).collect();
    let whole = json!({ "crs": report.crs.name(), "crs_reason": report.crs_reason.to_string(),
        "files": files, "notes": notes, "proofs": report.proofs });
    serde_json::to_writer_pretty(&mut *out, &whole).map_err(|e| Failure::new(e.to_string()))?;
    Ok(writeln!(out)?)
}

/// What there is to say of a file as a whole.
pub(crate) fn file(layer: &LayerReport) -> Value {
    json!({ "file": layer.path, "crs": layer.crs, "features": layer.features,
        "invalid": layer.problems.invalid, "null": layer.problems.null, "counts": layer.notes.counts })
}

fn layers(report: &OverlapsReport) -> impl Iterator<Item = &LayerReport> {
    std::iter::once(&report.subject).chain(report.reference.as_ref())
}

fn lines(layer: &LayerReport) -> Vec<String> {
    let file = layer.path.display();
    let read = layer.notes.list.iter().map(|note| format!("{file}: {note}"));
    let found =
        unsaid(layer).map(|feature| format!("{file}: feature {}: {}", feature.feature, words(feature)));
    read.chain(found).collect()
}

/// Every note of a file.
pub(crate) fn entries(layer: &LayerReport) -> Vec<Value> {
    let file = layer.path.to_string_lossy();
    let read = layer.notes.list.iter().map(|note| {
        let feature = note.id.as_ref().map(ToString::to_string).or_else(|| note.position.map(|p| p.to_string()));
        json!({ "file": file, "feature": feature, "position": note.position, "line": note.line, "kind": note.kind,
            "message": note.message })
    });
    let found = unsaid(layer).map(|feature| {
        let kind = if feature.is_invalid() { "invalid_geometry" } else { "geometry" };
        json!({ "file": file, "feature": feature.feature, "position": feature.position, "kind": kind,
            "message": words(feature), "problems": feature.problems, "repair": feature.repair })
    });
    read.chain(found).collect()
}

/// Features with problems that the reading has not named already: a null geometry has its note with a line.
fn unsaid(layer: &LayerReport) -> impl Iterator<Item = &FeatureProblems> {
    layer.problems.features.iter().filter(|feature| {
        let null = feature.problems.iter().all(|p| p.kind == ProblemKind::Null);
        let noted = || {
            layer
                .notes
                .list
                .iter()
                .any(|n| NULL_NOTES.contains(&n.kind) && n.position == Some(feature.position))
        };
        !(null && noted())
    })
}

/// `self_intersection at 419615.38 2487639.51, and 2 more; repaired by structure: +12.5000 m2, -0.0000 m2`.
fn words(feature: &FeatureProblems) -> String {
    // The gravest first: a duplicate vertex must not hide a crossing.
    let gravest = feature.problems.iter().find(|p| p.kind.is_invalid()).or(feature.problems.first());
    let Some(problem) = gravest else { return String::new() };
    let kind = serde_json::to_value(problem.kind)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default();
    let place = problem.place.map_or(String::new(), |[x, y]| format!(" at {x:.2} {y:.2}"));
    let more = match feature.problems.len() {
        0 | 1 => String::new(),
        n => format!(", and {} more", n - 1),
    };
    format!("{kind}{place}{more}{}", repair_words(feature))
}

/// What a repair changes; empty when there is none.
pub(crate) fn repair_words(feature: &FeatureProblems) -> String {
    let Some(Changes { method, added_m2, removed_m2, rings_dropped, .. }) = feature.repair else {
        return String::new();
    };
    let dropped = if rings_dropped > 0 { format!(", {rings_dropped} rings dropped") } else { String::new() };
    format!("; repaired by {method}: +{added_m2:.4} m2, -{removed_m2:.4} m2 against even-odd fill{dropped}")
}
