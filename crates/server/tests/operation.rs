//! Health, readiness and metrics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use server::{ProcessUse, Settings};
use support::{get, post, source};

/// Samples by name and labels; every line must be a sample, or a comment that announces a family.
fn samples(text: &str) -> BTreeMap<String, f64> {
    let mut family = String::new();
    let mut samples = BTreeMap::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            family = name.to_owned();
        } else if !line.starts_with("# HELP ") {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with(&family), "{line} is not of {family}");
            let twice = samples.insert(name.to_owned(), value.parse().unwrap());
            assert!(twice.is_none(), "{line}");
        }
    }
    samples
}

#[tokio::test]
async fn what_was_asked_is_counted_by_route_and_never_by_name() {
    let mut settings = Settings::new("none".into(), "127.0.0.1:8080".parse().unwrap());
    let used = || Some(ProcessUse { resident_bytes: 4096, cpu_s: 1.5, threads: 3, open_files: 7 });
    settings.process_use = Some(used);
    let router = server::service(source(), &settings).unwrap();
    for path in
        ["/tiles/zones/12/3262/1797", "/tiles/plan/12/3262/1797", "/collections/zones", "/search?q=secret"]
    {
        assert!(get(&router, path).await.status.is_success(), "{path}");
    }
    for path in ["/collections/nowhere", "/collections/nobody", "/nothing", "/search"] {
        assert!(get(&router, path).await.status.is_client_error(), "{path}");
    }
    assert_eq!(post(&router, "/check", "{}").await.status, StatusCode::OK);
    let answer = get(&router, "/metrics").await;
    assert!(answer.header("content-type").starts_with("text/plain; version=0.0.4"));
    let text = answer.text();
    assert!(!text.contains("secret") && !text.contains("nowhere"), "{text}");
    let samples = samples(&text);
    let requests = |route: &str, method: &str, status: u16| {
        let name =
            format!("ranh_http_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}");
        samples.get(&name).copied().unwrap_or_default()
    };
    assert_eq!(requests("/tiles/{collection}/{z}/{x}/{y}", "GET", 200), 2.0, "{text}");
    assert_eq!(requests("/collections/{collection}", "GET", 200), 1.0, "{text}");
    assert_eq!(requests("/collections/{collection}", "GET", 404), 2.0);
    assert_eq!(requests("/search", "GET", 400), 1.0);
    assert_eq!(requests("other", "GET", 404), 1.0);
    assert_eq!(requests("/check", "POST", 200), 1.0);
    let duration = |rest: &str| samples[&format!("ranh_http_request_duration_seconds{rest}")];
    let tiles = "route=\"/tiles/{collection}/{z}/{x}/{y}\"";
    assert_eq!(duration(&format!("_count{{{tiles}}}")), 2.0);
    assert_eq!(duration(&format!("_bucket{{{tiles},le=\"+Inf\"}}")), 2.0);
    assert!(duration(&format!("_bucket{{{tiles},le=\"0.001\"}}")) <= 2.0);
    assert!(duration(&format!("_sum{{{tiles}}}")) > 0.0);
    assert_eq!(samples["ranh_http_requests_in_flight"], 1.0, "this one");
    assert_eq!((samples["ranh_turns{cost=\"costly\"}"], samples["ranh_exports"]), (0.0, 0.0));
    assert_eq!(samples["ranh_jobs_total{process=\"check\",status=\"successful\"}"], 1.0);
    assert_eq!((samples["ranh_catalog_revision"], samples["ranh_catalog_check_run"]), (3.0, 1.0));
    let layers: f64 = ["waiting", "under_way", "ready"]
        .map(|state| samples[&format!("ranh_tile_layers{{state=\"{state}\"}}")])
        .iter()
        .sum();
    let collections = get(&router, "/collections").await.json()["collections"].as_array().unwrap().len();
    assert_eq!(layers, collections as f64);
    assert!(samples["ranh_tile_layers{state=\"ready\"}"] >= 2.0, "{text}");
    let preparation = get(&router, "/tiles/zones").await.json()["ranh:preparation"].clone();
    assert_eq!(preparation, serde_json::json!({"state": "ready", "zooms_ready": 17, "zooms": 17}));
    assert_eq!(samples["process_resident_memory_bytes"], 4096.0);
    assert_eq!((samples["process_cpu_seconds_total"], samples["process_threads"]), (1.5, 3.0));
}

#[tokio::test]
async fn invented_methods_are_counted_as_one() {
    let router = support::router_over(source());
    for number in 0..20 {
        let request = axum::http::Request::builder().method(format!("M{number}").as_str()).uri("/health");
        let request = request.header("host", "localhost").body(axum::body::Body::empty()).unwrap();
        support::send(&router, request).await;
    }
    let text = get(&router, "/metrics").await.text();
    assert_eq!(text.lines().filter(|line| line.contains("method=\"other\"")).count(), 1, "{text}");
    assert!(!text.contains("M7"), "{text}");
}

#[tokio::test]
async fn alive_and_ready() {
    let router = support::router_over(Arc::clone(&source()));
    for path in ["/healthz", "/readyz", "/health"] {
        let answer = get(&router, path).await;
        assert_eq!((answer.status, &answer.json()["status"]), (StatusCode::OK, &"ok".into()), "{path}");
    }
}
