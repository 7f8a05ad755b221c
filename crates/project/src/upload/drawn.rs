//! Levels and colours of a drawing, from which a person makes a table of codes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use formats::worker::Worker;
use formats::{Foreign, ForeignSource, Limits, Watch, read_foreign};
use spatial::Crs;

use super::DrawnLevel;
use crate::import::level_and_colour;

/// Levels and colours that are told.
const MOST: usize = 300;
/// Levels and colours that are counted; drawings have a few hundred.
const KEPT: usize = 10_000;
/// Any plane does for looking at what is no coordinate.
const SOMEWHERE: f64 = 105.0;

/// The levels and colours of all features, those with most features first; none of what is no drawing, or cannot be read: why not,
/// the import says.
pub(super) fn levels(
    worker: &Worker,
    source: &ForeignSource,
    limits: &Limits,
    cancelled: &dyn Fn() -> bool,
) -> Vec<DrawnLevel> {
    if !matches!(source.format, Foreign::Dgn | Foreign::Dxf) {
        return Vec::new();
    }
    let mut met: BTreeMap<(Option<String>, Option<String>), u64> = BTreeMap::new();
    let crs = Crs::nearest_tm3(SOMEWHERE);
    let watch = Watch { cancelled, ..Watch::default() };
    let read = read_foreign(worker, source, limits, Some(&crs), watch, &mut |feature| {
        let drawn = level_and_colour(&feature);
        if met.len() < KEPT || met.contains_key(&drawn) {
            *met.entry(drawn).or_default() += 1;
        }
        ControlFlow::Continue(())
    });
    if read.is_err() {
        return Vec::new();
    }
    let level = |((level, colour), features)| DrawnLevel { level, colour, features };
    let mut levels: Vec<DrawnLevel> = met.into_iter().map(level).collect();
    levels.sort_by_key(|level| std::cmp::Reverse(level.features));
    levels.truncate(MOST);
    levels
}
