//! The general overlay: i_overlay on 64-bit integers. It takes everything, figures that touch or overlap
//! themselves included; what [`trace`](crate::trace) cannot take comes here.

use i_overlay::core::fill_rule::FillRule as Fill;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::{Precision, Solver};
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

use super::Region;
use super::bounds::{Near, near};
use super::nest::nest;
use crate::trace::Operation;

/// The shape asked for.
pub(crate) fn overlay(own: &Region, other: &Region, operation: Operation) -> Region {
    match operation {
        Operation::Intersection => intersection(own, other),
        Operation::Difference => difference(own, other),
        Operation::Union => resolve(&all_contours([own, other]), Fill::NonZero),
    }
}

fn intersection(one: &Region, other: &Region) -> Region {
    let (Some(own), Some(others)) = (one.bounds, other.bounds) else { return Region::default() };
    if !own.meets(&others) {
        return Region::default();
    }
    let subject = match near(one.contours(), &others) {
        Near::Uniform { inside } => return if inside { other.clone() } else { Region::default() },
        Near::Contours(contours) => contours,
    };
    let clip = match near(other.contours(), &own) {
        Near::Uniform { inside } => return if inside { one.clone() } else { Region::default() },
        Near::Contours(contours) => contours,
    };
    overlay_contours(&subject, &clip, OverlayRule::Intersect)
}

fn difference(one: &Region, other: &Region) -> Region {
    let (Some(own), Some(others)) = (one.bounds, other.bounds) else { return one.clone() };
    if !own.meets(&others) {
        return one.clone();
    }
    match near(other.contours(), &own) {
        Near::Uniform { inside } => {
            if inside {
                Region::default()
            } else {
                one.clone()
            }
        }
        Near::Contours(clip) => {
            let subject: Vec<IntContour<i64>> = one.contours().cloned().collect();
            overlay_contours(&subject, &clip, OverlayRule::Difference)
        }
    }
}

/// How crossings are rounded to the grid. Every rounding bends two edges a little, and bent edges may cross others
/// anew, so that i_overlay looks again, and in every round lets a crossing move to an end of its edges within a
/// radius that grows: 1, 16, 256 … steps. With the radius that grows slowest, as is its default, a few long edges
/// that nearly coincide are bent into staircases of ten thousands of vertices; nearly all other overlays are done
/// before the radius matters.
pub(crate) fn solver() -> Solver {
    Solver::with_precision(Precision { start: 0, progression: 8 })
}

/// The contours of all regions.
pub(super) fn all_contours<'a>(regions: impl IntoIterator<Item = &'a Region>) -> Vec<IntContour<i64>> {
    regions.into_iter().flat_map(|region| region.contours().cloned()).collect()
}

/// The region that contours fill.
pub(crate) fn resolve(contours: &[IntContour<i64>], fill: Fill) -> Region {
    let mut overlay = Overlay::<i64>::from_subj_custom(contours, IntOverlayOptions::ogc(), solver());
    normal_form(overlay.overlay(OverlayRule::Subject, fill))
}

/// An overlay of two sets of contours.
pub(super) fn overlay_contours(
    subject: &[IntContour<i64>],
    clip: &[IntContour<i64>],
    rule: OverlayRule,
) -> Region {
    let options = IntOverlayOptions::ogc();
    let mut overlay = Overlay::<i64>::from_subj_and_clip_custom(subject, clip, options, solver());
    normal_form(overlay.overlay(rule, Fill::NonZero))
}

/// See [`Region`]: the order of parts, holes and vertices that makes equal shapes equal values.
pub(super) fn normal_form(shapes: IntShapes<i64>) -> Region {
    let mut shapes = nest(shapes);
    for shape in &mut shapes {
        for contour in shape.iter_mut() {
            let start = (0..contour.len()).min_by_key(|&i| contour[i]).unwrap_or(0);
            contour.rotate_left(start);
        }
        if let Some((_, holes)) = shape.split_first_mut() {
            holes.sort_unstable();
        }
    }
    shapes.retain(|shape| shape.first().is_some_and(|shell| shell.len() > 2));
    shapes.sort_unstable();
    Region::of_normal_shapes(shapes)
}
