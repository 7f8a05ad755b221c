//! From runs to arcs: what several features have in common is found once and kept once.
//!
//! A vertex inside a piece has the same two neighbours wherever it occurs (else it were a junction), so a piece is
//! determined by its first two vertices, and its reverse by its last two. The lesser of both is the key of the arc, and
//! the direction that gives it is the arc's own. An arc has one side for each direction; a third use, which only
//! features that lie over each other give, gets a copy of its own.

use rayon::prelude::*;

use super::pieces::{Piece, pieces};
use super::{Coverage, NONE, Path, Walk};
use crate::grid::GridPoint;
use crate::source::Source;

/// A piece on its way to its arc.
#[derive(Clone, Copy)]
struct Use {
    key: [GridPoint; 2],
    backwards: bool,
    /// Position among all pieces.
    number: u32,
}

/// The arcs of the source, and each run's way along them.
pub(crate) fn build(source: &Source) -> (Coverage, Vec<Path>) {
    let pieces = pieces(source);
    let mut uses: Vec<Use> = pieces
        .par_iter()
        .enumerate()
        .map(|(number, piece)| {
            let (key, backwards) = key(source, *piece);
            Use { key, backwards, number: number as u32 }
        })
        .collect();
    uses.par_sort_unstable_by_key(|one| (one.key, one.number));
    let mut coverage = Coverage { starts: vec![0], ..Coverage::default() };
    coverage.points.reserve(source.points.len());
    let mut walks = vec![Walk { arc: 0, backwards: false }; pieces.len()];
    // In the order of the features, so that what is near lies near in memory.
    let mut groups: Vec<&[Use]> = uses.chunk_by(|a, b| a.key == b.key).collect();
    groups.par_sort_unstable_by_key(|group| group.first().map(|one| one.number));
    for group in groups {
        place(source, &pieces, group, &mut coverage, &mut walks);
    }
    let mut paths: Vec<Path> =
        source.runs.iter().map(|run| Path { row: run.row, closed: run.closed, walks: Vec::new() }).collect();
    for (piece, walk) in pieces.iter().zip(&walks) {
        paths[piece.run as usize].walks.push(*walk);
    }
    (coverage, paths)
}

/// Adds the arcs of all uses of one key.
fn place(source: &Source, pieces: &[Piece], group: &[Use], coverage: &mut Coverage, walks: &mut [Walk]) {
    let first = coverage.len();
    for one in group {
        let piece = pieces[one.number as usize];
        let run = source.runs[piece.run as usize];
        let side = usize::from(one.backwards);
        // A line runs along the first arc and takes no side of it.
        let arc = if run.closed {
            (first..coverage.len()).find(|&arc| coverage.sides[arc][side] == NONE)
        } else {
            (first < coverage.len()).then_some(first)
        };
        let arc = arc.unwrap_or_else(|| {
            let mut points: Vec<GridPoint> = piece.points(source).collect();
            if one.backwards {
                points.reverse();
            }
            coverage.push(points, [NONE; 2], false);
            coverage.len() - 1
        });
        if run.closed {
            coverage.sides[arc][side] = run.row;
        } else {
            coverage.in_lines[arc] = true;
        }
        walks[one.number as usize] = Walk { arc: arc as u32, backwards: one.backwards };
    }
}

/// The lesser of the first two vertices and the last two, seen from the end; and whether it is the latter.
fn key(source: &Source, piece: Piece) -> ([GridPoint; 2], bool) {
    let run = source.runs[piece.run as usize];
    let n = run.end - run.start;
    let at = |i: usize| source.points[run.start + (piece.first + i) % n];
    let forwards = [at(0), at(1)];
    let backwards = [at(piece.count - 1), at(piece.count - 2)];
    if forwards <= backwards { (forwards, false) } else { (backwards, true) }
}

#[cfg(test)]
mod tests {
    use geo_types::{LineString, Polygon};

    use super::*;
    use crate::matrix::World;

    fn square(x: f64, y: f64, side: f64) -> geo_types::Geometry<f64> {
        let corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)];
        Polygon::new(LineString::from(corners.to_vec()), vec![]).into()
    }

    #[test]
    fn two_squares_share_the_side_between_them() {
        let mut source = Source::new(World::WEB_MERCATOR);
        source.push(0, &square(0.0, 0.0, 100.0)).unwrap();
        source.push(1, &square(100.0, 0.0, 100.0)).unwrap();
        let (coverage, paths) = build(&source);
        let mut sides = coverage.sides.clone();
        sides.iter_mut().for_each(|side| side.sort_unstable());
        sides.sort_unstable();
        assert_eq!(sides, [[0, 1], [0, NONE], [1, NONE]]);
        assert_eq!(paths.iter().map(|path| path.walks.len()).collect::<Vec<_>>(), [2, 2]);
        let counts: Vec<usize> = (0..3).map(|arc| coverage.arc(arc).len()).collect();
        assert_eq!(counts.iter().sum::<usize>(), 4 + 4 + 2);
    }

    #[test]
    fn a_square_given_twice_has_an_arc_for_each() {
        let mut source = Source::new(World::WEB_MERCATOR);
        source.push(0, &square(0.0, 0.0, 100.0)).unwrap();
        source.push(1, &square(0.0, 0.0, 100.0)).unwrap();
        let (coverage, _) = build(&source);
        assert_eq!(coverage.len(), 2);
        assert!(coverage.sides.iter().all(|sides| sides.contains(&NONE)));
    }
}
