//! The walk around a reference: free chains in runs of which only the ends are looked at; near chains with the pieces
//! of the subject that they may meet, for the kernel.

use super::chains::{Chain, EDGES};
use super::grid::Stand;
use super::lanes::Lanes;
use super::lines::{boundary_rest, thickness_rest};
use super::pieces::LANES;
use super::references::{Header, References};
use super::subject::{Boundary, Subject};
use super::{Measure, Scratch};

/// A near chain and the pieces that it may meet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    /// Which candidate it belongs to.
    pub slot: u32,
    /// How many edges it has.
    pub edges: u32,
    /// Its first vertex among all coordinates of the references.
    pub vertex: usize,
    /// Its pieces in the list of those selected.
    pub first: u32,
    /// How many those are.
    pub count: u32,
}

/// A candidate of whose box it takes more than a look to tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossed {
    slot: usize,
    header: Header,
    pose: Pose,
}

/// How a reference lies in the grid of a subject.
#[derive(Clone, Copy, Debug)]
struct Pose {
    /// The origin of the reference in the frame of the subject, m.
    shift: [f64; 2],
    /// From steps of the raster to columns and rows.
    scale: [f64; 2],
    /// The column and row of the raster's origin, less one half.
    offset: [f64; 2],
    step: [f64; 2],
}

impl Pose {
    #[inline(always)]
    fn new(header: &Header, subject: &Subject) -> Self {
        let shift = subject.frame.place(header.origin);
        let per_m = [subject.columns.per_m, subject.rows.per_m];
        Self {
            shift,
            scale: [header.step[0] * per_m[0], header.step[1] * per_m[1]],
            offset: [shift[0] * per_m[0] + 0.5, shift[1] * per_m[1] + 0.5],
            step: header.step,
        }
    }

    /// The column (k = 0) or row (k = 1) of a place on the raster.
    #[inline(always)]
    fn cell(&self, raster: u16, k: usize, most: f64) -> usize {
        // Rounding to whole numbers by adding a number whose last bit is 1: half less than the place itself, so
        // that it rounds down. A tie may go either way; boxes have a margin for that.
        const ROUND: f64 = 1.5 * (1_u64 << 52) as f64;
        let at = f64::from(raster) * self.scale[k] + self.offset[k];
        let at = if at > 0.0 { at } else { 0.0 };
        let at = if at < most { at } else { most };
        ((at + ROUND).to_bits() & 0xffff_ffff) as usize
    }
}

/// Chains one after the other that have a line in common.
#[derive(Clone, Copy)]
struct Run<'a> {
    from: &'a Chain,
    lines: [u32; 2],
    inside: bool,
}

/// How many candidates ahead their headers are asked for.
const HEADERS_AHEAD: usize = 12;

/// The places of the bits that are set in a number of four bits, the lowest first; the rest does not count.
const SET_BITS: [[u32; 4]; 16] = {
    let mut all = [[0; 4]; 16];
    let mut number = 0;
    while number < 16 {
        let (mut bit, mut count) = (0, 0);
        while bit < 4 {
            if number >> bit & 1 == 1 {
                all[number][count] = bit;
                count += 1;
            }
            bit += 1;
        }
        number += 1;
    }
    all
};

/// All that the walks of one call share.
pub(super) struct Walk<'a, S> {
    pub simd: S,
    pub subject: &'a Subject,
    pub references: &'a References,
    /// The tables of lengths, when those are asked for.
    pub boundary: Option<&'a Boundary>,
}

