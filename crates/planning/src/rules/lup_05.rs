//! LUP-05, special-use forest: none may be converted for a zone, however little.

use super::land;
use crate::FixAction;
use crate::check::{Report, Scene, ZoneContext};

pub(super) const ID: &str = "LUP-05";

/// One finding per zone for all its special-use forest.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    land::judge(ID, scene.pack.rules.lup_05.as_ref(), Some(FixAction::CutOff), context, scene, report);
}
