//! Overlays against GEOS on a real zoning map with thousands of overlaps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use spatial::overlay::{Options, Want, self_overlaps};
use spatial::{Crs, Prepared};
use support::{read_geojson, shared};

/// GEOS 3.14.1 (shapely 2.2.0) after PROJ 9.5.1 (pyproj 3.7.2), pairs without one of the 258 invalid features:
/// 13,185 above 1e-3 m², all pairs together 313,604.359744 m².
#[test]
fn chicagos_zoning_overlaps_where_geos_says() {
    let Some(path) = shared("data/chicago-zoning-2024-10-21-simple.geojson") else { return };
    let prepared = Prepared::new(&read_geojson(&path), &Crs::from_epsg(32616).unwrap()).unwrap();
    let found = self_overlaps(&prepared, &Options { want: Want::Areas, ..Options::default() }).pairs;
    let valid = |i: usize| prepared.features[i].is_valid();
    let areas: Vec<f64> =
        found.iter().filter(|o| valid(o.subject) && valid(o.reference)).map(|o| o.area_m2).collect();
    assert_eq!(areas.iter().filter(|&&area_m2| area_m2 > 1e-3).count(), 13_185);
    let sum_m2: f64 = areas.iter().sum();
    assert!((sum_m2 - 313_604.359_744).abs() < 0.1, "{sum_m2}");
}
