//! OGC API - Processes: descriptions, executions, jobs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

#[path = "processes/answers.rs"]
mod answers;
#[path = "processes/jobs.rs"]
mod jobs;
#[path = "processes/refusals.rs"]
mod refusals;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use planning::Role;
use serde_json::{Value, json};
use server::Limits;
use support::{Answer, Memory, collection, content, feature, get, post, rectangle, send};

/// The support's place with more in it: a cluster of 60 ha beside rice, a park on the plan's industrial land, and a
/// newer plan that turns that land into houses.
fn place() -> Arc<Memory> {
    let mut content = content();
    let more = vec![
        feature(
            0,
            "c1",
            rectangle(3000.0, 0.0, 1000.0, 600.0),
            json!({"name": "CCN Đồng Xa", "kind": "CCN"}),
        ),
        feature(
            1,
            "n1",
            rectangle(1600.0, 100.0, 300.0, 300.0),
            json!({"name": "KCN Bãi Mới", "kind": "KCN"}),
        ),
    ];
    let land = vec![
        feature(0, "l1", rectangle(3900.0, 0.0, 300.0, 600.0), json!({"code": "LUC"})),
        feature(1, "l2", rectangle(3000.0, 0.0, 900.0, 600.0), json!({"code": "CLN"})),
    ];
    let newer = vec![
        feature(0, "q1", rectangle(0.0, 0.0, 1000.0, 1000.0), json!({"code": "LUC"})),
        feature(1, "q2", rectangle(1000.0, 0.0, 500.0, 1000.0), json!({"code": "SKK"})),
        feature(2, "q3", rectangle(1500.0, 0.0, 500.0, 1000.0), json!({"code": "ONT"})),
        feature(3, "q4", rectangle(2000.0, 0.0, 50.0, 1000.0), json!({"code": "DGT"})),
    ];
    let mut newer = collection("plan-next", Role::LandUsePlan, newer);
    newer.info.approved_on = Some("2023-01-01".into());
    content.collections.push((collection("more-zones", Role::Zone, more), 4));
    content.collections.push((collection("land", Role::LandUse, land), 5));
    content.collections.push((newer, 6));
    content.revision = 6;
    Arc::new(Memory { content: Mutex::new(content) })
}

fn router() -> Router {
    support::router_over(place())
}

fn router_with(source: Arc<dyn server::Source>, limits: Limits) -> Router {
    server::app_router(source, limits, SocketAddr::from(([127, 0, 0, 1], 8080)), &[]).unwrap()
}

/// A ring in the coordinates of the place, EPSG:9215.
fn polygon(x: f64, y: f64, width: f64, height: f64) -> Value {
    let [x, y] = [support::CORNER[0] + x, support::CORNER[1] + y];
    let ring = [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]];
    json!({"type": "Polygon", "coordinates": [ring]})
}

async fn execute(router: &Router, process: &str, body: &Value) -> Answer {
    post(router, &format!("/processes/{process}/execution"), body.to_string()).await
}

async fn begin(router: &Router, process: &str, body: &Value) -> Answer {
    let request = Request::post(format!("/processes/{process}/execution"))
        .header(header::HOST, "localhost:8080")
        .header(header::CONTENT_TYPE, "application/json")
        .header("prefer", "respond-async, wait=1");
    send(router, request.body(Body::from(body.to_string())).unwrap()).await
}

async fn delete(router: &Router, path: &str) -> Answer {
    let request = Request::delete(path).header(header::HOST, "localhost:8080");
    send(router, request.body(Body::empty()).unwrap()).await
}

/// Asks where a job stands until it stands there.
async fn until(router: &Router, job: &str, wanted: impl Fn(&str) -> bool) -> Value {
    loop {
        let status = get(router, job).await.json();
        if wanted(status["status"].as_str().unwrap()) {
            return status;
        }
        tokio::task::yield_now().await;
    }
}

async fn ended(router: &Router, job: &str) -> Value {
    until(router, job, |status| !matches!(status, "accepted" | "running")).await
}

#[track_caller]
fn close(value: &Value, expected: f64, within: f64) {
    let number = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((number - expected).abs() <= within, "{number} is not {expected}");
}
