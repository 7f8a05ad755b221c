//! ADM-02 and ADM-03.

use planning::{CheckOutcome, Collection, Severity};
use serde_json::{Value, json};

use crate::drawing::*;

/// Commune A west of x = 0 … `border`, commune B east of it.
fn halves(border: f64) -> Collection {
    communes(vec![
        commune("00001", "A", [-5000.0, -5000.0, 5000.0 + border, 10_000.0]),
        commune("00002", "B", [border, -5000.0, 5000.0, 10_000.0]),
    ])
}

/// A zone of `size` × `size` metres with this border between the communes.
fn zone_in(size: f64, border: f64, declared: Value) -> CheckOutcome {
    let zone = zone("Z-1", "KCN", [0.0, 0.0, size, size], json!({"communes": declared}));
    judge(vec![zones(vec![zone]), halves(border)])
}

#[test]
fn land_outside_the_declared_commune_is_an_error() {
    // 11 m × 1,000 m of 100 ha lie in B: 98.9 % inside.
    let outcome = zone_in(1000.0, 989.0, json!(["00001"]));
    let finding = only(&outcome, "ADM-02");
    close(finding.area_m2, 11_000.0);
    assert_eq!(finding.severity, Severity::Error);
    let table: Vec<_> = finding.table.iter().map(|line| (line.key.as_str(), line.name.as_deref())).collect();
    assert_eq!(table, [("00002", Some("Xã B"))]);
    close(finding.table[0].area_m2, 11_000.0);
    assert_eq!(finding.message.vi, "Khu Z-1: khai Xã A, thực tế 1,10 ha ở ngoài (Xã B 1,10 ha)");
}

#[test]
fn one_percent_outside_is_tolerated() {
    // 10 m × 1,000 m are exactly 1 %; 10.1 m are more.
    assert!(findings(&zone_in(1000.0, 990.0, json!(["00001"])), "ADM-02").is_empty());
    assert_eq!(findings(&zone_in(1000.0, 989.9, json!(["00001"])), "ADM-02").len(), 1);
    assert!(findings(&zone_in(1000.0, 500.0, json!(["00001", 2])), "ADM-02").is_empty());
    assert!(findings(&zone_in(1000.0, 500.0, json!([])), "ADM-02").is_empty());
}

#[test]
fn an_outside_of_nothing_but_slivers_is_no_finding() {
    // 5 m × 100 m are 5 % of the zone, but 4.76 m wide; W_min is 5.099 m.
    let outcome = zone_in(100.0, 95.0, json!(["00001"]));
    assert!(findings(&outcome, "ADM-02").is_empty());
    assert_eq!(slivers(&outcome, "ADM-02"), 1);
    assert!(outcome.slivers.iter().all(|sliver| sliver.other == "00002"));
    // 5.4 m × 100 m are 5.123 m wide; 540 m² are below A_min.
    assert_eq!(severities(&zone_in(100.0, 94.6, json!(["00001"])), "ADM-02"), [Severity::Warning]);
}

#[test]
fn unknown_communes_are_noted() {
    let none_known = zone_in(100.0, 50.0, json!(["77777"]));
    assert!(findings(&none_known, "ADM-02").is_empty());
    assert_eq!(reasons(&none_known, "ADM-02"), ["Xã khai báo 77777 không có trong lớp địa giới"]);
    let one_known = zone_in(100.0, 50.0, json!(["77777", "00001"]));
    close(only(&one_known, "ADM-02").area_m2, 5_000.0);
    assert_eq!(reasons(&one_known, "ADM-02").len(), 1);
}

#[test]
fn a_zone_wholly_elsewhere_is_told_where() {
    let elsewhere = zone_in(1000.0, -1000.0, json!(["1"]));
    assert_eq!(only(&elsewhere, "ADM-02").message.vi, {
        "Khu Z-1: khai Xã A, thực tế 100,00 ha ở ngoài (Xã B 100,00 ha)"
    });
    let zone = zone("Z-1", "KCN", [8000.0, 0.0, 100.0, 100.0], json!({"communes": ["00001"]}));
    let nowhere = judge(vec![zones(vec![zone]), halves(0.0)]);
    let finding = only(&nowhere, "ADM-02");
    assert!(finding.message.vi.ends_with("không thuộc xã nào trong lớp địa giới"), "{}", finding.message.vi);
    assert!(finding.table.is_empty());
    close(finding.w_min_m.unwrap(), 26.0_f64.sqrt());
}

#[test]
fn a_zone_in_two_communes_is_an_information_with_hectares() {
    let finding = only(&zone_in(1000.0, 300.0, json!([])), "ADM-03");
    assert_eq!(finding.severity, Severity::Info);
    let table: Vec<_> = finding.table.iter().map(|line| (line.key.as_str(), line.area_m2.round())).collect();
    assert_eq!(table, [("00002", 700_000.0), ("00001", 300_000.0)]);
    assert_eq!(finding.message.vi, "Khu Z-1 nằm trên 2 xã: Xã B 70,00 ha, Xã A 30,00 ha");
    close(finding.area_m2, 1_000_000.0);
}

#[test]
fn one_commune_or_a_strip_of_another_is_no_finding() {
    assert!(findings(&zone_in(1000.0, 1000.0, json!([])), "ADM-03").is_empty());
    // 5.12 m × 1,000 m are 5.094 m wide, 5.13 m × 1,000 m are 5.104 m wide.
    let below = zone_in(1000.0, 994.88, json!([]));
    assert_eq!((findings(&below, "ADM-03").len(), slivers(&below, "ADM-03")), (0, 1));
    assert_eq!(findings(&zone_in(1000.0, 994.87, json!([])), "ADM-03").len(), 1);
    assert_eq!(below.summaries[0].by_commune.len(), 2);
}

#[test]
fn units_of_another_level_are_not_communes() {
    let mut provinces = halves(300.0);
    provinces.info.level = Some("province".into());
    let zone = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let outcome = judge(vec![zones(vec![zone]), provinces]);
    assert!(outcome.findings.is_empty());
    assert_eq!(reasons(&outcome, "ADM-03"), ["Chưa có lớp địa giới cấp xã"]);
}
