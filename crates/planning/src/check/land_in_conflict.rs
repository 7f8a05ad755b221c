//! Land in grave conflict, each square metre once however many rules and zones meet it.

use std::collections::BTreeMap;

use spatial::Region;

use crate::{Finding, Severity};

/// Planar area of the union of the land conflicts of severity B and E, m²: a union per working CRS, then their sum.
/// Land that zones of two working CRSs share counts in each; one province has at most two.
pub(super) fn area_m2(findings: &[Finding]) -> f64 {
    let mut by_crs: BTreeMap<&str, Vec<&Region>> = BTreeMap::new();
    for finding in findings {
        let grave = matches!(finding.severity, Severity::Block | Severity::Error);
        if let Some(region) = finding.region.as_ref().filter(|_| grave && finding.is_land_conflict()) {
            by_crs.entry(finding.crs.name()).or_default().push(region);
        }
    }
    let areas = by_crs.into_values().map(|regions| Region::union(regions).area_m2());
    areas.fold(0.0, std::ops::Add::add)
}
