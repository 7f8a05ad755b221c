//! GEO-05 and GEO-06: coordinates that are right in another system. Expected places are PROJ's (EPSG:6960 for the
//! datum shift: 224 m to 298° in Lạng Sơn).

use std::sync::Arc;

use planning::{CheckOutcome, Severity};
use serde_json::{Value, json};
use spatial::crs::Transformation;
use spatial::{Crs, Layer};

use crate::drawing::*;

/// A park in a commune of 20 km × 20 km; its file says that the coordinates are those of another meridian.
pub(crate) fn read_by(epsg: u32, declared: Value) -> CheckOutcome {
    let mut parks =
        zones(vec![zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({"communes": declared}))]);
    let features = parks.layer.features.clone();
    parks.layer = Arc::new(Layer { crs: Crs::from_epsg(epsg).unwrap(), features });
    let units = communes(vec![
        commune("00001", "A", [-10_000.0, -10_000.0, 20_000.0, 20_000.0]),
        commune("00002", "B", [10_000.0, -10_000.0, 60_000.0, 20_000.0]),
    ]);
    judge(vec![parks, units])
}

#[test]
fn exactly_one_other_meridian_puts_the_zone_into_its_commune() {
    // Read by 107° instead of 107°15′ it lies 25.9 km further west; 15′ are 15 km more than the commune is wide.
    let found = only(&read_by(9214, json!(["00001"])), "GEO-05");
    assert_eq!(found.severity, Severity::Block);
    assert_eq!(
        found.message.vi,
        "Khu Z-1: ranh theo kinh tuyến trục 107°00′ rơi ngoài Xã A; đúng nếu kinh tuyến trục là 107°15′ (EPSG:9215)"
    );
    assert!(findings(&read_by(9215, json!(["00001"])), "GEO-05").is_empty());
    // Nothing is declared, or nothing known.
    assert!(findings(&read_by(9214, json!([])), "GEO-05").is_empty());
    assert!(findings(&read_by(9214, json!(["00009"])), "GEO-05").is_empty());
}

#[test]
fn where_several_meridians_fit_nothing_is_claimed() {
    // Commune B is 60 km wide: 107°30′ and 107°45′ both put the zone into it.
    assert!(findings(&read_by(9214, json!(["00002"])), "GEO-05").is_empty());
}

/// A plan of lots with borders that follow no rhythm, and a park that follows them, moved by (x, y).
pub(crate) fn moved(x: f64, y: f64) -> CheckOutcome {
    let edges = [-2000.0, -1430.0, -700.0, -150.0, 420.0, 1310.0, 1900.0, 2750.0];
    let mut lots = Vec::new();
    for (i, a) in edges.windows(2).enumerate() {
        for (j, b) in edges.windows(2).enumerate() {
            let at = [a[0], b[0], a[1] - a[0], b[1] - b[0]];
            lots.push(parcel(&format!("P-{i}-{j}"), "SKK", at));
        }
    }
    let park = zone("Z-1", "KCN", [-150.0 + x, -150.0 + y, 1460.0, 1460.0], json!({}));
    judge(vec![zones(vec![park]), plan(lots)])
}

/// By how much a place is off where the seven parameters are missing.
fn shift() -> [f64; 2] {
    let crs = Crs::from_epsg(9215).unwrap();
    let degrees = Transformation::new(&crs, &Crs::from_epsg(4756).unwrap()).unwrap().point(ORIGIN).unwrap();
    let there = Transformation::new(&Crs::wgs84(), &crs).unwrap().point(degrees).unwrap();
    [there[0] - ORIGIN[0], there[1] - ORIGIN[1]]
}

/// The park moved by the shift and so much more along both axes.
pub(crate) fn moved_by_the_shift(more: f64) -> CheckOutcome {
    let [x, y] = shift();
    moved(x + more, y + more)
}

#[test]
fn the_shift_is_that_of_the_seven_parameters() {
    let [x, y] = shift();
    let azimuth = x.atan2(y).to_degrees().rem_euclid(360.0);
    assert!((222.0..226.0).contains(&x.hypot(y)), "{x} {y}");
    assert!((azimuth - 298.5).abs() < 1.5 || (azimuth - 118.5).abs() < 1.5, "{azimuth}");
}

#[test]
fn a_border_that_fits_after_the_shift_lacks_the_parameters() {
    let [x, y] = shift();
    for sign in [1.0, -1.0] {
        let found = only(&moved(sign * x, sign * y), "GEO-06");
        assert_eq!(found.severity, Severity::Error);
        assert!(found.parameters["after"].as_f64().unwrap() > 99.0);
        assert!((222.0..226.0).contains(&found.parameters["d"].as_f64().unwrap()));
    }
    // In its place, off by 5 m along each axis (edges still match after no shift), and off by another vector.
    assert!(findings(&moved(0.0, 0.0), "GEO-06").is_empty());
    assert!(findings(&moved(224.0, 0.0), "GEO-06").is_empty());
    // Off by the shift and 6 m more along both axes: no line within 5 m.
    assert!(findings(&moved(x + 6.0, y + 6.0), "GEO-06").is_empty());
    assert_eq!(findings(&moved(x + 4.0, y + 4.0), "GEO-06").len(), 1);
}
