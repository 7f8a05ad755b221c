//! Coverages whose overlaps, gaps and cracks are known by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{Polygon, polygon};
use serde_json::Map;
use spatial::coverage::{Between, Coverage, GapKind, NearMiss, Options, check};
use spatial::{Crs, Feature, FillRule, Layer, Prepared, Region};

const TOLERANCE_M: f64 = 0.05;
const OPTIONS: Options<'static> = Options {
    tolerance_m: TOLERANCE_M,
    least_elongation: 10.0,
    width_precision: 0.01,
    scope: None,
    progress: None,
    cancelled: None,
};

fn prepared(polygons: Vec<Polygon<f64>>) -> Prepared {
    let crs = Crs::from_epsg(32648).unwrap();
    let feature = |(position, polygon): (u64, Polygon<f64>)| Feature {
        position,
        id: None,
        geometry: Some(polygon.into()),
        properties: Map::new(),
    };
    let layer = Layer { crs: crs.clone(), features: (0..).zip(polygons).map(feature).collect() };
    Prepared::new(&layer, &crs).unwrap()
}

fn checked(polygons: Vec<Polygon<f64>>) -> Coverage {
    check(&prepared(polygons), &OPTIONS).unwrap()
}

fn rectangle(x: [f64; 2], y: [f64; 2]) -> Polygon<f64> {
    polygon![(x: x[0], y: y[0]), (x: x[1], y: y[0]), (x: x[1], y: y[1]), (x: x[0], y: y[1])]
}

