//! ZON-01, ZON-04 and ZON-12 on collections.

use planning::{CheckOutcome, Severity};
use serde_json::{Value, json};

use crate::drawing::*;

/// A park of 1,000 m × 1,000 m and a cluster that reaches `depth` metres into it over its whole height.
fn pair(depth: f64, park: Value, cluster: Value) -> CheckOutcome {
    judge(vec![zones(vec![
        zone("Z-2", "CCN", [1000.0 - depth, 0.0, 500.0, 1000.0], cluster),
        zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], park),
    ])])
}

#[test]
fn two_zones_on_the_same_land_are_one_error() {
    let outcome = pair(100.0, json!({}), json!({}));
    let finding = only(&outcome, "ZON-01");
    close(finding.area_m2, 100_000.0);
    close(finding.share.unwrap(), 0.1);
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!((finding.zone.unwrap().id.as_str(), finding.other.unwrap().id.as_str()), ("Z-1", "Z-2"));
    assert_eq!(finding.message.vi, "Khu Z-1 × Khu Z-2: 10,00 ha");
}

#[test]
fn neighbours_and_strips_below_w_min_are_no_finding() {
    let beside = pair(0.0, json!({}), json!({}));
    assert_eq!((findings(&beside, "ZON-01").len(), slivers(&beside, "ZON-01")), (0, 0));
    // Both at 1:2,000: W_min = √2 = 1.41421 m. Mean width of 1.41 m × 1,000 m is 1.40801 m, of 1.42 m 1.41799 m.
    let below = pair(1.41, json!({}), json!({}));
    assert_eq!((findings(&below, "ZON-01").len(), slivers(&below, "ZON-01")), (0, 1));
    let above = pair(1.42, json!({}), json!({}));
    assert_eq!((findings(&above, "ZON-01").len(), slivers(&above, "ZON-01")), (1, 0));
}

#[test]
fn a_small_overlap_is_one_step_milder() {
    // At 1:2,000, 16 mm² are 64 m²: 8 m × 7.9 m is below, 8 m × 8 m is not. The coarser of the two maps counts.
    let small = |height: f64, scale: u32| {
        let a = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({"scale": scale}));
        let b = zone("Z-2", "KCN", [92.0, 100.0 - height, 100.0, 100.0], json!({}));
        severities(&judge(vec![zones(vec![a, b])]), "ZON-01")
    };
    assert_eq!(small(7.9, 2_000), [Severity::Warning]);
    assert_eq!(small(8.0, 2_000), [Severity::Error]);
    assert_eq!(small(8.0, 5_000), [Severity::Warning]);
}

#[test]
fn parents_and_ancestors_may_hold_their_children() {
    assert!(findings(&pair(100.0, json!({}), json!({"parent": "Z-1"})), "ZON-01").is_empty());
    let nested = judge(vec![zones(vec![
        zone("Z-1", "KKTCK", [0.0, 0.0, 900.0, 900.0], json!({})),
        zone("Z-2", "KCNANG", [0.0, 0.0, 600.0, 600.0], json!({"parent": "Z-1"})),
        zone("Z-3", "KCN", [0.0, 0.0, 300.0, 300.0], json!({"parent": "Z-2"})),
        zone("Z-4", "KCN", [200.0, 0.0, 300.0, 300.0], json!({"parent": "Z-2"})),
    ])]);
    // Only the two parks, neither of which holds the other: 100 m × 300 m.
    close(only(&nested, "ZON-01").area_m2, 30_000.0);
    let circle = pair(100.0, json!({"parent": "Z-2"}), json!({"parent": "Z-1"}));
    assert!(findings(&circle, "ZON-01").is_empty());
}

#[test]
fn revoked_and_converted_zones_overlap_nobody() {
    for state in ["revoked", "converted"] {
        assert!(findings(&pair(100.0, json!({"state": state}), json!({})), "ZON-01").is_empty());
        assert!(findings(&pair(100.0, json!({}), json!({"state": state})), "ZON-01").is_empty());
    }
    assert_eq!(findings(&pair(100.0, json!({"state": "proposed"}), json!({})), "ZON-01").len(), 1);
    let odd = pair(100.0, json!({"state": "asleep"}), json!({}));
    assert_eq!(findings(&odd, "ZON-01").len(), 1);
    assert_eq!(reasons(&odd, "*"), ["Không rõ trạng thái (asleep): vẫn kiểm tra như khu còn hiệu lực"]);
}

#[test]
fn zones_of_two_collections_are_compared() {
    let one = zones(vec![zone("A", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}))]);
    let same_id = zone("A", "CCN", [50.0, 0.0, 100.0, 100.0], json!({}));
    let two = collection("more-zones", planning::Role::Zone, Some(2_000), vec![same_id]);
    let finding = only(&judge(vec![one, two]), "ZON-01");
    close(finding.area_m2, 5_000.0);
    assert_eq!(finding.other.unwrap().collection, "zones");
}

