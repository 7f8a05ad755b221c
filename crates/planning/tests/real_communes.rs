//! A zone over the patch near the Kim Thành border gate that three real communes of Lào Cai claim. The patch was
//! measured with GEOS and PROJ: one polygon of 348.92 ha, 103.9258–103.9502° E, 22.5051–22.5274° N. The data are
//! read from beside the checkout and are not part of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use geo_types::{Geometry, LineString, MultiPolygon, Polygon};
use planning::{CheckInput, CheckOptions, Collection, CollectionInfo, Role, Text, check};
use serde_json::{Value, json};
use spatial::{Crs, Feature, Layer};

fn collection(id: &str, role: Role, scale: u32, features: Vec<Feature>) -> Collection {
    let info = json!({"collection": id, "role": role, "title": Text::same(id), "scale": scale});
    let info: CollectionInfo = serde_json::from_value(info).unwrap();
    Collection { info, layer: Arc::new(Layer { crs: Crs::wgs84(), features }) }
}

fn line(ring: &Value) -> LineString<f64> {
    let number = |value: &Value| value.as_f64().unwrap();
    ring.as_array().unwrap().iter().map(|xy| (number(&xy[0]), number(&xy[1]))).collect()
}

fn polygon(rings: &Value) -> Polygon<f64> {
    let mut rings = rings.as_array().unwrap().iter().map(line);
    Polygon::new(rings.next().unwrap(), rings.collect())
}

fn commune(feature: &Value) -> Feature {
    let coordinates = &feature["geometry"]["coordinates"];
    let polygons = match feature["geometry"]["type"].as_str().unwrap() {
        "Polygon" => vec![polygon(coordinates)],
        _ => coordinates.as_array().unwrap().iter().map(polygon).collect(),
    };
    let properties = feature["properties"].as_object().unwrap().clone();
    Feature {
        position: 0,
        id: None,
        geometry: Some(Geometry::MultiPolygon(MultiPolygon(polygons))),
        properties,
    }
}

#[test]
fn land_that_three_communes_claim_shows_in_the_tables_of_a_zone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/vietnam/communes-15-lao-cai.geojson");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("NOT TESTED: {} is missing", path.display());
        return;
    };
    let document: Value = serde_json::from_str(&text).unwrap();
    let communes: Vec<Feature> = document["features"].as_array().unwrap().iter().map(commune).collect();
    let (w, s, e, n) = (103.9258 - 0.001, 22.5051 - 0.001, 103.9502 + 0.001, 22.5274 + 0.001);
    let ring = LineString::from(vec![(w, s), (e, s), (e, n), (w, n), (w, s)]);
    let properties = json!({"id": "Z-1", "name": "KCN Kim Thành", "kind": "KCN", "state": "proposed",
        "province": "Tỉnh Lào Cai", "communes": ["02647"]});
    let zone = Feature {
        position: 0,
        id: None,
        geometry: Some(Geometry::Polygon(Polygon::new(ring, vec![]))),
        properties: properties.as_object().unwrap().clone(),
    };
    let zones = collection("zones", Role::Zone, 2_000, vec![zone]);
    let input = CheckInput {
        collections: vec![zones, collection("communes", Role::Admin, 10_000, communes)],
        ..CheckInput::default()
    };
    let outcome = check(&input, &CheckOptions::default());

    let summary = &outcome.summaries[0];
    assert_eq!((summary.crs.name(), summary.crs_guessed), ("EPSG:9208", false));
    let claimants: Vec<&str> = summary.by_commune.iter().map(|line| line.code.as_str()).collect();
    for code in ["02647", "02683", "02746"] {
        assert!(claimants.contains(&code), "{claimants:?}");
    }
    // Part of the box lies beyond the national border; what the communes hold of it, the patch counted twice more:
    let claimed: f64 = summary.by_commune.iter().map(|line| line.area_m2).sum();
    let found = outcome.findings.iter().find(|finding| finding.rule == "ADM-03").expect("spans communes");
    let twice_more = claimed - found.area_m2;
    assert!((twice_more - 2.0 * 3_489_200.0).abs() < 2.0 * 100.0, "{twice_more}");
    assert!(outcome.findings.iter().all(|finding| finding.rule != "GEO-01"));

    let claims: Vec<_> = outcome.findings.iter().filter(|finding| finding.rule == "ADM-04").collect();
    assert_eq!(claims.len(), 1, "{:?}", claims.iter().map(|claim| &claim.message.vi).collect::<Vec<_>>());
    assert!((claims[0].area_m2 / 10_000.0 - 348.92).abs() < 0.01, "{}", claims[0].area_m2);
    // The ellipsoid's figure, as GEOS and GeographicLib gave it.
    assert!((claims[0].area_geodesic_m2.unwrap() / 10_000.0 - 348.94).abs() < 0.02);
    let message = &claims[0].message.vi;
    for name in ["Phường Lào Cai", "Xã Bát Xát", "Xã Cốc San", "348,92 ha"] {
        assert!(message.contains(name), "{message}");
    }
    assert_eq!(claims[0].table.len(), 3);
}
