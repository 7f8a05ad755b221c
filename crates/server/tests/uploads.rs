//! Files over HTTP: what is in them is told, a source becomes a collection, and what cannot be taken leaves nothing behind.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use server::{Limits, Public};
use zip::write::{SimpleFileOptions, ZipWriter};

use support::kept::{Place, ask, listen, place, place_within, square};
use support::{Answer, get, post, send};

async fn upload(router: &Router, name: &str, body: impl Into<Body>) -> Answer {
    upload_as(router, name, body, "application/octet-stream").await
}

async fn upload_as(router: &Router, name: &str, body: impl Into<Body>, media_type: &str) -> Answer {
    let request = Request::post(format!("/uploads?name={}", support::encoded(name)))
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, "http://localhost:8080")
        .header(header::CONTENT_TYPE, media_type);
    send(router, request.body(body.into()).unwrap()).await
}

async fn import(router: &Router, inputs: Value) -> Answer {
    post(router, "/processes/import/execution", json!({"inputs": inputs}).to_string()).await
}

/// Two squares of zones.
fn zones() -> Value {
    json!({"type": "FeatureCollection", "features": [square(Some("a"), 106.7, 21.5), square(Some("b"), 106.8, 21.5)]})
}

/// A square of 100 m on a TM-3 plane, of which nothing says so.
fn metres() -> Value {
    let (x, y) = (450_000.0, 2_378_000.0);
    let ring = json!([[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]]);
    json!({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"ten": "Lô 1", "ma": "SKK"},
        "geometry": {"type": "Polygon", "coordinates": [ring]}}]})
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Files that lie beside the store because of uploads.
fn left_behind(place: &Place) -> Vec<String> {
    fn below(folder: &Path, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                below(&entry.path(), names);
            } else if entry.file_name() != "lock" {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
    }
    let mut names = Vec::new();
    below(&place.path().with_file_name("s.gpkg.uploads"), &mut names);
    names
}

