//! The sample's findings by the rules that its answer key answers equal the key, no more and no fewer: from the command line and from the server.
//! The key is known by construction (sums of mesh faces, never an overlay); shapely confirms its hectares in
//! `tests/sample_vs_shapely.py`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod journey;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use journey::{Served, TempStore, answers, json, ranh, root, sample_store};
use serde_json::Value;

/// The sample lies on quarter metres, which the engine's grid holds exactly: areas agree to the last digit, up to
/// the order in which a sum of doubles was taken.
const TOLERANCE_M2: f64 = 1e-6;

/// Distances, widths, shares and hectares: both sides take the same roots of the same coordinates.
const TOLERANCE_OF_FIGURES: f64 = 1e-9;

#[test]
fn the_command_line_finds_what_was_planted() {
    let store = sample_store();
    let run = ranh(&["check", "--store", store.path(), "--format", "json"], 1);
    assert_equal_to_key(list(&json(&run.stdout), "findings"));
}

#[test]
fn the_server_finds_what_was_planted() {
    let store = sample_store();
    ranh(&["check", "--store", store.path()], 1);
    let served = Served::start(store.path());
    assert_equal_to_key(list(&served.json("/findings?limit=10000"), "findings"));
    let slivers = served.json("/collections/slivers/items?limit=10000");
    let found: Vec<Value> = list(&slivers, "features").iter().map(|f| f["properties"].clone()).collect();
    assert_same(&by_key(&answered(&found)), &by_key(list(answers(), "slivers")), "sliver");
}

#[test]
fn every_zone_is_measured_as_it_was_built() {
    let store = sample_store();
    ranh(&["check", "--store", store.path()], 1);
    let served = Served::start(store.path());
    for built in list(answers(), "summaries") {
        let zone = built["zone"].as_str().unwrap();
        let measured = served.json(&format!("/zones/{zone}/summary"));
        assert_near(&measured["area_m2"], &built["area_m2"], zone);
        assert_coverage(&measured, &built["by_plan"], zone);
        assert_coverage(&measured["by_land_use"], &built["by_land_use"], zone);
        assert_lines(list(&measured, "by_commune"), "code", list(built, "by_commune"), zone);
    }
}

#[test]
fn the_demo_writes_the_committed_sample_byte_for_byte() {
    let folder = TempStore::new();
    ranh(&["demo", "--seed", "7", "--out", &folder.beside("sample")], 0);
    let committed = root().join("data/sample");
    let files = files_below(Path::new(&folder.beside("sample")));
    for path in &files {
        let name = path.strip_prefix(folder.beside("sample")).unwrap();
        assert!(
            std::fs::read(path).unwrap() == std::fs::read(committed.join(name)).unwrap(),
            "{name:?} differs"
        );
    }
    assert_eq!(
        files.len(),
        18,
        "five layers, seven with a theme, five files with a fault, and the answer key"
    );
}

