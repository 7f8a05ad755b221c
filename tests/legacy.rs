//! Files of older programs through `ranh import`: texts in the encodings that Vietnam had before Unicode, and drawings whose levels
//! stand for land-use codes. Files are made by Debian's `ogr2ogr`; where the worker was not built, what needs it says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// "Công nghiệp" in TCVN3, as glibc's iconv writes it, VNI and Windows-1258; and letters of ASCII that take as many bytes.
const TCVN3: &[u8] = b"C\xABng nghi\xD6p";
const VNI: &[u8] = b"Co\xE2ng nghie\xE4p";
const CP1258: &[u8] = b"C\xF4ng nghi\xEA\xF2p";
const NAME: &str = "Công nghiệp";

fn worker_is_there() -> bool {
    let beside = PathBuf::from(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal");
    if !beside.exists() {
        println!("WITHOUT ranh-gdal, which was not built: nothing that needs it is tested.");
    }
    beside.exists()
}

/// Squares of 100 m whose name is `placeholder`.
fn plan(folder: &Path, placeholder: &str) {
    let feature = |at: u32| {
        let (x, y) = (500_000.0 + 200.0 * f64::from(at), 2_350_000.0);
        let ring = [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]];
        json!({"type": "Feature", "properties": {"ten": placeholder, "Layer": format!("LOP_{at}")},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9211"}});
    let all =
        json!({"type": "FeatureCollection", "crs": crs, "features": [feature(1), feature(2), feature(3)]});
    fs::write(folder.join("plan.geojson"), all.to_string()).unwrap();
}

fn ogr2ogr(folder: &Path, arguments: &[&str]) {
    let made = Command::new("ogr2ogr").current_dir(folder).arg("-q").args(arguments).output();
    let made = made.expect("ogr2ogr: Debian's gdal-bin");
    assert!(made.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&made.stderr));
}

/// Puts bytes in the place of others, as many as there are.
fn patch(path: &Path, from: &[u8], to: &[u8]) {
    assert_eq!(from.len(), to.len());
    let mut bytes = fs::read(path).unwrap();
    let places: Vec<usize> =
        (0..bytes.len().saturating_sub(from.len())).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert!(!places.is_empty(), "{}", path.display());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    fs::write(path, bytes).unwrap();
}

/// What `ranh import` printed on both ways, or its refusal.
fn import(folder: &Path, file: &str, more: &[&str]) -> Result<(Value, String), String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ranh"));
    command.current_dir(folder).args(["import", file, "--store", "s.gpkg", "--role", "land_use_plan"]);
    let done =
        command.args(["--collection", "c", "--json", "--crs", "EPSG:9211"]).args(more).output().unwrap();
    let words = String::from_utf8(done.stderr).unwrap();
    assert!(!words.contains("panicked"), "{words}");
    if done.status.success() {
        Ok((serde_json::from_slice(&done.stdout).unwrap(), words))
    } else {
        Err(words)
    }
}

/// A property of every feature of the collection.
fn stored(folder: &Path, property: &str) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ranh"));
    let done = command.current_dir(folder).args(["export", "c", "--store", "s.gpkg"]).output().unwrap();
    let back: Value = serde_json::from_slice(&done.stdout).unwrap();
    back["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| feature["properties"][property].clone())
        .collect()
}

#[test]
fn a_shapefile_that_declares_nothing_is_refused_until_somebody_names_its_encoding() {
    if !worker_is_there() {
        return;
    }
    for (encoding, bytes) in [("tcvn3", TCVN3), (".VnTime", TCVN3), ("vni", VNI), ("windows-1258", CP1258)] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let placeholder = "Q".repeat(bytes.len());
        plan(folder, &placeholder);
        ogr2ogr(folder, &["a.shp", "plan.geojson", "-lco", "ENCODING="]);
        let _ = fs::remove_file(folder.join("a.cpg"));
        let table = folder.join("a.dbf");
        patch(&table, placeholder.as_bytes(), bytes);
        // The byte that names a code page says none.
        let mut head = fs::read(&table).unwrap();
        head[29] = 0;
        fs::write(&table, head).unwrap();
        let refused = import(folder, "a.shp", &[]).unwrap_err();
        assert!(refused.contains("declares no encoding; name it with --encoding"), "{encoding}: {refused}");
        import(folder, "a.shp", &["--encoding", encoding]).unwrap();
        assert_eq!(stored(folder, "ten"), [NAME, NAME, NAME], "{encoding}");
    }
}

