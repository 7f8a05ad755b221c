//! What the caller decides, and how to follow or stop the work.

use crate::Region;

/// How to check a coverage.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Two borders nearer than this are meant to be one, and a gap whose largest width is at most this is a crack, m.
    pub tolerance_m: f64,
    /// How many times as long as its greatest distance a near miss is at least. Borders that meet at a corner are
    /// near each other beside it, too; an angle of α there makes a stretch 1 / sin α times as long as it is wide.
    pub least_elongation: f64,
    /// How far below the true value a largest width may be reported, as a share of it (0.01: 1 %).
    pub width_precision: f64,
    /// What the layer should cover; on the layer's working grid.
    pub scope: Option<&'a Region>,
    /// Called with (done, all), a measure of the work; from any thread.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between steps; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// The parts of the work, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Rings,
    Match,
    Cover,
    Stacks,
    Overlaps,
    Gaps,
    NearMisses,
}

/// All the work, in parts of one unit; the steps take these shares of it on the borders of real communes.
const ALL: usize = 1_000;

impl Step {
    /// What is done when the step begins, and its share.
    fn span(self) -> (usize, usize) {
        match self {
            Self::Rings => (0, 50),
            Self::Match => (50, 400),
            Self::Cover => (450, 250),
            Self::Stacks => (700, 20),
            Self::Overlaps => (720, 230),
            Self::Gaps => (950, 30),
            Self::NearMisses => (980, 20),
        }
    }
}

impl Options<'_> {
    /// Tells how far a step is; `None` when the work is to stop.
    pub(super) fn tell(&self, step: Step, done: usize, total: usize) -> Option<()> {
        if self.cancelled.is_some_and(|cancelled| cancelled()) {
            return None;
        }
        if let Some(progress) = self.progress {
            let (before, share) = step.span();
            progress(before + share * done / total.max(1), ALL);
        }
        Some(())
    }
}
