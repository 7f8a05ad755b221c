//! Loose edges by place: an index over short runs of them.

use std::ops::Range;

use super::loose::Loose;
use crate::region::{Point, metres};
use crate::{Envelope, Index};

/// Edges in a run: few enough that most of them are near what is near their box, enough to keep the index small.
const RUN: usize = 12;

/// Runs of loose edges of one ring each, with an index over their envelopes.
pub(super) struct Chunks<'a> {
    pub(super) loose: &'a [Loose],
    runs: Vec<Range<usize>>,
    index: Index,
}

impl<'a> Chunks<'a> {
    pub(super) fn of(loose: &'a [Loose]) -> Self {
        let (mut runs, mut start) = (Vec::new(), 0);
        for ring in loose.chunk_by(|a, b| a.ring == b.ring) {
            let end = start + ring.len();
            runs.extend((start..end).step_by(RUN).map(|first| first..end.min(first + RUN)));
            start = end;
        }
        let envelopes = runs.iter().enumerate();
        let envelopes = envelopes.filter_map(|(run, edges)| Some((envelope(&loose[edges.clone()])?, run)));
        let index = Index::bulk_load(envelopes.collect());
        Self { loose, runs, index }
    }

    pub(super) fn len(&self) -> usize {
        self.runs.len()
    }

    /// The numbers of the edges of a run.
    pub(super) fn edges(&self, run: usize) -> Range<usize> {
        self.runs[run].clone()
    }

    pub(super) fn feature(&self, run: usize) -> usize {
        self.loose[self.runs[run].start].feature
    }

    /// The runs whose boxes come within a distance of that of a run, ascending, itself among them.
    pub(super) fn near_run(&self, run: usize, distance_m: f64) -> Vec<usize> {
        envelope(&self.loose[self.edges(run)]).map_or(Vec::new(), |box_| self.near(&box_, distance_m))
    }

    /// The runs whose boxes come within a distance of a box, ascending.
    pub(super) fn near(&self, envelope: &Envelope, distance_m: f64) -> Vec<usize> {
        let Envelope { min, max } = *envelope;
        let around = Envelope { min: min.map(|v| v - distance_m), max: max.map(|v| v + distance_m) };
        self.index.query(&around)
    }
}

/// Box around edges, m.
fn envelope(edges: &[Loose]) -> Option<Envelope> {
    Envelope::of(edges.iter().flat_map(|edge| edge.ends().map(metres)))
}

/// Box around a segment, m.
pub(super) fn around(ends: [Point; 2]) -> Envelope {
    let [[ax, ay], [bx, by]] = ends.map(metres);
    Envelope { min: [ax.min(bx), ay.min(by)], max: [ax.max(bx), ay.max(by)] }
}
