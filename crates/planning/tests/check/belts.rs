//! ENV-02.

use geo_types::Polygon;
use planning::{CheckOutcome, Role, Severity, Theme};
use serde_json::json;

use crate::drawing::*;

/// A park of 1,000 m × 500 m with a belt of this width along its western side.
pub(crate) fn strip(width: f64) -> CheckOutcome {
    with_belt(rectangle([0.0, 0.0, width, 500.0]))
}

/// The same with a belt of this width all around, inside.
fn ring_belt(width: f64) -> CheckOutcome {
    let outer = Polygon::<f64>::try_from(rectangle([0.0, 0.0, 1000.0, 500.0])).unwrap();
    let inner = rectangle([width, width, 1000.0 - 2.0 * width, 500.0 - 2.0 * width]);
    let inner = Polygon::<f64>::try_from(inner).unwrap();
    with_belt(Polygon::new(outer.exterior().clone(), vec![inner.exterior().clone()]).into())
}

fn with_belt(shape: geo_types::Geometry<f64>) -> CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 500.0], json!({}));
    let mut belts =
        collection("belts", Role::Constraint, Some(2_000), vec![feature("B-1", shape, json!({}))]);
    belts.info.theme = Some(Theme::GreenBelt);
    judge(vec![zones(vec![park]), belts])
}

#[test]
fn a_belt_is_at_least_ten_metres_wide() {
    let found = only(&strip(8.0), "ENV-02");
    assert_eq!((found.severity, found.is_area_conflict()), (Severity::Warning, false));
    // The rectangle of equal area and perimeter is the strip itself.
    assert_eq!(found.message.vi, "Khu Z-1: dải cây xanh rộng 8,00 m (yêu cầu 10,00 m)");
    assert!(findings(&strip(12.0), "ENV-02").is_empty());
    assert!(findings(&strip(10.0), "ENV-02").is_empty());
    assert_eq!(findings(&strip(9.9), "ENV-02").len(), 1);
}

#[test]
fn a_belt_all_around_is_measured_between_its_rings() {
    // A = 2 · 9 · (1,000 + 500) − 4 · 81 = 26,676 m², P = 2 · 1,500 + 2 · (982 + 482) = 5,928 m; 2A/P = 9 m.
    let found = only(&ring_belt(9.0), "ENV-02");
    assert!(found.message.vi.contains("rộng 9,00 m"), "{}", found.message.vi);
    assert!(findings(&ring_belt(10.0), "ENV-02").is_empty());
}

#[test]
fn no_belt_is_said() {
    let park = zone("Z-2", "KCN", [5000.0, 0.0, 100.0, 100.0], json!({}));
    let none = judge(vec![zones(vec![park])]);
    assert_eq!(reasons(&none, "ENV-02"), ["Chưa có lớp dải cây xanh"]);
    let elsewhere = with_belt(rectangle([3000.0, 0.0, 20.0, 100.0]));
    assert_eq!(reasons(&elsewhere, "ENV-02"), ["Khu chưa vẽ dải cây xanh"]);
}
