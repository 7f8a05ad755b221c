//! Who may write: tokens, proxies, pages of other origins, and links for those who come from elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use server::{BaseUrl, Settings, Tokens};
use support::{Answer, send, source};

const LAN: &str = "6f1c0e8e6b5a4a53a3b6a2f9d0c7e811";
const ALL: &str = "0.0.0.0:8080";
const HOME: &str = "127.0.0.1:8080";

fn settings(listen: &str, change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings::new("none".into(), listen.parse().unwrap());
    settings.allow_hosts = vec!["maps.example".into()];
    change(&mut settings);
    settings
}

fn router(listen: &str, change: impl FnOnce(&mut Settings)) -> Router {
    server::service(source(), &settings(listen, change)).unwrap()
}

fn with_tokens(settings: &mut Settings) {
    settings.tokens = Some(Tokens::parse(&format!("# staff\nlan {LAN}\n")).unwrap());
}

async fn ask(router: &Router, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(&method).uri(path);
    if method != Method::GET {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = if method == Method::POST { "{}" } else { "" };
    send(router, request.body(Body::from(body)).unwrap()).await
}

async fn check(router: &Router, headers: &[(&str, &str)]) -> StatusCode {
    ask(router, Method::POST, "/check", headers).await.status
}

#[tokio::test]
async fn away_from_loopback_nobody_writes_without_a_token_file() {
    let router = router(ALL, |_| {});
    let bearer = format!("Bearer {LAN}");
    for host in ["maps.example", "localhost:8080", "127.0.0.1"] {
        assert_eq!(check(&router, &[("host", host)]).await, StatusCode::FORBIDDEN, "{host}");
        let token = [("host", host), ("authorization", bearer.as_str())];
        assert_eq!(check(&router, &token).await, StatusCode::FORBIDDEN, "{host}");
    }
    let host = [("host", "maps.example")];
    for (method, path) in [
        (Method::POST, "/decisions"),
        (Method::DELETE, "/jobs/0"),
        (Method::POST, "/collections/zones/items"),
        (Method::PUT, "/collections/zones/items/z1"),
        (Method::PATCH, "/collections/zones/items/z1"),
        (Method::DELETE, "/collections/zones/items/z1"),
        (Method::POST, "/transactions"),
    ] {
        let answer = ask(&router, method.clone(), path, &host).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
        assert!(answer.json()["detail"].as_str().unwrap().contains("token file"), "{}", answer.text());
    }
    let keep = "{\"inputs\": {\"keep\": true}}";
    for (body, status) in [(keep, StatusCode::FORBIDDEN), ("{\"inputs\": {\"keep\": false}}", StatusCode::OK)]
    {
        let request = Request::post("/processes/check/execution")
            .header(header::HOST, "maps.example")
            .header(header::CONTENT_TYPE, "application/json");
        let answer = send(&router, request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text());
    }
    assert_eq!(ask(&router, Method::GET, "/collections", &host).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_lets_in_its_holder_and_nobody_else() {
    for listen in [ALL, HOME] {
        let router = router(listen, with_tokens);
        let with = async |authorization: &str| {
            let headers = [("host", "maps.example"), ("authorization", authorization)];
            ask(&router, Method::POST, "/check", &headers).await
        };
        let missing = ask(&router, Method::POST, "/check", &[("host", "localhost")]).await;
        assert_eq!(missing.status, StatusCode::UNAUTHORIZED, "{listen}: on loopback as well");
        assert_eq!(missing.header("www-authenticate"), "Bearer realm=\"ranh\"");
        assert_eq!(missing.header("content-type"), "application/problem+json");
        for wrong in [
            "Bearer ".to_owned(),
            format!("Bearer {}", &LAN[1..]),
            format!("Bearer {LAN}0"),
            format!("Bearer {}", LAN.to_uppercase()),
            format!("Basic {LAN}"),
            LAN.to_owned(),
            "Bearer lan".to_owned(),
        ] {
            let answer = with(&wrong).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
            assert!(!answer.text().contains(LAN));
        }
        let twice = [
            ("host", "localhost"),
            ("authorization", "Bearer x"),
            ("authorization", &format!("Bearer {LAN}")),
        ];
        assert_eq!(check(&router, &twice).await, StatusCode::UNAUTHORIZED);
        assert_eq!(with(&format!("bearer {LAN}")).await.status, StatusCode::OK);
        let read = [("host", "localhost"), ("authorization", "Bearer wrong")];
        assert_eq!(ask(&router, Method::GET, "/collections", &read).await.status, StatusCode::OK);
    }
}

/// A page of another site, with and without the name of this machine (DNS rebinding).
#[tokio::test]
async fn a_page_of_another_site_changes_nothing_on_loopback() {
    let router = router(HOME, |_| {});
    assert_eq!(check(&router, &[("host", "localhost:8080")]).await, StatusCode::OK);
    for headers in [
        // Its name leads to this machine now: the browser takes the page and us for one origin.
        vec![
            ("host", "evil.example:8080"),
            ("origin", "http://evil.example:8080"),
            ("sec-fetch-site", "same-origin"),
        ],
        vec![("host", "evil.example")],
    ] {
        assert_eq!(check(&router, &headers).await, StatusCode::MISDIRECTED_REQUEST, "{headers:?}");
        let read = ask(&router, Method::GET, "/collections", &headers).await;
        assert_eq!(read.status, StatusCode::MISDIRECTED_REQUEST);
    }
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "http://localhost.evil.example:8080"),
        ("origin", "null"),
        ("origin", "localhost:8080"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", ""),
    ] {
        let headers = [("host", "localhost:8080"), (name, value)];
        assert_eq!(check(&router, &headers).await, StatusCode::FORBIDDEN, "{name}: {value}");
        let answer = ask(&router, Method::DELETE, "/jobs/0", &headers).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    for site in ["same-origin", "none"] {
        assert_eq!(
            check(&router, &[("host", "localhost:8080"), ("sec-fetch-site", site)]).await,
            StatusCode::OK
        );
    }
    assert_eq!(check(&router, &[]).await, StatusCode::BAD_REQUEST, "no Host");
}

#[tokio::test]
async fn whoever_comes_through_a_proxy_is_not_at_this_machine() {
    let router = router(HOME, |_| {});
    for name in ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"] {
        let headers = [("host", "localhost:8080"), (name, "127.0.0.1")];
        assert_eq!(check(&router, &headers).await, StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(
        check(&router, &[("host", "maps.example")]).await,
        StatusCode::FORBIDDEN,
        "asked by another name"
    );
    let behind =
        self::router(HOME, |settings| settings.base_url = BaseUrl::parse("https://maps.example").ok());
    assert_eq!(check(&behind, &[("host", "localhost:8080")]).await, StatusCode::FORBIDDEN);
}

fn links(answer: &Answer) -> Vec<String> {
    let links = answer.json()["links"].as_array().unwrap().clone();
    links.iter().map(|link| link["href"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn links_begin_with_the_address_that_clients_know() {
    let direct = [("host", "maps.example")];
    let forwarded = [
        ("host", "localhost"),
        ("x-forwarded-host", "maps.example"),
        ("x-forwarded-proto", "https"),
        ("ranh-base", "https://evil.example"),
    ];
    let plain = router(HOME, |_| {});
    let answer = ask(&plain, Method::GET, "/collections", &forwarded).await;
    let own = links(&answer).iter().all(|href| href.starts_with("http://localhost/"));
    assert!(own, "not trusted: {}", answer.text());
    let trusting = router(HOME, |settings| settings.trust_forwarded = true);
    let based = router(HOME, |settings| settings.base_url = BaseUrl::parse("https://maps.example/").ok());
    for (router, headers) in [(&trusting, &forwarded[..]), (&based, &direct[..]), (&based, &forwarded[..])] {
        for path in [
            "/",
            "/collections",
            "/collections/zones",
            "/collections/plan/items?limit=1",
            "/processes",
            "/collections/zones/tiles",
            "/collections/zones/tiles/VN2000Quad",
        ] {
            let answer = ask(router, Method::GET, path, headers).await;
            let links = links(&answer);
            assert!(!links.is_empty(), "{path}");
            for href in links {
                assert!(href.starts_with("https://maps.example/"), "{path}: {href}");
            }
        }
    }
    let foreign = [("host", "localhost"), ("x-forwarded-host", "evil.example")];
    let answer = ask(&trusting, Method::GET, "/collections", &foreign).await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
    let scheme = [("host", "localhost"), ("x-forwarded-proto", "javascript")];
    assert_eq!(ask(&trusting, Method::GET, "/", &scheme).await.status, StatusCode::BAD_REQUEST);
}

/// Every address in a document that is one of the server's own.
fn addresses(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if text.contains("/tiles/") || text.contains("/assets/") => {
            found.push(text.clone());
        }
        serde_json::Value::Array(all) => all.iter().for_each(|one| addresses(one, found)),
        serde_json::Value::Object(all) => all.values().for_each(|one| addresses(one, found)),
        _ => {}
    }
}

#[tokio::test]
async fn maps_elsewhere_get_whole_addresses_below_the_path_that_a_proxy_shows() {
    let host = [("host", "maps.example")];
    let plain = router(ALL, |_| {});
    let below =
        router(HOME, |settings| settings.base_url = BaseUrl::parse("https://maps.example/qh/ranh/").ok());
    for (router, base) in [(&plain, "http://maps.example/"), (&below, "https://maps.example/qh/ranh/")] {
        for path in ["/style", "/style?lang=en&links=absolute", "/tiles/zones"] {
            let mut found = Vec::new();
            addresses(&ask(router, Method::GET, path, &host).await.json(), &mut found);
            assert!(!found.is_empty() && found.iter().all(|one| one.starts_with(base)), "{path}: {found:?}");
        }
        let mut found = Vec::new();
        addresses(&ask(router, Method::GET, "/style?links=relative", &host).await.json(), &mut found);
        assert!(!found.is_empty() && found.iter().all(|one| one.starts_with('/')), "{found:?}");
        for path in ["/", "/tileMatrixSets", "/collections/zones/tiles/WebMercatorQuad", "/jobs"] {
            let text = ask(router, Method::GET, path, &host).await.text();
            let hrefs: Vec<&str> = text.split("\"href\":\"").skip(1).collect();
            assert!(!hrefs.is_empty() && hrefs.iter().all(|href| href.starts_with(base)), "{path}: {text}");
        }
        let project = ask(router, Method::GET, "/ranh.qgs", &host).await;
        assert_eq!(project.header("content-type"), "application/x-qgis-project");
        assert!(
            project.text().contains(&format!("url=&#39;{}&#39;", base.trim_end_matches('/'))),
            "{}",
            project.text()
        );
    }
    let wrong = ask(&plain, Method::GET, "/style?links=none", &host).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    // A page below that path is of the origin without it.
    let own = router(HOME, |settings| {
        with_tokens(settings);
        settings.base_url = BaseUrl::parse("https://maps.example/qh/ranh").ok();
    });
    let bearer = format!("Bearer {LAN}");
    let write = [host[0], ("origin", "https://maps.example"), ("authorization", bearer.as_str())];
    assert_eq!(check(&own, &write).await, StatusCode::OK);
}

#[tokio::test]
async fn pages_of_other_origins_are_let_in_where_they_are_named() {
    let page = "https://portal.example";
    let closed = router(ALL, with_tokens);
    let open = router(ALL, |settings| {
        with_tokens(settings);
        settings.cors_origins = vec![page.to_owned()];
    });
    let bearer = format!("Bearer {LAN}");
    let read = [("host", "maps.example"), ("origin", page)];
    assert_eq!(
        ask(&closed, Method::GET, "/collections", &read).await.header("access-control-allow-origin"),
        ""
    );
    let answer = ask(&open, Method::GET, "/collections", &read).await;
    assert_eq!(answer.header("access-control-allow-origin"), page);
    assert!(answer.headers.get_all("vary").iter().any(|value| value == "origin"));
    for other in
        ["https://portal.example.evil.example", "http://portal.example", "https://portal.example:8443"]
    {
        let answer =
            ask(&open, Method::GET, "/collections", &[("host", "maps.example"), ("origin", other)]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{other}");
    }
    let asks = [read[0], read[1], ("access-control-request-method", "PUT")];
    let answer = ask(&open, Method::OPTIONS, "/collections/zones/items/z1", &asks).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.header("access-control-allow-methods").contains("PUT"));
    assert!(answer.header("access-control-allow-headers").contains("authorization"));
    let answer = ask(&closed, Method::OPTIONS, "/collections", &asks).await;
    assert_eq!(answer.header("access-control-allow-methods"), "");
    let write = [read[0], read[1], ("sec-fetch-site", "cross-site"), ("authorization", &bearer)];
    assert_eq!(check(&open, &write).await, StatusCode::OK);
    assert_eq!(check(&closed, &write).await, StatusCode::FORBIDDEN);
    assert_eq!(check(&open, &write[..3]).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_a_path_does_not_take_is_told_before_anything_else_is_asked() {
    let (closed, checked) = (router(ALL, with_tokens), support::checked().await);
    let plain = ("content-type", "text/plain");
    let foreign = ("origin", "http://evil.example");
    for (method, path, allow) in [
        (Method::POST, "/collections/zones", "GET, HEAD"),
        (Method::PUT, "/check", "POST"),
        (Method::DELETE, "/processes/check/execution", "POST"),
        (Method::PATCH, "/collections/zones/items", "GET, HEAD, OPTIONS, POST"),
        (Method::POST, "/collections/zones/items/z1", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
        (Method::POST, "/collections/findings/items", "GET, HEAD, OPTIONS"),
        (Method::DELETE, "/collections/findings/items/x", "GET, HEAD, OPTIONS"),
        (Method::TRACE, "/style", "GET, HEAD"),
        (Method::from_bytes(b"QUERY").unwrap(), "/transactions", "POST"),
    ] {
        let routers: &[&Router] = if path.contains("findings") { &[&checked] } else { &[&closed, &checked] };
        for router in routers {
            for more in [&[][..], &[plain], &[plain, foreign]] {
                let headers = [&[("host", "localhost:8080")], more].concat();
                let request =
                    headers.iter().fold(Request::builder(), |made, (name, value)| made.header(*name, *value));
                let request = request.method(&method).uri(path).body(Body::from("x")).unwrap();
                let answer = send(router, request).await;
                let told = (answer.status, answer.header("allow"));
                assert_eq!(told, (StatusCode::METHOD_NOT_ALLOWED, allow), "{method} {path} {more:?}");
                assert_eq!(answer.header("content-type"), "application/problem+json");
            }
        }
    }
    let elsewhere = ask(&closed, Method::PUT, "/check", &[("host", "evil.example")]).await;
    assert_eq!(elsewhere.status, StatusCode::MISDIRECTED_REQUEST);
}
