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