#[tokio::test]
async fn a_file_is_told_imported_and_gone() {
    let place = place();
    let router = &place.router;
    let told = upload(router, "Khu mới.geojson", zones().to_string()).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.text());
    let document = told.json();
    let id = document["id"].as_str().unwrap();
    assert!(told.header("location").ends_with(&format!("/uploads/{id}")), "{}", told.header("location"));
    let source = &document["sources"][0];
    assert_eq!((&source["path"], &source["format"]), (&json!("Khu mới.geojson"), &json!("GeoJSON")));
    let layer = &source["layers"][0];
    assert_eq!(layer["features"], 2);
    assert_eq!(layer["crs"], "OGC:CRS84");
    assert_eq!(layer["encoding"], "UTF-8");
    assert_eq!(layer["fields"], json!(["name", "kind", "state"]));
    assert_eq!(layer["collection"], "khu-moi");
    assert_eq!(get(router, &format!("/uploads/{id}")).await.json()["sources"], document["sources"]);
    let inputs = json!({"upload": id, "role": "zone", "collection": "khu-moi", "title": "Khu mới 2026"});
    let done = import(router, inputs).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let report = done.json();
    assert_eq!(
        (&report["collection"], &report["features"], &report["role_from"], &report["crs_from"]),
        (&json!("khu-moi"), &json!(2), &json!("given"), &json!("default"))
    );
    assert_eq!(report["revision"], place.project.snapshot().unwrap().revision);
    let served = get(router, "/collections/khu-moi").await.json();
    assert_eq!(served["ranh"]["title"]["vi"], "Khu mới 2026");
    assert_eq!(get(router, "/collections/khu-moi/items").await.json()["numberMatched"], 2);
    assert_eq!(get(router, &format!("/uploads/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(left_behind(&place), Vec::<String>::new());
}

#[tokio::test]
async fn zones_of_a_drawing_are_given_their_kind() {
    let place = place();
    let router = &place.router;
    let taken = async |role: &str, kind: &str| {
        let told = upload(router, "lo.geojson", metres().to_string()).await.json();
        let inputs = json!({"upload": told["id"], "role": role, "kind": kind, "crs": "EPSG:9215"});
        import(router, inputs).await
    };
    let done = taken("zone", "CCN").await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let notes = done.json()["notes"].to_string();
    assert!(notes.contains("CCN") && notes.contains("loại hình"), "{}", done.text());
    assert_eq!(get(router, "/collections/lo/items").await.json()["features"][0]["properties"]["kind"], "CCN");
    let refused = taken("land_use", "CCN").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text());
    assert!(refused.text().contains("holds no zones"), "{}", refused.text());
    let unknown = taken("zone", "cụm").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(unknown.text().contains("KCN, CCN"), "{}", unknown.text());
}

#[tokio::test]
async fn of_a_dossier_every_source_can_be_chosen_and_the_rest_is_named() {
    let place = place();
    let router = &place.router;
    let (zones, metres) = (zones().to_string(), metres().to_string());
    let dossier = archive(&[
        ("hồ sơ/khu.geojson", zones.as_bytes()),
        ("hồ sơ/lô.geojson", metres.as_bytes()),
        ("hồ sơ/bản vẽ.dwg", b"AC1032 and so on"),
        ("quyết định.pdf", b"%PDF-1.7"),
    ]);
    let document = upload(router, "hoso.zip", dossier).await.json();
    let id = document["id"].as_str().unwrap();
    let sources = document["sources"].as_array().unwrap();
    let paths: Vec<_> = sources.iter().map(|source| source["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["hồ sơ/khu.geojson", "hồ sơ/lô.geojson", "hồ sơ/bản vẽ.dwg", "quyết định.pdf"]);
    assert!(sources[2]["problem"]["en"].as_str().unwrap().contains("save it as DXF"), "{}", sources[2]);
    assert!(sources[3]["problem"]["vi"].as_str().unwrap().contains("PDF"), "{}", sources[3]);
    let unnamed = &sources[1]["layers"][0];
    assert_eq!((&unnamed["crs"], &unnamed["features"]), (&Value::Null, &json!(1)));
    let refused = import(router, json!({"upload": id})).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text());
    let choice = |source: &str, more: Value| {
        let mut inputs = json!({"upload": id, "source": source, "role": "constraint"});
        inputs.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        inputs
    };
    // Metres of which nobody says where: nothing is taken, and what to do is told without the place on the server.
    let revision = place.project.snapshot().unwrap().revision;
    let refused = import(router, choice("hồ sơ/lô.geojson", json!({"collection": "lo"}))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.starts_with("hồ sơ/lô.geojson: no CRS is named"), "{detail}");
    assert_eq!(place.project.snapshot().unwrap().revision, revision);
    let more = json!({"collection": "lo", "crs": "EPSG:9215"});
    let taken = import(router, choice("hồ sơ/lô.geojson", more)).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.text());
    assert_eq!(taken.json()["crs_from"], "given");
    // The other one is still there.
    assert_eq!(get(router, &format!("/uploads/{id}")).await.status, StatusCode::OK);
    let unknown = import(router, choice("quyết định.pdf", json!({}))).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{}", unknown.text());
    assert_eq!(
        ask(router, Method::DELETE, &format!("/uploads/{id}"), &[], "").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(left_behind(&place), Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_read_says_why_and_leaves_nothing() {
    let place = place();
    let router = &place.router;
    let bomb = archive(&[("../../evil.geojson", b"{}")]);
    let nothing = archive(&[]);
    let cases: [(&str, Vec<u8>, StatusCode, &str); 9] = [
        ("a.geojson", Vec::new(), StatusCode::UNPROCESSABLE_ENTITY, "empty"),
        ("a.geojson", b"{\"type\":".to_vec(), StatusCode::UNPROCESSABLE_ENTITY, "a.geojson:"),
        (
            "a.dgn",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "DGN V7 or DXF",
        ),
        ("a.zip", b"PK\x03\x04 and so on".to_vec(), StatusCode::UNPROCESSABLE_ENTITY, "cannot be unpacked"),
        ("a.zip", bomb, StatusCode::UNPROCESSABLE_ENTITY, "leads out of its folder"),
        ("a.zip", nothing, StatusCode::UNPROCESSABLE_ENTITY, "a.zip"),
        ("../a.geojson", zones().to_string().into_bytes(), StatusCode::BAD_REQUEST, "no name of a file"),
        ("", zones().to_string().into_bytes(), StatusCode::BAD_REQUEST, "no name of a file"),
        ("a\u{0}.geojson", zones().to_string().into_bytes(), StatusCode::BAD_REQUEST, "no name of a file"),
    ];
    for (name, bytes, status, says) in cases {
        let refused = upload(router, name, bytes).await;
        assert_eq!(refused.status, status, "{name}: {}", refused.text());
        let detail = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(says), "{name}: {detail}");
        assert!(!detail.contains("s.gpkg"), "{name}: {detail}");
        assert_eq!(left_behind(&place), Vec::<String>::new(), "{name}");
    }
}

#[tokio::test]
async fn only_files_from_our_own_pages_are_taken() {
    let place = place();
    let router = &place.router;
    for media_type in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
        let refused = upload_as(router, "a.geojson", zones().to_string(), media_type).await;
        assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{media_type}");
    }
    let foreign = Request::post("/uploads?name=a.geojson")
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, "http://evil.example")
        .header(header::CONTENT_TYPE, "application/octet-stream");
    let refused = send(router, foreign.body(Body::from(zones().to_string())).unwrap()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // Elsewhere bytes are still no JSON.
    let octets = [("content-type", "application/octet-stream")];
    let refused = ask(router, Method::POST, "/check", &octets, "{}").await;
    assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(left_behind(&place), Vec::<String>::new());
}

#[tokio::test]
async fn the_public_is_not_told_of_uploads() {
    let place = place();
    let public = Arc::new(Public::over(Arc::clone(&place.project) as _).unwrap());
    let router = server::app_router(public, Limits::default(), listen(), &[]).unwrap();
    assert_eq!(upload(&router, "a.geojson", zones().to_string()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&router, "/uploads/x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(import(&router, json!({"upload": "x"})).await.status, StatusCode::NOT_FOUND);
    let described = async |router: &Router| {
        let paths = get(router, "/api").await.json()["paths"].as_object().unwrap().clone();
        paths.into_iter().filter(|(path, _)| path.starts_with("/uploads")).count()
    };
    assert_eq!((described(&router).await, described(&place.router).await), (0, 2));
    let formats = get(&router, "/formats").await.json();
    assert_eq!(formats["upload_bytes"], Value::Null);
    let processes = get(&router, "/processes").await.json();
    let names: Vec<_> = processes["processes"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(names, ["check", "what-if", "judge-edit", "edit-geometry", "plan-difference"]);
}

#[tokio::test]
async fn what_can_be_read_and_written_here_is_told() {
    let place = place();
    let told = get(&place.router, "/formats").await.json();
    let format = |name: &str| {
        let formats = told["formats"].as_array().unwrap();
        formats.iter().find(|format| format["name"] == name).unwrap().clone()
    };
    assert_eq!(told["upload_bytes"], Limits::default().upload_bytes);
    let [ours, foreign] = [format("geojson"), format("shapefile")];
    assert_eq!(
        (&ours["read"], &ours["write"], &ours["by_worker"]),
        (&json!(true), &json!(true), &json!(false))
    );
    // No worker stands beside a test.
    assert!(told["worker_missing"]["vi"].as_str().unwrap().contains("ranh-gdal"), "{told}");
    assert_eq!((&foreign["read"], &foreign["by_worker"]), (&json!(false), &json!(true)));
    assert_eq!(foreign["write"], false);
    let provinces = get(&place.router, "/provinces").await.json();
    let provinces = provinces["provinces"].as_array().unwrap();
    assert_eq!(provinces.len(), 63);
    let crs = |name: &str| provinces.iter().find(|one| one["name"] == name).unwrap()["crs"].clone();
    // Circular 973/2001/TT-TCĐC gives 107°15′ to Lạng Sơn and 105° to Hà Nội.
    assert_eq!((crs("Lạng Sơn"), crs("Hà Nội")), (json!("EPSG:9215"), json!("EPSG:5897")));
}

#[tokio::test]
async fn bytes_numbers_and_time_are_limited() {
    let size = zones().to_string().len() as u64;
    let limits = Limits { upload_bytes: size, uploads: 2, ..Limits::default() };
    let place = place_within(limits);
    let router = &place.router;
    let too_large = upload(router, "a.geojson", zones().to_string() + " ").await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", too_large.text());
    // The same in pieces, of which no length is announced.
    let text = zones().to_string() + " ";
    let pieces: Vec<Result<Vec<u8>, std::io::Error>> =
        text.as_bytes().chunks(50).map(|piece| Ok(piece.to_vec())).collect();
    let pieces = Body::from_stream(tokio_stream::iter(pieces));
    assert_eq!(upload(router, "a.geojson", pieces).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(left_behind(&place), Vec::<String>::new());
    let first = upload(router, "a.geojson", zones().to_string()).await.json();
    assert_eq!(upload(router, "a.geojson", zones().to_string()).await.status, StatusCode::CREATED);
    let third = upload(router, "a.geojson", zones().to_string()).await;
    assert_eq!(third.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!third.header("retry-after").is_empty());
    let address = format!("/uploads/{}", first["id"].as_str().unwrap());
    assert_eq!(ask(router, Method::DELETE, &address, &[], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(ask(router, Method::DELETE, &address, &[], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(upload(router, "a.geojson", zones().to_string()).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_unpacks_to_more_than_there_is_room_for_is_refused() {
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let place = place_within(limits);
    let zeros = vec![b' '; 2 << 20];
    let bomb = archive(&[("a.geojson", &zeros)]);
    assert!(bomb.len() < 10_000);
    let refused = upload(&place.router, "a.zip", bomb).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    assert!(refused.text().contains("more than"), "{}", refused.text());
    assert_eq!(left_behind(&place), Vec::<String>::new());
}

#[tokio::test]
async fn a_body_that_stops_or_breaks_off_leaves_nothing() {
    let limits = Limits { body: Duration::from_millis(20), ..Limits::default() };
    let place = place_within(limits);
    let first: Result<&str, std::io::Error> = Ok("{\"type\":");
    let stalled = Body::from_stream(tokio_stream::StreamExt::chain(
        tokio_stream::iter([first]),
        tokio_stream::pending(),
    ));
    let refused = upload(&place.router, "a.geojson", stalled).await;
    assert_eq!(refused.status, StatusCode::REQUEST_TIMEOUT, "{}", refused.text());
    let broken: [Result<&str, _>; 2] = [Ok("{\"type\":"), Err(std::io::Error::other("gone"))];
    let refused = upload(&place.router, "a.geojson", Body::from_stream(tokio_stream::iter(broken))).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text());
    assert_eq!(left_behind(&place), Vec::<String>::new());
}

#[tokio::test]
async fn an_upload_that_is_too_old_is_gone_and_so_is_what_a_server_left() {
    let place = place_within(Limits { upload_age: Duration::from_nanos(1), ..Limits::default() });
    let told = upload(&place.router, "a.geojson", zones().to_string()).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.text());
    let id = told.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(get(&place.router, &format!("/uploads/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(left_behind(&place), Vec::<String>::new());
    // Of a server that was killed, its lock is free.
    let left = place.path().with_file_name("s.gpkg.uploads").join("left");
    std::fs::create_dir_all(left.join("x")).unwrap();
    std::fs::write(left.join("lock"), "").unwrap();
    std::fs::write(left.join("x/plan.geojson"), "{}").unwrap();
    let again =
        server::app_router(Arc::clone(&place.project) as _, Limits::default(), listen(), &[]).unwrap();
    assert!(!left.exists());
    assert_eq!(upload(&again, "a.geojson", zones().to_string()).await.status, StatusCode::CREATED);
}
