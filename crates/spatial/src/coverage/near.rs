//! Borders that run beside each other.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::chunks::Chunks;
use super::facing::{Facing, facing};
use super::options::Step;
use super::paths::{Paths, Place};
use super::{Between, NearMiss, Options};

/// A place where an edge of the first feature runs beside one of the second.
#[derive(Clone, Copy, Debug)]
struct Piece {
    features: [usize; 2],
    edge: usize,
    facing: Facing,
}

/// All near misses; `gap_borders` are the loose edges on the border of some gap, ascending.
pub(super) fn misses(
    chunks: &Chunks<'_>,
    gap_borders: &[usize],
    options: &Options<'_>,
) -> Option<Vec<NearMiss>> {
    let (total, done) = (chunks.len(), AtomicUsize::new(0));
    let pieces: Vec<Vec<Piece>> = (0..total)
        .into_par_iter()
        .map(|run| {
            options.tell(Step::NearMisses, done.fetch_add(1, Ordering::Relaxed), total)?;
            Some(pieces_of_run(chunks, run, options.tolerance_m))
        })
        .collect::<Option<_>>()?;
    let mut pieces: Vec<Piece> = pieces.into_iter().flatten().collect();
    pieces.par_sort_by(|a, b| {
        let place = |piece: &Piece| (piece.features, piece.edge);
        place(a).cmp(&place(b)).then(a.facing.from.total_cmp(&b.facing.from))
    });
    let paths = Paths::of(chunks.loose);
    let of_one_ring =
        |a: &Piece, b: &Piece| a.features == b.features && paths.ring_of(a.edge) == paths.ring_of(b.edge);
    let stretches = pieces.chunk_by(of_one_ring).flat_map(|pieces| stretches(pieces, &paths, options));
    let long = stretches.filter_map(|stretch| stretch.near_miss(&paths, gap_borders, options));
    Some(long.collect())
}

fn pieces_of_run(chunks: &Chunks<'_>, run: usize, tolerance_m: f64) -> Vec<Piece> {
    let feature = chunks.feature(run);
    let mut pieces = Vec::new();
    for other in chunks.near_run(run, tolerance_m) {
        let neighbour = chunks.feature(other);
        if neighbour <= feature {
            continue;
        }
        for edge in chunks.edges(run).filter(|&edge| !chunks.loose[edge].is_crowded) {
            let e = chunks.loose[edge].ends();
            for f in chunks.loose[chunks.edges(other)].iter().filter(|f| !f.is_crowded) {
                let beside = facing(e, f.ends(), tolerance_m).map(|facing| Piece {
                    features: [feature, neighbour],
                    edge,
                    facing,
                });
                pieces.extend(beside);
            }
        }
    }
    pieces
}

/// Pieces that follow each other.
struct Stretch {
    pieces: Vec<Piece>,
    from: Place,
    to: Place,
    length_m: f64,
}

/// Joins the pieces of one ring beside one neighbour, which come in the order of the ring.
fn stretches(pieces: &[Piece], paths: &Paths<'_>, options: &Options<'_>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for &piece in pieces {
        let (from, to) = ((piece.edge, piece.facing.from), (piece.edge, piece.facing.to));
        let last = stretches.last_mut();
        let joined = last.and_then(|last| Some((paths.ahead_m(last.to, from, options.tolerance_m)?, last)));
        match joined {
            Some((ahead_m, last)) => {
                let beyond_m = if last.to.0 == to.0 { to.1 - last.to.1.max(from.1) } else { to.1 - from.1 };
                last.length_m += ahead_m + beyond_m.max(0.0);
                last.to = if last.to.0 == to.0 { (to.0, to.1.max(last.to.1)) } else { to };
                last.pieces.push(piece);
            }
            None => stretches.push(Stretch { pieces: vec![piece], from, to, length_m: to.1 - from.1 }),
        }
    }
    join_around(&mut stretches, paths, options);
    stretches
}

/// A ring may begin inside a stretch.
fn join_around(stretches: &mut Vec<Stretch>, paths: &Paths<'_>, options: &Options<'_>) {
    let [first, .., last] = stretches.as_slice() else { return };
    let Some(ahead_m) = paths.ahead_m(last.to, first.from, options.tolerance_m) else { return };
    if let (Some(mut last), Some(first)) = (stretches.pop(), stretches.first_mut()) {
        last.length_m += ahead_m + first.length_m;
        last.pieces.append(&mut first.pieces);
        last.to = first.to;
        *first = last;
    }
}

impl Stretch {
    fn near_miss(&self, paths: &Paths<'_>, gap_borders: &[usize], options: &Options<'_>) -> Option<NearMiss> {
        let features = self.pieces.first()?.features;
        let greatest_distance_m = self.greatest_distance_m();
        let sides = self.pieces.iter().flat_map(|piece| piece.facing.left);
        let (nothing, both) =
            sides.fold((false, false), |(nothing, both), left| (nothing || left < 0.0, both || left > 0.0));
        let between = match (nothing, both) {
            // On the other's line all along, in the opposite direction, and yet no edge matches: crowded edges only.
            (false, false) => return None,
            (true, false) => Between::Nothing,
            (false, true) => Between::Both,
            (true, true) => Between::Either,
        };
        let is_apart = |piece: &Piece| piece.facing.left.iter().sum::<f64>() < 0.0;
        let is_open = self
            .pieces
            .iter()
            .any(|piece| is_apart(piece) && gap_borders.binary_search(&piece.edge).is_err());
        (self.length_m >= options.least_elongation * greatest_distance_m).then(|| NearMiss {
            features,
            length_m: self.length_m,
            greatest_distance_m,
            between,
            is_open,
            line: paths.line(self.from, self.to),
        })
    }

    /// Where several edges of the neighbour are beside one place, the nearest counts.
    fn greatest_distance_m(&self) -> f64 {
        let of_edge = |pieces: &[Piece]| {
            let ends = pieces.iter().flat_map(|piece| [piece.facing.from, piece.facing.to]);
            let nearest = |at: f64| {
                let beside = pieces.iter().filter(|p| p.facing.from <= at && at <= p.facing.to);
                beside.map(|piece| piece.facing.distance(at)).fold(f64::INFINITY, f64::min)
            };
            ends.map(nearest).fold(0.0, f64::max)
        };
        self.pieces.chunk_by(|a, b| a.edge == b.edge).map(of_edge).fold(0.0, f64::max)
    }
}
