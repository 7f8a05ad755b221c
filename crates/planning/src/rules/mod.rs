//! The rules, one per file. Most see one zone with its overlaps and surroundings and write to the report; GEO-01 sees
//! one feature, some see a collection as it came in, LUP-02 the plan with all zones.

mod adm_01;
mod adm_02;
mod adm_03;
mod adm_04;
mod adm_05;
mod adm_06;
mod env_01;
mod env_02;
pub(crate) mod geo_01;
mod geo_02;
mod geo_03;
mod geo_04;
mod geo_05;
mod geo_06;
mod geo_07;
mod geo_08;
mod geo_09;
mod land;
mod lup_01;
pub(crate) mod lup_02;
mod lup_03;
mod lup_04;
mod lup_05;
mod lup_06;
mod lup_07;
mod lup_08;
mod lup_09;
mod lup_10;
mod lup_11;
mod lup_12;
mod near;
mod pln_01;
mod pln_02;
mod pln_03;
mod pln_04;
mod pln_05;
pub(crate) mod pln_06;
mod strip;
mod zon_01;
mod zon_02;
mod zon_03;
mod zon_04;
mod zon_05;
mod zon_06;
mod zon_07;
mod zon_08;
mod zon_09;
mod zon_10;
mod zon_11;
pub(crate) mod zon_12;
mod zon_13;

use crate::Theme;
use crate::check::{LayerContext, RegisterContext, Report, Scene, ZoneContext};

/// Whether a rule asks for the state of a zone first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judges {
    /// Only zones in the pack's judged states.
    LivingZones,
    /// Every zone with a shape.
    EveryZone,
}

/// Without what a rule cannot be applied, which is then said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// The zones are enough.
    Nothing,
    /// A land-use plan.
    Plan,
    /// A plan and the version that it replaced.
    TwoPlans,
    /// Present land use.
    LandUse,
    /// Present land use, or a collection with a theme.
    LandUseOr(Theme),
    /// Communes.
    Communes,
    /// A collection with a theme.
    Themed(Theme),
}

/// A rule that judges a zone.
pub(crate) struct ZoneRule {
    pub(crate) id: &'static str,
    pub(crate) judges: Judges,
    pub(crate) needs: Need,
    pub(crate) judge: fn(&ZoneContext<'_>, &Scene<'_>, &mut Report),
}

impl ZoneRule {
    const fn new(
        id: &'static str,
        needs: Need,
        judge: fn(&ZoneContext<'_>, &Scene<'_>, &mut Report),
    ) -> Self {
        Self { id, judges: Judges::LivingZones, needs, judge }
    }

    /// Judges zones in every state.
    const fn every(mut self) -> Self {
        self.judges = Judges::EveryZone;
        self
    }
}

/// Rules on pairs of zones, told by the one whose id comes first; they look at nothing but the two.
pub(crate) const PAIR_RULES: [&str; 3] = [geo_03::ID, zon_01::ID, zon_03::ID];

/// The rules that judge zones, in the order of the pack.
pub(crate) const ZONE_RULES: &[ZoneRule] = &[
    ZoneRule::new(geo_03::ID, Need::Nothing, geo_03::judge),
    ZoneRule::new(geo_05::ID, Need::Communes, geo_05::judge),
    ZoneRule::new(geo_06::ID, Need::Plan, geo_06::judge),
    ZoneRule::new(geo_08::ID, Need::Nothing, geo_08::judge).every(),
    ZoneRule::new(lup_01::ID, Need::Plan, lup_01::judge),
    ZoneRule::new(lup_03::ID, Need::LandUse, lup_03::judge),
    ZoneRule::new(lup_04::ID, Need::LandUse, lup_04::judge),
    ZoneRule::new(lup_05::ID, Need::LandUse, lup_05::judge),
    ZoneRule::new(lup_06::ID, Need::LandUse, lup_06::judge),
    ZoneRule::new(lup_07::ID, Need::LandUseOr(Theme::Buildings), lup_07::judge),
    ZoneRule::new(lup_08::ID, Need::LandUse, lup_08::judge),
    ZoneRule::new(lup_09::ID, Need::LandUseOr(Theme::Heritage), lup_09::judge),
    ZoneRule::new(lup_10::ID, Need::LandUseOr(Theme::Water), lup_10::judge),
    ZoneRule::new(lup_11::ID, Need::LandUseOr(Theme::Minerals), lup_11::judge),
    ZoneRule::new(pln_04::ID, Need::TwoPlans, pln_04::judge),
    ZoneRule::new(pln_05::ID, Need::Themed(Theme::OtherPlan), pln_05::judge),
    ZoneRule::new(zon_01::ID, Need::Nothing, zon_01::judge),
    ZoneRule::new(zon_02::ID, Need::Nothing, zon_02::judge),
    ZoneRule::new(zon_03::ID, Need::Nothing, zon_03::judge),
    ZoneRule::new(zon_04::ID, Need::Nothing, zon_04::judge).every(),
    ZoneRule::new(zon_05::ID, Need::Nothing, zon_05::judge),
    ZoneRule::new(zon_06::ID, Need::Nothing, zon_06::judge),
    ZoneRule::new(adm_01::ID, Need::Communes, adm_01::judge),
    ZoneRule::new(adm_02::ID, Need::Communes, adm_02::judge),
    ZoneRule::new(adm_03::ID, Need::Communes, adm_03::judge),
    ZoneRule::new(adm_04::ID, Need::Communes, adm_04::judge),
    ZoneRule::new(adm_06::ID, Need::Themed(Theme::NationalBorder), adm_06::judge),
    ZoneRule::new(env_01::ID, Need::LandUse, env_01::judge),
    ZoneRule::new(env_02::ID, Need::Themed(Theme::GreenBelt), env_02::judge),
];

/// A rule that judges a collection as it came in.
pub(crate) type LayerRule = fn(&LayerContext<'_>, &Scene<'_>, &mut Report);

/// The rules that judge collections, whatever their role.
pub(crate) const LAYER_RULES: &[(&str, LayerRule)] = &[
    (geo_02::ID, geo_02::judge),
    (geo_04::ID, geo_04::judge),
    (geo_07::ID, geo_07::judge),
    (geo_09::ID, geo_09::judge),
    (lup_01::ID, lup_01::judge_layer),
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
