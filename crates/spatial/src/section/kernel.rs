//! The pair kernel: the edges of a near chain against pieces of the subject, each pair by a closed form.

use pulp::Simd;

use super::chains::EDGES;
use super::frame::{Frame, length_per_run};
use super::lanes::view;
use super::lines::shares;
use super::pieces::{Block, LANES};

/// Nearer than this across, a border of the subject and one of the reference count as coincident, m.
const COINCIDENT_M: f64 = 1.0 / (1_u32 << 26) as f64;

/// The edges of a chain in the frame of the subject, each from left to right; places without an edge run nowhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    left: [f64; EDGES],
    right: [f64; EDGES],
    y: [f64; EDGES],
    slope: [f64; EDGES],
    /// +1 when the edge is directed to the right, −1 to the left.
    direction: [f64; EDGES],
}

impl Edges {
    /// From up to nine vertices.
    #[inline(always)]
    pub(super) fn new(vertices: &[[f64; 2]], frame: &Frame, least_run_m: f64) -> Self {
        let last = vertices.len() - 1;
        let mut place = [[0.0; 2]; EDGES + 1];
        for (i, place) in place.iter_mut().enumerate() {
            *place = frame.place(vertices[i.min(last)]);
        }
        let mut edges = Self {
            left: [0.0; EDGES],
            right: [0.0; EDGES],
            y: [0.0; EDGES],
            slope: [0.0; EDGES],
            direction: [0.0; EDGES],
        };
        for i in 0..EDGES {
            let ([xa, ya], [xb, yb]) = (place[i], place[i + 1]);
            let forward = xb > xa;
            let (left, right) = if forward { (xa, xb) } else { (xb, xa) };
            let rise = if forward { yb - ya } else { ya - yb };
            // One that hardly runs at all gets the least run there is, so that it has a slope.
            let right = if right - left < least_run_m && rise != 0.0 { left + least_run_m } else { right };
            edges.left[i] = left;
            edges.right[i] = right;
            edges.y[i] = if forward { ya } else { yb };
            edges.slope[i] = if right > left { rise / (right - left) } else { 0.0 };
            edges.direction[i] = if forward { 1.0 } else { -1.0 };
        }
        edges
    }
}

/// What the pairs of a chain add.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// To the area, m².
    pub area_m2: f64,
    /// To the length of the two boundaries inside each other, m.
    pub length_m: f64,
}

