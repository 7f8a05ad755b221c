//! Overlaps between two layers and inside one: which pairs, how large, how wide, and their shapes when asked.
//!
//! One subject at a time, on all threads ([`run`]): the index gives the candidates, by envelopes alone
//! (`candidates`); their areas are measured on the coordinates as they are, without computing a shape
//! ([`section`](crate::section)); shapes come from the global grid ([`trace`](crate::trace)), where they are asked
//! for and where an area is so small that only a shape can tell whether anything is there (`refine`). A subject's
//! figures can be proved (`proof`), and every area can be held against that of its shape ([`SelfCheck`]).
//!
//! A pair's answer depends on that pair alone: a zone computed by itself ([`Options::subjects`], or a layer of one
//! feature) has bit for bit the answer of the full run, which is what an editor needs while a border is dragged.

mod check;
mod proof;
mod refine;
mod run;
mod shapes;
mod within;

use std::ops::Range;

use crate::{Prepared, Region};

pub use check::SelfCheck;
pub use proof::Proof;
pub use run::{OfSubject, each_subject};
pub use shapes::Shapes;
pub use within::self_overlaps_of;

/// What is wanted of each pair. The areas are the same whatever is wanted, bit for bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// Areas alone.
    Areas,
    /// Areas and mean widths.
    Widths,
    /// Areas, mean widths and shapes.
    #[default]
    Shapes,
}

/// How to compute overlaps, and how to follow or stop it.
#[derive(Clone, Default)]
pub struct Options<'a> {
    /// What to find out of each pair.
    pub want: Want,
    /// Prove each subject's figures: see [`Proof`].
    pub prove: bool,
    /// Compute the shape of every pair, and hold its area against the one measured without: see [`SelfCheck`].
    pub self_check: bool,
    /// Only these subjects; all when `None`.
    pub subjects: Option<Range<usize>>,
    /// Called with (subjects done, subjects in all); from any thread.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between subjects; `true` stops the work, and what was found so far comes back.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// One pair of features whose interiors overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Position of the subject in its layer.
    pub subject: usize,
    /// Position of the reference in its layer.
    pub reference: usize,
    /// Planar area in the working CRS, m², of the coordinates as they are. The area of `region` differs by what the
    /// grid moves borders, at most half a step times the length of the border.
    pub area_m2: f64,
    /// Area ÷ the subject's area, 0 to 1.
    pub subject_share: f64,
    /// Mean width 2A/P, m; `None` when only areas were asked for.
    pub mean_width_m: Option<f64>,
    /// The shape, when asked for.
    pub region: Option<Region>,
}

/// The answer for all subjects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlaps {
    /// Ordered by subject, then reference.
    pub pairs: Vec<Overlap>,
    /// One per subject with an area, where proofs were asked for.
    pub proofs: Vec<Proof>,
    /// Areas against shapes, over all pairs whose shape was computed.
    pub self_check: SelfCheck,
}

/// All overlaps of `subject` features with `reference` features. Both must be prepared in the same working CRS;
/// otherwise nothing is found, as their coordinates have nothing in common.
pub fn overlaps(subject: &Prepared, reference: &Prepared, options: &Options<'_>) -> Overlaps {
    let mut all = Overlaps::default();
    each_subject(subject, Some(reference), options, &mut |of| all.add(of));
    all
}

/// All overlaps inside one layer, each unordered pair once (subject position below reference position). There are
/// no proofs: a layer's own is its coverage's.
pub fn self_overlaps(layer: &Prepared, options: &Options<'_>) -> Overlaps {
    let mut all = Overlaps::default();
    each_subject(layer, None, options, &mut |of| all.add(of));
    all
}

impl Overlaps {
    fn add(&mut self, of: OfSubject) {
        self.pairs.extend(of.overlaps);
        self.proofs.extend(of.proof);
        self.self_check.merge(&of.self_check);
    }
}
