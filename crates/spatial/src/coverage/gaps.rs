//! What nobody covers.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::chunks::{Chunks, around};
use super::facing::facing;
use super::options::Step;
use super::{Gap, GapKind, Options, ScopeCover, Shape};
use crate::region::edges;
use crate::{GRID_STEP_M, Region};

/// How far a border may be from the loose edge that it is a piece of, m: both its ends are rounded to the grid.
const ROUNDING_M: f64 = 2.0 * GRID_STEP_M;

/// The gaps, and what else comes of looking at their borders.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) gaps: Vec<Gap>,
    /// Numbers of the loose edges on the border of some gap, ascending.
    pub(super) borders: Vec<usize>,
    /// Gaps left out as no wider than rounding.
    pub(super) at_grid_limit: usize,
}

/// Describes uncovered parts: their kind (`None`: crack or hole by their width), measures and neighbours.
pub(super) fn describe(
    parts: Vec<Region>,
    kind: Option<GapKind>,
    chunks: &Chunks<'_>,
    options: &Options<'_>,
) -> Option<Found> {
    let (total, done) = (parts.len(), AtomicUsize::new(0));
    let described: Vec<(Option<Gap>, Vec<usize>)> = parts
        .into_par_iter()
        .map(|part| {
            options.tell(Step::Gaps, done.fetch_add(1, Ordering::Relaxed), total)?;
            let borders = borders(&part, chunks);
            let features: BTreeSet<usize> = borders.iter().map(|&edge| chunks.loose[edge].feature).collect();
            let gap = Shape::measure(part, options.width_precision).map(|shape| {
                let is_crack = shape.width_m() <= options.tolerance_m;
                let kind = kind.unwrap_or(if is_crack { GapKind::Crack } else { GapKind::Hole });
                Gap { kind, features: features.into_iter().collect(), shape }
            });
            Some((gap, borders))
        })
        .collect::<Option<_>>()?;
    let mut found = Found::default();
    for (gap, borders) in described {
        found.borders.extend(borders);
        found.at_grid_limit += usize::from(gap.is_none());
        found.gaps.extend(gap);
    }
    found.borders.sort_unstable();
    found.borders.dedup();
    Some(found)
}

/// The loose edges that a region's border runs along, on its outside, ascending.
fn borders(region: &Region, chunks: &Chunks<'_>) -> Vec<usize> {
    let mut borders = Vec::new();
    for (a, b) in region.contours().flat_map(edges) {
        for run in chunks.near(&around([a, b]), ROUNDING_M) {
            let along = |&edge: &usize| facing([a, b], chunks.loose[edge].ends(), ROUNDING_M).is_some();
            borders.extend(chunks.edges(run).filter(along));
        }
    }
    borders.sort_unstable();
    borders.dedup();
    borders
}

/// How the scope is covered, and its uncovered parts that no features enclose.
pub(super) fn of_scope(scope: &Region, union: &Region, enclosed: &[Region]) -> (ScopeCover, Vec<Region>) {
    let (covered, uncovered) = (scope.intersection(union), scope.difference(union));
    let residual_cells = scope.twice_area_cells() - covered.twice_area_cells() - uncovered.twice_area_cells();
    let cover = ScopeCover {
        area_m2: scope.area_m2(),
        covered_m2: covered.area_m2(),
        uncovered_m2: uncovered.area_m2(),
        residual_m2: super::totals::square_metres(residual_cells),
        outside_m2: union.difference(scope).area_m2(),
    };
    (cover, uncovered.difference(&Region::union(enclosed)).parts())
}
