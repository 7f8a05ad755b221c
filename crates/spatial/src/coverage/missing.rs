//! Cutting loose edges at the vertices of other features that lie exactly on them.

use rayon::prelude::*;

use super::MissingVertex;
use super::chunks::Chunks;
use super::loose::Loose;
use crate::region::{Point, metres};

/// A vertex of another feature strictly between the ends of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    edge: usize,
    place: Point,
    neighbour: usize,
}

/// Loose edges after cutting.
pub(super) struct Pieces {
    pub(super) pieces: Vec<Loose>,
    /// Each cut with the number of the piece that ends there; the next piece begins there.
    cuts: Vec<(Cut, usize)>,
}

/// All places where a loose edge is to be cut, in the order of edges.
pub(super) fn cuts(chunks: &Chunks<'_>) -> Vec<Cut> {
    let mut cuts: Vec<Cut> =
        (0..chunks.len()).into_par_iter().flat_map_iter(|run| cuts_of_run(chunks, run)).collect();
    cuts.par_sort_unstable();
    // Of the neighbours that have the vertex the first is enough.
    cuts.dedup_by_key(|cut| (cut.edge, cut.place));
    cuts
}

fn cuts_of_run(chunks: &Chunks<'_>, run: usize) -> Vec<Cut> {
    let feature = chunks.feature(run);
    let mut cuts = Vec::new();
    for other in chunks.near_run(run, 0.0).into_iter().filter(|&other| chunks.feature(other) != feature) {
        // Where a loose edge ends another begins, so beginnings are all vertices there are.
        for vertex in &chunks.loose[chunks.edges(other)] {
            let on = chunks.edges(run).filter(|&edge| is_within(chunks.loose[edge].ends(), vertex.a));
            cuts.extend(on.map(|edge| Cut { edge, place: vertex.a, neighbour: vertex.feature }));
        }
    }
    cuts
}

/// Whether a point lies exactly on a segment, strictly between its ends.
fn is_within([a, b]: [Point; 2], point: Point) -> bool {
    let between = |a: i64, b: i64, v: i64| a.min(b) <= v && v <= a.max(b);
    if !between(a.x, b.x, point.x) || !between(a.y, b.y, point.y) || point == a || point == b {
        return false;
    }
    let wide = |to: i64, from: i64| i128::from(to - from);
    wide(b.x, a.x) * wide(point.y, a.y) == wide(b.y, a.y) * wide(point.x, a.x)
}

impl Pieces {
    /// Cuts edges.
    pub(super) fn of(loose: &[Loose], mut cuts: Vec<Cut>) -> Self {
        // Along each edge; on one edge the distance from its start orders places.
        cuts.sort_by_key(|cut| {
            let start = loose[cut.edge].a;
            (cut.edge, (cut.place.x - start.x).abs() + (cut.place.y - start.y).abs())
        });
        let mut all = Self { pieces: Vec::with_capacity(loose.len() + cuts.len()), cuts: Vec::new() };
        let mut rest = cuts.as_slice();
        for (number, &edge) in loose.iter().enumerate() {
            let own = rest.iter().take_while(|cut| cut.edge == number).count();
            let (here, after) = rest.split_at(own);
            rest = after;
            let mut start = edge.a;
            for &cut in here {
                all.cuts.push((cut, all.pieces.len()));
                all.pieces.push(Loose { a: start, b: cut.place, ..edge });
                start = cut.place;
            }
            all.pieces.push(Loose { a: start, ..edge });
        }
        all
    }

    /// The vertices that borders lack: cuts beside which a piece has its counterpart. Elsewhere a corner of one
    /// feature merely touches another. `matched` has the numbers of matched pieces first, ascending; `is_whole` tells
    /// whether a feature stands here with all its vertices, as nothing can be said of the others.
    pub(super) fn missing(
        &self,
        matched: &[[usize; 2]],
        is_whole: impl Fn(usize) -> bool,
    ) -> Vec<MissingVertex> {
        let is_matched = |piece: usize| matched.binary_search_by_key(&piece, |pair| pair[0]).is_ok();
        let mut missing: Vec<(usize, Point, usize)> = self
            .cuts
            .iter()
            .filter(|&&(_, piece)| is_whole(self.pieces[piece].feature))
            .filter(|&&(_, piece)| is_matched(piece) || is_matched(piece + 1))
            .map(|&(cut, piece)| (self.pieces[piece].feature, cut.place, cut.neighbour))
            .collect();
        missing.sort_unstable();
        missing.dedup_by_key(|&mut (feature, place, _)| (feature, place));
        missing
            .into_iter()
            .map(|(feature, place, neighbour)| MissingVertex { feature, neighbour, place: metres(place) })
            .collect()
    }
}
