//! Significance between two sources, and the one place where slivers are split off.

use spatial::Region;

use crate::Significance;

/// What is too narrow or too small to matter between two sources.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tolerance {
    /// W_min, m.
    pub(crate) w_min_m: f64,
    /// A_min, m².
    pub(crate) a_min_m2: f64,
    /// Scale denominators of the two sources, as far as they are known.
    pub(crate) scales: [Option<u32>; 2],
    /// The pack's default denominator, where a source did not give its scale.
    pub(crate) assumed_scale: Option<u32>,
}

impl Tolerance {
    /// W_min from both scales, A_min from the reference's; a scale that is not known is the pack's default.
    pub(crate) fn between(given: &Significance, scale: Option<u32>, reference: Option<u32>) -> Self {
        let known = |scale: Option<u32>| scale.unwrap_or(given.default_scale);
        Self {
            w_min_m: given.w_min_m(known(scale), known(reference)),
            a_min_m2: given.a_min_m2(known(reference)),
            scales: [scale, reference],
            assumed_scale: scale.and(reference).is_none().then_some(given.default_scale),
        }
    }

    /// The wider and the larger of two tolerances, for a finding over several references.
    pub(crate) fn coarser(self, other: Self) -> Self {
        Self {
            w_min_m: self.w_min_m.max(other.w_min_m),
            a_min_m2: self.a_min_m2.max(other.a_min_m2),
            scales: if self.w_min_m >= other.w_min_m { self.scales } else { other.scales },
            assumed_scale: self.assumed_scale.or(other.assumed_scale),
        }
    }
}

/// A shape taken apart: what is wide enough to matter, and the connected parts that are not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Split {
    /// The parts of mean width W_min or more, as one region; may be empty.
    pub(crate) wide: Region,
    /// The parts narrower than W_min.
    pub(crate) slivers: Vec<Region>,
}

/// A connected part is a sliver iff its mean width 2A/P is below W_min.
pub(crate) fn split(region: &Region, w_min_m: f64) -> Split {
    let (slivers, wide): (Vec<Region>, Vec<Region>) =
        region.parts().into_iter().partition(|part| part.mean_width_m() < w_min_m);
    let wide = if slivers.is_empty() { region.clone() } else { Region::union(&wide) };
    Split { wide, slivers }
}
