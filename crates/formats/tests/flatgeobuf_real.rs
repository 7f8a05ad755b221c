//! Real FlatGeobuf files, and files that GDAL writes: read as GDAL reads them, property by property and bit by bit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "tests")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use formats::{Document, Limits, NoteKind, read_layer};
use geo_types::{Geometry, LineString, Polygon};
use serde_json::{Value, json};

/// A shared file; says loudly when it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("NOT TESTED: {} is absent, so real data was not read", path.display());
    None
}

fn read(path: &Path) -> Document {
    read_layer(File::open(path).unwrap(), &Limits::default()).unwrap()
}

/// What `ogr2ogr` writes with these arguments; `None`, said loudly, where it is not installed.
fn ogr2ogr(arguments: &[&str]) -> Option<Vec<u8>> {
    match Command::new("ogr2ogr").args(arguments).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(output.stdout)
        }
        Err(error) => {
            eprintln!("NOT TESTED: ogr2ogr cannot be run ({error}), so GDAL was not asked");
            None
        }
    }
}

/// The features of a file as GDAL reads them, with all digits and every ring as it turns.
fn by_gdal(path: &Path) -> Option<Value> {
    let as_is = ["-lco", "RFC7946=NO", "-lco", "SIGNIFICANT_FIGURES=17"];
    let arguments = [&["-f", "GeoJSON"], &as_is[..], &["/vsistdout/", path.to_str().unwrap()]].concat();
    Some(serde_json::from_slice(&ogr2ogr(&arguments)?).unwrap())
}

fn rings(geometry: &Geometry<f64>) -> Vec<&LineString<f64>> {
    let of = |polygon| std::iter::once(Polygon::exterior(polygon)).chain(polygon.interiors());
    match geometry {
        Geometry::Polygon(polygon) => of(polygon).collect(),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().flat_map(of).collect(),
        other => panic!("{other:?} in a file of polygons"),
    }
}

fn vertices(document: &Document) -> usize {
    let geometries = document.layer.features.iter().filter_map(|feature| feature.geometry.as_ref());
    geometries.flat_map(rings).map(|ring| ring.0.len()).sum()
}

fn bits(geometry: &Geometry<f64>) -> Vec<u64> {
    let positions = rings(geometry).into_iter().flat_map(|ring| &ring.0);
    positions.flat_map(|at| [at.x.to_bits(), at.y.to_bits()]).collect()
}

fn flatten(value: &Value, numbers: &mut Vec<u64>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| flatten(item, numbers)),
        Value::Number(number) => numbers.push(number.as_f64().unwrap().to_bits()),
        other => panic!("{other} among coordinates"),
    }
}

/// Whether two values mean the same: 25 and 25.0 do.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(ours), Value::Number(theirs)) => ours.as_f64() == theirs.as_f64(),
        _ => ours == theirs,
    }
}

#[test]
fn brazil_is_read_as_gdal_reads_it() {
    let Some(path) = shared("brazil-municipalities.fgb") else { return };
    let document = read(&path);
    assert_eq!((document.layer.features.len(), vertices(&document)), (5_564, 642_108));
    assert_eq!(document.layer.crs.epsg(), Some(4326));
    assert_eq!(document.header.name.as_deref(), Some("brazil-municipalities"));
    assert_eq!(document.notes.skipped(), 0);
    let Some(theirs) = by_gdal(&path) else { return };
    let theirs = theirs["features"].as_array().unwrap();
    assert_eq!(theirs.len(), 5_564);
    for (ours, theirs) in document.layer.features.iter().zip(theirs) {
        assert_eq!(Value::from(ours.properties.clone()), theirs["properties"]);
        let mut numbers = Vec::new();
        flatten(&theirs["geometry"]["coordinates"], &mut numbers);
        assert_eq!(bits(ours.geometry.as_ref().unwrap()), numbers, "feature {}", ours.position);
    }
}

#[test]
fn communes_are_those_of_the_geojson_files() {
    let Some(path) = shared("vietnam/communes-2025.fgb") else { return };
    let document = read(&path);
    assert_eq!((document.layer.features.len(), vertices(&document)), (3_321, 7_129_486));
    assert_eq!((document.layer.crs.epsg(), document.notes.skipped()), (Some(4326), 0));
    let features = &document.layer.features;
    let by_code: HashMap<_, _> =
        features.iter().map(|feature| (feature.text("code").unwrap(), feature)).collect();
    assert_eq!(by_code.len(), 3_321);
    let Some(province) = shared("vietnam/communes-20-lang-son.geojson") else { return };
    let province = read(&province);
    assert_eq!(province.layer.features.len(), 65);
    for theirs in &province.layer.features {
        let ours = by_code[&theirs.label()];
        assert_eq!(
            bits(ours.geometry.as_ref().unwrap()),
            bits(theirs.geometry.as_ref().unwrap()),
            "{}",
            theirs.label()
        );
        for (name, value) in &theirs.properties {
            assert!(same(&ours.properties[name], value), "{}: {name}", theirs.label());
        }
    }
}

