//! The table of zones: rows, filters, order and sums. The figures are those of rectangles drawn in EPSG:9215.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::io::Cursor;
use std::sync::Arc;

use axum::Router;
use planning::{Register, Role};
use serde_json::{Value, json};
use support::{collection, content, feature, get, post, rectangle, router_over, source};

const FIGURES: &str = include_str!("support/figures.toml");

/// `z1`, 50 ha, with `z2`, 2 ha, in it, and `z3`, 6 ha, by itself; a gate 300 m east of `z3`; a register of `z1`, `z3`
/// and one without a boundary. The check has run.
async fn checked() -> Router {
    let source = source();
    let mut zones = content().collections.remove(0).0.layer.features.clone();
    let properties = |name: &str, parent: Option<&str>| json!({"name": name, "kind": "CCN", "state": "operating", "declared_area_ha": 2.0, "parent": parent});
    zones.push(feature(1, "z2", rectangle(600.0, 300.0, 200.0, 100.0), properties("CCN Trong", Some("z1"))));
    zones.push(feature(2, "z3", rectangle(100.0, 750.0, 300.0, 200.0), properties("CCN Bản Mây", None)));
    let gate = feature(0, "g1", rectangle(700.0, 800.0, 10.0, 10.0), json!({"kind": "gate"}));
    {
        let mut content = source.content.lock().unwrap();
        content.collections[0] = (collection("zones", Role::Zone, zones), 1);
        content.collections.push((collection("gates", Role::Constraint, vec![gate]), 4));
        content.registers = vec![Arc::new(Register::from_toml("figures.toml", FIGURES).unwrap())];
    }
    let router = router_over(source);
    assert_eq!(post(&router, "/check", "{}").await.status.as_u16(), 200);
    router
}

async fn table(router: &Router, query: &str) -> Value {
    let answer = get(router, &format!("/zones{query}")).await;
    assert_eq!(answer.status.as_u16(), 200, "{query}: {}", answer.text());
    answer.json()
}

fn ids(table: &Value) -> Vec<&str> {
    table["zones"].as_array().unwrap().iter().map(|zone| zone["id"].as_str().unwrap()).collect()
}

#[track_caller]
fn assert_near(value: &Value, wanted: f64) {
    assert!((value.as_f64().unwrap() - wanted).abs() < 1e-6, "{value} is not {wanted}");
}

#[tokio::test]
async fn sums_count_no_land_twice() {
    let all = table(&checked().await, "").await;
    assert_eq!(
        (&all["total"], &all["numberMatched"], &all["sums"]["nested"]),
        (&json!(4), &json!(4), &json!(1))
    );
    let sums = &all["sums"];
    // z2 lies in z1: 50 + 6 measured; 50 + 2 + about 40 stated.
    assert_near(&sums["measured"]["ha"], 56.0);
    assert_eq!(sums["measured"]["unknown"], 1);
    assert_near(&sums["declared"]["ha"], 92.0);
    assert_eq!(sums["declared"]["approximate"], true);
    // 30 of 40 and 1 of 5 are leased.
    assert_near(&sums["industrial"]["ha"], 45.0);
    assert_near(&sums["leased"]["ha"], 31.0);
    assert_near(&sums["free"]["ha"], 14.0);
    assert_near(&sums["fill_percent"], 3100.0 / 45.0);
    // Each kind by itself: z2 is among the clusters, where nothing holds it.
    let kinds = all["by_kind"].as_array().unwrap();
    let measured =
        |code: &str| &kinds.iter().find(|kind| kind["code"] == code).unwrap()["sums"]["measured"]["ha"];
    assert_near(measured("KCN"), 50.0);
    assert_near(measured("CCN"), 8.0);
    let provinces = all["by_province"].as_array().unwrap();
    let added: f64 = provinces.iter().map(|one| one["sums"]["measured"]["ha"].as_f64().unwrap()).sum();
    assert!((added - 56.0).abs() < 1e-6, "provinces add up: {added}");
    // By half-years: 20 ÷ 40, then 31 ÷ 45.
    let series = all["series"].as_array().unwrap();
    let told: Vec<_> = series.iter().map(|one| (&one["year"], &one["half"])).collect();
    assert_eq!(told, [(&json!(2025), &json!(2)), (&json!(2026), &json!(1))]);
    assert_near(&series[0]["fill_percent"], 50.0);
    assert_near(&series[1]["fill_percent"], 3100.0 / 45.0);
}

