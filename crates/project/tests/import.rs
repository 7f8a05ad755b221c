//! Importing: what a file says, what is given, what is guessed, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use planning::{Role, ZoneKind};
use project::{
    CrsSource, ImportReport, ImportRequest, NoteKind, Project, ProjectError, RoleChoice, RoleSource, import,
};
use spatial::Crs;

const CRS_9215: &str = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9215"}},"#;

/// A folder with files to import and a store.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store.gpkg")
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn import(
        &self,
        file: &Path,
        change: impl FnOnce(&mut ImportRequest),
    ) -> Result<ImportReport, ProjectError> {
        let mut request = ImportRequest { files: vec![file.to_owned()], ..ImportRequest::default() };
        change(&mut request);
        import(&self.store(), &request)
    }
}

/// A collection with `head` before its features: squares of 100 (metres) or 0.001 (degrees) at the places given.
fn collection(head: &str, properties: &str, places: &[(f64, f64)]) -> String {
    let square = |(x, y): &(f64, f64)| {
        let d = if x.abs() > 360.0 { 100.0 } else { 0.001 };
        let (r, t) = (x + d, y + d);
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{r},{y}],[{r},{t}],[{x},{t}],[{x},{y}]]]}}}}"#
        )
    };
    let features: Vec<String> = places.iter().map(square).collect();
    format!(r#"{{"type":"FeatureCollection",{head}"features":[{}]}}"#, features.join(",\n"))
}

#[test]
fn a_file_that_says_what_it_is() {
    let desk = Desk::new();
    let head = r#""ranh":{"collection":"plan-2021-2030","role":"land_use_plan","title":{"vi":"Quy hoạch","en":"Plan"},
        "scale":25000,"generated":true,"source":{"vi":"Mẫu","en":"Sample"},"approved_on":"2021-09-01"},"#;
    let text = collection(&format!("{head}{CRS_9215}"), r#"{"code":"SKN"}"#, &[(449_000.0, 2_417_000.0)]);
    let report = desk.import(&desk.file("bất kỳ.geojson", &text), |_| ()).unwrap();
    assert_eq!((report.collection.as_str(), report.role), ("plan-2021-2030", Role::LandUsePlan));
    assert_eq!((report.role_source, report.crs_source), (RoleSource::File, CrsSource::File));
    assert_eq!((report.crs.as_str(), report.revision, report.features), ("EPSG:9215", 1, 1));
    let snapshot = Project::open(&desk.store()).unwrap().snapshot().unwrap();
    let info = &snapshot.collections[0].collection.info;
    assert_eq!(
        (info.scale, info.generated, info.approved_on.as_deref()),
        (Some(25_000), true, Some("2021-09-01"))
    );
}

#[test]
fn what_is_given_overrules_the_file_and_that_is_said() {
    let desk = Desk::new();
    let head = r#""ranh":{"collection":"a","role":"zone","title":{"vi":"A","en":"A"}},"#;
    let text = collection(&format!("{head}{CRS_9215}"), "{}", &[(449_000.0, 2_417_000.0)]);
    let report = desk
        .import(&desk.file("a.geojson", &text), |request| {
            request.role = RoleChoice::Given(Role::Constraint);
            request.collection = Some("rừng".to_owned());
            request.crs = Some(Crs::from_epsg(9208).unwrap());
        })
        .unwrap_err();
    assert_eq!(report.to_string(), "\"rừng\" cannot name a collection: only a–z, 0–9 and - may be used");
    assert!(!desk.store().exists(), "nothing is created for a name that cannot be");
    let report = desk
        .import(&desk.folder.path().join("a.geojson"), |request| {
            request.role = RoleChoice::Given(Role::Constraint);
            request.crs = Some(Crs::from_epsg(9208).unwrap());
        })
        .unwrap();
    assert_eq!((report.crs.as_str(), report.crs_source), ("EPSG:9208", CrsSource::Given));
    let expected = [
        "the file says that its role is zone; constraint was given",
        "the file says that its CRS is EPSG:9215; EPSG:9208 was given",
    ];
    let remarks: Vec<&str> = report.remarks.iter().map(|remark| remark.en.as_str()).collect();
    assert_eq!(remarks, expected);
    assert_eq!(report.remarks[0].vi, "tệp tự khai vai trò zone; đã dùng constraint như được chọn");
}

