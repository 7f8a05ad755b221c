//! Addresses under which tiles may be kept for good, across edits and a backup that is put back: no address ever has
//! two contents.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use project::{Project, Store};
use serde_json::json;
use server::Limits;

use support::{content, get, rectangle, send};

/// The tile with all of it at zoom 10.
const TILE: &str = "10/815/449";

fn serve(store: &Path) -> Router {
    let project = Arc::new(Project::open(store).unwrap());
    server::app_router(project, Limits::default(), SocketAddr::from(([127, 0, 0, 1], 8080)), &[]).unwrap()
}

/// Gives the zone another shape, or the parcel of that id another code.
async fn change(router: &Router, path: &str, members: &serde_json::Value) {
    let request = Request::patch(path)
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, "http://localhost:8080")
        .header(header::CONTENT_TYPE, "application/merge-patch+json")
        .header("content-crs", "<http://www.opengis.net/def/crs/EPSG/0/9215>");
    let answer = send(router, request.body(Body::from(members.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

fn shape(east_m: f64) -> serde_json::Value {
    let geo_types::Geometry::Polygon(polygon) = rectangle(east_m, 200.0, 1000.0, 500.0) else { panic!() };
    let ring: Vec<[f64; 2]> = polygon.exterior().0.iter().map(|c| [c.x, c.y]).collect();
    json!({"geometry": {"type": "Polygon", "coordinates": [ring]}})
}

/// What a browser that keeps everything has kept, by address.
#[derive(Default)]
struct Kept(BTreeMap<String, Vec<u8>>);

impl Kept {
    /// Looks at the map. A tile that was kept under the same address must be what the server would answer now.
    async fn look(&mut self, router: &Router) -> [String; 2] {
        let mut addresses = Vec::new();
        for collection in ["zones", "plan"] {
            let json = get(router, &format!("/tiles/{collection}")).await.json();
            let address = json["tiles"][0].as_str().unwrap().replace("{z}/{x}/{y}", TILE);
            let tile = get(router, &address).await;
            assert_eq!(tile.status, StatusCode::OK);
            assert!(tile.header("cache-control").contains("immutable"), "{address}");
            let before = self.0.entry(address.clone()).or_insert_with(|| tile.bytes.clone());
            assert!(*before == tile.bytes, "{address} has two contents");
            addresses.push(address);
        }
        addresses.try_into().unwrap()
    }
}

#[tokio::test]
async fn a_restored_backup_and_other_edits_bring_no_address_back_with_another_content() {
    let folder = tempfile::tempdir().unwrap();
    let (path, backup) = (folder.path().join("s.gpkg"), folder.path().join("b.gpkg"));
    let mut store = Store::create(&path).unwrap();
    for (collection, _) in content().collections {
        store.replace_collection(&collection.info, &collection.layer, None, &[]).unwrap();
    }
    drop(store);
    let mut kept = Kept::default();
    Project::open(&path).unwrap().backup(&backup).unwrap();
    let router = serve(&path);
    let first = kept.look(&router).await;
    change(&router, "/collections/zones/items/z1", &shape(100.0)).await;
    change(&router, "/collections/plan/items/p1", &json!({"properties": {"code": "RPH"}})).await;
    let edited = kept.look(&router).await;
    let revision = get(&router, "/healthz").await.json()["revision"].clone();
    project::restore(&backup, &path).unwrap();
    let router = serve(&path);
    assert_eq!(kept.look(&router).await, first, "the same content is found where it was kept");
    change(&router, "/collections/zones/items/z1", &shape(700.0)).await;
    change(&router, "/collections/plan/items/p1", &json!({"properties": {"code": "ONT"}})).await;
    let otherwise = kept.look(&router).await;
    assert_eq!(get(&router, "/healthz").await.json()["revision"], revision, "the numbers come again");
    for k in 0..2 {
        assert!(first[k] != edited[k] && first[k] != otherwise[k] && edited[k] != otherwise[k]);
    }
}

#[tokio::test]
async fn a_version_that_nobody_was_told_is_not_kept() {
    let router = support::router_over(support::source());
    let tile = get(&router, &format!("/tiles/plan/{TILE}?v=1")).await;
    assert_eq!((tile.status, tile.header("cache-control")), (StatusCode::OK, "no-cache"));
}
