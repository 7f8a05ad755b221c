//! LUP-03 and LUP-04.

use planning::{CheckOutcome, Severity};
use serde_json::json;
use spatial::Feature;

use crate::drawing::*;

fn on(kind: &str, parcels: Vec<Feature>) -> CheckOutcome {
    let zone = zone("Z-1", kind, [0.0, 0.0, 1000.0, 1000.0], json!({}));
    judge(vec![zones(vec![zone]), land_use(parcels)])
}

#[test]
fn rice_land_is_summed_and_graver_from_ten_hectares() {
    // 500 m × 119.98 m and 400 m × 100 m: 5.999 ha + 4 ha; then 6 ha + 4 ha.
    let rice = |height: f64| {
        on(
            "KCN",
            vec![
                parcel("L-1", "LUC", [0.0, 0.0, 500.0, height]),
                parcel("L-2", "LUK", [600.0, 0.0, 400.0, 100.0]),
                parcel("L-3", "CLN", [0.0, 500.0, 1000.0, 500.0]),
            ],
        )
    };
    let below = only(&rice(119.98), "LUP-03");
    close(below.area_m2, 99_990.0);
    assert_eq!(below.severity, Severity::Warning);
    let at = only(&rice(120.0), "LUP-03");
    close(at.area_m2, 100_000.0);
    assert_eq!(at.severity, Severity::Error);
    assert_eq!(at.codes, ["LUC", "LUK"]);
    let table: Vec<_> = at.table.iter().map(|line| (line.key.as_str(), line.area_m2.round())).collect();
    assert_eq!(table, [("LUC", 60_000.0), ("LUK", 40_000.0)]);
    assert_eq!(
        at.message.vi,
        "Khu Z-1: phải chuyển 10,00 ha đất trồng lúa (LUC, LUK), 10,00 % diện tích khu, từ 10,00 ha trở lên; \
         thẩm quyền: Hội đồng nhân dân cấp tỉnh"
    );
}

#[test]
fn little_rice_land_is_one_step_milder_and_none_is_no_finding() {
    // The total counts: twice 900 m² is above A_min of 1,600 m², once is below.
    let one = parcel("L-1", "LUN", [0.0, 0.0, 30.0, 30.0]);
    let two = parcel("L-2", "LUC", [100.0, 0.0, 30.0, 30.0]);
    assert_eq!(severities(&on("KCN", vec![one.clone()]), "LUP-03"), [Severity::Info]);
    assert_eq!(severities(&on("KCN", vec![one, two]), "LUP-03"), [Severity::Warning]);
    assert!(on("KCN", vec![parcel("L-1", "HNK", [0.0, 0.0, 900.0, 900.0])]).findings.is_empty());
    assert_eq!(only(&on("KCN", vec![parcel("L-1", "LUA", [0.0, 0.0, 90.0, 90.0])]), "LUP-03").codes, ["LUA"]);
}

#[test]
fn rice_strips_below_w_min_are_slivers() {
    let outcome = on("KCN", vec![parcel("L-1", "LUC", [994.88, 0.0, 100.0, 1000.0])]);
    assert!(findings(&outcome, "LUP-03").is_empty());
    assert_eq!(slivers(&outcome, "LUP-03"), 1);
}

#[test]
fn rice_land_that_two_parcels_claim_counts_once() {
    // 100 m × 100 m and the same shifted by 50 m: 1.5 ha, not 2.
    let outcome = on(
        "KCN",
        vec![parcel("L-1", "LUC", [0.0, 0.0, 100.0, 100.0]), parcel("L-2", "LUC", [50.0, 0.0, 100.0, 100.0])],
    );
    close(only(&outcome, "LUP-03").area_m2, 15_000.0);
}

#[test]
fn forest_names_who_decides() {
    // 200 m × 999.95 m = 19.999 ha; 200 m × 1,000 m = 20 ha.
    let forest = |height: f64| on("CCN", vec![parcel("L-1", "RPH", [0.0, 0.0, 200.0, height])]);
    let below = only(&forest(999.95), "LUP-04");
    assert_eq!((below.severity, below.parameters["authority"]["vi"].as_str()), {
        (Severity::Error, Some("Hội đồng nhân dân cấp tỉnh"))
    });
    let at = only(&forest(1000.0), "LUP-04");
    assert_eq!(
        at.parameters["authority"]["en"], "the provincial People's Council",
        "whatever its area, since 2024"
    );
    assert!(at.message.vi.contains("20,00 ha rừng phòng hộ (20,00 % diện tích khu)"), "{}", at.message.vi);
    close(at.area_m2, 200_000.0);
}

#[test]
fn little_forest_is_one_step_milder_and_other_forest_is_no_finding() {
    let small = on("CCN", vec![parcel("L-1", "RPH", [0.0, 0.0, 40.0, 39.9])]);
    assert_eq!(severities(&small, "LUP-04"), [Severity::Warning]);
    let strip = on("CCN", vec![parcel("L-1", "RPH", [0.0, 0.0, 5.12, 1000.0])]);
    assert_eq!((findings(&strip, "LUP-04").len(), slivers(&strip, "LUP-04")), (0, 1));
    let other = on("CCN", vec![parcel("L-1", "RSX", [0.0, 0.0, 400.0, 400.0])]);
    assert!(findings(&other, "LUP-04").is_empty());
}

#[test]
fn economic_zones_and_functional_areas_are_left_out() {
    for kind in ["KKTCK", "KKTVB", "KCNANG"] {
        let parcels = vec![
            parcel("L-1", "RPH", [0.0, 0.0, 400.0, 400.0]),
            parcel("L-2", "LUC", [400.0, 0.0, 400.0, 400.0]),
        ];
        assert!(on(kind, parcels).findings.is_empty(), "{kind}");
    }
}
