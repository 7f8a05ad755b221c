//! Several changes by one request (OGC API Features part 11, draft 26-018): all of them, as one revision, or none.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use axum::Router;
use axum::http::{Method, StatusCode};
use project::Store;
use serde_json::{Value, json};
use server::Limits;

use support::kept::{ITEMS, Place, VN2000, ask, place, place_within, square};
use support::{Answer, get};

const DECLARED: (&str, &str) = ("content-type", "application/ogc-tx+json");

async fn transact(router: &Router, more: &[(&str, &str)], body: &Value) -> Answer {
    let headers = [&[DECLARED], more].concat();
    ask(router, Method::POST, "/transactions", &headers, &body.to_string()).await
}

fn atomic(actions: Value) -> Value {
    let mut body = json!({"semantic": "atomic", "description": "Theo Quyết định 12"});
    body["transaction"] = actions;
    body
}

fn by_id(id: &str) -> Value {
    json!({"op": "=", "args": [{"property": "id"}, id]})
}

fn action(verb: &str, rest: Value) -> Value {
    let mut action = json!({"action": verb, "collection": "zones"});
    let (Value::Object(all), Value::Object(rest)) = (&mut action, rest) else { panic!("no object") };
    all.extend(rest);
    action
}

/// Revision 4: the zones z1, a, b, c and d.
async fn filled() -> Place {
    filled_within(Limits::default()).await
}

