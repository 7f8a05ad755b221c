//! Deciding on findings over HTTP, with a store behind it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use project::{Project, Store};
use serde_json::{Value, json};
use server::Limits;
use support::{Answer, content, get, post_text};

/// A checked store with the drawn collections, and a server over it.
struct Place {
    _folder: tempfile::TempDir,
    router: Router,
}

async fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = Store::create(&path).unwrap();
    for (collection, _) in content().collections {
        store.replace_collection(&collection.info, &collection.layer, None, &[]).unwrap();
    }
    drop(store);
    let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
    let project = Arc::new(Project::open(&path).unwrap());
    let router = server::app_router(project, Limits::default(), listen, &[]).unwrap();
    let answer = post_text(&router, "/check", "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    Place { _folder: folder, router }
}

impl Place {
    async fn json(&self, path: &str) -> Value {
        let answer = get(&self.router, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} {}", answer.text());
        answer.json()
    }

    /// The half of the zone that is planned as rice.
    async fn rice(&self) -> Value {
        self.json("/findings?rule=LUP-01").await["findings"][0].clone()
    }

    async fn decide(&self, decision: &Value) -> Answer {
        post_text(&self.router, "/decisions", &decision.to_string()).await
    }
}

fn waiver(finding: &Value) -> Value {
    json!({"findings": [finding["id"]], "state": "waived", "document": "123/UBND-KT", "person": "UBND tỉnh",
        "until": "2999-12-31", "reason": "Đã thỏa thuận", "seen": finding["standing"]["event"]})
}

#[tokio::test]
async fn a_waiver_is_seen_in_every_answer() {
    let place = place().await;
    let rice = place.rice().await;
    assert_eq!(rice["standing"]["state"], "new");
    let answer = place.decide(&waiver(&rice)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let standing = &answer.json()["findings"][0]["standing"];
    assert_eq!(standing["decision"]["person"], "UBND tỉnh");
    let id = rice["id"].as_str().unwrap();
    let zone = rice["zone"]["id"].as_str().unwrap();
    let single = place.json(&format!("/findings/{id}")).await;
    assert_eq!(&single["standing"], standing);
    assert!(single["geometry"].is_object());
    let waived = place.json("/findings?state=waived").await;
    assert_eq!((&waived["numberMatched"], &waived["findings"][0]["id"]), (&json!(1), &json!(id)));
    let others = place.json("/findings?state=new,reviewing").await["findings"].as_array().unwrap().len();
    assert_eq!(others + 1, place.json("/findings").await["findings"].as_array().unwrap().len());
    let item = place.json(&format!("/collections/findings/items/{id}")).await;
    assert_eq!(item["properties"]["state"], "waived");
    let summary = place.json(&format!("/zones/{zone}/summary")).await;
    let of = |f: &&Value| f["id"] == id;
    let listed = summary["findings"].as_array().unwrap().iter().find(of).unwrap();
    assert_eq!(listed["standing"]["state"], "waived");
    let table = get(&place.router, "/findings.csv").await.text();
    assert!(
        table.lines().any(|line| line.starts_with(id) && line.contains(",waived,123/UBND-KT,")),
        "{table}"
    );
}

#[tokio::test]
async fn history_and_changes_tell_what_happened() {
    let place = place().await;
    let rice = place.rice().await;
    place.decide(&waiver(&rice)).await;
    let id = rice["id"].as_str().unwrap();
    let history = place.json(&format!("/findings/{id}/history")).await;
    let events = history["events"].as_array().unwrap();
    assert_eq!((&events[0]["change"], &events[1]["change"]), (&json!("found"), &json!("decided")));
    assert_eq!(events[1]["text"]["vi"], "miễn trừ theo 123/UBND-KT, UBND tỉnh, đến hết 31/12/2999");
    let changes = place.json("/check/changes").await;
    let all = place.json("/findings").await["findings"].as_array().unwrap().len();
    assert_eq!(changes["found"].as_array().unwrap().len(), all);
    assert!(changes["closed"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn two_people_cannot_decide_past_each_other() {
    let place = place().await;
    let rice = place.rice().await;
    let reviewing =
        json!({"findings": [rice["id"]], "state": "reviewing", "seen": rice["standing"]["event"]});
    assert_eq!(place.decide(&reviewing).await.status, StatusCode::OK);
    let late = place.decide(&waiver(&rice)).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.json()["detail"].as_str().unwrap().contains("\"reviewing\" since"), "{}", late.text());
    assert_eq!(place.decide(&waiver(&place.rice().await)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn decisions_that_make_no_sense_are_refused_with_a_reason() {
    let place = place().await;
    let id = place.rice().await["id"].clone();
    let cases = [
        (json!({"findings": [id], "state": "waived"}), 400, "a waiver needs \"document\""),
        (json!({"findings": [id], "state": "waived", "document": "1"}), 400, "a waiver needs \"person\""),
        (json!({"findings": [id], "state": "closed"}), 400, "closed by the check"),
        (json!({"findings": [id], "state": "done"}), 400, "is not a state"),
        (json!({"findings": [id], "state": "reviewing", "until": "2030"}), 400, "only a waiver has an end"),
        (
            json!({"findings": [id], "state": "waived", "document": "1", "person": "A", "until": "soon"}),
            400,
            "is not a date",
        ),
        (json!({"findings": [], "state": "reviewing"}), 400, "no finding was named"),
        (json!({"findings": ["x"], "state": "reviewing"}), 404, "there is no finding \"x\""),
        (json!({"findings": [id], "state": "reviewing", "by": "me"}), 400, "unknown field"),
        (json!({"state": "reviewing"}), 400, "missing field"),
        (json!({"findings": vec!["x"; 2_001], "state": "reviewing"}), 400, "2000 findings at most"),
        (json!({"findings": [id], "state": "reviewing", "reason": "a\u{0}b"}), 400, "control characters"),
    ];
    for (body, status, words) in cases {
        let answer = place.decide(&body).await;
        assert_eq!(answer.status.as_u16(), status, "{body} {}", answer.text());
        assert!(answer.json()["detail"].as_str().unwrap().contains(words), "{body} {}", answer.text());
    }
    assert_eq!(place.rice().await["standing"]["state"], "new");
    for (path, status) in [
        ("/findings/x/history", 404),
        ("/check/changes?run=x", 400),
        ("/findings?state=odd", 400),
        ("/check/changes?runs=1", 400),
    ] {
        assert_eq!(get(&place.router, path).await.status.as_u16(), status, "{path}");
    }
}
