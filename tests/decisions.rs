//! The life of findings from the command line: the same check says the same bytes; waivers hold when a zone moves by
//! 0.2 m, and reopen when it moves by 50 m; what the server shows is what the command line decided.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod journey;

use std::collections::BTreeMap;

use journey::{Served, TempStore, json, ranh, root, sample_store};
use serde_json::Value;

/// A park that meets rice, forest, a village and several communes: parcels that its border cuts, and some inside.
const ZONE: &str = "KCN01";

fn check(store: &TempStore, format: &str) -> Vec<u8> {
    ranh(&["check", "--store", store.path(), "--format", format], 1).stdout
}

fn findings(store: &TempStore) -> Vec<Value> {
    let listed = ranh(&["findings", "list", "--store", store.path(), "--format", "json"], 0);
    json(&listed.stdout)["findings"].as_array().unwrap().clone()
}

fn of_zone(findings: &[Value]) -> Vec<&Value> {
    findings.iter().filter(|finding| finding["zone"]["id"] == ZONE).collect()
}

fn text<'a>(finding: &'a Value, name: &str) -> &'a str {
    finding[name].as_str().unwrap()
}

/// States by finding id.
fn states(store: &TempStore) -> BTreeMap<String, String> {
    let state = |f: &Value| (text(f, "id").to_owned(), f["standing"]["state"].as_str().unwrap().to_owned());
    findings(store).iter().map(state).collect()
}

/// Shapes by finding id.
fn shapes(store: &TempStore) -> BTreeMap<String, String> {
    findings(store).iter().map(|f| (text(f, "id").to_owned(), f["geometry"].to_string())).collect()
}

/// Imports the sample's zones anew, one of them moved east.
fn import_moved(store: &TempStore, by_m: f64) {
    let mut zones = json(&std::fs::read(root().join("data/sample/zones.geojson")).unwrap());
    let features = zones["features"].as_array_mut().unwrap();
    let zone = features.iter_mut().find(|feature| feature["id"] == ZONE).unwrap();
    shift(&mut zone["geometry"]["coordinates"], by_m);
    let file = store.beside("zones.geojson");
    std::fs::write(&file, zones.to_string()).unwrap();
    ranh(&["import", &file, "--store", store.path(), "--role", "auto"], 0);
}

fn shift(coordinates: &mut Value, by_m: f64) {
    let list = coordinates.as_array_mut().unwrap();
    if list[0].is_number() {
        list[0] = (list[0].as_f64().unwrap() + by_m).into();
    } else {
        list.iter_mut().for_each(|inner| shift(inner, by_m));
    }
}

/// Waives everything that was found of the zone; gives the ids.
fn waive_all(store: &TempStore) -> Vec<String> {
    let all = findings(store);
    let ids: Vec<String> = of_zone(&all).iter().map(|finding| text(finding, "id").to_owned()).collect();
    assert!(ids.len() >= 3, "{ids:?}");
    let mut args = vec!["findings", "decide", "--store", store.path(), "--state", "waived"];
    args.extend(["--document", "123/UBND-KT", "--person", "UBND tỉnh"]);
    args.extend(ids.iter().map(String::as_str));
    ranh(&args, 0);
    ids
}

#[test]
fn the_same_check_run_twice_gives_the_same_bytes() {
    let store = sample_store();
    for format in ["geojson", "csv", "text"] {
        assert!(check(&store, format) == check(&store, format), "{format}");
    }
    let run = || {
        let mut answer = json(&check(&store, "json"));
        let run = answer["check"].as_object_mut().unwrap();
        // What names the run, and nothing else, differs.
        let (number, at) = (run.remove("run").unwrap(), run.remove("at").unwrap());
        (answer.to_string(), number, at)
    };
    let ((first, number, _), (second, later, _)) = (run(), run());
    assert!(first == second && number != later);
    assert_eq!(json(first.as_bytes())["check"]["hash"].as_str().unwrap().len(), 32);
}

#[test]
fn waivers_hold_at_0_2_m_and_reopen_at_50_m() {
    let store = sample_store();
    check(&store, "text");
    let waived = waive_all(&store);
    let shapes_before = shapes(&store);
    import_moved(&store, 0.2);
    check(&store, "text");
    let after = states(&store);
    for id in &waived {
        assert_eq!(after.get(id).map(String::as_str), Some("waived"), "{id}");
    }
    import_moved(&store, 50.0);
    check(&store, "text");
    let (after, shapes_after) = (states(&store), shapes(&store));
    let placed: Vec<&String> = waived.iter().filter(|id| after.contains_key(*id)).collect();
    // What lies wholly inside has the shape that it was waived with; of the rest, nothing moved by less than W_min.
    let (stayed, placed): (Vec<&String>, Vec<&String>) =
        placed.into_iter().partition(|id| shapes_before[*id] == shapes_after[*id]);
    assert!(placed.len() >= 3 && !stayed.is_empty(), "{stayed:?} {placed:?}");
    assert!(placed.iter().all(|id| after[*id] == "new"), "{after:?}");
    assert!(stayed.iter().all(|id| after[*id] == "waived"), "{after:?}");
    let said = ranh(&["findings", "changes", "--store", store.path(), "--lang", "en"], 0).stdout;
    let said = String::from_utf8(said).unwrap();
    for id in placed {
        let line = said.lines().find(|line| line.starts_with(&format!("! {id} "))).unwrap();
        assert!(line.contains("reopened: the shape is ") && line.contains(" m off"), "{line}");
    }
    let history = ranh(&["findings", "history", &waived[0], "--store", store.path(), "--lang", "en"], 0);
    let history = String::from_utf8(history.stdout).unwrap();
    let lines: Vec<&str> = history.lines().collect();
    assert!(
        lines[0].contains("found for the first time")
            && lines[1].contains("waived by 123/UBND-KT, UBND tỉnh")
    );
    assert_eq!(lines.len(), 3, "{history}");
}

#[test]
fn the_server_shows_what_was_decided_elsewhere() {
    let store = sample_store();
    check(&store, "text");
    let served = Served::start(store.path());
    let before = served.json("/findings?state=waived");
    assert_eq!(before["numberMatched"], 0);
    let waived = waive_all(&store);
    let history = served.json(&format!("/findings/{}/history", waived[0]));
    let changes: Vec<&str> =
        history["events"].as_array().unwrap().iter().map(|e| text(e, "change")).collect();
    assert_eq!(changes, ["found", "decided"]);
    assert_eq!(history["events"][1]["decision"]["person"], "UBND tỉnh");
}

#[test]
fn wrong_decisions_are_refused_and_nothing_is_kept() {
    let store = sample_store();
    check(&store, "text");
    let all = findings(&store);
    let id = text(of_zone(&all)[0], "id").to_owned();
    let decide = |args: &[&str], expected: &str| {
        let mut all = vec!["findings", "decide", "--store", store.path()];
        all.extend(args);
        let output = ranh(&all, 2);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(expected), "{said}");
    };
    decide(&[&id, "--state", "waived", "--person", "UBND"], "a waiver needs \"document\"");
    decide(&[&id, "--state", "waived", "--document", "1/QĐ"], "a waiver needs \"person\"");
    let old = ["--state", "waived", "--document", "1/QĐ", "--person", "UBND", "--until", "2020-01-01"];
    decide(&[&[id.as_str()], old.as_slice()].concat(), "is over already");
    decide(&[&id, "--state", "closed"], "closed by the check");
    decide(&[&id, "ffffffffffffffff", "--state", "reviewing"], "there is no finding \"ffffffffffffffff\"");
    assert!(states(&store).values().all(|state| state == "new"));
}
