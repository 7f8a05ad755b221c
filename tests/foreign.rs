//! `ranh import` of what others write: the same polygons in every format, made by Debian's `ogr2ogr`, alone and in archives, come
//! in with their names, areas and CRS; what is not read is refused with what to do. The worker `ranh-gdal` stands beside `ranh`
//! where both are built; where it was not built, the program has to say so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

const COUNT: usize = 40;

fn name(at: usize) -> String {
    format!("Đất ở đô thị – khu số {at}, Bố Hạ")
}

/// Polygons of 100 m by 50 m and 2⁻³ m more for each, on the TM-3 zone of 106°.
fn height_m(at: usize) -> f64 {
    50.0 + at as f64 / 8.0
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let feature = |at: usize| {
        let (x, y) = (500_000.0 + 100.0 * at as f64, 2_350_000.0);
        let (right, top) = (x + 100.0, y + height_m(at));
        json!({"type": "Feature", "properties": {"ten": name(at), "so": at},
            "geometry": {"type": "Polygon", "coordinates": [[[x, y], [right, y], [right, top], [x, top], [x, y]]]}})
    };
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9211"}});
    let features: Vec<_> = (0..COUNT).map(feature).collect();
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": features});
    fs::write(folder.path().join("plan.geojson"), all.to_string()).unwrap();
    folder
}

fn ogr2ogr(folder: &Path, driver: &str, file: &str, more: &[&str]) {
    let mut command = Command::new("ogr2ogr");
    command.current_dir(folder).args(["-q", "-f", driver, file, "plan.geojson"]).args(more);
    let made = command.output().expect("ogr2ogr: Debian's gdal-bin");
    assert!(made.status.success(), "{driver}: {}", String::from_utf8_lossy(&made.stderr));
}

/// What `ranh import` printed: its report, or its refusal.
fn import(folder: &Path, file: &str, more: &[&str]) -> Result<Value, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ranh"));
    command.current_dir(folder).args(["import", file, "--store", "s.gpkg", "--role", "land_use_plan"]);
    let done = command.args(["--collection", "c", "--json"]).args(more).output().unwrap();
    let error = String::from_utf8(done.stderr).unwrap();
    assert!(!error.contains("panicked"), "{error}");
    if done.status.success() { Ok(serde_json::from_slice(&done.stdout).unwrap()) } else { Err(error) }
}

/// The features of the collection as the store has them.
fn stored(folder: &Path) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ranh"));
    command.current_dir(folder).args(["export", "c", "--store", "s.gpkg", "--out", "back.geojson"]);
    let done = command.args(["--crs", "EPSG:9211"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let back: Value = serde_json::from_slice(&fs::read(folder.join("back.geojson")).unwrap()).unwrap();
    back["features"].as_array().unwrap().clone()
}

/// The area by the shoelace formula of a polygon, or a multipolygon of one, with one ring.
fn area_m2(feature: &Value) -> f64 {
    let coordinates = &feature["geometry"]["coordinates"];
    let ring =
        if feature["geometry"]["type"] == "MultiPolygon" { &coordinates[0][0] } else { &coordinates[0] };
    let point = |at: &Value| [at[0].as_f64().unwrap() - 500_000.0, at[1].as_f64().unwrap() - 2_350_000.0];
    let points: Vec<_> = ring.as_array().unwrap().iter().map(point).collect();
    points.windows(2).map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]).sum::<f64>().abs() / 2.0
}

/// Names and areas of all polygons. What moves a corner by `moved_m` changes an area by some 300 m of border times that.
fn assert_whole(folder: &Path, file: &str, moved_m: f64) {
    let features = stored(folder);
    assert_eq!(features.len(), COUNT, "{file}");
    for feature in &features {
        let at: usize = feature["properties"]["so"].to_string().trim_matches('"').parse().unwrap();
        assert_eq!(feature["properties"]["ten"], name(at), "{file}");
        let (area, expected) = (area_m2(feature), 100.0 * height_m(at));
        assert!(
            (area - expected).abs() < 1e-6 * expected + 300.0 * moved_m,
            "{file}: {area}, not {expected}"
        );
    }
}