#[test]
fn commune_files_are_recognised_with_a_reason() {
    let desk = Desk::new();
    let properties = r#"{"code":"05977","name":"Đông Kinh","fullName":"Phường Đông Kinh","codeName":"dong_kinh","provinceCode":"20"}"#;
    let text = collection("", properties, &[(106.77, 21.86)]);
    let report = desk.import(&desk.file("Xã, phường Lạng Sơn.geojson", &text), |_| ()).unwrap();
    assert_eq!((report.collection.as_str(), report.role), ("xa-phuong-lang-son", Role::Admin));
    assert!(matches!(&report.role_source, RoleSource::Guessed(reason) if reason.contains("codeName")));
    assert_eq!((report.crs.as_str(), report.crs_source), ("OGC:CRS84", CrsSource::Default));
    let snapshot = Project::open(&desk.store()).unwrap().snapshot().unwrap();
    assert_eq!(snapshot.collections[0].collection.info.level.as_deref(), Some("commune"));
}

#[test]
fn zones_are_recognised_and_land_use_needs_a_word() {
    let desk = Desk::new();
    let zone = collection("", r#"{"kind":"CCN","declared_area_ha":1.2}"#, &[(106.77, 21.86)]);
    assert_eq!(desk.import(&desk.file("z.geojson", &zone), |_| ()).unwrap().role, Role::Zone);
    let parcels = collection("", r#"{"code":"LUC"}"#, &[(106.77, 21.86)]);
    let file = desk.file("p.geojson", &parcels);
    let error = desk.import(&file, |_| ()).unwrap_err();
    assert!(error.to_string().contains("planned (land_use_plan) or present (land_use)"), "{error}");
    let given = |request: &mut ImportRequest| request.role = RoleChoice::Given(Role::LandUse);
    assert_eq!(desk.import(&file, given).unwrap().role, Role::LandUse);
    let unknown = collection("", r#"{"foo":1}"#, &[(106.77, 21.86)]);
    let error = desk.import(&desk.file("u.geojson", &unknown), |_| ()).unwrap_err();
    assert!(matches!(error, ProjectError::Role { .. }), "{error}");
}

#[test]
fn zones_that_name_no_kind_are_given_one_and_others_keep_theirs() {
    let desk = Desk::new();
    let as_cluster = |request: &mut ImportRequest| request.zone_kind = ZoneKind::from_code("CCN");
    let feature = |properties: &str| collection("", properties, &[(106.77, 21.86)]);
    let said =
        [r#"{"name":"a"}"#, r#"{"kind":" "}"#, r#"{"kind":null}"#, r#"{"kind":"KCN"}"#, r#"{"kind":"khu"}"#];
    let files: Vec<PathBuf> =
        said.iter().zip(0..).map(|(text, at)| desk.file(&format!("z{at}.geojson"), &feature(text))).collect();
    let report = desk
        .import(&files[0], |request| {
            request.files.clone_from(&files);
            request.role = RoleChoice::Given(Role::Zone);
            as_cluster(request);
        })
        .unwrap();
    let notes = report.files.iter().flat_map(|file| &file.notes.list);
    assert_eq!(notes.filter(|note| note.kind == NoteKind::GivenKind).count(), 3);
    let snapshot = Project::open(&desk.store()).unwrap().snapshot().unwrap();
    let kinds: Vec<String> = snapshot.collections[0]
        .collection
        .layer
        .features
        .iter()
        .filter_map(|feature| feature.text("kind"))
        .collect();
    assert_eq!(kinds, ["CCN", "CCN", "CCN", "KCN", "khu"]);
    let error = desk
        .import(&files[0], |request| {
            request.role = RoleChoice::Given(Role::LandUse);
            as_cluster(request);
        })
        .unwrap_err();
    assert!(matches!(error, ProjectError::KindWithoutZones), "{error}");
}

#[test]
fn coordinates_that_cannot_be_are_refused_and_nothing_is_kept() {
    let desk = Desk::new();
    let cases = [
        ("lat-lon", "", (21.86, 106.77), "latitude first"),
        ("metres", "", (449_000.0, 2_417_000.0), "name the CRS"),
        (
            "named-degrees",
            r#""crs":{"type":"name","properties":{"name":"EPSG:4326"}},"#,
            (449_000.0, 2_417_000.0),
            "name their CRS",
        ),
        (
            "named-lat-lon",
            r#""crs":{"type":"name","properties":{"name":"EPSG:4326"}},"#,
            (21.86, 106.77),
            "swap the two numbers",
        ),
        ("northing-first", CRS_9215, (2_417_000.0, 449_000.0), "northing first"),
        ("degrees-as-tm3", CRS_9215, (106.77, 21.86), "look like degrees"),
    ];
    for (name, head, place, expected) in cases {
        let file = desk.file(&format!("{name}.geojson"), &collection(head, "{}", &[place]));
        let given = |request: &mut ImportRequest| request.role = RoleChoice::Given(Role::Zone);
        let error = desk.import(&file, given).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains(name), "{name}: {error}");
        assert!(!desk.store().exists(), "{name}: nothing is created");
    }
    let metres = desk.folder.path().join("metres.geojson");
    let given = |request: &mut ImportRequest| {
        request.role = RoleChoice::Given(Role::Zone);
        request.crs = Some(Crs::from_epsg(9215).unwrap());
    };
    assert_eq!(desk.import(&metres, given).unwrap().crs, "EPSG:9215", "naming the CRS mends it");
}

#[test]
fn stray_features_stay_and_problems_are_counted() {
    let desk = Desk::new();
    let places = [(106.77, 21.86), (106.78, 21.86), (700.0, 700.0)];
    let text = collection("", "{}", &places).replacen("[106.771,21.861]", "[106.7705,21.859]", 1);
    let broken = text
        .replace(r#""features":["#, r#""features":[{"type":"Feature","properties":{},"geometry":null},7,"#);
    let given = |request: &mut ImportRequest| request.role = RoleChoice::Given(Role::Zone);
    let report = desk.import(&desk.file("s.geojson", &broken), given).unwrap();
    let file = &report.files[0];
    assert_eq!((report.features, file.skipped, file.problems.null), (4, 1, 1));
    assert_eq!(file.notes.count(NoteKind::NotAnObject), 1);
    assert!(file.notes.count(NoteKind::OutOfRange) > 0);
    let snapshot = Project::open(&desk.store()).unwrap().snapshot().unwrap();
    let positions: Vec<u64> =
        snapshot.collections[0].collection.layer.features.iter().map(|feature| feature.position).collect();
    assert_eq!(positions, [0, 2, 3, 4], "the skipped one keeps its place");
}

#[test]
fn an_import_that_is_stopped_changes_nothing() {
    let desk = Desk::new();
    let places: Vec<(f64, f64)> = (0..100).map(|at| (106.0 + f64::from(at) / 100.0, 21.86)).collect();
    let file = desk.file("s.geojson", &collection("", "{}", &places));
    let given = |request: &mut ImportRequest| request.role = RoleChoice::Given(Role::Zone);
    let before = desk.import(&file, given).unwrap().revision;
    let project = Project::open(&desk.store()).unwrap();
    // At its first question, in the middle, and after the last feature.
    for answers in [0, 50, 100] {
        let asked = AtomicUsize::new(0);
        let cancelled = || asked.fetch_add(1, Ordering::Relaxed) >= answers;
        let request = ImportRequest {
            files: vec![file.clone()],
            role: RoleChoice::Given(Role::Zone),
            cancelled: Some(&cancelled),
            ..ImportRequest::default()
        };
        assert!(matches!(project.import(&request), Err(ProjectError::Cancelled)), "{answers}");
        assert_eq!(project.snapshot().unwrap().revision, before);
    }
}

#[test]
fn several_files_become_one_collection() {
    let desk = Desk::new();
    let one = desk.file("one.geojson", &collection("", "{}", &[(106.77, 21.86), (106.78, 21.86)]));
    let point =
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[106.7,21.8]}}"#;
    let two = desk.file("two.geojsonl", point);
    let given = |files: Vec<PathBuf>| ImportRequest {
        files,
        role: RoleChoice::Given(Role::Zone),
        ..ImportRequest::default()
    };
    let report = import(&desk.store(), &given(vec![one.clone(), two])).unwrap();
    assert_eq!((report.collection.as_str(), report.features, report.files[1].first_position), ("one", 3, 2));
    let metres = desk.file("m.geojson", &collection(CRS_9215, "{}", &[(449_000.0, 2_417_000.0)]));
    let error = import(&desk.store(), &given(vec![one, metres])).unwrap_err();
    assert!(matches!(error, ProjectError::MixedCrs { .. }), "{error}");
    assert!(matches!(import(&desk.store(), &given(Vec::new())), Err(ProjectError::NoFile)));
}
