//! Collections of rectangles.

use std::sync::Arc;

use geo_types::{Coord, Geometry, LineString, Polygon};
use planning::{
    CheckInput, CheckOptions, CheckOutcome, Collection, CollectionInfo, Finding, Role, Severity, Text, check,
};
use serde_json::{Value, json};
use spatial::{Crs, Feature, FeatureId, Layer};

/// Corner from which drawings are measured: a valley of Lạng Sơn in EPSG:9215.
pub(crate) const ORIGIN: [f64; 2] = [450_000.0, 2_417_000.0];

pub(crate) fn ring(points: &[[f64; 2]]) -> Geometry<f64> {
    let place = |[x, y]: &[f64; 2]| Coord { x: ORIGIN[0] + x, y: ORIGIN[1] + y };
    Geometry::Polygon(Polygon::new(LineString::from_iter(points.iter().map(place)), vec![]))
}

/// A rectangle from its lower left corner, width and height, metres from the origin.
pub(crate) fn rectangle([x, y, w, h]: [f64; 4]) -> Geometry<f64> {
    ring(&[[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]])
}

pub(crate) fn feature(id: &str, geometry: Geometry<f64>, properties: Value) -> Feature {
    let Value::Object(properties) = properties else { panic!("properties are an object") };
    Feature { position: 0, id: Some(FeatureId::Text(id.into())), geometry: Some(geometry), properties }
}

pub(crate) fn zone(id: &str, kind: &str, at: [f64; 4], more: Value) -> Feature {
    let mut properties = json!({"name": format!("Khu {id}"), "kind": kind, "state": "operating"});
    properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    feature(id, rectangle(at), properties)
}

pub(crate) fn parcel(id: &str, code: &str, at: [f64; 4]) -> Feature {
    feature(id, rectangle(at), json!({"code": code}))
}

pub(crate) fn commune(code: &str, name: &str, at: [f64; 4]) -> Feature {
    feature(code, rectangle(at), json!({"code": code, "name": name, "fullName": format!("Xã {name}")}))
}

pub(crate) fn collection(id: &str, role: Role, scale: Option<u32>, features: Vec<Feature>) -> Collection {
    let info = CollectionInfo { scale, ..CollectionInfo::new(id, role, Text::same(id)) };
    let layer = Arc::new(Layer { crs: Crs::from_epsg(9215).unwrap(), features });
    Collection { info, layer }
}

pub(crate) fn zones(features: Vec<Feature>) -> Collection {
    collection("zones", Role::Zone, Some(2_000), features)
}

pub(crate) fn plan(features: Vec<Feature>) -> Collection {
    collection("plan", Role::LandUsePlan, Some(10_000), features)
}

pub(crate) fn land_use(features: Vec<Feature>) -> Collection {
    collection("land-use", Role::LandUse, Some(10_000), features)
}

pub(crate) fn communes(features: Vec<Feature>) -> Collection {
    collection("communes", Role::Admin, Some(10_000), features)
}

pub(crate) fn judge(collections: Vec<Collection>) -> CheckOutcome {
    let outcome = check(&CheckInput { collections, ..CheckInput::default() }, &CheckOptions::default());
    for finding in &outcome.findings {
        for text in [&finding.message.vi, &finding.message.en] {
            assert!(!text.contains(['{', '}']) && !text.starts_with("rules."), "{text}");
        }
    }
    for skipped in &outcome.skipped {
        assert!(!skipped.reason.vi.contains(['{', '}']) && !skipped.reason.vi.starts_with("skipped."));
    }
    outcome
}

/// The findings of one rule.
pub(crate) fn findings(outcome: &CheckOutcome, rule: &str) -> Vec<Finding> {
    outcome.findings.iter().filter(|finding| finding.rule == rule).cloned().collect()
}

/// The only finding of a rule.
pub(crate) fn only(outcome: &CheckOutcome, rule: &str) -> Finding {
    let mut found = findings(outcome, rule);
    assert_eq!(found.len(), 1, "{rule}: {:?}", found.iter().map(|f| &f.message.vi).collect::<Vec<_>>());
    found.remove(0)
}

pub(crate) fn severities(outcome: &CheckOutcome, rule: &str) -> Vec<Severity> {
    findings(outcome, rule).iter().map(|finding| finding.severity).collect()
}

pub(crate) fn slivers(outcome: &CheckOutcome, rule: &str) -> usize {
    outcome.slivers.iter().filter(|sliver| sliver.rule == rule).count()
}

/// Reasons given for a rule, in Vietnamese.
pub(crate) fn reasons(outcome: &CheckOutcome, rule: &str) -> Vec<String> {
    outcome.skipped.iter().filter(|skipped| skipped.rule == rule).map(|s| s.reason.vi.clone()).collect()
}

#[track_caller]
pub(crate) fn close(value: f64, expected: f64) {
    assert!((value - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{value} instead of {expected}");
}

/// A point, metres from the origin.
pub(crate) fn point(id: &str, [x, y]: [f64; 2]) -> Feature {
    feature(id, Geometry::Point(geo_types::Point::new(ORIGIN[0] + x, ORIGIN[1] + y)), json!({}))
}
