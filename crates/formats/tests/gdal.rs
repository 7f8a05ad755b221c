//! GDAL as the other reader: what is written is read by `ogrinfo` with the same count, CRS, names, types and extent.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::io::Cursor;
use std::path::PathBuf;
use std::process::Command;

use formats::{Columns, FlatGeobufWriter, GeoJsonSeqWriter, GeoJsonWriter, Header, Separator, WriteOptions};
use geo_types::{Rect, coord};
use serde_json::json;
use spatial::{Crs, Feature, FeatureId};

/// Three squares of 100 m in TM-3 107°15'.
fn features() -> Vec<Feature> {
    let square = |position: u64| {
        let west = 587_000.25 + 200.0 * f64::from(u32::try_from(position).unwrap());
        let corner = coord! { x: west, y: 2_325_000.5 };
        let opposite = coord! { x: west + 100.0, y: 2_325_100.5 };
        Rect::new(corner, opposite).to_polygon()
    };
    let feature = |position: u64| Feature {
        position,
        id: Some(FeatureId::Text(format!("KCN-{position}"))),
        geometry: Some(square(position).into()),
        properties: json!({"name": "Khu công nghiệp Đồng Bành", "area_ha": 1}).as_object().unwrap().clone(),
    };
    (0..3).map(feature).collect()
}

fn header() -> Header {
    Header { name: Some("zones".into()), crs: Some(Crs::from_epsg(9215).unwrap()), ..Header::default() }
}

/// What `ogrinfo` says of the bytes; `None`, said loudly, where it is not installed.
fn ogrinfo(name: &str, bytes: &[u8]) -> Option<String> {
    ogrinfo_of(name, bytes, &["-al"])
}

fn ogrinfo_of(name: &str, bytes: &[u8], arguments: &[&str]) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, bytes).unwrap();
    match Command::new("ogrinfo").args(arguments).arg(&file).output() {
        Ok(output) => {
            assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            eprintln!("NOT TESTED: ogrinfo cannot be run ({error}), so GDAL did not read {name}");
            None
        }
    }
}

fn says(text: &str, expected: &[&str]) {
    for line in expected {
        assert!(text.contains(line), "\"{line}\" is not in:\n{text}");
    }
}

#[test]
fn gdal_reads_a_collection() {
    let mut writer = GeoJsonWriter::begin(Vec::new(), &header(), WriteOptions::default()).unwrap();
    features().iter().for_each(|feature| writer.feature(feature).unwrap());
    let Some(text) = ogrinfo("collection.geojson", &writer.finish().unwrap()) else { return };
    says(&text, &["Layer name: zones", "Geometry: Polygon", "Feature Count: 3", "ID[\"EPSG\",9215]"]);
    says(&text, &["Extent: (587000.250000, 2325000.500000) - (587500.250000, 2325100.500000)"]);
    says(
        &text,
        &["id (String) = KCN-2", "name (String) = Khu công nghiệp Đồng Bành", "area_ha (Integer) = 1"],
    );
}

#[test]
fn gdal_reads_a_sequence() {
    for (separator, name) in
        [(Separator::RecordSeparator, "records.geojsons"), (Separator::LineFeed, "lines.geojsonl")]
    {
        let mut writer =
            GeoJsonSeqWriter::begin(Vec::new(), &header(), WriteOptions::default(), separator).unwrap();
        features().iter().for_each(|feature| writer.feature(feature).unwrap());
        let Some(text) = ogrinfo(name, &writer.finish().unwrap()) else { return };
        says(&text, &["Feature Count: 3", "name (String) = Khu công nghiệp Đồng Bành"]);
        says(&text, &["Extent: (587000.250000, 2325000.500000) - (587500.250000, 2325100.500000)"]);
    }
}

#[test]
fn gdal_reads_flatgeobuf_and_its_index() {
    let mut features = features();
    features[1].properties["area_ha"] = json!(1.25);
    features[2].properties.insert("note".into(), json!({"a": [1, null]}));
    features.push(Feature {
        position: 3,
        id: None,
        geometry: None,
        properties: features[0].properties.clone(),
    });
    let mut writer =
        FlatGeobufWriter::begin(Vec::new(), Cursor::new(Vec::new()), &header(), Columns::of(&features))
            .unwrap();
    features.iter().for_each(|feature| writer.feature(feature).unwrap());
    let bytes = writer.finish().unwrap();
    let Some(text) = ogrinfo_of("zones.fgb", &bytes, &["-al", "-so"]) else { return };
    says(&text, &["using driver `FlatGeobuf' successful", "Layer name: zones", "Geometry: Polygon"]);
    says(&text, &["Feature Count: 4", "ID[\"EPSG\",9215]"]);
    says(&text, &["Extent: (587000.250000, 2325000.500000) - (587500.250000, 2325100.500000)"]);
    says(&text, &["id: String (0.0)", "name: String (0.0)", "area_ha: Real (0.0)", "note: String (0.0)"]);
    let all = ogrinfo("zones.fgb", &bytes).unwrap();
    says(
        &all,
        &["id (String) = KCN-2", "area_ha (Real) = 1.25", "name (String) = Khu công nghiệp Đồng Bành"],
    );
    says(
        &all,
        &["POLYGON ((587300.25 2325000.5,587300.25 2325100.5,587200.25 2325100.5,587200.25 2325000.5,"],
    );
    // By the index: a box that only the second square meets.
    let found =
        ogrinfo_of("zones.fgb", &bytes, &["-al", "-spat", "587190", "2325000", "587250", "2325050"]).unwrap();
    says(&found, &["Feature Count: 1", "id (String) = KCN-1"]);
}
