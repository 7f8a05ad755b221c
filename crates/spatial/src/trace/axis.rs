//! Equal cells along an axis.

/// Bits behind the point of [`Axis::scale`].
const SHIFT: u32 = 53;

/// A stretch of an axis in equal cells, numbered from 1; 0 is all that lies before, the last but one after.
///
/// The number of a cell is found by integers alone and never falls as the coordinate rises. So what lies between
/// two coordinates lies between their cells, however large the numbers are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Axis {
    low: i64,
    size: u64,
    pub(super) count: usize,
    /// Cells in a step.
    scale: u64,
}

impl Axis {
    /// Cells from `low` to `low + size`, at most `most` (up to 1,024) and none smaller than `cell` steps.
    pub(super) fn new(low: i64, size: i64, cell: f64, most: usize) -> Self {
        let count = (size as f64 / cell) as usize;
        let (count, size) = (count.clamp(1, most), size.unsigned_abs() + 1);
        Self { low, size, count, scale: ((count as u64) << SHIFT) / size }
    }

    /// The cell of a coordinate.
    #[inline]
    pub(super) fn cell(&self, at: i64) -> u32 {
        // What lies before wraps around to what lies far behind.
        let offset = (at - self.low) as u64;
        if offset < self.size {
            ((offset * self.scale) >> SHIFT) as u32 + 1
        } else if at < self.low {
            0
        } else {
            self.count as u32 + 1
        }
    }

    /// The cells, of those with edges, between two coordinates.
    pub(super) fn inner_cells(&self, from: i64, to: i64) -> (usize, usize) {
        ((self.cell(from) as usize).max(1), (self.cell(to) as usize).min(self.count))
    }

    /// Where each cell starts, and at last where the last one ends; the number of the cell less one is the index.
    pub(super) fn starts(&self) -> Vec<i64> {
        let start = |cell: usize| {
            let offset = ((cell as u64) << SHIFT).div_ceil(self.scale.max(1));
            self.low + offset.min(self.size) as i64
        };
        (0..=self.count).map(start).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_in_order_and_start_where_they_say() {
        for (low, size, cell, most) in [(-7, 100, 10.0, 62), (1 << 49, 1 << 50, 3.0, 1024), (0, 0, 1.0, 8)] {
            let axis = Axis::new(low, size, cell, most);
            assert_eq!(axis.cell(low - 1), 0);
            assert_eq!(axis.cell(low + size + 1), axis.count as u32 + 1);
            for (i, &start) in axis.starts().iter().enumerate().take(axis.count) {
                assert_eq!(axis.cell(start), i as u32 + 1);
                assert_eq!(axis.cell(start - 1), i as u32);
            }
        }
    }
}
