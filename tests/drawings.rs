//! Land-use codes as levels and colours of drawings: written by a table or without one, looked at from outside with `ogrinfo`, and
//! read back by the same table. Where the worker was not built, drawings cannot be written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

#[path = "hostile_uploads/server.rs"]
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// Codes of the plan, one a square; the last of nothing.
const CODES: [&str; 4] = ["LUC", "SKK", "RSX", ""];

/// A folder with the plan; none without the worker.
fn folder() -> Option<tempfile::TempDir> {
    if !PathBuf::from(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal").exists() {
        println!("WITHOUT ranh-gdal, which was not built: no drawing is tested.");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let feature = |(at, code): (u32, &str)| {
        let (x, y) = (500_000.0 + 200.0 * f64::from(at), 2_350_000.0);
        let ring = [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]];
        let properties = if code.is_empty() { json!({}) } else { json!({"code": code, "ten": "Đất"}) };
        json!({"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9211"}});
    let features: Vec<Value> = (0..).zip(CODES).map(feature).collect();
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": features});
    fs::write(folder.path().join("plan.geojson"), all.to_string()).unwrap();
    Some(folder)
}

/// What was said; it has to have worked, or not.
fn ranh(folder: &Path, works: bool, args: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_ranh")).current_dir(folder).args(args).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.success(), works, "{args:?}: {said}");
    String::from_utf8(done.stdout).unwrap() + &said
}

/// A field, or the style, of every element as `ogrinfo` prints it.
fn outside(folder: &Path, file: &str, begins: &str) -> Vec<String> {
    let done = Command::new("ogrinfo").current_dir(folder).args(["-al", file]).output();
    let said = String::from_utf8(done.expect("ogrinfo: Debian's gdal-bin").stdout).unwrap();
    let found = said.lines().filter_map(|line| line.trim().strip_prefix(begins));
    found.map(|rest| rest.trim_start_matches([' ', '=']).to_owned()).collect()
}

/// The codes that a drawing has when it is imported with a table.
fn codes(folder: &Path, file: &str) -> Vec<Value> {
    let import = ["import", file, "--store", "s.gpkg", "--role", "land_use_plan", "--collection", "back"];
    ranh(folder, true, &[&import[..], &["--crs", "EPSG:9211", "--codes", "codes.csv"]].concat());
    ranh(folder, true, &["export", "back", "--store", "s.gpkg", "--out", "back.geojson"]);
    let back = fs::read_to_string(folder.join("back.geojson")).unwrap();
    let back: Value = serde_json::from_str(&back).unwrap();
    back["features"].as_array().unwrap().iter().map(|feature| feature["properties"]["code"].clone()).collect()
}

#[test]
fn a_dxf_has_the_layers_and_colours_of_a_table() {
    let Some(folder) = folder() else { return };
    let folder = folder.path();
    // Of the colours that every DXF has: 1 is red, 2 yellow.
    fs::write(folder.join("codes.csv"), "level;colour;code\nRANH_LUC;#ffff00;LUC\nKCN;#FF0000;SKK\n")
        .unwrap();
    let said = ranh(folder, true, &["convert", "plan.geojson", "--codes", "codes.csv", "--out", "a.dxf"]);
    // The name of three; codes are told by what they became.
    assert!(said.contains("values were left out"), "{said}");
    assert_eq!(outside(folder, "a.dxf", "Layer (String)"), ["RANH_LUC", "KCN", "RSX", "0"]);
    let styles = outside(folder, "a.dxf", "Style");
    assert!(styles[0].contains("#ffff00") && styles[1].contains("#ff0000"), "{styles:?}");
    assert_eq!(codes(folder, "a.dxf"), [json!("LUC"), json!("SKK"), Value::Null, Value::Null]);
}

