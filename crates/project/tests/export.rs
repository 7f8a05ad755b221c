//! Exports: bit for bit in the own CRS, right in another, harmless in a spreadsheet.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::path::Path;

use geo_types::{Geometry, MultiPolygon};
use planning::{About, Change, Decision, Event, Finding, FindingState, Severity, Standings, Text, ZoneRef};
use project::{
    CheckRequest, ExportFormat, ImportRequest, Limits, Project, ProjectError, Version, export, import,
    read_document, write_findings_csv, write_findings_geojson,
};
use spatial::{Crs, FillRule, Region};

/// A zone at PROJ's reference point of Lạng Sơn (WGS 84 21.8537, 106.7615), with awkward numbers.
const ZONES: &str = r#"{"type":"FeatureCollection",
 "ranh":{"collection":"zones","role":"zone","title":{"vi":"Khu","en":"Zones"},"generated":true},
 "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9215"}},
 "features":[
 {"type":"Feature","id":7,"properties":{"name":"CCN Đồng Bành","declared_area_ha":1.10,"big":12345678901234567890123},
  "geometry":{"type":"Polygon","coordinates":[[[449314.377,2417549.695],[449414.3770000001,2417549.695],[449414.377,2417649.695],[449314.377,2417549.695]]]}},
 {"type":"Feature","properties":{},"geometry":null}]}"#;

fn project(folder: &Path) -> Project {
    let file = folder.join("zones.geojson");
    std::fs::write(&file, ZONES).unwrap();
    import(&folder.join("s.gpkg"), &ImportRequest { files: vec![file], ..ImportRequest::default() }).unwrap();
    Project::open(&folder.join("s.gpkg")).unwrap()
}

fn exported(project: &Project, format: ExportFormat, crs: &Crs) -> String {
    String::from_utf8(exported_bytes(project, format, crs)).unwrap()
}

fn exported_bytes(project: &Project, format: ExportFormat, crs: &Crs) -> Vec<u8> {
    let mut out = Vec::new();
    let exported = export(&project.snapshot().unwrap(), "zones", format, crs, &mut out).unwrap();
    assert_eq!((exported.features, exported.without_geometry.len()), (2, 0));
    out
}

#[test]
fn an_export_in_the_own_crs_is_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path());
    let text = exported(&project, ExportFormat::GeoJson, &Crs::from_epsg(9215).unwrap());
    assert!(text.contains("1.10") && text.contains("12345678901234567890123"), "{text}");
    let copy = folder.path().join("copy.geojson");
    std::fs::write(&copy, text).unwrap();
    let again = read_document(&copy, &Limits::default(), None).unwrap();
    let before = project.snapshot().unwrap();
    assert_eq!(again.layer, *before.collections[0].collection.layer);
    let report = project.import(&ImportRequest { files: vec![copy], ..ImportRequest::default() }).unwrap();
    assert_eq!((report.collection.as_str(), report.revision), ("zones", 2), "it still says what it is");
}