/// Sums over all pairs of an edge and a piece.
#[inline(always)]
pub(super) fn pairs<S: Simd, const LENGTHS: bool>(
    simd: S,
    edges: &Edges,
    selected: &[u32],
    blocks: &[Block],
    lengths: &[[f64; LANES]],
) -> Sum {
    let zero = simd.splat_f64s(0.0);
    let (mut area, mut length) = (zero, zero);
    let mut per_run = [0.0; EDGES];
    if LENGTHS {
        per_run = edges.slope.map(length_per_run);
    }
    for v in 0..EDGES / S::F64_LANES {
        let left = view::<S>(&edges.left)[v];
        let right = view::<S>(&edges.right)[v];
        let y = view::<S>(&edges.y)[v];
        let slope = view::<S>(&edges.slope)[v];
        let per_run = view::<S>(&per_run)[v];
        let (mut areas, mut own, mut other) = (zero, zero, zero);
        for &piece in selected {
            let (number, lane) = (piece as usize / LANES, piece as usize % LANES);
            let block = &blocks[number];
            let (piece_left, piece_slope) =
                (simd.splat_f64s(block.left[lane]), simd.splat_f64s(block.slope[lane]));
            let sign = simd.splat_f64s(block.sign[lane]);
            let from = simd.max_f64s(left, piece_left);
            let to = simd.min_f64s(right, simd.splat_f64s(block.right[lane]));
            let width = simd.max_f64s(simd.sub_f64s(to, from), zero);
            let start = simd.sub_f64s(simd.splat_f64s(block.y[lane]), y);
            let start = simd.mul_add_e_f64s(piece_slope, simd.sub_f64s(from, piece_left), start);
            let start = simd.negate_mul_add_e_f64s(slope, simd.sub_f64s(from, left), start);
            let end = simd.mul_add_e_f64s(simd.sub_f64s(piece_slope, slope), width, start);
            let (depth, share) = shares(simd, start, end);
            let below = simd.mul_f64s(width, share);
            areas = simd.mul_add_e_f64s(simd.mul_f64s(sign, depth), below, areas);
            if LENGTHS {
                let piece_per_run = simd.splat_f64s(lengths[number][lane]);
                let apart =
                    simd.negate_mul_add_e_f64s(depth, simd.splat_f64s(2.0), simd.add_f64s(start, end));
                let across =
                    simd.mul_f64s(simd.min_f64s(per_run, piece_per_run), simd.splat_f64s(2.0 * COINCIDENT_M));
                // The subject's own border counts as just inside of it: below where it bounds from above.
                let shrunk = simd.mul_f64s(width, simd.splat_f64s(-0.5 - 0.5 * block.sign[lane]));
                let below = simd.select_f64s(simd.less_than_f64s(apart, across), shrunk, below);
                own = simd.mul_add_e_f64s(piece_per_run, below, own);
                other = simd.mul_add_e_f64s(sign, below, other);
            }
        }
        let direction = view::<S>(&edges.direction)[v];
        area = simd.mul_add_e_f64s(direction, areas, area);
        if LENGTHS {
            length = simd.mul_add_e_f64s(direction, own, length);
            length = simd.mul_add_e_f64s(per_run, other, length);
        }
    }
    Sum { area_m2: 0.5 * simd.reduce_sum_f64s(area), length_m: simd.reduce_sum_f64s(length) }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::{Lanes, Path, Task};
    use super::*;

    /// One edge from left to right over x = 0 to 4, from height `from` to height `to`.
    fn edge(from: f64, to: f64, direction: f64) -> Edges {
        let zero = [0.0; EDGES];
        let mut edges = Edges { left: zero, right: zero, y: zero, slope: zero, direction: [1.0; EDGES] };
        (edges.right[0], edges.y[0], edges.slope[0], edges.direction[0]) =
            (4.0, from, (to - from) / 4.0, direction);
        edges
    }

    /// One piece over the same, and one far away that must not count.
    fn block(from: f64, to: f64, sign: f64) -> Block {
        let mut block = Block {
            left: [7.0; LANES],
            right: [9.0; LANES],
            y: [0.0; LANES],
            slope: [0.0; LANES],
            sign: [1.0; LANES],
            low: [0.0; LANES],
        };
        (block.left[0], block.right[0], block.y[0]) = (0.0, 4.0, from);
        (block.slope[0], block.sign[0]) = ((to - from) / 4.0, sign);
        block
    }

    struct Pairs<'a>(&'a Edges, &'a Block);

    impl Task for Pairs<'_> {
        type Output = Sum;

        fn run<S: Lanes>(self, simd: S) -> Sum {
            let lengths = [self.1.slope.map(length_per_run)];
            pairs::<S, true>(simd, self.0, &[0, 1], std::slice::from_ref(self.1), &lengths)
        }
    }

    fn sum(edges: &Edges, block: &Block) -> Sum {
        let all = [Path::Scalar, Path::four(), Path::fastest()].map(|path| path.run(Pairs(edges, block)));
        assert!(all.iter().all(|sum| (sum.area_m2 - all[0].area_m2).abs() < 1e-14));
        assert!(all.iter().all(|sum| (sum.length_m - all[0].length_m).abs() < 1e-12));
        all[0]
    }

    #[test]
    fn the_area_between_two_lines_where_the_piece_is_below() {
        // The piece rises from 0 to 4, the edge lies at 2: the piece is below on half of the way, a triangle of 2 × 2.
        assert_eq!(sum(&edge(2.0, 2.0, 1.0), &block(0.0, 4.0, 1.0)).area_m2, 2.0);
        assert_eq!(sum(&edge(2.0, 2.0, -1.0), &block(0.0, 4.0, 1.0)).area_m2, -2.0);
        assert_eq!(sum(&edge(2.0, 2.0, 1.0), &block(0.0, 4.0, -1.0)).area_m2, -2.0);
        // Below all the way, by 1 to 3: a trapezoid of mean height 2.
        assert_eq!(sum(&edge(1.0, 5.0, 1.0), &block(0.0, 2.0, 1.0)).area_m2, 8.0);
        // Above all the way, or just the same: nothing.
        assert_eq!(sum(&edge(1.0, 0.0, 1.0), &block(2.0, 2.0, 1.0)).area_m2, 0.0);
        assert_eq!(sum(&edge(1.0, 3.0, 1.0), &block(1.0, 3.0, 1.0)).area_m2, 0.0);
    }

    #[test]
    fn lengths_by_the_share_of_the_way_on_which_the_piece_is_below() {
        // Piece below the edge on half of the way: it has −½ of its own length below the edge, which runs to the
        // right; and the edge −½ of its length above the piece, which bounds the subject from above.
        let found = sum(&edge(2.0, 2.0, 1.0), &block(0.0, 4.0, 1.0)).length_m;
        let (own, other) = (2.0 * length_per_run(1.0), 2.0 * length_per_run(0.0));
        assert!((found + own + other).abs() < 1e-12, "{found}");
    }
}
