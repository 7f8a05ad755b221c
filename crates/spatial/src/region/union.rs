//! The union of many regions: without their seams when they lie side by side, else at once, or by halves when many of them lie on top of each other.
//!
//! Resolved at once, every border crosses every other that it meets, also where the rest covers the crossing: of n
//! regions heaped on one place there are n² of them, and nearly all lie inside the union. By halves, what is
//! covered is gone before the next step, and what remains to cross is a border.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::i_float::int::point::IntPoint;

use super::Region;
use super::bounds::Bounds;
use super::general::{all_contours, resolve};
use crate::trace::{self, Operation};

/// So many regions are resolved at once, however heaped.
const FEW: usize = 8;

impl Region {
    /// Union of any number of regions.
    pub fn union<'a>(regions: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut regions: Vec<&Self> = regions.into_iter().filter(|region| !region.is_empty()).collect();
        match regions.as_slice() {
            [] => return Self::default(),
            [one] => return (*one).clone(),
            [one, other] => return one.overlay(other, Operation::Union),
            _ => {}
        }
        if heaped(&regions) {
            // Sorted, so that the result does not depend on the order in which they came.
            regions.sort_unstable_by(|a, b| a.shapes.cmp(&b.shapes));
            return by_halves(&regions);
        }
        trace::side_by_side(&regions).unwrap_or_else(|| resolve(&all_contours(regions), FillRule::NonZero))
    }
}

/// Whether many regions lie on one place, as far as their boxes tell.
fn heaped(regions: &[&Region]) -> bool {
    if regions.len() <= 2 * FEW {
        return false;
    }
    let boxes = || regions.iter().filter_map(|region| region.bounds);
    let corners: Vec<IntPoint<i64>> = boxes().flat_map(|bounds| [bounds.low, bounds.high]).collect();
    let around = Bounds::of(&corners).map_or(0.0, |bounds| area(&bounds));
    boxes().map(|bounds| area(&bounds)).sum::<f64>() > FEW as f64 * around
}

fn area(bounds: &Bounds) -> f64 {
    (bounds.high.x - bounds.low.x) as f64 * (bounds.high.y - bounds.low.y) as f64
}

fn by_halves(regions: &[&Region]) -> Region {
    if regions.len() <= FEW {
        return resolve(&all_contours(regions.iter().copied()), FillRule::NonZero);
    }
    let (first, second) = regions.split_at(regions.len() / 2);
    by_halves(first).overlay(&by_halves(second), Operation::Union)
}
