//! Repair by linework, as PostGIS and GEOS do it: from the lines alone, each of them once.
//!
//! GEOS nodes all rings, keeps every piece of line once, takes the outline of all that the pieces enclose as the
//! first area, the outline of what the remaining pieces enclose as the second, and so on, and joins the areas by
//! symmetric difference. Pieces that enclose nothing any more are left over. Every piece of an outline so changes
//! inside to outside, and the pieces left over do not, so that a face is inside exactly when the fewest pieces that
//! one must cross to come to it from outside are an odd number. That is how it is computed here, at once, from
//! face to face inwards. For rings that share no stretch it is even-odd fill.

use i_overlay::core::edge_overlay::{EdgeOverlay, InputEdge};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::ShapeType;
use i_overlay::core::overlay_rule::OverlayRule;

use super::faces::Faces;
use crate::Region;
use crate::region::general::{resolve, solver};
use crate::region::{Contour, Point, edges};

/// What closed paths enclose.
pub(super) fn fill(paths: &[Contour]) -> Region {
    // Parts that do not touch lie in one another's faces; even-odd fill nests them.
    resolve(&Faces::of(noded(paths)).odd_outlines(), FillRule::EvenOdd)
}

/// The edges of closed paths cut where they meet, each piece once.
fn noded(paths: &[Contour]) -> Vec<[Point; 2]> {
    let mut overlay = EdgeOverlay::<i64, ()>::new(paths.iter().map(Vec::len).sum());
    overlay.solver = solver();
    for (a, b) in paths.iter().flat_map(edges) {
        // All in one direction: two that run against each other would cancel.
        overlay.add_edge(InputEdge { a: a.min(b), b: a.max(b), data: () }, ShapeType::Subject);
    }
    // Asking for the result is what cuts the edges.
    overlay.build_vectors(OverlayRule::Subject, FillRule::NonZero);
    let mut pieces: Vec<[Point; 2]> =
        overlay.edges().map(|[a, b]| [a.min(b), a.max(b)]).filter(|[a, b]| a != b).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}
