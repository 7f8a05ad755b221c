//! OGC API Features part 2: answers and boxes in other CRSs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use axum::Router;
use serde_json::Value;
use support::{get, router_over, source};

fn epsg(code: u32) -> String {
    format!("http://www.opengis.net/def/crs/EPSG/0/{code}")
}

/// The corner (450000, 2378000) of EPSG:9215 elsewhere, in the axis order of each definition. From PROJ 9.5.1
/// (pyproj 3.7.2, `Transformer.from_crs(9215, code)`, which takes EPSG:6960 for the datum).
const CORNER: [(u32, [f64; 2], f64); 11] = [
    (4326, [21.496_509_634_7, 106.769_318_994_6], 1e-7),
    (4756, [21.497_504_011_7, 106.767_432_817_7], 1e-7),
    (3857, [11_885_506.222_8, 2_451_181.488_8], 2e-3),
    (3405, [683_093.008_5, 2_378_244.494_5], 2e-3),
    (3406, [61_294.614_5, 2_383_155.028_6], 2e-3),
    (32648, [683_289.694_5, 2_378_136.610_2], 2e-3),
    (5897, [683_147.958_4, 2_378_958.253_4], 2e-3),
    (9205, [890_557.055_3, 2_382_633.023_0], 2e-3),
    (5899, [398_190.953_3, 2_378_242.765_3], 2e-3),
    (9218, [320_465.767_6, 2_378_917.792_5], 2e-3),
    (9215, [450_000.0, 2_378_000.0], 0.0),
];

#[tokio::test]
async fn features_come_in_the_crs_asked_for_in_its_own_axis_order() {
    let router = router_over(source());
    for (code, expected, tolerance) in CORNER {
        for path in ["/collections/plan/items?limit=1&crs=", "/collections/plan/items/p1?crs="] {
            let answer = get(&router, &format!("{path}{}", epsg(code))).await;
            assert_eq!(answer.header("content-crs"), format!("<{}>", epsg(code)), "{}", answer.text());
            let document = answer.json();
            let feature = document["features"].get(0).unwrap_or(&document);
            let ring: Vec<[f64; 2]> =
                serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).unwrap();
            let away = |p: &[f64; 2]| (p[0] - expected[0]).abs().max((p[1] - expected[1]).abs());
            let nearest = ring.iter().map(away).fold(f64::INFINITY, f64::min);
            assert!(nearest <= tolerance, "EPSG:{code}: {ring:?} is {nearest} from {expected:?}");
        }
    }
}

#[tokio::test]
async fn without_a_wish_the_answer_is_longitude_and_latitude_and_says_so() {
    let router = router_over(source());
    let crs84 = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>";
    for path in ["/collections/plan/items", "/collections/plan/items/p1", "/collections/plan/items?crs=CRS84"]
    {
        let answer = get(&router, path).await;
        assert_eq!(answer.header("content-crs"), crs84, "{path}");
        assert!(answer.text().contains("106.76931"), "{path}");
    }
}

async fn ids(router: &Router, query: &str) -> Vec<String> {
    let document = get(router, &format!("/collections/plan/items?{query}")).await.json();
    let features = document["features"].as_array().unwrap_or_else(|| panic!("{query}: {document}"));
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

/// The parcels are squares of 1,000 m that share the line E = 451000.
#[tokio::test]
async fn boxes_are_in_the_crs_that_they_name() {
    let router = router_over(source());
    let own = format!("bbox-crs={}", epsg(9215));
    for (bbox, expected) in [
        ("449000,2377000,449999.999,2380000", vec![]),
        ("449000,2377000,450000,2380000", vec!["p1"]),
        ("450500,2378500,450500,2378500", vec!["p1"]),
        ("450500,2378500,451000,2378600", vec!["p1", "p2"]),
        ("451000.001,2378500,460000,2378600", vec!["p2"]),
        ("450500,2379000,451500,2379000", vec!["p1", "p2"]),
        ("450500,2379000.001,451500,2380000", vec![]),
    ] {
        assert_eq!(ids(&router, &format!("{own}&bbox={bbox}")).await, expected, "{bbox}");
    }
    let latitude_first = format!("bbox-crs={}&bbox=21.49,106.785,21.51,106.80", epsg(4326));
    assert_eq!(ids(&router, &latitude_first).await, ["p2"]);
    let mercator = format!("bbox-crs={}&bbox=11885500,2451181,11885510,2451190", epsg(3857));
    assert_eq!(ids(&router, &mercator).await, ["p1"], "around the corner of p1");
    let zone_away = format!("bbox-crs={}&bbox=683147,2378958,683148,2378959", epsg(5897));
    assert_eq!(ids(&router, &zone_away).await, ["p1"], "the same corner in the zone of 105°");
}

/// The lower border of the parcels runs from (21.4965096, 106.7693190) to (21.4965627, 106.7886196): the box lies in
/// the box around both, south of the border.
#[tokio::test]
async fn a_box_beside_a_slanted_border_finds_nothing() {
    let router = router_over(source());
    assert!(ids(&router, "bbox=106.7880,21.496512,106.7885,21.496540").await.is_empty());
    assert_eq!(ids(&router, "bbox=106.7880,21.496512,106.7885,21.496600").await, ["p2"]);
}

#[tokio::test]
async fn pages_keep_the_crs() {
    let router = router_over(source());
    let first = get(&router, &format!("/collections/plan/items?limit=1&crs={}", epsg(3405))).await.json();
    let next = first["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap();
    let second = get(&router, next["href"].as_str().unwrap()).await;
    assert_eq!(second.header("content-crs"), format!("<{}>", epsg(3405)));
}

#[tokio::test]
async fn collections_list_their_crss() {
    let router = router_over(source());
    let plan = get(&router, "/collections/plan").await.json();
    let list: Vec<&str> = plan["crs"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(list.contains(&plan["storageCrs"].as_str().unwrap()));
    for uri in list {
        let answer = get(&router, &format!("/collections/plan/items?limit=1&crs={uri}&bbox-crs={uri}")).await;
        assert_eq!(answer.header("content-crs"), format!("<{uri}>"));
    }
    let conformance = get(&router, "/conformance").await.text();
    assert!(conformance.contains("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs"));
}

#[tokio::test]
async fn crss_that_cannot_be_asked_for_are_told() {
    let router = router_over(source());
    for (query, words) in [
        ("crs=EPSG:6957", "use EPSG:5896"),
        ("bbox-crs=http://www.opengis.net/def/crs/EPSG/0/6957", "deprecated"),
        ("crs=EPSG:27700", "names no CRS"),
        ("crs=EPSG:32601", "names no CRS"),
        ("crs=%2Bproj%3Dlonglat", "names no CRS"),
        ("bbox-crs=nonsense", "\"bbox-crs\" names no CRS"),
        ("bbox=2378000,450000,2379000,451000", "degrees"),
        ("bbox-crs=EPSG:9215&bbox=451000,2378000,450000,2379000", "lower corner"),
        ("bbox-crs=EPSG:9215&bbox=1,2,3", "lowest easting, lowest northing"),
        ("bbox-crs=EPSG:4326&bbox=1,2,3", "lowest latitude, lowest longitude"),
        ("bbox-crs=EPSG:4326&bbox=106,21,107,22", "latitude −90 to 90"),
    ] {
        let answer = get(&router, &format!("/collections/plan/items?{query}")).await;
        assert_eq!(answer.status.as_u16(), 400, "{query}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words), "{query}: {detail}");
    }
}
