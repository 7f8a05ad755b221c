//! Tiles as they are served: tags, codings, caching, and OGC API Tiles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use planning::Role;
use serde_json::json;
use server::Content;
use support::{Memory, collection, feature, get, get_with, rectangle, router_over, send, source};

/// The tile of zoom 14 that holds the zone's middle, which PROJ puts at 106.778957° E, 21.500602° N (tests/map.rs).
const TILE: &str = "/tiles/plan/14/13051/7189";

#[tokio::test]
async fn each_coding_of_a_tile_has_a_strong_tag_of_its_own() {
    let router = router_over(source());
    let plain = get(&router, TILE).await;
    let tag = plain.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() == 34, "{tag}");
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    for (coding, suffix) in [("gzip", "-gzip\""), ("br", "-br\""), ("zstd", "-zstd\"")] {
        // Asked twice: made, and out of the cache.
        for _ in 0..2 {
            let coded = get_with(&router, TILE, &[("accept-encoding", coding)]).await;
            assert_eq!((coded.status, coded.header("content-encoding")), (StatusCode::OK, coding));
            assert_eq!(coded.header("etag"), format!("{}{suffix}", tag.trim_end_matches('"')));
            assert_eq!(decoded(coding, &coded.bytes), plain.bytes, "{coding}");
            assert_eq!(coded.header("content-length"), coded.bytes.len().to_string());
        }
        let of_this = format!("{}{suffix}", tag.trim_end_matches('"'));
        let headers = [("accept-encoding", coding), ("if-none-match", of_this.as_str())];
        let again = get_with(&router, TILE, &headers).await;
        assert_eq!((again.status, again.header("etag")), (StatusCode::NOT_MODIFIED, of_this.as_str()));
        // The tag of other bytes says nothing of these.
        let other = get_with(&router, TILE, &[("accept-encoding", coding), ("if-none-match", &tag)]).await;
        assert_eq!(other.status, StatusCode::OK);
    }
}

fn decoded(coding: &str, bytes: &[u8]) -> Vec<u8> {
    use std::io::Read;
    let mut plain = Vec::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap(),
        "br" => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain).unwrap(),
        _ => zstd::Decoder::new(bytes).unwrap().read_to_end(&mut plain).unwrap(),
    };
    plain
}

#[tokio::test]
async fn head_says_what_get_would() {
    let router = router_over(source());
    let tile = get(&router, TILE).await;
    let request = Request::head(TILE).header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let head = send(&router, request).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    for name in ["etag", "content-length", "content-type", "cache-control", "vary"] {
        assert_eq!(head.header(name), tile.header(name), "{name}");
    }
}