#[test]
fn without_a_table_layers_are_called_as_codes_and_levels_are_numbered_and_told() {
    let Some(folder) = folder() else { return };
    let folder = folder.path();
    ranh(folder, true, &["convert", "plan.geojson", "--out", "a.dxf"]);
    assert_eq!(outside(folder, "a.dxf", "Layer (String)"), ["LUC", "SKK", "RSX", "0"]);
    let said = ranh(folder, true, &["convert", "plan.geojson", "--out", "a.dgn"]);
    assert!(said.contains("levels that were given: 1 for LUC, 2 for SKK, 3 for RSX"), "{said}");
    assert_eq!(outside(folder, "a.dgn", "Level (Integer)"), ["1", "2", "3", "0"]);
}

#[test]
fn a_dgn_has_the_levels_and_colours_of_a_table_and_comes_back_by_it() {
    let Some(folder) = folder() else { return };
    let folder = folder.path();
    fs::write(folder.join("codes.csv"), "level,colour,code\n30,4,LUC\n07,,SKK\n100,1,RSX\n").unwrap();
    let import =
        ["import", "plan.geojson", "--store", "p.gpkg", "--role", "land_use_plan", "--collection", "c"];
    ranh(folder, true, &import);
    let export = ["export", "c", "--store", "p.gpkg", "--crs", "EPSG:9211", "--codes", "codes.csv", "--out"];
    let said = ranh(folder, true, &[&export[..], &["a.dgn"]].concat());
    assert!(said.contains("passed over: 100") && said.contains("1 for RSX"), "{said}");
    assert_eq!(outside(folder, "a.dgn", "Level (Integer)"), ["30", "7", "1", "0"]);
    assert_eq!(outside(folder, "a.dgn", "ColorIndex (Integer)"), ["4", "0", "1", "0"]);
    assert_eq!(codes(folder, "a.dgn"), [json!("LUC"), json!("SKK"), Value::Null, Value::Null]);
    let refused = ranh(folder, false, &[&export[..], &["a.gpkg"]].concat());
    assert!(refused.contains("--codes are for drawings: write dxf or dgn"), "{refused}");
}

#[test]
fn a_server_draws_by_a_table_that_is_asked_with_and_tells_its_notes_before() {
    let Some(folder) = folder() else { return };
    let folder = folder.path();
    let server = server::Server::start(&[]);
    // The zone of the server is a cluster.
    let asked = "format=dgn&crs=EPSG:9211&codes=level%3Bcolour%3Bcode%0A30%3B4%3BCCN";
    let told = server.get(&format!("/export/zones/notes?{asked}"));
    let body = &told.body[told.body.find('{').unwrap()..=told.body.rfind('}').unwrap()];
    let notes: Value = serde_json::from_str(body).unwrap();
    let notes: Vec<&str> =
        notes["notes"].as_array().unwrap().iter().map(|note| note["en"].as_str().unwrap()).collect();
    // A DGN has no attributes, a grid of 10⁻⁴ m and no CRS.
    for expected in ["left out (id, name, kind)", "rounded to 0.0001 m", "it is EPSG:9211"] {
        assert!(notes.iter().any(|note| note.contains(expected)), "{expected}: {notes:?}");
    }
    let (head, dgn) = server.bytes(&format!("/export/zones?{asked}"));
    assert!(head.starts_with("http/1.0 200"), "{head}");
    assert!(head.contains(&format!("ranh-notes: {}\r\n", notes.len())), "{head}");
    assert!(head.contains("/export/zones/notes?format=dgn&crs="), "{head}");
    fs::write(folder.join("zones.dgn"), dgn).unwrap();
    assert_eq!(outside(folder, "zones.dgn", "Level (Integer)"), ["30"]);
    assert_eq!(outside(folder, "zones.dgn", "ColorIndex (Integer)"), ["4"]);
    let refused = server.get("/export/zones?format=geopackage&codes=level,code%0A1,CCN");
    assert_eq!(refused.status, 400, "{}", refused.body);
    let refused = server.get("/export/zones?format=dxf&codes=level,code%0A1,");
    assert!(refused.body.contains("line 2: the code is missing"), "{}", refused.body);
}
