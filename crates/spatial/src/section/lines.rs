//! Integrals of the section along the lines of the grid: a table of whole columns, and the pieces of one column for
//! the rest.

use pulp::Simd;

use super::grid::{Columns, MOST_ROWS, Occupancy, Rows};
use super::lanes::view;
use super::pieces::{Block, LANES, Pieces};
use super::precise::PreciseRow;

/// Integrals from the left end of the grid to the left side of each column, along each line.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    sums: Vec<f64>,
    stride: usize,
}

impl Table {
    /// The integral along `line` up to the left side of `column`.
    #[inline(always)]
    pub(super) fn up_to(&self, line: usize, column: usize) -> f64 {
        self.sums[column * self.stride + line]
    }
}

/// Lines of a grid, the spare ones included.
const MOST_LINES: usize = MOST_ROWS + 3;

/// One column's contribution to each line. Lines below a piece, those above it, and those that cross it take part
/// in different ways; the first two are summed by differences.
struct Column {
    /// By row: the weight of pieces whose lowest row it is.
    from: [f64; MOST_LINES],
    /// By row: what pieces give to every line above them, whose highest row is the one before.
    above: [f64; MOST_LINES],
    /// By line: what crossing pieces give.
    crossing: [f64; MOST_LINES],
    touched: u64,
}

impl Column {
    const EMPTY: Self =
        Self { from: [0.0; MOST_LINES], above: [0.0; MOST_LINES], crossing: [0.0; MOST_LINES], touched: 0 };

    /// Forgets what it has of so many lines.
    #[inline(always)]
    fn clear(&mut self, lines: usize) {
        self.from[..lines].fill(0.0);
        self.above[..lines].fill(0.0);
        self.crossing[..lines].fill(0.0);
        self.touched = 0;
    }

