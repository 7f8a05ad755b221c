//! How a region is covered by others: not at all, or more than once.

use i_overlay::core::fill_rule::FillRule as Fill;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_shape::int::shape::IntContour;

use super::Region;
use super::boolean::clockwise_frame;
use super::bounds::{Bounds, Near, near};
use super::general::normal_form;
use crate::trace;

impl Region {
    /// What none of the others covers, measured as a shape: from the borders of all, never by subtracting areas.
    pub fn uncovered_by<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Self {
        let Some(bounds) = self.bounds else { return Self::default() };
        let others: Vec<&Self> = others.into_iter().collect();
        if let Some(uncovered) = trace::uncovered(self, &others) {
            return uncovered;
        }
        let covers = covers(&bounds, others);
        if covers.is_empty() { self.clone() } else { self.against(&covers, OverlayRule::Difference) }
    }

    /// What the others cover more than once inside this one: the area counted once per extra cover, m², and the
    /// shape. Measured on its own (winding number above one), never by subtraction.
    pub fn covered_more_than_once_by<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> (f64, Self) {
        let (mut area_m2, mut twice) = (0.0, Self::default());
        let Some(bounds) = self.bounds else { return (area_m2, twice) };
        let others: Vec<&Self> = others.into_iter().collect();
        if trace::uncovered(self, &others).is_some() {
            return (area_m2, twice);
        }
        let mut covers = covers(&bounds, others);
        // Each cover adds one to the winding number, each clockwise frame takes one away: what stays positive is
        // covered once more than there are frames. There can be no more covers than contours.
        for _ in 1..covers.len() {
            covers.push(clockwise_frame(&bounds));
            let covered = self.against(&covers, OverlayRule::Intersect);
            if covered.is_empty() {
                break;
            }
            area_m2 += covered.area_m2();
            if twice.is_empty() {
                twice = covered;
            }
        }
        (area_m2, twice)
    }

    fn against(&self, covers: &[IntContour<i64>], rule: OverlayRule) -> Self {
        let own: Vec<IntContour<i64>> = self.contours().cloned().collect();
        let options = IntOverlayOptions::ogc();
        let mut overlay =
            Overlay::<i64>::from_subj_and_clip_custom(&own, covers, options, Default::default());
        normal_form(overlay.overlay(rule, Fill::Positive))
    }
}

/// The contours of all others as far as they matter inside the box.
fn covers<'a>(bounds: &Bounds, others: impl IntoIterator<Item = &'a Region>) -> Vec<IntContour<i64>> {
    let mut all = Vec::new();
    for other in others {
        match near(other.contours(), bounds) {
            Near::Uniform { inside: false } => {}
            // Turned about, the frame is one cover of the whole box.
            Near::Uniform { inside: true } => {
                let mut whole = clockwise_frame(bounds);
                whole.reverse();
                all.push(whole);
            }
            Near::Contours(contours) => all.extend(contours),
        }
    }
    all
}
