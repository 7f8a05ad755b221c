//! What is wrong with a file as it was written, from the file to the finding: rings left open, metres without a CRS.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod journey;

use journey::{TempStore, json, ranh};
use serde_json::Value;

/// A park of 200 m × 100 m in Lạng Sơn, its ring ending at the given corner.
fn park(head: &str, properties: &str, last: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection",{head}"features":[{{"type":"Feature","id":"Z-1","properties":{properties},
        "geometry":{{"type":"Polygon","coordinates":[[[450000,2417000],[450200,2417000],[450200,2417100],
        [450000,2417100],{last}]]}}}}]}}"#
    )
}

const CRS: &str = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9215"}},"#;
const PROPERTIES: &str = r#"{"kind":"KCN","state":"operating","name":"Khu","province":"Lạng Sơn"}"#;

/// Imports a file and gives the findings of two rules, with what the import said.
fn found(text: &str) -> (Vec<Value>, String) {
    let store = TempStore::new();
    let file = store.beside("park.geojson");
    std::fs::write(&file, text).unwrap();
    let out = ranh(&["import", &file, "--store", store.path(), "--role", "zone"], 0);
    let said = String::from_utf8_lossy(&out.stderr).into_owned() + &String::from_utf8_lossy(&out.stdout);
    let blocks = i32::from(!text.contains("\"crs\""));
    let check = ["check", "--store", store.path(), "--rules", "GEO-02,GEO-07", "--format", "json"];
    let answer = json(&ranh(&check, blocks).stdout);
    (answer["findings"].as_array().unwrap().clone(), said)
}

#[test]
fn an_open_ring_is_found_with_its_gap() {
    // The last point is 3 m east and 4 m north of the first.
    let (findings, said) = found(&park(CRS, PROPERTIES, "[450003,2417004]"));
    assert!(said.contains("ring not closed"), "{said}");
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!((&finding["rule"], &finding["severity"]), (&"GEO-02".into(), &"W".into()));
    assert_eq!(finding["message"]["en"], "Khu: the last point is 5.00 m from the first (0.01 m tolerated)");
    assert_eq!(finding["fix"]["action"], "close_ring");
    assert!(found(&park(CRS, PROPERTIES, "[450000,2417000]")).0.is_empty(), "a closed one is no finding");
    assert!(found(&park(CRS, PROPERTIES, "[450000.005,2417000]")).0.is_empty(), "5 mm are tolerated");
}

#[test]
fn metres_without_a_crs_are_read_in_that_of_the_province_and_found() {
    let (findings, said) = found(&park("", PROPERTIES, "[450000,2417000]"));
    assert!(said.contains("names no CRS: EPSG:9215 was assumed"), "{said}");
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!((&finding["rule"], &finding["severity"]), (&"GEO-07".into(), &"B".into()));
    assert_eq!(finding["message"]["en"], "park: the file names no CRS; EPSG:9215 was assumed");
}

#[test]
fn metres_of_which_nothing_tells_the_plane_are_refused() {
    let store = TempStore::new();
    let file = store.beside("park.geojson");
    // Nothing names a province; Tuyên Quang has two zones since 2025.
    for properties in [r#"{"kind":"KCN"}"#, r#"{"kind":"KCN","province":"Tuyên Quang"}"#] {
        std::fs::write(&file, park("", properties, "[450000,2417000]")).unwrap();
        let out = ranh(&["import", &file, "--store", store.path(), "--role", "zone"], 2);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(said.contains("no CRS is named") && said.contains("EPSG::9215"), "{said}");
    }
}
