//! What a feature was, revision by revision, in a store on disk.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use axum::http::Method;
use serde_json::{Value, json};
use support::get;
use support::kept::{ITEMS, ask, place, square};

fn side(side: f64) -> Value {
    let ring = json!([
        [450_500.0, 2_378_200.0],
        [450_500.0 + side, 2_378_200.0],
        [450_500.0 + side, 2_378_700.0],
        [450_500.0, 2_378_700.0],
        [450_500.0, 2_378_200.0]
    ]);
    json!({"geometry": {"type": "Polygon", "coordinates": [ring]}})
}

#[tokio::test]
async fn versions_tell_when_why_and_how_much() {
    let place = place();
    let router = &place.router;
    let first = get(router, &format!("{ITEMS}/z1/history")).await.json();
    assert_eq!(first["versions"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&first["versions"][0]["action"], &first["versions"][0]["difference_m2"]),
        (&json!("imported"), &Value::Null)
    );
    let crs = "<http://www.opengis.net/def/crs/EPSG/0/9215>";
    for (reason, body) in [
        ("M%E1%BB%9F%20r%E1%BB%99ng", side(1200.0)),
        ("T%C3%AAn", json!({"properties": {"name": "KCN Suối Đá 2"}})),
    ] {
        let tag = get(router, &format!("{ITEMS}/z1")).await.header("etag").to_owned();
        let headers = [
            ("content-type", "application/merge-patch+json"),
            ("content-crs", crs),
            ("if-match", tag.as_str()),
        ];
        let done =
            ask(router, Method::PATCH, &format!("{ITEMS}/z1?reason={reason}"), &headers, &body.to_string())
                .await;
        assert_eq!(done.status.as_u16(), 200, "{}", done.text());
    }
    let all = get(router, &format!("{ITEMS}/z1/history")).await.json();
    let versions = all["versions"].as_array().unwrap();
    let told: Vec<_> =
        versions.iter().map(|one| (one["reason"].as_str(), one["moved"].as_bool().unwrap())).collect();
    assert_eq!(told, [(Some("Tên"), false), (Some("Mở rộng"), true), (None, false)]);
    assert_eq!(versions[0]["properties"], json!(["name"]));
    // 1000 m × 500 m became 1200 m × 500 m.
    for (at, area, difference) in
        [(0, 600_000.0, Some(0.0)), (1, 600_000.0, Some(100_000.0)), (2, 500_000.0, None)]
    {
        assert!((versions[at]["area_m2"].as_f64().unwrap() - area).abs() < 1e-3, "{}", versions[at]);
        let found = versions[at]["difference_m2"].as_f64();
        assert!(
            found.zip(difference).map_or(found == difference, |(a, b)| (a - b).abs() < 1e-3),
            "{found:?}"
        );
    }
    assert_eq!(versions[2]["geometry"]["type"], "Polygon");
    assert_eq!(all["crs"], "EPSG:9215");
}

#[tokio::test]
async fn a_drawn_zone_begins_with_its_drawing_and_what_is_not_there_is_missing() {
    let place = place();
    let router = &place.router;
    let made = ask(router, Method::POST, ITEMS, &[], &square(Some("n1"), 106.7, 21.5).to_string()).await;
    assert_eq!(made.status.as_u16(), 201);
    let all = get(router, &format!("{ITEMS}/n1/history")).await.json();
    assert_eq!(all["versions"].as_array().unwrap().len(), 1);
    assert_eq!(all["versions"][0]["action"], "edited");
    for path in ["/collections/zones/items/none/history", "/collections/none/items/z1/history"] {
        assert_eq!(get(router, path).await.status.as_u16(), 404, "{path}");
    }
}
