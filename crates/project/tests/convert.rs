//! A file in another form and back: what it says stays, whatever its columns turn out to be and wherever its CRS stands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use project::{
    ConvertRequest, Converted, ExportFormat, Limits, ProjectError, SourceLimits, convert, read_document,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use spatial::{Crs, Feature};

/// More than the features by which columns are chosen.
const MANY: usize = 100;

fn request(file: &Path, format: ExportFormat) -> ConvertRequest<'static> {
    ConvertRequest {
        file: file.to_owned(),
        format,
        crs: None,
        encoding: None,
        layer: None,
        to: None,
        codes: None,
        metadata: false,
        sources: SourceLimits::default(),
        limits: Limits::default(),
        progress: None,
    }
}

fn converted(request: &ConvertRequest<'_>, out: &Path) -> Converted {
    let mut bytes = Vec::new();
    let converted = convert(request, &mut bytes).unwrap();
    fs::write(out, bytes).unwrap();
    converted
}

fn features(path: &Path) -> Vec<Feature> {
    let mut features = read_document(path, &Limits::default(), None).unwrap().layer.features;
    features.sort_by_key(|feature| feature.id.as_ref().map(ToString::to_string));
    for feature in &mut features {
        // The index of a FlatGeobuf has an order of its own, and its table an empty cell where a member is missing.
        feature.position = 0;
        feature.properties.retain(|_, value| !value.is_null());
    }
    features
}

fn collection(folder: &Path, properties: impl Fn(usize) -> Value, crs: Option<u32>) -> PathBuf {
    let feature = |k: usize| {
        let (x, y) = (105.0 + k as f64 / 1000.0, 21.0 + (k % 7) as f64 / 900.0);
        let (x, y) = if crs.is_some() { (x * 5000.0, y * 100_000.0) } else { (x, y) };
        let ring = [[x, y], [x + 0.001, y], [x + 0.001, y + 0.0007], [x, y]];
        json!({"type": "Feature", "id": format!("thửa-{k:03}"), "properties": properties(k),
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let all: Vec<Value> = (0..MANY).map(feature).collect();
    let mut document = json!({"type": "FeatureCollection", "features": all});
    if let Some(code) = crs {
        // Behind the features, where the standard of 2008 allows it too.
        let name = format!("urn:ogc:def:crs:EPSG::{code}");
        document["crs"] = json!({"type": "name", "properties": {"name": name}});
    }
    let path = folder.join("thửa đất.geojson");
    fs::write(&path, document.to_string()).unwrap();
    path
}

/// To FlatGeobuf and back to GeoJSON; both say what the first said.
fn there_and_back(file: &Path, folder: &Path, crs: &Crs) {
    let (fgb, back) = (folder.join("there.fgb"), folder.join("back.geojson"));
    let there = converted(&request(file, ExportFormat::FlatGeobuf), &fgb);
    assert_eq!((there.features, there.skipped, there.without_geometry), (MANY as u64, 0, 0));
    assert!(there.to.same_coordinates(crs), "{}", there.to.name());
    assert_eq!(features(&fgb), features(file));
    let again = ConvertRequest { to: Some(crs.clone()), ..request(&fgb, ExportFormat::GeoJson) };
    converted(&again, &back);
    assert_eq!(features(&back), features(file));
    let read = read_document(&back, &Limits::default(), None).unwrap();
    assert!(read.layer.crs.same_coordinates(crs));
}

#[test]
fn columns_that_turn_out_too_narrow_late_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let late = |k: usize| match k {
        0..90 => json!({"code": "LUC", "year": k, "share": null}),
        90 => json!({"code": 7, "year": 5_000_000_000_u64, "share": 0.25}),
        91 => json!({"code": "SKK", "year": "không rõ", "share": 0.75}),
        _ => json!({"tên": "Nguyễn Trãi", "year": 1.5, "list": [1, {"a": null}]}),
    };
    let file = collection(folder.path(), late, None);
    there_and_back(&file, folder.path(), &Crs::wgs84());
}

#[test]
fn a_crs_that_stands_behind_the_features_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = collection(folder.path(), |k| json!({ "k": k }), Some(9210));
    there_and_back(&file, folder.path(), &Crs::from_epsg(9210).unwrap());
}

#[test]
fn another_crs_is_computed_and_what_has_no_place_in_it_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let far = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": "here", "properties": {}, "geometry": {"type": "Point", "coordinates": [105.75, 16.0]}},
        {"type": "Feature", "id": "nowhere", "properties": {}, "geometry": {"type": "Point", "coordinates": [-164.25, 0.0]}}]});
    let (file, out) = (folder.path().join("far.geojson"), folder.path().join("far.fgb"));
    fs::write(&file, far.to_string()).unwrap();
    let to = Some(Crs::from_epsg(9210).unwrap());
    let done = converted(&ConvertRequest { to, ..request(&file, ExportFormat::FlatGeobuf) }, &out);
    assert_eq!((done.features, done.without_geometry), (2, 1));
    let written = features(&out);
    let Some(geo_types::Geometry::Point(point)) = &written[0].geometry else { panic!("{written:?}") };
    // PROJ 9.1, by way of GDAL: echo "105.75 16" | gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:9210
    let proj = [499_804.342_77, 1_769_577.214_17];
    assert!((point.x() - proj[0]).hypot(point.y() - proj[1]) < 1e-3, "{point:?}");
    assert_eq!(written[1].geometry, None);
}

