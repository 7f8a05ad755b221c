//! Repair by structure, as JTS's `GeometryFixer` does it: shells minus holes.

use geo_types::Geometry;

use super::rings::Part;
use crate::distance::Shape;
use crate::{GRID_STEP_M, Region};

/// A hole meets its shell when they come so near: their borders may have been rounded apart.
const MEETS_WITHIN_M: f64 = 4.0 * GRID_STEP_M;

/// The union of all parts. A part whose shell encloses nothing is nothing, whatever its holes.
pub(super) fn fill(parts: &[Part]) -> Region {
    let filled: Vec<Region> = parts.iter().map(part).collect();
    Region::union(&filled)
}

fn part(part: &Part) -> Region {
    let holes: Vec<&Region> = part.holes.iter().filter(|hole| !hole.is_empty()).collect();
    if part.shell.is_empty() || holes.is_empty() {
        return part.shell.clone();
    }
    let (inner, apart): (Vec<&Region>, Vec<&Region>) = met_by(&part.shell, holes);
    let cut =
        if inner.is_empty() { part.shell.clone() } else { part.shell.difference(&Region::union(inner)) };
    if apart.is_empty() { cut } else { Region::union(apart.into_iter().chain([&cut])) }
}

/// The holes that meet the shell, be it in a point, and those apart from it.
fn met_by<'a>(shell: &Region, holes: Vec<&'a Region>) -> (Vec<&'a Region>, Vec<&'a Region>) {
    let shape = |region: &Region| Shape::new(&Geometry::MultiPolygon(region.to_multi_polygon()));
    let Some(shell) = shape(shell) else { return (Vec::new(), holes) };
    holes.into_iter().partition(|hole| shape(hole).is_some_and(|hole| shell.is_within(&hole, MEETS_WITHIN_M)))
}