#[test]
fn the_sample_stays_small() {
    let bytes: u64 = files_below(&root().join("data/sample"))
        .iter()
        .map(|path| std::fs::metadata(path).unwrap().len())
        .sum();
    assert!(bytes <= 3_000_000, "{bytes} bytes");
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// What MapInfo makes of TM-3 107°15′ when it writes it: its datum 104 is WGS 84.
const MAPINFO: &str =
    "+proj=tmerc +lat_0=0 +lon_0=107.25 +k=0.9999 +x_0=500000 +y_0=0 +datum=WGS84 +units=m +no_defs";

#[test]
fn every_file_with_a_fault_is_caught_for_its_fault_and_no_other() {
    let store = sample_store();
    for file in files_below(&root().join("data/sample/broken")) {
        let mapinfo = file.file_stem().is_some_and(|stem| stem == "broken-mapinfo");
        let crs: &[&str] = if mapinfo { &["--crs", MAPINFO] } else { &[] };
        let import = ["import", file.to_str().unwrap(), "--store", store.path(), "--role", "auto"];
        ranh(&[&import[..], crs].concat(), 0);
    }
    let rules = "GEO-02,GEO-04,GEO-05,GEO-06,GEO-07,GEO-09";
    let run = ranh(&["check", "--store", store.path(), "--rules", rules, "--format", "json"], 1);
    let found = json(&run.stdout);
    let (found, planted) = (list(&found, "findings"), list(answers(), "faults"));
    let keys = |faults: &[Value]| -> BTreeMap<Key, Value> {
        faults.iter().map(|fault| (key(fault), fault.clone())).collect()
    };
    let (by_key, planted_by_key) = (keys(found), keys(planted));
    assert_eq!(by_key.keys().collect::<Vec<_>>(), planted_by_key.keys().collect::<Vec<_>>());
    assert_eq!(found.len(), planted.len());
    for (key, fault) in planted_by_key {
        for (name, wanted) in fault["figures"].as_object().into_iter().flatten() {
            let told = &by_key[&key]["parameters"][name];
            match wanted.as_f64() {
                // The datum shift changes by 5 cm over the province.
                Some(wanted) => {
                    assert!((told.as_f64().unwrap() - wanted).abs() <= 0.1, "{key:?}: {name} {told}");
                }
                None => assert_eq!(told, wanted, "{key:?}: {name}"),
            }
        }
    }
}

/// Rule, severity, zone, other feature, codes: what makes a finding the same finding.
type Key = (String, String, String, String, Vec<String>);

/// Those of rules that the key answers.
fn answered(found: &[Value]) -> Vec<Value> {
    let rules = list(answers(), "rules");
    assert!(rules.len() >= 34, "the key answers {rules:?}");
    found.iter().filter(|one| rules.contains(&one["rule"])).cloned().collect()
}

fn assert_equal_to_key(found: &[Value]) {
    let found = &answered(found);
    let planted = list(answers(), "findings");
    assert_same(&by_key(found), &by_key(planted), "finding");
    // ADM-04 has several findings of one zone, which only their areas tell apart.
    let area = |f: &Value| format!("{:.3}", f["area_m2"].as_f64().unwrap());
    let tables = |findings: &[Value]| -> BTreeMap<(Key, String), Value> {
        let with_table = findings.iter().filter(|f| !f["table"].is_null());
        with_table.map(|f| ((key(f), area(f)), f["table"].clone())).collect()
    };
    let tables_found = tables(found);
    for (key, table) in tables(planted) {
        let lines = tables_found[&key].as_array().unwrap();
        assert_lines(lines, "code", table.as_array().unwrap(), &format!("{key:?}"));
    }
    assert_figures(found, planted);
}

/// Every figure of the key is the parameter of that name of the same finding.
fn assert_figures(found: &[Value], planted: &[Value]) {
    let by_key: BTreeMap<Key, &Value> = found.iter().map(|one| (key(one), &one["parameters"])).collect();
    let mut compared = 0;
    for finding in planted {
        for (name, figure) in finding["figures"].as_object().into_iter().flatten() {
            let (ours, theirs) = (by_key[&key(finding)][name].as_f64().unwrap(), figure.as_f64().unwrap());
            let near = (ours - theirs).abs() <= TOLERANCE_OF_FIGURES * theirs.abs().max(1.0);
            assert!(near, "{:?}: {name} found {ours}, planted {theirs}", key(finding));
            compared += 1;
        }
    }
    assert!(compared > 50, "only {compared} figures in the key");
}

fn assert_same(found: &BTreeMap<Key, Vec<f64>>, planted: &BTreeMap<Key, Vec<f64>>, what: &str) {
    let without = |a: &BTreeMap<Key, Vec<f64>>, b: &BTreeMap<Key, Vec<f64>>| {
        a.iter()
            .filter(|(k, v)| b.get(k).is_none_or(|w| w.len() != v.len()))
            .map(|(k, v)| format!("{k:?} {v:?}"))
            .collect::<Vec<_>>()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(without(found, planted), none, "{what} found but not planted");
    assert_eq!(without(planted, found), none, "{what} planted but not found");
    for (key, areas) in planted {
        for (ours, theirs) in found[key].iter().zip(areas) {
            assert!((ours - theirs).abs() <= TOLERANCE_M2, "{key:?}: found {ours} m², planted {theirs} m²");
        }
    }
}

fn by_key(findings: &[Value]) -> BTreeMap<Key, Vec<f64>> {
    let mut keyed: BTreeMap<Key, Vec<f64>> = BTreeMap::new();
    for finding in findings {
        keyed.entry(key(finding)).or_default().push(finding["area_m2"].as_f64().unwrap());
    }
    for areas in keyed.values_mut() {
        areas.sort_by(f64::total_cmp);
    }
    keyed
}

fn key(finding: &Value) -> Key {
    let text = |name: &str| match &finding[name] {
        Value::Object(object) => object["id"].as_str().unwrap_or_default().to_owned(),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    let mut codes: Vec<String> = finding["codes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    (text("rule"), text("severity"), text("zone"), text("other"), codes)
}

fn assert_coverage(measured: &Value, built: &Value, zone: &str) {
    assert_near(&measured["uncovered_m2"], &built["uncovered_m2"], zone);
    assert_near(&measured["multiple_m2"], &built["multiple_m2"], zone);
    assert_near(&measured["residual_m2"], &Value::from(0.0), zone);
    assert_lines(list(measured, "by_code"), "code", list(built, "codes"), zone);
}

/// Two tables of areas, by key; the lines of the answer key are named by `key`, the server's by `code`.
fn assert_lines(measured: &[Value], name: &str, built: &[Value], what: &str) {
    let table = |lines: &[Value], name: &str| -> BTreeMap<String, f64> {
        lines
            .iter()
            .map(|line| (line[name].as_str().unwrap().to_owned(), line["area_m2"].as_f64().unwrap()))
            .collect()
    };
    let (measured, built) = (table(measured, name), table(built, "key"));
    assert_eq!(measured.keys().collect::<Vec<_>>(), built.keys().collect::<Vec<_>>(), "{what}");
    for (key, area) in built {
        assert_near(&Value::from(measured[&key]), &Value::from(area), &format!("{what} {key}"));
    }
}

fn assert_near(measured: &Value, expected: &Value, what: &str) {
    let (measured, expected) = (measured.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!(
        (measured - expected).abs() <= TOLERANCE_M2,
        "{what}: measured {measured} m², built {expected} m²"
    );
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap_or_else(|| panic!("no list {name} in {value}"))
}
