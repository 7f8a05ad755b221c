//! Findings from the check's terms (regions on a plane) to the wire's (longitude and latitude).

use std::collections::HashMap;

use geo_types::{Geometry, Point};
use planning::Finding;
use serde_json::{Value, json};
use spatial::crs::Transformation;
use spatial::{Crs, Envelope, Properties, Region};

use super::served::positions;
use crate::wire::{self, Text, round7};

/// The way back from the planes of the findings to longitude and latitude, one per CRS.
#[derive(Debug, Default)]
pub(crate) struct Places {
    known: HashMap<String, Option<Transformation>>,
}

impl Places {
    fn transformation(&mut self, crs: &Crs) -> Option<&Transformation> {
        let make = || Transformation::new(crs, &Crs::wgs84()).ok();
        self.known.entry(crs.name().to_owned()).or_insert_with(make).as_ref()
    }

    /// The shape, else the point, in longitude and latitude.
    pub(crate) fn geometry(
        &mut self,
        region: Option<&Region>,
        place: Option<[f64; 2]>,
        crs: &Crs,
    ) -> Option<Geometry<f64>> {
        let to_degrees = self.transformation(crs)?;
        let shape = region.filter(|region| !region.is_empty()).map(Region::to_multi_polygon);
        let shape = shape.and_then(|shape| to_degrees.geometry(&Geometry::MultiPolygon(shape)));
        shape.or_else(|| to_degrees.point(place?).map(|[x, y]| Geometry::Point(Point::new(x, y))))
    }

    fn point(&mut self, xy: Option<[f64; 2]>, crs: &Crs) -> Option<[f64; 2]> {
        Some(self.transformation(crs)?.point(xy?)?.map(round7))
    }
}

/// A finding with its geometry.
pub(crate) fn wire(finding: &Finding, places: &mut Places) -> wire::Finding {
    let geometry = places.geometry(finding.region.as_ref(), finding.place, &finding.crs);
    let bare = bare(finding, geometry.as_ref(), places);
    wire::Finding { geometry: geometry.as_ref().map(wire::geometry_json), ..bare }
}

/// A finding whose geometry, given in longitude and latitude, is kept elsewhere.
pub(super) fn bare(
    finding: &Finding,
    geometry: Option<&Geometry<f64>>,
    places: &mut Places,
) -> wire::Finding {
    let inner = finding.place.or_else(|| finding.region.as_ref()?.inner_point());
    wire::Finding {
        id: finding.id.clone(),
        rule: finding.rule.clone(),
        severity: finding.severity.code().into(),
        // Put in when it is asked for: it changes without a new check.
        standing: wire::FindingStanding::of(None),
        title: planning::messages()
            .map(|texts| Text::from(&texts.rule_name(&finding.rule)))
            .unwrap_or_default(),
        message: Text::from(&finding.message),
        zone: finding.zone.as_ref().map(|zone| wire::FindingZone {
            id: zone.id.clone(),
            name: zone.name.clone(),
            kind: zone.kind.map(|kind| kind.code().to_owned()),
        }),
        other: finding.other.as_ref().map(|other| wire::FindingOther {
            collection: other.collection.clone(),
            id: other.id.clone(),
            name: other.name.clone(),
            code: other.code.clone(),
        }),
        codes: finding.codes.clone(),
        area_m2: finding.area_m2,
        area_ha: finding.area_m2 / 10_000.0,
        area_geodesic_m2: finding.area_geodesic_m2,
        mean_width_m: finding.mean_width_m,
        share: finding.share,
        table: finding
            .table
            .iter()
            .map(|line| wire::FindingTableLine {
                code: line.key.clone(),
                name: line.name.clone(),
                area_m2: line.area_m2,
            })
            .collect(),
        tolerance: wire::Tolerance { w_min_m: finding.w_min_m, a_min_m2: finding.a_min_m2 },
        parameters: finding.parameters.clone(),
        bbox: geometry.and_then(bbox),
        point: places.point(inner, &finding.crs),
        crs: finding.crs.name().to_owned(),
        fix: fix(finding, places),
        geometry: None,
    }
}

fn fix(finding: &Finding, places: &mut Places) -> Option<wire::FindingFix> {
    let fix = finding.fix.as_ref()?;
    let is_own_region = fix.action.is_own_region();
    let shape = finding.fix_shape().filter(|_| !is_own_region);
    let geometry = shape.and_then(|shape| places.geometry(Some(&shape), None, &finding.crs));
    let whose = if is_own_region { Some("finding") } else { geometry.as_ref().map(|_| "own") };
    Some(wire::FindingFix {
        action: fix.action.name().to_owned(),
        text: Text::from(&fix.text),
        shape: whose.map(str::to_owned),
        geometry: geometry.as_ref().map(wire::geometry_json),
    })
}

/// A finding's fields as properties of a feature: one value each, as tables and other programs want them.
pub(crate) fn flat(finding: &wire::Finding) -> Properties {
    let zone = finding.zone.as_ref();
    let other = finding.other.as_ref();
    let code = match finding.codes[..] {
        [] => None,
        _ => Some(finding.codes.join(",")),
    };
    let value = json!({
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "title_vi": finding.title.vi,
        "title_en": finding.title.en,
        "message_vi": finding.message.vi,
        "message_en": finding.message.en,
        "zone": zone.map(|zone| &zone.id),
        "zone_id": zone.map(|zone| &zone.id),
        "zone_name": zone.map(|zone| &zone.name),
        "other_collection": other.map(|other| &other.collection),
        "other_id": other.map(|other| &other.id),
        "code": code,
        "area_m2": finding.area_m2,
        "area_ha": finding.area_ha,
        "area_geodesic_m2": finding.area_geodesic_m2,
        "mean_width_m": finding.mean_width_m,
        "share": finding.share,
        "crs": finding.crs,
        "point_lon": finding.point.map(|point| point[0]),
        "point_lat": finding.point.map(|point| point[1]),
    });
    match value {
        Value::Object(map) => map,
        _ => Properties::new(),
    }
}

/// West, south, east, north.
fn bbox(geometry: &Geometry<f64>) -> Option<[f64; 4]> {
    let mut points = Vec::new();
    positions(geometry, &mut points);
    let Envelope { min, max } = Envelope::of(points.into_iter().map(|c| [c.x, c.y]))?;
    Some(wire::bbox_json([min[0], min[1], max[0], max[1]]))
}
