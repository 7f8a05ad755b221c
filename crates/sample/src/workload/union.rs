//! Unions of cells with exactly the cells' coordinates: borders between two of the cells fall away, what is left
//! follows corner by corner.

use std::collections::BTreeMap;

use super::SIDE_M;
use super::borders::Borders;
use super::cells::ring;
use super::features::{Ring, signed_area_m2};
use super::partition::Partition;

/// Where to find the cells whose seeds lie in a box.
pub(super) struct Finder<'a> {
    partition: &'a Partition,
    step_m: f64,
    side: usize,
    squares: Vec<Vec<usize>>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(partition: &'a Partition) -> Self {
        let side = ((partition.seeds.len() as f64).sqrt() as usize).max(1);
        let mut finder =
            Self { partition, step_m: SIDE_M / side as f64, side, squares: vec![Vec::new(); side * side] };
        for (cell, &[x, y]) in partition.seeds.iter().enumerate() {
            let square = finder.line(y, 1) * side + finder.line(x, 0);
            finder.squares[square].push(cell);
        }
        finder
    }

    fn line(&self, value: f64, axis: usize) -> usize {
        // A cast of a negative number gives 0.
        (((value - super::ORIGIN_M[axis]) / self.step_m) as usize).min(self.side - 1)
    }

    /// The cells whose seeds are at most `reach_m` from `centre` along both axes.
    pub(super) fn around(&self, centre: [f64; 2], reach_m: f64) -> Vec<usize> {
        let span =
            |axis: usize| self.line(centre[axis] - reach_m, axis)..=self.line(centre[axis] + reach_m, axis);
        let near = |&cell: &usize| {
            let seed = self.partition.seeds[cell];
            (0..2).all(|axis| (seed[axis] - centre[axis]).abs() <= reach_m)
        };
        let squares = span(1).flat_map(|row| span(0).map(move |column| row * self.side + column));
        squares.flat_map(|square| self.squares[square].iter().copied().filter(near)).collect()
    }
}

/// The union as a shell and its holes; none when it is not one polygon, or when it touches itself in a corner.
pub(super) fn union(cells: &[usize], partition: &Partition, borders: &Borders) -> Option<Vec<Ring>> {
    let mut left: BTreeMap<usize, bool> = BTreeMap::new();
    for &(border, forwards) in cells.iter().flat_map(|&cell| &partition.cells[cell]) {
        if left.remove(&border).is_none() {
            left.insert(border, forwards);
        }
    }
    let mut steps: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for (border, forwards) in left {
        let from = partition.borders[border][usize::from(!forwards)];
        if steps.insert(from, (border, forwards)).is_some() {
            return None;
        }
    }
    let (mut shells, mut holes) = (Vec::new(), Vec::new());
    while let Some((&start, _)) = steps.first_key_value() {
        let (mut way, mut at) = (Vec::new(), start);
        while let Some((border, forwards)) = steps.remove(&at) {
            way.push((border, forwards));
            at = partition.borders[border][usize::from(forwards)];
        }
        let ring = ring(&way, borders);
        if signed_area_m2(&ring) > 0.0 { shells.push(ring) } else { holes.push(ring) }
    }
    (shells.len() == 1).then(|| [shells, holes].concat())
}
