//! Shapes of overlaps: every kind of contact between two boundaries, against figures by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{LineString, MultiPolygon, Polygon};
use spatial::trace::{Operation, Scratch, Subject, Ways};
use spatial::{FillRule, GRID_STEP_M, Polygons, Region};

const TRACED: Ways = Ways { apart: 0, traced: 1, unclear: 0, close: 0 };

fn ring(points: &[[f64; 2]]) -> LineString<f64> {
    points.iter().map(|&[x, y]| (x, y)).collect()
}

fn polygon(shell: &[[f64; 2]]) -> MultiPolygon<f64> {
    Polygon::new(ring(shell), vec![]).into()
}

fn with_hole(shell: &[[f64; 2]], hole: &[[f64; 2]]) -> MultiPolygon<f64> {
    Polygon::new(ring(shell), vec![ring(hole)]).into()
}

fn square(x: f64, y: f64, side: f64) -> [[f64; 2]; 4] {
    [[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
}

fn block(x: f64, y: f64, side: f64) -> MultiPolygon<f64> {
    polygon(&square(x, y, side))
}

fn several(parts: &[&MultiPolygon<f64>]) -> MultiPolygon<f64> {
    parts.iter().flat_map(|part| part.0.clone()).collect()
}

fn overlay(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>, operation: Operation) -> (Region, Ways) {
    let mut polygons = Polygons::with_capacity(2, 0);
    polygons.place(0, a);
    polygons.place(1, b);
    let mut scratch = Scratch::default();
    let region = Subject::new(&polygons, 0).overlay(&polygons, 1, operation, &mut scratch);
    (region, scratch.ways())
}

/// The three shapes, traced, and the same however the rings are directed and whichever comes first.
fn shapes(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> [Region; 3] {
    let all = [Operation::Intersection, Operation::Difference, Operation::Union];
    let found = all.map(|operation| {
        let (region, ways) = overlay(a, b, operation);
        let apart = Ways { apart: 1, ..Ways::default() };
        assert!(ways == TRACED || ways == apart, "{operation:?}: {ways:?}");
        region
    });
    assert_eq!(overlay(b, a, Operation::Intersection).0, found[0]);
    assert_eq!(overlay(b, a, Operation::Union).0, found[2]);
    found
}

/// What a shape must be: the same as these polygons.
fn same(found: &Region, polygons: &MultiPolygon<f64>) {
    assert_eq!(found, &Region::from_multi_polygon(polygons, FillRule::EvenOdd));
}

#[test]
fn boundaries_that_cross() {
    let [both, without, either] = shapes(&block(0.0, 0.0, 10.0), &block(5.0, 5.0, 10.0));
    same(&both, &block(5.0, 5.0, 5.0));
    let l = [[0.0, 0.0], [10.0, 0.0], [10.0, 5.0], [5.0, 5.0], [5.0, 10.0], [0.0, 10.0]];
    same(&without, &polygon(&l));
    assert_eq!((either.area_m2(), either.vertex_count()), (175.0, 8));
}

#[test]
fn a_crossing_goes_to_the_nearest_step() {
    // The diagonal from (0, 0) meets the line from (1, 0) to (0, 2) in (2/3, 2/3).
    let a = polygon(&[[0.0, 0.0], [3.0, 3.0], [-3.0, 3.0]]);
    let b = polygon(&[[1.0, 0.0], [0.0, 2.0], [0.0, -2.0]]);
    let nearest = (2.0 / 3.0 / GRID_STEP_M).round() * GRID_STEP_M;
    let [both, without, either] = shapes(&a, &b);
    same(&both, &polygon(&[[0.0, 0.0], [nearest, nearest], [0.0, 2.0]]));
    let c = polygon(&[[0.0, 0.0], [0.0, 2.0], [nearest, nearest], [3.0, 3.0], [-3.0, 3.0]]);
    same(&without, &c);
    assert!((either.area_m2() - (9.0 + 2.0 - 2.0 / 3.0)).abs() < 1e-5);
}

#[test]
fn a_vertex_on_an_edge() {
    let a = block(0.0, 0.0, 10.0);
    // From inside, on the lower side: the difference is a shell and a hole that touches it.
    let inside = [[5.0, 0.0], [6.0, 4.0], [4.0, 4.0]];
    let [both, without, either] = shapes(&a, &polygon(&inside));
    same(&both, &polygon(&inside));
    assert_eq!(without.to_multi_polygon().0.len(), 1);
    same(&without, &with_hole(&square(0.0, 0.0, 10.0), &inside));
    same(&either, &a);
    // From outside.
    let outside = polygon(&[[5.0, 0.0], [4.0, -4.0], [6.0, -4.0]]);
    let [both, without, either] = shapes(&a, &outside);
    assert!(both.is_empty());
    same(&without, &a);
    same(&either, &several(&[&outside, &a]));
    assert_eq!(either.parts().len(), 2);
    // Through the side: the vertex of the notch lies on it.
    let notched = polygon(&[[4.0, -2.0], [5.0, 0.0], [6.0, -2.0], [6.0, 2.0], [4.0, 2.0]]);
    let [both, without, either] = shapes(&a, &notched);
    assert_eq!((both.area_m2(), without.area_m2(), either.area_m2()), (4.0, 96.0, 102.0));
    assert_eq!(both.vertex_count(), 4);
}

#[test]
fn vertices_that_meet() {
    let a = block(0.0, 0.0, 10.0);
    let [both, without, either] = shapes(&a, &block(10.0, 10.0, 10.0));
    assert!(both.is_empty());
    same(&without, &a);
    assert_eq!(either.parts().len(), 2);
    same(&either, &several(&[&a, &block(10.0, 10.0, 10.0)]));
    // Crossing right in two vertices of each: a diamond through the corners.
    let diamond = polygon(&[[0.0, 0.0], [20.0, -5.0], [10.0, 10.0], [-5.0, 20.0]]);
    let [both, without, either] = shapes(&a, &diamond);
    assert_eq!(both.area_m2() + without.area_m2(), 100.0);
    assert_eq!(both.area_m2() + either.area_m2(), 100.0 + 250.0);
}

#[test]
fn four_corners_cut_off_at_the_middles_of_the_sides() {
    let a = block(0.0, 0.0, 10.0);
    let diamond = [[5.0, 0.0], [10.0, 5.0], [5.0, 10.0], [0.0, 5.0]];
    let [both, without, either] = shapes(&a, &polygon(&diamond));
    same(&both, &polygon(&diamond));
    assert_eq!((without.parts().len(), without.area_m2()), (4, 50.0));
    same(&either, &a);
    assert_eq!(either.vertex_count(), 4);
}

#[test]
fn borders_that_run_the_same_way() {
    let a = block(0.0, 0.0, 10.0);
    // One inside the other, along half of one side and a whole corner.
    let [both, without, either] = shapes(&a, &block(0.0, 0.0, 5.0));
    same(&both, &block(0.0, 0.0, 5.0));
    assert_eq!((without.area_m2(), without.vertex_count()), (75.0, 6));
    same(&either, &a);
    // With vertices of its own along the shared stretch.
    let dense = polygon(&[[2.0, 0.0], [3.0, 0.0], [4.0, 0.0], [5.0, 0.0], [5.0, 5.0], [2.0, 5.0]]);
    let [both, without, _] = shapes(&a, &dense);
    assert_eq!((both.area_m2(), both.vertex_count()), (15.0, 4));
    assert_eq!((without.area_m2(), without.vertex_count()), (85.0, 8));
}

#[test]
fn borders_that_run_opposite_ways() {
    let a = block(0.0, 0.0, 10.0);
    let [both, without, either] = shapes(&a, &block(10.0, 0.0, 10.0));
    assert!(both.is_empty());
    same(&without, &a);
    same(&either, &polygon(&[[0.0, 0.0], [20.0, 0.0], [20.0, 10.0], [0.0, 10.0]]));
    assert_eq!(either.vertex_count(), 4);
    // Part of a side.
    let [both, without, either] = shapes(&a, &block(10.0, 4.0, 3.0));
    assert!(both.is_empty());
    same(&without, &a);
    assert_eq!((either.area_m2(), either.vertex_count(), either.parts().len()), (109.0, 8, 1));
}

#[test]
fn a_union_closes_around_a_hole() {
    // A U and the lid on it; then a lid that only touches with a corner and an edge.
    let u = polygon(&[
        [0.0, 0.0],
        [9.0, 0.0],
        [9.0, 9.0],
        [6.0, 9.0],
        [6.0, 3.0],
        [3.0, 3.0],
        [3.0, 9.0],
        [0.0, 9.0],
    ]);
    let lid = polygon(&[[0.0, 9.0], [9.0, 9.0], [9.0, 12.0], [0.0, 12.0]]);
    let [both, without, either] = shapes(&u, &lid);
    assert!(both.is_empty());
    same(&without, &u);
    let shell = [[0.0, 0.0], [9.0, 0.0], [9.0, 12.0], [0.0, 12.0]];
    same(&either, &with_hole(&shell, &[[3.0, 3.0], [6.0, 3.0], [6.0, 9.0], [3.0, 9.0]]));
    let tip = polygon(&[[6.0, 9.0], [6.0, 12.0], [2.0, 12.0], [2.0, 9.0]]);
    let [_, _, either] = shapes(&u, &tip);
    let polygons = either.to_multi_polygon();
    assert_eq!((polygons.0.len(), polygons.0[0].interiors().len()), (1, 1));
    assert_eq!(either.area_m2(), 63.0 + 12.0);
}

#[test]
fn holes_and_islands() {
    let frame = with_hole(&square(0.0, 0.0, 10.0), &square(3.0, 3.0, 4.0));
    // An island in the hole, free and filling it.
    let [both, without, either] = shapes(&frame, &block(4.0, 4.0, 2.0));
    assert!(both.is_empty());
    same(&without, &frame);
    assert_eq!((either.parts().len(), either.area_m2()), (2, 88.0));
    let [both, _, either] = shapes(&frame, &block(3.0, 3.0, 4.0));
    assert!(both.is_empty());
    same(&either, &block(0.0, 0.0, 10.0));
    // A hole in a hole, the same hole, and a frame around a frame.
    let wider = with_hole(&square(0.0, 0.0, 10.0), &square(2.0, 2.0, 6.0));
    let [both, without, either] = shapes(&frame, &wider);
    same(&both, &wider);
    same(&without, &with_hole(&square(2.0, 2.0, 6.0), &square(3.0, 3.0, 4.0)));
    same(&either, &frame);
    let inner = with_hole(&square(2.0, 2.0, 6.0), &square(4.0, 4.0, 2.0));
    let [both, without, either] = shapes(&frame, &inner);
    same(&both, &with_hole(&square(2.0, 2.0, 6.0), &square(3.0, 3.0, 4.0)));
    same(&without, &wider);
    same(&either, &with_hole(&square(0.0, 0.0, 10.0), &square(4.0, 4.0, 2.0)));
    // Across the frame: two pieces, and the hole is cut open.
    let bar = polygon(&[[-1.0, 4.0], [11.0, 4.0], [11.0, 6.0], [-1.0, 6.0]]);
    let [both, without, either] = shapes(&frame, &bar);
    assert_eq!((both.parts().len(), both.area_m2()), (2, 12.0));
    assert_eq!((without.parts().len(), without.area_m2()), (2, 72.0));
    assert_eq!((either.to_multi_polygon().0[0].interiors().len(), either.area_m2()), (2, 84.0 + 12.0));
}

#[test]
fn several_parts() {
    let parts = several(&[&block(0.0, 0.0, 4.0), &block(6.0, 0.0, 4.0), &block(0.0, 20.0, 1.0)]);
    let bar = polygon(&[[2.0, 1.0], [8.0, 1.0], [8.0, 3.0], [2.0, 3.0]]);
    let [both, without, either] = shapes(&parts, &bar);
    assert_eq!((both.parts().len(), both.area_m2()), (2, 8.0));
    assert_eq!((without.parts().len(), without.area_m2()), (3, 25.0));
    assert_eq!((either.parts().len(), either.area_m2()), (2, 33.0 + 4.0));
    // An island in a hole, both of one feature, under a block that covers just these.
    let island =
        several(&[&with_hole(&square(0.0, 0.0, 10.0), &square(2.0, 2.0, 6.0)), &block(4.0, 4.0, 2.0)]);
    let [both, without, either] = shapes(&island, &block(3.0, 3.0, 4.0));
    same(&both, &block(4.0, 4.0, 2.0));
    same(&without, &with_hole(&square(0.0, 0.0, 10.0), &square(2.0, 2.0, 6.0)));
    assert_eq!((either.parts().len(), either.area_m2()), (2, 64.0 + 16.0));
}

#[test]
fn identical_contained_and_apart() {
    let a = block(0.0, 0.0, 10.0);
    let [both, without, either] = shapes(&a, &a);
    same(&both, &a);
    assert!(without.is_empty());
    same(&either, &a);
    let [both, without, either] = shapes(&a, &block(4.0, 4.0, 2.0));
    same(&both, &block(4.0, 4.0, 2.0));
    same(&without, &with_hole(&square(0.0, 0.0, 10.0), &square(4.0, 4.0, 2.0)));
    same(&either, &a);
    let [both, without, either] = shapes(&block(4.0, 4.0, 2.0), &a);
    same(&both, &block(4.0, 4.0, 2.0));
    assert!(without.is_empty());
    same(&either, &a);
    let [both, without, either] = shapes(&a, &block(20.0, 0.0, 1.0));
    assert!(both.is_empty());
    same(&without, &a);
    assert_eq!(either.area_m2(), 101.0);
}

#[test]
fn nothing_overlaps_nothing() {
    let nothing = MultiPolygon(vec![]);
    let a = block(0.0, 0.0, 10.0);
    let [both, without, either] = shapes(&nothing, &a);
    assert!(both.is_empty() && without.is_empty());
    same(&either, &a);
    let [both, without, either] = shapes(&a, &nothing);
    assert!(both.is_empty());
    same(&without, &a);
    same(&either, &a);
}

#[test]
fn a_vertex_a_step_off_a_bent_edge_takes_the_general_way() {
    let step = GRID_STEP_M;
    let a = polygon(&[[0.0, 0.0], [9.0, 0.0], [9.0, 3.0], [0.0, 1.0]]);
    // Crosses the upper side of `a` at x = 3, where y = 5/3, and comes with a vertex a step below it.
    let near = polygon(&[[3.0, 1.0], [6.0, 7.0 / 3.0 - step], [3.0, 4.0]]);
    let (both, ways) = overlay(&a, &near, Operation::Intersection);
    assert_eq!(ways, Ways { close: 1, ..Ways::default() });
    assert!((both.area_m2() - 1.0).abs() < 1e-4);
    // Ten steps are enough.
    let far = polygon(&[[3.0, 1.0], [6.0, 7.0 / 3.0 - 10.0 * step], [3.0, 4.0]]);
    assert_eq!(overlay(&a, &far, Operation::Intersection).1, TRACED);
}

#[test]
fn features_that_touch_themselves_take_the_general_way() {
    let unclear = Ways { unclear: 1, ..Ways::default() };
    let corners = several(&[&block(0.0, 0.0, 5.0), &block(5.0, 5.0, 5.0)]);
    let bar = polygon(&[[1.0, 1.0], [9.0, 1.0], [9.0, 9.0], [1.0, 9.0]]);
    for (a, b) in [(&corners, &bar), (&bar, &corners)] {
        let (both, ways) = overlay(a, b, Operation::Intersection);
        assert_eq!((both.area_m2(), ways), (32.0, unclear));
    }
    // Invalid: a bow-tie, a hole outside, a spike, a ring twice, no number at all.
    let tie = polygon(&[[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0]]);
    let beside = with_hole(&square(0.0, 0.0, 2.0), &square(5.0, 5.0, 2.0));
    let spike = polygon(&[[0.0, 0.0], [5.0, 0.0], [9.0, 0.0], [5.0, 0.0], [5.0, 5.0]]);
    let twice = several(&[&block(0.0, 0.0, 5.0), &block(0.0, 0.0, 5.0)]);
    let number = polygon(&[[0.0, 0.0], [f64::NAN, 1.0], [5.0, 5.0]]);
    for invalid in [tie, beside, spike, twice, number] {
        for operation in [Operation::Intersection, Operation::Difference, Operation::Union] {
            assert_eq!(overlay(&bar, &invalid, operation).1, unclear, "{operation:?} {invalid:?}");
            assert_eq!(overlay(&invalid, &bar, operation).1, unclear, "{operation:?} {invalid:?}");
        }
    }
}
