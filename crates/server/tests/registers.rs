//! Whole registers and the figures that are entered into them, in a store on disk.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::sync::Arc;

use axum::Router;
use axum::http::{Method, StatusCode};
use project::{Project, RegisterRequest};
use serde_json::{Value, json};
use server::Limits;
use support::kept::{Place, ask, listen, place};
use support::{Answer, get};

const FIGURES: &str = include_str!("support/figures.toml");
const PATH: &str = "/registers/ve-tay/figures";

/// A store with the register, and a server over it.
fn with_register() -> (Place, Router) {
    let place = place();
    let file = place.path().with_file_name("figures.toml");
    std::fs::write(&file, FIGURES).unwrap();
    place.project.import_register(&RegisterRequest { file, register: None, table: None }).unwrap();
    let router =
        server::app_router(Arc::clone(&place.project) as _, Limits::default(), listen(), &[]).unwrap();
    (place, router)
}

fn entry(leased_ha: f64) -> Value {
    json!({"as_of": "2026-12-14", "document": "bc-12-2026", "document_title": "Báo cáo năm 2026", "reason": "Nhập số liệu",
        "zones": [{"zone": "z1", "industrial_ha": 40, "leased_ha": leased_ha, "stated_percent": 80}]})
}

async fn enter(router: &Router, tag: Option<&str>, body: &Value) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(tag.map(|tag| ("if-match", tag)));
    ask(router, Method::POST, PATH, &headers, &body.to_string()).await
}

async fn tag(router: &Router) -> String {
    get(router, "/registers/ve-tay").await.header("etag").to_owned()
}

#[tokio::test]
async fn registers_are_counted_and_given_whole() {
    let (_place, router) = with_register();
    let all = get(&router, "/registers").await.json();
    let wanted = json!({"id": "ve-tay", "title": {"vi": "Vẽ tay", "en": "Drawn by hand"}, "zones": 3, "totals": 0,
        "projects": 0, "indicators": 0, "documents": 2});
    assert_eq!(all["registers"], json!([wanted]));
    let whole = get(&router, "/registers/ve-tay").await.json();
    assert_eq!(whole["zone"][2]["area"][0]["total_ha"], json!({"value": 40.0, "qualifier": "about"}));
}

#[tokio::test]
async fn figures_are_added_and_what_was_stated_stays() {
    let (_place, router) = with_register();
    let before = tag(&router).await;
    let done = enter(&router, Some(&before), &entry(34.0)).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    assert_eq!((&done.json()["changed"], &done.json()["unchanged"]), (&json!(1), &json!(0)));
    let table = get(&router, "/zones?q=suoi%20da").await.json();
    let row = &table["zones"][0];
    // 34 of 40 ha, beside the 80 % that are stated.
    assert_eq!((&row["fill"]["computed_percent"], &row["free_ha"]), (&json!(85.0), &json!(6.0)));
    assert_eq!(
        (&row["fill"]["stated_percent"]["value"], &row["as_of"]),
        (&json!(80.0), &json!("2026-12-14"))
    );
    let record = &get(&router, "/registers/ve-tay").await.json()["zone"][0];
    let days: Vec<&Value> = record["area"].as_array().unwrap().iter().map(|area| &area["as_of"]).collect();
    assert_eq!(days, ["2025-12-14", "2026-06-14", "2026-12-14"]);
    assert_eq!(record["area"][1]["leased_ha"]["value"], 30.0);
    let versions = get(&router, "/registers/ve-tay/zones/z1/versions").await.json();
    let versions = versions["versions"].as_array().unwrap();
    assert_eq!((versions.len(), &versions[0]["source"]), (2, &json!("bc-12-2026")));
    assert_eq!(versions[1]["record"]["area"].as_array().unwrap().len(), 2);
    // Another zone has one version only.
    let other = get(&router, "/registers/ve-tay/zones/z3/versions").await.json();
    assert_eq!(other["versions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn figures_are_entered_only_on_the_register_as_it_was_read() {
    let (place, router) = with_register();
    let first = tag(&router).await;
    assert_eq!(enter(&router, None, &entry(34.0)).await.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(enter(&router, Some("\"x\""), &entry(34.0)).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(enter(&router, Some(&first), &entry(34.0)).await.status, StatusCode::OK);
    assert_eq!(enter(&router, Some(&first), &entry(35.0)).await.status, StatusCode::PRECONDITION_FAILED);
    // Another process changes the store behind the server's back, which has not looked yet.
    let second = tag(&router).await;
    let other = Project::open(&place.path()).unwrap();
    let file = place.path().with_file_name("figures.toml");
    other.import_register(&RegisterRequest { file, register: None, table: None }).unwrap();
    let late = enter(&router, Some(&second), &entry(36.0)).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
    let kept = other.snapshot().unwrap();
    let zone = kept.register("ve-tay").unwrap().register.zone("z1").unwrap().clone();
    assert_eq!(zone.areas.len(), 2, "nothing of what was refused is kept");
}

#[tokio::test]
async fn figures_that_make_no_sense_change_nothing() {
    let (_place, router) = with_register();
    let tag = tag(&router).await;
    let with = |name: &str, value: Value| {
        let mut body = entry(34.0);
        body[name] = value;
        body
    };
    let zone = |zone: Value| with("zones", json!([zone]));
    for (body, status) in [
        (with("reason", json!(" ")), 400),
        (with("as_of", json!("2026-13-01")), 400),
        (with("zones", json!([])), 400),
        (with("colour", json!("red")), 400),
        (zone(json!({"zone": "z1", "leased_ha": -1})), 400),
        (zone(json!({"zone": "z1", "leased_ha": "30"})), 400),
        (zone(json!({"zone": "nowhere", "leased_ha": 1})), 400),
        (zone(json!({"zone": "z1", "rented_ha": 1})), 400),
    ] {
        let answer = enter(&router, Some(&tag), &body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.text());
    }
    assert_eq!(tag, self::tag(&router).await);
}

#[tokio::test]
async fn only_our_own_pages_may_enter_figures_and_only_as_json() {
    let (_place, router) = with_register();
    let tag = tag(&router).await;
    let body = entry(34.0).to_string();
    let json = ("content-type", "application/json");
    for (path, headers, status) in [
        (PATH, vec![("content-type", "text/plain"), ("if-match", tag.as_str())], 415),
        ("/registers/none/figures", vec![json, ("if-match", tag.as_str())], 404),
        (PATH, vec![json, ("if-match", tag.as_str()), ("sec-fetch-site", "cross-site")], 403),
    ] {
        let answer = ask(&router, Method::POST, path, &headers, &body).await;
        assert_eq!(answer.status.as_u16(), status, "{path} {headers:?}: {}", answer.text());
    }
    for path in
        ["/registers/none", "/registers/none/zones/z1/versions", "/registers/ve-tay/zones/none/versions"]
    {
        assert_eq!(get(&router, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
