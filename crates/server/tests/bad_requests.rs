//! Requests that make no sense, no two of one kind: each is answered with a 4xx that says what is wrong and what to do.
//! The list is from what other servers answered with 500, or with 200 as if nothing were wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use support::{Answer, checked, encoded, get, send};

/// What is asked below `/collections/zones/items?`, and words of the answer.
const ITEMS: [(&str, &str); 71] = [
    // pages
    ("limit=-1", "\"limit\" must be a whole number from 1 to 10000"),
    ("limit=abc", "\"limit\" must be a whole number"),
    ("limit=0", "from 1 to"),
    ("limit=1.5", "\"limit\" must be a whole number"),
    ("limit=", "\"limit\" must be a whole number"),
    ("limit=%2B%2B1", "\"limit\" must be a whole number"),
    ("limit=99999999999999999999999", "\"limit\" must be a whole number"),
    ("limit=10&limit=20", "\"limit\" came more than once"),
    ("offset=-1", "\"offset\" must be a whole number from 0"),
    ("offset=1e3", "\"offset\" must be a whole number from 0"),
    // names
    ("unknown=1", "Unknown parameter \"unknown\". Known here: f, bbox"),
    ("LIMIT=1", "Unknown parameter \"LIMIT\""),
    ("bbox_crs=EPSG:4326", "Unknown parameter \"bbox_crs\""),
    ("=1", "Unknown parameter \"\""),
    ("%zz=1", "a % that is not followed by two hex digits"),
    ("name=%ff", "not UTF-8"),
    ("declared_area_ha=big", "\"declared_area_ha\" is a number"),
    ("declared_area_ha=inf", "\"declared_area_ha\" is a number"),
    ("geometry=POINT(1%201)", "Unknown parameter \"geometry\""),
    ("f=xyz", "\"f\" must be json or html, not \"xyz\""),
    ("f=", "\"f\" must be json or html"),
    // boxes
    ("bbox=1,2,3", "\"bbox\" must be 4 or 6 numbers"),
    ("bbox=1,2,3,4,5", "not 5"),
    ("bbox=1,2,3,4,5,6,7", "not 7"),
    ("bbox=nan,0,1,1", "\"bbox\" must be numbers"),
    ("bbox=inf,0,1,1", "\"bbox\" must be numbers"),
    ("bbox=200,100,210,110", "longitude −180 to 180"),
    ("bbox=106,22,107,21", "south lies north of north"),
    ("bbox=106,21,9,107,22,1", "the lower height is above the upper one"),
    ("bbox=a,b,c,d", "\"bbox\" must be numbers"),
    ("bbox=", "\"bbox\" must be numbers: lowest longitude"),
    ("bbox=106;21;107;22", "\"bbox\" must be numbers"),
    ("bbox=%5B106,21,107,22%5D", "\"bbox\" must be numbers"),
    ("bbox=106,21,107,22&bbox=106,21,107,22", "\"bbox\" came more than once"),
    ("bbox=106,21,107,22&bbox-crs=EPSG:4326", "latitude −90 to 90"),
    ("bbox=2,2,1,1&bbox-crs=EPSG:9215", "the lower corner must come first"),
    // CRSs
    ("crs=EPSG:6957", "EPSG:6957 is deprecated"),
    ("crs=nonsense", "\"crs\" names no CRS that this collection can be asked in"),
    ("crs=", "\"crs\" names no CRS"),
    ("crs=http://www.opengis.net/def/crs/EPSG/0/27700", "Its list \"crs\" in /collections"),
    ("crs=%2Bproj%3Dlonglat", "\"crs\" names no CRS"),
    ("bbox-crs=EPSG:99999999999", "\"bbox-crs\" names no CRS"),
    ("filter-crs=EPSG:6959&filter=TRUE", "EPSG:6959 is deprecated"),
    // times
    ("datetime=notadate", "RFC 3339 date, instant or interval"),
    ("datetime=2021-99-99", "RFC 3339"),
    ("datetime=2021-01-01/2020-01-01", "RFC 3339"),
    ("datetime=../..", "RFC 3339"),
    ("datetime=", "RFC 3339"),
    ("datetime=2021-01-01/2021-02-01/2021-03-01", "RFC 3339"),
    ("datetime=2021-02-30", "RFC 3339"),
    // filters
    ("filter=code%3D", "\"filter\" at character 6: expected"),
    ("filter=", "\"filter\" at character 1"),
    ("filter=name%3D'x", "the quote ' is not closed"),
    ("filter=(name%3D'x'", "expected an operator or \")\""),
    ("filter=nothing%3D1", "there is no property \"nothing\"; there are:"),
    ("filter=name%3D1", "cannot be compared with the number 1"),
    ("filter=name", "no condition by itself"),
    ("filter=1", "the number 1 is no condition"),
    ("filter=avg(name)%3D1", "there is no function \"avg\""),
    ("filter=name%20LIKE%205", "a text is needed here"),
    ("filter=communes%3D'00001'", "here it can only be asked IS NULL"),
    ("filter=A_CONTAINS(communes,('00001'))", "array functions such as A_CONTAINS are not there"),
    ("filter=S_INTERSECTS(geometry,POINT(300%2021))", "longitude 300 or latitude 21 is not on Earth"),
    (
        "filter=S_INTERSECTS(geometry,POLYGON((0%200,2%202,2%200,0%202,0%200)))",
        "not valid: self intersection",
    ),
    ("filter=S_INTERSECTS(name,POINT(1%201))", "s_intersects takes geometries"),
    (
        "filter=T_DURING(name,INTERVAL('2020-01-01','..'))",
        "a date, a timestamp or an interval is needed here",
    ),
    ("filter=name%3DDATE('2020-13-01')", "'2020-13-01' is not a date"),
    ("filter-lang=sql", "\"filter-lang\" must be cql2-text or cql2-json"),
    ("filter-lang=cql2-json&filter=name%3D'x'", "it is not JSON"),
    (
        "filter-lang=cql2-json&filter=%7B%22op%22:%22and%22,%22args%22:%5B%5D%7D",
        "takes two arguments or more",
    ),
    ("filter=%7B%22op%22:%22and%22%7D", "JSON needs filter-lang=cql2-json"),
];

