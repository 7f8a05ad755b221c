//! A dossier over HTTP, as a planner sends it: a ZIP with a Shapefile, a GeoPackage of two layers, a drawing and a letter. What is in
//! it is told, each layer is imported by its name, and the dossier goes with the last.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

#[path = "hostile_uploads/server.rs"]
mod server;

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use server::Server;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Two squares of 100 m on the TM-3 zone of 106°.
fn plan(folder: &Path) {
    let feature = |at: u32| {
        let (x, y) = (500_000.0 + 100.0 * f64::from(at), 2_350_000.0);
        let ring = json!([[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]]);
        json!({"type": "Feature", "properties": {"ten": format!("Đất ở số {at}"), "ma": "ODT"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9211"}});
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": [feature(0), feature(1)]});
    fs::write(folder.join("plan.geojson"), all.to_string()).unwrap();
}

fn ogr2ogr(folder: &Path, words: &[&str]) {
    let made = Command::new("ogr2ogr").current_dir(folder).arg("-q").args(words).output();
    let made = made.expect("ogr2ogr: Debian's gdal-bin");
    assert!(made.status.success(), "{words:?}: {}", String::from_utf8_lossy(&made.stderr));
}

/// A table with the same records whose name is "Công nghiệp Đồng Bành" in TCVN3, as glibc's iconv writes it.
fn old_letters(table: &[u8]) -> Vec<u8> {
    let old = b"C\xABng nghi\xD6p \xA7\xE5ng B\xB5nh";
    let mut table = table.to_vec();
    let name = "Đất ở số ".as_bytes();
    let places: Vec<usize> =
        (0..table.len() - old.len()).filter(|at| table[*at..].starts_with(name)).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        table[at..at + old.len()].copy_from_slice(old);
    }
    table
}

fn dossier(folder: &Path) -> Vec<u8> {
    ogr2ogr(folder, &["-f", "ESRI Shapefile", "quy hoạch.shp", "plan.geojson", "-lco", "ENCODING=UTF-8"]);
    ogr2ogr(folder, &["-f", "GPKG", "hai lớp.gpkg", "plan.geojson", "-nln", "hien_trang"]);
    ogr2ogr(folder, &["-f", "GPKG", "hai lớp.gpkg", "plan.geojson", "-update", "-nln", "quy_hoach"]);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        zip.start_file(format!("hồ sơ/{name}"), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    };
    for name in
        ["quy hoạch.shp", "quy hoạch.shx", "quy hoạch.dbf", "quy hoạch.prj", "quy hoạch.cpg", "hai lớp.gpkg"]
    {
        add(name, &fs::read(folder.join(name)).unwrap());
    }
    // The same shapes of which nobody says where they lie, nor in which letters.
    for name in ["quy hoạch.shp", "quy hoạch.shx", "quy hoạch.dbf"] {
        add(&name.replace("quy hoạch", "trần"), &fs::read(folder.join(name)).unwrap());
    }
    // Old texts, of whose letters nothing is declared.
    for ending in ["shp", "shx", "prj"] {
        add(&format!("cũ.{ending}"), &fs::read(folder.join(format!("quy hoạch.{ending}"))).unwrap());
    }
    add("cũ.dbf", &old_letters(&fs::read(folder.join("quy hoạch.dbf")).unwrap()));
    add("bản vẽ.dgn", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 version 8");
    add("công văn.pdf", b"%PDF-1.7");
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_dossier_is_told_and_taken_in_layer_by_layer() {
    if !PathBuf::from(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal").exists() {
        return println!("NOT TESTED: ranh-gdal, which reads these formats, was not built");
    }
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path());
    let server = Server::start(&[]);
    let answer = server.upload("hồ sơ.zip", &dossier(folder.path()));
    assert_eq!(answer.status, 201, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let id = told["id"].as_str().unwrap().to_owned();
    let source = |name: &str| {
        let sources = told["sources"].as_array().unwrap();
        sources.iter().find(|source| source["path"] == format!("hồ sơ/{name}")).unwrap().clone()
    };
    assert_eq!(told["sources"].as_array().unwrap().len(), 6, "{told}");
    let shapes = source("quy hoạch.shp");
    assert_eq!(shapes["format"], "Shapefile");
    let layer = &shapes["layers"][0];
    assert_eq!(
        (&layer["features"], &layer["crs"], &layer["encoding"], &layer["fields"]),
        (&json!(2), &json!("EPSG:9211"), &json!("UTF-8"), &json!(["ten", "ma"]))
    );
    let bare = source("trần.shp")["layers"][0].clone();
    assert_eq!((&bare["crs"], &bare["features"]), (&Value::Null, &json!(2)), "{bare}");
    let layers = source("hai lớp.gpkg")["layers"].clone();
    assert_eq!((&layers[0]["name"], &layers[1]["name"]), (&json!("hien_trang"), &json!("quy_hoach")));
    assert!(source("bản vẽ.dgn")["problem"]["en"].as_str().unwrap().contains("DGN V7 or DXF"));
    assert!(source("công văn.pdf")["problem"]["vi"].as_str().unwrap().contains("không phải GeoJSON"));
    let import = |file: &str, more: Value| {
        let mut inputs = json!({"upload": id, "source": format!("hồ sơ/{file}"), "role": "constraint"});
        inputs.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        server.post("/processes/import/execution", &json!({"inputs": inputs}).to_string())
    };
    assert_eq!(source("cũ.shp")["layers"][0]["encoding"], Value::Null);
    let refused = import("cũ.shp", json!({"collection": "old"}));
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("declares no encoding"), "{}", refused.body);
    let wrong = import("cũ.shp", json!({"collection": "old", "encoding": "klingon"}));
    assert!(wrong.status == 400 && wrong.body.contains("\\\"encoding\\\""), "{}", wrong.body);
    let done = import("cũ.shp", json!({"collection": "old", "encoding": "tcvn3"}));
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(server.get("/collections/old/items").body.contains("Công nghiệp Đồng Bành"));
    let wanted = [
        ("quy hoạch.shp", json!({"collection": "shapes"})),
        ("trần.shp", json!({"collection": "bare", "crs": "EPSG:9211"})),
        ("hai lớp.gpkg", json!({"collection": "first", "layer": "hien_trang"})),
        ("hai lớp.gpkg", json!({"collection": "second", "layer": "quy_hoach"})),
    ];
    for (file, more) in wanted {
        assert_eq!(
            server.get(&format!("/uploads/{id}")).status,
            200,
            "{file} {more}: the rest is still there"
        );
        let collection = more["collection"].as_str().unwrap().to_owned();
        let done = import(file, more);
        assert_eq!(done.status, 200, "{file}: {}", done.body);
        let items = server.get(&format!("/collections/{collection}/items"));
        let items: Value = serde_json::from_str(&items.body).unwrap();
        assert_eq!(items["numberMatched"], 2, "{file}");
        assert_eq!(items["features"][1]["properties"]["ten"], "Đất ở số 1", "{file}");
    }
    assert_eq!(server.get(&format!("/uploads/{id}")).status, 404, "it went with its last layer");
    assert!(server.uploads().exists());
}

#[test]
fn levels_and_colours_of_a_drawing_are_told_and_become_codes_by_a_table_that_is_sent() {
    if !PathBuf::from(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal").exists() {
        return println!("NOT TESTED: ranh-gdal, which reads drawings, was not built");
    }
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path());
    let named = "SELECT CASE WHEN ten LIKE '%0' THEN 'RANH_1' ELSE 'RANH_2' END AS Layer, geometry FROM plan";
    ogr2ogr(folder.path(), &["-f", "DXF", "v.dxf", "plan.geojson", "-dialect", "SQLITE", "-sql", named]);
    let server = Server::start(&[]);
    let answer = server.upload("v.dxf", &fs::read(folder.path().join("v.dxf")).unwrap());
    assert_eq!(answer.status, 201, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let levels = told["sources"][0]["layers"][0]["levels"].as_array().unwrap().clone();
    let names: Vec<&str> = levels.iter().map(|level| level["level"].as_str().unwrap()).collect();
    assert_eq!((names, levels[0]["features"].as_u64()), (vec!["ranh_1", "ranh_2"], Some(1)), "{levels:?}");
    let import = |codes: Value| {
        let inputs = json!({"upload": told["id"], "collection": "v", "role": "land_use", "crs": "EPSG:9211", "codes": codes});
        server.post("/processes/import/execution", &json!({"inputs": inputs}).to_string())
    };
    for wrong in [
        json!("LUC"),
        json!([{"level": "1"}]),
        json!([{"code": "LUC"}]),
        json!([{"level": "1", "code": " "}]),
    ] {
        let refused = import(wrong.clone());
        assert!(refused.status == 400 && refused.body.contains("\\\"codes\\\""), "{wrong}: {}", refused.body);
    }
    let done = import(
        json!([{"level": "RANH_1", "code": "LUC"}, {"level": "ranh_2", "code": "SKK", "name": "Khu"}]),
    );
    assert_eq!(done.status, 200, "{}", done.body);
    let items: Value = serde_json::from_str(&server.get("/collections/v/items").body).unwrap();
    let mut codes: Vec<&str> = items["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| feature["properties"]["code"].as_str().unwrap())
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, ["LUC", "SKK"]);
}
