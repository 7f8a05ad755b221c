//! Features changed over HTTP (OGC API Features part 4), in a store on disk.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::sync::Arc;

use axum::Router;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use server::{Limits, Public};

use support::kept::{ITEMS, VN2000, ask, listen, place, square};
use support::{get, get_with, post};

const WGS84: &str = "http://www.opengis.net/def/crs/EPSG/0/4326";

async fn metres(router: &Router, id: &str) -> Value {
    get(router, &format!("{ITEMS}/{id}?crs={VN2000}")).await.json()["geometry"]["coordinates"].clone()
}

#[tokio::test]
async fn a_feature_comes_changes_and_goes() {
    let place = place();
    let router = &place.router;
    let made = ask(
        router,
        Method::POST,
        &format!("{ITEMS}?reason=V%E1%BA%BD"),
        &[],
        &square(Some("n1"), 106.7, 21.5).to_string(),
    )
    .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert!(made.header("location").ends_with("/collections/zones/items/n1"), "{}", made.header("location"));
    let read = get(router, &format!("{ITEMS}/n1")).await;
    assert_eq!(read.json()["properties"]["name"], "CCN Mới");
    let first = read.header("etag").to_owned();
    assert_eq!(made.header("etag"), first);
    let at = read.json()["geometry"]["coordinates"][0][2].clone();
    assert_eq!(at, json!([106.701, 21.501]));
    // What is not given stays to the last bit.
    let before = metres(router, "n1").await;
    let patch = json!({"properties": {"name": "CCN Hòa Bình", "state": null}}).to_string();
    let merge = [("content-type", "application/merge-patch+json"), ("if-match", first.as_str())];
    let patched = ask(router, Method::PATCH, &format!("{ITEMS}/n1"), &merge, &patch).await;
    assert_eq!(patched.status, StatusCode::OK, "{}", patched.text());
    assert_eq!(patched.json()["properties"], json!({"name": "CCN Hòa Bình", "kind": "CCN"}));
    assert_eq!(metres(router, "n1").await, before);
    // The tag of before is not that of now.
    let late = ask(
        router,
        Method::PUT,
        &format!("{ITEMS}/n1"),
        &[("if-match", &first)],
        &square(None, 106.8, 21.5).to_string(),
    )
    .await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(metres(router, "n1").await, before);
    let now = get(router, &format!("{ITEMS}/n1")).await.header("etag").to_owned();
    let put = ask(
        router,
        Method::PUT,
        &format!("{ITEMS}/n1"),
        &[("if-match", &now)],
        &square(None, 106.8, 21.5).to_string(),
    )
    .await;
    assert_eq!((put.status, &put.json()["id"]), (StatusCode::OK, &json!("n1")), "{}", put.text());
    let known = [("if-none-match", put.header("etag"))];
    assert_eq!(get_with(router, &format!("{ITEMS}/n1"), &known).await.status, StatusCode::NOT_MODIFIED);
    let gone = ask(router, Method::DELETE, &format!("{ITEMS}/n1"), &[("if-match", "*")], "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(get(router, &format!("{ITEMS}/n1")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(router, ITEMS).await.json()["numberMatched"], 1);
    assert_eq!(place.project.version().unwrap().revision, 3 + 4, "each was one revision");
}

#[tokio::test]
async fn coordinates_are_of_the_crs_that_the_request_names() {
    let place = place();
    let router = &place.router;
    let own = json!({"type": "Feature", "id": "own", "properties": {"name": "A"}, "geometry": {"type": "Polygon",
        "coordinates": [[[450000.125, 2378000.0625], [450100.5, 2378000.5], [450100.25, 2378100.75], [450000.125, 2378000.0625]]]}});
    let named = format!("<{VN2000}>");
    let made = ask(router, Method::POST, ITEMS, &[("content-crs", &named)], &own.to_string()).await;
    assert_eq!(
        (made.status, made.header("content-crs")),
        (StatusCode::CREATED, named.as_str()),
        "{}",
        made.text()
    );
    assert_eq!(metres(router, "own").await, own["geometry"]["coordinates"], "bit for bit");
    // The same place with longitude first, and with latitude first as EPSG:4326 has it.
    ask(router, Method::POST, ITEMS, &[], &square(Some("lon"), 106.7, 21.5).to_string()).await;
    let mut turned = square(Some("lat"), 106.7, 21.5);
    for position in turned["geometry"]["coordinates"][0].as_array_mut().unwrap() {
        position.as_array_mut().unwrap().swap(0, 1);
    }
    let named = format!("<{WGS84}>");
    let made = ask(router, Method::POST, ITEMS, &[("content-crs", &named)], &turned.to_string()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    assert_eq!(metres(router, "lat").await, metres(router, "lon").await);
}

#[tokio::test]
async fn several_come_together_or_not_at_all() {
    let place = place();
    let router = &place.router;
    let two = |second: Value| {
        json!({"type": "FeatureCollection", "features": [square(Some("a"), 106.7, 21.5), second]}).to_string()
    };
    let mut open = square(Some("b"), 106.7, 21.5);
    open["geometry"]["coordinates"][0].as_array_mut().unwrap().pop();
    let refused = ask(router, Method::POST, ITEMS, &[], &two(open)).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text());
    let taken = ask(router, Method::POST, ITEMS, &[], &two(square(Some("z1"), 106.7, 21.5))).await;
    assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.text());
    assert_eq!(get(router, ITEMS).await.json()["numberMatched"], 1);
    let made = ask(router, Method::POST, ITEMS, &[], &two(square(None, 106.71, 21.5))).await;
    assert_eq!(
        (made.status, &made.json()["numberReturned"]),
        (StatusCode::CREATED, &json!(2)),
        "{}",
        made.text()
    );
    assert_eq!(place.project.version().unwrap().revision, 4);
    // One that came without an id can be asked for all the same.
    let id = made.json()["features"][1]["id"].as_str().unwrap().to_owned();
    assert_eq!(get(router, &format!("{ITEMS}/{id}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_check_judges_what_was_drawn() {
    let place = place();
    let router = &place.router;
    let on_rice = json!({"type": "Feature", "id": "rice", "properties": {"name": "KCN Lúa", "kind": "KCN", "state": "operating"},
        "geometry": {"type": "Polygon", "coordinates": [[[450100, 2378100], [450300, 2378100], [450300, 2378300], [450100, 2378300], [450100, 2378100]]]}});
    ask(router, Method::POST, ITEMS, &[("content-crs", VN2000)], &on_rice.to_string()).await;
    assert_eq!(post(router, "/check", "{}").await.status, StatusCode::OK);
    let found = ask(router, Method::POST, "/collections/findings/items", &[], &fine()).await;
    assert_eq!((found.status, found.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"));
    let list = get(router, "/findings?zone=rice&rule=LUP-01").await.json();
    assert_eq!(list["findings"][0]["area_ha"], 4.0, "200 m × 200 m of rice");
    ask(router, Method::DELETE, &format!("{ITEMS}/rice"), &[], "").await;
    assert_eq!(get(router, "/findings?zone=rice").await.json()["check"]["stale"], true);
    assert_eq!(post(router, "/check", "{}").await.status, StatusCode::OK);
    assert_eq!(get(router, "/findings?zone=rice").await.json()["numberMatched"], 0);
}

/// A request that must be refused: method, path, headers, body, status, and a word that the answer must have.
type Refused = (Method, &'static str, &'static [(&'static str, &'static str)], String, u16, &'static str);

const Z1: &str = "/collections/zones/items/z1";
const PLAIN: &[(&str, &str)] = &[("content-type", "text/plain")];

async fn all_refused(cases: Vec<Refused>) {
    let place = place();
    for (method, path, more, body, status, word) in cases {
        let answer = ask(&place.router, method.clone(), path, more, &body).await;
        let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
        assert_eq!(answer.status.as_u16(), status, "{method} {path} {body}: {}", answer.text());
        assert!(detail.contains(word) && detail.len() > 10, "{method} {path} {body}: {detail}");
    }
    assert_eq!(place.project.version().unwrap().revision, 3, "nothing has changed");
}

fn fine() -> String {
    square(Some("n"), 106.7, 21.5).to_string()
}

fn with(member: &str, value: Value) -> String {
    let mut feature = square(Some("n"), 106.7, 21.5);
    *feature.pointer_mut(member).unwrap() = value;
    feature.to_string()
}

#[tokio::test]
async fn what_cannot_be_added_is_said() {
    const ELSEWHERE: &[(&str, &str)] = &[("content-crs", "<http://www.opengis.net/def/crs/EPSG/0/1>")];
    const METRES: &[(&str, &str)] = &[("content-crs", VN2000)];
    let none = json!({"type": "FeatureCollection", "features": []}).to_string();
    let heights = json!([[[106.7, 21.5, 3.0], [106.8, 21.5], [106.8, 21.6], [106.7, 21.5, 3.0]]]);
    let metres = json!([[[450000, 2378000], [450100, 2378000], [450100, 2378100], [450000, 2378000]]]);
    all_refused(vec![
        (Method::POST, ITEMS, PLAIN, fine(), 415, "declared"),
        (Method::POST, ITEMS, &[], "{".into(), 400, "JSON"),
        (Method::POST, ITEMS, &[], "[]".into(), 400, "Feature"),
        (Method::POST, ITEMS, &[], none, 400, "features"),
        (Method::POST, ITEMS, &[], with("/id", "z1".into()), 409, "PUT"),
        (Method::POST, ITEMS, &[], with("/geometry/type", "Circle".into()), 400, "Circle"),
        (Method::POST, ITEMS, &[], with("/geometry/coordinates", heights), 400, "two numbers"),
        (Method::POST, ITEMS, &[], with("/geometry/coordinates", metres), 400, ""),
        (Method::POST, ITEMS, ELSEWHERE, fine(), 400, "CRS"),
        (Method::POST, ITEMS, METRES, fine(), 400, "106.7"),
        (Method::POST, "/collections/zones/items?why=x", &[], fine(), 400, "why"),
        (Method::POST, "/collections/nowhere/items", &[], fine(), 404, "collection"),
        (Method::POST, "/collections/findings/items", &[], fine(), 404, ""),
    ])
    .await;
}

#[tokio::test]
async fn what_cannot_be_changed_is_said() {
    const OTHER: &[(&str, &str)] = &[("if-match", "\"0\"")];
    const NOBODY: &str = "/collections/zones/items/nobody";
    let none = json!({"type": "FeatureCollection", "features": []}).to_string();
    all_refused(vec![
        (Method::PUT, NOBODY, &[], fine(), 404, "feature"),
        (Method::PUT, Z1, PLAIN, fine(), 415, "declared"),
        (Method::PUT, Z1, &[], fine(), 400, "id"),
        (Method::PUT, Z1, &[], none, 400, "one"),
        (Method::PUT, Z1, OTHER, with("/id", "z1".into()), 412, "Read it again"),
        (Method::PATCH, Z1, &[], "[]".into(), 400, "object"),
        (Method::PATCH, Z1, &[], json!({"id": "other"}).to_string(), 400, "id"),
        (Method::PATCH, Z1, &[], json!({"name": "x"}).to_string(), 400, "name"),
        (Method::PATCH, Z1, &[], json!({"properties": 1}).to_string(), 400, "properties"),
        (Method::DELETE, NOBODY, &[], String::new(), 404, "feature"),
        (Method::DELETE, Z1, OTHER, String::new(), 412, "Read it again"),
    ])
    .await;
}

#[tokio::test]
async fn who_asks_is_told_what_can_be_done() {
    const PART_4: &str = "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/create-replace-delete";

    let place = place();
    let options = |path: &'static str| ask(&place.router, Method::OPTIONS, path, &[], "");
    assert_eq!(options(ITEMS).await.header("allow"), "GET, HEAD, OPTIONS, POST");
    assert_eq!(
        options("/collections/zones/items/z1").await.header("allow"),
        "GET, HEAD, OPTIONS, PUT, PATCH, DELETE"
    );
    assert_eq!(options("/collections/zones/items/z9").await.status, StatusCode::NOT_FOUND);
    let classes = get(&place.router, "/conformance").await.json()["conformsTo"].clone();
    assert!(classes.as_array().unwrap().contains(&PART_4.into()));
    let public = Arc::new(Public::over(Arc::clone(&place.project) as _).unwrap());
    let router = server::app_router(public, Limits::default(), listen(), &[]).unwrap();
    let fine = square(Some("n"), 106.7, 21.5).to_string();
    assert_eq!(ask(&router, Method::POST, ITEMS, &[], &fine).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ask(&router, Method::OPTIONS, ITEMS, &[], "").await.header("allow"), "GET, HEAD, OPTIONS");
    let classes = get(&router, "/conformance").await.json()["conformsTo"].clone();
    assert!(!classes.as_array().unwrap().contains(&PART_4.into()));
}

#[tokio::test]
async fn the_description_has_changes_where_there_can_be_some() {
    let place = place();
    assert_eq!(post(&place.router, "/check", "{}").await.status, StatusCode::OK);
    let methods = |api: &Value, path: &str| -> Vec<String> {
        let item = api["paths"][path].as_object().cloned().unwrap_or_default();
        item.into_iter().map(|(method, _)| method).collect()
    };
    let api = get(&place.router, "/api").await.json();
    for (path, expected) in [
        ("/collections/zones/items", &["get", "options", "post"][..]),
        ("/collections/findings/items", &["get", "options"]),
        ("/collections/findings/items/{feature}", &["get", "options"]),
        ("/transactions", &["post"]),
    ] {
        let mut found = methods(&api, path);
        found.sort();
        assert_eq!(found, expected, "{path}");
    }
    let post = &api["paths"]["/collections/{collection}/items"]["post"]["parameters"];
    let named = post.as_array().unwrap().iter().find(|one| one["name"] == "collection").unwrap();
    assert_eq!(named["schema"]["enum"], json!(["zones", "plan", "communes"]));
    let public = Arc::new(Public::over(Arc::clone(&place.project) as _).unwrap());
    let router = server::app_router(public, Limits::default(), listen(), &[]).unwrap();
    let api = get(&router, "/api").await.json();
    assert_eq!(methods(&api, "/transactions"), [""; 0]);
    let mut found = methods(&api, ITEMS);
    found.sort();
    assert_eq!(found, ["get", "options"]);
}
