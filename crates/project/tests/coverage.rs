//! A small coverage with one of each: an overlap, an open crack and a missing vertex, as files.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::path::{Path, PathBuf};

use geo_types::Geometry;
use project::{
    CoverageKind, CoverageReport, CoverageRequest, Limits, coverage, read_document, write_coverage_flatgeobuf,
};
use spatial::{Crs, Layer};

/// Rectangles in metres from a corner in TM-3 107°15′, without a word on their CRS.
fn rectangles(rectangles: &[[f64; 4]], folder: &Path) -> PathBuf {
    let feature = |[x, y, r, t]: &[f64; 4]| {
        let (x, y, r, t) = (449_000.0 + x, 2_417_000.0 + y, 449_000.0 + r, 2_417_000.0 + t);
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{r},{y}],[{r},{t}],[{x},{t}],[{x},{y}]]]}}}}"#
        )
    };
    let features: Vec<String> = rectangles.iter().map(feature).collect();
    let path = folder.join("plan.geojson");
    std::fs::write(&path, format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")))
        .unwrap();
    path
}

fn request(file: PathBuf) -> CoverageRequest<'static> {
    CoverageRequest {
        file,
        source_crs: Some(Crs::from_epsg(9215).unwrap()),
        tolerance_m: 0.5,
        least_elongation: 10.0,
        width_precision: 0.01,
        ..CoverageRequest::default()
    }
}

fn as_flatgeobuf(report: &CoverageReport) -> Layer {
    let path = tempfile::NamedTempFile::with_suffix(".fgb").unwrap();
    write_coverage_flatgeobuf(report, path.as_file()).unwrap();
    read_document(path.path(), &Limits::default(), None).unwrap().layer
}

#[test]
fn findings_are_polygons_lines_and_points_in_the_working_crs() {
    let folder = tempfile::tempdir().unwrap();
    // The second overlaps the first by 1 m × 40 m and stands 0.25 m off the third; the fourth has a corner on the first.
    let file = rectangles(
        &[
            [0.0, 0.0, 40.0, 40.0],
            [39.0, 0.0, 80.0, 40.0],
            [80.25, 0.0, 120.0, 40.0],
            [-40.0, 20.0, 0.0, 40.0],
        ],
        folder.path(),
    );
    let report = coverage(&request(file.clone())).unwrap();
    assert_eq!((report.crs.name(), report.layer.crs.as_str()), ("EPSG:9215", "EPSG:9215"));
    let layer = as_flatgeobuf(&report);
    assert_eq!((layer.crs.epsg(), layer.features.len()), (Some(9215), report.rows.len()));
    let of = |kind: CoverageKind| {
        let name = serde_json::to_value(kind).unwrap();
        let found: Vec<_> =
            layer.features.iter().filter(|feature| feature.properties["kind"] == name).collect();
        let [feature] = found.as_slice() else { panic!("{kind:?}: {found:?}") };
        (feature.geometry.clone().unwrap(), feature.properties.clone())
    };
    let (shape, properties) = of(CoverageKind::Overlap);
    assert!(matches!(shape, Geometry::MultiPolygon(_)), "{shape:?}");
    assert_eq!((properties["area_m2"].as_f64(), &properties["feature_ids"]), (Some(40.0), &"0;1".into()));
    let (shape, properties) = of(CoverageKind::OpenCrack);
    assert!(matches!(shape, Geometry::LineString(_)), "{shape:?}");
    assert_eq!(properties["greatest_distance_m"].as_f64(), Some(0.25));
    let (shape, _) = of(CoverageKind::MissingVertex);
    assert_eq!(shape, geo_types::Point::new(449_000.0, 2_417_020.0).into());

    // A plane without an EPSG code cannot be named in the file, so that one is in degrees.
    let local = Crs::parse("+proj=tmerc +lon_0=106.8 +k=1 +x_0=500000 +ellps=WGS84 +units=m").unwrap();
    let report = coverage(&CoverageRequest { crs: Some(local), ..request(file) }).unwrap();
    let layer = as_flatgeobuf(&report);
    assert_eq!(layer.crs.epsg(), Some(4326));
    assert_eq!(layer.features.len(), report.rows.len());
}
