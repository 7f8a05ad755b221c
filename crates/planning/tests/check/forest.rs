//! LUP-05 to LUP-08.

use planning::{CheckInput, CheckOptions, CheckOutcome, Severity, check_with_pack, packs};
use serde_json::json;
use spatial::Feature;

use crate::drawing::*;

/// A zone of 1,000 m × 1,000 m with one parcel of present land use in its lower left corner.
pub(crate) fn on(kind: &str, code: &str, width: f64, height: f64) -> CheckOutcome {
    with(kind, vec![parcel("L-1", code, [0.0, 0.0, width, height])])
}

/// The finding by the pack of before 1 May 2024, whose forestry law gave large areas to other bodies.
pub(crate) fn before_2024(rule: &str, at: [f64; 4], parcels: Vec<Feature>) -> Option<planning::Finding> {
    let park = zones(vec![zone("Z-1", "KCN", at, json!({}))]);
    let input = CheckInput { collections: vec![park, land_use(parcels)], ..CheckInput::default() };
    let [_, old] = packs().unwrap() else { panic!("two packs") };
    let outcome = check_with_pack(old, &input, &CheckOptions::default());
    outcome.findings.into_iter().find(|finding| finding.rule == rule)
}

fn with(kind: &str, parcels: Vec<Feature>) -> CheckOutcome {
    judge(vec![zones(vec![zone("Z-1", kind, [0.0, 0.0, 1000.0, 1000.0], json!({}))]), land_use(parcels)])
}

#[test]
fn special_use_forest_blocks_and_so_does_a_little_of_it() {
    let found = only(&on("KCN", "RDD", 100.0, 100.0), "LUP-05");
    close(found.area_m2, 10_000.0);
    assert_eq!(found.severity, Severity::Block);
    assert_eq!(found.message.vi, "Khu Z-1: 1,00 ha rừng đặc dụng (1,00 % diện tích khu)");
    // 39.9 m × 40 m = 1,596 m² are below A_min of 1,600 m².
    assert_eq!(severities(&on("KCN", "RDD", 39.9, 40.0), "LUP-05"), [Severity::Block]);
    assert!(findings(&on("KKTVB", "RDD", 100.0, 100.0), "LUP-05").is_empty());
}

#[test]
fn production_forest_had_three_bodies_that_decide_and_has_one() {
    let body = |w: f64, h: f64| {
        let forest = vec![parcel("L-1", "RSX", [0.0, 0.0, w, h])];
        let found = before_2024("LUP-06", [0.0, 0.0, 4000.0, 2500.0], forest).unwrap();
        found.parameters["authority"]["vi"].as_str().unwrap().to_owned()
    };
    // Article 20 of the law of 2017: 500 m × 999.9 m = 49.995 ha; 500 m × 1,000 m = 50 ha; 4,000 m × 2,500 m = 1,000 ha.
    assert_eq!(body(500.0, 999.9), "Hội đồng nhân dân cấp tỉnh");
    assert_eq!(body(500.0, 1000.0), "Thủ tướng Chính phủ");
    assert_eq!(body(4000.0, 2499.9), "Thủ tướng Chính phủ");
    assert_eq!(body(4000.0, 2500.0), "Quốc hội");
    // As the Land Law of 2024 amended it: the provincial council; from 50 ha on it is graver all the same.
    let below = only(&on("KCN", "RSX", 500.0, 999.9), "LUP-06");
    assert_eq!((below.severity, below.parameters["authority"]["vi"].as_str()), {
        (Severity::Warning, Some("Hội đồng nhân dân cấp tỉnh"))
    });
    let at = only(&on("KCN", "RSX", 500.0, 1000.0), "LUP-06");
    assert_eq!((at.severity, at.parameters["authority"]["vi"].as_str()), {
        (Severity::Error, Some("Hội đồng nhân dân cấp tỉnh"))
    });
    assert!(at.message.vi.contains("từ 50,00 ha trở lên"), "{}", at.message.vi);
}

