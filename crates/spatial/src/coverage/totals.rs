//! The sums of a layer, each from a measurement of its own.

use super::Totals;
use super::loose::{Loose, Sorted, length};
use crate::region::HALF_SQUARE_STEP_M2;
use crate::{GRID_STEP_M, Region};

/// Half grid cells in m².
pub(super) fn square_metres(twice_area_cells: i128) -> f64 {
    twice_area_cells as f64 * HALF_SQUARE_STEP_M2
}

/// What the edges say.
pub(super) fn of_edges(sorted: &Sorted, matched_pieces: &[Loose], loose: &[Loose]) -> Totals {
    let metres = |edges: &[Loose]| edges.iter().map(|edge| length(edge.a, edge.b)).sum::<f64>() * GRID_STEP_M;
    Totals {
        edges: sorted.matched + sorted.loose.len(),
        matched_edges: sorted.matched,
        matched_pieces: matched_pieces.len(),
        loose_edges: loose.len(),
        matched_m: (sorted.matched_length * GRID_STEP_M + metres(matched_pieces)) / 2.0,
        loose_m: metres(loose),
        ..Totals::default()
    }
}

impl Totals {
    /// Adds the line Σ areas (`sum`, like `pairs_cells` twice an area in grid cells) − covered more than once = union, and the line of pairs. `at_least` has what is covered
    /// at least once, twice and so on, none of them empty.
    pub(super) fn balance(&mut self, sum: i128, at_least: &[Region], pairs_cells: i128) {
        let cells: Vec<i128> = at_least.iter().map(Region::twice_area_cells).collect();
        let union = cells.first().copied().unwrap_or(0);
        let again: i128 = cells.iter().skip(1).sum();
        let pairs: i128 = cells.iter().zip(0..).map(|(cells, before): (_, i128)| cells * before).sum();
        self.area_sum_m2 = square_metres(sum);
        self.union_area_m2 = square_metres(union);
        self.covered_more_than_once_m2 = square_metres(again);
        self.residual_m2 = square_metres(sum - again - union);
        self.pair_overlap_m2 = square_metres(pairs_cells);
        self.pair_residual_m2 = square_metres(pairs_cells - pairs);
        self.greatest_cover = at_least.len();
    }
}
