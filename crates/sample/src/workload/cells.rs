//! Cells from their borders. Roughened borders of one cell may cross; the borders of such a cell are made straight
//! again, for its neighbours too, so that the cells still fit together.

use std::collections::BTreeSet;

use super::borders::Borders;
use super::features::{Features, Ring, is_valid};
use super::partition::Partition;

/// The cells, all valid, and how many had to be straightened.
pub(super) fn cells(partition: &Partition, borders: &mut Borders) -> (Features, usize) {
    let users = users(partition);
    let mut straightened = BTreeSet::new();
    let mut suspects: BTreeSet<usize> = (0..partition.cells.len()).collect();
    while !suspects.is_empty() {
        let crossed = |&cell: &usize| {
            !straightened.contains(&cell) && !is_valid(&[vec![ring(&partition.cells[cell], borders)]])
        };
        let invalid: Vec<usize> = suspects.iter().copied().filter(crossed).collect();
        suspects.clear();
        for cell in invalid {
            straightened.insert(cell);
            for &(border, _) in &partition.cells[cell] {
                borders.straighten(border);
                suspects.extend(&users[border]);
            }
        }
    }
    let mut features = Features::new();
    for cell in &partition.cells {
        features.push(&[vec![ring(cell, borders)]]);
    }
    (features, straightened.len())
}

/// The closed ring along borders that follow one another.
pub(super) fn ring(way: &[(usize, bool)], borders: &Borders) -> Ring {
    let mut ring = Vec::new();
    for &step in way {
        borders.append(step, &mut ring);
    }
    ring.extend(ring.first().copied());
    ring
}

/// The cells on either side of each border.
fn users(partition: &Partition) -> Vec<Vec<usize>> {
    let mut users = vec![Vec::new(); partition.borders.len()];
    for (cell, way) in partition.cells.iter().enumerate() {
        for &(border, _) in way {
            users[border].push(cell);
        }
    }
    users
}
