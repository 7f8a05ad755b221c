//! Land of certain codes inside a zone, summed over present land use: what LUP-03 and LUP-04 have in common.

use std::collections::BTreeMap;

use spatial::Region;

use crate::check::{Conflict, Draft, Report, Scene, Tolerance, ZoneContext, split};
use crate::{Parameter, Parameters, Severity, TableLine};

/// All land of the codes in the zone, slivers left out.
pub(super) struct Land {
    /// Its shape; land that two parcels claim is in it once.
    pub(super) region: Region,
    /// Its planar area, m².
    pub(super) area_m2: f64,
    /// Its share of the zone.
    pub(super) share: f64,
    /// The codes found, largest first.
    pub(super) codes: Vec<String>,
    /// Area per code, m², largest first.
    pub(super) table: Vec<TableLine>,
    /// The tolerance of the coarsest parcel.
    pub(super) tolerance: Tolerance,
}

impl Land {
    /// What both messages say.
    pub(super) fn parameters(&self, context: &ZoneContext<'_>) -> Parameters {
        Parameters::new()
            .name("zone", &context.zone().name)
            .with("ha", Parameter::Area(self.area_m2))
            .with("p", Parameter::Number(self.share * 100.0))
            .name("codes", self.codes.join(", "))
    }

    /// The finding that a rule makes of it.
    pub(super) fn draft<'a>(
        self,
        rule: &'static str,
        severity: Severity,
        message: &'static str,
        parameters: Parameters,
        context: &'a ZoneContext<'_>,
    ) -> Draft<'a> {
        Draft {
            rule,
            severity,
            message,
            parameters,
            zone: Some(context.zone_ref()),
            other: None,
            codes: self.codes,
            table: self.table,
            crs: context.crs(),
            region: Some(self.region),
            place: None,
            conflict: Some(Conflict { share: self.share, tolerance: self.tolerance }),
        }
    }
}

/// Sums the parts of present land use whose code is one of `wanted`. A parcel with several codes counts as a whole:
/// nothing tells which part of it has which.
pub(super) fn land(
    rule: &'static str,
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    wanted: &[String],
    report: &mut Report,
) -> Option<Land> {
    let mut wide: Vec<Region> = Vec::new();
    let mut by_code: BTreeMap<String, f64> = BTreeMap::new();
    let mut tolerance: Option<Tolerance> = None;
    for crossing in &context.land_use.as_ref()?.list {
        let codes = crossing.codes();
        if !codes.iter().any(|code| wanted.contains(code)) {
            continue;
        }
        let own = scene.tolerance(context.entry.scale, crossing.scale);
        let split = split(crossing.shape.region(), own.w_min_m);
        report.slivers_with(rule, context, crossing, split.slivers);
        if !split.wide.is_empty() {
            *by_code.entry(codes.join("+")).or_default() += split.wide.area_m2();
            tolerance = Some(tolerance.map_or(own, |other| other.coarser(own)));
            wide.push(split.wide);
        }
    }
    let tolerance = tolerance?;
    let region = Region::union(&wide);
    let area_m2 = region.area_m2();
    let line = |(key, area_m2)| TableLine { key, name: None, area_m2 };
    let mut table: Vec<TableLine> = by_code.into_iter().map(line).collect();
    table.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    let codes = table.iter().map(|line| line.key.clone()).collect();
    Some(Land { region, area_m2, share: context.share(area_m2), codes, table, tolerance })
}
