//! Overlaps of files against areas known by hand, and against the real borders that three communes claim.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::{Path, PathBuf};

use project::{
    Limits, NoteKind, OverlapsReport, OverlapsRequest, overlaps, read_document, write_overlaps_csv,
    write_overlaps_flatgeobuf, write_overlaps_geojson,
};
use spatial::crs::WorkingReason;
use spatial::{Crs, FeatureId, Layer};

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

fn as_flatgeobuf(report: &OverlapsReport) -> Layer {
    let path = tempfile::NamedTempFile::with_suffix(".fgb").unwrap();
    write_overlaps_flatgeobuf(report, path.as_file()).unwrap();
    read_document(path.path(), &Limits::default(), None).unwrap().layer
}

#[test]
fn flatgeobuf_has_the_shapes_as_they_were_computed() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [("A", 0.0, 0.0, 10.0), ("B", 5.1, 0.0, 10.0), ("C", 0.0, 5.0, 10.0)];
    let subject = squares("s.geojson", &rows, folder.path());
    let report = overlaps(&OverlapsRequest { subject, ..OverlapsRequest::default() }).unwrap();
    let layer = as_flatgeobuf(&report);
    assert_eq!((layer.crs.epsg(), layer.features.len()), (Some(9215), 3));
    for row in &report.rows {
        let is_pair = |feature: &&spatial::Feature| {
            feature.properties["subject_id"] == row.subject_id.as_str()
                && feature.properties["reference_id"] == row.reference_id.as_str()
        };
        let feature = layer.features.iter().find(is_pair).unwrap();
        let shape = row.region.as_ref().unwrap().to_multi_polygon();
        assert_eq!(feature.geometry, Some(shape.into()), "bit for bit");
        let area = feature.properties["area_m2"].as_f64().unwrap();
        assert!((area - row.area_m2).abs() < 1e-12 * area, "{area}");
    }
    // Without shapes there are none, and columns without a value have their type even so.
    let subject = squares("s.geojson", &rows, folder.path());
    let request = OverlapsRequest { subject, area_only: true, ..OverlapsRequest::default() };
    let layer = as_flatgeobuf(&overlaps(&request).unwrap());
    assert!(layer.features.iter().all(|feature| feature.geometry.is_none()));
    assert!(layer.features.iter().all(|feature| feature.properties["area_geodesic_m2"].is_null()));
}

/// One square of 10 m in TM-3 107°15′ twice: once with its CRS, once without a word on it.
#[test]
fn a_file_can_be_told_its_own_crs() {
    let folder = tempfile::tempdir().unwrap();
    let subject = squares("s.geojson", &[("A", 0.0, 0.0, 10.0)], folder.path());
    let named = std::fs::read_to_string(&subject).unwrap();
    let silent = folder.path().join("silent.geojson");
    std::fs::write(&silent, named.replace(r#""crs":{"type":"name","properties":{"name":"EPSG:9215"}},"#, ""))
        .unwrap();
    let own = || Some(Crs::from_epsg(9215).unwrap());
    let request = |reference_crs: Option<Crs>| OverlapsRequest {
        subject: subject.clone(),
        reference: Some(silent.clone()),
        reference_crs,
        ..OverlapsRequest::default()
    };
    let error = overlaps(&request(None)).unwrap_err().to_string();
    assert!(error.contains("silent.geojson: no CRS is named"), "{error}");
    let report = overlaps(&request(own())).unwrap();
    assert_eq!(report.reference.as_ref().unwrap().crs, "EPSG:9215");
    assert!((report.rows[0].area_m2 - 100.0).abs() < 1e-9, "{:?}", report.rows);

    // What is said against the file goes, and is noted; what its coordinates speak against does not.
    let wrong = OverlapsRequest {
        subject: silent,
        subject_crs: own(),
        reference: Some(subject.clone()),
        reference_crs: Some(Crs::from_epsg(9214).unwrap()),
        ..OverlapsRequest::default()
    };
    let report = overlaps(&wrong).unwrap();
    assert!(report.rows.is_empty(), "25 km apart: {:?}", report.rows);
    let note = report.reference.unwrap().notes.first(NoteKind::CrsMember).unwrap().message.clone();
    assert_eq!(note, "the document says EPSG:9215; it was read in EPSG:9214, as asked");
    let degrees = OverlapsRequest { subject_crs: Some(Crs::wgs84()), subject, ..OverlapsRequest::default() };
    let error = overlaps(&degrees).unwrap_err().to_string();
    assert!(error.contains("cannot be longitude, latitude in OGC:CRS84: they look like metres"), "{error}");
}

/// Degrees that are said to be metres, as when the working CRS was meant.
#[test]
fn degrees_are_no_metres_outside_viet_nam_either() {
    let folder = tempfile::tempdir().unwrap();
    let subject = folder.path().join("chicago.geojson");
    let text = r#"{"type":"Polygon","coordinates":[[[-87.6,41.8],[-87.5,41.8],[-87.5,41.9],[-87.6,41.8]]]}"#;
    std::fs::write(&subject, text).unwrap();
    let subject_crs = Some(Crs::from_epsg(32616).unwrap());
    let error =
        overlaps(&OverlapsRequest { subject, subject_crs, ..OverlapsRequest::default() }).unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("(-87.6, 41.8) cannot be easting, northing in EPSG:32616: they look like degrees"),
        "{error}"
    );
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
    let back = read_document(path.path(), &Limits::default(), None).unwrap();
    assert_eq!(back.layer.features.len(), report.rows.len());
    assert_eq!(back.layer.crs, Crs::wgs84());
    assert!(back.layer.features.iter().all(|feature| !matches!(feature.id, Some(FeatureId::Number(_)))));
}
