//! What closed contours wind around: how often, and what they leave out.

use i_overlay::core::fill_rule::FillRule as Fill;
use i_overlay::core::overlay_rule::OverlayRule;

use super::bounds::{Bounds, Near, near};
use super::general::{overlay_contours, resolve};
use super::{Contour, GRID_STEP_M, Point, Region, ring_length};

/// The plane without what is covered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uncovered {
    /// The connected parts that are bounded, in the order of [`Region`]'s normal form.
    pub(crate) enclosed: Vec<Region>,
    /// Length of the border towards the part that is not, m.
    pub(crate) outer_boundary_m: f64,
}

impl Region {
    /// Where the contours wind at least `depth` times, counter-clockwise counting up: for the boundaries of any
    /// number of regions, what at least `depth` of them cover.
    pub(crate) fn covered_at_least(contours: &[Contour], depth: usize) -> Self {
        let Some(frame) = frame(contours) else { return Self::default() };
        // Every clockwise frame around everything takes one cover away.
        let frames = std::iter::repeat_n(turned(&frame), depth.saturating_sub(1));
        let framed: Vec<Contour> = contours.iter().cloned().chain(frames).collect();
        resolve(&framed, Fill::Positive)
    }

    /// Whether the rings of a region that is not made yet (shells counter-clockwise, holes clockwise) and this one
    /// have area in common.
    pub(crate) fn shares_area_with(&self, contours: &[Contour]) -> bool {
        let (Some(own), Some(others)) = (self.bounds, Bounds::of(contours.iter().flatten())) else {
            return false;
        };
        if !own.meets(&others) {
            return false;
        }
        let others = match near(self.contours(), &others) {
            Near::Uniform { inside } => return inside,
            Near::Contours(close) => (close, near(contours.iter(), &own)),
        };
        match others {
            (_, Near::Uniform { inside }) => inside,
            (own, Near::Contours(others)) => {
                !overlay_contours(&own, &others, OverlayRule::Intersect).is_empty()
            }
        }
    }

    /// What the contours, which may wind around no place less than 0 times, do not wind around.
    pub(crate) fn uncovered(contours: &[Contour]) -> Uncovered {
        let Some(frame) = frame(contours) else { return Uncovered::default() };
        // One cover everywhere, minus the covers: positive where there is none.
        let reversed = contours.iter().map(turned).chain([frame.clone()]).collect::<Vec<_>>();
        let mut uncovered = Uncovered::default();
        for part in resolve(&reversed, Fill::Positive).parts() {
            if part.contours().next().is_some_and(|shell| shell.contains(&frame[0])) {
                let around = part.contours().skip(1).map(ring_length).sum::<f64>();
                uncovered.outer_boundary_m = around * GRID_STEP_M;
            } else {
                uncovered.enclosed.push(part);
            }
        }
        uncovered
    }
}

fn turned(contour: &Contour) -> Contour {
    contour.iter().rev().copied().collect()
}

/// A counter-clockwise ring one step around everything.
fn frame(contours: &[Contour]) -> Option<Contour> {
    let bounds = Bounds::of(contours.iter().flatten())?;
    let (x0, y0) = (bounds.low.x - 1, bounds.low.y - 1);
    let (x1, y1) = (bounds.high.x + 1, bounds.high.y + 1);
    Some(vec![Point::new(x0, y0), Point::new(x1, y0), Point::new(x1, y1), Point::new(x0, y1)])
}
