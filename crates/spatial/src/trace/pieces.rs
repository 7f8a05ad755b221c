//! Regions that lie side by side: their union, and what they leave of a region that they cover.
//!
//! Neighbours share borders vertex for vertex, also where these were cut: a crossing is rounded to one place, from
//! whichever side it is come to. So their loops have seams ([`seams`](super::seams)), and what is left bounds the
//! whole. That the regions do lie side by side is not taken on trust: the loops that are left must be clear, with
//! shells and holes nested, which they are only when they wind around no place more than once.

use super::buckets::Buckets;
use super::clear;
use super::figure::{Room, figure};
use super::node::{FIRST, Keep, Position};
use super::regions::clear_region;
use super::rings::Rings;
use super::seams::without_seams;
use super::search::Boundaries;
use crate::Region;
use crate::region::{Contour, Point};

/// The union of regions that lie side by side; `None` when they overlap, or when the general overlay must tell.
pub(crate) fn side_by_side(regions: &[&Region]) -> Option<Region> {
    let loops = regions.iter().flat_map(|region| region.contours().map(Vec::as_slice));
    clear_region(&without_seams(loops)?)
}

/// What others that lie side by side leave of a region; `None` when they overlap inside it, or when the general
/// overlay must tell.
///
/// The parts of the others inside the region are turned around. Their outer edges lie along the region's, once
/// these are bent to where they were cut, and are seams as well. What is left winds once around what is not
/// covered, and would wind a negative number of times around what is covered twice.
pub(crate) fn uncovered(region: &Region, others: &[&Region]) -> Option<Region> {
    let mut own = Rings::default();
    own.read_contours(region.contours(), false);
    let mut clear_room = clear::Room::default();
    if !clear::is_clear(&own, &mut clear_room) {
        return None;
    }
    let (buckets, mut room) = (Buckets::new(&own), Room::default());
    let (mut other_rings, mut cuts, mut loops) = (Rings::default(), Vec::new(), Vec::new());
    for other in others {
        other_rings.read_contours(other.contours(), false);
        if other_rings.bounds().is_none_or(|bounds| buckets.is_box_enclosed(&bounds) == Some(false)) {
            continue;
        }
        if !clear::is_clear(&other_rings, &mut clear_room) {
            return None;
        }
        let keep = Keep::Inside;
        let piece =
            figure(Boundaries { first: &own, buckets: &buckets, second: &other_rings, keep }, &mut room)?;
        if !piece.is_empty() {
            cuts.extend(room.cuts());
            loops.extend(piece.contours().map(turned));
        }
    }
    loops.extend(cut_loops(&own, cuts));
    clear_region(&without_seams(loops.iter().map(Vec::as_slice))?)
}

fn turned(contour: &Contour) -> Contour {
    contour.iter().rev().copied().collect()
}

/// The rings with a vertex at every cut.
fn cut_loops(rings: &Rings, mut cuts: Vec<(Position, Point)>) -> Vec<Contour> {
    cuts.sort_unstable();
    cuts.dedup();
    let mut cuts = cuts.into_iter().peekable();
    let mut loops = Vec::with_capacity(rings.spans().len());
    for span in rings.spans() {
        let mut contour = Contour::new();
        for edge in span.start..span.end {
            contour.push(rings.points()[edge]);
            while let Some((_, point)) = cuts.next_if(|(position, _)| position.edge as usize == edge) {
                contour.push(point);
            }
        }
        loops.push(contour);
    }
    loops
}

impl Room {
    /// Where the last figure's boundary leaves or comes to the first one's between two vertices.
    fn cuts(&self) -> impl Iterator<Item = (Position, Point)> {
        let nodes = self.nodes().iter();
        let bounding = nodes.filter(|node| node.goes_out != [false; 2] && node.at[FIRST].progress > 0);
        bounding.map(|node| (node.at[FIRST], node.point))
    }
}
