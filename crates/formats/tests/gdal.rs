//! GDAL as the other reader: what is written is read by `ogrinfo` with the same count, CRS, names and extent.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::PathBuf;
use std::process::Command;

use formats::{GeoJsonSeqWriter, GeoJsonWriter, Header, Separator, WriteOptions};
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
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, bytes).unwrap();
    match Command::new("ogrinfo").arg("-al").arg(&file).output() {
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
