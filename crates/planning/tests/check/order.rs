//! The order of features in a file reaches neither findings nor ids.

use planning::{CheckOutcome, Collection, Severity};
use proptest::prelude::*;
use serde_json::json;
use spatial::Feature;

use crate::drawing::*;

type Box4 = (f64, f64, f64, f64);

fn boxes(count: usize) -> impl Strategy<Value = Vec<Box4>> {
    let side = || (0_u32..400).prop_map(f64::from);
    let size = || (5_u32..300).prop_map(f64::from);
    prop::collection::vec((side(), side(), size(), size()), 1..count)
}

fn drawn(boxes: &[Box4], make: impl Fn(usize, [f64; 4]) -> Feature) -> Vec<Feature> {
    boxes.iter().enumerate().map(|(i, (x, y, w, h))| make(i, [*x, *y, *w, *h])).collect()
}

fn scene(zone_boxes: &[Box4], parcels: &[Box4], turn: usize) -> Vec<Collection> {
    let kinds = ["KCN", "CCN", "KCX", "KKTCK"];
    let codes = ["SKK", "LUC", "RPH", "SKN", "DGT"];
    let make_zone = |i: usize, at| {
        zone(&format!("Z-{i}"), kinds[i % 4], at, json!({"declared_area_ha": 4.2, "communes": ["00001"]}))
    };
    let make_parcel = |i: usize, at| parcel(&format!("P-{i}"), codes[i % 5], at);
    let turned = |mut features: Vec<Feature>| {
        let by = turn % features.len();
        features.rotate_left(by);
        if turn % 2 == 1 {
            features.reverse();
        }
        features
    };
    let units = vec![
        commune("00001", "A", [-100.0, -100.0, 300.0, 1000.0]),
        commune("00002", "B", [200.0, -100.0, 700.0, 1000.0]),
    ];
    vec![
        zones(turned(drawn(zone_boxes, make_zone))),
        plan(turned(drawn(parcels, make_parcel))),
        land_use(turned(drawn(parcels, make_parcel))),
        communes(turned(units)),
    ]
}

/// What must not change; areas to a hundredth of a square millimetre, as sums may be taken in another order.
fn essence(outcome: &CheckOutcome) -> Vec<(String, String, Severity, i64, String, Option<spatial::Region>)> {
    let one = |finding: &planning::Finding| {
        let area = (finding.area_m2 * 1e8).round() as i64;
        let text = finding.message.vi.clone();
        (finding.id.clone(), finding.rule.clone(), finding.severity, area, text, finding.region.clone())
    };
    outcome.findings.iter().map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn findings_do_not_depend_on_the_order_of_features(
        zone_boxes in boxes(7), parcels in boxes(12), turn in 1_usize..20
    ) {
        let (straight, turned) =
            (judge(scene(&zone_boxes, &parcels, 0)), judge(scene(&zone_boxes, &parcels, turn)));
        prop_assert_eq!(essence(&straight), essence(&turned));
        prop_assert_eq!(straight.slivers.len(), turned.slivers.len());
        prop_assert_eq!(&straight.skipped, &turned.skipped);
    }
}

#[test]
fn ids_are_distinct_and_hashes_of_what_they_are_about() {
    let park = || zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}));
    let twice = || {
        vec![parcel("P-1", "LUC", [0.0, 0.0, 40.0, 100.0]), parcel("P-1", "LUC", [50.0, 0.0, 50.0, 100.0])]
    };
    let outcome = judge(vec![zones(vec![park()]), plan(twice())]);
    let found = findings(&outcome, "LUP-01");
    assert_eq!(found.len(), 2);
    // Same rule, same zone, same parcel id: the larger one comes first, whatever the file's order.
    close(found[0].area_m2, 5_000.0);
    assert_ne!(found[0].id, found[1].id);
    let mut turned = twice();
    turned.reverse();
    let again = findings(&judge(vec![zones(vec![park()]), plan(turned)]), "LUP-01");
    let ids = |list: &[planning::Finding]| list.iter().map(|finding| finding.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&found), ids(&again));
    assert!(found.iter().all(|f| f.id.len() == 16 && f.id.bytes().all(|b| b.is_ascii_hexdigit())));
}

#[test]
fn findings_come_by_severity_then_rule_then_zone() {
    let outcome =
        judge(scene(&[(0.0, 0.0, 300.0, 300.0), (100.0, 100.0, 200.0, 200.0)], &[(0.0, 0.0, 90.0, 90.0)], 0));
    let keys: Vec<_> = outcome
        .findings
        .iter()
        .map(|f| (f.severity, f.rule.clone(), f.zone.as_ref().map(|zone| zone.id.clone())))
        .collect();
    assert!(keys.len() > 4 && keys.is_sorted(), "{keys:?}");
}
