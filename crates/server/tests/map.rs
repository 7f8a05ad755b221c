//! Tiles, style, legend, pick.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::{BTreeSet, HashSet};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use support::{checked, get, get_with, router_over, send, source};

/// The tile of zoom 14 that holds the zone's middle, which PROJ puts at 106.778957° E, 21.500602° N: column
/// ⌊(106.778957 + 180) / 360 · 2¹⁴⌋ = 13051; row ⌊(1 − asinh(tan 21.500602°) / π) / 2 · 2¹⁴⌋ = 7189.
const TILE: &str = "14/13051/7189";

#[tokio::test]
async fn tiles_are_tagged_and_not_sent_twice() {
    let router = checked().await;
    let path = format!("/tiles/plan/{TILE}");
    let tile = get(&router, &path).await;
    assert_eq!(tile.status, StatusCode::OK);
    assert_eq!(tile.header("content-type"), "application/vnd.mapbox-vector-tile");
    assert_eq!(tile.header("cache-control"), "no-cache");
    let text = String::from_utf8_lossy(&tile.bytes).into_owned();
    for word in ["plan", "plan-label", "fid", "area_ha", "LUC", "SKK", "p1"] {
        assert!(text.contains(word), "{word}");
    }
    let tag = tile.header("etag").to_owned();
    for known in [tag.as_str(), "*", &format!("\"other\", {tag}"), &format!("W/{tag}")] {
        let again = get_with(&router, &path, &[("if-none-match", known)]).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("vary"), "accept-encoding");
    }
    let other = get_with(&router, &path, &[("if-none-match", "W/\"0000000000000000\"")]).await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn answers_are_compressed_as_asked() {
    let router = router_over(source());
    for coding in ["gzip", "br", "zstd"] {
        let answer = get_with(&router, "/codes", &[("accept-encoding", coding)]).await;
        assert_eq!(answer.header("content-encoding"), coding);
        assert!(answer.header("vary").contains("accept-encoding"));
    }
    let plain = get(&router, "/codes").await;
    assert_eq!(plain.header("content-encoding"), "");
    let tag = plain.header("etag").to_owned();
    let packed = get_with(&router, "/codes", &[("accept-encoding", "gzip"), ("if-none-match", &tag)]).await;
    assert_eq!(packed.status, StatusCode::NOT_MODIFIED, "a weak tag stands for every coding");
}

