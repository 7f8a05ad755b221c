//! Overlaps of files against areas known by hand, and against the real borders that three communes claim.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::{Path, PathBuf};

use project::{OverlapsRequest, overlaps, write_overlaps_csv, write_overlaps_geojson};
use spatial::crs::WorkingReason;
use spatial::{Crs, FeatureId};

fn squares(name: &str, squares: &[(&str, f64, f64, f64)], folder: &Path) -> PathBuf {
    let feature = |(id, x, y, side): &(&str, f64, f64, f64)| {
        let (x, y) = (449_000.0 + x, 2_417_000.0 + y);
        let (r, t) = (x + side, y + side);
        format!(
            r#"{{"type":"Feature","id":"{id}","properties":{{"code":"c{id}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{r},{y}],[{r},{t}],[{x},{t}],[{x},{y}]]]}}}}"#
        )
    };
    let features: Vec<String> = squares.iter().map(feature).collect();
    let crs = r#""crs":{"type":"name","properties":{"name":"EPSG:9215"}}"#;
    let path = folder.join(name);
    std::fs::write(
        &path,
        format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(",")),
    )
    .unwrap();
    path
}

#[test]
fn two_files_give_pairs_with_measures() {
    let folder = tempfile::tempdir().unwrap();
    let subject = squares("s.geojson", &[("=A", 0.0, 0.0, 100.0), ("B", 500.0, 0.0, 10.0)], folder.path());
    let reference = squares("r.geojson", &[("1", 90.0, 40.0, 100.0), ("2", 100.0, 0.0, 10.0)], folder.path());
    let request = OverlapsRequest { subject, reference: Some(reference), ..OverlapsRequest::default() };
    let report = overlaps(&request).unwrap();
    assert_eq!((report.crs.name(), report.crs_reason), ("EPSG:9215", WorkingReason::OfTheData));
    // 10 m × 60 m; sharing an edge is no overlap.
    let [row] = report.rows.as_slice() else { panic!("{:?}", report.rows) };
    assert_eq!((row.subject_id.as_str(), row.reference_id.as_str()), ("=A", "1"));
    assert!((row.area_m2 - 600.0).abs() < 1e-9);
    assert!(
        (row.mean_width_m.unwrap() - 1200.0 / 140.0).abs() < 1e-12
            && (row.subject_share - 0.06).abs() < 1e-12
    );
    // The scale of TM-3 here is 0.9999 near the meridian: areas on the ellipsoid are 2e-4 larger at most.
    assert!((row.area_geodesic_m2.unwrap() / 600.0 - 1.0).abs() < 3e-4);
    let mut table = Vec::new();
    write_overlaps_csv(&report, &mut table).unwrap();
    let text = String::from_utf8(table).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("subject_id,reference_id,area_m2,area_geodesic_m2,mean_width_m,subject_share")
    );
    assert!(lines.next().unwrap().starts_with("'=A,1,600,6"), "{text}");
    let timings = serde_json::to_value(&report.timings).unwrap();
    let names: Vec<&String> = timings.as_object().unwrap().keys().collect();
    assert_eq!(names, ["read", "project", "validate", "index", "overlay", "write", "overlay_cpu_s"]);
    assert!(timings["read"]["wall_s"].as_f64().unwrap() > 0.0);
}

#[test]
fn one_file_gives_each_pair_once() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [("A", 0.0, 0.0, 10.0), ("B", 5.0, 0.0, 10.0), ("C", 0.0, 5.0, 10.0)];
    let subject = squares("s.geojson", &rows, folder.path());
    let id_field = Some("code".to_owned());
    let request = OverlapsRequest {
        subject,
        id_field,
        area_only: true,
        threads: Some(1),
        ..OverlapsRequest::default()
    };
    let report = overlaps(&request).unwrap();
    // To the nearest millionth of a square metre.
    let pairs: Vec<(&str, &str, f64)> = report
        .rows
        .iter()
        .map(|row| (row.subject_id.as_str(), row.reference_id.as_str(), (row.area_m2 * 1e6).round() / 1e6))
        .collect();
    assert_eq!(pairs, [("cA", "cB", 50.0), ("cA", "cC", 50.0), ("cB", "cC", 25.0)]);
    assert!(report.rows.iter().all(|row| row.region.is_none() && row.area_geodesic_m2.is_none()));
}

/// Three communes of Lào Cai claim one patch of 348.92 ha (GEOS, TM-3 104°45′).
#[test]
fn lao_cai_has_a_patch_claimed_three_times() {
    let subject = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/vietnam/communes-15-lao-cai.geojson");
    if !subject.exists() {
        eprintln!("NOT CHECKED: {} is not there", subject.display());
        return;
    }
    let report = overlaps(&OverlapsRequest { subject, ..OverlapsRequest::default() }).unwrap();
    assert_eq!((report.crs.name(), report.crs_reason), ("EPSG:9208", WorkingReason::Province));
    assert_eq!((report.subject.features, report.subject.problems.invalid), (99, 0));
    let communes = ["02647", "02683", "02746"];
    let claimed = |row: &&project::OverlapRow| {
        [&row.subject_id, &row.reference_id].iter().all(|id| communes.contains(&id.as_str()))
    };
    let areas: Vec<f64> = report.rows.iter().filter(claimed).map(|row| row.area_m2).collect();
    assert_eq!(areas.len(), 3);
    assert!(areas.iter().all(|area| (area / 10_000.0 - 348.92).abs() < 0.005), "{areas:?}");
    let mut geojson = Vec::new();
    write_overlaps_geojson(&report, &mut geojson).unwrap();
    let path = tempfile::NamedTempFile::with_suffix(".geojson").unwrap();
    std::fs::write(path.path(), geojson).unwrap();
    let back = project::read_document(path.path(), &project::Limits::default(), None).unwrap();
    assert_eq!(back.layer.features.len(), report.rows.len());
    assert_eq!(back.layer.crs, Crs::wgs84());
    assert!(back.layer.features.iter().all(|feature| !matches!(feature.id, Some(FeatureId::Number(_)))));
}
