//! A zone's measures from the check's terms to the wire's.

use planning::{RulePack, ZoneKind, ZoneSummary};

use crate::wire::{self, Text};

/// How a land-use collection covers a zone.
pub(crate) fn coverage(coverage: &planning::Coverage, zone_m2: f64) -> wire::Coverage {
    let line = |line: &planning::CodeLine| wire::CodeArea {
        code: line.code.clone(),
        area_m2: line.area_m2,
        share: share(line.area_m2, zone_m2),
        allowed: line.allowed,
    };
    wire::Coverage {
        collection: coverage.collection.clone(),
        by_code: coverage.codes.iter().map(line).collect(),
        uncovered_m2: coverage.uncovered_m2,
        multiple_m2: coverage.multiple_m2,
        residual_m2: coverage.residual_m2,
    }
}

/// The communes of a zone.
pub(crate) fn communes(summary: &ZoneSummary) -> Vec<wire::CommuneArea> {
    let line = |line: &planning::CommuneLine| wire::CommuneArea {
        code: line.code.clone(),
        name: line.name.clone(),
        area_m2: line.area_m2,
        share: share(line.area_m2, summary.area_m2),
    };
    summary.by_commune.iter().map(line).collect()
}

/// Rice and forest of a zone to convert, by the pack that it was judged by.
pub(crate) fn conversions(
    pack: &RulePack,
    kind: Option<ZoneKind>,
    summary: &ZoneSummary,
) -> Vec<wire::Conversion> {
    planning::conversions(pack, kind, summary).iter().map(conversion).collect()
}

/// Land to convert.
pub(crate) fn conversion(conversion: &planning::Conversion) -> wire::Conversion {
    let title = planning::messages().map(|texts| Text::from(&texts.rule_name(conversion.rule)));
    let line =
        |(code, area_m2): &(String, f64)| wire::ConversionLine { code: code.clone(), area_m2: *area_m2 };
    wire::Conversion {
        rule: conversion.rule.into(),
        title: title.unwrap_or_default(),
        codes: conversion.codes.iter().map(line).collect(),
        area_m2: conversion.area_m2,
        area_ha: conversion.area_m2 / 10_000.0,
        authority: conversion.authority.as_ref().map(Text::from),
    }
}

fn share(part_m2: f64, whole_m2: f64) -> f64 {
    if whole_m2 > 0.0 { part_m2 / whole_m2 } else { 0.0 }
}
