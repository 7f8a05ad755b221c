//! Which features overlap, from what is covered more than once.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::chunks::Chunks;
use super::options::Step;
use super::stacks::stacked;
use super::{Multiple, Options, PairOverlap, Shape, rings};
use crate::overlay::Shapes;
use crate::{Prepared, Region};

/// The pairs, and what they sum up to.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) overlaps: Vec<PairOverlap>,
    /// Sum of all overlaps, those left out included, in half grid cells.
    pub(super) twice_area_cells: i128,
    /// Overlaps left out as no wider than rounding.
    pub(super) at_grid_limit: usize,
}

/// Measures the overlap of every pair of features that may have one.
pub(super) fn pairs(
    prepared: &Prepared,
    chunks: &Chunks<'_>,
    twice: &Region,
    options: &Options<'_>,
) -> Option<Pairs> {
    let mut candidates = touching(chunks);
    candidates.extend(stacked(prepared, twice, options)?);
    candidates.par_sort_unstable();
    candidates.dedup();
    let of_one: Vec<&[[usize; 2]]> = candidates.chunk_by(|a, b| a[0] == b[0]).collect();
    let (total, done) = (of_one.len(), AtomicUsize::new(0));
    let found: Vec<Vec<Found>> = of_one
        .into_par_iter()
        .map(|pairs| {
            options.tell(Step::Overlaps, done.fetch_add(1, Ordering::Relaxed), total)?;
            Some(of_subject(prepared, pairs, options))
        })
        .collect::<Option<_>>()?;
    let mut pairs = Pairs::default();
    for (features, cells, shape) in found.into_iter().flatten() {
        pairs.twice_area_cells += cells;
        match shape {
            Some(shape) => pairs.overlaps.push(PairOverlap { features, shape }),
            None => pairs.at_grid_limit += 1,
        }
    }
    Some(pairs)
}

/// A pair, twice its area in grid cells, and its shape if it is one.
type Found = ([usize; 2], i128, Option<Shape>);

/// The overlaps of pairs that have the same first feature.
fn of_subject(prepared: &Prepared, pairs: &[[usize; 2]], options: &Options<'_>) -> Vec<Found> {
    let Some(&[subject, _]) = pairs.first() else { return Vec::new() };
    let shapes = Shapes::new(prepared, subject);
    let measured = pairs.iter().map(|&features| {
        let region = shapes.with(prepared, features[1]);
        (features, region.twice_area_cells(), region)
    });
    measured
        .filter(|(_, _, region)| !region.is_empty())
        .map(|(features, cells, region)| (features, cells, Shape::measure(region, options.width_precision)))
        .collect()
}

/// Features with loose edges in boxes that touch. Two borders that cross or part have some there.
fn touching(chunks: &Chunks<'_>) -> Vec<[usize; 2]> {
    let of_run = |run: usize| {
        let feature = chunks.feature(run);
        let mut others: Vec<usize> =
            chunks.near_run(run, 0.0).into_iter().map(|other| chunks.feature(other)).collect();
        others.retain(|&other| other > feature);
        others.sort_unstable();
        others.dedup();
        others.into_iter().map(move |other| [feature, other])
    };
    (0..chunks.len()).into_par_iter().flat_map_iter(of_run).collect()
}

/// The features that cover some of a region, ascending.
fn covering(prepared: &Prepared, part: &Region) -> Vec<usize> {
    let Some(envelope) = part.envelope() else { return Vec::new() };
    let covers = |&position: &usize| part.shares_area_with(&rings::of_feature(prepared, position));
    prepared.candidates(&envelope).into_iter().filter(covers).collect()
}

/// The parts of what three or more features cover, and how many are left out as no wider than rounding.
pub(super) fn multiples(
    prepared: &Prepared,
    thrice: &Region,
    options: &Options<'_>,
) -> (Vec<Multiple>, usize) {
    let parts = thrice.parts();
    let all = parts.len();
    let found: Vec<Multiple> = parts
        .into_par_iter()
        .filter_map(|part| {
            let features = covering(prepared, &part);
            Shape::measure(part, options.width_precision).map(|shape| Multiple { features, shape })
        })
        .collect();
    let left_out = all - found.len();
    (found, left_out)
}
