//! The grid over a subject: columns and rows with one spare of each on every side, which rows of a column the
//! boundary touches, and which lie inside.

/// Rows of a grid, the spare ones included, fit in the bits of one word.
pub(super) const MOST_ROWS: usize = 62;

/// The whole number nearest to a number from 0 to 2³²; of two equally near ones the even one. It does not descend
/// where the number ascends. Adding 1.5·2⁵² leaves no bit for a fraction, and the whole number in the low bits.
#[inline(always)]
pub(super) fn nearest(number: f64) -> usize {
    const ROUND: f64 = 1.5 * (1_u64 << 52) as f64;
    ((number + ROUND).to_bits() & 0xffff_ffff) as usize
}

/// The columns: 1 to `count`, with column 0 to the left of all and column `count` + 1 to the right.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns {
    pub count: usize,
    pub width_m: f64,
    pub per_m: f64,
}

impl Columns {
    /// So many columns over a width; a hair more, so that nothing falls off the end.
    pub(super) fn new(count: usize, width_m: f64) -> Self {
        let width_m = spaced(width_m, count);
        Self { count, width_m, per_m: 1.0 / width_m }
    }

    /// The column of an x within the grid; either of two for one where they meet.
    #[inline(always)]
    pub(super) fn of(&self, x: f64) -> usize {
        nearest(x * self.per_m + 0.5).clamp(1, self.count)
    }

    /// The column of any x.
    #[inline(always)]
    pub(super) fn of_any(&self, x: f64) -> usize {
        nearest((x * self.per_m + 0.5).max(0.0).min(self.count as f64 + 1.0))
    }

    /// The left side of a column, m.
    #[inline(always)]
    pub(super) fn left_m(&self, column: usize) -> f64 {
        (column as f64 - 1.0) * self.width_m
    }
}

/// The rows: 1 to `count`, with row 0 below all and row `count` + 1 above. Line r is the lower side of row r.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub count: usize,
    pub per_m: f64,
    /// y of the lines 0 to `count` + 2: the least y that [`Rows::of`] counts to the row.
    pub lines: Vec<f64>,
}

impl Rows {
    /// So many rows over a height.
    pub(super) fn new(count: usize, height_m: f64) -> Self {
        let per_m = 1.0 / spaced(height_m, count);
        let lines = (0..count + 3).map(|row| if row < 2 { 0.0 } else { least(row, per_m) }).collect();
        Self { count, per_m, lines }
    }

    /// The row of a y within the grid.
    #[inline(always)]
    pub(super) fn of(&self, y: f64) -> usize {
        nearest(y * self.per_m + 0.5).clamp(1, self.count)
    }
}

/// A hair more than an extent divided by a count, and never nothing. The hair also keeps lines away from simple
/// fractions of the extent, where borders like to lie.
fn spaced(extent_m: f64, count: usize) -> f64 {
    (extent_m * 1.001 / count as f64).max(1e-9)
}

/// The least y of a row, found around where it must be.
fn least(row: usize, per_m: f64) -> f64 {
    let counts = |y: f64| nearest(y * per_m + 0.5) >= row;
    let mut y = (row as f64 - 1.0) / per_m;
    while !counts(y) {
        y = y.next_up();
    }
    while counts(y.next_down()) {
        y = y.next_down();
    }
    y
}

/// Which rows of which columns the boundary touches, and which lie inside. Bit r stands for row r.
#[derive(Clone, Debug, Default)]
pub(super) struct Occupancy {
    /// Level l at [l·stride + k]: the rows touched in the 2^l columns from k on.
    touched: Vec<u64>,
    inside: Vec<u64>,
    stride: usize,
}

/// Where a chain stands: what is known of the subject below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    /// The lines of the free block of rows on which it stands, or above which edges come before it.
    pub lines: [u32; 2],
    /// The highest free row that is not above its lowest row.
    pub row: u32,
    /// Whether that block lies inside the subject.
    pub inside: bool,
    /// Whether edges come as high as the chain.
    pub near: bool,
}

impl Occupancy {
    /// From each column's rows touched and rows inside, the spare columns included.
    pub(super) fn new(mut touched: Vec<u64>, inside: Vec<u64>) -> Self {
        let stride = touched.len();
        let mut reach = 1;
        while 2 * reach <= stride {
            let before = touched.len() - stride;
            for k in 0..stride {
                touched.push(touched[before + k] | touched[before + (k + reach).min(stride - 1)]);
            }
            reach *= 2;
        }
        Self { touched, inside, stride }
    }

