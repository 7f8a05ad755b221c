//! What the law asks of a zone's size, and of a cluster before it may grow, beside what it has.

use crate::tables::M2_PER_HA;
use crate::{CheckInput, CheckOutcome, Finding, PartialDate, RulePack, ZoneKind, ZoneRecord};

/// A limit on the area of a zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AreaLimit {
    /// The largest area, m².
    pub max_m2: f64,
    /// Whether the zone stays within it, the tolerance of measuring included.
    pub holds: bool,
}

/// The area that a zone must have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeastArea {
    /// The smallest area, m².
    pub min_m2: f64,
    /// The smallest area where it lies in the mountains, m²; `None` where that makes no difference.
    pub mountains_m2: Option<f64>,
    /// Whether the zone has it; `None` where it would in the mountains and nothing tells whether it lies there.
    pub holds: Option<bool>,
}

/// The fill rate that a zone must have before it may grow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FillLimit {
    /// Leased ÷ industrial land by the register, %.
    pub percent: f64,
    /// What it must reach, %.
    pub min_percent: f64,
    /// Whether it does.
    pub holds: bool,
}

/// All of them, for one zone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ZoneLimits {
    /// The largest area of its kind (ZON-05); `None` where there is none.
    pub largest: Option<AreaLimit>,
    /// The smallest area of its kind (ZON-06); `None` where there is none.
    pub smallest: Option<LeastArea>,
    /// The fill rate asked for (ZON-10); `None` where the rule does not judge the kind or no register knows the rate.
    pub fill: Option<FillLimit>,
    /// Whether the works for wastewater are finished (ZON-10); `None` where it is not asked or no register knows it.
    pub wastewater_finished: Option<bool>,
}

/// The limits of a zone of a kind that a check has measured.
pub(crate) fn zone_limits(
    pack: &RulePack,
    input: &CheckInput,
    outcome: &CheckOutcome,
    (zone, kind): (&str, Option<ZoneKind>),
) -> ZoneLimits {
    let summary = outcome.summaries.iter().find(|summary| summary.zone == zone);
    ZoneLimits {
        largest: summary.and_then(|summary| area_limit(pack, kind, summary.area_m2)),
        smallest: summary.and_then(|_| least_area(pack, outcome, zone, kind)),
        fill: fill_limit(pack, kind, input, zone, outcome.date),
        wastewater_finished: asked_to_grow(pack, kind, input, zone)
            .and_then(|(_, record)| record.wastewater_finished_on(outcome.date)),
    }
}

pub(crate) fn area_limit(pack: &RulePack, kind: Option<ZoneKind>, area_m2: f64) -> Option<AreaLimit> {
    let rule =
        pack.rules.zon_05.as_ref().filter(|rule| kind.is_some_and(|kind| rule.kinds.contains(&kind)))?;
    let max_m2 = rule.max_ha * M2_PER_HA;
    Some(AreaLimit { max_m2, holds: area_m2 <= max_m2 * (1.0 + rule.tolerance_percent / 100.0) })
}

/// What the check has found stands: it knows of the mountains what can be known.
fn least_area(
    pack: &RulePack,
    outcome: &CheckOutcome,
    zone: &str,
    kind: Option<ZoneKind>,
) -> Option<LeastArea> {
    let rule = pack.rules.zon_06.as_ref()?;
    let kind = kind.filter(|kind| rule.kinds.contains(kind))?;
    let is_reduced = rule.reduced_kinds.contains(&kind);
    let of_zone = |one: &&Finding| one.zone.as_ref().is_some_and(|known| known.id == zone);
    let found = outcome.findings.iter().filter(|one| one.rule == "ZON-06").find(of_zone);
    let holds = match found {
        None => Some(true),
        Some(one) if one.severity == rule.doubt_severity => None,
        Some(_) => Some(false),
    };
    let min_ha = if is_reduced { rule.reduced_min_ha } else { rule.min_ha };
    let mountains_m2 = (!is_reduced).then_some(rule.reduced_min_ha * M2_PER_HA);
    Some(LeastArea { min_m2: min_ha * M2_PER_HA, mountains_m2, holds })
}

/// What the register says of a zone of a kind that must be filled before it may grow, and what it must reach, %.
fn asked_to_grow<'a>(
    pack: &RulePack,
    kind: Option<ZoneKind>,
    input: &'a CheckInput,
    zone: &str,
) -> Option<(f64, &'a ZoneRecord)> {
    let rule =
        pack.rules.zon_10.as_ref().filter(|rule| kind.is_some_and(|kind| rule.kinds.contains(&kind)))?;
    let mut records = input.registers.iter().flat_map(|register| &register.zones);
    Some((rule.min_fill_percent, records.find(|record| record.feature_id() == zone)?))
}

pub(crate) fn fill_limit(
    pack: &RulePack,
    kind: Option<ZoneKind>,
    input: &CheckInput,
    zone: &str,
    date: Option<PartialDate>,
) -> Option<FillLimit> {
    let (min_percent, record) = asked_to_grow(pack, kind, input, zone)?;
    let percent = record.area_on(date)?.fill()?.percent();
    Some(FillLimit { percent, min_percent, holds: percent >= min_percent })
}