#[test]
fn protective_and_special_use_forest_had_two_more_bodies() {
    let body = |rule: &str, code: &str, height: f64| {
        let forest = vec![parcel("L-1", code, [0.0, 0.0, 1000.0, height])];
        let found = before_2024(rule, [0.0, 0.0, 1000.0, 1000.0], forest).unwrap();
        found.parameters["authority"]["en"].as_str().unwrap().to_owned()
    };
    assert_eq!(body("LUP-04", "RPH", 199.9), "the provincial People's Council");
    assert_eq!(body("LUP-04", "RPH", 200.0), "the Prime Minister");
    assert!(body("LUP-04", "RPH", 500.0).starts_with("the National Assembly (against wind"));
    assert_eq!((body("LUP-05", "RDD", 499.9), body("LUP-05", "RDD", 500.0)), {
        ("the Prime Minister".to_owned(), "the National Assembly".to_owned())
    });
}

#[test]
fn homes_are_an_error_in_clusters_and_a_warning_in_parks() {
    assert_eq!(severities(&on("CCN", "ONT", 100.0, 100.0), "LUP-07"), [Severity::Error]);
    assert_eq!(severities(&on("KCN", "ODT", 100.0, 100.0), "LUP-07"), [Severity::Warning]);
    // A parcel with several codes counts as a whole.
    close(only(&on("CCN", "ONT+CLN", 100.0, 100.0), "LUP-07").area_m2, 10_000.0);
}

#[test]
fn houses_are_counted_where_a_collection_has_them() {
    let house = |id: &str, at: [f64; 4]| feature(id, rectangle(at), json!({}));
    let mut houses = collection(
        "houses",
        planning::Role::Constraint,
        Some(2_000),
        vec![
            house("in", [100.0, 100.0, 10.0, 10.0]),
            house("across", [995.0, 100.0, 10.0, 10.0]),
            // Reaches in by 1 m: mean width 1.8 m × … = 2 · 10 ÷ 22 = 0.91 m, below √2 m.
            house("beside", [999.0, 300.0, 10.0, 10.0]),
            point("door", [500.0, 500.0]),
            point("edge", [1000.0, 500.0]),
            point("outside", [1200.0, 500.0]),
        ],
    );
    houses.info.theme = Some(planning::Theme::Buildings);
    let cluster = || zones(vec![zone("Z-1", "CCN", [0.0, 0.0, 1000.0, 1000.0], json!({}))]);
    let homes = land_use(vec![parcel("L-1", "ONT", [0.0, 0.0, 100.0, 100.0])]);
    let both = only(&judge(vec![cluster(), homes, houses.clone()]), "LUP-07");
    assert_eq!(both.message.vi, "Khu Z-1: 1,00 ha đất ở (ONT), 3 nhà: cần giải phóng mặt bằng");
    let alone = only(&judge(vec![cluster(), houses]), "LUP-07");
    assert_eq!(alone.message.vi, "Khu Z-1: 3 nhà trong khu: cần giải phóng mặt bằng");
    assert_eq!((alone.severity, alone.area_m2), (Severity::Error, 0.0));
}

#[test]
fn defence_land_blocks_however_small_and_strips_are_warnings() {
    // 20 m × 20 m = 400 m², far below A_min, and 10 m wide.
    let small = only(&on("KCN", "CQP", 20.0, 20.0), "LUP-08");
    assert_eq!(small.severity, Severity::Block);
    // W_min is 5.099 m: 5.12 m × 1,000 m are 5.094 m wide, 5.13 m × 1,000 m are 5.104 m wide.
    let strip = on("KCN", "CAN", 5.12, 1000.0);
    let found = only(&strip, "LUP-08");
    assert_eq!((found.severity, slivers(&strip, "LUP-08")), (Severity::Warning, 0));
    close(found.area_m2, 5_120.0);
    assert_eq!(
        found.message.vi,
        "Khu Z-1: 0,51 ha đất quốc phòng, an ninh (CAN), dải rộng 5,09 m, hẹp hơn W_min 5,10 m: cần kiểm tra ranh"
    );
    assert_eq!(severities(&on("KCN", "CAN", 5.13, 1000.0), "LUP-08"), [Severity::Block]);
}

#[test]
fn a_finding_shows_its_tolerance_and_both_scales() {
    let found = only(&on("KCN", "RDD", 100.0, 100.0), "LUP-05");
    close(found.w_min_m.unwrap(), 26.0_f64.sqrt());
    close(found.a_min_m2.unwrap(), 1_600.0);
    assert_eq!(
        (&found.parameters["scale"], &found.parameters["reference_scale"]),
        (&json!(2000), &json!(10_000))
    );
}
