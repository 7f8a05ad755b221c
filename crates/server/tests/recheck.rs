//! A server that took over what had not changed answers as one that read everything anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use axum::http::StatusCode;
use planning::Role;
use serde_json::json;
use spatial::Feature;

use support::{collection, feature, get, post, rectangle, router_over, source};

/// A park half on rice, east of the corner by so much.
fn park(position: u64, id: &str, east_m: f64, north_m: f64) -> Feature {
    let shape = rectangle(east_m, north_m, 400.0, 100.0);
    let properties = json!({"name": format!("KCN {id}"), "kind": "KCN", "state": "operating",
        "declared_area_ha": 9.0, "communes": ["00001"]});
    feature(position, id, shape, properties)
}

#[tokio::test]
async fn what_is_taken_over_is_what_would_be_made_anew() {
    let source = source();
    let set = |revision: u64, zones: Vec<Feature>| {
        let mut content = source.content.lock().unwrap();
        content.collections[0] = (collection("zones", Role::Zone, zones), revision);
        content.revision = revision;
    };
    // "c" reaches 1.2 m into the rice of p1: a sliver that stays, beside one that goes with "b".
    set(4, vec![park(0, "a", 800.0, 0.0), park(1, "b", 998.8, 200.0), park(2, "c", 998.8, 400.0)]);
    let router = router_over(std::sync::Arc::clone(&source));
    assert_eq!(post(&router, "/check", "{}").await.status, StatusCode::OK);
    let before = get(&router, "/findings?limit=100&geometry=true").await.json();
    // "a" has moved, "b" has gone, "d" is new and stands before "c".
    set(5, vec![park(0, "a", 850.0, 0.0), park(1, "d", 700.0, 600.0), park(2, "c", 998.8, 400.0)]);
    assert_eq!(post(&router, "/check", "{}").await.status, StatusCode::OK);
    let anew = router_over(source);
    let list = get(&anew, "/findings?limit=100&geometry=true").await.json();
    assert_ne!(before["findings"], list["findings"]);
    let some = list["findings"].as_array().unwrap().iter().find(|one| one["zone"]["id"] == "c").unwrap();
    assert!(before["findings"].as_array().unwrap().contains(some), "{some}");
    let one = format!("/findings/{}", some["id"].as_str().unwrap());
    for path in [
        "/findings?limit=100&geometry=true",
        "/findings?limit=100&bbox=106.5,21.4,107,21.6",
        "/findings.geojson",
        one.as_str(),
        "/collections/findings/items",
        "/collections/slivers/items",
        "/collections/zones/items",
        "/collections/zones",
        "/tiles/findings/10/815/449",
        "/tiles/zones/10/815/449",
        "/zones/c/summary",
    ] {
        let (taken_over, made) = (get(&router, path).await, get(&anew, path).await);
        assert_eq!(made.status, StatusCode::OK, "{path}: {}", made.text());
        assert!(!made.bytes.is_empty() && taken_over.bytes == made.bytes, "{path}");
    }
    let slivers = get(&anew, "/collections/slivers/items").await.json();
    assert!(slivers["numberMatched"].as_u64().unwrap() > 0, "{slivers}");
}
