//! Many small polygons that do not touch, from far away: a mosaic of pixels that keeps their area.
//!
//! Such polygons have no neighbours to go into. Left out they leave an empty map, drawn one by one they make tiles of
//! megabytes. Instead every cell of a grid knows how much of it each class covers (`raster`; the cells of the next zoom
//! are sums of four), the best covered cells of each class are filled until the area drawn is the area there is
//! (`fill`), and what hangs together is one polygon along cell borders (`trace`), so nothing overlaps by construction.
//! No block of eight by eight cells in which there is something stays empty.

mod fill;
mod raster;
mod trace;

use std::cmp::Reverse;
use std::collections::HashMap;

use rayon::prelude::*;

pub(crate) use raster::raster;
pub(crate) use trace::fragment;

/// Side of the smallest cells, units: a pixel.
pub(crate) const CELL_UNITS: u32 = 8;

/// Row and column of a cell.
pub(crate) type Place = [i32; 2];

/// What one class has in one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    pub(crate) class: u32,
    /// How much of the cell it covers; more than 1 where features lie over each other.
    pub(crate) covered: f64,
    /// The feature that covers most of it, and how much that covers.
    pub(crate) row: u32,
    pub(crate) most: f64,
    /// How many features have their point in the cell.
    pub(crate) count: u32,
}

/// The cells of a layer at a zoom in which there is something: one entry for each class in each cell, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mosaic {
    pub(crate) shares: Vec<(Place, Share)>,
}

impl Mosaic {
    /// Adds up what each class has in each cell.
    fn new(mut parts: Vec<(Place, Share)>) -> Self {
        // By row in the end, so that sums are the same however the parts were found.
        parts.par_sort_unstable_by_key(|(place, share)| (*place, share.class, share.row));
        let mut shares: Vec<(Place, Share)> = Vec::with_capacity(parts.len() / 2);
        for (place, share) in parts {
            match shares.last_mut() {
                Some((at, known)) if *at == place && known.class == share.class => known.add(share),
                _ => shares.push((place, share)),
            }
        }
        Self { shares }
    }

    /// The same in cells twice as wide: those of the next zoom, or coarser ones of this.
    pub(crate) fn halved(&self) -> Self {
        let quarter = |(place, share): &(Place, Share)| {
            let share = Share { covered: share.covered / 4.0, most: share.most / 4.0, ..*share };
            (place.map(|c| c.div_euclid(2)), share)
        };
        Self::new(self.shares.par_iter().map(quarter).collect())
    }

    /// Of squares of so many cells a side the one with most entries, and of several the first.
    pub(crate) fn busiest(&self, side: i32) -> Option<Self> {
        let square = |(place, _): &(Place, Share)| place.map(|c| c.div_euclid(side));
        let mut entries: HashMap<Place, usize> = HashMap::new();
        for run in self.shares.chunk_by(|a, b| square(a) == square(b)) {
            *entries.entry(square(&run[0])).or_default() += run.len();
        }
        let (busiest, _) = entries.into_iter().max_by_key(|&(place, count)| (count, Reverse(place)))?;
        let shares = self.shares.iter().filter(|share| square(share) == busiest).copied().collect();
        Some(Self { shares })
    }
}

impl Share {
    fn add(&mut self, other: Self) {
        self.covered += other.covered;
        self.count += other.count;
        if other.most > self.most {
            (self.row, self.most) = (other.row, other.most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_square_with_most_entries_is_the_busiest() {
        let share = |class| Share { class, covered: 1.0, row: 0, most: 1.0, count: 1 };
        // Squares of four cells: one entry left of zero, two in the first square, three in the one below it.
        let places = [[0, -1], [0, 0], [0, 3], [4, 0], [5, 1], [5, 1]];
        let shares: Vec<(Place, Share)> = places.into_iter().zip(0..).map(|(at, k)| (at, share(k))).collect();
        let busiest = Mosaic { shares: shares.clone() }.busiest(4);
        assert_eq!(busiest.map(|mosaic| mosaic.shares), Some(shares[3..].to_vec()));
        assert!(Mosaic::default().busiest(4).is_none());
    }
}
