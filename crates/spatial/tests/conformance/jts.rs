//! JTS's cases, operation by operation.

use geo_types::{Geometry, MultiPolygon, Polygon};
use spatial::validity::validate;

use crate::agree;
use crate::cases::{Case, Operand, Operation, read_geometry};
use crate::distances;
use crate::engines::{Overlay, areas_of, polygonal_part};
use crate::overlay::{Expected, Pair, identities, judge};
use crate::relate::relate;
use crate::report::{Outcome, Report};

/// Runs every operation of a case, and compares the ways to an overlay on its operands.
pub(crate) fn run(case: &Case, report: &mut Report) {
    if let [Some(a), Some(b)] = case.operands.each_ref().map(|operand| single_set(operand.as_ref()?)) {
        agree::compare(case.suite, &case.name, &a, &b, report);
    }
    for operation in &case.operations {
        let name = format!("{} {}", case.name, operation.arguments.join(" "));
        let outcome = outcome(case, operation, report);
        report.note(case.suite, &operation.name, name, outcome);
    }
}

fn single_set(operand: &Operand) -> Option<MultiPolygon<f64>> {
    let mut sets = areas_of(operand.geometry.as_ref()?).ok()?;
    (sets.len() == 1).then(|| sets.remove(0))
}

fn outcome(case: &Case, operation: &Operation, report: &mut Report) -> Outcome {
    let unreadable = |operand: &&Operand| operand.geometry.is_none();
    if let Some(operand) = case.operands.iter().flatten().find(unreadable) {
        return Outcome::Failed(format!("cannot be read: {:.80}", operand.text));
    }
    let plain = operation.name.trim_end_matches("ng").trim_end_matches("sr");
    match plain {
        "isvalid" => is_valid(case, operation),
        "intersection" => binary(case, operation, Overlay::Intersection, report),
        "difference" => binary(case, operation, Overlay::Difference, report),
        "symdifference" => binary(case, operation, Overlay::SymmetricDifference, report),
        "union" if operation.arguments.len() > 1 => binary(case, operation, Overlay::Union, report),
        "union" | "unionarea" => unary_union(case, operation, report),
        "overlayareatest" => overlay_area_test(case, operation, report),
        "distance" => distances::distance(case, operation),
        "iswithindistance" => distances::is_within_distance(case, operation),
        "intersects" | "disjoint" => distances::touch(case, operation),
        "contains" | "covers" | "coveredby" | "crosses" | "equalstopo" | "overlaps" | "touches"
        | "within" => distances::points_in_area(case, operation).unwrap_or_else(|| relate(case, operation)),
        "relate" => relate(case, operation),
        _ => Outcome::NotOffered("no such operation"),
    }
}

/// The polygon sets of an argument.
pub(crate) fn areas(
    case: &Case,
    operation: &Operation,
    argument: usize,
) -> Result<Vec<MultiPolygon<f64>>, &'static str> {
    let operand = case.operand(operation, argument).and_then(|operand| operand.geometry.as_ref());
    operand.map_or(Err("no geometry"), areas_of)
}

fn is_valid(case: &Case, operation: &Operation) -> Outcome {
    let operand = case.operand(operation, 0).unwrap();
    let mut geometry = operand.geometry.clone().unwrap();
    if let (true, Geometry::LineString(ring)) = (operand.text.starts_with("LINEARRING"), &geometry) {
        // A ring is valid where a shell is.
        geometry = Polygon::new(ring.clone(), vec![]).into();
    }
    let problems = validate(&geometry);
    let found = !problems.iter().any(|problem| problem.kind.is_invalid());
    let expected: bool = operation.expected.parse().unwrap();
    Outcome::of((found != expected).then(|| format!("valid is {expected}; problems: {problems:?}")))
}

fn note_scaled(case: &Case, pair: &Pair, report: &mut Report) {
    for power in pair.scales().into_iter().filter(|&power| power != 0) {
        report.note_scaled(&case.name, power);
    }
}

fn binary(case: &Case, operation: &Operation, overlay: Overlay, report: &mut Report) -> Outcome {
    let (a, b) = match (areas(case, operation, 0), areas(case, operation, 1)) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(why), _) | (_, Err(why)) => return Outcome::NotOffered(why),
    };
    let pair = Pair { a: &a, b: &b };
    note_scaled(case, &pair, report);
    if operation.expected.is_empty() {
        return Outcome::of(judge(overlay, &pair, &Expected::Sound));
    }
    let Some(expected) = read_geometry(&operation.expected) else {
        return Outcome::Failed("the expected result cannot be read".into());
    };
    let step = match operation.arguments.get(2) {
        Some(scale) => Some(1.0 / scale.parse::<f64>().unwrap()),
        None => case.step,
    };
    let expected = Expected::Set { polygons: &polygonal_part(&expected), step };
    Outcome::of(judge(overlay, &pair, &expected))
}

/// The union of the members of one geometry, each filled by itself, so that they may overlap.
fn unary_union(case: &Case, operation: &Operation, report: &mut Report) -> Outcome {
    let members: Vec<MultiPolygon<f64>> = match areas(case, operation, 0) {
        Ok(sets) => sets.into_iter().flat_map(|set| set.0).map(MultiPolygon::from).collect(),
        Err(why) => return Outcome::NotOffered(why),
    };
    let pair = Pair { a: &members, b: &[] };
    note_scaled(case, &pair, report);
    if let Ok(area) = operation.expected.parse() {
        let expected = Expected::Area { area, tolerance: case.tolerance };
        return Outcome::of(judge(Overlay::Union, &pair, &expected));
    }
    let Some(expected) = read_geometry(&operation.expected) else {
        return Outcome::Failed("the expected result cannot be read".into());
    };
    let expected = Expected::Set { polygons: &polygonal_part(&expected), step: case.step };
    Outcome::of(judge(Overlay::Union, &pair, &expected))
}

fn overlay_area_test(case: &Case, operation: &Operation, report: &mut Report) -> Outcome {
    let (a, b) = match (areas(case, operation, 0), areas(case, operation, 1)) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(why), _) | (_, Err(why)) => return Outcome::NotOffered(why),
    };
    let pair = Pair { a: &a, b: &b };
    note_scaled(case, &pair, report);
    Outcome::of(identities(&pair))
}
