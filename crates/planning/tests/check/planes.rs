//! Each zone is measured on the plane of its own province.

use std::sync::Arc;

use geo_types::{Geometry, LineString, Polygon};
use planning::{Collection, Role};
use serde_json::{Value, json};
use spatial::{Crs, Feature, Layer};

use crate::drawing::*;

/// A box in degrees around a place.
fn degrees(id: &str, longitude: f64, latitude: f64, size: f64, properties: Value) -> Feature {
    let (w, s, e, n) = (longitude, latitude, longitude + size, latitude + size);
    let ring = LineString::from(vec![(w, s), (e, s), (e, n), (w, n), (w, s)]);
    feature(id, Geometry::Polygon(Polygon::new(ring, vec![])), properties)
}

fn geographic(mut of: Collection) -> Collection {
    let features = of.layer.features.clone();
    of.layer = Arc::new(Layer { crs: Crs::wgs84(), features });
    of
}

#[test]
fn the_province_says_the_plane_and_the_place_is_only_a_guess() {
    let zones = geographic(zones(vec![
        degrees("a", 106.7, 21.8, 0.01, json!({"kind": "KCN", "province": "Lạng Sơn"})),
        // The same place by the nearest meridian would be 106°45′, which is no TM-3 zone; 106°30′ and 107° are.
        degrees("b", 106.8, 21.8, 0.01, json!({"kind": "KCN"})),
        degrees("c", 103.97, 22.48, 0.01, json!({"kind": "KCN", "province": "tỉnh Lào Cai"})),
        degrees("d", 108.0, 13.98, 0.01, json!({"kind": "KCN", "province": "Gia Lai"})),
    ]));
    let outcome = judge(vec![zones]);
    let planes: Vec<_> =
        outcome.summaries.iter().map(|s| (s.zone.as_str(), s.crs.name().to_owned(), s.crs_guessed)).collect();
    let expected = [
        ("a", "EPSG:9215".to_owned(), false),
        ("b", "EPSG:9214".to_owned(), true),
        ("c", "EPSG:9208".to_owned(), false),
        // Gia Lai holds data of 108°15′ and 108°30′ since 2025: the name alone does not tell, and 108° is neither.
        ("d", "EPSG:9217".to_owned(), true),
    ];
    assert_eq!(planes, expected);
}

#[test]
fn a_collection_in_a_tm3_zone_stays_there() {
    let zone = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({"province": "Hải Phòng"}));
    let summary = judge(vec![zones(vec![zone])]).summaries.remove(0);
    assert_eq!((summary.crs.name(), summary.crs_guessed), ("EPSG:9215", false));
}

#[test]
fn zones_of_two_provinces_meet_the_same_references() {
    // Side by side at 106.7° E, declared in two provinces; parcels and communes cover both.
    let park = |province: &str| json!({"kind": "KCN", "state": "operating", "province": province});
    let zones = geographic(zones(vec![
        degrees("a", 106.70, 21.80, 0.010, park("Lạng Sơn")),
        degrees("b", 106.708, 21.80, 0.010, park("Bắc Giang")),
    ]));
    let plan = geographic(plan(vec![
        degrees("P-1", 106.69, 21.79, 0.05, json!({"code": "LUC"})),
        degrees("P-2", 103.0, 20.0, 0.05, json!({"code": "LUC"})),
    ]));
    let units = geographic(communes(vec![degrees("00001", 106.5, 21.5, 1.0, json!({"code": "00001"}))]));
    let outcome = judge(vec![zones, plan, units]);
    let found = findings(&outcome, "LUP-01");
    let planes: Vec<_> = found.iter().map(|f| f.crs.name().to_owned()).collect();
    assert_eq!(planes, ["EPSG:9215", "EPSG:9214"]);
    for (finding, summary) in found.iter().zip(&outcome.summaries) {
        // The parcel covers each zone wholly; in degrees its border lies far outside.
        assert!((finding.share.unwrap() - 1.0).abs() < 1e-9);
        close(finding.area_m2, summary.area_m2);
        let geodesic = finding.area_geodesic_m2.unwrap();
        assert!((geodesic / finding.area_m2 - 1.0).abs() < 3e-4, "scale of a TM-3 zone: {geodesic}");
    }
    // 0.002° × 0.010° of both, told by "a" in its own plane.
    let overlap = only(&outcome, "ZON-01");
    assert_eq!((overlap.crs.name(), overlap.zone.unwrap().id.as_str()), ("EPSG:9215", "a"));
    assert!((overlap.share.unwrap() - 0.2).abs() < 1e-3);
    assert!(findings(&outcome, "GEO-01").is_empty());
}

#[test]
fn zones_elsewhere_in_the_world_are_measured_in_utm() {
    let zones = geographic(zones(vec![degrees("chicago", -87.7, 41.8, 0.01, json!({"kind": "KCN"}))]));
    let summary = judge(vec![zones]).summaries.remove(0);
    assert_eq!((summary.crs.name(), summary.crs_guessed), ("EPSG:32616", true));
}

#[test]
fn generated_and_real_references_are_kept_apart() {
    let generated = |mut of: Collection| {
        of.info.generated = true;
        of.info.id = format!("generated-{}", of.info.id);
        of
    };
    let unit = |code: &str| communes(vec![commune(code, code, [-500.0, -500.0, 2000.0, 2000.0])]);
    let real = zones(vec![zone("real", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}))]);
    let sample = generated(zones(vec![zone("sample", "KCN", [500.0, 0.0, 100.0, 100.0], json!({}))]));
    let outcome = judge(vec![real, sample, unit("00001"), generated(unit("00002"))]);
    let lines: Vec<_> = outcome
        .summaries
        .iter()
        .map(|s| (s.zone.as_str(), s.by_commune[0].code.as_str(), s.by_commune.len()))
        .collect();
    assert_eq!(lines, [("real", "00001", 1), ("sample", "00002", 1)]);
    // Where there is no choice, what there is counts.
    let real = zones(vec![zone("real", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}))]);
    let outcome = judge(vec![real, collection("p", Role::Admin, None, vec![]), generated(unit("00002"))]);
    assert!(outcome.summaries[0].by_commune.is_empty());
    let real = zones(vec![zone("real", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}))]);
    assert_eq!(judge(vec![real, generated(unit("00002"))]).summaries[0].by_commune[0].code, "00002");
}
