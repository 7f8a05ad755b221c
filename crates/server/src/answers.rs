//! Answers of processes on the wire's terms, for the server and for callers without one.

use planning::{ZoneRef, ZoneSummary};
use project::{DifferenceReport, Redrawn, TrialReport, WhatIfReport};

use crate::catalog::{Places, communes, conversion, coverage, findings_wire, skipped};
use crate::{crs, wire};

/// What if a zone grew.
pub fn what_if_answer(report: &WhatIfReport) -> wire::WhatIf {
    let answer = &report.answer;
    wire::WhatIf {
        zone: zone(&report.zone),
        pack: report.pack.clone(),
        date: report.date.map(|date| date.to_string()),
        crs: answer.after.crs.name().to_owned(),
        crs_guessed: answer.after.crs_guessed,
        before: state(&answer.before, &answer.conversions_before),
        after: state(&answer.after, &answer.conversions_after),
        added_m2: answer.added_m2,
        added_ha: answer.added_m2 / 10_000.0,
        area_limit: answer.area_limit.map(area_limit),
        fill_limit: answer.fill_limit.map(fill_limit),
        appearing: findings_wire(&answer.appearing),
        vanishing: findings_wire(&answer.vanishing),
    }
}

/// Zones as they would be.
pub fn trial_answer(report: &TrialReport) -> wire::Trial {
    let outcome = &report.answer.outcome;
    let slivers = wire::SliverSum {
        count: outcome.slivers.len(),
        area_ha: outcome.slivers.iter().map(|sliver| sliver.area_m2).fold(0.0, std::ops::Add::add) / 10_000.0,
    };
    let tried = |one: &planning::TriedZone| wire::TriedZone {
        zone: zone(&one.zone),
        crs: one.summary.as_ref().map(|summary| summary.crs.name().to_owned()),
        crs_guessed: one.summary.as_ref().is_some_and(|summary| summary.crs_guessed),
        state: one.summary.as_ref().map(|summary| state(summary, &one.conversions)),
        area_limit: one.limits.largest.map(area_limit),
        least_area: one.limits.smallest.map(least_area),
        fill_limit: one.limits.fill.map(fill_limit),
        wastewater_finished: one.limits.wastewater_finished,
    };
    wire::Trial {
        pack: report.pack.clone(),
        date: report.date.map(|date| date.to_string()),
        plan: outcome.plan.clone(),
        zones: report.answer.zones.iter().map(tried).collect(),
        conflict_ha: outcome.conflict_m2.map(|area_m2| area_m2 / 10_000.0),
        slivers,
        findings: findings_wire(&outcome.findings),
        skipped: skipped(outcome),
    }
}

fn area_limit(limit: planning::AreaLimit) -> wire::AreaLimit {
    wire::AreaLimit { max_ha: limit.max_m2 / 10_000.0, holds: limit.holds }
}

fn least_area(limit: planning::LeastArea) -> wire::LeastArea {
    wire::LeastArea {
        min_ha: limit.min_m2 / 10_000.0,
        mountains_ha: limit.mountains_m2.map(|area_m2| area_m2 / 10_000.0),
        holds: limit.holds,
    }
}

fn fill_limit(limit: planning::FillLimit) -> wire::FillLimit {
    wire::FillLimit { percent: limit.percent, min_percent: limit.min_percent, holds: limit.holds }
}

/// An outline redrawn. Coordinates are unrounded, in the order of axes of their CRS.
pub fn redrawn_answer(redrawn: &Redrawn) -> wire::Redrawn {
    let written = wire::Coordinates { decimals: None, y_first: crs::y_first(&redrawn.crs) };
    let part = |part: &project::RedrawnPart| wire::RedrawnPart {
        geometry: wire::geometry_json_as(&part.geometry, written),
        area_m2: part.area_m2,
        area_ha: part.area_m2 / 10_000.0,
    };
    wire::Redrawn {
        crs: crs::uri(&redrawn.crs).unwrap_or_else(|| redrawn.crs.name().to_owned()),
        plane: redrawn.plane.name().to_owned(),
        before_m2: redrawn.before_m2,
        after_m2: redrawn.parts.iter().map(|part| part.area_m2).fold(0.0, std::ops::Add::add),
        parts: redrawn.parts.iter().map(part).collect(),
    }
}

fn state(summary: &ZoneSummary, conversions: &[planning::Conversion]) -> wire::WhatIfState {
    wire::WhatIfState {
        area_m2: summary.area_m2,
        area_ha: summary.area_m2 / 10_000.0,
        area_geodesic_m2: summary.area_geodesic_m2,
        by_plan: summary.by_plan.as_ref().map(|plan| coverage(plan, summary.area_m2)),
        by_land_use: summary.by_land_use.as_ref().map(|land_use| coverage(land_use, summary.area_m2)),
        by_commune: communes(summary),
        conversions: conversions.iter().map(conversion).collect(),
    }
}

/// How two plans differ, with the changes from `offset` on, `limit` at most.
pub fn difference_answer(report: &DifferenceReport, offset: usize, limit: usize) -> wire::PlanDifference {
    let difference = &report.difference;
    let mut places = Places::default();
    let page = difference.changes.iter().skip(offset).take(limit);
    let features: Vec<_> = page
        .map(|change| {
            let geometry = places.geometry(Some(&change.region), None, &difference.crs);
            let area_m2 = change.region.area_m2();
            wire::PlanChange {
                kind: "Feature".into(),
                id: format!("{}/{}", change.older, change.newer),
                geometry: geometry.as_ref().map(wire::geometry_json),
                properties: wire::PlanChangeFacts {
                    older: change.older.clone(),
                    newer: change.newer.clone(),
                    from: change.from.clone(),
                    to: change.to.clone(),
                    area_m2,
                    area_ha: area_m2 / 10_000.0,
                },
            }
        })
        .collect();
    let transition = |line: &planning::Transition| wire::PlanTransition {
        from: line.from.clone(),
        to: line.to.clone(),
        area_m2: line.area_m2,
        area_ha: line.area_m2 / 10_000.0,
    };
    wire::PlanDifference {
        older: report.older.clone(),
        newer: report.newer.clone(),
        pack: report.pack.clone(),
        date: report.date.map(|date| date.to_string()),
        crs: difference.crs.name().to_owned(),
        crs_guessed: report.crs_guessed,
        matrix: difference.matrix.iter().map(transition).collect(),
        only_older_ha: difference.only_older_m2 / 10_000.0,
        only_newer_ha: difference.only_newer_m2 / 10_000.0,
        sliver_count: difference.slivers.0,
        sliver_ha: difference.slivers.1 / 10_000.0,
        newly_in_conflict: report.newly_in_conflict.iter().map(zone).collect(),
        changes: wire::PlanChanges {
            kind: "FeatureCollection".into(),
            number_matched: difference.changes.len(),
            number_returned: features.len(),
            features,
        },
    }
}

fn zone(zone: &ZoneRef) -> wire::FindingZone {
    wire::FindingZone {
        id: zone.id.clone(),
        name: zone.name.clone(),
        kind: zone.kind.map(|kind| kind.code().to_owned()),
    }
}