#[test]
fn flatgeobuf_keeps_what_it_has_a_place_for_and_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path());
    let own = Crs::from_epsg(9215).unwrap();
    let bytes = exported_bytes(&project, ExportFormat::FlatGeobuf, &own);
    assert_eq!(bytes, exported_bytes(&project, ExportFormat::FlatGeobuf, &own), "the same bytes");
    let copy = folder.path().join("copy.fgb");
    std::fs::write(&copy, bytes).unwrap();
    let report = project.import(&ImportRequest { files: vec![copy], ..ImportRequest::default() }).unwrap();
    assert_eq!((report.collection.as_str(), report.revision), ("zones", 2), "it still says what it is");
    let after = project.snapshot().unwrap();
    let layer = &after.collections[0].collection.layer;
    assert_eq!(layer.crs, own);
    let [zone, bare] = layer.features.as_slice() else { panic!("{layer:?}") };
    assert_eq!(zone.id, Some(spatial::FeatureId::Number(7.into())));
    let Some(Geometry::Polygon(polygon)) = &zone.geometry else { panic!("{zone:?}") };
    assert_eq!(polygon.exterior().0[1].x.to_bits(), 449_414.377_000_000_1_f64.to_bits());
    let expected = r#"{"name":"CCN Đồng Bành","declared_area_ha":1.1,"big":12345678901234567890123}"#;
    assert_eq!(serde_json::to_string(&zone.properties).unwrap(), expected, "a double has no trailing zero");
    // A feature that lacks a property has none in it.
    assert!(bare.geometry.is_none() && bare.properties.values().all(serde_json::Value::is_null), "{bare:?}");

    let local = Crs::parse("+proj=tmerc +lon_0=107 +k=0.9999 +x_0=500000 +ellps=WGS84 +units=m").unwrap();
    let error = export(&after, "zones", ExportFormat::FlatGeobuf, &local, Vec::new()).unwrap_err();
    assert!(
        error.to_string().starts_with("FlatGeobuf names a CRS by its EPSG code, and +proj=tmerc"),
        "{error}"
    );
    assert!(ExportFormat::FlatGeobuf.check_crs(&local).is_err());
}

#[test]
fn an_export_in_degrees_is_where_proj_puts_it() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path());
    for format in [ExportFormat::GeoJson, ExportFormat::GeoJsonSeq] {
        let text = exported(&project, format, &Crs::wgs84());
        assert!(text.contains("[106.7615") && !text.contains("\"crs\""), "{text}");
        let copy = folder.path().join("copy.geojson");
        std::fs::write(&copy, &text).unwrap();
        let Some(Geometry::Polygon(polygon)) =
            read_document(&copy, &Limits::default(), None).unwrap().layer.features[0].geometry.clone()
        else {
            panic!("{text}")
        };
        let corner = polygon.exterior().0[0];
        // The reference figures are given to 1 mm, about 1e-8°.
        assert!((corner.x - 106.7615).abs() < 1.5e-8 && (corner.y - 21.8537).abs() < 1.5e-8, "{corner:?}");
    }
    let error =
        export(&project.snapshot().unwrap(), "plan", ExportFormat::GeoJson, &Crs::wgs84(), Vec::new());
    assert_eq!(error.unwrap_err().to_string(), "there is no collection \"plan\": the store has zones");
}

#[test]
fn checks_are_kept_and_wrong_words_refused() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(folder.path());
    assert_eq!(project.version().unwrap(), Version { revision: 1, check: 0, event: 0, file: 0 });
    let before = project.snapshot().unwrap();
    let run = project.check(&CheckRequest::default()).unwrap();
    assert_eq!((run.id, run.revision), (1, 1));
    let version = project.version().unwrap();
    assert_eq!((version.revision, version.check), (1, 1));
    let after = project.snapshot().unwrap();
    assert_eq!(after.check.as_ref().unwrap().outcome.zones_total, run.outcome.zones_total);
    let layer = |snapshot: &project::Snapshot| snapshot.collections[0].collection.layer.clone();
    assert!(std::sync::Arc::ptr_eq(&layer(&before), &layer(&after)), "the layers are shared");
    let request = CheckRequest { rules: vec!["LUP-99".to_owned()], ..CheckRequest::default() };
    assert!(matches!(project.check(&request), Err(ProjectError::UnknownRule { .. })));
    let request = CheckRequest { pack: Some("2017-07-15".to_owned()), ..CheckRequest::default() };
    assert_eq!(project.check(&request).unwrap().outcome.pack, "vn-zones 2017-07-15");
    let request = CheckRequest { date: Some("2020-02-29".parse().unwrap()), ..CheckRequest::default() };
    assert_eq!(project.check(&request).unwrap().outcome.pack, "vn-zones 2017-07-15");
    let request = CheckRequest { date: Some("2010".parse().unwrap()), ..CheckRequest::default() };
    let early = project.check(&request).unwrap_err();
    assert!(early.to_string().contains("2024-05-01, 2017-07-15"), "{early}");
    let request = CheckRequest { plan: Some("zones".to_owned()), ..CheckRequest::default() };
    let error = project.check(&request).unwrap_err();
    assert_eq!(error.to_string(), "there is no land-use plan \"zones\": the store has none");
}