    #[inline(always)]
    fn add_thickness(&mut self, blocks: &[Block], rows: &Rows) {
        for block in blocks {
            for lane in 0..LANES {
                let width = block.right[lane] - block.left[lane];
                let weight = block.sign[lane] * width;
                if weight == 0.0 {
                    continue;
                }
                let rise = block.slope[lane] * width;
                let (low, high) = (block.low[lane], block.low[lane] + rise.abs());
                let (lowest, highest) = (rows.of(low), rows.of(high));
                self.from[lowest] += weight;
                self.above[highest + 1] += weight * (block.y[lane] + 0.5 * rise);
                self.touched |= (u64::MAX >> (63 - highest)) & (u64::MAX << lowest);
                if lowest < highest {
                    let share = 0.5 * block.sign[lane] / block.slope[lane].abs();
                    for line in lowest + 1..=highest {
                        let below = rows.lines[line] - low;
                        self.crossing[line] += weight * rows.lines[line] - share * (below * below);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn add_boundary(&mut self, blocks: &[Block], lengths: &[[f64; LANES]], rows: &Rows) {
        for (block, lengths) in blocks.iter().zip(lengths) {
            for (lane, &per_run) in lengths.iter().enumerate() {
                let width = block.right[lane] - block.left[lane];
                if width == 0.0 {
                    continue;
                }
                let low = block.low[lane];
                let (lowest, highest) = (rows.of(low), rows.of(low + (block.slope[lane] * width).abs()));
                self.above[highest + 1] += per_run * width;
                if lowest < highest {
                    let share = per_run / block.slope[lane].abs();
                    for line in lowest + 1..=highest {
                        self.crossing[line] += share * (rows.lines[line] - low);
                    }
                }
            }
        }
    }
}

/// The table of thickness below the lines, and which rows the boundary touches and which lie inside.
#[inline(always)]
pub(super) fn thickness(pieces: &Pieces, columns: &Columns, rows: &Rows) -> (Table, Occupancy) {
    let mut sums = Sums::new(columns, rows);
    let mut column = Column::EMPTY;
    let mut touched = vec![0; columns.count + 2];
    let mut inside = vec![0; columns.count + 2];
    for k in 1..=columns.count {
        column.clear(rows.lines.len());
        column.add_thickness(pieces.column(k), rows);
        let (mut over, mut above, mut bits) = (0.0, 0.0, 0);
        for (line, term) in sums.terms.iter_mut().enumerate().skip(1) {
            over -= column.from[line - 1];
            above += column.above[line];
            *term = over * rows.lines[line] + above + column.crossing[line];
            // The weights that are left over a free row are the width of the column inside, nothing outside.
            // The last line has no row above it.
            bits |= u64::from(over - column.from[line] > 0.5 * columns.width_m).unbounded_shl(line as u32);
        }
        sums.next();
        touched[k] = column.touched;
        inside[k] = bits & !column.touched;
    }
    (sums.table, Occupancy::new(touched, inside))
}

/// The table of boundary below the lines, from the lengths of the pieces for each metre along x.
#[inline(always)]
pub(super) fn boundary(pieces: &Pieces, lengths: &[[f64; LANES]], columns: &Columns, rows: &Rows) -> Table {
    let mut sums = Sums::new(columns, rows);
    let mut column = Column::EMPTY;
    for k in 1..=columns.count {
        let range = pieces.starts[k]..pieces.starts[k + 1];
        column.clear(rows.lines.len());
        column.add_boundary(&pieces.blocks[range.clone()], &lengths[range], rows);
        let mut above = 0.0;
        for (line, term) in sums.terms.iter_mut().enumerate().skip(1) {
            above += column.above[line];
            *term = above + column.crossing[line];
        }
        sums.next();
    }
    sums.table
}

/// The sums along all lines, column by column.
struct Sums {
    table: Table,
    so_far: PreciseRow,
    /// What the next column adds to each line.
    terms: Vec<f64>,
}

impl Sums {
    fn new(columns: &Columns, rows: &Rows) -> Self {
        let stride = rows.lines.len();
        let mut sums = Vec::with_capacity((columns.count + 2) * stride);
        sums.resize(2 * stride, 0.0);
        Self { table: Table { sums, stride }, so_far: PreciseRow::new(stride), terms: vec![0.0; stride] }
    }

    #[inline(always)]
    fn next(&mut self) {
        self.so_far.add(&self.terms);
        self.table.sums.extend_from_slice(&self.so_far.sums);
    }
}

/// What the pieces of a column up to `x` add along a line at height `y`, of thickness.
#[inline(always)]
pub(super) fn thickness_rest<S: Simd>(simd: S, blocks: &[Block], y: f64, x: f64) -> f64 {
    let mut sum = simd.splat_f64s(0.0);
    for block in blocks {
        for v in 0..LANES / S::F64_LANES {
            let part = below(simd, block, v, y, x);
            let half = simd.mul_f64s(part.depth, simd.splat_f64s(0.5));
            let mean = simd.negate_mul_add_e_f64s(part.share, half, simd.splat_f64s(y));
            let weight = simd.mul_f64s(view::<S>(&block.sign)[v], part.width);
            sum = simd.mul_add_e_f64s(weight, mean, sum);
        }
    }
    simd.reduce_sum_f64s(sum)
}

/// The same of boundary.
#[inline(always)]
pub(super) fn boundary_rest<S: Simd>(
    simd: S,
    blocks: &[Block],
    lengths: &[[f64; LANES]],
    y: f64,
    x: f64,
) -> f64 {
    let mut sum = simd.splat_f64s(0.0);
    for (block, lengths) in blocks.iter().zip(lengths) {
        for v in 0..LANES / S::F64_LANES {
            let part = below(simd, block, v, y, x);
            let weight = simd.mul_f64s(view::<S>(lengths)[v], part.width);
            sum = simd.negate_mul_add_e_f64s(weight, part.share, sum);
        }
    }
    simd.reduce_sum_f64s(sum)
}

/// A piece up to some x and a horizontal line: how far it runs, −(the share of that below the line), and depth·share
/// twice the mean of min(piece − line, 0).
struct Below<V> {
    width: V,
    share: V,
    depth: V,
}

#[inline(always)]
fn below<S: Simd>(simd: S, block: &Block, v: usize, y: f64, x: f64) -> Below<S::f64s> {
    let zero = simd.splat_f64s(0.0);
    let left = view::<S>(&block.left)[v];
    let right = simd.min_f64s(view::<S>(&block.right)[v], simd.splat_f64s(x));
    let width = simd.max_f64s(simd.sub_f64s(right, left), zero);
    let a = simd.sub_f64s(view::<S>(&block.y)[v], simd.splat_f64s(y));
    let c = simd.mul_add_e_f64s(view::<S>(&block.slope)[v], width, a);
    let (depth, share) = shares(simd, a, c);
    Below { width, share, depth }
}

/// For two lines whose distance is `a` at one end and `c` at the other: q = min(a,0) + min(c,0), and q / (|a| + |c|),
/// which is −(the share of the way on which the distance is negative). The mean of min(distance, 0) is −q·share/2…
/// with both signs: q·(−share)/2 = −q²/(2(|a|+|c|)).
#[inline(always)]
pub(super) fn shares<S: Simd>(simd: S, a: S::f64s, c: S::f64s) -> (S::f64s, S::f64s) {
    let zero = simd.splat_f64s(0.0);
    let q = simd.add_f64s(simd.min_f64s(a, zero), simd.min_f64s(c, zero));
    let distance = simd.negate_mul_add_e_f64s(q, simd.splat_f64s(2.0), simd.add_f64s(a, c));
    (q, simd.div_f64s(q, simd.max_f64s(distance, simd.splat_f64s(1e-300))))
}

#[cfg(test)]
mod tests {
    use super::super::frame::length_per_run;
    use super::super::pieces::tests::square;
    use super::*;

    /// Of a square of 10 m: below a line at height y lie 10·y m², its lower side and y of each of two others.
    #[test]
    fn what_lies_below_each_line() {
        let (pieces, columns, frame) = square();
        let rows = Rows::new(5, frame.size[1]);
        let (thickness, _) = thickness(&pieces, &columns, &rows);
        let lengths: Vec<_> = pieces.blocks.iter().map(|block| block.slope.map(length_per_run)).collect();
        let boundary = boundary(&pieces, &lengths, &columns, &rows);
        let end = columns.count + 1;
        for line in 2..=rows.count {
            let y = rows.lines[line];
            assert!((thickness.up_to(line, end) - 10.0 * y).abs() < 1e-9, "area below line {line}");
            assert!((boundary.up_to(line, end) - (10.0 + 2.0 * y)).abs() < 1e-9, "border below line {line}");
        }
        let above = rows.count + 1;
        assert!((thickness.up_to(above, end) - 100.0).abs() < 1e-9);
        assert!((boundary.up_to(above, end) - 40.0).abs() < 1e-9);
        assert_eq!((thickness.up_to(above, 0), thickness.up_to(0, end)), (0.0, 0.0));
    }

    /// Column by column the rest that pieces give leads to the next column's entry.
    #[test]
    fn the_rest_of_a_column_leads_to_the_next() {
        let (pieces, columns, frame) = square();
        let rows = Rows::new(5, frame.size[1]);
        let (thickness, _) = thickness(&pieces, &columns, &rows);
        for column in 1..=columns.count {
            for line in 1..=rows.count + 1 {
                let (y, x) = (rows.lines[line], columns.left_m(column + 1));
                let rest = thickness_rest(pulp::Scalar, pieces.column(column), y, x);
                let next = thickness.up_to(line, column) + rest;
                assert!(
                    (next - thickness.up_to(line, column + 1)).abs() < 1e-9,
                    "line {line}, column {column}"
                );
            }
        }
    }

    #[test]
    fn the_border_and_the_inside() {
        let (pieces, columns, frame) = square();
        let rows = Rows::new(5, frame.size[1]);
        let (_, occupancy) = thickness(&pieces, &columns, &rows);
        // Middle columns are touched below and above; what is between lies inside.
        assert_eq!(occupancy.touched(2, 3), 1 << 1 | 1 << 5);
        let stand = occupancy.stand([2, 3], [3, 3]);
        assert_eq!((stand.inside, stand.near, stand.lines), (true, false, [2, 5]));
        assert!(!occupancy.stand([2, 3], [6, 6]).inside);
        assert!(occupancy.stand([1, 1], [3, 3]).near, "the left side runs through column 1");
    }
}