/// A table as GDAL makes a FlatGeobuf file of it; a column of the type `WKT` is the geometry.
fn written_by_gdal(name: &str, types: &str, rows: &[&str], options: &[&str]) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let [csv, csvt, out] = ["in.csv", "in.csvt", "out.fgb"].map(|file| folder.join(file));
    fs::write(&csv, rows.join("\n")).unwrap();
    fs::write(csvt, types).unwrap();
    let ways = ["-oo", "EMPTY_STRING_AS_NULL=YES", "-oo", "KEEP_GEOM_COLUMNS=NO", "-a_srs", "EPSG:9215"];
    let files = [out.to_str().unwrap(), csv.to_str().unwrap()];
    ogr2ogr(&[&["-f", "FlatGeobuf"], options, &ways, &files].concat())?;
    Some(out)
}

#[test]
fn what_gdal_writes_is_read_with_all_types() {
    let types = "WKT,Integer,Integer64,Real,Integer(Boolean),DateTime,Real(Float32),String";
    let rows = [
        "shape,fid,big,share,fine,seen,at,name",
        "\"POLYGON ((0 0,9 0,9 9,0 9,0 0),(1 1,1 2,2 2,2 1,1 1))\",7,9007199254740993,0.1,1,2025-07-01T08:30:00Z,0.1,Đồng Bành",
        "\"MULTIPOLYGON (((20 20,29 20,29 29,20 20)),((30 30,39 30,39 39,30 30)))\",-8,,,0,,,",
        "POINT (3 4),,,,,,,điểm",
        "\"LINESTRING Z (1 2 3,4 5 6)\",,,,,,,",
        "\"GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (1 2,3 4))\",,,,,,,",
        "\"CURVEPOLYGON (CIRCULARSTRING (0 0,1 1,2 0,1 -1,0 0))\",,,,,,,",
        "\"MULTISURFACE (((40 40,49 40,49 49,40 40)),CURVEPOLYGON ((50 50,59 50,59 59,50 50)))\",,,,,,,",
    ];
    // With its index GDAL puts features in another order, without it in this.
    for index in ["YES", "NO"] {
        let spatial_index = format!("SPATIAL_INDEX={index}");
        let Some(path) = written_by_gdal(
            &format!("types-{index}"),
            types,
            &rows,
            &["-dim", "XYZ", "-lco", &spatial_index],
        ) else {
            return;
        };
        let document = read(&path);
        assert_eq!(document.layer.crs.epsg(), Some(9215));
        assert_eq!(document.notes.count(NoteKind::UnsupportedGeometry), 1);
        // 10 + 8 + 1 + 2 + 3 + 8, by hand.
        assert_eq!(document.notes.first(NoteKind::ExtraDimensions).map(|note| note.count), Some(32));
        let mut features = document.layer.features;
        assert_eq!(features.len(), 6);
        let kind = |feature: &spatial::Feature| match feature.geometry.as_ref().unwrap() {
            Geometry::Polygon(_) => 0,
            Geometry::MultiPolygon(polygons) if polygons.0[0].exterior().0[0].x < 30.0 => 1,
            Geometry::Point(_) => 2,
            Geometry::LineString(_) => 3,
            Geometry::GeometryCollection(_) => 4,
            _ => 5,
        };
        features.sort_by_key(kind);
        assert_eq!(features.iter().map(kind).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
        let first = features.remove(0);
        assert_eq!(rings(first.geometry.as_ref().unwrap()).len(), 2);
        let text = r#"{"fid":7,"big":9007199254740993,"share":0.1,"fine":true,"seen":"2025-07-01T08:30:00Z",
            "at":0.1,"name":"Đồng Bành"}"#;
        assert_eq!(Value::from(first.properties), serde_json::from_str::<Value>(text).unwrap());
        let second = json!({"fid": -8, "big": null, "share": null, "fine": false, "seen": null, "at": null, "name": null});
        assert_eq!(Value::from(features.remove(0).properties), second);
        assert_eq!(features.remove(0).geometry, Some(geo_types::Point::new(3.0, 4.0).into()));
    }
}