fn close(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

fn is_clean(found: &Coverage) -> bool {
    found.overlaps.is_empty()
        && found.multiples.is_empty()
        && found.gaps.is_empty()
        && found.near_misses.is_empty()
        && found.missing_vertices.is_empty()
}

#[test]
fn neighbours_that_share_their_border_are_right() {
    let found = checked(vec![rectangle([0.0, 100.0], [0.0, 100.0]), rectangle([100.0, 200.0], [0.0, 100.0])]);
    assert!(is_clean(&found), "{found:?}");
    let totals = found.totals;
    assert_eq!((totals.features, totals.edges, totals.matched_edges, totals.loose_edges), (2, 8, 2, 6));
    assert_eq!((totals.matched_m, totals.loose_m, totals.outer_boundary_m), (100.0, 600.0, 600.0));
    assert_eq!((totals.area_sum_m2, totals.union_area_m2, totals.residual_m2), (20_000.0, 20_000.0, 0.0));
    assert_eq!((totals.greatest_cover, totals.gap_area_m2, totals.at_grid_limit), (1, 0.0, 0));
}

#[test]
fn nothing_covers_nothing() {
    let found = checked(Vec::new());
    assert!(is_clean(&found));
    assert_eq!(found.totals, Default::default());
}

#[test]
fn a_crack_that_is_open_at_both_ends_is_a_near_miss() {
    let found =
        checked(vec![rectangle([0.0, 100.0], [0.0, 100.0]), rectangle([100.01, 200.0], [0.0, 100.0])]);
    let [miss] = found.near_misses.as_slice() else { panic!("{found:?}") };
    assert_eq!((miss.features, miss.between, miss.is_open), ([0, 1], Between::Nothing, true));
    assert_eq!(miss.length_m, 100.0);
    assert!(close(miss.greatest_distance_m, 0.01, 1e-6));
    assert_eq!(miss.line, [[100.0, 0.0], [100.0, 100.0]]);
    assert!(found.gaps.is_empty() && found.overlaps.is_empty());
}

#[test]
fn borders_further_apart_than_the_tolerance_are_no_near_miss() {
    let found =
        checked(vec![rectangle([0.0, 100.0], [0.0, 100.0]), rectangle([100.06, 200.0], [0.0, 100.0])]);
    assert!(is_clean(&found), "{found:?}");
}

/// Two squares 1 cm apart between two beams.
fn closed_crack() -> Vec<Polygon<f64>> {
    vec![
        rectangle([0.0, 100.0], [0.0, 100.0]),
        rectangle([100.01, 200.0], [0.0, 100.0]),
        polygon![(x: 0.0, y: 100.0), (x: 100.0, y: 100.0), (x: 100.01, y: 100.0), (x: 200.0, y: 100.0),
            (x: 200.0, y: 110.0), (x: 0.0, y: 110.0)],
        polygon![(x: 0.0, y: -10.0), (x: 200.0, y: -10.0), (x: 200.0, y: 0.0), (x: 100.01, y: 0.0),
            (x: 100.0, y: 0.0), (x: 0.0, y: 0.0)],
    ]
}

#[test]
fn a_crack_that_is_closed_is_a_gap() {
    let found = checked(closed_crack());
    let [gap] = found.gaps.as_slice() else { panic!("{found:?}") };
    assert_eq!((gap.kind, gap.features.as_slice()), (GapKind::Crack, [0, 1, 2, 3].as_slice()));
    assert!(close(gap.shape.area_m2, 1.0, 1e-4));
    assert!(close(gap.shape.mean_width_m, 2.0 / 200.02, 1e-6));
    assert!(close(gap.shape.largest_width_m.unwrap(), 0.01, 1e-4));
    let [x, y] = gap.shape.place;
    assert!((100.0..100.01).contains(&x) && (0.0..100.0).contains(&y));
    let [miss] = found.near_misses.as_slice() else { panic!("{found:?}") };
    assert_eq!((miss.features, miss.is_open, miss.length_m), ([0, 1], false, 100.0));
    let prepared = prepared(closed_crack());
    let strict = check(&prepared, &Options { tolerance_m: 0.005, ..OPTIONS }).unwrap();
    assert_eq!(strict.gaps[0].kind, GapKind::Hole);
    assert!(strict.near_misses.is_empty());
}

#[test]
fn a_crack_around_a_corner_is_widest_there() {
    // 10 km along each side of a square, 2 cm wide. The greatest circle touches both outer walls and the inner corner:
    // r (1 + √2) = w √2.
    let square = rectangle([0.0, 10_000.0], [0.0, 10_000.0]);
    let around = polygon![(x: 10_000.0, y: 0.0), (x: 20_000.0, y: 0.0), (x: 20_000.0, y: 20_000.0),
        (x: 0.0, y: 20_000.0), (x: 0.0, y: 10_000.0), (x: 1.0, y: 10_000.0), (x: 1.0, y: 10_000.02),
        (x: 10_000.02, y: 10_000.02), (x: 10_000.02, y: 1.0), (x: 10_000.0, y: 1.0)];
    let found = checked(vec![square, around]);
    let [gap] = found.gaps.as_slice() else { panic!("{found:?}") };
    assert!(close(gap.shape.area_m2, 399.9604, 0.05), "{gap:?}");
    assert!(close(gap.shape.mean_width_m, 0.02, 1e-5));
    let width_m = gap.shape.largest_width_m.unwrap();
    assert!((0.99 * 0.023_430..=0.023_433).contains(&width_m), "{width_m}");
    assert_eq!(found.missing_vertices.len(), 2);
    assert_eq!((found.near_misses.len(), found.near_misses[0].is_open), (1, false));
}

#[test]
fn a_vertex_on_a_straight_border_is_missing_in_the_neighbour() {
    let large = rectangle([0.0, 100.0], [0.0, 100.0]);
    let halves = |x: f64| {
        [rectangle([100.0, 200.0], [0.0, 50.0]), rectangle([100.0, 200.0], [50.0, 100.0])].map(|half| {
            let ring = half
                .exterior()
                .coords()
                .map(|c| if (c.x, c.y) == (100.0, 50.0) { (x, 50.0) } else { c.x_y() });
            Polygon::new(ring.collect(), vec![])
        })
    };
    let layer = |x: f64| checked([vec![large.clone()], halves(x).to_vec()].concat());

    let exact = layer(100.0);
    let [missing] = exact.missing_vertices.as_slice() else { panic!("{exact:?}") };
    assert_eq!((missing.feature, missing.neighbour, missing.place), (0, 1, [100.0, 50.0]));
    assert_eq!((exact.totals.matched_pieces, exact.totals.matched_edges), (4, 2));
    assert!(exact.near_misses.is_empty() && exact.gaps.is_empty() && exact.overlaps.is_empty());

    let apart = layer(100.02);
    let [gap] = apart.gaps.as_slice() else { panic!("{apart:?}") };
    assert!(close(gap.shape.area_m2, 1.0, 1e-4) && gap.features == [0, 1, 2]);
    assert_eq!(gap.kind, GapKind::Crack);
    assert_eq!(apart.near_misses.len(), 2);
    assert!(apart.near_misses.iter().all(|miss| !miss.is_open && miss.between == Between::Nothing));

    let across = layer(99.98);
    let pairs: Vec<[usize; 2]> = across.overlaps.iter().map(|overlap| overlap.features).collect();
    assert_eq!(pairs, [[0, 1], [0, 2]]);
    assert!(across.overlaps.iter().all(|overlap| close(overlap.shape.area_m2, 0.5, 1e-4)));
    assert!(across.gaps.is_empty() && across.multiples.is_empty());
    assert!(across.near_misses.iter().all(|miss| !miss.is_open && miss.between == Between::Both));
}

#[test]
fn three_features_over_one_place_are_three_pairs_and_one_multiple() {
    let found = checked([0.0, 4.0, 8.0].map(|x| rectangle([x, x + 10.0], [0.0, 10.0])).to_vec());
    let pairs: Vec<([usize; 2], f64)> =
        found.overlaps.iter().map(|overlap| (overlap.features, overlap.shape.area_m2)).collect();
    assert_eq!(pairs, [([0, 1], 60.0), ([0, 2], 20.0), ([1, 2], 60.0)]);
    let [multiple] = found.multiples.as_slice() else { panic!("{found:?}") };
    assert_eq!((multiple.features.as_slice(), multiple.shape.area_m2), ([0, 1, 2].as_slice(), 20.0));
    let totals = found.totals;
    assert_eq!(
        (totals.area_sum_m2, totals.covered_more_than_once_m2, totals.union_area_m2),
        (300.0, 120.0, 180.0)
    );
    assert_eq!((totals.pair_overlap_m2, totals.pair_residual_m2, totals.residual_m2), (140.0, 0.0, 0.0));
    assert_eq!(totals.greatest_cover, 3);
}

/// 100 × 100 m with a hole of 20 × 20 m.
fn frame() -> Polygon<f64> {
    let hole = rectangle([40.0, 60.0], [40.0, 60.0]).into_inner().0;
    Polygon::new(rectangle([0.0, 100.0], [0.0, 100.0]).into_inner().0, vec![hole])
}

#[test]
fn a_lake_is_a_hole_and_an_enclave_is_none() {
    let lake = checked(vec![frame()]);
    let [gap] = lake.gaps.as_slice() else { panic!("{lake:?}") };
    assert_eq!((gap.kind, gap.features.as_slice()), (GapKind::Hole, [0].as_slice()));
    assert_eq!((gap.shape.area_m2, gap.shape.mean_width_m), (400.0, 10.0));
    let width_m = gap.shape.largest_width_m.unwrap();
    assert!((19.8..=20.0).contains(&width_m), "{width_m}");
    assert_eq!((lake.totals.gap_area_m2, lake.totals.gap_boundary_m), (400.0, 80.0));
    assert_eq!(lake.totals.outer_boundary_m, 400.0);
    let enclave = checked(vec![frame(), rectangle([40.0, 60.0], [40.0, 60.0])]);
    assert!(is_clean(&enclave), "{enclave:?}");
    assert_eq!(enclave.totals.matched_edges, 8);
}

#[test]
fn an_island_in_a_lake_leaves_a_ring() {
    let found = checked(vec![frame(), rectangle([45.0, 55.0], [45.0, 55.0])]);
    let [gap] = found.gaps.as_slice() else { panic!("{found:?}") };
    assert_eq!((gap.features.as_slice(), gap.shape.area_m2), ([0, 1].as_slice(), 300.0));
    // The greatest circle in the ring lies in a corner: it touches two sides of the lake and the island's corner,
    // so r = (5 − r) √2 and its diameter is 10 √2 / (1 + √2) = 5.858.
    let width_m = gap.shape.largest_width_m.unwrap();
    assert!((0.99 * 5.8579..=5.8579).contains(&width_m), "{width_m}");
}

#[test]
fn a_gap_between_parts_that_only_touch_is_enclosed() {
    // Four squares around a fifth place, touching in points.
    let found = checked(vec![
        rectangle([10.0, 20.0], [0.0, 10.0]),
        rectangle([20.0, 30.0], [10.0, 20.0]),
        rectangle([10.0, 20.0], [20.0, 30.0]),
        rectangle([0.0, 10.0], [10.0, 20.0]),
    ]);
    let [gap] = found.gaps.as_slice() else { panic!("{found:?}") };
    assert_eq!((gap.features.as_slice(), gap.shape.area_m2), ([0, 1, 2, 3].as_slice(), 100.0));
}

#[test]
fn a_feature_over_others_overlaps_them_even_where_all_edges_match() {
    // Nine squares, and one more over the whole, given the others' vertices.
    let mut cells: Vec<Polygon<f64>> = (0..9)
        .map(|i| (f64::from(i % 3) * 10.0, f64::from(i / 3) * 10.0))
        .map(|(x, y)| rectangle([x, x + 10.0], [y, y + 10.0]))
        .collect();
    let around = [
        (0, 0),
        (10, 0),
        (20, 0),
        (30, 0),
        (30, 10),
        (30, 20),
        (30, 30),
        (20, 30),
        (10, 30),
        (0, 30),
        (0, 20),
        (0, 10),
    ];
    let ring = around.map(|(x, y)| (f64::from(x), f64::from(y)));
    cells.push(Polygon::new(ring.to_vec().into(), vec![]));
    let found = checked(cells);
    assert_eq!(found.overlaps.len(), 9);
    for (cell, overlap) in found.overlaps.iter().enumerate() {
        assert_eq!((overlap.features, overlap.shape.area_m2), ([cell, 9], 100.0));
    }
    assert!(found.gaps.is_empty() && found.multiples.is_empty() && found.near_misses.is_empty());
    assert_eq!((found.totals.union_area_m2, found.totals.covered_more_than_once_m2), (900.0, 900.0));
}

#[test]
fn a_corner_is_no_near_miss_but_a_wedge_is() {
    // Two triangles that leave one corner, 3 m apart after 10 m; and 0.03 m apart after 10 m.
    let wedge = |apart: f64| {
        let low = polygon![(x: 0.0, y: 0.0), (x: 10.0, y: -10.0), (x: 10.0, y: 0.0)];
        let high = polygon![(x: 0.0, y: 0.0), (x: 10.0, y: apart), (x: 10.0, y: 10.0)];
        checked(vec![low, high]).near_misses
    };
    assert_eq!(wedge(3.0), []);
    let misses = wedge(0.03);
    let [NearMiss { length_m, greatest_distance_m, is_open: true, .. }] = misses.as_slice() else {
        panic!("{misses:?}")
    };
    assert!(close(*length_m, 10.0, 1e-3) && close(*greatest_distance_m, 0.03, 1e-3), "{misses:?}");
}

#[test]
fn a_near_miss_goes_on_around_bends_and_over_the_start_of_a_ring() {
    // An island 2 cm inside a lake; the ring's first vertex is in the middle of one side.
    let lake = rectangle([40.0, 60.0], [40.0, 60.0]).into_inner().0;
    let land = Polygon::new(rectangle([0.0, 100.0], [0.0, 100.0]).into_inner().0, vec![lake]);
    let island = polygon![(x: 50.0, y: 40.02), (x: 59.98, y: 40.02), (x: 59.98, y: 59.98), (x: 40.02, y: 59.98),
        (x: 40.02, y: 40.02)];
    let found = checked(vec![island, land]);
    let [miss] = found.near_misses.as_slice() else { panic!("{:?}", found.near_misses) };
    assert!(close(miss.length_m, 79.84, 1e-4), "{miss:?}");
    assert!(!miss.is_open && close(miss.greatest_distance_m, 0.02, 1e-5), "{miss:?}");
    assert_eq!(found.gaps.len(), 1);
    assert_eq!(found.gaps[0].kind, GapKind::Crack);
}

#[test]
fn a_scope_shows_what_nobody_covers_and_nobody_encloses() {
    let prepared = prepared(vec![frame(), rectangle([100.0, 200.0], [0.0, 100.0])]);
    let scope =
        Region::from_multi_polygon(&rectangle([-10.0, 300.0], [0.0, 100.0]).into(), FillRule::EvenOdd);
    let found = check(&prepared, &Options { scope: Some(&scope), ..OPTIONS }).unwrap();
    let gaps: Vec<(GapKind, f64, &[usize])> =
        found.gaps.iter().map(|gap| (gap.kind, gap.shape.area_m2, gap.features.as_slice())).collect();
    let expected = [
        (GapKind::Hole, 400.0, [0].as_slice()),
        (GapKind::Open, 1_000.0, [0].as_slice()),
        (GapKind::Open, 10_000.0, [1].as_slice()),
    ];
    assert_eq!(gaps, expected);
    let cover = found.scope.unwrap();
    assert_eq!((cover.area_m2, cover.covered_m2, cover.uncovered_m2), (31_000.0, 19_600.0, 11_400.0));
    assert_eq!((cover.residual_m2, cover.outside_m2), (0.0, 0.0));
}

#[test]
fn a_stopped_check_has_no_answer_and_progress_ends_at_all() {
    let prepared = prepared(closed_crack());
    assert_eq!(check(&prepared, &Options { cancelled: Some(&|| true), ..OPTIONS }), None);
    let last = std::sync::Mutex::new((0, 0));
    let progress = |done, total| *last.lock().unwrap() = (done, total);
    assert!(check(&prepared, &Options { progress: Some(&progress), ..OPTIONS }).is_some());
    let (done, total) = *last.lock().unwrap();
    assert!(done == total && total > 0);
}