#[test]
fn what_cannot_be_read_or_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no.geojson");
    let missing = convert(&request(&file, ExportFormat::FlatGeobuf), Vec::new()).unwrap_err();
    assert!(matches!(missing, ProjectError::Open { .. }), "{missing}");
    fs::write(&file, "<kml/>").unwrap();
    let foreign = convert(&request(&file, ExportFormat::GeoJson), Vec::new()).unwrap_err();
    assert!(matches!(foreign, ProjectError::Read { .. }), "{foreign}");
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("no space left on device"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let file = collection(folder.path(), |k| json!({ "k": k }), None);
    for format in [ExportFormat::GeoJson, ExportFormat::GeoJsonSeq, ExportFormat::FlatGeobuf] {
        let full = convert(&request(&file, format), Full).unwrap_err();
        assert!(full.to_string().contains("no space left"), "{full}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_values_come_back(values in prop::collection::vec(value(), MANY)) {
        let folder = tempfile::tempdir().unwrap();
        let file = collection(folder.path(), |k| json!({"một": values[k], "k": k}), None);
        there_and_back(&file, folder.path(), &Crs::wgs84());
    }
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => Just(json!("chữ")),
        2 => (-100_i64..100).prop_map(|n| json!(n)),
        1 => any::<i64>().prop_map(|n| json!(n)),
        1 => (-1e6..1e6_f64).prop_map(|x| json!(x)),
        1 => any::<bool>().prop_map(|b| json!(b)),
    ]
}

#[test]
fn how_far_it_is_is_told_to_the_last_byte() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.geojson");
    let feature = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[106,21]}}"#;
    let all = vec![feature; 20_000].join(",");
    fs::write(&file, format!(r#"{{"type":"FeatureCollection","features":[{all}]}}"#)).unwrap();
    let told = std::sync::Mutex::new(Vec::new());
    let progress = |done: usize, total: usize| told.lock().unwrap().push((done, total));
    let asked = ConvertRequest {
        crs: Some(Crs::wgs84()),
        progress: Some(&progress),
        ..request(&file, ExportFormat::FlatGeobuf)
    };
    assert_eq!(converted(&asked, &folder.path().join("a.fgb")).features, 20_000);
    let told = told.into_inner().unwrap();
    let bytes = usize::try_from(fs::metadata(&file).unwrap().len()).unwrap();
    assert!(told.len() > 3 && told.iter().all(|(_, total)| *total == bytes), "{} times", told.len());
    assert!(told.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    assert_eq!(told.last().unwrap().0, bytes);
}
