//! Prepared layers and overlaps: what becomes of every kind of geometry, order, progress, stopping.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use serde_json::Map;
use spatial::crs::CrsError;
use spatial::overlay::{Options, Want, overlaps, self_overlaps};
use spatial::repair::Method;
use spatial::validity::ProblemKind;
use spatial::{Crs, Envelope, Feature, Index, Layer, Prepared, Stage};
use support::wkt;

fn plane() -> Crs {
    Crs::from_epsg(9215).unwrap()
}

/// A layer in EPSG:9215; an empty text is a null geometry.
fn layer(geometries: &[&str]) -> Layer {
    let features = geometries.iter().enumerate().map(|(i, text)| Feature {
        position: i as u64,
        id: None,
        geometry: if text.is_empty() { None } else { Some(wkt(text).unwrap()) },
        properties: Map::new(),
    });
    Layer { crs: plane(), features: features.collect() }
}

fn prepared(geometries: &[&str]) -> Prepared {
    Prepared::new(&layer(geometries), &plane()).unwrap()
}

/// Geometry, area of the region (0 = none), kinds of problems.
type Case = (&'static str, f64, &'static [ProblemKind]);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", 100.0, &[]),
    ("POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))", 96.0, &[]),
    ("POLYGON ((0 0, 10 0, 10 0, 10 10, 0 10, 0 0))", 100.0, &[ProblemKind::DuplicateVertex]),
    ("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))", 50.0, &[ProblemKind::SelfIntersection]),
    // A hole apart from its shell becomes a part; parts that overlap are united.
    ("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (20 0, 21 0, 21 1, 20 1, 20 0))", 101.0, &[ProblemKind::HoleOutsideShell]),
    ("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((5 5, 15 5, 15 15, 5 15, 5 5)))", 175.0, &[ProblemKind::PartsOverlap, ProblemKind::PartsOverlap]),
    // A ring traced twice keeps its area.
    ("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0, 10 0, 10 10, 0 10, 0 0))", 100.0, &[ProblemKind::SelfIntersection; 4]),
    ("", 0.0, &[ProblemKind::Null]),
    ("POLYGON EMPTY", 0.0, &[ProblemKind::Null]),
    ("MULTIPOLYGON EMPTY", 0.0, &[ProblemKind::Null]),
    ("POINT (1 1)", 0.0, &[ProblemKind::NotPolygonal]),
    ("LINESTRING (1 1, 2 2)", 0.0, &[ProblemKind::NotPolygonal]),
    // The polygons of a collection count, united.
    ("GEOMETRYCOLLECTION (POINT (1 1), POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0)), POLYGON ((5 0, 15 0, 15 10, 5 10, 5 0)))", 150.0, &[ProblemKind::NotPolygonal]),
    ("POLYGON ((0 0, 1 0, 0 0))", 0.0, &[ProblemKind::TooFewPoints]),
    ("POLYGON ((0 0, 1 1, 2 2, 0 0))", 0.0, &[ProblemKind::Collapsed]),
    // Valid, but too small for the grid.
    ("POLYGON ((0 0, 1e-9 0, 0 1e-9, 0 0))", 0.0, &[ProblemKind::Collapsed]),
    ("POLYGON ((0 0, NaN 0, 10 10, 0 0))", 0.0, &[ProblemKind::Coordinate]),
    ("POLYGON ((0 0, inf 0, 10 10, 0 0))", 0.0, &[ProblemKind::Coordinate]),
    ("POLYGON ((0 0, 1e12 0, 10 10, 0 0))", 0.0, &[ProblemKind::Coordinate]),
];

#[test]
fn every_kind_of_geometry_has_its_region_and_problems() {
    let texts: Vec<&str> = CASES.iter().map(|case| case.0).collect();
    let prepared = prepared(&texts);
    for (at, (feature, (text, area_m2, problems))) in prepared.features.iter().zip(CASES).enumerate() {
        let kinds: Vec<ProblemKind> = feature.problems.iter().map(|p| p.kind).collect();
        assert_eq!(&kinds, problems, "{text}");
        let found_m2 = prepared.region(at).map_or(0.0, |region| region.area_m2());
        assert_eq!(found_m2, *area_m2, "{text}");
        assert!((prepared.area_m2(at) - area_m2).abs() < 1e-12, "{text}");
        assert_eq!(found_m2 > 0.0, feature.envelope.is_some(), "{text}");
    }
    let regions = prepared.features.iter().filter(|f| f.envelope.is_some()).count();
    assert_eq!(prepared.index.len(), regions);
}

#[test]
fn problems_are_placed_in_the_working_crs() {
    let mut degrees = layer(&["POLYGON ((107 21, 107.2 21.2, 107.2 21, 107 21.2, 107 21))"]);
    degrees.crs = Crs::wgs84();
    let prepared = Prepared::new(&degrees, &plane()).unwrap();
    let [x, y] = prepared.features[0].problems[0].place.unwrap();
    // cs2cs 9.1.1: 21.1 N 107.1 E in EPSG:9215.
    assert!((x - 484_221.180).abs() < 0.001 && (y - 2_334_033.415).abs() < 0.001, "{x} {y}");
    degrees.features[0].geometry = wkt("POLYGON ((107 21, 107 210, 108 21, 107 21))");
    let problems = &Prepared::new(&degrees, &plane()).unwrap().features[0].problems;
    assert_eq!(problems[0].kind, ProblemKind::Coordinate);
}

#[test]
fn degrees_and_web_mercator_are_no_working_plane() {
    for crs in [Crs::wgs84(), Crs::web_mercator(), Crs::from_epsg(4756).unwrap()] {
        let refused = Prepared::new(&layer(&[]), &crs);
        assert!(matches!(refused, Err(CrsError::NotWorking(_))), "{}", crs.name());
    }
}

