//! What the processes are and what they answer.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{close, execute, polygon, router};
use crate::support::{get, post};

#[tokio::test]
async fn the_processes_are_announced_and_described() {
    let router = router();
    let landing = get(&router, "/").await.json();
    let links: Vec<&str> =
        landing["links"].as_array().unwrap().iter().map(|link| link["rel"].as_str().unwrap()).collect();
    assert!(links.contains(&"http://www.opengis.net/def/rel/ogc/1.0/processes"), "{links:?}");
    assert!(links.contains(&"http://www.opengis.net/def/rel/ogc/1.0/job-list"), "{links:?}");
    let classes = get(&router, "/conformance").await.text();
    for class in ["core", "ogc-process-description", "json", "job-list", "dismiss"] {
        assert!(classes.contains(&format!("ogcapi-processes-1/1.0/conf/{class}\"")), "{class}");
    }
    let list = get(&router, "/processes").await.json();
    let ids: Vec<&str> =
        list["processes"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["check", "what-if", "judge-edit", "edit-geometry", "plan-difference"]);
    assert_eq!(get(&router, "/processes?limit=1").await.json()["processes"].as_array().unwrap().len(), 1);
    for id in ids {
        let process = get(&router, &format!("/processes/{id}")).await.json();
        let ways = match id {
            "judge-edit" | "edit-geometry" => json!(["sync-execute"]),
            _ => json!(["sync-execute", "async-execute", "dismiss"]),
        };
        assert_eq!(process["jobControlOptions"], ways);
        let parts = ["inputs", "outputs"].into_iter().flat_map(|part| process[part].as_object().unwrap());
        for (name, part) in parts {
            for language in ["vi", "en"] {
                let title = part["ranh"]["title"][language].as_str().unwrap();
                assert!(!title.is_empty() && !title.starts_with("processes."), "{id} {name}: {title}");
            }
            assert!(part["schema"]["type"].is_string() || part["schema"]["$ref"].is_string(), "{id} {name}");
            refers_inside(&part["schema"], &part["schema"]["$defs"], name);
        }
        let execute = "http://www.opengis.net/def/rel/ogc/1.0/execute";
        assert!(process["links"].as_array().unwrap().iter().any(|link| link["rel"] == execute));
    }
    let what_if = get(&router, "/processes/what-if").await.json();
    assert_eq!(
        (&what_if["inputs"]["zone"]["minOccurs"], &what_if["inputs"]["crs"]["minOccurs"]),
        (&1.into(), &0.into())
    );
}

/// Every reference of a schema is among its own definitions.
fn refers_inside(value: &Value, definitions: &Value, name: &str) {
    match value {
        Value::Object(members) => {
            if let Some(target) = members.get("$ref").and_then(Value::as_str) {
                let target = target.strip_prefix("#/$defs/").unwrap_or_else(|| panic!("{name}: {target}"));
                assert!(definitions[target].is_object(), "{name}: {target}");
            }
            members.values().for_each(|member| refers_inside(member, definitions, name));
        }
        Value::Array(items) => items.iter().for_each(|item| refers_inside(item, definitions, name)),
        _ => {}
    }
}

#[tokio::test]
async fn a_check_of_everything_is_kept() {
    let router = router();
    let answer = execute(&router, "check", &json!({"inputs": {"plan": "plan"}})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.header("link").ends_with("; rel=\"monitor\""), "{}", answer.header("link"));
    let (answer, kept) = (answer.json(), get(&router, "/findings").await.json());
    assert_eq!((&answer["check"], &answer["numberMatched"]), (&kept["check"], &kept["numberMatched"]));
    assert_eq!(answer["findings"], json!([]), "they are at /findings");
    assert_eq!(answer["check"]["plan"], "plan");
    // The short form is the same.
    let short = post(&router, "/check", "{\"plan\": \"plan\"}").await.json();
    assert_eq!((&short["run"], &short["counts"]), (&"2".into(), &answer["check"]["counts"]));
}

#[tokio::test]
async fn a_check_of_one_zone_is_told_and_not_kept() {
    let router = router();
    let body = json!({"inputs": {"zones": ["z1"], "plan": {"value": "plan"}}, "outputs": {"findings": {}}});
    let answer = execute(&router, "check", &body).await.json();
    assert_eq!(answer["check"]["run"], "0");
    let found: Vec<(&str, &str)> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["zone"]["id"].as_str().unwrap(), finding["rule"].as_str().unwrap()))
        .collect();
    assert!(found.contains(&("z1", "LUP-01")) && found.iter().all(|(zone, _)| *zone == "z1"), "{found:?}");
    let rice = answer["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "LUP-01").unwrap();
    // 500 m of the zone's 1,000 m, times 500 m, lie on LUC.
    close(&rice["area_m2"], 250_000.0, 1e-3);
    assert_eq!(get(&router, "/findings").await.json()["check"], Value::Null);
    let dry = execute(&router, "check", &json!({"inputs": {"keep": false}})).await.json();
    assert_eq!(dry["check"]["run"], "0");
    assert_eq!(dry["numberMatched"].as_u64().unwrap(), dry["findings"].as_array().unwrap().len() as u64);
    assert_eq!(get(&router, "/findings").await.json()["check"], Value::Null);
}