fn finding() -> Finding {
    let ring = vec![
        (449_314.375, 2_417_549.75),
        (449_414.375, 2_417_549.75),
        (449_414.375, 2_417_649.75),
        (449_314.375, 2_417_549.75),
    ];
    let shape = MultiPolygon(vec![geo_types::Polygon::new(ring.into(), Vec::new())]);
    Finding {
        id: "00ff".to_owned(),
        rule: "LUP-01".to_owned(),
        severity: Severity::Error,
        message: Text { vi: "=HYPERLINK(\"x\")".to_owned(), en: "0.50 ha, planned \"LUC\"".to_owned() },
        zone: Some(ZoneRef { id: "Z1".to_owned(), name: "CCN Đồng Bành".to_owned(), kind: None }),
        other: None,
        codes: vec!["LUC".to_owned()],
        area_m2: 5_000.0,
        area_geodesic_m2: None,
        mean_width_m: Some(29.5),
        share: None,
        table: Vec::new(),
        w_min_m: None,
        a_min_m2: None,
        parameters: serde_json::Map::new(),
        crs: Crs::from_epsg(9215).unwrap(),
        region: Some(Region::from_multi_polygon(&shape, FillRule::EvenOdd)),
        place: Some([449_400.0, 2_417_560.0]),
        fix: Some(planning::Fix {
            action: planning::FixAction::CutOff,
            text: Text { vi: "Cắt bỏ".to_owned(), en: "=Cut off".to_owned() },
        }),
    }
}

/// The finding was waived.
fn standings() -> Standings {
    let about = About { rule: "LUP-01".into(), zone: Some("Z1".into()), plan: None };
    let waiver = Decision {
        state: FindingState::Waived,
        document: Some("12/QĐ-UBND".into()),
        person: Some("UBND tỉnh".into()),
        until: Some("2027-06-30".parse().unwrap()),
        reason: None,
    };
    let mut standings = Standings::default();
    for (number, change) in (1..).zip([Change::Found(about), Change::Decided(waiver)]) {
        let (finding, at) = (finding().id, "2026-01-01T00:00:00Z".to_owned());
        standings.apply(Event { number, finding, at, run: 1, change });
    }
    standings
}

#[test]
fn findings_become_flat_features_and_rows() {
    let bare = Finding { region: None, ..finding() };
    let mut out = Vec::new();
    write_findings_geojson([&finding(), &bare], &standings(), &Crs::wgs84(), &mut out).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let [first, second] = document["features"].as_array().unwrap().as_slice() else { panic!("{document}") };
    assert_eq!(
        (&first["geometry"]["type"], &second["geometry"]["type"]),
        (&"MultiPolygon".into(), &"Point".into())
    );
    for (name, value) in
        [("rule", "LUP-01"), ("severity", "E"), ("zone_name", "CCN Đồng Bành"), ("code", "LUC")]
    {
        assert_eq!(first["properties"][name], value);
    }
    assert_eq!(first["properties"]["area_ha"].as_f64(), Some(0.5));
    for (name, value) in
        [("state", "waived"), ("document", "12/QĐ-UBND"), ("person", "UBND tỉnh"), ("until", "2027-06-30")]
    {
        assert_eq!(first["properties"][name], value);
    }
    assert!(first["properties"]["title_vi"].as_str().is_some_and(|title| !title.is_empty()));
    let mut out = Vec::new();
    write_findings_csv([&finding()], &Standings::default(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains(r#","'=HYPERLINK(""x"")","0.50 ha, planned ""LUC""",Z1,"#), "{text}");
    assert!(text.contains(",EPSG:9215,Cắt bỏ,'=Cut off,"), "{text}");
    let mut out = Vec::new();
    write_findings_csv([], &Standings::default(), &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().starts_with("id,rule,severity,title_vi,"), "a table has a head");
}