async fn filled_within(limits: Limits) -> Place {
    let place = place_within(limits);
    let ids = [("a", 106.70), ("b", 106.71), ("c", 106.72), ("d", 106.73)];
    let features: Vec<Value> = ids.iter().map(|(id, lon)| square(Some(id), *lon, 21.5)).collect();
    let body = json!({"type": "FeatureCollection", "features": features}).to_string();
    let made = ask(&place.router, Method::POST, ITEMS, &[], &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    place
}

async fn feature(router: &Router, id: &str) -> Value {
    get(router, &format!("{ITEMS}/{id}?crs={VN2000}")).await.json()
}

#[tokio::test]
async fn actions_of_all_kinds_are_one_revision_with_one_reason() {
    let place = filled().await;
    let router = &place.router;
    let tag = get(router, &format!("{ITEMS}/a")).await.header("etag").to_owned();
    let before = feature(router, "b").await["geometry"].clone();
    let corner = json!([[106.8, 21.5], [106.801, 21.5], [106.801, 21.501], [106.8, 21.5]]);
    let body = atomic(json!([
        action("insert", json!({"items": [square(Some("n"), 106.74, 21.5), square(None, 106.75, 21.5)]})),
        action(
            "replace",
            json!({"filter": by_id("a"), "if-match": tag, "feature": square(None, 106.76, 21.5)})
        ),
        action(
            "update",
            json!({
            "filter": {"op": "in", "args": [{"property": "id"}, ["b", "z1"]]},
            "properties": {"add": [{"name": "note", "value": {"đã": 1.10}}],
                "modify": [{"name": "name", "value": "Đổi tên"}], "delete": ["state"]}})
        ),
        action(
            "update",
            json!({"filter": by_id("d"),
            "properties": {"modify": [{"name": "geometry", "value": {"type": "Polygon", "coordinates": [corner]}}]}})
        ),
        action("delete", json!({"filter": "id = 'c'", "filter-lang": "cql2-text"})),
    ]));
    let done = transact(router, &[], &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let answer = done.json();
    let summary = json!({"totalInserted": 2, "totalUpdated": 3, "totalReplaced": 1, "totalDeleted": 1});
    assert_eq!((&answer["summary"], &answer["revision"]), (&summary, &json!(5)));
    let place_of = |id: &str| format!("http://localhost:8080{ITEMS}/{id}");
    let places = |ids: &[&str]| json!(ids.iter().map(|id| place_of(id)).collect::<Vec<_>>());
    assert_eq!(answer["replaceResults"], places(&["a"]));
    let mut updated = answer["updateResults"].as_array().unwrap().clone();
    updated.sort_by_key(ToString::to_string);
    assert_eq!(json!(updated), places(&["b", "d", "z1"]));
    assert_eq!(answer["deleteResults"], places(&["c"]));
    assert_eq!(answer["insertResults"][0], place_of("n"));
    // One that came without an id can be asked for all the same.
    let unnamed = answer["insertResults"][1].as_str().unwrap().replace("http://localhost:8080", "");
    assert_eq!(get(router, &unnamed).await.status, StatusCode::OK);
    let b = feature(router, "b").await;
    let own = json!({"name": "Đổi tên", "kind": "CCN", "note": {"đã": 1.10}});
    assert_eq!((&b["properties"], &b["geometry"]), (&own, &before), "bit for bit");
    let d = get(router, &format!("{ITEMS}/d")).await.json();
    assert_eq!(d["geometry"]["coordinates"][0][1], json!([106.801, 21.5]));
    let a = get(router, &format!("{ITEMS}/a")).await.json();
    assert_eq!(a["geometry"]["coordinates"][0][0], json!([106.76, 21.5]));
    assert_eq!(get(router, &format!("{ITEMS}/c")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(router, ITEMS).await.json()["numberMatched"], 6);
    let history = Store::open(&place.path()).unwrap().history().unwrap();
    assert_eq!((history.len(), history[0].reason.as_deref()), (5, Some("Theo Quyết định 12")));
}

#[tokio::test]
async fn the_reason_of_the_query_wins_and_counts_alone_can_be_had() {
    let place = filled().await;
    let body =
        json!({"description": "khác", "transaction": [action("delete", json!({"filter": by_id("a")}))]});
    let headers = [DECLARED, ("prefer", "return=minimal")];
    let path = "/transactions?reason=V%E1%BA%BD";
    let done = ask(&place.router, Method::POST, path, &headers, &body.to_string()).await;
    assert_eq!(done.header("preference-applied"), "return=minimal", "{}", done.text());
    assert_eq!(
        (&done.json()["summary"]["totalDeleted"], &done.json()["deleteResults"]),
        (&json!(1), &Value::Null)
    );
    let history = Store::open(&place.path()).unwrap().history().unwrap();
    assert_eq!(history[0].reason.as_deref(), Some("Vẽ"));
}

#[tokio::test]
async fn coordinates_are_of_the_crs_that_the_request_names() {
    let place = filled().await;
    let ring = json!([[
        [450000.125, 2378000.0625],
        [450100.5, 2378000.5],
        [450100.25, 2378100.75],
        [450000.125, 2378000.0625]
    ]]);
    let own = json!({"type": "Feature", "id": "own", "properties": {"name": "A"},
        "geometry": {"type": "Polygon", "coordinates": ring}});
    let body = atomic(json!([
        action("insert", json!({"items": [own]})),
        action(
            "update",
            json!({"filter": by_id("a"), "properties":
            {"modify": [{"name": "geometry", "value": {"type": "Polygon", "coordinates": ring}}]}})
        ),
    ]));
    let done = transact(&place.router, &[("content-crs", &format!("<{VN2000}>"))], &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    for id in ["own", "a"] {
        assert_eq!(feature(&place.router, id).await["geometry"]["coordinates"], ring, "bit for bit");
    }
}

/// An action that cannot be done, with its status, the pointer to what is wrong, and a word that is said.
type Refused = (Value, u16, &'static str, &'static str);

fn refused_features() -> Vec<Refused> {
    let fine = square(None, 106.9, 21.5);
    let mut open = square(Some("open"), 106.9, 21.5);
    open["geometry"]["coordinates"][0].as_array_mut().unwrap().pop();
    let all = json!({"op": "=", "args": [{"property": "kind"}, "CCN"]});
    vec![
        (action("insert", json!({"items": [fine, open]})), 400, "/items/1", "first"),
        (action("insert", json!({"items": [square(Some("a"), 106.9, 21.5)]})), 409, "/items/0", "\"a\""),
        (action("insert", json!({"items": []})), 400, "/items", "items"),
        (action("insert", json!({})), 400, "/items", "items"),
        (action("insert", json!({"items": [fine], "filter": by_id("a")})), 400, "/filter", "filter"),
        (action("insert", json!({"items": [[fine]]})), 400, "/items/0", "GeoJSON"),
        (action("replace", json!({"filter": by_id("nobody"), "feature": fine})), 404, "/filter", "nobody"),
        (action("replace", json!({"filter": all, "feature": fine})), 400, "/filter", "one"),
        (action("replace", json!({"filter": by_id("a")})), 400, "/feature", "feature"),
        (action("replace", json!({"feature": fine})), 400, "/filter", "filter"),
        (
            action("replace", json!({"filter": by_id("a"), "feature": square(Some("z"), 106.9, 21.5)})),
            400,
            "/feature/id",
            "id",
        ),
    ]
}

fn refused_changes() -> Vec<Refused> {
    let stale = json!({"filter": by_id("a"), "if-match": "W/\"0-0\"", "properties": {"delete": ["kind"]}});
    let set = |name: &str| json!({"modify": [{"name": name, "value": 1}]});
    vec![
        (action("update", stale), 412, "/if-match", "Read it again"),
        (
            action("update", json!({"filter": by_id("a"), "properties": {"delete": ["nothing"]}})),
            400,
            "/properties",
            "nothing",
        ),
        (
            action(
                "update",
                json!({"filter": by_id("a"), "properties": {"add": [{"name": "kind", "value": 1}]}}),
            ),
            400,
            "/properties",
            "kind",
        ),
        (action("update", json!({"filter": by_id("a"), "properties": {}})), 400, "/properties", "nothing"),
        (
            action("update", json!({"filter": by_id("a"), "properties": set("geometry")})),
            400,
            "/properties",
            "",
        ),
        (action("update", json!({"properties": set("name")})), 400, "/filter", "filter"),
        (
            action(
                "update",
                json!({"filter": {"op": "=", "args": [{"property": "none"}, 1]}, "properties": set("name")}),
            ),
            400,
            "/filter",
            "none",
        ),
        (
            action("update", json!({"filter": "kind = 'KCX'", "properties": set("name")})),
            404,
            "/filter",
            "no feature",
        ),
        (
            action("delete", json!({"filter": {"op": "="}, "filter-lang": "cql2-text"})),
            400,
            "/filter",
            "cql2-text",
        ),
        (action("delete", json!({"filter": by_id("a"), "items": []})), 400, "/items", "items"),
        (action("delete", json!({"filter": by_id("a"), "where": 1})), 400, "", "where"),
        (action("upsert", json!({})), 400, "", "upsert"),
        (
            json!({"action": "delete", "collection": "plan", "filter": by_id("p1")}),
            400,
            "/collection",
            "one collection",
        ),
        (json!(["insert", "zones"]), 400, "", "object"),
    ]
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_nothing_is_done() {
    let place = filled().await;
    let first = action("delete", json!({"filter": by_id("d")}));
    for (wrong, status, pointer, word) in refused_features().into_iter().chain(refused_changes()) {
        let body = atomic(json!([first, wrong]));
        let answer = transact(&place.router, &[], &body).await;
        assert_eq!(answer.status.as_u16(), status, "{wrong}: {}", answer.text());
        let errors = answer.json()["errors"].clone();
        let pointer = format!("/transaction/1{pointer}");
        assert_eq!(
            (&errors[0]["pointer"], errors.as_array().unwrap().len()),
            (&json!(pointer), 1),
            "{wrong}"
        );
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with("Nothing was changed") && detail.contains(word), "{wrong}: {detail}");
        assert!(errors[0]["detail"].as_str().unwrap().len() > 10, "{wrong}: {errors}");
    }
    assert_eq!(place.project.version().unwrap().revision, 4);
    assert_eq!(get(&place.router, ITEMS).await.json()["numberMatched"], 5);
}

#[tokio::test]
async fn every_action_that_cannot_be_done_is_named() {
    let place = filled().await;
    let body = atomic(json!([
        action("delete", json!({"filter": by_id("x"), "id": "bước 1"})),
        action("delete", json!({"filter": by_id("a")})),
        action("update", json!({"filter": by_id("a"), "properties": {"delete": ["kind"]}})),
        action("insert", json!({"items": [square(Some("n"), 106.9, 21.5), square(Some("n"), 106.8, 21.5)]})),
    ]));
    let answer = transact(&place.router, &[], &body).await;
    let errors = answer.json()["errors"].clone();
    let told: Vec<(&Value, &Value)> =
        errors.as_array().unwrap().iter().map(|one| (&one["pointer"], &one["status"])).collect();
    let expected = [("/transaction/0/filter", 404), ("/transaction/2", 409), ("/transaction/3/items/1", 409)];
    let expected: Vec<(Value, Value)> =
        expected.iter().map(|(at, status)| (json!(at), json!(status))).collect();
    assert_eq!(told, expected.iter().map(|(at, status)| (at, status)).collect::<Vec<_>>());
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(errors[0]["detail"].as_str().unwrap().starts_with("\"bước 1\": "), "{errors}");
    assert!(answer.json()["detail"].as_str().unwrap().contains("2 more"), "{}", answer.text());
    assert_eq!(place.project.version().unwrap().revision, 4);
}

#[tokio::test]
async fn the_whole_is_judged_too() {
    let place = filled_within(Limits { transaction_features: 4, ..Limits::default() }).await;
    let router = &place.router;
    let one = || action("delete", json!({"filter": by_id("a")}));
    let all = action("delete", json!({"filter": {"op": "like", "args": [{"property": "name"}, "%"]}}));
    let plain = [("content-type", "application/geo+json")];
    for (headers, body, status, word) in [
        (&[DECLARED][..], atomic(json!([])), 400, "no actions"),
        (&[DECLARED], json!({"transaction": {}}), 400, "transaction"),
        (&[DECLARED], json!({"semantic": "batch", "transaction": [one()]}), 400, "batch"),
        (&[DECLARED], json!({"transaction": [one()], "more": 1}), 400, "more"),
        (&[DECLARED], json!([[one()]]), 400, "object"),
        (&[DECLARED], atomic(json!([all])), 413, "4 features"),
        (&[DECLARED, ("if-match", "*")], atomic(json!([one()])), 400, "if-match"),
        (&[DECLARED, ("content-crs", "<x>")], atomic(json!([one()])), 400, "CRS"),
        (&plain, atomic(json!([one()])), 415, "declared"),
        (
            &[DECLARED],
            json!({"transaction": [{"action": "delete", "collection": "nowhere", "filter": true}]}),
            404,
            "collection",
        ),
        (
            &[DECLARED],
            json!({"transaction": [{"action": "delete", "collection": "findings", "filter": true}]}),
            404,
            "",
        ),
    ] {
        let answer = ask(router, Method::POST, "/transactions", headers, &body.to_string()).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.text());
        assert!(answer.json()["detail"].as_str().unwrap().contains(word), "{body}: {}", answer.text());
    }
    assert_eq!(place.project.version().unwrap().revision, 4);
    let body = atomic(json!([one()])).to_string();
    let unknown = ask(router, Method::POST, "/transactions?why=x", &[DECLARED], &body).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn it_is_declared_where_it_can_be_used() {
    const ATOMIC: &str = "http://www.opengis.net/spec/ogcapi-features-11/1.0/conf/atomic-semantics";
    let place = place();
    let classes = get(&place.router, "/conformance").await.json()["conformsTo"].clone();
    assert!(classes.as_array().unwrap().contains(&ATOMIC.into()));
    let api = get(&place.router, "/api").await.json();
    let taken = &api["paths"]["/transactions"]["post"]["requestBody"]["content"];
    assert!(taken["application/ogc-tx+json"]["schema"].is_object(), "{taken}");
}