#[test]
fn a_wrong_declaration_is_overruled_in_every_format() {
    if !worker_is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let placeholder = "Q".repeat(TCVN3.len());
    plan(folder, &placeholder);
    ogr2ogr(folder, &["a.shp", "plan.geojson", "-lco", "ENCODING=UTF-8"]);
    ogr2ogr(folder, &["-f", "MapInfo File", "b.mif", "plan.geojson"]);
    ogr2ogr(folder, &["-f", "MapInfo File", "c.tab", "plan.geojson"]);
    ogr2ogr(folder, &["-f", "CSV", "d.csv", "plan.geojson", "-lco", "GEOMETRY=AS_WKT"]);
    for (file, table) in [("a.shp", "a.dbf"), ("b.mif", "b.mid"), ("c.tab", "c.dat"), ("d.csv", "d.csv")] {
        patch(&folder.join(table), placeholder.as_bytes(), TCVN3);
        import(folder, file, &["--encoding", "tcvn3"]).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(stored(folder, "ten"), [NAME, NAME, NAME], "{file}");
    }
    let refused = import(folder, "a.shp", &["--encoding", "klingon"]).unwrap_err();
    assert!(refused.contains("is no encoding that is known: there are utf-8, tcvn3"), "{refused}");
}

#[test]
fn what_is_always_utf8_says_so_and_lists_are_read_in_the_encoding_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    plan(folder, NAME);
    let (_, words) = import(folder, "plan.geojson", &["--encoding", "tcvn3"]).unwrap();
    assert!(words.contains("the format is always UTF-8: the encoding named was not used"), "{words}");
    assert_eq!(stored(folder, "ten"), [NAME, NAME, NAME]);
    let rows = b";X;Y\n1;2350000;500000\n2;2350100;500000\n3;2350100;500100\n1;2350000;500000\n";
    // "Điểm" in TCVN3.
    let list = [b"KCN ", TCVN3, b"\n\xA7i\xD3m", rows].concat();
    fs::write(folder.join("list.csv"), list).unwrap();
    // With the worker or without: it is none of its files.
    let told = import(folder, "list.csv", &[]).map_or_else(|refused| refused, |(_, words)| words);
    assert!(told.contains("name its encoding with --encoding"), "{told}");
    import(folder, "list.csv", &["--encoding", "tcvn3"]).unwrap();
    assert_eq!(stored(folder, "name"), [format!("KCN {NAME}")]);
}

/// Codes by layers of a DXF, and by levels and colours of a DGN.
#[test]
fn levels_and_colours_of_drawings_become_codes_by_a_table() {
    if !worker_is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    plan(folder, "a");
    ogr2ogr(folder, &["-f", "DXF", "a.dxf", "plan.geojson"]);
    fs::write(folder.join("codes.csv"), "\u{feff}Lớp;Mã;Tên\nlop_1;LUC;Đất lúa\nLOP_2;SKK;\n").unwrap();
    let (_, words) = import(folder, "a.dxf", &["--codes", "codes.csv"]).unwrap();
    assert_eq!(stored(folder, "code"), [json!("LUC"), json!("SKK"), Value::Null]);
    assert_eq!(stored(folder, "name")[0], "Đất lúa");
    assert!(
        words.contains(
            "2 features have their code by level and colour; 1 fit no row of the table: level lop_3"
        ),
        "{words}"
    );

    // The same squares in red, on no layer that the table knows.
    let red = "SELECT *, 'BRUSH(fc:#ff0000)' AS OGR_STYLE FROM plan";
    ogr2ogr(folder, &["-f", "DXF", "red.dxf", "plan.geojson", "-sql", red]);
    fs::write(folder.join("codes.csv"), "level,colour,code\nlop_1,,LUC\n,#FF0000,SKK\n,#00ff00,DGT\n")
        .unwrap();
    import(folder, "red.dxf", &["--codes", "codes.csv"]).unwrap();
    assert_eq!(stored(folder, "code"), ["LUC", "SKK", "SKK"]);

    // The same squares on level 5, with a colour each.
    let text = fs::read_to_string(folder.join("plan.geojson")).unwrap();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    for (colour, feature) in plan["features"].as_array_mut().unwrap().iter_mut().enumerate() {
        feature["properties"] = json!({"Level": 5, "ColorIndex": colour + 1});
    }
    fs::write(folder.join("plan.geojson"), plan.to_string()).unwrap();
    ogr2ogr(folder, &["-f", "DGN", "b.dgn", "plan.geojson"]);
    fs::write(folder.join("codes.csv"), "level,colour,code\n5,,ONT\n5,2,CLN\n,3,DGT\n7,3,XYZ\n").unwrap();
    let (_, words) = import(folder, "b.dgn", &["--codes", "codes.csv"]).unwrap();
    assert_eq!(stored(folder, "code"), ["ONT", "CLN", "ONT"], "a level says more than a colour");
    assert!(words.contains("\"XYZ\" is no land-use code that is known"), "{words}");
    fs::write(folder.join("codes.csv"), "level,code\n5,\n").unwrap();
    let refused = import(folder, "b.dgn", &["--codes", "codes.csv"]).unwrap_err();
    assert!(refused.contains("codes.csv: line 2: the code is missing"), "{refused}");
}
