//! The check, step by step.

use super::chunks::Chunks;
use super::loose::{self, Loose, Sorted};
use super::missing::{self, Pieces};
use super::options::Step;
use super::rings::Rings;
use super::walks::closed_walks;
use super::{Coverage, GapKind, MissingVertex, Options, Totals};
use super::{gaps, near, overlaps, totals};
use crate::region::{Contour, Uncovered};
use crate::{Prepared, Region};

/// Checks a layer that should tile its area. Invalid features take part as they were mended. The answer does not depend on the order of features, but for how it is ordered itself and on
/// whose border a near miss is measured. `None` when the work was stopped.
pub fn check(prepared: &Prepared, options: &Options<'_>) -> Option<Coverage> {
    let Edges { loose, missing_vertices, mut totals, twice_area_cells } = edges(prepared, options)?;
    options.tell(Step::Cover, 0, 1)?;
    let Covers { at_least, uncovered } = covers(&closed_walks(&loose), options)?;
    let chunks = Chunks::of(&loose);
    let nothing = Region::default();
    let cover = |depth: usize| at_least.get(depth - 1).unwrap_or(&nothing);
    let pairs = overlaps::pairs(prepared, &chunks, cover(2), options)?;
    let (multiples, multiples_left_out) = overlaps::multiples(prepared, cover(3), options);
    totals.features = prepared.features.iter().filter(|feature| feature.envelope.is_some()).count();
    totals.balance(twice_area_cells, &at_least, pairs.twice_area_cells);
    totals.outer_boundary_m = uncovered.outer_boundary_m;
    totals.gap_boundary_m = uncovered.enclosed.iter().map(Region::perimeter_m).sum();
    totals.gap_area_m2 = totals::square_metres(uncovered.enclosed.iter().map(Region::twice_area_cells).sum());
    let scope = options.scope.map(|scope| gaps::of_scope(scope, cover(1), &uncovered.enclosed));
    let (scope, beyond) = scope.map_or((None, Vec::new()), |(cover, parts)| (Some(cover), parts));
    let enclosed = gaps::describe(uncovered.enclosed, None, &chunks, options)?;
    let open = gaps::describe(beyond, Some(GapKind::Open), &chunks, options)?;
    let near_misses = near::misses(&chunks, &enclosed.borders, options)?;
    options.tell(Step::NearMisses, 1, 1)?;
    totals.at_grid_limit =
        pairs.at_grid_limit + multiples_left_out + enclosed.at_grid_limit + open.at_grid_limit;
    Some(Coverage {
        overlaps: pairs.overlaps,
        multiples,
        gaps: enclosed.gaps.into_iter().chain(open.gaps).collect(),
        near_misses,
        missing_vertices,
        totals,
        scope,
    })
}

/// What is left of the borders once shared ones are taken out.
struct Edges {
    loose: Vec<Loose>,
    missing_vertices: Vec<MissingVertex>,
    totals: Totals,
    /// Twice the sum of all features' areas, in grid cells.
    twice_area_cells: i128,
}

fn edges(prepared: &Prepared, options: &Options<'_>) -> Option<Edges> {
    let rings = Rings::of(prepared, options)?;
    options.tell(Step::Match, 0, 2)?;
    let sorted: Sorted = loose::sort(&rings);
    let twice_area_cells = rings.twice_area_cells;
    drop(rings);
    options.tell(Step::Match, 1, 2)?;
    let cuts = missing::cuts(&Chunks::of(&sorted.loose));
    if cuts.is_empty() {
        let totals = totals::of_edges(&sorted, &[], &sorted.loose);
        return Some(Edges { totals, twice_area_cells, loose: sorted.loose, missing_vertices: Vec::new() });
    }
    let cut = Pieces::of(&sorted.loose, cuts);
    let (loose, matched) = loose::sort_again(&cut.pieces);
    let matched_pieces: Vec<Loose> = matched.iter().map(|pair| cut.pieces[pair[0]]).collect();
    let totals = totals::of_edges(&sorted, &matched_pieces, &loose);
    // A mended feature has lost its vertices that lie straight between others; nothing can be said of it.
    let is_whole = |feature: usize| prepared.features[feature].is_valid();
    Some(Edges { totals, twice_area_cells, missing_vertices: cut.missing(&matched, is_whole), loose })
}

/// How often each place is covered.
struct Covers {
    /// What is covered at least once, twice and so on, none of them empty.
    at_least: Vec<Region>,
    uncovered: Uncovered,
}

fn covers(walks: &[Contour], options: &Options<'_>) -> Option<Covers> {
    let (union, uncovered) = rayon::join(|| Region::covered_at_least(walks, 1), || Region::uncovered(walks));
    let mut at_least = Vec::new();
    let mut next = union;
    while !next.is_empty() {
        at_least.push(next);
        options.tell(Step::Cover, at_least.len(), at_least.len() + 1)?;
        next = Region::covered_at_least(walks, at_least.len() + 1);
    }
    Some(Covers { at_least, uncovered })
}
