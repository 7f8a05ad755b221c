//! The file is a GeoPackage for others: GDAL opens it, counts the same, and its checker finds nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod sample;

use std::path::Path;
use std::process::{Command, Output};

use rusqlite::Connection;
use sample::{info, layer, zone, zones};
use spatial::{Crs, Layer};
use store::{Edit, Store};

/// GDAL's checker as a Python module; Debian has it in python3-gdal, for the system's own Python.
const CHECKER: [&str; 4] = ["-m", "osgeo_utils.samples.validate_gpkg", "-k", "--extra"];
const PYTHON: &str = "/usr/bin/python3";

fn filled(path: &Path) -> Store {
    let mut store = Store::create(path).unwrap();
    store.replace_collection(&info("zones"), &zones(), Some("zones.geojson"), &[]).unwrap();
    let mut odd = zone(5, "Cụm \\\"Bắc Sơn\\\" – giai đoạn 2", 106.5, 21.8);
    odd.properties.insert("FID".into(), 3.into());
    odd.properties.insert("geom".into(), serde_json::json!({"nested": [1, 2]}));
    odd.properties.insert("mở rộng".into(), true.into());
    let mut null = zone(9, "Chưa có ranh", 0.0, 0.0);
    null.geometry = None;
    null.properties.insert("FID".into(), "không".into());
    let degrees = Layer { crs: Crs::wgs84(), features: vec![odd, null] };
    store.replace_collection(&info("zones-wgs84"), &degrees, None, &[]).unwrap();
    let own =
        Crs::parse("+proj=tmerc +lat_0=0 +lon_0=106.7 +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m").unwrap();
    let elsewhere = Layer { crs: own, features: vec![zone(0, "Hệ riêng", 10.0, 20.0)] };
    store.replace_collection(&info("zones-own-crs"), &elsewhere, None, &[]).unwrap();
    store.replace_collection(&info("nothing"), &layer(Vec::new()), None, &[]).unwrap();
    // There and back: what is edited must be as good for others as what is imported.
    let (here, there) = (zones().features[0].clone(), zone(0, "Dời đi", 450_000.0, 2_418_000.0));
    for (before, after) in [(here.clone(), there.clone()), (there, here)] {
        store.edit_collection("zones", &[Edit::Replace { before, after }], None).unwrap();
    }
    store
}

/// Runs a program of GDAL's, or says aloud that it is not there.
fn run(program: &str, arguments: &[&str], path: &Path) -> Option<Output> {
    match Command::new(program).args(arguments).arg(path).output() {
        Ok(output) => Some(output),
        Err(error) => {
            eprintln!("NOT CHECKED: {program} cannot be run ({error}); install gdal-bin and python3-gdal");
            None
        }
    }
}

#[test]
fn ogrinfo_counts_the_same_features() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tỉnh.gpkg");
    drop(filled(&path));
    let Some(output) = run("ogrinfo", &["-ro", "-al", "-so"], &path) else { return };
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let mut counts = Vec::new();
    for part in text.split("Layer name: ").skip(1) {
        let count = part.lines().find_map(|line| line.strip_prefix("Feature Count: ")).unwrap();
        counts.push((part.lines().next().unwrap(), count));
    }
    counts.sort_unstable();
    let expected = [
        ("nothing", "0"),
        ("ranh_revisions", "6"),
        ("zones", "3"),
        ("zones-own-crs", "1"),
        ("zones-wgs84", "2"),
    ];
    assert_eq!(counts, expected, "{text}");
    for line in
        ["VN-2000 / TM-3 107-15", "Extent: (449000.000000, 2417000.000000) - (460100.000000, 2420100.500000)"]
    {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
    assert!(text.contains("PARAMETER[\"Longitude of natural origin\",106.7"), "{text}");
    for line in ["FID_2: String", "geom_2: String", "mở rộng: Integer(Boolean)", "declared_area_ha: Real"]
    {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
}

#[test]
fn ogrinfo_reads_vietnamese_text_and_geometry() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    drop(filled(&path));
    let filter = ["-ro", "-al", "-spat", "449550", "2417050", "449560", "2417060"];
    let Some(output) = run("ogrinfo", &filter, &path) else { return };
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("name (String) = CCN Hữu Lũng"), "{text}");
    assert!(text.contains("MULTIPOLYGON (((449500.25 2417000.0,449600.25 2417000.0,"), "{text}");
    assert!(!text.contains("Đồng Bành"), "the index lets only one zone through:\n{text}");
}

#[test]
fn gdal_finds_nothing_to_complain_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = filled(&path);
    store.remove_collection("zones-own-crs").unwrap();
    drop(store);
    let Some(probe) = run(PYTHON, &["-c", "import osgeo_utils.samples.validate_gpkg"], &path) else { return };
    if !probe.status.success() {
        eprintln!("NOT CHECKED: {PYTHON} has no osgeo_utils.samples.validate_gpkg; install python3-gdal");
        return;
    }
    let output = run(PYTHON, &CHECKER, &path).unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.trim().is_empty(), "{said}");
}

#[test]
fn index_holds_what_has_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    drop(filled(&path));
    let database = Connection::open(&path).unwrap();
    let hits = |table: &str, min_x: f64, max_x: f64| -> Vec<i64> {
        let sql =
            format!("SELECT id FROM \"rtree_{table}_geom\" WHERE maxx >= ?1 AND minx <= ?2 ORDER BY id");
        let mut statement = database.prepare(&sql).unwrap();
        statement.query_map([min_x, max_x], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(hits("zones", 449_100.0, 449_500.25), [1, 2], "edges count");
    assert_eq!(hits("zones", 450_000.0, 461_000.0), [3]);
    assert_eq!(hits("zones-wgs84", -180.0, 180.0), [6], "a feature without geometry is not indexed");
    assert_eq!(hits("nothing", -1e9, 1e9), [0_i64; 0]);
    let whole: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
}

/// GeoPackage 1.3, 2.1.3: magic, version, flags, reference system, envelope. GDAL 3.6's checker looks for the flag of
/// empty geometries at the wrong bit and refuses GDAL's own, so empty ones are judged here, by the standard.
#[test]
fn blobs_follow_the_standard() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut empty = zone(1, "trống", 0.0, 0.0);
    empty.geometry = Some(geo_types::Geometry::Polygon(geo_types::Polygon::empty()));
    let mut store = Store::create(&path).unwrap();
    let features = vec![zone(0, "một", 1.0, 2.0), empty];
    store.replace_collection(&info("zones"), &layer(features), None, &[]).unwrap();
    let database = Connection::open(&path).unwrap();
    let blob = |fid: i64| -> Vec<u8> {
        database.query_row("SELECT geom FROM zones WHERE fid = ?1", [fid], |row| row.get(0)).unwrap()
    };
    let (square, nothing) = (blob(1), blob(2));
    assert_eq!(square[..8], *b"GP\x00\x03\xff\x23\x00\x00");
    let bounds: Vec<f64> =
        square[8..40].chunks(8).map(|bytes| f64::from_le_bytes(bytes.try_into().unwrap())).collect();
    assert_eq!(bounds, [1.0, 101.0, 2.0, 102.0], "min x, max x, min y, max y");
    assert_eq!(square[40..45], [1, 6, 0, 0, 0], "little-endian multipolygon");
    assert_eq!(nothing, *b"GP\x00\x11\xff\x23\x00\x00\x01\x03\x00\x00\x00\x00\x00\x00\x00");
}
