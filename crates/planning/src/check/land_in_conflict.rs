//! Land in grave conflict, each square metre once however many rules and zones meet it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Add;

use rayon::prelude::*;
use spatial::{Index, Region};

use super::memory::{Land, LandKey};
use crate::{Finding, Severity};

/// Planar area of the union of the land conflicts of severity B and E, m², with what the next check may build on. In
/// each working CRS: zone by zone, the union of its conflicts as far as no zone before has it, so that what a zone adds
/// depends on its neighbours alone. Land that zones of two working CRSs share counts in each; one province has at most
/// two.
pub(super) fn area_m2(findings: &[Finding], earlier: &Land) -> (f64, Land) {
    let mut by_zone: BTreeMap<LandKey, Vec<Region>> = BTreeMap::new();
    for finding in findings {
        let grave = matches!(finding.severity, Severity::Block | Severity::Error);
        if let Some(region) = finding.region.as_ref().filter(|_| grave && finding.is_land_conflict()) {
            let zone = finding.zone.as_ref().map(|zone| zone.id.clone());
            by_zone.entry((finding.crs.name().to_owned(), zone)).or_default().push(region.clone());
        }
    }
    let by_zone: Vec<(LandKey, Vec<Region>)> = by_zone.into_iter().collect();
    let union = |(key, regions): (LandKey, Vec<Region>)| {
        let known = earlier.unions.get(&key).filter(|(before, _)| *before == regions);
        let union = known.map_or_else(|| Region::union(&regions), |(_, union)| union.clone());
        (key, regions, union)
    };
    let zones: Vec<_> = by_zone.into_par_iter().map(union).collect();
    let before = before(&zones);
    let term = |(at, near): (usize, &Vec<usize>)| {
        let (key, _, union) = &zones[at];
        let others: Vec<Region> = near.iter().map(|&other| zones[other].2.clone()).collect();
        let known = earlier.terms.get(key).filter(|(own, before, _)| own == union && *before == others);
        let area_m2 = known.map_or_else(|| union.uncovered_by(&others).area_m2(), |(_, _, area)| *area);
        (key.clone(), (union.clone(), others, area_m2))
    };
    let terms: Vec<_> = before.par_iter().enumerate().map(term).collect();
    let area_m2 = terms.iter().map(|(_, (_, _, area_m2))| *area_m2).fold(0.0, Add::add);
    let terms: HashMap<_, _> = terms.into_iter().collect();
    let unions = zones.into_iter().map(|(key, regions, union)| (key, (regions, union))).collect();
    (area_m2, Land { unions, terms })
}

/// For each zone those before it in the same working CRS whose boxes touch its own.
fn before(zones: &[(LandKey, Vec<Region>, Region)]) -> Vec<Vec<usize>> {
    let boxes = zones.iter().enumerate().filter_map(|(at, (_, _, union))| Some((union.envelope()?, at)));
    let index = Index::bulk_load(boxes.collect());
    let near = |(at, ((crs, _), _, union)): (usize, &(LandKey, Vec<Region>, Region))| {
        let mut near = union.envelope().map(|place| index.query(&place)).unwrap_or_default();
        near.retain(|&other| other < at && zones[other].0.0 == *crs);
        near.sort_unstable();
        near
    };
    zones.iter().enumerate().map(near).collect()
}