/// Paths, their status and words of the answer.
const PATHS: [(&str, u16, &str); 41] = [
    ("/collections/zones/items/nothing", 404, "no feature of that id"),
    ("/collections/zones/items/%27%3B--", 404, "no feature of that id"),
    ("/collections/zones/items/%00", 404, "no feature of that id"),
    ("/collections/zones/items/z1?crs=EPSG:6957", 400, "deprecated"),
    ("/collections/zones/items/z1?bbox=1,2,3,4", 400, "Unknown parameter \"bbox\""),
    ("/collections/zones/items/z1?f=xml", 400, "json or html"),
    ("/collections/nothing", 404, "There are: zones, plan"),
    ("/collections/nothing/items", 404, "There are: zones, plan"),
    ("/collections/nothing/items?limit=-1", 404, "There are: zones, plan"),
    ("/collections/nothing/schema", 404, "There are: zones, plan"),
    ("/collections/nothing/queryables", 404, "There are: zones, plan"),
    ("/collections/zones/schema?x=1", 400, "Unknown parameter \"x\""),
    ("/collections/zones/queryables?f=xml", 400, "json or html"),
    ("/collections/", 404, "nothing at this path"),
    ("/collections?limit=1", 400, "Unknown parameter \"limit\""),
    ("/collections/zones/items/", 404, "nothing at this path"),
    ("/api?f=yaml", 400, "oas30"),
    ("/conformance?f=xml", 400, "json or html"),
    ("/?f=xml", 400, "json or html"),
    ("/tiles/zones/30/0/0", 404, ""),
    ("/tiles/zones/-1/0/0", 400, ""),
    ("/tiles/zones/a/0/0", 400, ""),
    ("/tiles/zones/3/8/0", 404, ""),
    ("/tiles/zones/3/0/8", 404, ""),
    ("/tiles/nothing/0/0/0", 404, "There are: zones, plan"),
    ("/..%2f..%2fetc%2fpasswd", 404, "nothing at this path"),
    ("/assets/../../etc/passwd", 404, "nothing at this path"),
    ("/nothing", 404, "nothing at this path"),
    ("/findings?severity=X", 400, "\"severity\" is B, E, W or I"),
    ("/findings?bbox=1,2,3", 400, "4 or 6 numbers"),
    ("/findings/nothing", 404, ""),
    ("/pick", 400, "missing"),
    ("/pick?lon=nan&lat=21", 400, "\"lon\" must be a number"),
    ("/search?q=a&limit=0", 400, "from 1 to"),
    ("/legend?collection=zones", 400, "no land-use codes"),
    ("/export/plan?format=shp", 400, ""),
    ("/export/plan?crs=EPSG:6957", 400, "deprecated"),
    ("/zones/nothing/summary", 404, ""),
    ("/processes/nothing", 404, ""),
    ("/jobs/nothing", 404, ""),
    ("/jobs?status=sleeping", 400, "\"status\" is one of"),
];

