//! Documents as clients and people read them: links, pages, OpenAPI.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::sync::{Arc, Mutex};

use planning::Role;
use serde_json::{Value, json};
use support::{Memory, checked, collection, content, feature, get, get_with, rectangle, router_over, source};

/// Every value under a key, however deep.
fn all<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| all(value, key, found)),
        Value::Object(object) => {
            found.extend(object.get(key));
            object.values().for_each(|value| all(value, key, found));
        }
        _ => {}
    }
}

#[tokio::test]
async fn links_are_absolute_and_lead_somewhere() {
    let router = checked().await;
    for path in [
        "/",
        "/conformance",
        "/collections",
        "/collections/zones",
        "/collections/plan/items?limit=1&offset=1&crs=EPSG:9215",
        "/collections/zones/items/z1",
    ] {
        let document = get(&router, path).await.json();
        let mut links = Vec::new();
        all(&document, "href", &mut links);
        for href in links {
            let href = href.as_str().unwrap();
            let local =
                href.strip_prefix("http://localhost:8080/").unwrap_or_else(|| panic!("{path}: {href}"));
            assert_eq!(get(&router, &format!("/{local}")).await.status.as_u16(), 200, "{path}: {href}");
        }
    }
    let elsewhere = get_with(&router, "/collections", &[]).await.json();
    assert!(elsewhere["links"][0]["href"].as_str().unwrap().starts_with("http://localhost:8080/"));
}

#[tokio::test]
async fn people_get_pages_and_programs_get_json() {
    let router = checked().await;
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (path, json) in [
        ("/conformance", "application/json"),
        ("/collections", "application/json"),
        ("/collections/zones", "application/json"),
        ("/collections/zones/items", "application/geo+json"),
        ("/collections/zones/items/z1", "application/geo+json"),
        ("/collections/zones/queryables", "application/schema+json"),
        ("/collections/zones/schema", "application/schema+json"),
    ] {
        let page = get_with(&router, path, &[("accept", browser)]).await;
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert!(page.header("vary").contains("accept"), "{path}");
        assert!(page.text().contains("zones") || path == "/conformance", "{path}");
        let asked = get_with(&router, &format!("{path}?f=html"), &[("accept", json)]).await;
        assert_eq!(asked.text(), page.text(), "{path}: f outweighs Accept");
        for accept in ["*/*", "application/json", "application/geo+json", "application/json,text/html;q=0.5"]
        {
            let document = get_with(&router, path, &[("accept", accept)]).await;
            assert_eq!(document.header("content-type"), json, "{path} {accept}");
        }
        let document = get_with(&router, &format!("{path}?f=json"), &[("accept", browser)]).await;
        assert_eq!(document.header("content-type"), json, "{path}");
    }
    let name = get(&router, "/collections/zones/items?f=html").await.text();
    assert!(
        name.contains("KCN Suối Đá") && name.contains("href=\"http://localhost:8080/collections/zones\"")
    );
}

#[tokio::test]
async fn imported_data_stay_data_on_a_page() {
    let mut content = content();
    let evil =
        json!({"name": "<script>alert(1)</script>", "link": {"href": "javascript:alert(1)", "title": "x"}});
    let zones = vec![feature(0, "\"><b>", rectangle(0.0, 0.0, 10.0, 10.0), evil)];
    content.collections.push((collection("evil", Role::Zone, zones), 4));
    let router = router_over(Arc::new(Memory { content: Mutex::new(content) }));
    for path in ["/collections/evil/items?f=html", "/collections/evil/items/%22%3E%3Cb%3E?f=html"] {
        let page = get(&router, path).await;
        assert_eq!(page.status.as_u16(), 200, "{path}");
        let page = page.text();
        assert!(page.contains("&lt;script&gt;alert(1)"), "{path}");
        for markup in ["<script", "href=\"javascript", "\"><b>"] {
            assert!(!page.contains(markup), "{path}: {markup}");
        }
    }
}

#[tokio::test]
async fn the_description_is_true_for_each_collection_and_needs_nothing_else() {
    let router = checked().await;
    let api = get(&router, "/api").await.json();
    assert_eq!(api["openapi"], "3.1.0");
    assert_eq!(api["servers"][0]["url"], "http://localhost:8080");
    let mut references = Vec::new();
    all(&api, "$ref", &mut references);
    for reference in references {
        let pointer = reference.as_str().unwrap().strip_prefix('#').expect("nothing is elsewhere");
        assert!(api.pointer(pointer).is_some(), "{pointer}");
    }
    // Where QGIS reads how large a page may be.
    let page = &api["components"]["parameters"]["limit"]["schema"];
    assert_eq!((&page["default"], &page["maximum"]), (&10.into(), &10_000.into()));
    let parameters = &api["paths"]["/collections/zones/items"]["get"]["parameters"];
    let parameter = |name: &str| parameters.as_array().unwrap().iter().find(|p| p["name"] == name).unwrap();
    assert_eq!(parameter("declared_area_ha")["schema"]["type"], "number");
    assert_eq!(parameter("name")["schema"]["type"], "string");
    // OGC 17-069r4, 7.15.3: the definition of bbox.
    let bbox = parameter("bbox");
    assert_eq!((&bbox["style"], &bbox["explode"]), (&"form".into(), &false.into()));
    assert_eq!((&bbox["schema"]["minItems"], &bbox["schema"]["maxItems"]), (&4.into(), &6.into()));
    let uris = parameter("crs")["schema"]["enum"].as_array().unwrap();
    assert!(uris.contains(&"http://www.opengis.net/def/crs/EPSG/0/9215".into()));
    for (path, item) in api["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            assert!(
                operation["responses"]["default"]["content"]["application/problem+json"].is_object(),
                "{path}"
            );
        }
    }
}

/// The words that OpenAPI 3.0 does not have must be gone.
#[tokio::test]
async fn the_older_description_says_the_same() {
    let router = router_over(source());
    let answer = get(&router, "/api?f=oas30").await;
    assert_eq!(answer.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
    let qgis = "application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json";
    assert_eq!(get_with(&router, "/api", &[("accept", qgis)]).await.bytes, answer.bytes);
    let older = answer.json();
    assert_eq!(older["openapi"], "3.0.3");
    let newer = get(&router, "/api").await.json();
    let paths = |api: &Value| api["paths"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&older), paths(&newer));
    let mut types = Vec::new();
    all(&older, "type", &mut types);
    assert!(types.iter().all(|of| !of.is_array() && **of != "null"), "one type each");
}