/// A zone of exactly 100 ha that declares something else.
fn declared(value: Value) -> CheckOutcome {
    let zone = zone(
        "Z-1",
        "KCN",
        [0.0, 0.0, 1000.0, 1000.0],
        json!({"declared_area_ha": value, "state": "revoked"}),
    );
    judge(vec![zones(vec![zone])])
}

#[test]
fn declared_and_measured_area_are_compared_in_steps() {
    // (100 − declared) ÷ declared: 0.492 %, 0.503 %, 0.995 %, 1.010 %, 4.986 %, 5.009 %.
    let steps = [
        (json!(99.51), None),
        (json!(99.5), Some(Severity::Info)),
        (json!(99.015), Some(Severity::Info)),
        (json!(99.0), Some(Severity::Warning)),
        (json!(95.25), Some(Severity::Warning)),
        (json!(95.23), Some(Severity::Error)),
        (json!(100.4), None),
        (json!("105,5"), Some(Severity::Error)),
        (json!(null), None),
    ];
    for (value, expected) in steps {
        let found = severities(&declared(value.clone()), "ZON-04");
        assert_eq!(found.first().copied(), expected, "{value}");
    }
}

#[test]
fn the_difference_is_written_with_its_sign() {
    let finding = only(&declared(json!("105,5")), "ZON-04");
    assert_eq!(finding.message.vi, "Khu Z-1: khai 105,50 ha, đo 100,00 ha (\u{2212}5,21 %)");
    assert_eq!(finding.message.en, "Khu Z-1: 105.50 ha declared, 100.00 ha measured (\u{2212}5.21 %)");
    assert!(!finding.is_area_conflict() && finding.region.is_some() && finding.place.is_some());
}

#[test]
fn an_unreadable_area_is_said() {
    let outcome = declared(json!("1.704"));
    assert!(outcome.findings.is_empty());
    assert_eq!(reasons(&outcome, "ZON-04"), ["Không đọc được diện tích khai (1.704)"]);
}

/// Projects beside and in a park of 1,000 m × 1,000 m.
fn projects(features: Vec<spatial::Feature>) -> CheckOutcome {
    let mut projects = collection("projects", planning::Role::Constraint, Some(2_000), features);
    projects.info.theme = Some(planning::Theme::Projects);
    judge(vec![zones(vec![zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}))]), projects])
}

fn project(id: &str, at: [f64; 4], more: Value) -> spatial::Feature {
    feature(id, rectangle(at), more)
}

#[test]
fn industrial_projects_outside_zones_are_found_by_their_place() {
    let at = |x: f64, more: Value| {
        let mut plant = point("P-1", [x, 500.0]);
        plant.properties = more.as_object().unwrap().clone();
        projects(vec![plant])
    };
    let found = only(&at(1500.0, json!({"sector": "industry", "name": "Nhà máy gạch"})), "ZON-12");
    assert_eq!(found.message.vi, "Nhà máy gạch: ở ngoài khu, cụm công nghiệp");
    assert_eq!((found.severity, found.other.unwrap().id.as_str()), (Severity::Warning, "P-1"));
    close(found.place.unwrap()[0] - ORIGIN[0], 1500.0);
    assert!(findings(&at(500.0, json!({"sector": "industry"})), "ZON-12").is_empty(), "inside");
    assert!(findings(&at(1000.0, json!({"sector": "industry"})), "ZON-12").is_empty(), "on the border");
    assert!(findings(&at(1500.0, json!({"sector": "tourism"})), "ZON-12").is_empty());
    assert!(findings(&at(1500.0, json!({"sector": "industry", "status": "revoked"})), "ZON-12").is_empty());
    assert_eq!(reasons(&at(1500.0, json!({})), "ZON-12"), ["Chưa ghi ngành của dự án"]);
}

#[test]
fn a_projects_land_outside_zones_is_measured() {
    let industry = || json!({"sector": "industry"});
    // 100 m of 200 m lie beyond the park; both at 1:2,000: W_min √2 m.
    let found = only(&projects(vec![project("P-1", [900.0, 0.0, 200.0, 300.0], industry())]), "ZON-12");
    close(found.area_m2, 30_000.0);
    assert_eq!(found.message.en, "P-1: 3.00 ha of its land lie outside parks and clusters");
    // 1.41 m × 300 m are 1.403 m wide.
    let strip = projects(vec![project("P-1", [801.41, 0.0, 200.0, 300.0], industry())]);
    assert!(findings(&strip, "ZON-12").is_empty());
    assert!(!reasons(&strip, "ZON-12").contains(&"Chưa có sổ đăng ký khu, cụm".to_owned()), "it was judged");
}
