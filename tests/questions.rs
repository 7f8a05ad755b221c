//! What the command line answers besides checking everything: one zone, a zone that grows, two plans, and all of it
//! from public data alone. The figures are those of squares drawn in EPSG:9215.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod journey;

use journey::{Served, TempStore, json, ranh};
use serde_json::{Value, json};

/// Lower left corner of everything, metres.
const CORNER: [f64; 2] = [450_000.0, 2_378_000.0];

fn feature(id: &str, [x, y, width, height]: [f64; 4], properties: &Value) -> Value {
    let [x, y] = [CORNER[0] + x, CORNER[1] + y];
    let ring = [[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]];
    json!({"type": "Feature", "id": id, "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]}})
}

fn document(features: &[Value]) -> String {
    json!({"type": "FeatureCollection", "features": features,
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9215"}}})
    .to_string()
}

fn parcel(id: &str, code: &str, at: [f64; 4]) -> Value {
    feature(id, at, &json!({"code": code}))
}

/// Imports features as a collection.
fn import(store: &TempStore, collection: &str, role: &str, features: &[Value], more: &[&str]) -> String {
    let file = store.beside(&format!("{collection}.geojson"));
    std::fs::write(&file, document(features)).unwrap();
    let args = ["import", &file, "--store", store.path(), "--collection", collection, "--role", role];
    String::from_utf8(ranh(&[&args, more].concat(), 0).stdout).unwrap()
}

/// A cluster of 60 ha and a park of 9 ha; rice, protective forest and defence land; two plans.
fn store() -> TempStore {
    let store = TempStore::new();
    let zones = [
        feature("c1", [0.0, 0.0, 1000.0, 600.0], &json!({"name": "CCN Đồng Xa", "kind": "CCN"})),
        feature("n1", [3100.0, 0.0, 300.0, 300.0], &json!({"name": "KCN Bãi Mới", "kind": "KCN"})),
    ];
    import(&store, "zones", "zone", &zones, &[]);
    let land = [
        parcel("l1", "LUC", [900.0, 0.0, 300.0, 600.0]),
        parcel("l2", "CLN", [0.0, 0.0, 900.0, 600.0]),
        parcel("secret-1", "CQP", [3300.0, 200.0, 123.0, 77.0]),
    ];
    import(&store, "land", "land_use", &land, &[]);
    let older = [
        parcel("p1", "SKN", [-500.0, -500.0, 2500.0, 2000.0]),
        parcel("p2", "SKK", [3000.0, 0.0, 500.0, 400.0]),
    ];
    let newer = [
        parcel("q1", "SKN", [-500.0, -500.0, 2500.0, 2000.0]),
        parcel("q2", "SKK", [3000.0, 0.0, 200.0, 400.0]),
        parcel("q3", "ONT", [3200.0, 0.0, 300.0, 400.0]),
        parcel("q4", "DGT", [3500.0, 0.0, 50.0, 400.0]),
    ];
    import(&store, "plan-2020", "land_use_plan", &older, &[]);
    import(&store, "plan-2030", "land_use_plan", &newer, &[]);
    store
}

fn text(args: &[&str]) -> String {
    String::from_utf8(ranh(args, 0).stdout).unwrap()
}

#[test]
fn a_cluster_that_grows_is_told_in_both_languages() {
    let store = store();
    let file = store.beside("growth.geojson");
    // 250 m × 600 m = 15 ha, of which 200 m × 600 m = 12 ha are rice; 6 ha were inside before.
    std::fs::write(&file, document(&[feature("g", [1000.0, 0.0, 250.0, 600.0], &json!({}))])).unwrap();
    let args = [
        "what-if",
        "--store",
        store.path(),
        "--zone",
        "c1",
        "--grow",
        &file,
        "--plan",
        "plan-2020",
        "--date",
        "2025-08-01",
    ];
    let vi = text(&args);
    assert!(vi.contains("CCN Đồng Xa: 60,00 ha → 75,00 ha, tăng thêm 15,00 ha (đo trong EPSG:9215"), "{vi}");
    assert!(vi.contains("Diện tích: trong giới hạn 75,00 ha"), "{vi}");
    assert!(vi.contains("6,00 ha → 18,00 ha; cấp quyết định: Hội đồng nhân dân cấp tỉnh"), "{vi}");
    let en = text(&[&args[..], &["--lang", "en"]].concat());
    assert!(en.contains("60.00 ha → 75.00 ha, 15.00 ha more") && en.contains("6.00 ha → 18.00 ha"), "{en}");
    let answer = json(&ranh(&[&args[..], &["--format", "json"]].concat(), 0).stdout);
    assert!((answer["after"]["area_ha"].as_f64().unwrap() - 75.0).abs() < 1e-7);
    assert_eq!(answer["area_limit"], json!({"max_ha": 75.0, "holds": true}));
    // A bare polygon needs its CRS; without it the numbers cannot be degrees.
    let bare = store.beside("bare.geojson");
    std::fs::write(&bare, feature("g", [1000.0, 0.0, 400.0, 600.0], &json!({}))["geometry"].to_string())
        .unwrap();
    let bare = ["what-if", "--store", store.path(), "--zone", "c1", "--grow", &bare];
    ranh(&bare, 2);
    let more = text(&[&bare[..], &["--crs", "EPSG:9215", "--lang", "en"]].concat());
    assert!(more.contains("60.00 ha → 84.00 ha") && more.contains("beyond the limit of 75.00 ha"), "{more}");
    assert!(more.contains("+ B ZON-05 CCN Đồng Xa"), "{more}");
    ranh(&["what-if", "--store", store.path(), "--zone", "nobody", "--grow", &file], 2);
    ranh(&["what-if", "--store", store.path(), "--zone", "c1", "--grow", &store.beside("none")], 2);
}

#[test]
fn two_plans_are_compared_in_every_form() {
    let store = store();
    let args = ["plan-difference", "plan-2020", "plan-2030", "--store", store.path(), "--date", "2025-08-01"];
    let with = |more: &[&str]| ranh(&[&args[..], more].concat(), 0).stdout;
    let vi = String::from_utf8(with(&[])).unwrap();
    // 300 m × 400 m become houses, 200 m × 400 m stay, 50 m × 400 m are new.
    for line in [
        "SKK → ONT: 12,00 ha",
        "SKK giữ nguyên SKK: 8,00 ha",
        "SKN giữ nguyên SKN: 500,00 ha",
        "Chỉ có ở plan-2020: 0,00 ha",
        "Chỉ có ở plan-2030: 2,00 ha",
        "Mới xung đột: KCN Bãi Mới (n1)",
    ] {
        assert!(vi.lines().any(|said| said == line), "{line}\n{vi}");
    }
    assert!(vi.contains("1 phần thay đổi, 1 khu, cụm mới xung đột"), "{vi}");
    let answer = json(&with(&["--format", "json"]));
    assert_eq!(answer["newly_in_conflict"][0]["id"], "n1");
    assert!((answer["only_newer_ha"].as_f64().unwrap() - 2.0).abs() < 1e-7);
    let changes = json(&with(&["--format", "geojson"]));
    let properties = &changes["features"][0]["properties"];
    assert_eq!((&properties["from"], &properties["to"]), (&"SKK".into(), &"ONT".into()));
    assert!((properties["area_ha"].as_f64().unwrap() - 12.0).abs() < 1e-7);
    let table = String::from_utf8(with(&["--format", "csv"])).unwrap();
    let row = |from: &str, to: &str| {
        let begins = format!("{from},{to},");
        let line = table.lines().find(|line| line.starts_with(&begins)).unwrap_or_else(|| panic!("{table}"));
        line.split(',').nth(2).unwrap().parse::<f64>().unwrap()
    };
    assert!((row("SKK", "ONT") - 120_000.0).abs() < 1e-3 && (row("", "*") - 20_000.0).abs() < 1e-3);
    ranh(&["plan-difference", "plan-2020", "plan-2020", "--store", store.path()], 2);
    ranh(&["plan-difference", "plan-2020", "land", "--store", store.path()], 2);
}

#[test]
fn a_check_of_one_zone_and_a_public_one_are_not_kept() {
    let store = store();
    let check = ["check", "--store", store.path(), "--plan", "plan-2030", "--format", "json"];
    let of = |more: &[&str], code: i32| json(&ranh(&[&check[..], more].concat(), code).stdout);
    let whole = of(&[], 1);
    assert_eq!(whole["check"]["run"], "1");
    let defence = |answer: &Value| answer.to_string().matches("CQP").count();
    assert!(defence(&whole) > 0, "the staff sees defence land");
    // On ONT since the plan of 2030, and on defence land.
    let one = of(&["--zone", "n1"], 1);
    assert_eq!(one["check"]["run"], "0");
    let zones: Vec<&str> = one["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["zone"]["id"].as_str().unwrap())
        .collect();
    assert!(!zones.is_empty() && zones.iter().all(|zone| *zone == "n1"), "{zones:?}");
    let public = of(&["--public"], 1);
    assert_eq!(public["check"]["run"], "0");
    assert_eq!(defence(&public), 0, "{public}");
    assert!(!public.to_string().contains("LUP-08"), "{public}");
    assert_eq!(of(&[], 1)["check"]["run"], "2", "those between were not kept");
    ranh(&["check", "--store", store.path(), "--zone", "nobody"], 2);
}

#[test]
fn a_public_server_shows_no_internal_collection() {
    let store = store();
    let draft = [parcel("draft-1", "SKK", [0.0, 0.0, 10.0, 10.0])];
    let said = import(&store, "draft", "land_use_plan", &draft, &["--visibility", "internal"]);
    assert!(said.contains(", internal; revision"), "{said}");
    // Nothing but defence land: internal without a word, unless somebody says otherwise.
    let defence =
        [parcel("d-1", "CQP", [0.0, 900.0, 10.0, 10.0]), parcel("d-2", "CAN", [0.0, 950.0, 10.0, 10.0])];
    assert!(import(&store, "defence", "land_use", &defence, &[]).contains(", internal;"));
    let open = import(&store, "defence-open", "land_use", &defence, &["--visibility", "public"]);
    assert!(!open.contains("internal"), "{open}");
    let ids = |served: &Served| {
        let answer = served.json("/collections");
        let all = answer["collections"].as_array().unwrap().iter();
        all.map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(ids(&Served::start(store.path())).contains(&"draft".to_owned()));
    let public = Served::start_with(store.path(), &["--public"]);
    let shown = ids(&public);
    assert!(shown.contains(&"land".into()) && !shown.contains(&"draft".into()), "{shown:?}");
    assert!(!shown.contains(&"defence".into()), "{shown:?}");
    let land = public.json("/collections/land/items?limit=100").to_string();
    assert!(land.contains("l1") && !land.contains("secret-1"), "{land}");
    assert_eq!(public.json("/collections/defence-open/items")["numberMatched"], 0);
    // The check of public data comes by itself.
    let check = loop {
        let answer = public.json("/findings?limit=10000");
        if answer["check"].is_object() {
            break answer;
        }
    };
    assert!(!check.to_string().contains("secret-1") && !check.to_string().contains("draft"), "{check}");
}