impl<S: Lanes> Walk<'_, S> {
    /// Measures the candidates that lie inside or outside as a whole, and lists the others.
    #[inline(always)]
    pub(super) fn begin(&self, candidates: &[usize], scratch: &mut Scratch, measures: &mut Vec<Measure>) {
        for candidate in candidates.iter().take(HEADERS_AHEAD) {
            self.references.ask_header(self.simd, *candidate);
        }
        for (slot, &candidate) in candidates.iter().enumerate() {
            if let Some(&next) = candidates.get(slot + HEADERS_AHEAD) {
                self.references.ask_header(self.simd, next);
            }
            let header = self.references.header(candidate);
            let mut measure = Measure::default();
            if !header.is_empty() {
                let pose = Pose::new(&header, self.subject);
                let stand = self.stand(&pose, [0, 0], [u16::MAX, u16::MAX]);
                if stand.near {
                    scratch.crossed.push(Crossed { slot, header, pose });
                } else if stand.inside {
                    measure = Measure { area_m2: header.area_m2, perimeter_m: header.perimeter_m };
                }
            }
            measures.push(measure);
        }
    }

    /// Walks around the candidates that were listed.
    #[inline(always)]
    pub(super) fn go_round<const LENGTHS: bool>(&self, scratch: &mut Scratch, measures: &mut [Measure]) {
        let crossed = std::mem::take(&mut scratch.crossed);
        if let Some(first) = crossed.first() {
            self.references.ask_chains(self.simd, &first.header);
        }
        for (i, candidate) in crossed.iter().enumerate() {
            if let Some(next) = crossed.get(i + 1) {
                self.references.ask_chains(self.simd, &next.header);
            }
            measures[candidate.slot] = self.candidate::<LENGTHS>(candidate, scratch);
        }
        scratch.crossed = crossed;
    }

    /// Measures what needs no vertices, and lists the near chains.
    #[inline(always)]
    fn candidate<const LENGTHS: bool>(&self, crossed: &Crossed, scratch: &mut Scratch) -> Measure {
        let Crossed { slot, header, pose } = crossed;
        let mut sum = Measure::default();
        let chains = self.references.chains(header);
        let mut vertex = header.vertex;
        let mut run: Option<Run<'_>> = None;
        for (i, chain) in chains.iter().enumerate() {
            if chain.is_end() {
                if let Some(run) = run.take() {
                    self.add::<LENGTHS>(pose, &run, chain, &mut sum);
                }
                vertex = vertex + chain.edges_before() + 1 - EDGES;
                continue;
            }
            let stand = self.stand(pose, chain.low, chain.high);
            run = Some(self.lengthen::<LENGTHS>(pose, run, chain, &stand, &mut sum));
            if stand.near {
                let edges = if chains[i + 1].is_end() { chains[i + 1].edges_before() } else { EDGES };
                self.select(
                    pose,
                    chain,
                    &stand,
                    Near { slot: *slot as u32, edges: edges as u32, vertex, first: 0, count: 0 },
                    scratch,
                );
            }
            vertex += EDGES;
        }
        sum
    }

    #[inline(always)]
    fn stand(&self, pose: &Pose, low: [u16; 2], high: [u16; 2]) -> Stand {
        let most = [self.subject.columns.count as f64 + 1.0, self.subject.rows.count as f64 + 1.0];
        self.subject.occupancy.stand(
            [pose.cell(low[0], 0, most[0]), pose.cell(high[0], 0, most[0])],
            [pose.cell(low[1], 1, most[1]), pose.cell(high[1], 1, most[1])],
        )
    }

    /// The run with one more chain, or a new one when they have no line in common.
    #[inline(always)]
    fn lengthen<'c, const LENGTHS: bool>(
        &self,
        pose: &Pose,
        run: Option<Run<'c>>,
        chain: &'c Chain,
        stand: &Stand,
        sum: &mut Measure,
    ) -> Run<'c> {
        if let Some(run) = run {
            let lines = [run.lines[0].max(stand.lines[0]), run.lines[1].min(stand.lines[1])];
            if run.inside == stand.inside && lines[0] <= lines[1] {
                return Run { lines, ..run };
            }
            self.add::<LENGTHS>(pose, &run, chain, sum);
        }
        Run { from: chain, lines: stand.lines, inside: stand.inside }
    }

    /// Adds what a run up to `to` contributes along its lowest common line.
    #[inline(always)]
    fn add<const LENGTHS: bool>(&self, pose: &Pose, run: &Run<'_>, to: &Chain, sum: &mut Measure) {
        let line = run.lines[0] as usize;
        let y = self.subject.rows.lines[line];
        if run.inside {
            sum.area_m2 += (to.moment - run.from.moment) + (y - pose.shift[1]) * (to.x - run.from.x);
            if LENGTHS {
                sum.perimeter_m += to.length - run.from.length;
            }
        }
        if line > 1 {
            for (x, sign) in [(run.from.x, 1.0), (to.x, -1.0)] {
                let x = x + pose.shift[0];
                let column = self.subject.columns.of_any(x);
                let range = self.subject.pieces.starts[column]..self.subject.pieces.starts[column + 1];
                let blocks = &self.subject.pieces.blocks[range.clone()];
                sum.area_m2 += sign
                    * (self.subject.thickness.up_to(line, column) + thickness_rest(self.simd, blocks, y, x));
                if LENGTHS && let Some(boundary) = self.boundary {
                    let lengths = &boundary.lengths[range];
                    sum.perimeter_m += sign
                        * (boundary.table.up_to(line, column)
                            + boundary_rest(self.simd, blocks, lengths, y, x));
                }
            }
        }
    }

    /// Lists a near chain with the pieces that overlap it along x and lie between the free block below it and its
    /// upper side, if there are any.
    #[inline(always)]
    fn select(&self, pose: &Pose, chain: &Chain, stand: &Stand, mut near: Near, scratch: &mut Scratch) {
        let simd = self.simd;
        let at = |raster: u16, k: usize| f64::from(raster) * pose.step[k] + pose.shift[k];
        let most = self.subject.columns.count as f64 + 1.0;
        let [first, last] = [pose.cell(chain.low[0], 0, most), pose.cell(chain.high[0], 0, most)];
        let range = self.subject.pieces.starts[first]..self.subject.pieces.starts[last + 1];
        let left = simd.splat_f64s(at(chain.low[0], 0));
        let right = simd.splat_f64s(at(chain.high[0], 0));
        let top = simd.splat_f64s(at(chain.high[1], 1));
        let bottom = simd.splat_f64s(self.subject.rows.lines[stand.row as usize + 1]);
        let selected = &mut scratch.selected;
        let mut count = scratch.selected_count;
        near.first = count as u32;
        // Four are written at a time, wanted or not.
        let most = count + range.len() * LANES + 4;
        if selected.len() < most {
            selected.resize(most.max(2 * selected.len()), 0);
        }
        for (number, block) in range.clone().zip(&self.subject.pieces.blocks[range]) {
            for v in 0..LANES / S::F64_LANES {
                let low = super::lanes::view::<S>(&block.low)[v];
                let beside = simd.and_m64s(
                    simd.less_than_f64s(super::lanes::view::<S>(&block.left)[v], right),
                    simd.greater_than_f64s(super::lanes::view::<S>(&block.right)[v], left),
                );
                let between =
                    simd.and_m64s(simd.less_than_f64s(low, top), simd.less_than_or_equal_f64s(bottom, low));
                let mut bits = simd.bits(simd.and_m64s(beside, between));
                let mut first = (number * LANES + v * S::F64_LANES) as u32;
                for _ in 0..S::F64_LANES.div_ceil(4) {
                    let set = SET_BITS[bits as usize % 16];
                    selected[count..count + 4].copy_from_slice(&set.map(|bit| first + bit));
                    count += (bits % 16).count_ones() as usize;
                    (bits, first) = (bits / 16, first + 4);
                }
            }
        }
        near.count = (count - near.first as usize) as u32;
        if near.count > 0 {
            scratch.near.push(near);
            scratch.selected_count = count;
        }
    }
}
