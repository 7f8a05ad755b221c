//! What a person who draws asks for: edges to draw along, and what would come of the drawing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(clippy::needless_pass_by_value, reason = "requests read better with json!() than with &json!()")]

mod support;

use axum::Router;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use support::kept::{ITEMS, VN2000, ask, place};
use support::{CORNER, get, post};

/// A ring in the coordinates of the place.
fn polygon(points: &[[f64; 2]]) -> Value {
    let ring: Vec<[f64; 2]> = points.iter().map(|[x, y]| [CORNER[0] + x, CORNER[1] + y]).collect();
    json!({"type": "Polygon", "coordinates": [ring]})
}

async fn judged(router: &Router, inputs: Value) -> Value {
    let answer = post(router, "/processes/judge-edit/execution", json!({"inputs": inputs}).to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// The zone of the place with another outline.
async fn redrawn(router: &Router, geometry: Value) -> Value {
    let mut zone = get(router, &format!("{ITEMS}/z1?crs={VN2000}")).await.json();
    zone["geometry"] = geometry;
    zone
}

#[tokio::test]
async fn what_is_said_of_a_drawing_is_what_the_check_says_once_it_is_saved() {
    let place = place();
    let router = &place.router;
    // 1,000 m × 500 m, half on rice; its upper left corner goes 100 m to the west and 40 m to the north.
    let drawn = polygon(&[[500.0, 200.0], [1500.0, 200.0], [1500.0, 700.0], [400.0, 740.0], [500.0, 200.0]]);
    let zone = redrawn(router, drawn).await;
    let said = judged(router, json!({"collection": "zones", "features": zone, "crs": VN2000})).await;
    // By hand, the shoelace formula: (−200,000 + 750,000 + 830,000 − 290,000) ÷ 2 m².
    let state = &said["zones"][0]["state"];
    assert!((state["area_m2"].as_f64().unwrap() - 545_000.0).abs() < 1e-3, "{state}");
    assert_eq!(get(router, "/jobs").await.json()["jobs"], json!([]), "no job was made of it");
    assert_eq!(place.project.version().unwrap().revision, 3, "nothing was kept");
    let named = format!("<{VN2000}>");
    let put =
        ask(router, Method::PUT, &format!("{ITEMS}/z1"), &[("content-crs", &named)], &zone.to_string()).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text());
    assert_eq!(post(router, "/check", "{}").await.status, StatusCode::OK);
    let found = get(router, "/findings?zone=z1&limit=1000&geometry=true").await.json();
    let of_the_zone = |list: &Value| {
        let mut of: Vec<Value> = list["findings"].as_array().unwrap().clone();
        of.retain(|finding| finding["zone"]["id"] == "z1");
        for finding in &mut of {
            // Where it stands is no business of the rules.
            finding["standing"] = Value::Null;
        }
        of
    };
    assert!(!of_the_zone(&said).is_empty());
    assert_eq!(of_the_zone(&said), of_the_zone(&found));
    let summary = get(router, "/zones/z1/summary").await.json();
    assert_eq!(summary["by_code"], state["by_plan"]["by_code"]);
    // As it is now, which is the same.
    let now = judged(router, json!({"collection": "zones", "zones": ["z1"]})).await;
    assert_eq!(now["zones"][0]["state"], *state);
}

#[tokio::test]
async fn the_limits_of_a_cluster_stand_beside_its_drawing() {
    let place = place();
    // Width × height in m, whether in the mountains, and what the law asks: 10 ha to 75 ha, 5 ha in the mountains.
    let cases = [
        ([400.0, 200.0], Value::Null, json!(null), true),
        ([400.0, 200.0], json!(false), json!(false), true),
        ([400.0, 200.0], json!(true), json!(true), true),
        ([400.0, 300.0], Value::Null, json!(true), true),
        ([1000.0, 760.0], Value::Null, json!(true), false),
    ];
    for ([w, h], mountainous, least, largest) in cases {
        let geometry = polygon(&[[0.0, 0.0], [w, 0.0], [w, h], [0.0, h], [0.0, 0.0]]);
        let mut properties = json!({"name": "CCN Mới", "kind": "CCN", "state": "proposed"});
        if !mountainous.is_null() {
            properties["mountainous"] = mountainous.clone();
        }
        let zone = json!({"type": "Feature", "id": "new", "geometry": geometry, "properties": properties});
        let said =
            judged(&place.router, json!({"collection": "zones", "features": zone, "crs": VN2000})).await;
        let tried = &said["zones"][0];
        let case = format!("{w} m × {h} m, mountainous {mountainous}: {tried}");
        assert_eq!(
            tried["least_area"],
            json!({"min_ha": 10.0, "mountains_ha": 5.0, "holds": least}),
            "{case}"
        );
        assert_eq!(tried["area_limit"], json!({"max_ha": 75.0, "holds": largest}), "{case}");
        assert_eq!((&tried["fill_limit"], &tried["wastewater_finished"]), (&Value::Null, &Value::Null));
        assert!(said["skipped"].is_array(), "{said}");
    }
    // Parks have no such limits.
    let park = judged(&place.router, json!({"collection": "zones", "zones": ["z1"]})).await;
    let tried = &park["zones"][0];
    assert_eq!((&tried["area_limit"], &tried["least_area"]), (&Value::Null, &Value::Null), "{tried}");
}

#[tokio::test]
async fn what_cannot_be_judged_names_the_input() {
    let place = place();
    let cases = [
        (json!({"features": {}}), "collection"),
        (json!({"collection": "zones"}), "nothing to judge"),
        (json!({"collection": "nowhere", "removed": ["z1"], "zones": ["z1"]}), "nowhere"),
        (json!({"collection": "zones", "zones": ["nobody"]}), "nobody"),
        (json!({"collection": "zones", "features": "POLYGON EMPTY"}), "features"),
        (json!({"collection": "zones", "features": {"type": "Feature"}, "crs": "EPSG:1"}), "crs"),
        (json!({"collection": "zones", "zones": ["z1"], "plan": "nowhere"}), "nowhere"),
    ];
    for (inputs, named) in cases {
        let body = json!({"inputs": inputs}).to_string();
        let answer = post(&place.router, "/processes/judge-edit/execution", body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{inputs}: {}", answer.text());
        assert!(answer.json()["detail"].as_str().unwrap().contains(named), "{inputs}: {}", answer.text());
    }
}

/// Somewhat more than the place, degrees.
const BOX: &str = "106.7,21.48,106.8,21.52";

#[tokio::test]
async fn what_is_drawn_along_an_edge_lies_on_it_exactly() {
    let place = place();
    let router = &place.router;
    // The plan's border, bent so that no coordinate is round.
    let bent = json!({"type": "Feature", "properties": {"code": "LUC"}, "geometry": polygon(&[[0.0, 0.0],
        [1000.1234567, 0.1], [1000.7654321, 333.3333333], [999.1111111, 1000.0], [0.0, 1000.0], [0.0, 0.0]])});
    let named = format!("<{VN2000}>");
    let path = "/collections/plan/items/p1";
    let put = ask(router, Method::PUT, path, &[("content-crs", &named)], &bent.to_string()).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text());
    let edges = get(router, &format!("/edges?bbox={BOX}&crs={VN2000}&collections=plan")).await.json();
    assert_eq!((&edges["crs"], &edges["truncated"]), (&json!(VN2000), &json!(false)));
    let line = edges["lines"].as_array().unwrap().iter().find(|line| line["feature"] == "p1").unwrap();
    assert_eq!(line["coordinates"], bent["geometry"]["coordinates"][0], "to the last bit");
    // A zone east of the border that has its vertices.
    let vertices = line["coordinates"].as_array().unwrap();
    let (a, b, c) = (&vertices[1], &vertices[2], &vertices[3]);
    let [x, y] = [CORNER[0] + 1400.0, CORNER[1]];
    let ring = json!([a, [x, y], [x, y + 900.0], c, b, a]);
    let zone = redrawn(router, json!({"type": "Polygon", "coordinates": [ring]})).await;
    let said = judged(router, json!({"collection": "zones", "features": zone, "crs": VN2000})).await;
    let codes = said["zones"][0]["state"]["by_plan"]["by_code"].as_array().unwrap().clone();
    let names: Vec<&str> = codes.iter().map(|line| line["code"].as_str().unwrap()).collect();
    assert_eq!(names, ["SKK"], "no square metre of the rice, and none left over: {codes:?}");
}

#[tokio::test]
async fn edges_are_those_that_touch_the_box() {
    let place = place();
    let router = &place.router;
    let asked = |query: &str| {
        let path = format!("/edges?{query}");
        async move { get(router, &path).await }
    };
    // Some 10 m around the upper right corner of the first parcel, which the second shares; nothing else is near.
    let parcel = get(router, "/collections/plan/items/p1").await.json();
    let ring = parcel["geometry"]["coordinates"][0].as_array().unwrap();
    let number = |at: usize, axis: usize| ring[at][axis].as_f64().unwrap();
    let at = (0..4).max_by(|&a, &b| (number(a, 0) + number(a, 1)).total_cmp(&(number(b, 0) + number(b, 1))));
    let [lon, lat] = [0, 1].map(|axis| number(at.unwrap(), axis));
    let [west, south, east, north] = [lon - 1e-4, lat - 1e-4, lon + 1e-4, lat + 1e-4];
    let middle = asked(&format!("bbox={west},{south},{east},{north}")).await.json();
    let lines = middle["lines"].as_array().unwrap();
    assert!(!lines.is_empty() && lines.len() <= 4, "{middle}");
    assert!(lines.iter().all(|line| line["collection"] == "plan"), "{middle}");
    assert!(lines.iter().all(|line| line["coordinates"].as_array().unwrap().len() <= 3), "{middle}");
    assert_eq!(asked("bbox=10,10,11,11").await.json()["lines"], json!([]));
    for (query, named) in [("", "bbox"), ("bbox=1,2", "bbox"), ("bbox=1,2,3,4&crs=EPSG:1", "crs")] {
        let answer = asked(query).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(answer.text().contains(named), "{query}: {}", answer.text());
    }
    assert_eq!(asked("bbox=1,2,3,4&collections=nowhere").await.status, StatusCode::NOT_FOUND);
}

async fn redrawn_by(router: &Router, inputs: Value) -> Result<Value, String> {
    let body = json!({"inputs": inputs}).to_string();
    let answer = post(router, "/processes/edit-geometry/execution", body).await;
    match answer.status {
        StatusCode::OK => Ok(answer.json()),
        StatusCode::BAD_REQUEST => Err(answer.json()["detail"].as_str().unwrap().to_owned()),
        other => panic!("{other}: {}", answer.text()),
    }
}

fn line(points: &[[f64; 2]]) -> Value {
    let points: Vec<[f64; 2]> = points.iter().map(|[x, y]| [CORNER[0] + x, CORNER[1] + y]).collect();
    json!({"type": "LineString", "coordinates": points})
}

/// The vertices of all rings of a part.
fn vertices(part: &Value) -> Vec<[f64; 2]> {
    let rings = part["geometry"]["coordinates"].as_array().unwrap();
    let positions = rings.iter().flat_map(|ring| ring.as_array().unwrap());
    positions.map(|p| [p[0].as_f64().unwrap(), p[1].as_f64().unwrap()]).collect()
}

/// An outline of which no vertex is on the grid, with one that lies straight between its neighbours.
const OUTLINE: [[f64; 2]; 6] =
    [[500.1, 200.1], [1000.1, 200.1], [1500.3, 200.1], [1500.3, 700.7], [500.1, 700.7], [500.1, 200.1]];

fn areas(answer: &Value) -> Vec<f64> {
    answer["parts"].as_array().unwrap().iter().map(|part| part["area_m2"].as_f64().unwrap()).collect()
}

#[track_caller]
fn close(values: &[f64], expected: &[f64]) {
    assert_eq!(values.len(), expected.len(), "{values:?} instead of {expected:?}");
    let near = values.iter().zip(expected).all(|(value, expected)| (value - expected).abs() < 1e-2);
    assert!(near, "{values:?} instead of {expected:?}");
}

#[tokio::test]
async fn a_zone_is_split_along_a_line_and_its_vertices_stay() {
    let place = place();
    let inputs = |points: &[[f64; 2]]| {
        json!({"operation": "split", "collection": "zones", "crs": VN2000, "geometry": polygon(&OUTLINE),
            "with": line(points)})
    };
    // 1,000.2 m × 500.6 m, cut 300 m from its left.
    let split = redrawn_by(&place.router, inputs(&[[800.1, 0.0], [800.1, 900.0]])).await.unwrap();
    close(&areas(&split), &[700.2 * 500.6, 300.0 * 500.6]);
    let (right, left) = (vertices(&split["parts"][0]), vertices(&split["parts"][1]));
    for [x, y] in OUTLINE.map(|[x, y]| [CORNER[0] + x, CORNER[1] + y]) {
        let part = if x < CORNER[0] + 800.0 { &left } else { &right };
        assert!(part.contains(&[x, y]), "{x} {y} to the last bit, also the one straight between: {part:?}");
    }
    let shared: Vec<_> = left.iter().filter(|vertex| right.contains(vertex)).collect();
    assert_eq!(shared.len(), 2, "{left:?} {right:?}");
    // There and back over the top: a bay of 200 m × 300.7 m and the rest around it.
    let bay = [[800.1, 900.0], [800.1, 400.0], [1000.1, 400.0], [1000.1, 900.0]];
    let split = redrawn_by(&place.router, inputs(&bay)).await.unwrap();
    close(&areas(&split), &[1000.2 * 500.6 - 200.0 * 300.7, 200.0 * 300.7]);
    for (points, why) in [
        (vec![[0.0, 0.0], [400.0, 900.0]], "does not cross"),
        (vec![[800.0, 0.0], [800.0, 400.0]], "ends within"),
    ] {
        let refused = redrawn_by(&place.router, inputs(&points)).await.unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
}

#[tokio::test]
async fn zones_are_joined_and_cut_by_what_the_store_has() {
    let place = place();
    let router = &place.router;
    let with = |operation: &str, more: Value| {
        let mut inputs = json!({"operation": operation, "collection": "zones", "crs": VN2000,
            "geometry": polygon(&OUTLINE)});
        inputs.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        inputs
    };
    // z1 reaches from (500, 200) to (1500, 700): with it the outline gains 0.1 m at the left and below.
    let by_z1 = json!({"by": "zones", "by_features": ["z1"]});
    let union = redrawn_by(router, with("union", by_z1)).await.unwrap();
    close(&areas(&union), &[1000.2 * 500.6 + 1000.0 * 500.0 - 999.9 * 499.9]);
    // The rice ends at 1,000 m: 499.9 m of the outline's width.
    let rice = json!({"by": "plan", "by_codes": ["LUC"]});
    let dry = redrawn_by(router, with("difference", rice.clone())).await.unwrap();
    close(&areas(&dry), &[500.3 * 500.6]);
    let wet = redrawn_by(router, with("intersection", rice)).await.unwrap();
    close(&areas(&wet), &[499.9 * 500.6]);
    // The new vertices stand on the plan's border exactly, as the check sees it.
    let mut zone = get(router, &format!("{ITEMS}/z1?crs={VN2000}")).await.json();
    zone["geometry"] = dry["parts"][0]["geometry"].clone();
    let said = judged(router, json!({"collection": "zones", "features": zone, "crs": VN2000})).await;
    let codes = said["zones"][0]["state"]["by_plan"]["by_code"].as_array().unwrap().clone();
    assert_eq!((codes.len(), &codes[0]["code"]), (1, &json!("SKK")), "{codes:?}");
    // A hole of 100 m × 50 m.
    let pond = polygon(&[[900.0, 300.0], [1000.0, 300.0], [1000.0, 350.0], [900.0, 350.0], [900.0, 300.0]]);
    let pierced = redrawn_by(router, with("difference", json!({"with": pond}))).await.unwrap();
    close(&areas(&pierced), &[1000.2 * 500.6 - 5000.0]);
    assert_eq!(pierced["parts"][0]["geometry"]["coordinates"].as_array().unwrap().len(), 2);
    let far = polygon(&[[3000.0, 0.0], [3100.0, 0.0], [3100.0, 50.0], [3000.0, 0.0]]);
    for (operation, more, why) in [
        ("difference", json!({"with": far.clone()}), "nothing would change"),
        ("intersection", json!({"with": far}), "nothing would change"),
        ("difference", json!({"by": "communes"}), "nothing of the zone would be left"),
        ("difference", json!({}), "nothing to do it by"),
        ("split", json!({"by": "plan", "by_features": ["p9"]}), "p9"),
        ("split", json!({"by": "nowhere"}), "nowhere"),
        ("bend", json!({}), "split, union, difference, intersection"),
    ] {
        let refused = redrawn_by(router, with(operation, more)).await.unwrap_err();
        assert!(refused.contains(why), "{operation}: {refused}");
    }
}
