//! Overlay of regions: which way each takes, and what is made of many.

use geo_types::MultiPolygon;
use i_overlay::core::fill_rule::FillRule as Fill;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

use super::bounds::Bounds;
use super::general::{self, all_contours, resolve};
use super::{FillRule, Region, grid};
use crate::Polygons;
use crate::trace::{self, Operation};

impl Region {
    /// Snaps polygons (metres) to the grid; `fill` says how self-overlapping input is filled. A ring with a
    /// coordinate that is not finite or beyond [`COORDINATE_LIMIT_M`](super::COORDINATE_LIMIT_M) is left out;
    /// validation names it.
    pub fn from_multi_polygon(polygons: &MultiPolygon<f64>, fill: FillRule) -> Self {
        let fill_rule = match fill {
            FillRule::EvenOdd => Fill::EvenOdd,
            FillRule::NonZero => Fill::NonZero,
        };
        let oriented = grid::contours(polygons, FillRule::NonZero);
        trace::clear_region(&oriented).unwrap_or_else(|| resolve(&grid::contours(polygons, fill), fill_rule))
    }

    /// A feature of polygons in columns, snapped to the grid.
    pub fn of_polygons(polygons: &Polygons, position: usize) -> Self {
        if let Some(region) = trace::clear_feature(polygons, position) {
            return region;
        }
        let contours: Vec<_> = polygons
            .rings(position)
            .filter_map(|ring| grid::snap_ring(ring.coords.iter().copied()))
            .collect();
        resolve(&contours, Fill::NonZero)
    }

    /// Intersection.
    pub fn intersection(&self, other: &Self) -> Self {
        self.overlay(other, Operation::Intersection)
    }

    /// Difference, `self` without `other`.
    pub fn difference(&self, other: &Self) -> Self {
        self.overlay(other, Operation::Difference)
    }

    /// Traced where both are clear, which gives the same and is faster.
    pub(super) fn overlay(&self, other: &Self, operation: Operation) -> Self {
        trace::overlay(self, other, operation).unwrap_or_else(|| general::overlay(self, other, operation))
    }

    /// The same shape by the general overlay alone, for those who want to hold one way against the other.
    pub fn overlay_in_general(&self, other: &Self, operation: Operation) -> Self {
        general::overlay(self, other, operation)
    }

    /// What the regions cover more than once, as (area counted once per extra cover in m², shape).
    /// Measured on its own (winding number above one), never by subtraction.
    pub fn covered_more_than_once<'a>(regions: impl IntoIterator<Item = &'a Self>) -> (f64, Self) {
        let regions: Vec<&Self> = regions.into_iter().collect();
        if trace::side_by_side(&regions).is_some() {
            return (0.0, Self::default());
        }
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

/// A clockwise ring one step around the box.
pub(super) fn clockwise_frame(bounds: &Bounds) -> IntContour<i64> {
    let (x0, y0) = (bounds.low.x - 1, bounds.low.y - 1);
    let (x1, y1) = (bounds.high.x + 1, bounds.high.y + 1);
    vec![IntPoint::new(x0, y0), IntPoint::new(x0, y1), IntPoint::new(x1, y1), IntPoint::new(x1, y0)]
}