/// Whether the worker was built; the program has to say what is missing where it was not.
fn worker_is_there(folder: &Path) -> bool {
    let beside = PathBuf::from(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal");
    if beside.exists() {
        return true;
    }
    println!("WITHOUT ranh-gdal, which was not built: only its absence is tested.");
    let kml = r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>"#;
    fs::write(folder.join("a.kml"), kml).unwrap();
    let refused = import(folder, "a.kml", &[]).unwrap_err();
    assert!(refused.contains("install Ranh's GDAL worker beside the program"), "{refused}");
    false
}

#[test]
fn every_format_comes_in_whole() {
    let folder = folder();
    let folder = folder.path();
    if !worker_is_there(folder) {
        return;
    }
    let utf8: &[&str] = &["-lco", "ENCODING=UTF-8"];
    // Driver, file, what ogr2ogr is told, how far coordinates may move in the file, m.
    let cases: [(&str, &str, &[&str], f64); 9] = [
        ("GPKG", "a.gpkg", &[], 0.0),
        ("ESRI Shapefile", "a.shp", utf8, 0.0),
        ("OpenFileGDB", "a.gdb", &[], 0.0),
        ("GML", "a.gml", &[], 0.0),
        ("CSV", "a.csv", &["-lco", "GEOMETRY=AS_WKT"], 0.0),
        ("MapInfo File", "a.mif", utf8, 0.0),
        ("MapInfo File", "b.tab", utf8, 0.02),
        // 15 decimals of a degree; but ogr2ogr and we compute the way there and back apart.
        ("LIBKML", "a.kml", &[], 1e-4),
        ("LIBKML", "a.kmz", &[], 1e-4),
    ];
    for (driver, file, more, moved_m) in cases {
        ogr2ogr(folder, driver, file, more);
        // MapInfo loses VN-2000 and CSV has no CRS: the person says it.
        let given: &[&str] = if file.starts_with("a.k") { &[] } else { &["--crs", "EPSG:9211"] };
        let report = import(folder, file, given).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(report["features"], COUNT, "{file}");
        assert_whole(folder, file, moved_m);
    }
    for file in ["a.gpkg", "a.shp", "a.gdb", "a.gml"] {
        let report = import(folder, file, &[]).unwrap();
        assert_eq!((&report["crs"], &report["crs_source"]), (&json!("EPSG:9211"), &json!("file")), "{file}");
    }
}

#[test]
fn a_declared_encoding_is_honoured_and_none_is_guessed() {
    let folder = folder();
    let folder = folder.path();
    if !worker_is_there(folder) {
        return;
    }
    let file = "old.mif";
    ogr2ogr(folder, "MapInfo File", file, &["-lco", "ENCODING=UTF-8"]);
    let named = fs::read_to_string(folder.join(file)).unwrap();
    let table = fs::read_to_string(folder.join("old.mid")).unwrap();
    // "Đất" in Windows-1258: Đ 0xD0, â 0xE2, the combining acute 0xEC.
    let mut old = Vec::new();
    for (at, line) in table.lines().enumerate() {
        let (before, after) = line.split_once(&name(at)).unwrap();
        old.extend([before.as_bytes(), b"\xD0\xE2\xECt", after.as_bytes(), b"\r\n"].concat());
    }
    fs::write(folder.join("old.mid"), old).unwrap();
    // GDAL 3.6 has no word of MapInfo's for UTF-8, and declares nothing.
    let refused = import(folder, file, &["--crs", "EPSG:9211"]).unwrap_err();
    assert!(refused.contains("is not UTF-8, and the file declares no encoding"), "{refused}");
    let declared = named.replace("Charset \"Neutral\"", "Charset \"WindowsVietnamese\"");
    assert_ne!(declared, named);
    fs::write(folder.join(file), declared).unwrap();
    import(folder, file, &["--crs", "EPSG:9211"]).unwrap();
    assert_eq!(stored(folder)[7]["properties"]["ten"], "Đất");
}

#[test]
fn archives_and_layers_are_found_or_asked_for() {
    let folder = folder();
    let folder = folder.path();
    if !worker_is_there(folder) {
        return;
    }
    ogr2ogr(folder, "ESRI Shapefile", "quy-hoach.shp", &["-lco", "ENCODING=UTF-8"]);
    let zip = |archive: &str, files: &[&str]| {
        let script = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)\n\
            [z.write(f, 'hồ sơ/' + f) for f in sys.argv[2:]]";
        let made =
            Command::new("python3").current_dir(folder).args(["-c", script, archive]).args(files).status();
        assert!(made.unwrap().success());
    };
    let parts = ["quy-hoach.shp", "quy-hoach.shx", "quy-hoach.dbf", "quy-hoach.prj", "quy-hoach.cpg"];
    zip("a.zip", &parts);
    assert_eq!(import(folder, "a.zip", &[]).unwrap()["crs"], "EPSG:9211");
    assert_whole(folder, "a.zip", 0.0);
    zip("two.zip", &[&parts[..], &["plan.geojson"]].concat());
    let refused = import(folder, "two.zip", &[]).unwrap_err();
    assert!(refused.contains("several sources") && refused.contains("plan.geojson"), "{refused}");
    ogr2ogr(folder, "GPKG", "two.gpkg", &["-nln", "hien_trang"]);
    ogr2ogr(folder, "GPKG", "two.gpkg", &["-update", "-nln", "quy_hoach"]);
    let refused = import(folder, "two.gpkg", &[]).unwrap_err();
    assert!(refused.contains("hien_trang, quy_hoach"), "{refused}");
    assert_eq!(import(folder, "two.gpkg", &["--layer", "quy_hoach"]).unwrap()["features"], COUNT);
}

