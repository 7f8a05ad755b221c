//! What every zone lies on, from sets of atoms.

use std::collections::BTreeMap;

use super::answers::{ExpectedCoverage, ExpectedSummary, Line};
use super::bench::sorted;
use super::parts::{Survey, grouped};
use crate::cover::{Cover, Parcels};
use crate::layout::register::ZONES;
use crate::mesh::NONE;
use crate::names::commune_code;

/// One summary per zone, and how many pairs of a zone with a plan parcel, a present parcel, another zone and a
/// commune overlap.
pub(crate) fn summaries(survey: &Survey<'_>, cover: &Cover) -> (Vec<ExpectedSummary>, [usize; 4]) {
    let mut pairs = [0; 4];
    let made = (0..ZONES.len()).map(|zone| summary(survey, cover, zone, &mut pairs)).collect();
    (made, pairs)
}

fn summary(survey: &Survey<'_>, cover: &Cover, zone: usize, pairs: &mut [usize; 4]) -> ExpectedSummary {
    let atoms = &survey.map.atoms;
    let of = |a: u32| &atoms[a as usize];
    let planned = grouped(survey, zone, |a| vec![of(a).plan, of(a).second]);
    let present = grouped(survey, zone, |a| vec![of(a).today]);
    let communes = grouped(survey, zone, |a| vec![of(a).commune, of(a).claimed]);
    let others = grouped(survey, zone, |a| {
        (zone + 1..ZONES.len()).filter(|&z| of(a).in_zone(z)).map(|z| z as u32).collect()
    });
    for (count, group) in pairs.iter_mut().zip([&planned, &present, &others, &communes]) {
        *count += group.len();
    }
    ExpectedSummary {
        zone: ZONES[zone].id.into(),
        area_m2: survey.map.area_m2(|a| a.in_zone(zone)),
        by_plan: ExpectedCoverage {
            codes: by_code(survey, &cover.plan, &planned),
            uncovered_m2: survey.map.area_m2(|a| a.in_zone(zone) && a.plan == NONE),
            multiple_m2: survey.map.area_m2(|a| a.in_zone(zone) && a.second != NONE),
        },
        by_land_use: ExpectedCoverage {
            codes: by_code(survey, &cover.today, &present),
            uncovered_m2: 0.0,
            multiple_m2: 0.0,
        },
        by_commune: sorted(communes.iter().map(|(&c, set)| (commune_code(c), survey.area_m2(set)))),
    }
}

fn by_code(
    survey: &Survey<'_>,
    parcels: &Parcels,
    groups: &BTreeMap<u32, std::collections::BTreeSet<u32>>,
) -> Vec<Line> {
    let mut codes: BTreeMap<&str, f64> = BTreeMap::new();
    for (&parcel, set) in groups {
        *codes.entry(parcels.parcels[parcel as usize].code).or_insert(0.0) += survey.area_m2(set);
    }
    sorted(codes.into_iter().map(|(code, area)| (code.to_owned(), area)))
}
