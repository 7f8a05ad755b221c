//! The reference side: every feature with a header and its chains, prepared once for any number of subjects.

use rayon::prelude::*;

use super::chains::{Chain, Raster, fill, record_count};
use super::frame::Frame;
use super::lanes::Lanes;
use crate::{Envelope, Polygons};

/// By how much the box of a chain is at least larger than the chain, m: more than what counts as coincident.
const MARGIN_M: f64 = 1.0 / (1_u32 << 20) as f64;

/// Features that one thread prepares in one go.
const BLOCK: usize = 1024;

/// Features whose headers are held twice for a while.
const STRETCH: usize = 64 * BLOCK;

/// A feature among the references: 64 bytes, one cache line.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
pub(super) struct Header {
    /// The origin of its frame in the coordinates as given: a little below its lower left corner.
    pub origin: [f64; 2],
    /// Step of the raster of its chains' boxes, m. The feature fills the raster.
    pub step: [f64; 2],
    /// Its area, m².
    pub area_m2: f64,
    /// The length of its boundary, m.
    pub perimeter_m: f64,
    /// Where its first vertex lies among all coordinates.
    pub vertex: usize,
    /// Its first record among all chains.
    first: u32,
    /// How many records it has, the ends of its rings included.
    count: u32,
}

impl Header {
    /// Whether the feature is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// References ready for measuring.
#[derive(Clone, Debug)]
pub struct References {
    polygons: Polygons,
    headers: Vec<Header>,
    chains: Vec<Chain>,
}

impl References {
    /// Prepares polygons once for any number of subjects: 4 to 5 bytes for each vertex, and 64 for each feature.
    /// What is prepared for a feature depends on that feature alone.
    pub fn new(polygons: Polygons) -> Self {
        let mut order: Vec<(usize, usize)> = (0..polygons.len())
            .filter_map(|position| Some((polygons.ring_numbers(position).next()?, position)))
            .collect();
        order.sort_unstable();
        let counts: Vec<usize> =
            order.iter().map(|&(_, position)| feature_count(&polygons, position)).collect();
        let mut chains = vec![Chain::default(); counts.iter().sum()];
        let mut headers = vec![Header::default(); polygons.len()];
        let (mut first, mut rest) = (0, chains.as_mut_slice());
        for (order, counts) in order.chunks(STRETCH).zip(counts.chunks(STRETCH)) {
            let (own, others) = rest.split_at_mut(counts.iter().sum());
            let next = first + own.len();
            for (&(_, position), header) in order.iter().zip(prepare(&polygons, order, counts, first, own)) {
                headers[position] = header;
            }
            (first, rest) = (next, others);
        }
        Self { polygons, headers, chains }
    }

    /// The polygons.
    pub fn polygons(&self) -> &Polygons {
        &self.polygons
    }

    /// Bytes prepared beside the polygons.
    pub fn prepared_bytes(&self) -> usize {
        size_of_val(&*self.headers) + size_of_val(&*self.chains)
    }

    /// The header of a feature; one of nothing when there is no such feature.
    #[inline(always)]
    pub(super) fn header(&self, position: usize) -> Header {
        self.headers.get(position).copied().unwrap_or_default()
    }

    /// Asks for the header of a feature.
    #[inline(always)]
    pub(super) fn ask_header<S: Lanes>(&self, simd: S, position: usize) {
        if let Some(header) = self.headers.get(position) {
            simd.ask(header);
        }
    }

    /// Asks for the chains of a feature, as far as the machine does not go on by itself.
    #[inline(always)]
    pub(super) fn ask_chains<S: Lanes>(&self, simd: S, header: &Header) {
        for chain in self.chains(header).iter().step_by(2).take(16) {
            simd.ask(chain);
        }
    }

    /// The chains of a feature.
    #[inline(always)]
    pub(super) fn chains(&self, header: &Header) -> &[Chain] {
        &self.chains[header.first as usize..][..header.count as usize]
    }
}

/// How many records a feature takes.
fn feature_count(polygons: &Polygons, position: usize) -> usize {
    polygons.rings(position).map(|ring| record_count(ring.coords.len())).sum()
}

/// Fills the chains, in parallel over blocks of features that lie one behind the other; headers in that order.
fn prepare(
    polygons: &Polygons,
    order: &[(usize, usize)],
    counts: &[usize],
    mut first: usize,
    mut chains: &mut [Chain],
) -> Vec<Header> {
    let mut blocks = Vec::with_capacity(order.len() / BLOCK + 1);
    for (order, counts) in order.chunks(BLOCK).zip(counts.chunks(BLOCK)) {
        let count = counts.iter().sum();
        let (own, rest) = std::mem::take(&mut chains).split_at_mut(count);
        blocks.push((first, order, counts, own));
        (chains, first) = (rest, first + count);
    }
    let prepared: Vec<Vec<Header>> = blocks
        .into_par_iter()
        .map(|(mut first, order, counts, mut chains)| {
            let mut headers = Vec::with_capacity(order.len());
            for (&(_, position), &count) in order.iter().zip(counts) {
                let (own, rest) = std::mem::take(&mut chains).split_at_mut(count);
                headers.push(feature(polygons, position, first, own));
                (chains, first) = (rest, first + count);
            }
            headers
        })
        .collect();
    prepared.into_iter().flatten().collect()
}

/// Fills the chains of one feature.
fn feature(polygons: &Polygons, position: usize, first: usize, mut chains: &mut [Chain]) -> Header {
    let envelope = polygons.envelope(position).unwrap_or(Envelope { min: [0.0; 2], max: [0.0; 2] });
    let bare = Frame::of(&envelope);
    let margin_m = MARGIN_M + bare.span_m() * (0.5_f64).powi(44);
    let frame = bare.grown(2.0 * margin_m);
    let raster = Raster { step: frame.size.map(|size| size / f64::from(u16::MAX)), margin_m };
    let mut header = Header {
        origin: frame.origin,
        step: raster.step,
        vertex: polygons.ring_numbers(position).next().map_or(0, |ring| polygons.ring_start(ring)),
        first: first as u32,
        count: chains.len() as u32,
        ..Header::default()
    };
    for ring in polygons.rings(position) {
        let (own, rest) = std::mem::take(&mut chains).split_at_mut(record_count(ring.coords.len()));
        chains = rest;
        fill(ring.coords, &frame, &raster, own);
        if let Some(end) = own.last() {
            header.area_m2 += end.moment;
            header.perimeter_m += end.length;
        }
    }
    header
}
