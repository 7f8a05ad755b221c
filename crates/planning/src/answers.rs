//! Answers made from a zone's summary: who decides on which land.

use crate::pack::LandRule;
use crate::tables::M2_PER_HA;
use crate::{Coverage, RulePack, Text, ZoneKind, ZoneSummary};

/// Land of a zone that must be converted, and the body that decides on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The rule on that land: LUP-03 rice, LUP-04 protective, LUP-05 special-use, LUP-06 production forest.
    pub rule: &'static str,
    /// Area per code as the zone's table of present land use has it, largest first, m².
    pub codes: Vec<(String, f64)>,
    /// Their sum, m², unrounded: what two parcels claim is in it twice, as it is in the table.
    pub area_m2: f64,
    /// The body of the tier of the sum; `None` where the pack names none.
    pub authority: Option<Text>,
}

/// Land to convert in a zone of a kind, by the pack's rules on rice and forest; nothing where no present land use is
/// known or the kind is not judged.
pub fn conversions(pack: &RulePack, kind: Option<ZoneKind>, summary: &ZoneSummary) -> Vec<Conversion> {
    let Some(land_use) = &summary.by_land_use else { return Vec::new() };
    let rules = &pack.rules;
    let lines = [
        ("LUP-03", &rules.lup_03),
        ("LUP-04", &rules.lup_04),
        ("LUP-05", &rules.lup_05),
        ("LUP-06", &rules.lup_06),
    ];
    let judged = |rule: &&LandRule| !kind.is_some_and(|kind| rule.kinds_left_out.contains(&kind));
    let lines = lines.into_iter().filter_map(|(id, rule)| Some((id, rule.as_ref().filter(judged)?)));
    lines.filter_map(|(id, rule)| conversion(id, rule, land_use)).collect()
}

fn conversion(rule: &'static str, given: &LandRule, land_use: &Coverage) -> Option<Conversion> {
    let meant = |code: &str| code.split('+').any(|one| given.codes.iter().any(|wanted| wanted == one));
    let lines = land_use.codes.iter().filter(|line| meant(&line.code));
    let codes: Vec<(String, f64)> = lines.map(|line| (line.code.clone(), line.area_m2)).collect();
    let area_m2 = codes.iter().map(|(_, area_m2)| area_m2).fold(0.0, std::ops::Add::add);
    let authority = given.tier(area_m2 / M2_PER_HA).map(|tier| tier.authority.clone());
    (!codes.is_empty()).then_some(Conversion { rule, codes, area_m2, authority })
}
