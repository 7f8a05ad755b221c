//! LUP-11: minerals and quarries, inside or nearer than their distances.

use super::near;
use crate::check::{Report, Scene, ZoneContext};

pub(super) const ID: &str = "LUP-11";

/// One finding per zone.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    near::judge(ID, scene.pack.rules.lup_11.as_ref(), context, scene, report);
}
