//! After an edit the tags of those tiles have changed that show the old or the new shape, and no others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use planning::Role;
use serde_json::json;
use spatial::Feature;
use support::{collection, feature, get, post, rectangle, router_over, source};

/// A zone of 400 m × 100 m, east and north of the corner by so much.
fn zone(position: u64, id: &str, east_m: f64, north_m: f64) -> Feature {
    let properties = json!({"name": format!("KCN {id}"), "kind": "KCN", "state": "operating",
        "declared_area_ha": 4.0, "communes": ["00001"]});
    feature(position, id, rectangle(east_m, north_m, 400.0, 100.0), properties)
}

/// Tag and bytes of every tile of the collection that is not empty, on both grids, by path.
async fn tiles(router: &Router, collection: &str) -> BTreeMap<String, (String, Vec<u8>)> {
    let mut all = BTreeMap::new();
    for set in ["WebMercatorQuad", "VN2000Quad"] {
        for z in 0..=14_u32 {
            // Around 106.72° to 106.88° E and 21.46° to 21.57° N: the zones before and after the edit.
            let (columns, rows) = match set {
                "VN2000Quad" => {
                    let at = |degrees: f64| (degrees / 180.0 * f64::from(1_u32 << z)) as u32;
                    (at(286.72)..=at(286.88), at(90.0 - 21.57)..=at(90.0 - 21.46))
                }
                _ => {
                    let column =
                        |longitude: f64| ((longitude + 180.0) / 360.0 * f64::from(1_u32 << z)) as u32;
                    let row = |latitude: f64| {
                        let way = 1.0 - latitude.to_radians().tan().asinh() / std::f64::consts::PI;
                        (way / 2.0 * f64::from(1_u32 << z)) as u32
                    };
                    (column(106.72)..=column(106.88), row(21.57)..=row(21.46))
                }
            };
            for row in rows {
                for column in columns.clone() {
                    let path = format!("/collections/{collection}/tiles/{set}/{z}/{row}/{column}");
                    let tile = get(router, &path).await;
                    if tile.status == StatusCode::OK {
                        all.insert(path, (tile.header("etag").to_owned(), tile.bytes));
                    }
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn an_edit_changes_the_tags_of_the_tiles_it_touches_and_no_others() {
    let source = source();
    let set = |revision: u64, zones: Vec<Feature>| {
        let mut content = source.content.lock().unwrap();
        content.collections[0] = (collection("zones", Role::Zone, zones), revision);
        content.revision = revision;
    };
    let others = || vec![zone(0, "north", -3_000.0, 7_000.0), zone(2, "east", 9_000.0, -2_000.0)];
    let with = |moved: Feature| {
        let mut all = others();
        all.insert(1, moved);
        all
    };
    set(4, with(zone(1, "moved", 0.0, 0.0)));
    let router = router_over(Arc::clone(&source));
    let (before, plan) = (tiles(&router, "zones").await, tiles(&router, "plan").await);
    set(5, with(zone(1, "moved", 2_500.0, 1_500.0)));
    assert_eq!(post(&router, "/check", "{}").await.status, StatusCode::OK);
    let after = tiles(&router, "zones").await;
    assert_eq!(tiles(&router, "plan").await, plan, "what was not edited");
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let tag =
        |tiles: &BTreeMap<String, (String, Vec<u8>)>, path: &str| tiles.get(path).map(|tile| tile.0.clone());
    let shows = |tiles: &BTreeMap<String, (String, Vec<u8>)>, path: &str| {
        tiles.get(path).is_some_and(|tile| String::from_utf8_lossy(&tile.1).contains("KCN moved"))
    };
    let mut changed = [0, 0];
    for path in paths {
        let touched = shows(&before, path) || shows(&after, path);
        assert_eq!(tag(&before, path) != tag(&after, path), touched, "{path}");
        changed[usize::from(touched)] += 1;
    }
    // Both grids show the zone at 15 zooms, before and after; from the deepest the others are told apart.
    assert!(changed[1] >= 2 * 15 && changed[0] >= 2 * 4, "{changed:?}");
}
