//! Repair: every fault by both methods with areas worked out by hand, and the laws that repair keeps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use spatial::repair::{Changes, Method, repair};
use spatial::validity::validate;
use spatial::{FillRule, GRID_STEP_M, Region};
use support::wkt;

fn read(text: &str) -> MultiPolygon<f64> {
    match wkt(text).unwrap() {
        Geometry::Polygon(polygon) => polygon.into(),
        Geometry::MultiPolygon(polygons) => polygons,
        other => panic!("{other:?}"),
    }
}

fn area_m2(polygons: &MultiPolygon<f64>) -> f64 {
    Region::from_multi_polygon(polygons, FillRule::EvenOdd).area_m2()
}

fn is_valid(polygons: &MultiPolygon<f64>) -> bool {
    !validate(&polygons.clone().into()).iter().any(|problem| problem.kind.is_invalid())
}

/// What is wrong, WKT, then for structure and linework: area, added, removed against even-odd fill, m²; rings dropped.
type Case = (&'static str, &'static str, [f64; 3], [f64; 3], usize);

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("bow-tie", "POLYGON ((0 0, 8 8, 8 0, 0 8, 0 0))", [32.0, 0.0, 0.0], [32.0, 0.0, 0.0], 0),
    ("ring that touches itself", "POLYGON ((0 0, 8 0, 4 4, 8 8, 0 8, 4 4, 0 0))", [32.0, 0.0, 0.0], [32.0, 0.0, 0.0], 0),
    ("spike", "POLYGON ((0 0, 9 0, 9 9, 9 12, 9 9, 0 9, 0 0))", [81.0, 0.0, 0.0], [81.0, 0.0, 0.0], 0),
    ("ring traced twice", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0, 9 0, 9 9, 0 9, 0 0))", [81.0, 81.0, 0.0], [81.0, 81.0, 0.0], 0),
    ("ring traced there and back", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0, 0 9, 9 9, 9 0, 0 0))", [0.0, 0.0, 0.0], [81.0, 81.0, 0.0], 1),
    // Two loops of 4 × 4 that share 2 × 2.
    ("ring that overlaps itself", "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0, 2 2, 6 2, 6 6, 2 6, 2 2, 0 0))", [28.0, 4.0, 0.0], [24.0, 0.0, 0.0], 0),
    ("parts that overlap", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((2 2, 6 2, 6 6, 2 6, 2 2)))", [28.0, 4.0, 0.0], [24.0, 0.0, 0.0], 0),
    ("part in a part", "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0)), ((2 2, 4 2, 4 4, 2 4, 2 2)))", [81.0, 4.0, 0.0], [77.0, 0.0, 0.0], 0),
    ("parts that share an edge", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((4 0, 8 0, 8 4, 4 4, 4 0)))", [32.0, 0.0, 0.0], [32.0, 0.0, 0.0], 0),
    ("the same part twice", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((0 0, 0 4, 4 4, 4 0, 0 0)))", [16.0, 16.0, 0.0], [16.0, 16.0, 0.0], 0),
    ("hole apart from its shell", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (12 2, 14 2, 14 4, 12 4, 12 2))", [85.0, 0.0, 0.0], [85.0, 0.0, 0.0], 0),
    ("hole that reaches out", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (7 4, 11 4, 11 6, 7 6, 7 4))", [77.0, 0.0, 4.0], [81.0, 0.0, 0.0], 0),
    ("hole outside that touches", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (9 4, 11 3, 11 5, 9 4))", [81.0, 0.0, 2.0], [83.0, 0.0, 0.0], 0),
    ("hole around its shell", "POLYGON ((2 2, 4 2, 4 4, 2 4, 2 2), (0 0, 9 0, 9 9, 0 9, 0 0))", [0.0, 0.0, 77.0], [77.0, 0.0, 0.0], 0),
    ("hole equal to its shell", "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (0 0, 4 0, 4 4, 0 4, 0 0))", [0.0, 0.0, 0.0], [16.0, 16.0, 0.0], 0),
    ("hole along its shell", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (0 2, 4 2, 4 4, 0 4, 0 2))", [73.0, 0.0, 0.0], [81.0, 8.0, 0.0], 0),
    ("hole in a hole", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1), (3 3, 5 3, 5 5, 3 5, 3 3))", [32.0, 0.0, 4.0], [36.0, 0.0, 0.0], 0),
    ("holes that overlap", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 5 1, 5 5, 1 5, 1 1), (3 3, 7 3, 7 7, 3 7, 3 3))", [53.0, 0.0, 4.0], [57.0, 0.0, 0.0], 0),
    ("holes along each other", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 4 1, 4 5, 1 5, 1 1), (4 1, 7 1, 7 5, 4 5, 4 1))", [57.0, 0.0, 0.0], [57.0, 0.0, 0.0], 0),
    ("hole that touches its shell twice", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (0 4, 4 4, 9 6, 0 4))", [77.0, 0.0, 0.0], [77.0, 0.0, 0.0], 0),
    ("collapsed part", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((5 5, 7 7, 9 9, 5 5)))", [16.0, 0.0, 0.0], [16.0, 0.0, 0.0], 1),
    ("collapsed hole", "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 2, 1 1))", [16.0, 0.0, 0.0], [16.0, 0.0, 0.0], 1),
    ("nothing but lines", "POLYGON ((0 0, 4 0, 8 0, 0 0), (1 1, 2 2, 1 1))", [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 2),
    // A part without its shell has no holes to keep.
    ("hole of a collapsed shell", "POLYGON ((0 0, 4 0, 8 0, 0 0), (1 1, 3 1, 3 3, 1 3, 1 1))", [0.0, 0.0, 4.0], [4.0, 0.0, 0.0], 1),
];