fn assert_told(what: &str, answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
    let problem = answer.json();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(words), "{what}: {detail}");
    assert!(detail.len() > 15 && detail.ends_with(['.', '…']), "{what}: a sentence is needed: {detail}");
    assert_eq!(problem["request_id"], answer.header("x-request-id"), "{what}");
}

#[tokio::test]
async fn what_makes_no_sense_is_told_with_its_reason() {
    let router = checked().await;
    for (query, words) in ITEMS {
        let path = format!("/collections/zones/items?{query}");
        assert_told(query, &get(&router, &path).await, 400, words);
    }
    for (path, status, words) in PATHS {
        assert_told(path, &get(&router, path).await, status, words);
    }
    let long = format!("/collections/zones/items?filter={}", "x".repeat(9_000));
    assert_told("a long query", &get(&router, &long).await, 414, "8192 bytes at most");
    let nested = format!("/collections/zones/items?filter={}", "(".repeat(2_000));
    assert_told("a nested filter", &get(&router, &nested).await, 400, "nested deeper than 64 levels");
    let wide = encoded("S_INTERSECTS(geometry, LINESTRING(1 1 1 1 1 1))");
    let wide = format!("/collections/zones/items?filter={wide}");
    assert_told("a line without commas", &get(&router, &wide).await, 400, "expected");
}

async fn ask(
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &'static str,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(router, request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn methods_hosts_and_bodies_that_make_no_sense_are_told() {
    let router = checked().await;
    let host = (header::HOST.as_str(), "localhost:8080");
    let json = ("content-type", "application/json");
    for (method, path, headers, body, status) in [
        ("GET", "/health", vec![], "", 400),
        ("GET", "/health", vec![("host", "evil.example")], "", 421),
        ("GET", "/health", vec![("host", "localhost.evil.example")], "", 421),
        ("GET", "/health", vec![host, host], "", 400),
        ("POST", "/collections/zones", vec![host, json], "{}", 405),
        ("PUT", "/collections/zones/items", vec![host, json], "{}", 405),
        ("DELETE", "/collections/zones", vec![host], "", 405),
        ("GET", "/check", vec![host], "", 405),
        ("TRACE", "/collections", vec![host], "", 405),
        ("OPTIONS", "/collections/zones", vec![host], "", 405),
        ("POST", "/check", vec![host, json, ("origin", "http://evil.example")], "{}", 403),
        ("POST", "/check", vec![host, json, ("origin", "null")], "{}", 403),
        ("POST", "/check", vec![host], "{}", 415),
        ("POST", "/check", vec![host, ("content-type", "text/plain")], "{}", 415),
        ("POST", "/check", vec![host, json], "not json", 400),
        ("POST", "/check", vec![host, json], "{\"plan\": 7}", 400),
        ("POST", "/check", vec![host, json], "{\"nothing\": 1}", 400),
        ("POST", "/processes/check/execution", vec![host, json], "[]", 400),
        ("POST", "/processes/nothing/execution", vec![host, json], "{}", 404),
        ("POST", "/decisions", vec![host, json], "{}", 400),
    ] {
        let answer = ask(&router, method, path, &headers, body).await;
        assert_told(&format!("{method} {path} {headers:?} {body}"), &answer, status, "");
    }
}
