//! LUP-04, protective forest: how much of it a zone covers, and who decides on its conversion.

use super::land;
use crate::check::{Report, Scene, ZoneContext};

pub(super) const ID: &str = "LUP-04";

/// One finding per zone for all its protective forest.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    land::judge(ID, scene.pack.rules.lup_04.as_ref(), None, context, scene, report);
}
