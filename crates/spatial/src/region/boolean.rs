//! Overlay of regions: i_overlay on 64-bit integers, results in normal form.

use geo_types::MultiPolygon;
use i_overlay::core::fill_rule::FillRule as Fill;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

use super::bounds::{Bounds, Near, near};
use super::{FillRule, Region, grid};
use crate::Polygons;

impl Region {
    /// Snaps polygons (metres) to the grid; `fill` says how self-overlapping input is filled. A ring with a
    /// coordinate that is not finite or beyond [`COORDINATE_LIMIT_M`](super::COORDINATE_LIMIT_M) is left out;
    /// validation names it.
    pub fn from_multi_polygon(polygons: &MultiPolygon<f64>, fill: FillRule) -> Self {
        let fill_rule = match fill {
            FillRule::EvenOdd => Fill::EvenOdd,
            FillRule::NonZero => Fill::NonZero,
        };
        resolve(&grid::contours(polygons, fill), fill_rule)
    }

    /// A feature of polygons in columns, snapped to the grid.
    pub fn of_polygons(polygons: &Polygons, position: usize) -> Self {
        let contours: Vec<_> = polygons
            .rings(position)
            .filter_map(|ring| grid::snap_ring(ring.coords.iter().copied()))
            .collect();
        resolve(&contours, Fill::NonZero)
    }

    /// Intersection.
    pub fn intersection(&self, other: &Self) -> Self {
        let (Some(own), Some(others)) = (self.bounds, other.bounds) else { return Self::default() };
        if !own.meets(&others) {
            return Self::default();
        }
        let subject = match near(self.contours(), &others) {
            Near::Uniform { inside } => return if inside { other.clone() } else { Self::default() },
            Near::Contours(contours) => contours,
        };
        let clip = match near(other.contours(), &own) {
            Near::Uniform { inside } => return if inside { self.clone() } else { Self::default() },
            Near::Contours(contours) => contours,
        };
        overlay(&subject, &clip, OverlayRule::Intersect)
    }

    /// Difference, `self` without `other`.
    pub fn difference(&self, other: &Self) -> Self {
        let (Some(own), Some(others)) = (self.bounds, other.bounds) else { return self.clone() };
        if !own.meets(&others) {
            return self.clone();
        }
        match near(other.contours(), &own) {
            Near::Uniform { inside } => {
                if inside {
                    Self::default()
                } else {
                    self.clone()
                }
            }
            Near::Contours(clip) => {
                let subject: Vec<IntContour<i64>> = self.contours().cloned().collect();
                overlay(&subject, &clip, OverlayRule::Difference)
            }
        }
    }

    /// Union of any number of regions.
    pub fn union<'a>(regions: impl IntoIterator<Item = &'a Self>) -> Self {
        resolve(&all_contours(regions), Fill::NonZero)
    }

    /// What the regions cover more than once, as (area counted once per extra cover in m², shape).
    /// Measured on its own (winding number above one), never by subtraction.
    pub fn covered_more_than_once<'a>(regions: impl IntoIterator<Item = &'a Self>) -> (f64, Self) {
        let mut contours = all_contours(regions);
        // Shells run counter-clockwise and holes clockwise, so the winding number counts the covers. A clockwise
        // frame around everything takes one cover away: what stays positive is covered once more than that.
        let Some(bounds) = Bounds::of(contours.iter().flatten()) else { return (0.0, Self::default()) };
        let frame = clockwise_frame(&bounds);
        let (mut area_m2, mut twice) = (0.0, Self::default());
        loop {
            contours.push(frame.clone());
            let covered = resolve(&contours, Fill::Positive);
            if covered.is_empty() {
                return (area_m2, twice);
            }
            area_m2 += covered.area_m2();
            if twice.is_empty() {
                twice = covered;
            }
        }
    }
}

fn all_contours<'a>(regions: impl IntoIterator<Item = &'a Region>) -> Vec<IntContour<i64>> {
    regions.into_iter().flat_map(|region| region.contours().cloned()).collect()
}

/// A clockwise ring one step around the box.
pub(super) fn clockwise_frame(bounds: &Bounds) -> IntContour<i64> {
    let (x0, y0) = (bounds.low.x - 1, bounds.low.y - 1);
    let (x1, y1) = (bounds.high.x + 1, bounds.high.y + 1);
    vec![IntPoint::new(x0, y0), IntPoint::new(x0, y1), IntPoint::new(x1, y1), IntPoint::new(x1, y0)]
}

/// The region that contours fill.
pub(super) fn resolve(contours: &[IntContour<i64>], fill: Fill) -> Region {
    let mut overlay =
        Overlay::<i64>::from_subj_custom(contours, IntOverlayOptions::ogc(), Default::default());
    normal_form(overlay.overlay(OverlayRule::Subject, fill))
}

/// An overlay of two sets of contours.
pub(super) fn overlay(subject: &[IntContour<i64>], clip: &[IntContour<i64>], rule: OverlayRule) -> Region {
    let options = IntOverlayOptions::ogc();
    let mut overlay = Overlay::<i64>::from_subj_and_clip_custom(subject, clip, options, Default::default());
    normal_form(overlay.overlay(rule, Fill::NonZero))
}

/// See [`Region`]: the order of parts, holes and vertices that makes equal shapes equal values.
pub(super) fn normal_form(mut shapes: IntShapes<i64>) -> Region {
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
