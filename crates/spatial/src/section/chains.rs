//! A ring of a reference in chains of eight edges, each with its box and with what the chains before it have summed
//! up, so that a row of chains is measured by its two ends.

use super::frame::{Frame, SHEAR};
use super::precise::Precise;

/// Edges in a chain.
pub(super) const EDGES: usize = 8;

/// A chain, or the end of a ring: 32 bytes, half a cache line. Everything is in the frame of the feature.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(32))]
pub(super) struct Chain {
    /// Lower left corner of its box, rounded outward to the raster of the feature.
    pub low: [u16; 2],
    /// Upper right corner, likewise.
    pub high: [u16; 2],
    /// x of its first vertex, m.
    pub x: f64,
    /// −∫ y dx along the ring up to there, m².
    pub moment: f64,
    /// Length of the ring up to there, m.
    pub length: f64,
}

impl Chain {
    /// Whether this is not a chain but the end of a ring, with the sums of the whole ring.
    #[inline(always)]
    pub(super) fn is_end(&self) -> bool {
        self.low[0] > self.high[0]
    }

    /// For the end of a ring: how many edges the chain before it has.
    #[inline(always)]
    pub(super) fn edges_before(&self) -> usize {
        usize::from(self.low[1])
    }
}

/// The raster of the boxes of a feature's chains; it begins at the origin of its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raster {
    /// Width and height of a cell, m.
    pub step: [f64; 2],
    /// By how much a box is to be larger than its chain, m.
    pub margin_m: f64,
}

impl Raster {
    /// Rounds a box outward.
    fn outward(&self, low: [f64; 2], high: [f64; 2]) -> ([u16; 2], [u16; 2]) {
        let cell = |v: f64, k: usize| v / self.step[k];
        (
            [0, 1].map(|k| cell(low[k] - self.margin_m, k).floor() as u16),
            [0, 1].map(|k| cell(high[k] + self.margin_m, k).ceil() as u16),
        )
    }
}

/// How many records a ring of so many vertices takes, its end included.
pub(super) fn record_count(vertices: usize) -> usize {
    vertices.saturating_sub(1).div_ceil(EDGES) + 1
}

/// Fills the records of a ring.
pub(super) fn fill(ring: &[[f64; 2]], frame: &Frame, raster: &Raster, records: &mut [Chain]) {
    let (mut moment, mut length) = (Precise::default(), Precise::default());
    let (mut end_x, mut edges) = (0.0, 0);
    let chains = (0..ring.len().saturating_sub(1)).step_by(EDGES);
    for (record, first) in records.iter_mut().zip(chains) {
        let vertices = &ring[first..ring.len().min(first + EDGES + 1)];
        let [x, y] = frame.place(vertices[0]);
        (record.x, record.moment, record.length) = (x, moment.sum, length.sum);
        let (mut low, mut high, mut from) = ([x, y], [x, y], [x, y]);
        let (mut above_first, mut own_length) = (0.0, 0.0);
        for &vertex in &vertices[1..] {
            let to = frame.place(vertex);
            low = [low[0].min(to[0]), low[1].min(to[1])];
            high = [high[0].max(to[0]), high[1].max(to[1])];
            let (run, rise) = (to[0] - from[0], to[1] - from[1]);
            above_first += 0.5 * ((from[1] - y) + (to[1] - y)) * run;
            let straight = run - SHEAR * rise;
            own_length += (straight * straight + rise * rise).sqrt();
            from = to;
        }
        moment.add(-above_first - y * (from[0] - x));
        length.add(own_length);
        (record.low, record.high) = raster.outward(low, high);
        (end_x, edges) = (from[0], vertices.len() - 1);
    }
    if let Some(record) = records.last_mut() {
        let (moment, length) = (moment.sum, length.sum);
        *record = Chain { low: [u16::MAX, edges as u16], high: [0, 0], x: end_x, moment, length };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Envelope;

    /// A regular polygon of so many corners on a circle of 100 m, and its chains.
    fn polygon(corners: usize) -> (Vec<[f64; 2]>, Frame, Raster, Vec<Chain>) {
        let corner = |i: usize| std::f64::consts::TAU * (i % corners) as f64 / corners as f64;
        let ring: Vec<[f64; 2]> =
            (0..=corners).map(|i| [5e5 + 100.0 * corner(i).cos(), 1.2e6 + 100.0 * corner(i).sin()]).collect();
        let envelope = Envelope { min: [499_900.0, 1_199_900.0], max: [500_100.0, 1_200_100.0] };
        let frame = Frame::of(&envelope).grown(0.002);
        let raster = Raster { step: frame.size.map(|size| size / f64::from(u16::MAX)), margin_m: 0.001 };
        let mut chains = vec![Chain::default(); record_count(ring.len())];
        fill(&ring, &frame, &raster, &mut chains);
        (ring, frame, raster, chains)
    }

    #[test]
    fn the_end_of_a_ring_has_its_area_and_length() {
        for corners in [3, 8, 9, 16, 100] {
            let (ring, _, _, chains) = polygon(corners);
            let half = std::f64::consts::PI / corners as f64;
            let (area_m2, length_m) =
                (corners as f64 * 1e4 * half.sin() * half.cos(), corners as f64 * 200.0 * half.sin());
            let end = chains[chains.len() - 1];
            assert!((end.moment - area_m2).abs() < 1e-7 && (end.length - length_m).abs() < 1e-7, "{end:?}");
            assert!(end.is_end() && chains[..chains.len() - 1].iter().all(|chain| !chain.is_end()));
            assert_eq!((chains.len() - 2) * EDGES + end.edges_before(), ring.len() - 1);
        }
    }

    #[test]
    fn boxes_hold_their_vertices_and_a_margin() {
        let (ring, frame, raster, chains) = polygon(100);
        for (i, chain) in chains[..chains.len() - 1].iter().enumerate() {
            for &vertex in &ring[i * EDGES..=(i * EDGES + EDGES).min(ring.len() - 1)] {
                let place = frame.place(vertex);
                for (k, &place) in place.iter().enumerate() {
                    let at = |raster_place: u16| f64::from(raster_place) * raster.step[k];
                    let (low, high) = (at(chain.low[k]), at(chain.high[k]));
                    assert!(low + raster.margin_m <= place + 1e-9 && place <= high - raster.margin_m + 1e-9);
                    assert!(high - low < 80.0, "a box of eight edges of 6.3 m");
                }
            }
        }
    }
}
