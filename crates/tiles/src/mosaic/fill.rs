//! Which cells are drawn: of each class the best covered ones, as many as its area fills.

use std::collections::{BTreeMap, HashMap};

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
    // Band of blocks by band, and those in order: sums are the same on any number of threads.
    let bands: Vec<&[(Place, Share)]> =
        mosaic.shares.chunk_by(|a, b| block(a.0[0]) == block(b.0[0])).collect();
    let parts: Vec<BTreeMap<u32, Candidates>> = bands.into_par_iter().map(candidates).collect();
    let mut classes: BTreeMap<u32, Candidates> = BTreeMap::new();
    for (class, part) in parts.into_iter().flatten() {
        let all = classes.entry(class).or_default();
        all.area += part.area;
        all.cells.extend(part.cells);
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

/// What the classes may be drawn in within a band of blocks.
fn candidates(band: &[(Place, Share)]) -> BTreeMap<u32, Candidates> {
    let mut classes: BTreeMap<u32, Candidates> = BTreeMap::new();
    let kept = best_of_blocks(band);
    for cell in band.chunk_by(|a, b| a.0 == b.0) {
        for (_, share) in cell {
            classes.entry(share.class).or_default().area += share.covered;
        }
        let Some((place, share)) = best(cell) else { continue };
        let must = kept.get(&block(place[1])).is_some_and(|(_, best)| *best == place);
        classes.entry(share.class).or_default().cells.push((must, place, share));
    }
    classes
}

/// The block that a row or column lies in.
fn block(c: i32) -> i32 {
    c.div_euclid(BLOCK)
}

/// What covers most of a cell, or of a block.
fn best(shares: &[(Place, Share)]) -> Option<(Place, Share)> {
    shares.iter().copied().reduce(|a, b| if b.1.covered > a.1.covered { b } else { a })
}

/// The best covered cell of every block of a band, by the block's column, and how well it is covered.
fn best_of_blocks(band: &[(Place, Share)]) -> HashMap<i32, (f64, Place)> {
    let mut blocks: HashMap<i32, (f64, Place)> = HashMap::new();
    for (place, share) in band {
        let best = blocks.entry(block(place[1])).or_insert((share.covered, *place));
        if share.covered > best.0 {
            *best = (share.covered, *place);
        }
    }
    blocks
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