    /// Rows touched anywhere in a range of columns.
    #[inline(always)]
    pub(super) fn touched(&self, first: usize, last: usize) -> u64 {
        let level = (last - first + 1).ilog2() as usize;
        let level_start = level * self.stride;
        self.touched[level_start + first] | self.touched[level_start + last + 1 - (1 << level)]
    }

    /// Where a chain stands whose box covers these columns and rows.
    #[inline(always)]
    pub(super) fn stand(&self, columns: [usize; 2], rows: [usize; 2]) -> Stand {
        let touched = self.touched(columns[0], columns[1]);
        let up_to = |row: u32| u64::MAX >> (63 - row);
        // Row 0 is always free, and so is the one above all.
        let row = 63 - (!touched & up_to(rows[0] as u32)).leading_zeros();
        let bottom = 64 - (touched & up_to(row)).leading_zeros();
        let top = row + (touched >> row).trailing_zeros().min(63 - row);
        Stand {
            lines: [bottom, top],
            row,
            inside: self.inside[columns[0]] >> row & 1 == 1,
            near: touched & up_to(rows[1] as u32) & (u64::MAX << rows[0]) != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_whole_numbers() {
        let numbers = [0.0, 0.49, 0.5, 0.51, 1.5, 2.5, 61.999, 4_000_000_000.0];
        assert_eq!(numbers.map(nearest), [0, 0, 0, 1, 2, 2, 62, 4_000_000_000]);
    }

    #[test]
    fn columns_hold_the_extent_and_have_one_to_spare_on_each_side() {
        let columns = Columns::new(4, 10.0);
        assert_eq!([0.0, 2.0, 3.0, 9.99, 10.0].map(|x| columns.of(x)), [1, 1, 2, 4, 4]);
        assert_eq!([-1e9, -0.1, 0.1, 10.0, 10.1, 1e300].map(|x| columns.of_any(x)), [0, 0, 1, 4, 5, 5]);
        assert_eq!(columns.left_m(1), 0.0);
        assert!(columns.left_m(5) > 10.0 && columns.left_m(5) < 10.02);
    }

    /// The tables need it exactly: a line belongs to the row above it, and what is below a line to a lower row.
    #[test]
    fn a_line_is_the_least_y_of_its_row() {
        for (count, height_m) in [(1, 3.0), (7, 10.0), (32, 0.1), (62, 123_456.789)] {
            let rows = Rows::new(count, height_m);
            for row in 2..=count {
                let line = rows.lines[row];
                assert_eq!((rows.of(line), rows.of(line.next_down())), (row, row - 1), "{count} rows");
            }
        }
    }

    #[test]
    fn touched_rows_of_any_range_of_columns() {
        let each: Vec<u64> = (0..13).map(|k| 1 << (k * 7 % 13) | 1 << (k % 5)).collect();
        let occupancy = Occupancy::new(each.clone(), vec![0; 13]);
        for first in 0..13 {
            for last in first..13 {
                let all = each[first..=last].iter().fold(0, |all, bits| all | bits);
                assert_eq!(occupancy.touched(first, last), all, "columns {first} to {last}");
            }
        }
    }

    /// Rows 2, 3 and 6 of column 1 are touched, row 5 of column 2; rows 4 and 5 of column 1 lie inside.
    #[test]
    fn where_a_chain_stands() {
        let occupancy = Occupancy::new(vec![0, 0b100_1100, 0b10_0000], vec![0, 0b11_0000, 0]);
        let stand = |columns, rows| occupancy.stand(columns, rows);
        let inside = Stand { lines: [4, 6], row: 5, inside: true, near: false };
        assert_eq!(stand([1, 1], [4, 5]), Stand { row: 4, ..inside });
        assert_eq!(stand([1, 1], [5, 5]), inside);
        // Over row 6: the free block below it is the one inside, and the chain is near.
        assert_eq!(stand([1, 1], [6, 6]), Stand { near: true, ..inside });
        // Over both columns only row 4 is left of that block.
        assert_eq!(stand([1, 2], [4, 4]), Stand { lines: [4, 5], row: 4, inside: true, near: false });
        // Below everything, and with nothing free between it and the bottom.
        assert_eq!(stand([1, 2], [0, 1]), Stand { lines: [0, 2], row: 0, inside: false, near: false });
        assert_eq!(stand([1, 1], [2, 3]), Stand { lines: [0, 2], row: 1, inside: false, near: true });
    }
}
