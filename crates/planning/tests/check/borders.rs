//! ADM-01 and ADM-04.

use planning::{CheckOutcome, Collection, Severity};
use serde_json::{Value, json};

use crate::drawing::*;

fn of_province(code: &str, name: &str, province: &str, at: [f64; 4]) -> spatial::Feature {
    let mut unit = commune(code, name, at);
    unit.properties.insert("provinceCode".into(), json!(province));
    unit
}

/// A park of 1,000 m × 1,000 m that reaches so far east over the border from Lạng Sơn (20) into Cao Bằng (04).
pub(crate) fn over_the_border(depth: f64, more: Value) -> CheckOutcome {
    let border = 1000.0 - depth;
    judge(vec![zones(vec![zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], more)]), provinces(border)])
}

fn provinces(border: f64) -> Collection {
    communes(vec![
        of_province("00001", "A", "20", [-5000.0, -5000.0, 5000.0 + border, 10_000.0]),
        of_province("00002", "B", "04", [border, -5000.0, 5000.0, 10_000.0]),
    ])
}

#[test]
fn land_in_another_province_is_an_error() {
    let found = only(&over_the_border(100.0, json!({"province": "Lạng Sơn"})), "ADM-01");
    close(found.area_m2, 100_000.0);
    assert_eq!(found.severity, Severity::Error);
    assert_eq!(found.message.vi, "Khu Z-1: 10,00 ha nằm ở tỉnh Cao Bằng");
    // W_min is 5.099 m: 5.12 m × 1,000 m are 5.094 m wide, 5.13 m × 1,000 m are 5.104 m wide.
    let below = over_the_border(5.12, json!({}));
    assert_eq!((findings(&below, "ADM-01").len(), slivers(&below, "ADM-01")), (0, 1));
    assert_eq!(findings(&over_the_border(5.13, json!({})), "ADM-01").len(), 1);
    // Without a name the province that holds most of it is its own.
    close(only(&over_the_border(600.0, json!({})), "ADM-01").area_m2, 400_000.0);
}

#[test]
fn land_in_no_commune_is_told_apart() {
    let park = zone("Z-1", "KCN", [4500.0, 0.0, 1000.0, 1000.0], json!({}));
    let found = only(&judge(vec![zones(vec![park]), provinces(0.0)]), "ADM-01");
    close(found.area_m2, 500_000.0);
    assert_eq!(found.message.vi, "Khu Z-1: 50,00 ha nằm ngoài mọi xã trong lớp địa giới");
    let elsewhere = over_the_border(100.0, json!({"province": "Hà Nội"}));
    assert!(findings(&elsewhere, "ADM-01").is_empty());
    assert_eq!(reasons(&elsewhere, "ADM-01"), ["Lớp địa giới không có xã nào của tỉnh Hà Nội"]);
}

#[test]
fn a_province_of_before_2025_is_the_one_that_it_is_part_of() {
    // Yên Bái is part of Lào Cai (15) now.
    let unit = |province: &str| {
        let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({"province": "Yên Bái"}));
        let all = of_province("00001", "A", province, [-10.0, -10.0, 2000.0, 2000.0]);
        judge(vec![zones(vec![park]), communes(vec![all])])
    };
    assert!(findings(&unit("15"), "ADM-01").is_empty() && reasons(&unit("15"), "ADM-01").is_empty());
    assert_eq!(reasons(&unit("20"), "ADM-01").len(), 1);
}

/// Two communes that both claim a strip of this width in the middle of a park; negative leaves a gap between them,
/// closed at both ends by a third commune around all.
pub(crate) fn claimed_twice(width: f64) -> CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let units = communes(vec![
        commune("00001", "A", [-500.0, -500.0, 1000.0 + width, 2000.0]),
        commune("00002", "B", [500.0, -500.0, 1000.0, 2000.0]),
        commune("00003", "C", [-500.0, 1500.0, 2000.0, 100.0]),
        commune("00004", "D", [-500.0, -600.0, 2000.0, 100.0]),
    ]);
    judge(vec![zones(vec![park]), units])
}

#[test]
fn land_that_two_communes_claim_is_a_warning_with_both_names() {
    let found = only(&claimed_twice(100.0), "ADM-04");
    close(found.area_m2, 100_000.0);
    assert_eq!(found.severity, Severity::Warning);
    assert_eq!(found.message.vi, "Khu Z-1: 2 xã (Xã A, Xã B) cùng nhận 10,00 ha trong khu");
    assert!(findings(&claimed_twice(0.0), "ADM-04").is_empty());
    // Both at 1:10,000: W_min = √50 = 7.071 m. 7.12 m × 1,000 m are 7.0697 m wide, 7.13 m × 1,000 m 7.0795 m.
    let below = claimed_twice(7.12);
    assert_eq!((findings(&below, "ADM-04").len(), slivers(&below, "ADM-04")), (0, 1));
    assert_eq!(below.slivers.iter().find(|s| s.rule == "ADM-04").unwrap().other, "00001+00002");
    assert_eq!(findings(&claimed_twice(7.13), "ADM-04").len(), 1);
}

#[test]
fn all_three_claimants_of_a_patch_are_named() {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let patch = [200.0, 200.0, 300.0, 100.0];
    let units = communes(vec![
        commune("00001", "A", [-10.0, -10.0, 2000.0, 2000.0]),
        commune("00002", "B", patch),
        commune("00003", "C", patch),
    ]);
    let found = only(&judge(vec![zones(vec![park]), units]), "ADM-04");
    close(found.area_m2, 30_000.0);
    assert_eq!(found.message.vi, "Khu Z-1: 3 xã (Xã A, Xã B, Xã C) cùng nhận 3,00 ha trong khu");
    let keys: Vec<&str> = found.table.iter().map(|line| line.key.as_str()).collect();
    assert_eq!((found.table.len(), keys.contains(&"00003")), (3, true));
}

#[test]
fn a_gap_between_communes_is_not_the_world_outside() {
    let gap = only(&claimed_twice(-100.0), "ADM-04");
    close(gap.area_m2, 100_000.0);
    assert_eq!(gap.message.vi, "Khu Z-1: 10,00 ha trong khu nằm giữa các xã mà không thuộc xã nào");
    let outcome = claimed_twice(-100.0);
    assert!(findings(&outcome, "ADM-01").is_empty() && reasons(&outcome, "ADM-01").is_empty());
}
