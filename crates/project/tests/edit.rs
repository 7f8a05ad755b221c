//! Editing features: what is held in memory is what a fresh look at the store gives.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use geo_types::{Geometry, Point};
use planning::{CollectionInfo, Role, Text};
use project::{Edit, EditRequest, Project, ProjectError, Store, StoreError, features_of_text};
use spatial::{Crs, Feature, FeatureId, Layer};

fn feature(position: u64, x: f64, y: f64) -> Feature {
    let id = Some(FeatureId::Text(format!("F{position}")));
    let geometry = Some(Geometry::Point(Point::new(x, y)));
    Feature { position, id, geometry, properties: serde_json::Map::new() }
}

fn project(path: &Path) -> Project {
    let mut store = Store::create(path).unwrap();
    for (id, role) in [("zones", Role::Zone), ("plan", Role::LandUsePlan)] {
        let features = (0..3).map(|k| feature(k, 450_000.0 + k as f64, 2_417_000.0)).collect();
        let layer = Layer { crs: Crs::from_epsg(9215).unwrap(), features };
        store.replace_collection(&CollectionInfo::new(id, role, Text::same(id)), &layer, None, &[]).unwrap();
    }
    drop(store);
    Project::open(path).unwrap()
}

fn request(edits: Vec<Edit>) -> EditRequest<'static> {
    EditRequest { collection: "zones", edits, reason: None }
}

#[test]
fn the_next_snapshot_is_what_the_store_would_give() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let project = project(&path);
    let before = project.snapshot().unwrap();
    let features = &before.collection("zones").unwrap().collection.layer.features;
    let edits = vec![
        Edit::Insert(feature(9, 451_000.0, 2_417_500.0)),
        Edit::Replace { before: features[1].clone(), after: feature(1, 452_000.0, 2_418_000.0) },
        Edit::Remove(features[0].clone()),
    ];
    project.edit(&request(edits.clone())).unwrap();
    let (held, read) = (project.snapshot().unwrap(), Project::open(&path).unwrap().snapshot().unwrap());
    let (held_zones, read_zones) = (held.collection("zones").unwrap(), read.collection("zones").unwrap());
    assert_eq!(held_zones.collection.layer, read_zones.collection.layer);
    let ids: Vec<u64> = read_zones.collection.layer.features.iter().map(|one| one.position).collect();
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!((held.revision, held_zones.revision), (read.revision, read_zones.revision));
    assert_eq!(held_zones.imported_at, read_zones.imported_at);
    let plan =
        |snapshot: &project::Snapshot| Arc::clone(&snapshot.collection("plan").unwrap().collection.layer);
    assert!(Arc::ptr_eq(&plan(&before), &plan(&held)), "what was not edited is shared");
    let again = project.edit(&request(edits[1..].to_vec())).unwrap_err();
    assert!(matches!(again, ProjectError::Store(StoreError::Changed { .. })), "{again}");
}

#[test]
fn an_edit_over_that_of_another_process_sees_both() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let (here, elsewhere) = (project(&path), Project::open(&path).unwrap());
    let old = here.snapshot().unwrap().collection("zones").unwrap().collection.layer.features.clone();
    elsewhere.edit(&request(vec![Edit::Remove(old[0].clone())])).unwrap();
    here.edit(&request(vec![Edit::Remove(old[2].clone())])).unwrap();
    let now = here.snapshot().unwrap();
    assert_eq!(now.collection("zones").unwrap().collection.layer.features, [old[1].clone()]);
    assert_eq!(now.revision, 4);
}

#[test]
fn coordinates_of_another_crs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let project = project(&folder.path().join("s.gpkg"));
    let error = project.edit(&request(vec![Edit::Insert(feature(9, 106.7, 21.8))])).unwrap_err();
    assert!(error.to_string().contains("(106.7, 21.8)"), "{error}");
    assert!(matches!(project.edit(&request(Vec::new())), Err(ProjectError::NothingToEdit)));
    assert_eq!(project.version().unwrap().revision, 2);
}

#[test]
fn a_text_is_taken_as_it_is_written_or_not_at_all() {
    let ring = "[[450000.1,2417000.2],[450100,2417000],[450100,2417100],[450000.1,2417000.2]]";
    let whole = |ring: &str, more: &str| {
        format!(
            r#"{{"type":"Feature","id":"A","geometry":{{"type":"Polygon","coordinates":[{ring}]}},"properties":{{"n":1.10{more}}}}}"#
        )
    };
    let crs = Crs::from_epsg(9215).unwrap();
    let features = features_of_text(&whole(ring, ""), &crs).unwrap();
    assert_eq!(features[0].properties["n"].to_string(), "1.10", "a number keeps its digits");
    for (text, word) in [
        (whole(&ring.replace("450100,2417100", "450100,2417100,5"), ""), "two numbers"),
        (whole("[[450000,2417000],[450100,2417000],[450100,2417100]]", ""), "first"),
        (whole("[[450000,2417000],[450100,2417000],[450000,2417000]]", ""), "position"),
        (whole(ring, r#","n":2"#), "n"),
        ("{\"type\":\"Feature\"".to_owned(), "ends in the middle"),
        ("[]".to_owned(), ""),
    ] {
        let error = features_of_text(&text, &crs).unwrap_err().to_string();
        assert!(error.contains("cannot be taken as it is") && error.contains(word), "{text}: {error}");
    }
}
