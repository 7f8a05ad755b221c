//! Which cells are drawn: of each class the best covered ones, as many as its area fills.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Mosaic, Place, Share};

/// Cells along a block's side: none in which there is something stays empty.
const BLOCK: i32 = 8;

/// What one class may be drawn in.
#[derive(Default)]
struct Candidates {
    /// Area of the class in cells.
    area: f64,
    /// Cells in which it has most, and whether the cell must be drawn.
    cells: Vec<(bool, Place, Share)>,
}

/// The filled cells with what fills them, in the order of their places.
pub(super) fn filled(mosaic: &Mosaic) -> Vec<(Place, Share)> {
    let mut classes: BTreeMap<u32, Candidates> = BTreeMap::new();
    let kept = best_of_blocks(mosaic);
    for cell in mosaic.shares.chunk_by(|a, b| a.0 == b.0) {
        for (_, share) in cell {
            classes.entry(share.class).or_default().area += share.covered;
        }
        let Some((place, share)) = best(cell) else { continue };
        let must = kept.binary_search(&place).is_ok();
        classes.entry(share.class).or_default().cells.push((must, place, share));
    }
    let mut filled: Vec<(Place, Share)> = Vec::new();
    for Candidates { area, mut cells } in classes.into_values() {
        cells.par_sort_unstable_by(|a, b| {
            b.0.cmp(&a.0).then(b.2.covered.total_cmp(&a.2.covered)).then(a.1.cmp(&b.1))
        });
        let must = cells.partition_point(|cell| cell.0);
        let enough = (area.round() as usize).max(must);
        filled.extend(cells.into_iter().take(enough).map(|(_, place, share)| (place, share)));
    }
    filled.par_sort_unstable_by_key(|(place, _)| *place);
    filled
}

/// What covers most of a cell, or of a block.
fn best(shares: &[(Place, Share)]) -> Option<(Place, Share)> {
    shares.iter().copied().reduce(|a, b| if b.1.covered > a.1.covered { b } else { a })
}

/// The best covered cell of every block, in the order of their places.
fn best_of_blocks(mosaic: &Mosaic) -> Vec<Place> {
    let mut blocks: BTreeMap<Place, (f64, Place)> = BTreeMap::new();
    for (place, share) in &mosaic.shares {
        let best = blocks.entry(place.map(|c| c.div_euclid(BLOCK))).or_insert((share.covered, *place));
        if share.covered > best.0 {
            *best = (share.covered, *place);
        }
    }
    let mut kept: Vec<Place> = blocks.into_values().map(|(_, place)| place).collect();
    kept.sort_unstable();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(class: u32, covered: f64) -> Share {
        Share { class, covered, row: class, most: covered, count: 1 }
    }

    #[test]
    fn the_best_covered_cells_are_filled_up_to_the_area_of_their_class() {
        // Class 0 covers 2.1 cells over five, class 1 a tenth of one where class 0 has more.
        let cells = [0.9, 0.2, 0.6, 0.3, 0.1];
        let mut parts: Vec<(Place, Share)> =
            cells.iter().enumerate().map(|(i, &covered)| ([0, i as i32], share(0, covered))).collect();
        parts.push(([0, 2], share(1, 0.1)));
        let places: Vec<Place> = filled(&Mosaic::new(parts)).into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, [[0, 0], [0, 2]]);
    }

    #[test]
    fn a_block_in_which_there_is_something_is_not_empty() {
        let parts = vec![([0, 0], share(0, 0.9)), ([0, 9], share(0, 0.01))];
        let filled = filled(&Mosaic::new(parts));
        assert_eq!(filled.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [[0, 0], [0, 9]]);
    }
}
