//! OGC API Features parts 3 and 5: filters, queryables and schemas over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use axum::Router;
use serde_json::{Value, json};
use support::{checked, encoded, get, router_over, source};

async fn ids(router: &Router, collection: &str, query: &str) -> Vec<String> {
    let document = get(router, &format!("/collections/{collection}/items?{query}")).await.json();
    let features = document["features"].as_array().unwrap_or_else(|| panic!("{query}: {document}"));
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

async fn filtered(router: &Router, collection: &str, filter: &str) -> Vec<String> {
    ids(router, collection, &format!("filter={}", encoded(filter))).await
}

/// Parcels p1 (LUC) and p2 (SKK) are squares of 1,000 m side by side; the zone z1 lies half on each.
#[tokio::test]
async fn filters_choose_features() {
    let router = router_over(source());
    for (filter, expected) in [
        ("code = 'LUC'", vec!["p1"]),
        ("CASEI(code) LIKE 'sk_'", vec!["p2"]),
        ("code IN ('LUC', 'SKK', 'ODT')", vec!["p1", "p2"]),
        ("NOT code = 'LUC'", vec!["p2"]),
        ("id = 'p2'", vec!["p2"]),
        ("geometry IS NULL", vec![]),
        ("S_INTERSECTS(geometry, POINT(106.7717 21.5009))", vec!["p1"]),
        ("S_INTERSECTS(geometry, BBOX(106.785, 21.49, 106.80, 21.51)) AND code = 'SKK'", vec!["p2"]),
        ("S_WITHIN(geometry, BBOX(106, 21, 107, 22))", vec!["p1", "p2"]),
        ("S_DISJOINT(geometry, BBOX(106.785, 21.49, 106.80, 21.51))", vec!["p1"]),
    ] {
        assert_eq!(filtered(&router, "plan", filter).await, expected, "{filter}");
    }
    for (filter, expected) in [
        ("ACCENTI(CASEI(name)) LIKE 'kcn suoi da'", vec!["z1"]),
        ("declared_area_ha BETWEEN 49.9 AND 50", vec!["z1"]),
        ("declared_area_ha * 2 > 100", vec![]),
        ("communes IS NOT NULL", vec!["z1"]),
    ] {
        assert_eq!(filtered(&router, "zones", filter).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn json_filters_mean_the_same() {
    let router = router_over(source());
    let filter = json!({"op": "and", "args": [
        {"op": "=", "args": [{"property": "code"}, "SKK"]},
        {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [106, 21, 107, 22]}]},
    ]});
    let query = format!("filter-lang=cql2-json&filter={}", encoded(&filter.to_string()));
    assert_eq!(ids(&router, "plan", &query).await, ["p2"]);
}

/// In EPSG:9215 the parcels are squares of whole kilometres, and relations are exact.
#[tokio::test]
async fn coordinates_of_a_filter_are_in_its_crs() {
    let router = router_over(source());
    let own = "filter-crs=http://www.opengis.net/def/crs/EPSG/0/9215&filter=";
    for (filter, expected) in [
        ("S_EQUALS(geometry, BBOX(450000, 2378000, 451000, 2379000))", vec!["p1"]),
        ("S_TOUCHES(geometry, BBOX(450000, 2378000, 451000, 2379000))", vec!["p2"]),
        ("S_TOUCHES(geometry, LINESTRING(451000 2378000, 451000 2379000))", vec!["p1", "p2"]),
        ("S_CROSSES(geometry, LINESTRING(449000 2378500, 450500 2378500))", vec!["p1"]),
        (
            "S_OVERLAPS(geometry, POLYGON((450500 2378500, 451500 2378500, 451500 2380000, 450500 2378500)))",
            vec!["p1", "p2"],
        ),
        ("S_CONTAINS(geometry, POINT(450000.001 2378500))", vec!["p1"]),
        ("S_INTERSECTS(geometry, POINT(449999.999 2378500))", vec![]),
    ] {
        assert_eq!(ids(&router, "plan", &format!("{own}{}", encoded(filter))).await, expected, "{filter}");
    }
    let latitude_first =
        format!("filter-crs=EPSG:4326&filter={}", encoded("S_INTERSECTS(geometry, POINT(21.5009 106.7717))"));
    assert_eq!(ids(&router, "plan", &latitude_first).await, ["p1"]);
}

#[tokio::test]
async fn pages_keep_the_filter() {
    let router = router_over(source());
    let query = format!("limit=1&filter={}", encoded("code LIKE '%K%' OR code = 'LUC'"));
    let first = get(&router, &format!("/collections/plan/items?{query}")).await.json();
    assert_eq!(first["numberMatched"], 2);
    let next = first["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap();
    let second = get(&router, next["href"].as_str().unwrap()).await.json();
    assert_eq!((&second["numberMatched"], &second["features"][0]["id"]), (&2.into(), &"p2".into()));
}

#[tokio::test]
async fn properties_are_parameters_of_their_type() {
    let router = router_over(source());
    assert_eq!(ids(&router, "zones", "declared_area_ha=50").await, ["z1"]);
    assert_eq!(ids(&router, "zones", "declared_area_ha=50.0&kind=KCN").await, ["z1"]);
    assert_eq!(ids(&router, "zones", "id=z1").await, ["z1"]);
    assert!(ids(&router, "zones", "kind=CCN").await.is_empty());
    let wrong = get(&router, "/collections/zones/items?declared_area_ha=big").await;
    assert_eq!(wrong.status.as_u16(), 400);
    assert!(wrong.text().contains("is a number"), "{}", wrong.text());
}

#[tokio::test]
async fn findings_are_filtered_by_where_they_stand() {
    let router = checked().await;
    let all = filtered(&router, "findings", "state = 'new'").await;
    assert!(!all.is_empty());
    assert!(filtered(&router, "findings", "state = 'waived'").await.is_empty());
    assert_eq!(ids(&router, "findings", "state=new").await, all);
}

#[tokio::test]
async fn queryables_and_schema_tell_what_there_is() {
    let router = checked().await;
    let answer = get(&router, "/collections/zones/queryables").await;
    assert_eq!(answer.header("content-type"), "application/schema+json");
    let queryables = answer.json();
    assert_eq!(queryables["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(queryables["$id"], "http://localhost:8080/collections/zones/queryables");
    assert_eq!((&queryables["type"], &queryables["additionalProperties"]), (&"object".into(), &false.into()));
    let properties = &queryables["properties"];
    assert_eq!(properties["name"]["type"], "string");
    assert_eq!(properties["declared_area_ha"]["type"], "number");
    assert_eq!(properties["communes"]["type"], "array");
    assert_eq!(properties["geometry"]["format"], "geometry-polygon");
    assert_eq!(properties["geometry"]["type"], Value::Null);
    assert_eq!(properties["geometry"]["x-ogc-role"], "primary-geometry");
    assert_eq!(properties["id"]["x-ogc-role"], "id");
    let schema = get(&router, "/collections/findings/schema").await.json();
    assert_eq!(schema["$id"], "http://localhost:8080/collections/findings/schema");
    assert_eq!(
        schema["properties"]["state"]["enum"],
        json!(["new", "reviewing", "waived", "resolved", "closed"])
    );
    let collection = get(&router, "/collections/zones").await.json();
    for rel in ["schema", "queryables"] {
        let rel = format!("http://www.opengis.net/def/rel/ogc/1.0/{rel}");
        let link =
            collection["links"].as_array().unwrap().iter().find(|link| link["rel"] == rel.as_str()).unwrap();
        assert_eq!(get(&router, link["href"].as_str().unwrap()).await.status.as_u16(), 200);
    }
    // Every feature is what the schema says of it.
    let schema = get(&router, "/collections/zones/schema").await.json();
    let zone = get(&router, "/collections/zones/items/z1").await.json();
    for name in zone["properties"].as_object().unwrap().keys() {
        assert!(schema["properties"][name].is_object(), "{name}");
    }
}

#[tokio::test]
async fn senseless_filters_are_told_where_and_what() {
    let router = router_over(source());
    for (query, words) in [
        ("filter=code%3D", "\"filter\" at character 6: expected a property, a value"),
        ("filter=codd%3D'LUC'", "there is no property \"codd\"; there are: code, geometry, id"),
        ("filter=code%3D5", "cannot be compared with the number 5"),
        ("filter=", "at character 1"),
        ("filter=%7B%22op%22:1%7D", "JSON needs filter-lang=cql2-json"),
        ("filter-lang=cql2-json&filter=code%3D'LUC'", "it is not JSON"),
        ("filter-lang=sql", "\"filter-lang\" must be cql2-text or cql2-json"),
        ("filter=TRUE&filter-crs=EPSG:6957", "deprecated"),
        ("filter=TRUE&filter-crs=nonsense", "\"filter-crs\" names no CRS"),
        ("filter=S_INTERSECTS(geometry,POINT(21.5%20106.7))", "latitude 106.7 is not on Earth"),
        ("geometry=x", "Unknown parameter \"geometry\""),
    ] {
        let answer = get(&router, &format!("/collections/plan/items?{query}")).await;
        assert_eq!(answer.status.as_u16(), 400, "{query}: {}", answer.text());
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words), "{query}: {detail}");
    }
}
