//! Areas and boundary lengths of overlaps without computing the overlap's shape.

mod chains;
mod frame;
mod grid;
mod kernel;
mod lanes;
mod lines;
mod pieces;
mod precise;
mod references;
mod subject;
mod walk;

pub use references::References;
pub use subject::{Scratch, Subject};

/// What there is to say of an overlap without its shape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// Planar area, m².
    pub area_m2: f64,
    /// Length of the overlap's boundary, m.
    pub perimeter_m: f64,
}

impl Measure {
    /// Mean width 2A/P, m (0 when there is no boundary).
    pub fn mean_width_m(&self) -> f64 {
        if self.perimeter_m > 0.0 { 2.0 * self.area_m2 / self.perimeter_m } else { 0.0 }
    }
}