#[tokio::test]
async fn a_row_has_what_is_stated_beside_what_is_computed() {
    let table = table(&checked().await, "?q=suoi%20da").await;
    let row = &table["zones"][0];
    assert_eq!((ids(&table), &row["collection"]), (vec!["z1"], &json!("zones")));
    assert_near(&row["area_ha"], 50.0);
    assert_near(&row["free_ha"], 10.0);
    assert_near(&row["fill"]["computed_percent"], 75.0);
    assert_eq!(row["fill"]["stated_percent"], json!({"value": 70.0, "qualifier": "exactly"}));
    assert_eq!(row["as_of"], "2026-06-14");
    assert_eq!(row["communes"], json!([{"code": "00001", "name": "Xã Đồng Bành"}]));
}

#[tokio::test]
async fn filters_order_and_pages_pick_zones_and_sums_follow() {
    let router = checked().await;
    for (query, wanted) in [
        ("?kind=CCN&sort=area", vec!["z2", "z3", "chua-ve"]),
        ("?kind=CCN&sort=-area", vec!["z3", "z2", "chua-ve"]),
        ("?min_free_ha=5", vec!["z1"]),
        ("?min_free_ha=4&sort=free", vec!["z3", "z1"]),
        ("?max_fill=20", vec!["z3"]),
        ("?min_ha=6&max_ha=40&sort=declared", vec!["z3", "chua-ve"]),
        ("?register=ve-tay&state=established", vec!["z1"]),
        ("?near=gates&within_km=0.31", vec!["z3", "z1"]),
        ("?near=gates&within_km=0.31&kind=CCN", vec!["z3"]),
        ("?sort=name&limit=1&offset=1", vec!["z2"]),
    ] {
        let mut found = table(&router, query).await;
        let mut got = ids(&found);
        if query.starts_with("?near") {
            got.sort_unstable_by(|a, b| b.cmp(a));
        }
        assert_eq!(got, wanted, "{query}");
        found["sums"].take();
    }
    // A page does not change the sums; a filter does.
    assert_near(&table(&router, "?limit=1").await["sums"]["measured"]["ha"], 56.0);
    assert_near(&table(&router, "?kind=CCN").await["sums"]["measured"]["ha"], 8.0);
    // z3 ends at 400 m, the gate begins at 700 m.
    assert_near(&table(&router, "?near=gates&q=ban%20may").await["zones"][0]["distance_m"], 300.0);
}

#[tokio::test]
async fn the_table_is_a_file_for_spreadsheets() {
    let router = checked().await;
    let csv = get(&router, "/zones.csv?min_free_ha=5").await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"zones.csv\"");
    let text = csv.text();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
    assert!(text.starts_with('\u{feff}'), "{text}");
    let column = |name: &str| lines[0].iter().position(|head| *head == name).unwrap();
    let free = column("Còn trống (ha)");
    assert_eq!(
        lines.iter().skip(1).map(|line| line[free]).collect::<Vec<_>>(),
        ["10", "10"],
        "one zone and the sum"
    );
    let xlsx = get(&router, "/zones.xlsx?lang=en").await;
    let mut book = zip::ZipArchive::new(Cursor::new(xlsx.bytes)).unwrap();
    let mut sheets = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/workbook.xml").unwrap(), &mut sheets).unwrap();
    assert_eq!(sheets.matches("<sheet ").count(), 5, "{sheets}");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_name() {
    let router = checked().await;
    for (query, named) in [
        ("?kind=XYZ", "\"kind\""),
        ("?state=asleep", "\"state\""),
        ("?min_ha=much", "min_ha"),
        ("?min_free_ha=nan", "min_free_ha"),
        ("?sort=colour", "sort"),
        ("?near=rivers", "gates"),
        ("?within_km=1", "\"near\""),
        ("?limit=0", "limit"),
        ("?conflict=maybe", "conflict"),
        ("?colour=red", "colour"),
    ] {
        for path in ["/zones", "/zones.csv", "/zones.xlsx"] {
            if path != "/zones" && query.starts_with("?limit") {
                continue;
            }
            let answer = get(&router, &format!("{path}{query}")).await;
            assert_eq!(answer.status.as_u16(), 400, "{path}{query}");
            assert!(answer.json()["detail"].as_str().unwrap().contains(named), "{}", answer.text());
        }
    }
}
