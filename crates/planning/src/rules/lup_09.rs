//! LUP-09: relics, cemeteries and religious sites, inside or nearer than their distances.

use super::near;
use crate::check::{Report, Scene, ZoneContext};

pub(super) const ID: &str = "LUP-09";

/// One finding per zone.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    near::judge(ID, scene.pack.rules.lup_09.as_ref(), context, scene, report);
}
