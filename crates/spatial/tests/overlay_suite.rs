//! Overlays against the expected results of another implementation's hard cases (mfogel/polygon-clipping), and
//! against GEOS on a real zoning map with thousands of overlaps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use geo_types::{Geometry, MultiPolygon, Polygon};
use spatial::overlay::{Options, Want, self_overlaps};
use spatial::{Crs, FillRule, GRID_STEP_M, Prepared, Region};
use support::{read_geojson, shared};

/// As that implementation fills: shells and holes each by winding number, holes taken out of their shells.
fn region(geometry: &Geometry<f64>) -> Region {
    let polygons = match geometry.clone() {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(polygons) => polygons,
        _ => MultiPolygon(vec![]),
    };
    let filled = |rings: &[geo_types::LineString<f64>]| {
        let rings = rings.iter().map(|ring| Polygon::new(ring.clone(), vec![]));
        let regions: Vec<Region> =
            rings.map(|ring| Region::from_multi_polygon(&ring.into(), FillRule::NonZero)).collect();
        Region::union(&regions)
    };
    let parts: Vec<Region> = polygons
        .iter()
        .map(|polygon| {
            filled(std::slice::from_ref(polygon.exterior())).difference(&filled(polygon.interiors()))
        })
        .collect();
    Region::union(&parts)
}

fn symmetric_difference(a: &Region, b: &Region) -> Region {
    Region::union([&a.difference(b), &b.difference(a)])
}

fn operate(operation: &str, arguments: &[Region]) -> Region {
    let (first, rest) = arguments.split_first().unwrap();
    match operation {
        "union" => Region::union(arguments),
        "intersection" => rest.iter().fold(first.clone(), |all, one| all.intersection(one)),
        "difference" => first.difference(&Region::union(rest)),
        _ => rest.iter().fold(first.clone(), |all, one| symmetric_difference(&all, one)),
    }
}

#[test]
fn the_hard_cases_of_polygon_clipping_come_out_as_expected() {
    let Some(suite) = shared("fixtures/polygon-clipping") else { return };
    let (mut compared, mut wrong) = (0, Vec::new());
    for case in std::fs::read_dir(suite).unwrap() {
        let case = case.unwrap().path();
        if !case.join("args.geojson").exists() {
            continue;
        }
        let layer = read_geojson(&case.join("args.geojson"));
        let arguments: Vec<Region> =
            layer.features.iter().filter_map(|f| f.geometry.as_ref()).map(region).collect();
        for operation in ["union", "intersection", "difference", "xor"] {
            let all = case.join("all.geojson");
            let own = case.join(format!("{operation}.geojson"));
            let Some(path) = [own, all].into_iter().find(|path| path.exists()) else { continue };
            let expected = support::read_geometry(&path).map(|g| region(&g)).unwrap_or_default();
            let found = operate(operation, &arguments);
            compared += 1;
            // Both sides round crossings: a strip of two steps along all borders may differ.
            let off_m2 = symmetric_difference(&found, &expected).area_m2();
            let borders_m: f64 = arguments.iter().chain([&expected]).map(Region::perimeter_m).sum();
            if off_m2 > 2.0 * GRID_STEP_M * borders_m {
                wrong.push(format!("{} {operation}: {off_m2} m²", case.display()));
            }
        }
    }
    eprintln!("{compared} operations compared");
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 100);
}

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