#[tokio::test]
async fn a_matrix_tile_is_the_tile_of_its_row_and_column() {
    let router = router_over(source());
    let tile = get(&router, TILE).await;
    let same = get(&router, "/collections/plan/tiles/WebMercatorQuad/14/7189/13051").await;
    assert_eq!((same.status, same.header("content-type")), (StatusCode::OK, tile.header("content-type")));
    assert_eq!((&same.bytes, same.header("etag")), (&tile.bytes, tile.header("etag")));
    let turned = get(&router, "/collections/plan/tiles/WebMercatorQuad/14/13051/7189").await;
    assert_eq!(turned.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn vn2000_tiles_lie_by_longitude_and_latitude() {
    let router = router_over(source());
    // PROJ puts the zone's middle at 106.777071° E, 21.501596° N of VN-2000. A tile of matrix 13 is 180 / 2¹³ degrees
    // wide: column ⌊286.777071 / w⌋ = 13051, row ⌊(90 − 21.501596) / w⌋ = 3117.
    let path = "/collections/zones/tiles/VN2000Quad/13/3117/13051";
    let tile = get(&router, path).await;
    assert_eq!(tile.status, StatusCode::OK);
    assert!(String::from_utf8_lossy(&tile.bytes).contains("KCN Suối Đá"));
    let beside = get(&router, "/collections/zones/tiles/VN2000Quad/13/3117/13054").await;
    assert_eq!(beside.status, StatusCode::NO_CONTENT);
    // The first matrix has one row of two tiles; the country lies in the second.
    assert_eq!(get(&router, "/collections/plan/tiles/VN2000Quad/0/0/1").await.status, StatusCode::OK);
    assert_eq!(get(&router, "/collections/plan/tiles/VN2000Quad/0/0/0").await.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&router, "/collections/plan/tiles/VN2000Quad/0/1/0").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn matrix_sets_are_those_of_the_standard() {
    let router = router_over(source());
    let list = get(&router, "/tileMatrixSets").await.json();
    let ids: Vec<&str> =
        list["tileMatrixSets"].as_array().unwrap().iter().map(|set| set["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["WebMercatorQuad", "VN2000Quad"]);
    let mercator = get(&router, "/tileMatrixSets/WebMercatorQuad").await.json();
    // Annex D.1 of OGC 17-083r4: matrices 0 and 10.
    for (z, scale, cell) in
        [(0, 559_082_264.028_717, 156_543.033_928_041), (10, 545_978.773_465_544, 152.874_056_570_353)]
    {
        let matrix = &mercator["tileMatrices"][z];
        assert_eq!(matrix["id"], z.to_string());
        assert!((matrix["scaleDenominator"].as_f64().unwrap() / scale - 1.0).abs() < 1e-12);
        assert!((matrix["cellSize"].as_f64().unwrap() / cell - 1.0).abs() < 1e-12);
        assert_eq!((&matrix["matrixWidth"], &matrix["matrixHeight"]), (&(1 << z).into(), &(1 << z).into()));
    }
    let vn2000 = get(&router, "/tileMatrixSets/VN2000Quad").await.json();
    assert_eq!(vn2000["crs"], "http://www.opengis.net/def/crs/EPSG/0/4756");
    // Annex D.2, WorldCRS84Quad: matrix 0.
    let matrix = &vn2000["tileMatrices"][0];
    assert!((matrix["scaleDenominator"].as_f64().unwrap() / 279_541_132.014_359 - 1.0).abs() < 1e-12);
    assert_eq!(matrix["cellSize"], 0.703_125);
    assert_eq!((&matrix["matrixWidth"], &matrix["matrixHeight"]), (&2.into(), &1.into()));
    assert_eq!(matrix["pointOfOrigin"], serde_json::json!([90.0, -180.0]));
    assert_eq!(get(&router, "/tileMatrixSets/GoogleMaps").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_tileset_tells_where_its_tiles_are() {
    let router = router_over(source());
    let list = get(&router, "/collections/plan/tiles").await.json();
    assert_eq!(list["tilesets"].as_array().unwrap().len(), 2);
    for set in ["WebMercatorQuad", "VN2000Quad"] {
        let tileset = get(&router, &format!("/collections/plan/tiles/{set}")).await.json();
        let link = |rel: &str| {
            let links = tileset["links"].as_array().unwrap();
            links.iter().find(|link| link["rel"] == rel).unwrap()["href"].as_str().unwrap().to_owned()
        };
        let scheme = get(&router, &link("http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme")).await;
        assert_eq!(scheme.json()["id"], set);
        assert_eq!(tileset["layers"][0]["id"], "plan");
        assert_eq!(tileset["layers"][0]["propertiesSchema"]["properties"]["code"]["type"], "string");
        // Every tile within the limits of a matrix has something in it, and those around them have nothing.
        let limits = &tileset["tileMatrixSetLimits"][13];
        let edge = |name: &str| limits[name].as_u64().unwrap();
        let [top, bottom] = [edge("minTileRow"), edge("maxTileRow")];
        let [left, right] = [edge("minTileCol"), edge("maxTileCol")];
        for row in top - 1..=bottom + 1 {
            for column in left - 1..=right + 1 {
                let [row_text, column_text] = [row, column].map(|n| n.to_string());
                let path = link("item").replace("{tileMatrix}", "13").replace("{tileRow}", &row_text);
                let tile = get(&router, &path.replace("{tileCol}", &column_text)).await;
                let within = (top..=bottom).contains(&row) && (left..=right).contains(&column);
                if within {
                    assert_eq!(tile.status, StatusCode::OK, "{set} {row} {column}");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_matrix_tile_is_refused() {
    let router = router_over(source());
    for (path, status) in [
        ("/collections/plan/tiles/WebMercatorQuad/21/0/0", StatusCode::NOT_FOUND),
        ("/collections/plan/tiles/VN2000Quad/20/0/0", StatusCode::NOT_FOUND),
        ("/collections/plan/tiles/WebMercatorQuad/3/8/0", StatusCode::NOT_FOUND),
        ("/collections/plan/tiles/WebMercatorQuad/3/0/8", StatusCode::NOT_FOUND),
        ("/collections/plan/tiles/WebMercatorQuad/3/-1/0", StatusCode::BAD_REQUEST),
        ("/collections/plan/tiles/WebMercatorQuad/3/a/0", StatusCode::BAD_REQUEST),
        ("/collections/plan/tiles/WebMercatorQuad/3/0/0?f=png", StatusCode::BAD_REQUEST),
        ("/collections/plan/tiles/WebMercatorQuad/3/0/0?tiles=1", StatusCode::BAD_REQUEST),
        ("/collections/plan/tiles/EPSG9210/3/0/0", StatusCode::NOT_FOUND),
        ("/collections/nothing/tiles", StatusCode::NOT_FOUND),
    ] {
        let answer = get(&router, path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    }
}

/// A plan of as many parcels as take a while to be prepared.
fn wide_plan() -> Arc<Memory> {
    let parcel = |k: u32| {
        let at = |n: u32| f64::from(n) * 20.0;
        let shape = rectangle(at(k % 60), at(k / 60), 20.0, 20.0);
        feature(u64::from(k), &format!("p{k}"), shape, json!({"code": "LUC"}))
    };
    let parcels = (0..3_600).map(parcel).collect();
    let content = Content {
        revision: 1,
        collections: vec![(collection("plan", Role::LandUsePlan, parcels), 1)],
        ..Content::default()
    };
    Arc::new(Memory { content: Mutex::new(content) })
}

/// Each thread that waits has memory of its own, so that a hundred maps opened at once would take a gigabyte.
#[test]
fn who_waits_for_a_layer_to_be_prepared_does_not_hold_a_thread() {
    let started = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&started);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .on_thread_start(move || _ = count.fetch_add(1, Ordering::Relaxed))
        .build()
        .unwrap();
    let router = router_over(wide_plan());
    runtime.block_on(async {
        let asked: Vec<_> = (0..64)
            .map(|k| {
                let (router, path) = (router.clone(), format!("/tiles/plan/10/{}/450", 780 + k));
                tokio::spawn(async move { get(&router, &path).await.status })
            })
            .collect();
        for answer in asked {
            assert!(matches!(answer.await.unwrap(), StatusCode::OK | StatusCode::NO_CONTENT));
        }
    });
    // Those that answer, the one that prepares and those that read.
    let started = started.load(Ordering::Relaxed);
    assert!(started <= 6, "{started} threads");
}