#[test]
fn every_fault_is_mended_by_both_methods() {
    for (name, text, structure, linework, rings_dropped) in CASES {
        for (method, [area, added_m2, removed_m2]) in
            [(Method::Structure, structure), (Method::Linework, linework)]
        {
            let repaired = repair(&read(text), method);
            let changes = Changes {
                method,
                added_m2: *added_m2,
                removed_m2: *removed_m2,
                rings_dropped: *rings_dropped,
                vertices_snapped: 0,
            };
            assert_eq!(repaired.changes, Some(changes), "{name}");
            assert_eq!(area_m2(&repaired.polygons), *area, "{name} by {method}");
            assert!(is_valid(&repaired.polygons), "{name} by {method}: {:?}", repaired.polygons);
        }
    }
}

#[test]
fn what_has_no_place_on_the_grid_is_dropped_and_told() {
    let polygons =
        read("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, NaN 2, 2 2, 1 1), (1 1, 1e300 2, 2 2, 1 1))");
    for method in [Method::Structure, Method::Linework] {
        let repaired = repair(&polygons, method);
        let changes = repaired.changes.unwrap();
        assert_eq!((area_m2(&repaired.polygons), changes.rings_dropped), (16.0, 2));
    }
}

/// 2⁻²⁰ m is finer than 0.1 is a binary number, so three of the five vertices move.
#[test]
fn snapped_vertices_are_counted() {
    let repaired = repair(&read("POLYGON ((0 0, 8.1 8, 8 0, 0.1 8.1, 0 0))"), Method::Structure);
    assert_eq!(repaired.changes.unwrap().vertices_snapped, 2);
}

#[test]
fn methods_have_names_that_are_read_again() {
    for method in [Method::Structure, Method::Linework] {
        assert_eq!(method.name().parse(), Ok(method));
    }
    assert!("even-odd".parse::<Method>().unwrap_err().to_string().contains("structure or linework"));
}

fn closed(points: Vec<(f64, f64)>) -> LineString<f64> {
    let first = points[0];
    points.into_iter().chain([first]).collect()
}

fn moved(polygons: &MultiPolygon<f64>, by: f64) -> MultiPolygon<f64> {
    use geo::MapCoords;
    polygons.map_coords(|c| Coord { x: c.x + by, y: c.y - by })
}

/// Rings of three to nine vertices on `steps` × `steps` places of `size_m`; shells of one to three parts, holes anywhere.
fn scribble(steps: i32, size_m: f64) -> impl Strategy<Value = MultiPolygon<f64>> {
    let place =
        move || (0..steps, 0..steps).prop_map(move |(x, y)| (f64::from(x) * size_m, f64::from(y) * size_m));
    let ring = move || prop::collection::vec(place(), 3..10).prop_map(closed);
    let polygon =
        (ring(), prop::collection::vec(ring(), 0..4)).prop_map(|(shell, holes)| Polygon::new(shell, holes));
    prop::collection::vec(polygon, 1..4).prop_map(MultiPolygon)
}

