//! The subject's edges, cut at the columns of the grid and kept column by column, eight to a block.

use super::grid::Columns;
use crate::Polygons;

use super::frame::Frame;

/// Pieces in a block.
pub(super) const LANES: usize = 8;

/// Eight pieces of edges within one column, each from left to right; m in the frame of the subject. A block's spare
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

/// An edge from left to right, with the columns of its ends.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: [f64; 2],
    to: [f64; 2],
    sign: f64,
    first: usize,
    last: usize,
}

impl Pieces {
    /// Cuts the edges of a feature.
    #[inline(always)]
    pub(super) fn new(rings: &Rings, columns: &Columns) -> Self {
        let starts = starts(rings, columns);
        let mut blocks = vec![Block::EMPTY; starts.last().copied().unwrap_or(0)];
        let mut next: Vec<usize> = starts.iter().map(|start| start * LANES).collect();
        rings.each_edge(|Edge { from, to, sign, first, last }| {
            let slope = (to[1] - from[1]) / (to[0] - from[0]);
            let mut left = from[0];
            for (next, column) in next[first..=last].iter_mut().zip(first..) {
                let right = if column == last { to[0] } else { columns.left_m(column + 1) };
                let y = from[1] + slope * (left - from[0]);
                let (block, lane) = (*next / LANES, *next % LANES);
                *next += 1;
                let block = &mut blocks[block];
                block.left[lane] = left;
                block.right[lane] = right;
                block.y[lane] = y;
                block.slope[lane] = slope;
                block.sign[lane] = sign;
                // Rounding must not put it below the grid.
                block.low[lane] = y.min(y + slope * (right - left)).max(0.0);
                left = right;
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
#[inline(always)]
fn starts(rings: &Rings, columns: &Columns) -> Vec<usize> {
    let mut change = vec![0_i32; columns.count + 3];
    rings.each_edge(|edge| {
        change[edge.first] += 1;
        change[edge.last + 1] -= 1;
    });
    let (mut pieces, mut start) = (0_i32, 0);
    let mut starts = Vec::with_capacity(columns.count + 3);
    for change in change {
        starts.push(start);
        pieces += change;
        start += pieces.max(0).unsigned_abs().div_ceil(LANES as u32) as usize;
    }
    starts
}

/// The rings of a feature in its frame, without vertical edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Rings {
    vertices: Vec<[f64; 2]>,
    /// The column of each vertex.
    columns: Vec<u32>,
    ends: Vec<usize>,
}

impl Rings {
    /// Places the rings, a vertex that repeats the one before it left out. One nearer to its neighbour along x than
    /// `least_run_m` is moved to the right by no more than a few of them, which is far below what coordinates
    /// resolve; so every slope is finite.
    #[inline(always)]
    pub(super) fn new(
        polygons: &Polygons,
        position: usize,
        frame: &Frame,
        least_run_m: f64,
        columns: &Columns,
    ) -> Self {
        let mut rings = Self::default();
        for ring in polygons.rings(position) {
            let start = rings.vertices.len();
            rings.vertices.extend(ring.coords.iter().map(|&vertex| frame.place(vertex)));
            if ring.coords.array_windows().any(|[a, b]| a == b) {
                drop_repeated(&mut rings.vertices, start);
            }
            part(&mut rings.vertices[start..], least_run_m);
            rings.ends.push(rings.vertices.len());
        }
        rings.columns.extend(rings.vertices.iter().map(|vertex| columns.of(vertex[0]) as u32));
        rings
    }

    #[inline(always)]
    fn each_edge(&self, mut visit: impl FnMut(Edge)) {
        let mut start = 0;
        for &end in &self.ends {
            let (ring, columns) = (&self.vertices[start..end], &self.columns[start..end]);
            start = end;
            for (ends, columns) in ring.array_windows::<2>().zip(columns.array_windows::<2>()) {
                // Which end is the left one is as good as random: looked up, as a branch would be guessed wrong.
                let left = usize::from(ends[1][0] <= ends[0][0]);
                visit(Edge {
                    from: ends[left],
                    to: ends[1 - left],
                    sign: [-1.0, 1.0][left],
                    first: columns[left] as usize,
                    last: columns[1 - left] as usize,
                });
            }
        }
    }
}

/// Leaves out, from `start` on, each vertex that repeats the one before it.
#[cold]
fn drop_repeated(vertices: &mut Vec<[f64; 2]>, start: usize) {
    let mut kept = vertices.split_off(start);
    kept.dedup();
    vertices.append(&mut kept);
}

/// Moves vertices that are too near along x to the one before them, or the last but one to the first.
#[inline(always)]
fn part(ring: &mut [[f64; 2]], least_run_m: f64) {
    let Some(closing) = ring.len().checked_sub(1) else { return };
    let first = ring[0][0];
    let mut before = first;
    for vertex in ring.iter_mut().take(closing).skip(1) {
        if (vertex[0] - before).abs() < least_run_m {
            vertex[0] = apart(vertex[0], &[before], least_run_m);
        }
        before = vertex[0];
    }
    if closing > 1 && (before - first).abs() < least_run_m {
        let others = [ring[closing - 2][0], first];
        ring[closing - 1][0] = apart(before, &others, least_run_m);
    }
}

/// The first x, going right in small steps, that is apart from others.
#[cold]
fn apart(mut x: f64, others: &[f64], least_run_m: f64) -> f64 {
    for _ in 0..4 {
        if others.iter().any(|other| (x - other).abs() < least_run_m) {
            x += 1.25 * least_run_m;
        }
    }
    x
}

#[cfg(test)]
pub(super) mod tests {
    use geo_types::{Coord, Rect};

    use super::*;
    use crate::Envelope;

    /// The pieces of a square of 10 m far from the origin, in four columns.
    pub(in crate::section) fn square() -> (Pieces, Columns, Frame) {
        let mut polygons = Polygons::with_capacity(1, 5);
        let (min, max) = (Coord { x: 5e5, y: 1e6 }, Coord { x: 500_010.0, y: 1_000_010.0 });
        polygons.place(0, &Rect::new(min, max).to_polygon().into());
        let frame = Frame::of(&Envelope { min: [min.x, min.y], max: [max.x, max.y] });
        let columns = Columns::new(4, frame.size[0]);
        (Pieces::new(&Rings::new(&polygons, 0, &frame, 1e-12, &columns), &columns), columns, frame)
    }

    #[test]
    fn pieces_stay_in_their_columns_and_make_up_the_area() {
        let (pieces, columns, _) = square();
        let (mut area_m2, mut count) = (0.0, 0);
        for column in 1..=columns.count {
            for block in pieces.column(column) {
                for lane in (0..LANES).filter(|&lane| block.sign[lane] != 0.0) {
                    let (left, right) = (block.left[lane], block.right[lane]);
                    assert!(
                        columns.left_m(column) - 1e-12 <= left && right <= columns.left_m(column + 1) + 1e-12
                    );
                    let middle = block.y[lane] + block.slope[lane] * (right - left) / 2.0;
                    area_m2 += block.sign[lane] * middle * (right - left);
                    count += 1;
                }
            }
        }
        assert!((area_m2 - 100.0).abs() < 1e-9, "{area_m2} m²");
        // Four columns are crossed by the lower and the upper side, the first and the last by the two others.
        assert_eq!(count, 4 + 4 + 2);
    }

    #[test]
    fn no_edge_is_vertical_and_repeated_vertices_are_left_out() {
        let lean = super::super::frame::SHEAR;
        // Up along the direction that the shear makes vertical, with a vertex twice.
        let ring = [[0., 0.], [9., 0.], [9., 0.], [9. - 8. * lean, 8.], [-8. * lean, 8.], [0., 0.]];
        let mut polygons = Polygons::with_capacity(1, 6);
        polygons.place_rings(0, [(&ring[..], false)]);
        let frame = Frame::of(&Envelope { min: [-8. * lean, 0.], max: [9., 8.] });
        let columns = Columns::new(2, frame.size[0]);
        let rings = Rings::new(&polygons, 0, &frame, 1e-9, &columns);
        assert_eq!(rings.vertices.len(), 5);
        let runs = rings.vertices.windows(2).map(|w| (w[1][0] - w[0][0]).abs());
        assert!(runs.clone().all(|run| run >= 1e-9), "{:?}", runs.collect::<Vec<_>>());
        let pieces = Pieces::new(&rings, &columns);
        assert!(pieces.blocks.iter().all(|block| block.slope.iter().all(|slope| slope.is_finite())));
    }
}
