//! GEO-01.

use planning::{Role, Severity};
use serde_json::json;

use crate::drawing::*;

/// Two triangles of 100 m × 50 m ÷ 2 that meet where the outline crosses itself, at (50, 50): 2 × 2,500 m².
fn bow_tie() -> geo_types::Geometry<f64> {
    ring(&[[0.0, 0.0], [100.0, 100.0], [100.0, 0.0], [0.0, 100.0], [0.0, 0.0]])
}

#[test]
fn a_zone_that_crosses_itself_blocks_and_is_still_measured() {
    let properties = json!({"name": "Khu X", "kind": "KCN", "state": "revoked", "declared_area_ha": 0.7});
    let outcome = judge(vec![zones(vec![feature("Z-1", bow_tie(), properties)])]);
    let finding = only(&outcome, "GEO-01");
    assert_eq!((finding.severity, finding.zone.unwrap().id.as_str()), (Severity::Block, "Z-1"));
    close(finding.place.unwrap()[0], ORIGIN[0] + 50.0);
    close(finding.place.unwrap()[1], ORIGIN[1] + 50.0);
    assert_eq!(finding.message.vi, "Khu X: vùng tự cắt tại X=2417050,00 Y=450050,00");
    assert_eq!(finding.area_m2, 0.0);
    // Repaired: both triangles, 0.5 ha; 0.7 ha were declared.
    close(outcome.summaries[0].area_m2, 5_000.0);
    assert_eq!(severities(&outcome, "ZON-04"), [Severity::Error]);
}

#[test]
fn every_collection_is_looked_at() {
    let bad =
        |id: &str, role| collection(id, role, None, vec![feature("F-1", bow_tie(), json!({"code": "LUC"}))]);
    let outcome = judge(vec![
        bad("old-plan", Role::LandUsePlan),
        bad("plan", Role::LandUsePlan),
        bad("land", Role::LandUse),
        bad("units", Role::Admin),
        bad("limits", Role::Constraint),
    ]);
    let found = findings(&outcome, "GEO-01");
    let collections: Vec<_> = found.iter().map(|f| f.other.as_ref().unwrap().collection.as_str()).collect();
    assert_eq!(collections, ["land", "limits", "old-plan", "plan", "units"]);
    let ids: std::collections::BTreeSet<_> = found.iter().map(|finding| &finding.id).collect();
    assert_eq!(ids.len(), 5);
    assert!(found[0].message.vi.starts_with("land/F-1: vùng tự cắt"));
}

#[test]
fn repeated_vertices_are_no_finding_and_missing_shapes_are_noted() {
    let twice = ring(&[[0.0, 0.0], [100.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0], [0.0, 0.0]]);
    let mut empty = feature("Z-2", rectangle([0.0; 4]), json!({"kind": "KCN"}));
    empty.geometry = None;
    let outcome = judge(vec![zones(vec![feature("Z-1", twice, json!({"kind": "KCN"})), empty])]);
    assert!(findings(&outcome, "GEO-01").is_empty());
    assert_eq!(reasons(&outcome, "*"), ["Khu không có vùng nào để đo"]);
    assert_eq!((outcome.zones_total, outcome.zones_judged, outcome.summaries.len()), (2, 1, 1));
}

/// Traced twice, a square of 100 m is 1 ha, and nothing by even-odd fill.
#[test]
fn a_repair_that_changes_the_area_is_said() {
    let corners = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
    let twice: Vec<[f64; 2]> = [corners, corners].concat().into_iter().chain([corners[0]]).collect();
    let outcome =
        judge(vec![zones(vec![feature("Z-1", ring(&twice), json!({"name": "Khu X", "kind": "KCN"}))])]);
    let message = only(&outcome, "GEO-01").message;
    assert!(message.vi.ends_with("; sửa theo vùng trừ lỗ: thêm 10.000,00 m², bớt 0,00 m²"), "{}", message.vi);
    assert!(message.en.ends_with("; repaired by shells minus holes: 10,000.00 m² added, 0.00 m² taken away"));
    close(outcome.summaries[0].area_m2, 10_000.0);
}

#[test]
fn an_invalid_parcel_takes_part_as_it_is_repaired() {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}));
    let outcome =
        judge(vec![zones(vec![park]), plan(vec![feature("P-1", bow_tie(), json!({"code": "LUC"}))])]);
    close(only(&outcome, "LUP-01").area_m2, 5_000.0);
    assert_eq!(findings(&outcome, "GEO-01").len(), 1);
}