/// Small whole coordinates, where everything meets, and others, where everything is rounded.
fn any_scribble() -> impl Strategy<Value = MultiPolygon<f64>> {
    prop_oneof![scribble(7, 1.0), scribble(100_000, 1e-3), scribble(30, 1.0 / 3.0)]
}

/// The rings started and turned otherwise, holes and parts in another order.
fn reordered(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let ring = |ring: &LineString<f64>| {
        let mut coords = ring.0[1..].to_vec();
        coords.rotate_left(1);
        coords.reverse();
        closed(coords.into_iter().map(|c| (c.x, c.y)).collect())
    };
    let polygon =
        |p: &Polygon<f64>| Polygon::new(ring(p.exterior()), p.interiors().iter().rev().map(ring).collect());
    MultiPolygon(polygons.0.iter().rev().map(polygon).collect())
}

/// How much crossings rounded elsewhere may change: half a step along every edge, of which there are few.
fn rounding_m2(polygons: &MultiPolygon<f64>) -> f64 {
    let length = |ring: &LineString<f64>| {
        ring.lines().map(|line| (line.dx() * line.dx() + line.dy() * line.dy()).sqrt()).sum::<f64>()
    };
    let rings = polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    4.0 * GRID_STEP_M * rings.map(length).sum::<f64>()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn repair_is_valid_and_idempotent(scribble in any_scribble()) {
        for method in [Method::Structure, Method::Linework] {
            let once = repair(&scribble, method);
            prop_assert!(is_valid(&once.polygons), "{method}: {:?}", validate(&once.polygons.clone().into()));
            let twice = repair(&once.polygons, method);
            prop_assert_eq!(twice.changes, None);
            prop_assert_eq!(twice.polygons, once.polygons);
        }
    }

    #[test]
    fn a_valid_polygon_is_untouched(scribble in any_scribble()) {
        if is_valid(&scribble) {
            let repaired = repair(&scribble, Method::Structure);
            prop_assert_eq!(repaired.changes, None);
            prop_assert_eq!(repaired.polygons, scribble);
        }
    }

    #[test]
    fn order_and_direction_do_not_matter(scribble in any_scribble()) {
        let other = reordered(&scribble);
        let tolerance_m2 = rounding_m2(&scribble);
        let [one, another] = [&scribble, &other].map(|s| repair(s, Method::Structure));
        prop_assert!((area_m2(&one.polygons) - area_m2(&another.polygons)).abs() <= tolerance_m2);
    }

    /// Linework depends on the crossings' places where stretches are drawn twice, so whole coordinates are asked for.
    #[test]
    fn order_does_not_matter_to_linework(scribble in scribble(7, 1.0)) {
        let other = reordered(&scribble);
        let [one, another] = [&scribble, &other].map(|s| repair(s, Method::Linework));
        prop_assert_eq!(area_m2(&one.polygons), area_m2(&another.polygons));
    }

    #[test]
    fn translation_by_steps_does_not_matter(scribble in any_scribble(), steps in -1_000_000_000_000i64..1_000_000_000_000) {
        // Snapped first: moved coordinates would be rounded otherwise.
        let snapped = {
            use geo::MapCoords;
            let snap = |v: f64| (v / GRID_STEP_M).round() * GRID_STEP_M;
            scribble.map_coords(|c| Coord { x: snap(c.x), y: snap(c.y) })
        };
        let there = moved(&snapped, steps as f64 * GRID_STEP_M);
        for method in [Method::Structure, Method::Linework] {
            let [here, there] = [&snapped, &there].map(|s| repair(s, method));
            prop_assert_eq!(area_m2(&here.polygons), area_m2(&there.polygons));
            prop_assert_eq!(here.changes, there.changes);
        }
    }

    /// By either method the areas told add up: even-odd fill plus what is added less what is removed.
    #[test]
    fn changes_add_up(scribble in any_scribble()) {
        let drawn_m2 = area_m2(&scribble);
        for method in [Method::Structure, Method::Linework] {
            let repaired = repair(&scribble, method);
            let Some(changes) = repaired.changes else { continue };
            let sum_m2 = drawn_m2 + changes.added_m2 - changes.removed_m2;
            prop_assert!((area_m2(&repaired.polygons) - sum_m2).abs() <= rounding_m2(&scribble));
        }
    }
}
