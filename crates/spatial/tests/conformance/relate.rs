//! Topological relations of polygons by `geo`, which is what the workspace has for them: reported, not ours.

use std::panic::catch_unwind;

use geo::{Relate, relate::IntersectionMatrix};
use geo_types::Geometry;

use crate::cases::{Case, Operation};
use crate::engines::areas_of;
use crate::report::Outcome;

/// A relation between two polygonal geometries.
pub(crate) fn relate(case: &Case, operation: &Operation) -> Outcome {
    let operand = |argument| case.operand(operation, argument).and_then(|operand| operand.geometry.as_ref());
    let (Some(a), Some(b)) = (operand(0), operand(1)) else { return Outcome::NotOffered("no geometry") };
    if let Some(why) = [a, b].into_iter().find_map(|geometry| areas_of(geometry).err()) {
        return Outcome::NotOffered(why);
    }
    if [a, b].into_iter().any(|geometry| matches!(geometry, Geometry::GeometryCollection(_))) {
        return Outcome::NotOffered("collections");
    }
    let Ok(matrix) = catch_unwind(|| a.relate(b)) else { return Outcome::Failed("geo panics".into()) };
    let found = holds(&operation.name, &matrix, operation.arguments.get(2).map_or("", String::as_str));
    let expected = operation.expected.parse().ok();
    Outcome::of((found != expected).then(|| format!("expected {expected:?}, found {found:?} by {matrix:?}")))
}

fn holds(name: &str, matrix: &IntersectionMatrix, pattern: &str) -> Option<bool> {
    Some(match name {
        "relate" => matrix.matches(pattern).ok()?,
        "contains" => matrix.is_contains(),
        "covers" => matrix.is_covers(),
        "coveredby" => matrix.is_coveredby(),
        "crosses" => matrix.is_crosses(),
        "equalstopo" => matrix.is_equal_topo(),
        "overlaps" => matrix.is_overlaps(),
        "touches" => matrix.is_touches(),
        _ => matrix.is_within(),
    })
}
