//! The plane in which a feature is measured: near its own corner, and sheared a little so that no edge is vertical.

use crate::Envelope;

/// The shear x' = x + [`SHEAR`]·y. Areas stay as they are, and a share of an edge stays the same share. It is small,
/// so that boxes hardly grow, and no slope that maps are drawn in.
pub(super) const SHEAR: f64 = 0.006_180_339_887_498_949;

/// Origin and extent of a sheared plane.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// The origin in the coordinates as given, m.
    pub origin: [f64; 2],
    /// How far it reaches to the right and up, m.
    pub size: [f64; 2],
}

impl Frame {
    /// The plane at the lower left corner of a box.
    pub(super) fn of(envelope: &Envelope) -> Self {
        let Envelope { min, max } = *envelope;
        let height = max[1] - min[1];
        Self { origin: min, size: [max[0] - min[0] + SHEAR * height, height] }
    }

    /// The same with so much more room on every side.
    pub(super) fn grown(self, margin_m: f64) -> Self {
        Self {
            origin: self.origin.map(|c| c - margin_m),
            size: [self.size[0] + 2.0 * margin_m * (1.0 + SHEAR), self.size[1] + 2.0 * margin_m],
        }
    }

    /// Where a point lies in it, m. Equal points go to equal places, near ones without loss.
    #[inline(always)]
    pub(super) fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let y = y - self.origin[1];
        [(x - self.origin[0]) + SHEAR * y, y]
    }

    /// Width and height together, m.
    pub(super) fn span_m(&self) -> f64 {
        self.size[0] + self.size[1]
    }
}

/// Length of an edge for each metre that it runs along the sheared x, from its slope there.
#[inline(always)]
pub(super) fn length_per_run(slope: f64) -> f64 {
    let run = 1.0 - SHEAR * slope;
    (run * run + slope * slope).sqrt()
}
