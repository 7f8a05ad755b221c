//! Findings and slivers as rows: JSON for what is text and number, a geometry blob for the shape.

use planning::{Finding, Fix, OtherFeature, Severity, Sliver, TableLine, Text, ZoneRef};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use spatial::{Crs, Region};

/// A finding without its shape and CRS.
#[derive(Serialize, Deserialize)]
pub(super) struct FindingRecord {
    id: String,
    rule: String,
    severity: Severity,
    message: Text,
    zone: Option<ZoneRef>,
    other: Option<OtherFeature>,
    codes: Vec<String>,
    area_m2: f64,
    area_geodesic_m2: Option<f64>,
    mean_width_m: Option<f64>,
    share: Option<f64>,
    table: Vec<TableLine>,
    w_min_m: Option<f64>,
    a_min_m2: Option<f64>,
    parameters: Map<String, Value>,
    place: Option<[f64; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fix: Option<Fix>,
}

impl FindingRecord {
    pub(super) fn of(finding: &Finding) -> Self {
        let finding = finding.clone();
        Self {
            id: finding.id,
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message,
            zone: finding.zone,
            other: finding.other,
            codes: finding.codes,
            area_m2: finding.area_m2,
            area_geodesic_m2: finding.area_geodesic_m2,
            mean_width_m: finding.mean_width_m,
            share: finding.share,
            table: finding.table,
            w_min_m: finding.w_min_m,
            a_min_m2: finding.a_min_m2,
            parameters: finding.parameters,
            place: finding.place,
            fix: finding.fix,
        }
    }

    pub(super) fn with_shape(self, crs: Crs, region: Option<Region>) -> Finding {
        Finding {
            id: self.id,
            rule: self.rule,
            severity: self.severity,
            message: self.message,
            zone: self.zone,
            other: self.other,
            codes: self.codes,
            area_m2: self.area_m2,
            area_geodesic_m2: self.area_geodesic_m2,
            mean_width_m: self.mean_width_m,
            share: self.share,
            table: self.table,
            w_min_m: self.w_min_m,
            a_min_m2: self.a_min_m2,
            parameters: self.parameters,
            crs,
            region,
            place: self.place,
            fix: self.fix,
        }
    }
}

/// A sliver without its shape and CRS.
#[derive(Serialize, Deserialize)]
pub(super) struct SliverRecord {
    rule: String,
    zone: String,
    other: String,
    code: Option<String>,
    area_m2: f64,
    mean_width_m: f64,
}

impl SliverRecord {
    pub(super) fn of(sliver: &Sliver) -> Self {
        let Sliver { rule, zone, other, code, area_m2, mean_width_m, .. } = sliver.clone();
        Self { rule, zone, other, code, area_m2, mean_width_m }
    }

    pub(super) fn with_shape(self, crs: Crs, region: Region) -> Sliver {
        let Self { rule, zone, other, code, area_m2, mean_width_m } = self;
        Sliver { rule, zone, other, code, area_m2, mean_width_m, crs, region }
    }
}
