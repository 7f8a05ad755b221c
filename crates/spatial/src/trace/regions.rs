//! The same for regions: where they are clear, they are traced as well.

use super::buckets::Buckets;
use super::node::Keep;
use super::rings::Rings;
use super::search::Boundaries;
use super::{Operation, Scratch, clear, figure};
use crate::region::Contour;
use crate::{Polygons, Region};

/// A feature as a region, when its rings are clear: then they need only be snapped and put in order.
pub(crate) fn clear_feature(polygons: &Polygons, position: usize) -> Option<Region> {
    let mut scratch = Scratch::default();
    scratch.rings.read_polygons(polygons, position, false);
    scratch.is_clear(polygons, position).then(|| figure::region_of(&scratch.rings))?
}

/// What contours enclose, when they are clear, with shells counter-clockwise and holes clockwise.
pub(crate) fn clear_region<'a>(contours: impl IntoIterator<Item = &'a Contour>) -> Option<Region> {
    let mut rings = Rings::default();
    rings.read_contours(contours, false);
    clear::is_clear(&rings, &mut clear::Room::default()).then(|| figure::region_of(&rings))?
}

/// The shape asked for of two regions; `None` when it must come from the general overlay.
pub(crate) fn overlay(one: &Region, other: &Region, operation: Operation) -> Option<Region> {
    let swap = other.vertex_count() < one.vertex_count();
    let difference = operation == Operation::Difference;
    // Cells are made for the smaller one; the larger is walked.
    let (mut first, mut second, mut room) = (Rings::default(), Rings::default(), clear::Room::default());
    first.read_contours(if swap { other } else { one }.contours(), difference && swap);
    second.read_contours(if swap { one } else { other }.contours(), difference && !swap);
    if !clear::is_clear(&first, &mut room) || !clear::is_clear(&second, &mut room) {
        return None;
    }
    let keep = Keep::of(operation);
    let boundaries = Boundaries { first: &first, buckets: &Buckets::new(&first), second: &second, keep };
    figure::figure(boundaries, &mut figure::Room::default())
}