#[tokio::test]
async fn empty_tiles_have_no_content_and_versions_may_be_kept() {
    let router = router_over(source());
    let empty = get(&router, "/tiles/plan/14/0/0").await;
    assert_eq!((empty.status, empty.bytes.len()), (StatusCode::NO_CONTENT, 0));
    let json = get(&router, "/tiles/plan").await.json();
    assert_eq!(json["tilejson"], "3.0.0");
    assert_eq!((&json["minzoom"], &json["maxzoom"]), (&0.into(), &16.into()));
    let ids: Vec<&str> =
        json["vector_layers"].as_array().unwrap().iter().map(|l| l["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["plan", "plan-label"]);
    let template = json["tiles"][0].as_str().unwrap();
    let path = template.replace("{z}/{x}/{y}", TILE);
    assert!(get(&router, &path).await.header("cache-control").contains("immutable"));
    let old = path.replace("?v=", "?v=old");
    assert_eq!(get(&router, &old).await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn head_is_answered_without_a_body() {
    let router = router_over(source());
    let request =
        Request::head("/collections").header(header::HOST, "localhost").body(Body::empty()).unwrap();
    let answer = send(&router, request).await;
    assert_eq!((answer.status, answer.bytes.len()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn the_style_draws_what_the_tiles_hold() {
    let router = checked().await;
    let style = get(&router, "/style?lang=en").await.json();
    assert_eq!(style["version"], 8);
    let sources: HashSet<&str> = style["sources"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(sources, HashSet::from(["zones", "plan", "communes", "findings"]));
    let mut ids = BTreeSet::new();
    for layer in style["layers"].as_array().unwrap() {
        assert!(ids.insert(layer["id"].as_str().unwrap().to_owned()), "{} twice", layer["id"]);
        let Some(source) = layer["source"].as_str() else { continue };
        assert!(sources.contains(source), "{}", layer["id"]);
        assert_eq!(layer["metadata"]["ranh:collection"], source);
        let tiles = get(&router, &format!("/tiles/{source}")).await.json();
        let there =
            tiles["vector_layers"].as_array().unwrap().iter().find(|l| l["id"] == layer["source-layer"]);
        let fields =
            &there.unwrap_or_else(|| panic!("{}: no such layer in the tiles", layer["id"]))["fields"];
        let mut used = BTreeSet::new();
        attributes(layer, &mut used);
        for name in used {
            assert!(fields.get(&name).is_some(), "{} uses {name}, which is not in the tiles", layer["id"]);
        }
    }
    for id in [
        "landuse-fill:plan",
        "landuse-line:plan",
        "landuse-label:plan",
        "admin-case:communes",
        "admin-line:communes",
        "admin-label:communes",
        "zone-band:zones",
        "zone-case:zones",
        "zone-line-kcn:zones",
        "zone-line-ccn:zones",
        "zone-line-kcx:zones",
        "zone-line-kkt:zones",
        "zone-fill:zones",
        "zone-label:zones",
        "finding-fill",
        "finding-hatch",
        "finding-line",
    ] {
        assert!(ids.contains(id), "{id}");
    }
}

/// Names of attributes that an expression gets.
fn attributes(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            if let [Value::String(operator), Value::String(name)] = items.as_slice()
                && matches!(operator.as_str(), "get" | "has")
            {
                into.insert(name.clone());
            }
            items.iter().for_each(|item| attributes(item, into));
        }
        Value::Object(map) => map.values().for_each(|item| attributes(item, into)),
        _ => {}
    }
}

#[tokio::test]
async fn colours_of_codes_are_the_prescribed_ones() {
    let router = router_over(source());
    let style = get(&router, "/style").await.json();
    let fill =
        style["layers"].as_array().unwrap().iter().find(|l| l["id"] == "landuse-fill:plan").unwrap().clone();
    assert_eq!(fill["paint"]["fill-opacity"], 0.64);
    let colour = fill["paint"]["fill-color"].as_array().unwrap();
    assert_eq!(colour[0], "match");
    let of = |code: &str| colour.iter().position(|part| part == code).map(|at| colour[at + 1].clone());
    let codes = get(&router, "/codes").await.json();
    for code in codes["codes"].as_array().unwrap() {
        let id = code["code"].as_str().unwrap();
        assert_eq!(of(id), code["rgb"].as_str().map(Value::from), "{id}");
    }
}

#[tokio::test]
async fn the_legend_measures_what_is_in_view() {
    let router = router_over(source());
    let all = get(&router, "/legend?collection=plan").await.json();
    // Two squares of 1,000 m.
    assert!((all["total_m2"].as_f64().unwrap() - 2_000_000.0).abs() < 1e-3, "{all}");
    assert_eq!(all["codes"].as_array().unwrap().len(), 2);
    let world = get(&router, "/legend?collection=plan&bbox=-180,-90,180,90").await.json();
    assert_eq!(world["total_m2"], all["total_m2"]);
    // West of the middle of the first parcel: half of it, whatever the box's other edges.
    let plan = get(&router, "/collections/plan/items/p1").await.json();
    let ring: Vec<[f64; 2]> = serde_json::from_value(plan["geometry"]["coordinates"][0].clone()).unwrap();
    let west = ring.iter().map(|p| p[0]).fold(f64::INFINITY, f64::min);
    let east = ring.iter().map(|p| p[0]).fold(f64::NEG_INFINITY, f64::max);
    let middle = f64::midpoint(west, east);
    let half = get(&router, &format!("/legend?collection=plan&bbox=106,21,{middle:.9},22")).await.json();
    let area = half["total_m2"].as_f64().unwrap();
    // Meridians lean against the grid by 0.18° here, so the cut is slanted by 3 m on 1,000 m, not moved.
    assert!((area - 500_000.0).abs() < 2_500.0, "{half}");
    assert_eq!(half["codes"][0]["code"], "LUC");
    assert_eq!(half["approximate"], false);
}

#[tokio::test]
async fn a_pick_gives_everything_under_the_point() {
    let router = checked().await;
    let zone = get(&router, "/findings?rule=LUP-01").await.json();
    let point = &zone["findings"][0]["point"];
    let picked = get(&router, &format!("/pick?lon={}&lat={}", point[0], point[1])).await.json();
    let found: Vec<&str> =
        picked["features"].as_array().unwrap().iter().map(|f| f["collection"].as_str().unwrap()).collect();
    assert_eq!(found, ["zones", "plan", "communes"]);
    assert_eq!(picked["features"][1]["id"], "p1");
    assert!((picked["features"][0]["area_m2"].as_f64().unwrap() - 500_000.0).abs() < 1e-3);
    let rules: Vec<&str> =
        picked["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"LUP-01"), "{rules:?}");
    let away = get(&router, "/pick?lon=100&lat=10").await.json();
    assert_eq!(away["features"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_pick_reaches_as_far_as_it_is_told() {
    let router = router_over(source());
    let extent = get(&router, "/collections/communes").await.json()["extent"]["spatial"]["bbox"][0].clone();
    let (west, south, north) =
        (extent[0].as_f64().unwrap(), extent[1].as_f64().unwrap(), extent[3].as_f64().unwrap());
    let latitude = f64::midpoint(south, north);
    // 100 m west of the westernmost point, and a degree of longitude here is 103.6 km. The border leans by 3 m/km.
    let longitude = west - 100.0 / 103_600.0;
    let count = async |tolerance: u32| {
        let path = format!("/pick?lon={longitude}&lat={latitude}&tolerance_m={tolerance}");
        get(&router, &path).await.json()["features"].as_array().unwrap().len()
    };
    assert_eq!(count(90).await, 0);
    assert_eq!(count(115).await, 1);
}