#[test]
fn stages_are_told_in_order() {
    let mut stages = Vec::new();
    Prepared::staged(&layer(&[]), &plane(), Method::Structure, &mut |stage| stages.push(stage)).unwrap();
    assert_eq!(stages, [Stage::Validate, Stage::Project, Stage::Index]);
}

const SQUARES: [&str; 4] = [
    "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))",
    "POLYGON ((5 0, 15 0, 15 10, 5 10, 5 0))",
    // Shares a border with the second, a T-vertex on it, and a corner with nothing.
    "POLYGON ((15 0, 25 0, 25 10, 15 10, 15 3.7, 15 0))",
    "POLYGON ((2 2, 3 2, 3 3, 2 3, 2 2))",
];

#[test]
fn pairs_come_once_ordered_and_without_shared_borders() {
    let layer = prepared(&SQUARES);
    let found = self_overlaps(&layer, &Options::default()).pairs;
    let told: Vec<_> = found.iter().map(|o| (o.subject, o.reference, o.area_m2, o.subject_share)).collect();
    assert_eq!(told, [(0, 1, 50.0, 0.5), (0, 3, 1.0, 0.01)]);
    assert_eq!(found[0].region.as_ref().unwrap().mean_width_m(), 100.0 / 30.0);
    let areas = self_overlaps(&layer, &Options { want: Want::Areas, ..Options::default() }).pairs;
    assert!(areas.iter().all(|o| o.region.is_none()));
    assert_eq!(areas.iter().map(|o| o.area_m2).collect::<Vec<_>>(), [50.0, 1.0]);
}

#[test]
fn layers_on_different_planes_have_nothing_in_common() {
    let here = prepared(&SQUARES);
    let there = Prepared::new(&layer(&SQUARES), &Crs::from_epsg(9216).unwrap()).unwrap();
    assert!(overlaps(&here, &there, &Options::default()).pairs.is_empty());
    assert_eq!(overlaps(&here, &here, &Options::default()).pairs.len(), 8);
}

#[test]
fn progress_counts_subjects_and_stopping_stops() {
    let layer = prepared(&SQUARES);
    let (calls, last) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let progress = |done: usize, all: usize| {
        assert_eq!(all, 4);
        calls.fetch_add(1, Ordering::SeqCst);
        last.fetch_max(done, Ordering::SeqCst);
    };
    let stop = || true;
    let options = Options { progress: Some(&progress), cancelled: Some(&stop), ..Options::default() };
    assert!(self_overlaps(&layer, &options).pairs.is_empty());
    assert_eq!((calls.into_inner(), last.into_inner()), (4, 4));
}

#[test]
fn the_index_loads_inserts_removes_and_answers_in_order() {
    let unit = |x: f64| Envelope { min: [x, 0.0], max: [x + 1.0, 1.0] };
    let mut index = Index::bulk_load((0..50).rev().map(|i| (unit(f64::from(i)), i as usize)).collect());
    assert_eq!(index.query(&unit(10.0)), [9, 10, 11]);
    assert!(index.remove(unit(10.0), 10));
    assert!(!index.remove(unit(10.0), 10) && !index.remove(unit(11.0), 99));
    index.insert(unit(10.5), 100);
    assert_eq!(index.query(&unit(10.0)), [9, 11, 100]);
    assert!(index.query(&Envelope { min: [0.0, 2.0], max: [60.0, 3.0] }).is_empty());
    assert!(Index::default().is_empty() && index.len() == 50);
}

fn star(x: f64, y: f64, radii: &[f64]) -> String {
    let n = radii.len() as f64;
    let at = |i: usize| {
        let angle = i as f64 / n * std::f64::consts::TAU;
        format!("{} {}", x + radii[i] * angle.cos(), y + radii[i] * angle.sin())
    };
    let points: Vec<String> = (0..radii.len()).chain([0]).map(at).collect();
    format!("POLYGON (({}))", points.join(", "))
}

prop_compose! {
    /// A star-shaped outline of up to 60 vertices: valid, with bays and capes.
    fn any_star()(
        x in 0.0..100.0f64, y in 0.0..100.0f64, size in 1.0..100.0f64,
        radii in proptest::collection::vec(0.2..1.0f64, 5..60),
    ) -> String {
        star(x, y, &radii.iter().map(|r| r * size).collect::<Vec<_>>())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn overlaps_are_symmetric_and_areas_add_up(stars in proptest::collection::vec(any_star(), 2..8)) {
        let texts: Vec<&str> = stars.iter().map(String::as_str).collect();
        let layer = prepared(&texts);
        prop_assert!(layer.features.iter().all(|f| f.problems.is_empty()));
        let all = overlaps(&layer, &layer, &Options::default()).pairs;
        let within = self_overlaps(&layer, &Options::default()).pairs;
        prop_assert_eq!(all.len(), 2 * within.len() + stars.len());
        for pair in &within {
            let mirrored = all.iter().find(|o| (o.subject, o.reference) == (pair.reference, pair.subject));
            prop_assert_eq!(&mirrored.unwrap().region, &pair.region);
            // The union drops no far bends, so it is a second opinion.
            let [a, b] = [pair.subject, pair.reference].map(|i| layer.region(i).unwrap());
            let expected_m2 = a.area_m2() + b.area_m2() - spatial::Region::union([&a, &b]).area_m2();
            let rounding_m2 = 4.0 * spatial::GRID_STEP_M * (a.perimeter_m() + b.perimeter_m());
            prop_assert!((pair.area_m2 - expected_m2).abs() < rounding_m2);
            let without_m2 = a.difference(&b).area_m2();
            prop_assert!((a.area_m2() - without_m2 - pair.area_m2).abs() < rounding_m2);
        }
    }
}
