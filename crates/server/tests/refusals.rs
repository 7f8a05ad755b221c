//! Requests that must be refused, each with a problem document that says why.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use support::{Answer, checked, get, get_with, post, router_over, send, source};

/// A refusal has the status, a problem document and a request id, and tells nothing of the inside.
fn assert_problem(path: &str, answer: &Answer, status: u16) {
    assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    let problem = answer.json();
    assert_eq!(problem["status"], status, "{path}");
    assert_eq!(problem["request_id"], answer.header("x-request-id"), "{path}");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.len() > 15, "{path}: {detail}");
    assert!(!detail.contains("/root") && !detail.contains("src/"), "{path}: {detail}");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
}

#[tokio::test]
async fn senseless_items_requests_are_refused() {
    let router = checked().await;
    let queries = [
        "limit=-1",
        "limit=abc",
        "limit=0",
        "limit=1.5",
        "limit=",
        "limit=10&limit=20",
        "offset=-1",
        "offset=x",
        "unknown=1",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=nan,0,1,1",
        "bbox=inf,0,1,1",
        "bbox=200,100,210,110",
        "bbox=106,22,107,21",
        "bbox=a,b,c,d",
        "bbox=",
        "bbox=1,2,3,4,5,6,7",
        "bbox=106,21,9,107,22,1",
        "bbox=106,21,107,22&bbox=106,21,107,22",
        "datetime=notadate",
        "datetime=2021-99-99",
        "datetime=2021-01-01/2020-01-01",
        "datetime=../..",
        "datetime=",
        "filter=code%3D",
        "filter-lang=sql",
        "f=xyz",
        "crs=EPSG:6957",
        "crs=nonsense",
        "crs=http://www.opengis.net/def/crs/EPSG/0/27700",
        "bbox-crs=EPSG:6959",
        "%zz=1",
        "code=%ff",
    ];
    for query in queries {
        let path = format!("/collections/zones/items?{query}");
        assert_problem(&path, &get(&router, &path).await, 400);
    }
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let router = checked().await;
    let paths = [
        "/collections/zones/items/nothing",
        "/collections/zones/items/%27%3B--",
        "/collections/zones/items/%00",
        "/collections/nothing",
        "/collections/nothing/items",
        "/tiles/nothing",
        "/tiles/nothing/0/0/0",
        "/tiles/zones/30/0/0",
        "/tiles/zones/3/8/0",
        "/tiles/zones/3/0/8",
        "/tiles/zones/21/0/0",
        "/tiles/zones/300/0/0",
        "/findings/nothing",
        "/zones/nothing/summary",
        "/export/nothing",
        "/export/findings",
        "/..%2f..%2fetc%2fpasswd",
        "/assets/../../etc/passwd",
        "/nothing",
        "/collections/",
        "/legend?collection=nothing",
    ];
    for path in paths {
        assert_problem(path, &get(&router, path).await, 404);
    }
}

#[tokio::test]
async fn senseless_requests_elsewhere_are_refused() {
    let router = checked().await;
    let paths = [
        "/tiles/zones/a/0/0",
        "/tiles/zones/-1/0/0",
        "/tiles/zones/3/0/0.png",
        "/tiles/zones/3/0/0?x=1",
        "/findings?severity=X",
        "/findings?limit=0",
        "/findings?bbox=1,2,3",
        "/findings?nothing=1",
        "/findings?geometry=maybe",
        "/findings.geojson?limit=3",
        "/pick",
        "/pick?lon=1",
        "/pick?lon=x&lat=2",
        "/pick?lon=200&lat=2",
        "/pick?lon=106&lat=21&tolerance_m=-1",
        "/pick?lon=106&lat=21&tolerance_m=1e9",
        "/pick?lon=nan&lat=21",
        "/search",
        "/search?q=a&limit=0",
        "/legend",
        "/legend?collection=zones",
        "/legend?collection=plan&bbox=1,2",
        "/export/plan?format=shp",
        "/export/plan?format=flatgeobuf&crs=%2Bproj%3Dlaea%20%2Blat_0%3D15%20%2Blon_0%3D107%20%2Bdatum%3DWGS84%20%2Bunits%3Dm",
        "/export/plan?crs=EPSG:6957",
        "/export/plan?crs=EPSG:999999",
        "/export/plan?limit=1",
        "/style?lang=fr",
        "/collections?limit=1",
        "/conformance?f=xml",
    ];
    for path in paths {
        assert_problem(path, &get(&router, path).await, 400);
    }
    let long = format!("/search?q={}", "a".repeat(201));
    assert_problem("/search", &get(&router, &long).await, 400);
    let longer = format!("/search?q={}", "a".repeat(9000));
    assert_problem("/search", &get(&router, &longer).await, 414);
}

#[tokio::test]
async fn foreign_hosts_are_turned_away() {
    let router = router_over(source());
    for host in ["evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example", "[::2]:8080", ""] {
        let request = Request::get("/health").header(header::HOST, host).body(Body::empty()).unwrap();
        assert_problem(host, &send(&router, request).await, 421);
    }
    let without = Request::get("/health").body(Body::empty()).unwrap();
    assert_problem("no host", &send(&router, without).await, 400);
    for host in
        ["localhost", "LOCALHOST:8080", "127.0.0.1:9", "[::1]:8080", "maps.example", "maps.example:443"]
    {
        let request = Request::get("/health").header(header::HOST, host).body(Body::empty()).unwrap();
        assert_eq!(send(&router, request).await.status, StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn changes_come_from_our_own_pages_and_say_what_they_are() {
    let router = router_over(source());
    let post_with = |headers: &[(&str, &str)], body: &'static str| {
        let mut request = Request::post("/check").header(header::HOST, "localhost:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(&router, request.body(Body::from(body)).unwrap())
    };
    let json = ("content-type", "application/json");
    let refused = [
        (vec![json, ("origin", "http://evil.example")], 403),
        (vec![json, ("origin", "http://localhost:8081")], 403),
        (vec![json, ("origin", "null")], 403),
        (vec![], 415),
        (vec![("content-type", "text/plain")], 415),
        (vec![("content-type", "application/x-www-form-urlencoded")], 415),
    ];
    for (headers, status) in refused {
        assert_problem("/check", &post_with(&headers, "{}").await, status);
    }
    for body in ["not json", "[]", "{\"plan\": 7}", "{\"nothing\": 1}", "{\"plan\": \"nothing\"}"] {
        assert_problem(body, &post_with(&[json], body).await, 400);
    }
    let same = post_with(
        &[("content-type", "application/json; charset=utf-8"), ("origin", "http://localhost:8080")],
        "{}",
    );
    assert_eq!(same.await.status, StatusCode::OK);
    assert_eq!(post_with(&[json], "").await.status, StatusCode::OK, "no Origin: not a browser");
}

#[tokio::test]
async fn large_bodies_and_wrong_methods_are_refused() {
    let router = router_over(source());
    let body = "x".repeat(64 * 1024 + 1);
    let request = Request::post("/check")
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap();
    assert_problem("/check", &send(&router, request).await, 413);
    let wrong = post(&router, "/collections", "{}").await;
    assert_problem("/collections", &wrong, 405);
    assert!(wrong.header("allow").contains("GET"));
    assert_problem("/check", &get(&router, "/check").await, 405);
    let origin = get_with(&router, "/health", &[("origin", "http://evil.example")]).await;
    assert_eq!(origin.status, StatusCode::OK, "reading needs no origin; the browser guards the answer");
    assert_eq!(origin.header("access-control-allow-origin"), "");
}
