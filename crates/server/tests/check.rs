//! The check, its findings, and new revisions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::StatusCode;
use project::{CheckRequest, CheckRun, Version};
use server::{Content, Limits, Source, SourceError};
use support::{checked, content, get, post, router_over, source};

#[tokio::test]
async fn before_the_first_check_there_is_nothing_to_find() {
    let router = router_over(source());
    let findings = get(&router, "/findings").await.json();
    assert_eq!((&findings["check"], &findings["numberMatched"]), (&serde_json::Value::Null, &0.into()));
    assert_eq!(get(&router, "/zones/z1/summary").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&router, "/collections/findings").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&router, "/findings.geojson").await.json()["features"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_check_finds_the_rice_under_the_park() {
    let router = router_over(source());
    let summary = post(&router, "/check", "{}").await.json();
    assert_eq!((&summary["zones_total"], &summary["zones_judged"]), (&1.into(), &1.into()));
    assert_eq!((&summary["plan"], &summary["stale"]), (&"plan".into(), &false.into()));
    assert_eq!(summary["crs"][0], "EPSG:9215");
    let list = get(&router, "/findings?zone=z1&rule=LUP-01&severity=B,E").await.json();
    assert_eq!(list["numberMatched"], 1);
    let finding = &list["findings"][0];
    // The zone is 1,000 m × 500 m; its western half lies on the LUC parcel.
    assert!((finding["area_m2"].as_f64().unwrap() - 250_000.0).abs() < 1e-3, "{finding}");
    assert!((finding["area_ha"].as_f64().unwrap() - 25.0).abs() < 1e-7);
    assert!((finding["share"].as_f64().unwrap() - 0.5).abs() < 1e-9);
    // 2A/P of 500 m × 500 m.
    assert!((finding["mean_width_m"].as_f64().unwrap() - 250.0).abs() < 1e-6);
    assert_eq!((&finding["zone"]["id"], &finding["zone"]["kind"]), (&"z1".into(), &"KCN".into()));
    assert_eq!((&finding["other"]["id"], &finding["other"]["code"]), (&"p1".into(), &"LUC".into()));
    assert!(finding.get("geometry").is_none());
    let id = finding["id"].as_str().unwrap();
    let whole = get(&router, &format!("/findings/{id}")).await.json();
    assert_eq!(whole["geometry"]["type"], "MultiPolygon");
    assert_eq!((&finding["fix"]["action"], &finding["fix"]["shape"]), (&"cut_off".into(), &"finding".into()));
    assert!(
        finding["fix"]["text"]["en"].as_str().unwrap().starts_with("Cut these 25.00 ha off "),
        "{finding}"
    );
    let explained = get(&router, &format!("/findings/{id}/explanation")).await.json();
    let lines = explained["lines"].as_array().unwrap();
    assert_eq!(lines[0]["en"], "LUP-01 – Land-use plan mismatch");
    assert!(
        lines.iter().any(|line| line["en"].as_str().unwrap().starts_with("Tolerance: W_min ")),
        "{lines:?}"
    );
    assert_eq!(get(&router, "/findings/none/explanation").await.status, StatusCode::NOT_FOUND);
    let shaped = get(&router, "/findings?geometry=true&rule=LUP-01").await.json();
    assert_eq!(shaped["findings"][0]["geometry"], whole["geometry"]);
}

#[tokio::test]
async fn a_zone_adds_up() {
    let router = checked().await;
    let zone = get(&router, "/zones/z1/summary").await.json();
    assert_eq!((&zone["zone"]["name"], &zone["plan"]), (&"KCN Suối Đá".into(), &"plan".into()));
    let number = |name: &str| zone[name].as_f64().unwrap_or_else(|| panic!("{name}: {zone}"));
    assert!((number("area_m2") - 500_000.0).abs() < 1e-3);
    assert!(number("difference_percent").abs() < 1e-6, "50 ha are declared, 50 ha measured");
    let codes = zone["by_code"].as_array().unwrap();
    let sum: f64 = codes.iter().map(|line| line["area_m2"].as_f64().unwrap()).sum();
    let total = sum - number("multiple_m2") + number("uncovered_m2") + number("residual_m2");
    assert!((total - number("area_m2")).abs() < 1e-3);
    let allowed = |code: &str| codes.iter().find(|line| line["code"] == code).unwrap()["allowed"].clone();
    assert_eq!((allowed("LUC"), allowed("SKK")), (false.into(), true.into()));
    assert_eq!(zone["by_commune"][0]["code"], "00001");
    assert!(!zone["findings"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn findings_can_be_kept_as_files() {
    let router = checked().await;
    let count = get(&router, "/findings").await.json()["numberMatched"].as_u64().unwrap();
    let geojson = get(&router, "/findings.geojson").await;
    assert_eq!(geojson.header("content-disposition"), "attachment; filename=\"findings.geojson\"");
    let document = geojson.json();
    let features = document["features"].as_array().unwrap();
    assert_eq!(features.len() as u64, count);
    for name in [
        "id",
        "rule",
        "severity",
        "title_vi",
        "message_vi",
        "zone_id",
        "zone_name",
        "other_id",
        "code",
        "area_m2",
        "area_ha",
        "mean_width_m",
        "share",
    ] {
        assert!(features[0]["properties"].get(name).is_some(), "{name}");
    }
    let csv = get(&router, "/findings.csv?rule=LUP-01").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.bytes.starts_with("\u{feff}".as_bytes()));
    assert_eq!(csv.text().lines().count(), 2, "a head and a row: {}", csv.text());
}

#[tokio::test]
async fn findings_are_a_layer() {
    let router = checked().await;
    let list = get(&router, "/findings").await.json();
    let items = get(&router, "/collections/findings/items?limit=1000").await.json();
    assert_eq!(items["numberMatched"], list["numberMatched"]);
    assert_eq!(items["features"][0]["id"], list["findings"][0]["id"]);
    let tile = get(&router, "/tiles/findings/14/13051/7189").await;
    let text = String::from_utf8_lossy(&tile.bytes).into_owned();
    for word in ["findings", "rule", "severity", "LUP-01", list["findings"][0]["id"].as_str().unwrap()] {
        assert!(text.contains(word), "{word}");
    }
}

#[tokio::test]
async fn a_new_revision_is_swapped_in_and_makes_the_check_stale() {
    let source = source();
    let router = router_over(source.clone());
    post(&router, "/check", "{}").await;
    let tile = get(&router, "/tiles/zones/14/13051/7189").await.header("etag").to_owned();
    {
        let mut held = source.content.lock().unwrap();
        let mut changed = content().collections.remove(1);
        changed.1 = 4;
        held.collections[1] = changed;
        held.revision = 4;
    }
    // A check follows the source at once; the poll of a running server does so every few seconds.
    let summary = post(&router, "/check", "{\"rules\": [\"LUP-03\"]}").await.json();
    assert_eq!((&summary["revision"], &summary["stale"]), (&4.into(), &false.into()));
    assert_eq!(get(&router, "/health").await.json()["revision"], 4);
    let again = get(&router, "/tiles/zones/14/13051/7189").await.header("etag").to_owned();
    assert_eq!(tile, again, "an unchanged collection keeps its tiles");
}

#[tokio::test]
async fn a_check_runs_again_when_asked() {
    let router = checked().await;
    let first = get(&router, "/collections").await.json()["ranh"]["check"]["run"].clone();
    let second = post(&router, "/check", "{}").await.json()["run"].clone();
    assert_ne!(first, second);
}

/// A source whose check waits until it is let go.
struct Slow {
    started: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
}

impl Source for Slow {
    fn version(&self) -> Result<Version, SourceError> {
        Ok(Version::default())
    }

    fn read(&self) -> Result<Content, SourceError> {
        Ok(Content::default())
    }

    fn check(&self, _: &CheckRequest<'_>) -> Result<CheckRun, SourceError> {
        self.started.lock().unwrap().send(()).unwrap();
        self.go.lock().unwrap().recv().unwrap();
        Err(SourceError::Busy("the store is being written to".into()))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_check_at_a_time() {
    let (started, has_started) = channel();
    let (go, wait) = channel();
    let slow = Slow { started: Mutex::new(started), go: Mutex::new(wait) };
    let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
    let router = server::app_router(Arc::new(slow), Limits::default(), listen, &[]).unwrap();
    let first = tokio::spawn({
        let router = router.clone();
        async move { post(&router, "/check", "{}").await }
    });
    tokio::task::spawn_blocking(move || has_started.recv_timeout(Duration::from_secs(20)).unwrap())
        .await
        .unwrap();
    let second = post(&router, "/check", "{}").await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text());
    go.send(()).unwrap();
    assert_eq!(first.await.unwrap().status, StatusCode::SERVICE_UNAVAILABLE, "the source is busy");
}

#[tokio::test]
async fn an_empty_store_is_served() {
    let source = source();
    *source.content.lock().unwrap() = Content::default();
    let router = router_over(source);
    for path in ["/", "/collections", "/style", "/findings", "/search?q=a", "/pick?lon=106&lat=21", "/health"]
    {
        assert_eq!(get(&router, path).await.status, StatusCode::OK, "{path}");
    }
    let style = get(&router, "/style").await.json();
    assert_eq!(style["layers"].as_array().unwrap().len(), 1, "paper");
}