#[tokio::test]
async fn a_cluster_that_grows_meets_its_limit_and_the_rice() {
    let router = router();
    // 250 m × 600 m = 15 ha beside 60 ha; 200 m × 600 m of it are rice, 100 m × 600 m were inside before.
    let inputs = json!({"zone": "c1", "geometry": polygon(4000.0, 0.0, 250.0, 600.0), "crs": "EPSG:9215",
        "date": "2025-08-01"});
    let answer = execute(&router, "what-if", &json!({"inputs": inputs})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let answer = answer.json();
    assert_eq!((&answer["zone"]["id"], &answer["crs"]), (&"c1".into(), &"EPSG:9215".into()));
    close(&answer["before"]["area_ha"], 60.0, 1e-7);
    close(&answer["after"]["area_ha"], 75.0, 1e-7);
    close(&answer["added_ha"], 15.0, 1e-7);
    assert_eq!(answer["area_limit"], json!({"max_ha": 75.0, "holds": true}));
    assert_eq!(answer["fill_limit"], Value::Null, "no register knows it");
    let rice = |when: &str| answer[when]["conversions"][0].clone();
    assert_eq!(rice("after")["rule"], "LUP-03");
    close(&rice("before")["area_ha"], 6.0, 1e-7);
    close(&rice("after")["area_ha"], 18.0, 1e-7);
    assert_eq!(rice("after")["authority"]["vi"], "Hội đồng nhân dân cấp tỉnh");
    assert_eq!(get(&router, "/collections/more-zones/items/c1").await.json()["properties"]["kind"], "CCN");
    assert_eq!(get(&router, "/findings").await.json()["check"], Value::Null, "nothing is kept");
}

#[tokio::test]
async fn growing_beyond_the_limit_is_a_finding_that_appears() {
    let router = router();
    let growth = json!({"type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9215"}},
        "features": [{"type": "Feature", "properties": {}, "geometry": polygon(3000.0, 600.0, 1000.0, 100.0)},
            {"type": "Feature", "properties": {}, "geometry": polygon(2900.0, 0.0, 100.0, 600.0)}]});
    let body = json!({"inputs": {"zone": "c1", "geometry": growth}, "response": "document"});
    let answer = execute(&router, "what-if", &body).await.json();
    assert_eq!(answer["answer"]["mediaType"], "application/json");
    let answer = &answer["answer"]["value"];
    // 10 ha and 6 ha beside 60 ha.
    close(&answer["after"]["area_ha"], 76.0, 1e-7);
    assert_eq!(answer["area_limit"]["holds"], false);
    let appearing = answer["appearing"].as_array().unwrap();
    assert!(appearing.iter().any(|finding| finding["rule"] == "ZON-05"), "{appearing:?}");
}

#[tokio::test]
async fn two_plans_differ_by_what_changes_code() {
    let router = router();
    let inputs = json!({"older": "plan", "newer": "plan-next", "date": "2025-08-01"});
    let answer = execute(&router, "plan-difference", &json!({"inputs": inputs})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let answer = answer.json();
    let matrix: Vec<(&str, &str, i64)> = answer["matrix"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let word = |name: &str| line[name].as_str().unwrap();
            (word("from"), word("to"), line["area_m2"].as_f64().unwrap().round() as i64)
        })
        .collect();
    assert_eq!(matrix, [("LUC", "LUC", 1_000_000), ("SKK", "ONT", 500_000), ("SKK", "SKK", 500_000)]);
    close(&answer["only_older_ha"], 0.0, 1e-6);
    close(&answer["only_newer_ha"], 5.0, 1e-6);
    assert_eq!(answer["newly_in_conflict"], json!([{"id": "n1", "name": "KCN Bãi Mới", "kind": "KCN"}]));
    let changes = &answer["changes"];
    assert_eq!((&changes["numberMatched"], &changes["numberReturned"]), (&1.into(), &1.into()));
    let change = &changes["features"][0];
    assert_eq!((&change["id"], &change["geometry"]["type"]), (&"p2/q3".into(), &"MultiPolygon".into()));
    close(&change["properties"]["area_ha"], 50.0, 1e-6);
    let position = &change["geometry"]["coordinates"][0][0][0];
    assert!(position[0].as_f64().unwrap() > 106.0 && position[1].as_f64().unwrap() < 22.0, "{position}");
    let inputs = json!({"older": "plan", "newer": "plan-next", "limit": 0});
    let none = execute(&router, "plan-difference", &json!({"inputs": inputs})).await.json();
    assert_eq!((&none["changes"]["numberMatched"], &none["changes"]["features"]), (&1.into(), &json!([])));
}

#[tokio::test]
async fn a_zones_summary_tells_who_decides_on_its_rice() {
    let router = router();
    post(&router, "/check", "{}").await;
    let zone = get(&router, "/zones/c1/summary").await.json();
    let rice = &zone["conversions"][0];
    assert_eq!((&rice["rule"], &rice["codes"][0]["code"]), (&"LUP-03".into(), &"LUC".into()));
    // 100 m × 600 m.
    close(&rice["area_ha"], 6.0, 1e-7);
    assert!(rice["authority"]["vi"].is_string() && rice["title"]["en"].is_string(), "{rice}");
    assert_eq!(
        get(&router, "/zones/z1/summary").await.json()["conversions"],
        json!([]),
        "nobody knows its land"
    );
}
