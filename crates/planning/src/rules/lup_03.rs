//! LUP-03, rice land: how much of it a zone would have to convert; graver from the pack's limit on.

use super::land;
use crate::check::{Report, Scene, ZoneContext};

pub(super) const ID: &str = "LUP-03";

/// One finding per zone for all its rice land.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    land::judge(ID, scene.pack.rules.lup_03.as_ref(), None, context, scene, report);
}
