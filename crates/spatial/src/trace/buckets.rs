//! The edges of a subject in the cells of a uniform grid over its box: which edges may lie near a place, and
//! whether a place far from all of them is enclosed.

use super::axis::Axis;
use super::clear::CLEARANCE;
use super::rings::Rings;
use crate::region::{Bounds, Point};

/// Most columns: the cells of a row, with an empty one before and after, are the bits of a word.
const MOST_COLUMNS: usize = 62;
/// Most rows.
const MOST_ROWS: usize = 1024;
/// Edges are entered with this much around them, in steps: what comes near them finds them, and the few steps
/// by which a computed place along an edge may be wrong do no harm.
const MARGIN: i64 = CLEARANCE + 8;

/// A cell of the grid; see [`Axis`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) column: u32,
    pub(super) row: u32,
}

/// The grid.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    columns: Axis,
    rows: Axis,
    /// One word a row: the columns that some edge comes to.
    occupied: Vec<u64>,
    /// One word a row: the columns that none comes to and that the rings enclose.
    enclosed: Vec<u64>,
    /// Where the edges of each cell start in `edges`.
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Buckets {
    /// Enters all edges, in cells about twice as wide as they are long.
    pub(super) fn new(rings: &Rings) -> Self {
        let bounds = rings.bounds().unwrap_or(Bounds { low: Point::ZERO, high: Point::ZERO });
        let edges = || rings.spans().iter().flat_map(|span| span.start..span.end);
        let length: i64 = edges().map(|edge| length(rings.edge(edge))).sum();
        let cell = WIDTH * length as f64 / edges().count() as f64 + MARGIN as f64;
        let [width, height] = bounds.size();
        let columns = Axis::new(bounds.low.x, width, cell, MOST_COLUMNS);
        let rows = Axis::new(bounds.low.y, height, cell, MOST_ROWS);
        let around = if rings.is_complement() { u64::MAX } else { 0 };
        let (occupied, enclosed) = (vec![0; rows.count + 2], vec![around; rows.count + 2]);
        let mut buckets = Self { columns, rows, occupied, enclosed, ..Self::default() };
        let row_starts = rows.starts();
        buckets.enter(rings, edges(), &row_starts);
        buckets.find_enclosed(rings, edges(), &row_starts);
        buckets
    }

    /// The cell of a point.
    #[inline]
    pub(super) fn cell(&self, point: Point) -> Cell {
        Cell { column: self.columns.cell(point.x), row: self.rows.cell(point.y) }
    }

    /// Whether an edge comes to any cell of the box between two.
    #[inline]
    pub(super) fn is_occupied(&self, from: Cell, to: Cell) -> bool {
        let columns = bits(from.column.min(to.column), from.column.max(to.column));
        if from.row == to.row {
            return self.occupied[from.row as usize] & columns != 0;
        }
        let rows = from.row.min(to.row) as usize..=from.row.max(to.row) as usize;
        self.occupied[rows].iter().any(|row| row & columns != 0)
    }

    /// Whether the rings enclose a cell that no edge comes to; `None` when one does.
    pub(super) fn is_enclosed(&self, cell: Cell) -> Option<bool> {
        let bit = 1 << cell.column;
        let row = cell.row as usize;
        (self.occupied[row] & bit == 0).then(|| self.enclosed[row] & bit != 0)
    }

    /// Whether a box that no edge comes to is enclosed; `None` when one does.
    pub(super) fn is_box_enclosed(&self, bounds: &Bounds) -> Option<bool> {
        let (low, high) = (self.cell(bounds.low), self.cell(bounds.high));
        if self.is_occupied(low, high) { None } else { self.is_enclosed(low) }
    }

    /// Calls `visit` with the edges of every cell in the box between two; an edge in several comes repeatedly.
    #[inline]
    pub(super) fn visit(&self, from: Cell, to: Cell, mut visit: impl FnMut(u32)) {
        let first = from.column.min(to.column).max(1) as usize;
        let last = (from.column.max(to.column) as usize).min(self.columns.count);
        let low = from.row.min(to.row).max(1) as usize;
        let high = (from.row.max(to.row) as usize).min(self.rows.count);
        for row in low..=high {
            let cells = (row - 1) * self.columns.count;
            if first <= last {
                let listed = self.starts[cells + first - 1] as usize..self.starts[cells + last] as usize;
                self.edges[listed].iter().for_each(|&edge| visit(edge));
            }
        }
    }

    /// Sorts the edges into their cells.
    fn enter(&mut self, rings: &Rings, edges: impl Iterator<Item = usize>, row_starts: &[i64]) {
        let mut entries: Vec<(u32, u32)> = Vec::with_capacity(3 * rings.points().len());
        let mut starts = vec![0u32; self.rows.count * self.columns.count + 1];
        for edge in edges {
            let [a, b] = rings.edge(edge);
            let ends = if a.y <= b.y { [a, b] } else { [b, a] };
            let (first, last) = self.rows.inner_cells(ends[0].y - MARGIN, ends[1].y + MARGIN);
            for row in first..=last {
                let [from, to] = if first == last { [a.x, b.x] } else { stretch(ends, row_starts, row) };
                let (left, right) = self.columns.inner_cells(from.min(to) - MARGIN, from.max(to) + MARGIN);
                self.occupied[row] |= bits(left as u32, right as u32);
                let before = (row - 1) * self.columns.count;
                for cell in before + left - 1..before + right {
                    entries.push((cell as u32, edge as u32));
                    starts[cell + 1] += 1;
                }
            }
        }
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        // From behind, so that the starts end up where they were.
        let mut ends = starts[1..].to_vec();
        self.edges = vec![0; entries.len()];
        for (cell, edge) in entries {
            let end = &mut ends[cell as usize];
            *end -= 1;
            self.edges[*end as usize] = edge;
        }
        self.starts = starts;
    }

    /// Finds the cells that the rings enclose: along the middle of a row, every edge that crosses it downwards adds
    /// one to the winding number of what lies right of it, upwards takes one away. Cells that edges come to get an
    /// answer as well, which is not asked for.
    fn find_enclosed(&mut self, rings: &Rings, edges: impl Iterator<Item = usize>, row_starts: &[i64]) {
        let mut turns = vec![0i16; (self.rows.count + 1) * 64];
        for edge in edges {
            let [a, b] = rings.edge(edge);
            let (ends, turn) = if a.y <= b.y { ([a, b], -1) } else { ([b, a], 1) };
            let (first, last) = self.rows.inner_cells(ends[0].y, ends[1].y);
            for row in first..=last {
                let middle = i64::midpoint(row_starts[row - 1], row_starts[row]);
                if ends[0].y <= middle && middle < ends[1].y {
                    turns[row * 64 + self.columns.cell(at_level(ends, middle)) as usize] += turn;
                }
            }
        }
        let outside = i16::from(rings.is_complement());
        for (row, turns) in turns.chunks_exact(64).enumerate().skip(1) {
            let (mut winding, mut enclosed) = (outside, 0);
            for (column, turn) in turns.iter().enumerate() {
                winding += turn;
                enclosed |= u64::from(winding == 1) << column;
            }
            self.enclosed[row] = enclosed;
        }
    }
}

/// How many times wider than an edge is long a cell is.
const WIDTH: f64 = 2.0;

/// The bits from one column to another.
#[inline]
fn bits(first: u32, last: u32) -> u64 {
    (2u64 << last).wrapping_sub(1 << first)
}

/// How far an edge, given from its lower end to its upper, reaches along the x axis in a row and what is around
/// it.
fn stretch(ends: [Point; 2], row_starts: &[i64], row: usize) -> [i64; 2] {
    let within = |y: i64| at_level(ends, y.clamp(ends[0].y, ends[1].y));
    [within(row_starts[row - 1] - MARGIN), within(row_starts[row] + MARGIN)]
}

/// Where an edge, given from its lower end to its upper, passes a level between them; right to a step or so.
fn at_level([low, high]: [Point; 2], y: i64) -> i64 {
    let rise = (high.y - low.y).max(1) as f64;
    low.x + ((high.x - low.x) as f64 * ((y - low.y) as f64 / rise)) as i64
}

fn length([a, b]: [Point; 2]) -> i64 {
    (b.x - a.x).abs().max((b.y - a.y).abs())
}
