//! What the public may see.

use planning::{CheckInput, CheckOptions, Collection, Visibility, check, pack};
use serde_json::json;

use crate::drawing::*;

fn scene() -> Vec<Collection> {
    let mut secret = plan(vec![parcel("S-1", "LUC", [0.0, 0.0, 1000.0, 1000.0])]);
    secret.info.id = "draft-plan".into();
    secret.info.visibility = Visibility::Internal;
    vec![
        zones(vec![zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}))]),
        land_use(vec![
            parcel("L-1", "CQP", [0.0, 0.0, 300.0, 300.0]),
            parcel("L-2", "ONT+CAN", [400.0, 0.0, 300.0, 300.0]),
            parcel("L-3", "LUC", [0.0, 400.0, 300.0, 300.0]),
        ]),
        secret,
    ]
}

#[test]
fn internal_collections_and_defence_land_never_reach_a_public_answer() {
    let codes = &pack().unwrap().internal_codes;
    assert_eq!(codes.as_slice(), ["CQP", "CAN"]);
    let input = CheckInput { collections: scene(), ..CheckInput::default() };
    let staff = check(&input, &CheckOptions::default());
    assert_eq!(findings(&staff, "LUP-08").len(), 1);
    assert_eq!(findings(&staff, "LUP-01").len(), 1);

    let public = input.public(codes);
    let ids: Vec<&str> = public.collections.iter().map(|one| one.info.id.as_str()).collect();
    assert_eq!(ids, ["zones", "land-use"]);
    let outcome = check(&public, &CheckOptions::default());
    assert!(findings(&outcome, "LUP-08").is_empty() && findings(&outcome, "LUP-01").is_empty());
    assert_eq!(findings(&outcome, "LUP-03").len(), 1);
    let told = format!("{:?} {:?} {:?}", outcome.findings, outcome.skipped, outcome.summaries);
    for word in ["CQP", "CAN", "L-1", "L-2", "draft-plan"] {
        assert!(!told.contains(word), "{word} in {told}");
    }
    // What is left out is missing from the table and not hidden under another code.
    let by_land_use = outcome.summaries[0].by_land_use.as_ref().unwrap();
    close(by_land_use.uncovered_m2, 910_000.0);
}

#[test]
fn a_public_collection_without_such_land_is_shared_as_it_is() {
    let codes = &pack().unwrap().internal_codes;
    let fields = land_use(vec![parcel("L-1", "LUC", [0.0, 0.0, 10.0, 10.0])]);
    let public = fields.public(codes).unwrap();
    assert!(std::sync::Arc::ptr_eq(&fields.layer, &public.layer));
    // A plan is read by its planned codes.
    let mut planned = parcel("P-1", "LUC", [0.0, 0.0, 10.0, 10.0]);
    planned.properties.insert("planned_code".into(), json!("CQP"));
    assert!(plan(vec![planned]).public(codes).unwrap().layer.features.is_empty());
}

#[test]
fn a_file_says_who_may_see_it() {
    let info = json!({"collection": "x", "role": "land_use", "title": {"vi": "x", "en": "x"}});
    let read = |value: serde_json::Value| serde_json::from_value::<planning::CollectionInfo>(value).unwrap();
    assert_eq!(read(info.clone()).visibility, Visibility::Public);
    let mut internal = info;
    internal["visibility"] = json!("internal");
    assert_eq!(read(internal).visibility, Visibility::Internal);
}
