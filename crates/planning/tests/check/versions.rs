//! LUP-02, PLN-04 and PLN-05: plans.

use planning::{CheckOutcome, Role, Severity, Theme};
use serde_json::json;

use crate::drawing::*;

/// A park of 1,000 m × 1,000 m on land planned for parks that reaches so far beyond it.
pub(crate) fn planned_beyond(width: f64) -> CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    judge(vec![zones(vec![park]), plan(vec![parcel("P-1", "SKK", [0.0, 0.0, 1000.0 + width, 1000.0])])])
}

/// A park on two versions of a plan: all of it SKK before; now a strip of it of this width has another code.
pub(crate) fn changed(code: &str, width: f64) -> CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let mut old = plan(vec![parcel("P-1", "SKK", [0.0, 0.0, 1000.0, 1000.0])]);
    old.info.id = "old-plan".into();
    old.info.approved_on = Some("2017-05-02".into());
    let mut new = plan(vec![
        parcel("P-1", "SKK", [0.0, 0.0, 1000.0 - width, 1000.0]),
        parcel("P-2", code, [1000.0 - width, 0.0, width, 1000.0]),
    ]);
    new.info.approved_on = Some("2022-06-15".into());
    judge(vec![zones(vec![park]), old, new])
}

/// A park into which a tree nursery of the forestry plan reaches so far.
pub(crate) fn other_plan(depth: f64) -> CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let nursery =
        feature("F-1", rectangle([1000.0 - depth, 0.0, 500.0, 1000.0]), json!({"name": "Vườn ươm"}));
    let mut forestry = collection("forestry", Role::Constraint, Some(10_000), vec![nursery]);
    forestry.info.theme = Some(Theme::OtherPlan);
    judge(vec![zones(vec![park]), forestry])
}

#[test]
fn planned_land_that_no_zone_covers_is_a_warning() {
    let found = only(&planned_beyond(200.0), "LUP-02");
    close(found.area_m2, 200_000.0);
    assert_eq!((found.severity, found.zone.is_none()), (Severity::Warning, true));
    assert_eq!(found.message.vi, "20,00 ha SKK ở thửa P-1 chưa gắn khu, cụm nào");
    assert!(findings(&planned_beyond(0.0), "LUP-02").is_empty());
    // W_min is 5.099 m: 5.12 m × 1,000 m are 5.094 m wide.
    assert!(findings(&planned_beyond(5.12), "LUP-02").is_empty());
    assert_eq!(findings(&planned_beyond(5.13), "LUP-02").len(), 1);
}

#[test]
fn only_living_zones_of_the_kind_cover_planned_land() {
    let on = |kind: &str, state: &str| {
        let zone = zone("Z-1", kind, [0.0, 0.0, 100.0, 100.0], json!({"state": state}));
        let land = parcel("P-1", "SKN", [0.0, 0.0, 100.0, 100.0]);
        findings(&judge(vec![zones(vec![zone]), plan(vec![land])]), "LUP-02").len()
    };
    assert_eq!((on("CCN", "operating"), on("CCNLN", "proposed")), (0, 0));
    assert_eq!((on("CCN", "revoked"), on("KCN", "operating")), (1, 1));
    let nobody = judge(vec![plan(vec![parcel("P-1", "SKN", [0.0, 0.0, 100.0, 100.0])])]);
    close(only(&nobody, "LUP-02").area_m2, 10_000.0);
}

#[test]
fn what_a_version_changes_is_a_transition_and_a_new_conflict_an_error() {
    let conflict = only(&changed("LUC", 100.0), "PLN-04");
    close(conflict.area_m2, 100_000.0);
    assert_eq!(conflict.severity, Severity::Error);
    assert_eq!(conflict.table[0].key, "SKK → LUC");
    assert!(conflict.message.vi.ends_with("trong đó 10,00 ha mới không phù hợp"), "{}", conflict.message.vi);
    assert_eq!(severities(&changed("DGT", 100.0), "PLN-04"), [Severity::Info]);
    assert!(findings(&changed("SKK", 100.0), "PLN-04").is_empty());
    // Both at 1:10,000: W_min = 7.071 m; 7.12 m × 1,000 m are 7.0697 m wide, 7.13 m × 1,000 m 7.0795 m.
    assert!(findings(&changed("LUC", 7.12), "PLN-04").is_empty());
    assert_eq!(findings(&changed("LUC", 7.13), "PLN-04").len(), 1);
    assert_eq!(reasons(&planned_beyond(0.0), "PLN-04"), {
        ["Chưa có phiên bản quy hoạch sử dụng đất trước đó"]
    });
}

#[test]
fn land_of_another_plan_is_a_warning_with_its_name() {
    let found = only(&other_plan(100.0), "PLN-05");
    close(found.area_m2, 100_000.0);
    assert_eq!(found.message.vi, "Khu Z-1: 10,00 ha (10,00 %) nằm trên Vườn ươm của forestry");
    assert!(findings(&other_plan(0.0), "PLN-05").is_empty());
    let below = other_plan(5.12);
    assert_eq!((findings(&below, "PLN-05").len(), slivers(&below, "PLN-05")), (0, 1));
}

#[test]
fn every_pair_of_parcels_that_changes_is_summed() {
    // 20 × 20 parcels of 50 m; every second one in the older plan is LUC, in the newer all are SKK: 200 × 0.25 ha.
    let grid = |code: fn(usize) -> &'static str| {
        let cells = (0..400_usize).map(|at| {
            let (x, y) = ((at % 20) as f64 * 50.0, (at / 20) as f64 * 50.0);
            parcel(&format!("P-{at}"), code(at % 20 + at / 20), [x, y, 50.0, 50.0])
        });
        cells.collect::<Vec<_>>()
    };
    let mut old = plan(grid(|sum| if sum % 2 == 0 { "LUC" } else { "SKK" }));
    old.info.id = "old-plan".into();
    old.info.approved_on = Some("2017-05-02".into());
    let mut new = plan(grid(|_| "SKK"));
    new.info.approved_on = Some("2022-06-15".into());
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let found = only(&judge(vec![zones(vec![park]), old, new]), "PLN-04");
    close(found.area_m2, 500_000.0);
    assert_eq!(found.table.len(), 1);
    assert_eq!((found.table[0].key.as_str(), found.table[0].area_m2), ("LUC → SKK", 500_000.0));
}
