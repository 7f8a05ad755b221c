//! The rules, one per file. Each sees one zone with its overlaps and writes to the report; GEO-01 sees one feature.

mod adm_02;
mod adm_03;
pub(crate) mod geo_01;
mod land;
mod lup_01;
mod lup_03;
mod lup_04;
mod zon_01;
mod zon_04;

use crate::check::{Report, Scene, ZoneContext};

/// A rule that judges a zone.
pub(crate) type ZoneRule = fn(&ZoneContext<'_>, &Scene<'_>, &mut Report);

/// Whether a rule asks for the state of a zone first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judges {
    /// Only zones in the pack's judged states.
    LivingZones,
    /// Every zone with a shape.
    EveryZone,
}

/// The rules that judge zones, in the order of the pack.
pub(crate) const ZONE_RULES: [(&str, Judges, ZoneRule); 7] = [
    (lup_01::ID, Judges::LivingZones, lup_01::judge),
    (lup_03::ID, Judges::LivingZones, lup_03::judge),
    (lup_04::ID, Judges::LivingZones, lup_04::judge),
    (zon_01::ID, Judges::LivingZones, zon_01::judge),
    (zon_04::ID, Judges::EveryZone, zon_04::judge),
    (adm_02::ID, Judges::LivingZones, adm_02::judge),
    (adm_03::ID, Judges::LivingZones, adm_03::judge),
];
