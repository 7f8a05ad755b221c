//! A found area with its measures.

use super::width;
use crate::{GRID_STEP_M, Region};

/// Mean widths up to this are what rounding a crossing to the grid makes of two borders that are one, m.
const ROUNDING_M: f64 = 2.0 * GRID_STEP_M;

/// An area, and how wide it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The area on the grid of the working CRS.
    pub region: Region,
    /// Planar area, m².
    pub area_m2: f64,
    /// Mean width 2A/P, m.
    pub mean_width_m: f64,
    /// Diameter of the greatest circle that fits in, m, below the truth by at most
    /// [`Options::width_precision`](super::Options::width_precision) of it; `None` when the shape is too intricate
    /// for the work that is allowed for this.
    pub largest_width_m: Option<f64>,
    /// A point inside the largest part, well away from its border where there is room, m.
    pub place: [f64; 2],
}

impl Shape {
    /// Measures a region; `None` when it is empty or no wider than rounding.
    pub(super) fn measure(region: Region, width_precision: f64) -> Option<Self> {
        let (area_m2, mean_width_m) = (region.area_m2(), region.mean_width_m());
        if mean_width_m <= ROUNDING_M {
            return None;
        }
        let vertex = || region.envelope().map(|envelope| envelope.min);
        let place = region.inner_point().or_else(vertex)?;
        let largest_width_m = width::largest_m(&region, width_precision);
        Some(Self { area_m2, mean_width_m, largest_width_m, place, region })
    }

    /// The largest width, or the mean one where that is not known.
    pub(super) fn width_m(&self) -> f64 {
        self.largest_width_m.unwrap_or(self.mean_width_m)
    }
}
