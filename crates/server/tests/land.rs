//! What of a layer lies in zones, and which zones change their commune. The figures are those of rectangles.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use axum::Router;
use planning::{Collection, Register, Role};
use serde_json::{Value, json};
use spatial::Feature;
use std::sync::Arc;
use support::{collection, feature, get, post, rectangle, router_over, source};

const FIGURES: &str = include_str!("support/figures.toml");

fn commune(position: u64, code: &str, name: &str, [x, y, width, height]: [f64; 4]) -> Feature {
    let properties = json!({"code": code, "name": name, "fullName": name, "provinceCode": "20"});
    feature(position, code, rectangle(x, y, width, height), properties)
}

fn communes(id: &str, day: &str, units: Vec<Feature>) -> Collection {
    let mut communes = collection(id, Role::Admin, units);
    communes.info.as_of = Some(day.to_owned());
    communes
}

/// The zone `z1` reaches from 500 to 1500 m east and from 200 to 700 m north. Two communes meet at 1000 m until 2026;
/// then their border is at 1200 m, the western one has another name, and a third claims 100 m × 100 m of the zone.
fn router() -> Router {
    let source = source();
    {
        let mut content = source.content.lock().unwrap();
        content.collections.retain(|(one, _)| one.info.role != Role::Admin);
        let houses = vec![
            feature(0, "n1", rectangle(600.0, 300.0, 20.0, 10.0), json!({"name": "Nhà"})),
            // Half of it lies in the zone, half of that in each commune of before.
            feature(1, "n2", rectangle(990.0, 690.0, 20.0, 20.0), json!({"name": "Nhà ranh"})),
            feature(2, "n3", rectangle(3000.0, 300.0, 20.0, 10.0), json!({})),
        ];
        content.collections.push((collection("houses", Role::Constraint, houses), 4));
        let before = vec![
            commune(0, "00001", "Xã Tây", [-500.0, -500.0, 1500.0, 2000.0]),
            commune(1, "00002", "Xã Đông", [1000.0, -500.0, 1500.0, 2000.0]),
        ];
        let after = vec![
            commune(0, "00001", "Xã Tây Mới", [-500.0, -500.0, 1700.0, 2000.0]),
            commune(1, "00002", "Xã Đông", [1200.0, -500.0, 1300.0, 2000.0]),
            commune(2, "00003", "Xã Chồng", [1300.0, 300.0, 100.0, 100.0]),
        ];
        content.collections.push((communes("before", "2025-07-01", before), 5));
        content.collections.push((communes("after", "2026-07-01", after), 6));
        let figures = FIGURES.replace(
            "fill = [",
            "clearance = [{ as_of = \"2026-06-14\", cleared_ha = { value = 12.5 }, source = { document = \"bc-6-2026\", quote = \"\" } }]\nfill = [",
        );
        content.registers = vec![Arc::new(Register::from_toml("figures.toml", &figures).unwrap())];
    }
    router_over(source)
}

#[track_caller]
fn assert_near(value: &Value, wanted: f64) {
    assert!((value.as_f64().unwrap() - wanted).abs() < 1e-7, "{value} is not {wanted}");
}

#[tokio::test]
async fn houses_in_zones_are_counted_and_measured_by_commune() {
    let router = router();
    let all = get(&router, "/zones/land?layer=houses").await.json();
    assert_eq!((&all["features"], &all["zones_measured"]), (&json!(2), &json!(1)));
    // 20 m × 10 m, and the southern half of 20 m × 20 m.
    assert_near(&all["on_ha"], 0.04);
    let zone = &all["zones"][0];
    assert_eq!((&zone["zone"]["id"], &zone["parts"]), (&json!("z1"), &json!([])));
    assert_eq!(zone["clearance"]["cleared_ha"], json!({"value": 12.5, "qualifier": "exactly"}));
    // Both houses lie in one commune of today: its border has moved east.
    assert_eq!(zone["by_commune"].as_array().unwrap().len(), 1);
    assert_eq!(zone["by_commune"][0]["code"], "00001");
    assert_near(&zone["by_commune"][0]["area_ha"], 0.04);
    let one = get(&router, "/zones/land?layer=houses&zone=z1").await.json();
    let parts = one["zones"][0]["parts"].as_array().unwrap();
    assert_eq!(parts.iter().map(|part| part["id"].as_str().unwrap()).collect::<Vec<_>>(), ["n1", "n2"]);
    assert_near(&parts[1]["area_m2"], 200.0);
    let csv = get(&router, "/zones/land.csv?layer=houses&lang=en").await;
    assert!(csv.text().lines().nth(1).unwrap().starts_with("z1,"), "{}", csv.text());
}

