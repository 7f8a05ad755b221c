//! ZON-02, ZON-03, GEO-03 and GEO-08: zones among themselves.

use planning::{CheckOutcome, Severity};
use serde_json::json;

use crate::drawing::*;

/// A park of 500 m × 500 m that reaches so far out of the economic zone that holds it by the register.
pub(crate) fn child_outside(depth: f64) -> CheckOutcome {
    judge(vec![zones(vec![
        zone("K-1", "KKTCK", [0.0, 0.0, 2000.0, 2000.0], json!({})),
        zone("Z-1", "KCN", [1500.0 + depth, 0.0, 500.0, 500.0], json!({"parent": "K-1"})),
    ])])
}

/// Two parks of 100 m × 100 m with a gap between them.
pub(crate) fn gap(width: f64) -> CheckOutcome {
    judge(vec![zones(vec![
        zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({})),
        zone("Z-2", "KCN", [100.0 + width, 0.0, 100.0, 100.0], json!({})),
    ])])
}

/// A park of 1,000 m × 1,000 m and the same moved by `shift`.
pub(crate) fn twins(shift: f64) -> CheckOutcome {
    judge(vec![zones(vec![
        zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({})),
        zone("Z-2", "KCN", [shift, 0.0, 1000.0, 1000.0], json!({})),
    ])])
}

#[test]
fn a_child_stays_in_its_parent() {
    let found = only(&child_outside(100.0), "ZON-02");
    close(found.area_m2, 50_000.0);
    assert_eq!(found.severity, Severity::Error);
    assert_eq!(found.message.vi, "Khu Z-1: 5,00 ha (20,00 %) nằm ngoài Khu K-1");
    assert_eq!(found.other.unwrap().id, "K-1");
    assert!(findings(&child_outside(0.0), "ZON-02").is_empty());
    // Both at 1:2,000: W_min = √2 m. 1.41 m × 500 m are 1.406 m wide, 1.42 m × 500 m 1.41598 m.
    let below = child_outside(1.41);
    assert_eq!((findings(&below, "ZON-02").len(), slivers(&below, "ZON-02")), (0, 1));
    assert_eq!(findings(&child_outside(1.42), "ZON-02").len(), 1);
    // Wholly elsewhere.
    close(only(&child_outside(5000.0), "ZON-02").area_m2, 250_000.0);
}

#[test]
fn a_parent_that_is_missing_is_said() {
    let lost = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({"parent": "K-9"}));
    let outcome = judge(vec![zones(vec![lost])]);
    assert_eq!(reasons(&outcome, "ZON-02"), ["Không có khu mẹ K-9"]);
}

#[test]
fn neighbours_that_nearly_meet_are_told() {
    // Twice √2 m is 2.828 m.
    let found = only(&gap(2.8), "ZON-03");
    assert_eq!(found.severity, Severity::Info);
    assert_eq!(found.message.vi, "Khu Z-1 và Khu Z-2 cách nhau 2,80 m (dưới 2,83 m)");
    assert!(findings(&gap(2.83), "ZON-03").is_empty());
    assert!(findings(&gap(0.0), "ZON-03").is_empty());
    assert!(findings(&gap(-10.0), "ZON-03").is_empty());
}

#[test]
fn the_same_boundary_twice_is_a_warning() {
    let same = only(&twins(0.0), "GEO-03");
    assert_eq!((same.severity, same.message.vi.as_str()), {
        (Severity::Warning, "Khu Z-1 và Khu Z-2 trùng 100,00 %")
    });
    assert!(!same.is_area_conflict());
    // Moved by d: IoU = (1,000 − d) ÷ (1,000 + d); 0.98 at d = 10.10 m.
    assert_eq!(findings(&twins(10.0), "GEO-03").len(), 1);
    assert!(findings(&twins(10.2), "GEO-03").is_empty());
}

#[test]
fn borders_within_w_min_are_the_same_however_small_the_zone() {
    // 20 m × 20 m moved by 1.4 m: IoU = 18.6 ÷ 21.4 = 0.87, but nowhere further apart than √2 m.
    let small = |shift: f64| {
        let of = |id: &str, x: f64| zone(id, "KCN", [x, 0.0, 20.0, 20.0], json!({}));
        judge(vec![zones(vec![of("Z-1", 0.0), of("Z-2", shift)])])
    };
    assert_eq!(findings(&small(1.4), "GEO-03").len(), 1);
    assert!(findings(&small(1.5), "GEO-03").is_empty());
}

/// A zone of two rectangles so far apart.
pub(crate) fn two_parts(distance: f64) -> CheckOutcome {
    let part = |x: f64| match rectangle([x, 0.0, 100.0, 100.0]) {
        geo_types::Geometry::Polygon(polygon) => polygon,
        _ => panic!("a rectangle is a polygon"),
    };
    let both = geo_types::MultiPolygon(vec![part(0.0), part(100.0 + distance)]);
    judge(vec![zones(vec![feature("Z-1", both.into(), json!({"name": "Khu Z-1", "kind": "KCN"}))])])
}

#[test]
fn parts_and_holes_are_counted() {
    let found = only(&two_parts(50.0), "GEO-08");
    assert_eq!((found.severity, found.message.vi.as_str()), (Severity::Info, "Khu Z-1: 2 mảnh, 0 lỗ"));
    let mut holed = geo_types::Polygon::<f64>::try_from(rectangle([0.0, 0.0, 100.0, 100.0])).unwrap();
    let hole = geo_types::Polygon::<f64>::try_from(rectangle([40.0, 40.0, 10.0, 10.0])).unwrap();
    holed.interiors_push(hole.exterior().clone());
    let ring = judge(vec![zones(vec![feature("Z-1", holed.into(), json!({"kind": "KCN"}))])]);
    assert_eq!(only(&ring, "GEO-08").message.vi, "Z-1: 1 mảnh, 1 lỗ");
    assert!(findings(&gap(5.0), "GEO-08").is_empty());
}
