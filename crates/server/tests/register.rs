//! The register's endpoints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{get, router_over, source};

#[tokio::test]
async fn zones_are_listed_with_stated_and_computed_figures() {
    let router = router_over(source());
    let all = get(&router, "/register/zones").await.json();
    assert_eq!((&all["numberMatched"], all["zones"].as_array().unwrap().len()), (&json!(5), 5));
    let named = get(&router, "/register/zones?q=dong%20banh&kind=kcn").await.json();
    let zone = &named["zones"][0];
    assert_eq!((&named["numberMatched"], &zone["register"]), (&json!(1), &json!("lang-son")));
    assert_eq!(zone["total_ha"], json!({"value": 321.0, "qualifier": "more_than"}));
    assert_eq!(
        (&zone["fill"]["stated_percent"], &zone["lists"][0]["level"]),
        (&Value::Null, &json!("unspecified"))
    );
    let page = get(&router, "/register/zones?limit=2&offset=4").await.json();
    assert_eq!((&page["numberMatched"], &page["numberReturned"]), (&json!(5), &json!(1)));
}

#[tokio::test]
async fn a_zone_has_its_record_and_its_documents() {
    let router = router_over(source());
    let zone = get(&router, "/register/zones/lang-son-kcn-hong-phong?register=lang-son").await.json();
    assert_eq!(zone["record"]["area"][0]["total_ha"], json!({"value": 440.0, "qualifier": "about"}));
    assert_eq!(zone["documents"][0]["file"], "004_d43f10f6b518d8a6.txt");
    assert_eq!((&zone["children"], &zone["findings"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn statistics_keep_totals_without_names_apart() {
    let router = router_over(source());
    let answer = get(&router, "/register/statistics?register=tuyen-quang").await.json();
    let line = &answer["lines"][0];
    assert_eq!((&line["province"], &line["zones"]), (&json!("Tuyên Quang"), &json!(0)));
    let total = &line["reported"][0];
    assert_eq!(total["stated_fill_percent"]["value"], 51.6);
    assert!((total["computed_fill_percent"].as_f64().unwrap() - 55.459_183_673).abs() < 1e-8);
}

#[tokio::test]
async fn what_is_not_there_or_makes_no_sense_is_refused() {
    let router = router_over(source());
    for (path, status) in [
        ("/register/zones/none", 404),
        ("/register/zones?register=none", 404),
        ("/register/documents?register=none", 404),
        ("/register/zones?state=asleep", 400),
        ("/register/zones?limit=0", 400),
        ("/register/statistics?date=2021-13", 400),
        ("/register/documents?x=1", 400),
    ] {
        assert_eq!(get(&router, path).await.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn every_endpoint_is_described() {
    let router = router_over(source());
    let api = get(&router, "/api").await.json();
    for path in ["/register/zones", "/register/zones/{zone}", "/register/statistics", "/register/documents"] {
        assert!(api["paths"][path]["get"]["responses"]["200"].is_object(), "{path}");
    }
    assert!(api["components"]["schemas"]["RegisterZoneDetail"].is_object());
}
