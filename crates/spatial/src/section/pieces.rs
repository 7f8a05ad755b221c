//! The subject's edges, cut at the columns of the grid and kept column by column, four to a block.

use super::grid::Columns;
use crate::Polygons;

use super::frame::Frame;

/// Pieces in a block.
pub(super) const LANES: usize = 4;

/// Four pieces of edges within one column, each from left to right; m in the frame of the subject. A block's spare
/// places hold pieces of no length that weigh nothing and lie above everything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Left end.
    pub left: [f64; LANES],
    /// Right end.
    pub right: [f64; LANES],
    /// y at the left end.
    pub y: [f64; LANES],
    /// dy/dx.
    pub slope: [f64; LANES],
    /// +1 where the subject lies below the edge, −1 where it lies above, 0 where there is no piece.
    pub sign: [f64; LANES],
    /// The lowest y.
    pub low: [f64; LANES],
}

impl Block {
    const EMPTY: Self = Self {
        left: [0.0; LANES],
        right: [0.0; LANES],
        y: [0.0; LANES],
        slope: [0.0; LANES],
        sign: [0.0; LANES],
        low: [f64::INFINITY; LANES],
    };
}

/// All pieces of a subject.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    /// The blocks, column after column.
    pub blocks: Vec<Block>,
    /// Where the blocks of each column begin; one more than there are columns.
    pub starts: Vec<usize>,
}

/// An edge from left to right.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: [f64; 2],
    to: [f64; 2],
    sign: f64,
}

impl Pieces {
    /// Cuts the edges of a feature.
    pub(super) fn new(rings: &Rings, columns: &Columns) -> Self {
        let starts = starts(rings, columns);
        let mut blocks = vec![Block::EMPTY; starts.last().copied().unwrap_or(0)];
        let mut next: Vec<usize> = starts.iter().map(|start| start * LANES).collect();
        rings.each_edge(|edge| {
            let slope = (edge.to[1] - edge.from[1]) / (edge.to[0] - edge.from[0]);
            let (first, last) = (columns.of(edge.from[0]), columns.of(edge.to[0]));
            for (next, column) in next[first..=last].iter_mut().zip(first..) {
                let left = if column == first { edge.from[0] } else { columns.left_m(column) };
                let right = if column == last { edge.to[0] } else { columns.left_m(column + 1) };
                let y = edge.from[1] + slope * (left - edge.from[0]);
                let (block, lane) = (*next / LANES, *next % LANES);
                *next += 1;
                let block = &mut blocks[block];
                block.left[lane] = left;
                block.right[lane] = right;
                block.y[lane] = y;
                block.slope[lane] = slope;
                block.sign[lane] = edge.sign;
                // Rounding must not put it below the grid.
                block.low[lane] = y.min(y + slope * (right - left)).max(0.0);
            }
        });
        Self { blocks, starts }
    }

    /// The blocks of a column.
    #[inline(always)]
    pub(super) fn column(&self, column: usize) -> &[Block] {
        &self.blocks[self.starts[column]..self.starts[column + 1]]
    }
}

/// Where each column's blocks begin, counted without cutting.
fn starts(rings: &Rings, columns: &Columns) -> Vec<usize> {
    let mut change = vec![0_isize; columns.count + 3];
    rings.each_edge(|edge| {
        change[columns.of(edge.from[0])] += 1;
        change[columns.of(edge.to[0]) + 1] -= 1;
    });
    let (mut pieces, mut start) = (0_isize, 0);
    let mut starts = Vec::with_capacity(columns.count + 3);
    for change in change {
        starts.push(start);
        pieces += change;
        start += pieces.max(0).unsigned_abs().div_ceil(LANES);
    }
    starts
}

/// The rings of a feature in its frame, without vertical edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Rings {
    vertices: Vec<[f64; 2]>,
    ends: Vec<usize>,
}

impl Rings {
    /// Places the rings, a vertex that repeats the one before it left out. One nearer to its neighbour along x than `least_run_m` is moved to the right by no
    /// more than a few of them, which is far below what coordinates resolve; so every slope is finite.
    pub(super) fn new(polygons: &Polygons, position: usize, frame: &Frame, least_run_m: f64) -> Self {
        let mut rings = Self::default();
        for ring in polygons.rings(position) {
            let start = rings.vertices.len();
            for &vertex in ring.coords {
                let vertex = frame.place(vertex);
                if rings.vertices[start..].last() != Some(&vertex) {
                    rings.vertices.push(vertex);
                }
            }
            part(&mut rings.vertices[start..], least_run_m);
            rings.ends.push(rings.vertices.len());
        }
        rings
    }

    /// How many vertices there are.
    pub(super) fn vertex_count(&self) -> usize {
        self.vertices.len()
    }

    #[inline(always)]
    fn each_edge(&self, mut visit: impl FnMut(Edge)) {
        let mut start = 0;
        for &end in &self.ends {
            let ring = &self.vertices[start..end];
            start = end;
            for (&a, &b) in ring.iter().zip(&ring[1..]) {
                visit(if a[0] < b[0] {
                    Edge { from: a, to: b, sign: -1.0 }
                } else {
                    Edge { from: b, to: a, sign: 1.0 }
                });
            }
        }
    }
}

/// Moves vertices that are too near along x to the one before them, or the last but one to the first.
fn part(ring: &mut [[f64; 2]], least_run_m: f64) {
    let Some(closing) = ring.len().checked_sub(1) else { return };
    let first = ring[0][0];
    let near = |a: f64, b: f64| (a - b).abs() < least_run_m;
    for i in 1..closing {
        let before = ring[i - 1][0];
        for _ in 0..4 {
            if near(ring[i][0], before) || (i + 1 == closing && near(ring[i][0], first)) {
                ring[i][0] += 1.25 * least_run_m;
            }
        }
    }
}