#[tokio::test]
async fn parcels_are_chosen_by_code() {
    let router = router();
    // The zone lies half on each parcel, 25 ha.
    let all = get(&router, "/zones/land?layer=plan").await.json();
    assert_near(&all["on_ha"], 50.0);
    let rice = get(&router, "/zones/land?layer=plan&codes=LUC").await.json();
    assert_near(&rice["on_ha"], 25.0);
    assert_eq!(
        rice["by_code"],
        json!([{"code": "LUC", "features": 1, "area_ha": rice["by_code"][0]["area_ha"]}])
    );
}

#[tokio::test]
async fn zones_change_their_unit_with_the_version_of_the_units() {
    let router = router();
    let answer = get(&router, "/zones/units?older=before&newer=after").await.json();
    let zone = &answer["zones"][0];
    assert_eq!((&zone["zone"]["id"], &zone["changed"]), (&json!("z1"), &json!(true)));
    // 500 m × 500 m in each before; 700 m and 300 m of 500 m after, and 1 ha that a third claims.
    let areas = |side: &str| -> Vec<(String, f64)> {
        let units = zone[side].as_array().unwrap().iter();
        units
            .map(|one| (one["name"].as_str().unwrap().to_owned(), one["area_ha"].as_f64().unwrap()))
            .collect()
    };
    for (side, wanted) in [
        ("before", vec![("Xã Tây", 25.0), ("Xã Đông", 25.0)]),
        ("after", vec![("Xã Tây Mới", 35.0), ("Xã Đông", 15.0), ("Xã Chồng", 1.0)]),
    ] {
        let found = areas(side);
        assert_eq!(found.len(), wanted.len(), "{side}: {found:?}");
        for (name, ha) in wanted {
            assert!(found.iter().any(|one| one.0 == name && (one.1 - ha).abs() < 1e-7), "{name}: {found:?}");
        }
    }
    assert_eq!(zone["contested"].as_array().unwrap().len(), 1);
    assert_near(&zone["contested"][0]["area_ha"], 1.0);
    let claimants: Vec<&str> = zone["contested"][0]["claimants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(claimants, ["Xã Đông", "Xã Chồng"]);
    // 200 m × 500 m went from the eastern to the western one.
    let moves = answer["units"].as_array().unwrap();
    let moved =
        moves.iter().find(|one| one["from"]["name"] == "Xã Đông" && one["to"]["name"] == "Xã Tây Mới");
    assert_near(&moved.unwrap()["area_ha"], 10.0);
}

#[tokio::test]
async fn a_check_measures_by_the_units_of_its_day() {
    let router = router();
    for (date, wanted) in
        [("2026-06-30", vec!["00001", "00002"]), ("2026-07-01", vec!["00001", "00002", "00003"])]
    {
        let body = json!({"inputs": {"date": date, "zones": ["z1"]}}).to_string();
        assert_eq!(post(&router, "/processes/check/execution", body).await.status.as_u16(), 200);
        assert_eq!(
            post(&router, "/check", json!({"date": date}).to_string()).await.status.as_u16(),
            200,
            "{date}"
        );
        let summary = get(&router, "/zones/z1/summary").await.json();
        let mut codes: Vec<&str> = summary["by_commune"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["code"].as_str().unwrap())
            .collect();
        codes.sort_unstable();
        assert_eq!(codes, wanted, "{date}");
    }
}

#[tokio::test]
async fn what_cannot_be_measured_is_refused() {
    let router = router();
    for (path, status) in [
        ("/zones/land", 400),
        ("/zones/land?layer=none", 400),
        ("/zones/land?layer=zones", 400),
        ("/zones/land?layer=houses&zone=none", 404),
        ("/zones/land.csv?layer=houses&lang=fr", 400),
        ("/zones/units?older=before", 400),
        ("/zones/units?older=before&newer=before", 400),
        ("/zones/units?older=before&newer=plan", 400),
        ("/report-forms?date=someday", 400),
        ("/registers/none/clusters.xlsx?date=2026-06-14", 404),
    ] {
        assert_eq!(get(&router, path).await.status.as_u16(), status, "{path}");
    }
}
