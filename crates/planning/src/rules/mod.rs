//! The rules, one per file. Each sees one zone with its overlaps and writes to the report; GEO-01 sees one feature.

mod adm_02;
mod adm_03;
mod adm_05;
pub(crate) mod geo_01;
mod land;
mod lup_01;
mod lup_03;
mod lup_04;
mod lup_12;
mod pln_01;
mod pln_02;
mod pln_03;
pub(crate) mod pln_06;
mod zon_01;
mod zon_04;
mod zon_07;
mod zon_08;
mod zon_09;
mod zon_10;
mod zon_11;
mod zon_12;
mod zon_13;

use crate::check::{RegisterContext, Report, Scene, ZoneContext};

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

/// A rule that judges a register.
pub(crate) type RegisterRule = fn(&RegisterContext<'_>, &mut Report);

/// The rules that judge registers, in the order of the pack.
pub(crate) const REGISTER_RULES: [(&str, RegisterRule); 13] = [
    (pln_01::ID, pln_01::judge),
    (pln_02::ID, pln_02::judge),
    (pln_03::ID, pln_03::judge),
    (pln_06::ID, pln_06::judge),
    (lup_12::ID, lup_12::judge),
    (zon_07::ID, zon_07::judge),
    (zon_08::ID, zon_08::judge),
    (zon_09::ID, zon_09::judge),
    (zon_10::ID, zon_10::judge),
    (zon_11::ID, zon_11::judge),
    (zon_12::ID, zon_12::judge),
    (zon_13::ID, zon_13::judge),
    (adm_05::ID, adm_05::judge),
];