#[test]
fn what_is_not_read_is_refused_with_what_to_do() {
    let folder = folder();
    let folder = folder.path();
    if worker_is_there(folder) {
        fs::write(folder.join("table.csv"), "ten,ma\nA,ODT\n").unwrap();
        let refused = import(folder, "table.csv", &[]).unwrap_err();
        assert!(refused.contains("names x and y"), "{refused}");
    }
    let cases: [(&str, &[u8], &str); 4] = [
        ("v8.dgn", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "DGN V7 or DXF"),
        ("a.dwg", b"AC1032 and so on", "save it as DXF"),
        ("empty.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "zip"),
        ("cut.zip", b"PK\x03\x04 and so on", "cannot be unpacked"),
    ];
    for (file, bytes, says) in cases {
        fs::write(folder.join(file), bytes).unwrap();
        let refused = import(folder, file, &[]).unwrap_err();
        assert!(refused.contains(says), "{file}: {refused}");
    }
    assert!(!folder.join("s.gpkg").exists(), "nothing was made");
}

/// A document in a KMZ, with folders of places whose attributes have their types at its head.
const TYPED: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document id="root"><name>quy hoạch</name>
<Schema name="khu" id="khu"><SimpleField name="ma" type="string"/><SimpleField name="dien_tich" type="double"/>
<SimpleField name="so" type="int"/><SimpleField name="duyet" type="bool"/></Schema>
<Folder><name>KCN</name><Placemark><name>A</name><ExtendedData><SchemaData schemaUrl="#khu"><SimpleData name="ma">SKK</SimpleData>
<SimpleData name="dien_tich">1.5</SimpleData><SimpleData name="so">7</SimpleData><SimpleData name="duyet">true</SimpleData>
</SchemaData></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>106,21 106.01,21 106.01,21.01 106,21
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>
<Folder><name>CCN</name><Placemark><name>B</name><ExtendedData>MORE<SchemaData schemaUrl="#khu"><SimpleData name="ma">SKN</SimpleData>
<SimpleData name="duyet">false</SimpleData></SchemaData></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>106,21
106.01,21 106.01,21.01 106,21</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"##;

#[test]
fn typed_attributes_in_folders_of_a_kmz_come_in_with_their_types() {
    let folder = folder();
    let folder = folder.path();
    if !worker_is_there(folder) {
        return;
    }
    let kmz = |more: &str| {
        let mut zip = zip::ZipWriter::new(fs::File::create(folder.join("a.kmz")).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("doc.kml", options).unwrap();
        zip.write_all(TYPED.replace("MORE", more).as_bytes()).unwrap();
        zip.start_file("images/a.png", options).unwrap();
        zip.write_all(b"\x89PNG").unwrap();
        zip.finish().unwrap();
    };
    kmz("");
    let refused = import(folder, "a.kmz", &[]).unwrap_err();
    assert!(refused.contains("KCN, CCN") && refused.contains("name one"), "{refused}");
    let report = import(folder, "a.kmz", &["--layer", "KCN"]).unwrap();
    assert_eq!(report["features"], 1);
    assert!(!report.to_string().contains("those without"), "{report}");
    let properties = stored(folder)[0]["properties"].clone();
    for (name, value) in
        [("ma", json!("SKK")), ("dien_tich", json!(1.5)), ("so", json!(7)), ("duyet", json!("true"))]
    {
        assert_eq!(properties[name], value, "{properties}");
    }
    import(folder, "a.kmz", &["--layer", "CCN"]).unwrap();
    assert_eq!(stored(folder)[0]["properties"]["duyet"], "false");
    // What has no type is lost beside what has, and that is told.
    kmz("<Data name=\"ghi_chu\"><value>x</value></Data>");
    let report = import(folder, "a.kmz", &["--layer", "CCN"]).unwrap();
    assert!(report.to_string().contains("those without are not read"), "{report}");
    assert_eq!(stored(folder)[0]["properties"]["ma"], "SKN");
}
