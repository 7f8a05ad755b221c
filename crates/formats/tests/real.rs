//! Real files from `../shared/data`: counts against GDAL 3.6.2 and the `serde_json`, and round trips.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "tests")]

use std::fs;
use std::path::PathBuf;

use formats::{Document, GeoJsonWriter, Limits, NoteKind, Winding, WriteOptions, read_layer};
use geo_types::{Geometry, LineString, Polygon};
use serde_json::Value;

/// The bytes of a shared file; says loudly when it is absent.
fn shared(path: &str) -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let bytes = fs::read(&root).ok();
    if bytes.is_none() {
        eprintln!("NOT TESTED: {} is absent, so real data was not read", root.display());
    }
    bytes
}

fn rings(geometry: &Geometry<f64>) -> Vec<&LineString<f64>> {
    let of = |polygon| std::iter::once(Polygon::exterior(polygon)).chain(polygon.interiors());
    match geometry {
        Geometry::Polygon(polygon) => of(polygon).collect(),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().flat_map(of).collect(),
        other => panic!("{other:?} in a file of polygons"),
    }
}

fn total(document: &Document) -> usize {
    document
        .layer
        .features
        .iter()
        .filter_map(|feature| feature.geometry.as_ref())
        .flat_map(rings)
        .map(|ring| ring.0.len())
        .sum()
}

/// Compares every id, property and coordinate, bit for bit, with what `serde_json` makes of the same bytes. (The
/// `geojson` crate cannot be the second reader: with serde_json's `arbitrary_precision`, which keeps property
/// numbers as written, it refuses every coordinate.)
fn agrees_with_serde_json(bytes: &[u8], document: &Document) {
    let other: Value = serde_json::from_slice(bytes).unwrap();
    let features = other["features"].as_array().unwrap();
    assert_eq!(features.len(), document.layer.features.len());
    for (theirs, ours) in features.iter().zip(&document.layer.features) {
        assert_eq!(theirs["properties"].as_object().unwrap(), &ours.properties);
        assert_eq!(
            theirs.get("id").and_then(Value::as_str),
            ours.id.as_ref().map(ToString::to_string).as_deref()
        );
        let mut numbers = Vec::new();
        flatten(&theirs["geometry"]["coordinates"], &mut numbers);
        assert_eq!(
            numbers,
            ours.geometry.as_ref().map(bits).unwrap_or_default(),
            "feature {}",
            ours.position
        );
    }
}

fn flatten(value: &Value, numbers: &mut Vec<u64>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| flatten(item, numbers)),
        Value::Number(number) => numbers.push(number.as_f64().unwrap().to_bits()),
        other => panic!("{other} among coordinates"),
    }
}

fn bits(geometry: &Geometry<f64>) -> Vec<u64> {
    rings(geometry)
        .into_iter()
        .flat_map(|ring| &ring.0)
        .flat_map(|at| [at.x.to_bits(), at.y.to_bits()])
        .collect()
}

fn written(document: &Document) -> Vec<u8> {
    let options = WriteOptions { winding: Winding::AsIs, ..WriteOptions::default() };
    let mut writer = GeoJsonWriter::begin(Vec::new(), &document.header, options).unwrap();
    document.layer.features.iter().for_each(|feature| writer.feature(feature).unwrap());
    writer.finish().unwrap()
}

#[test]
fn chicago_has_the_features_that_gdal_counts() {
    let Some(bytes) = shared("chicago-zoning-2024-10-21-simple.geojson") else { return };
    let document = read_layer(bytes.as_slice(), &Limits::default()).unwrap();
    // ogrinfo 3.6.2 counts 14,592 features; the data's README says 4 have no geometry, and 176,064 vertices.
    assert_eq!(document.layer.features.len(), 14_592);
    let empty = document.notes.list.iter().filter(|note| note.kind == NoteKind::EmptyGeometry);
    let empty: Vec<_> = empty.map(|note| (note.position, note.line)).collect();
    // Python's json module finds "coordinates":[] at these positions; one feature a line, from the second on.
    let expected = [30, 1184, 6151, 13098].map(|position| (Some(position), Some(position + 2)));
    assert_eq!(empty, expected);
    assert_eq!(total(&document), 176_064);
    assert_eq!(document.header.name.as_deref(), Some("chicago-zoning-2024-10-21"));
    agrees_with_serde_json(&bytes, &document);
    let again = read_layer(written(&document).as_slice(), &Limits::default()).unwrap();
    assert_eq!(again.layer, document.layer);
    assert_eq!(again.header.name, document.header.name);
}

#[test]
fn communes_keep_their_names_and_their_vertices() {
    let Some(bytes) = shared("vietnam/communes-15-lao-cai.geojson") else { return };
    let document = read_layer(bytes.as_slice(), &Limits::default()).unwrap();
    assert_eq!(document.layer.features.len(), 99);
    assert_eq!(document.notes.skipped(), 0);
    let first = &document.layer.features[0];
    assert_eq!(first.label(), "02647");
    assert_eq!(first.text("fullName").as_deref(), Some("Phường Lào Cai"));
    assert_eq!(first.text("areaKm2").as_deref(), Some("72.32"));
    agrees_with_serde_json(&bytes, &document);
    let again = read_layer(written(&document).as_slice(), &Limits::default()).unwrap();
    assert_eq!(again.layer, document.layer);
}
