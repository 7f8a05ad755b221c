//! LUP-09 to LUP-11, ENV-01 and ADM-06: distances.

use planning::{CheckOutcome, Collection, Role, Severity, Theme};
use serde_json::{Value, json};

use crate::drawing::*;

/// A cluster of 100 m × 100 m and a parcel of 50 m × 50 m so far east of it; negative reaches in.
pub(crate) fn beside(code: &str, distance: f64) -> CheckOutcome {
    beside_of("CCN", json!({}), code, distance)
}

pub(crate) fn beside_of(kind: &str, more: Value, code: &str, distance: f64) -> CheckOutcome {
    judge(vec![
        zones(vec![zone("Z-1", kind, [0.0, 0.0, 100.0, 100.0], more)]),
        land_use(vec![parcel("L-1", code, [100.0 + distance, 20.0, 50.0, 50.0])]),
    ])
}

/// A line from south to north so far east of the cluster.
fn line(id: &str, theme: Theme, distance: f64) -> Collection {
    let at = |y: f64| geo_types::Coord { x: ORIGIN[0] + 100.0 + distance, y: ORIGIN[1] + y };
    let line = geo_types::LineString(vec![at(-5000.0), at(5000.0)]);
    let feature = feature("B-1", line.into(), json!({"name": "Biên giới"}));
    let mut lines = collection(id, Role::Constraint, Some(10_000), vec![feature]);
    lines.info.theme = Some(theme);
    lines
}

pub(crate) fn border(distance: f64) -> CheckOutcome {
    let cluster = zones(vec![zone("Z-1", "CCN", [0.0, 0.0, 100.0, 100.0], json!({}))]);
    judge(vec![cluster, line("border", Theme::NationalBorder, distance)])
}

#[test]
fn a_cemetery_inside_is_an_error_and_a_near_one_a_warning() {
    let inside = only(&beside("NTD", -45.0), "LUP-09");
    close(inside.area_m2, 45.0 * 50.0);
    assert_eq!((inside.severity, inside.codes.as_slice()), (Severity::Error, &["NTD".to_owned()][..]));
    let near = only(&beside("NTD", 99.99), "LUP-09");
    assert_eq!(near.severity, Severity::Warning);
    assert_eq!(near.message.vi, "Khu Z-1: cách NTD 99,99 m (yêu cầu 100,00 m)");
    let [x, y] = near.place.unwrap();
    close(x - ORIGIN[0], 199.99);
    assert!((20.0..=70.0).contains(&(y - ORIGIN[1])));
    assert!(near.region.is_none() && near.w_min_m.is_some());
    assert!(findings(&beside("NTD", 100.0), "LUP-09").is_empty());
    // A pagoda has no distance: it counts inside only.
    assert!(findings(&beside("TON", 0.0), "LUP-09").is_empty());
    assert_eq!(findings(&beside("TIN", -45.0), "LUP-09").len(), 1);
}

#[test]
fn a_sliver_inside_is_near_at_no_distance() {
    // 5 m × 50 m are 4.55 m wide, below W_min of 5.099 m.
    let outcome = beside("NTD", -5.0);
    assert_eq!(slivers(&outcome, "LUP-09"), 1);
    assert_eq!(only(&outcome, "LUP-09").message.vi, "Khu Z-1: cách NTD 0,00 m (yêu cầu 100,00 m)");
}

#[test]
fn features_of_a_theme_count_beside_parcels() {
    let cluster = zones(vec![zone("Z-1", "CCN", [0.0, 0.0, 100.0, 100.0], json!({}))]);
    let mut relics = collection(
        "relics",
        Role::Constraint,
        Some(2_000),
        vec![feature("R-1", rectangle([50.0, 0.0, 10.0, 100.0]), json!({"name": "Đình Mẫu"}))],
    );
    relics.info.theme = Some(Theme::Heritage);
    let outcome = judge(vec![cluster.clone(), relics]);
    let inside = only(&outcome, "LUP-09");
    close(inside.area_m2, 1_000.0);
    assert_eq!((inside.codes.len(), inside.table[0].key.as_str()), (0, "relics"));
    // No present land use is missed: the theme is enough.
    assert!(reasons(&outcome, "LUP-09").is_empty() && !reasons(&outcome, "LUP-10").is_empty());
    let near = only(&judge(vec![cluster, line("river", Theme::Water, 19.5)]), "LUP-10");
    assert_eq!(near.message.vi, "Khu Z-1: cách Biên giới 19,50 m, trong hành lang 20,00 m");
}

#[test]
fn water_and_quarries_have_their_corridors() {
    assert_eq!(severities(&beside("SON", -45.0), "LUP-10"), [Severity::Warning]);
    assert_eq!(findings(&beside("SON", 19.9), "LUP-10").len(), 1);
    assert!(findings(&beside("MNC", 20.0), "LUP-10").is_empty());
    assert_eq!(findings(&beside("SKX", 299.9), "LUP-11").len(), 1);
    assert!(findings(&beside("SKS", 300.0), "LUP-11").is_empty());
    assert!(findings(&beside_of("KKTCK", json!({}), "SON", 5.0), "LUP-10").is_empty());
}

#[test]
fn people_are_kept_at_the_distance_of_the_class() {
    let class =
        |class: &str, distance: f64| beside_of("CCN", json!({"environment_class": class}), "ONT", distance);
    let near = only(&class("III", 299.99), "ENV-01");
    assert_eq!(near.severity, Severity::Error);
    assert_eq!(near.message.vi, "Khu Z-1: cách ONT 299,99 m (cấp III yêu cầu 300,00 m)");
    assert!(findings(&class("III", 300.0), "ENV-01").is_empty());
    assert_eq!(findings(&class("i", 999.0), "ENV-01").len(), 1);
    // No class, or one that is not in the table: V is assumed, 50 m.
    assert_eq!(severities(&beside("DYT", 49.0), "ENV-01"), [Severity::Warning]);
    assert!(findings(&beside("DGD", 50.0), "ENV-01").is_empty());
    assert_eq!(reasons(&class("IX", 60.0), "ENV-01"), ["Không rõ cấp độc hại (IX)"]);
}

#[test]
fn the_border_belt_is_measured_from_a_line() {
    let near = only(&border(999.9), "ADM-06");
    assert_eq!(near.message.vi, "Khu Z-1: cách biên giới 999,90 m (vành đai 1.000,00 m)");
    assert_eq!((near.severity, near.other.unwrap().collection.as_str()), (Severity::Error, "border"));
    assert!(findings(&border(1000.0), "ADM-06").is_empty());
    let without = beside("LUC", 10.0);
    assert_eq!(reasons(&without, "ADM-06"), ["Chưa có lớp biên giới quốc gia"]);
}
