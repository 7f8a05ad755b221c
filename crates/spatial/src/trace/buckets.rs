//! The edges of a subject in the cells of a uniform grid over its box: which edges may lie near a place, and
//! whether a place far from all of them is enclosed.

use super::clear::CLEARANCE;
use super::rings::Rings;
use crate::region::{Bounds, Point};

/// Most columns: the cells of a row, with an empty one before and after, are the bits of a word.
const MOST_COLUMNS: usize = 62;
/// Most rows.
const MOST_ROWS: usize = 1024;
/// Edges are entered with this much around them, in steps: what comes near them finds them, and the few steps
/// by which a computed place along an edge may be wrong do no harm.
const MARGIN: f64 = (CLEARANCE + 8) as f64;

/// A place in the grid. Column and row 0 and those after the last stand for all that lies around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) column: u32,
    pub(super) row: u32,
}

/// The grid.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    low: Point,
    cells_per_step: [f64; 2],
    columns: usize,
    rows: usize,
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
        let size = [0, 1].map(|axis| bounds.size()[axis] as f64 + 1.0);
        let length: f64 = edges().map(|edge| length(rings.edge(edge))).sum();
        let cell = 2.0 * length / edges().count() as f64 + MARGIN;
        let [columns, rows] = [(size[0], MOST_COLUMNS), (size[1], MOST_ROWS)]
            .map(|(size, most)| ((size / cell) as usize).clamp(1, most));
        let mut buckets = Self {
            low: bounds.low,
            cells_per_step: [columns as f64 / size[0], rows as f64 / size[1]],
            columns,
            rows,
            occupied: vec![0; rows + 2],
            enclosed: vec![if rings.is_complement() { u64::MAX } else { 0 }; rows + 2],
            ..Self::default()
        };
        buckets.enter(rings, edges());
        buckets.find_enclosed(rings);
        buckets
    }

    /// The cell of a point.
    pub(super) fn cell(&self, point: Point) -> Cell {
        let [x, y] = self.place(point);
        let clamped = |v: f64, count: usize| (v + 1.0).max(0.0).min((count + 1) as f64) as u32;
        Cell { column: clamped(x, self.columns), row: clamped(y, self.rows) }
    }

    /// Where a point lies, in cells from the lower left corner.
    fn place(&self, point: Point) -> [f64; 2] {
        let (x, y) = (point.x - self.low.x, point.y - self.low.y);
        [x as f64 * self.cells_per_step[0], y as f64 * self.cells_per_step[1]]
    }

    /// Whether an edge comes to any cell of the box between two.
    pub(super) fn is_occupied(&self, from: Cell, to: Cell) -> bool {
        let columns = column_bits(from.column.min(to.column), from.column.max(to.column));
        let rows = from.row.min(to.row) as usize..=from.row.max(to.row) as usize;
        self.occupied[rows].iter().fold(0, |all, row| all | row) & columns != 0
    }

    /// Whether the rings enclose a cell that no edge comes to; `None` when one does.
    pub(super) fn is_enclosed(&self, cell: Cell) -> Option<bool> {
        let bit = 1 << cell.column;
        let row = cell.row as usize;
        (self.occupied[row] & bit == 0).then(|| self.enclosed[row] & bit != 0)
    }

    /// Calls `visit` with the edges of every cell in the box between two; an edge in several comes repeatedly.
    pub(super) fn visit(&self, from: Cell, to: Cell, mut visit: impl FnMut(u32)) {
        let first = from.column.min(to.column).max(1) as usize;
        let last = (from.column.max(to.column) as usize).min(self.columns);
        let rows = from.row.min(to.row).max(1) as usize..=(from.row.max(to.row) as usize).min(self.rows);
        if first > last {
            return;
        }
        for row in rows {
            let cells = (row - 1) * self.columns;
            let listed = self.starts[cells + first - 1] as usize..self.starts[cells + last] as usize;
            self.edges[listed].iter().for_each(|&edge| visit(edge));
        }
    }

    /// Sorts the edges into their cells.
    fn enter(&mut self, rings: &Rings, edges: impl Iterator<Item = usize>) {
        let mut entries: Vec<(u32, u32)> = Vec::new();
        let mut occupied = std::mem::take(&mut self.occupied);
        let mut starts = vec![0u32; self.rows * self.columns + 1];
        for edge in edges {
            for (row, first, last) in self.cells_of(rings.edge(edge)) {
                occupied[row + 1] |= column_bits(first as u32 + 1, last as u32 + 1);
                for column in first..=last {
                    let cell = row * self.columns + column;
                    entries.push((cell as u32, edge as u32));
                    starts[cell + 1] += 1;
                }
            }
        }
        self.occupied = occupied;
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        self.edges = vec![0; entries.len()];
        let mut next = starts.clone();
        for (cell, edge) in entries {
            self.edges[next[cell as usize] as usize] = edge;
            next[cell as usize] += 1;
        }
        self.starts = starts;
    }

    /// The rows that an edge comes to, each with the first and last column there. A long edge is followed row by
    /// row, so that it does not fill its whole box.
    fn cells_of(&self, [a, b]: [Point; 2]) -> impl Iterator<Item = (usize, usize, usize)> {
        let margin = self.cells_per_step.map(|per_step| per_step * MARGIN);
        let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
        let ([x0, y0], [x1, y1]) = (self.place(low), self.place(high));
        let column = |x: f64| (x.max(0.0) as usize).min(self.columns - 1);
        let row = |y: f64| (y.max(0.0) as usize).min(self.rows - 1);
        let slope = if y1 > y0 { (x1 - x0) / (y1 - y0) } else { 0.0 };
        let (first, last) = (row(y0 - margin[1]), row(y1 + margin[1]));
        (first..=last).map(move |row| {
            let (from, to) = if first == last || slope == 0.0 {
                (x0, x1)
            } else {
                let at = |y: f64| x0 + slope * (y.clamp(y0, y1) - y0);
                (at(row as f64 - margin[1]), at((row + 1) as f64 + margin[1]))
            };
            (row, column(from.min(to) - margin[0]), column(from.max(to) + margin[0]))
        })
    }

    /// Finds the cells that no edge comes to and that the rings enclose: along the middle of a row, every edge
    /// that crosses it downwards adds one to the winding number of what lies right of it, upwards takes one away.
    fn find_enclosed(&mut self, rings: &Rings) {
        let mut turns = vec![0i16; self.rows * 64];
        let middles: Vec<i64> = (0..self.rows)
            .map(|row| self.low.y + ((row as f64 + 0.5) / self.cells_per_step[1]) as i64)
            .collect();
        for edge in rings.spans().iter().flat_map(|span| span.start..span.end) {
            let [a, b] = rings.edge(edge);
            let (low, high, turn) = if a.y <= b.y { (a, b, -1) } else { (b, a, 1) };
            let first = middles.partition_point(|&middle| middle < low.y);
            for (row, &middle) in
                middles.iter().enumerate().skip(first).take_while(|(_, middle)| **middle < high.y)
            {
                let share = (middle - low.y) as f64 / (high.y - low.y) as f64;
                let x = low.x + ((high.x - low.x) as f64 * share) as i64;
                turns[row * 64 + self.cell(Point::new(x, middle)).column as usize] += turn;
            }
        }
        let outside = i16::from(rings.is_complement());
        for row in 0..self.rows {
            let mut winding = outside;
            for column in 0..self.columns + 2 {
                // An edge that crosses here is entered here, so that the cell is not asked.
                winding += turns[row * 64 + column];
                if winding == 1 {
                    self.enclosed[row + 1] |= 1 << column;
                } else {
                    self.enclosed[row + 1] &= !(1 << column);
                }
            }
        }
    }

    /// Whether the box of a figure comes to no edge, and then whether it is enclosed.
    pub(super) fn is_box_enclosed(&self, bounds: &Bounds) -> Option<bool> {
        let (low, high) = (self.cell(bounds.low), self.cell(bounds.high));
        if self.is_occupied(low, high) { None } else { self.is_enclosed(low) }
    }
}

/// The bits from one column to another.
fn column_bits(first: u32, last: u32) -> u64 {
    (u64::MAX << first) & (u64::MAX >> (63 - last))
}

fn length([a, b]: [Point; 2]) -> f64 {
    (b.x - a.x).abs().max((b.y - a.y).abs()) as f64
}
