//! What cannot be done, and what is said of it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::{begin, execute, polygon, router};
use crate::support::{Answer, get, post, send};

#[track_caller]
fn assert_refused(what: &Value, answer: &Answer, named: &str) {
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains(named), "{what}: {detail}");
}

#[tokio::test]
async fn senseless_inputs_are_refused_by_name() {
    let router = router();
    let grown = |name: &str, value: Value| {
        let mut inputs =
            json!({"zone": "c1", "geometry": polygon(4000.0, 0.0, 9.0, 9.0), "crs": "EPSG:9215"});
        inputs[name] = value;
        inputs
    };
    let compared = |name: &str, value: Value| {
        let mut inputs = json!({"older": "plan", "newer": "plan-next"});
        inputs[name] = value;
        inputs
    };
    let cases = [
        ("check", json!({"colour": "red"}), "\"colour\""),
        ("check", json!({"rules": "LUP-01"}), "\"rules\""),
        ("check", json!({"rules": [1]}), "\"rules\""),
        ("check", json!({"rules": ["LUP-99"]}), "\"rules\""),
        ("check", json!({"plan": 7}), "\"plan\""),
        ("check", json!({"plan": ""}), "\"plan\""),
        ("check", json!({"plan": "x".repeat(501)}), "\"plan\""),
        ("check", json!({"plan": "nowhere"}), "nowhere"),
        ("check", json!({"plan": {"href": "http://elsewhere.example/plan"}}), "\"plan\""),
        ("check", json!({"date": "yesterday"}), "\"date\""),
        ("check", json!({"date": "2025-13-01"}), "\"date\""),
        ("check", json!({"pack": "1066"}), "\"pack\""),
        ("check", json!({"zones": {"value": "z1"}}), "\"zones\""),
        ("check", json!({"zones": vec!["z1"; 1001]}), "\"zones\""),
        ("check", json!({"zones": ["nobody"]}), "nobody"),
        ("check", json!({"keep": "yes"}), "\"keep\""),
        ("check", json!({"keep": true, "zones": ["z1"]}), "\"keep\""),
        ("what-if", json!({}), "\"zone\""),
        ("what-if", json!({"zone": "c1"}), "\"geometry\""),
        ("what-if", grown("zone", Value::Null), "\"zone\""),
        ("what-if", grown("zone", "nobody".into()), "nobody"),
        ("what-if", grown("geometry", "POLYGON EMPTY".into()), "\"geometry\""),
        ("what-if", grown("geometry", json!({"type": "Polygon"})), "\"geometry\""),
        ("what-if", grown("geometry", json!({"type": "Blob", "coordinates": []})), "\"geometry\""),
        (
            "what-if",
            grown("geometry", json!({"type": "Point", "coordinates": [450_000, 2_378_000]})),
            "no area",
        ),
        ("what-if", grown("crs", "EPSG:0".into()), "\"crs\""),
        ("what-if", grown("crs", Value::Null), "no CRS is named"),
        ("what-if", grown("plan", "nowhere".into()), "nowhere"),
        ("plan-difference", json!({"older": "plan"}), "\"newer\""),
        ("plan-difference", compared("newer", "plan".into()), "\"newer\""),
        ("plan-difference", compared("older", "zones".into()), "zones"),
        ("plan-difference", compared("limit", json!(-1)), "\"limit\""),
        ("plan-difference", compared("limit", json!(10_001)), "\"limit\""),
        ("plan-difference", compared("limit", json!(1.5)), "\"limit\""),
        ("plan-difference", compared("offset", json!("1")), "\"offset\""),
    ];
    for (process, inputs, named) in cases {
        let what = json!({"process": process, "inputs": inputs});
        assert_refused(&what, &execute(&router, process, &json!({"inputs": inputs})).await, named);
    }
    assert_eq!(get(&router, "/findings").await.json()["check"], Value::Null, "nothing was kept");
}

#[tokio::test]
async fn senseless_requests_are_refused() {
    let router = router();
    let bodies = [
        (json!([]), "request to execute"),
        (json!({"input": {}}), "input"),
        (json!({"inputs": []}), "request to execute"),
        (json!({"response": "xml"}), "xml"),
        (json!({"outputs": {"map": {}}}), "\"map\""),
        (json!({"outputs": {"findings": {"transmissionMode": "reference"}}}), "reference"),
    ];
    for (body, named) in bodies {
        assert_refused(&body, &execute(&router, "check", &body).await, named);
        let early = begin(&router, "check", &body).await;
        assert_eq!(early.status, StatusCode::BAD_REQUEST, "a job is not taken on either: {body}");
    }
    let queries = [
        "/jobs?limit=0",
        "/jobs?status=lost",
        "/jobs?type=service",
        "/jobs?minDuration=-1",
        "/jobs?maxDuration=long",
        "/jobs?datetime=yesterday",
        "/jobs?colour=red",
        "/processes?limit=none",
        "/processes/check?colour=red",
    ];
    for path in queries {
        assert_eq!(get(&router, path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    let huge = json!({"inputs": {"plan": "x".repeat(5 << 20)}});
    assert_eq!(execute(&router, "check", &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        post(&router, "/processes/check/execution?f=json", "{}").await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn what_does_not_exist_is_of_the_kind_that_the_standard_names() {
    let router = router();
    let kind = |name: &str| format!("http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/{name}");
    let process = [get(&router, "/processes/nothing").await, execute(&router, "nothing", &json!({})).await];
    for answer in process {
        assert_eq!(
            (answer.status, &answer.json()["type"]),
            (StatusCode::NOT_FOUND, &kind("no-such-process").into())
        );
        assert!(answer.json()["detail"].as_str().unwrap().contains("what-if"), "it says what there is");
    }
    // A page from elsewhere stops nobody's job, whether there is one or not.
    let request = Request::delete("/jobs/nothing")
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, "http://evil.example");
    let foreign = send(&router, request.body(Body::empty()).unwrap()).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    for path in ["/jobs/nothing", "/jobs/nothing/results"] {
        let answer = get(&router, path).await;
        assert_eq!(
            (answer.status, &answer.json()["type"]),
            (StatusCode::NOT_FOUND, &kind("no-such-job").into())
        );
    }
}
