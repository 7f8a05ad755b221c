//! Validity against GEOS on a real zoning map, and problem by problem with its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use geo_types::{LineString, MultiPolygon, Polygon};
use spatial::validity::{Problem, ProblemKind, validate};
use support::{read_geojson, shared, wkt};

fn is_valid(problems: &[Problem]) -> bool {
    !problems.iter().any(|problem| problem.kind.is_invalid())
}

/// GEOS 3.14.1 (shapely 2.2.0): 258 of 14,592 features invalid (116 ring self-intersections, 101
/// self-intersections, 39 with too few points, 2 with a hole outside the shell); it tells one problem of each.
#[test]
fn chicagos_zoning_has_258_invalid_features() {
    let Some(path) = shared("data/chicago-zoning-2024-10-21-simple.geojson") else { return };
    let layer = read_geojson(&path);
    let geometries = layer.features.iter().filter_map(|feature| feature.geometry.as_ref());
    let problems: Vec<Vec<Problem>> = geometries.map(validate).collect();
    assert_eq!(problems.len(), 14_592);
    assert_eq!(problems.iter().filter(|problems| !is_valid(problems)).count(), 258);
    let with = |kind| problems.iter().filter(|of| of.iter().any(|p| p.kind == kind)).count();
    assert!(with(HoleOutsideShell) >= 2 && with(TooFewPoints) >= 39);
}

/// WKT, and each problem as (kind, place, part, ring), worked out by hand.
type Case = (&'static str, &'static [(ProblemKind, Option<[f64; 2]>, usize, Option<usize>)]);

use ProblemKind::{
    Collapsed, Coordinate, DuplicateRing, DuplicateVertex, HoleOutsideShell, InteriorDisconnected,
    NestedHoles, NestedShells, PartsOverlap, RingsCross, SelfIntersection, SelfTouch, Spike, TooFewPoints,
};

#[rustfmt::skip]
const CASES: &[Case] = &[
    ("POLYGON ((0 0, 9 0, 9 9, 0 0))", &[]),
    ("POLYGON EMPTY", &[]),
    ("POLYGON ((0 0, 9 0, 0 0))", &[(TooFewPoints, Some([0.0, 0.0]), 0, Some(0))]),
    ("POLYGON ((0 0, 5 5, 9 9, 0 0))", &[(Collapsed, Some([0.0, 0.0]), 0, Some(0))]),
    ("POLYGON ((0 0, NaN 0, 9 9, 0 0))", &[(Coordinate, None, 0, Some(0))]),
    ("POLYGON ((0 0, 9 0, 9 0, 9 9, 0 0))", &[(DuplicateVertex, Some([9.0, 0.0]), 0, Some(0))]),
    // A bow-tie.
    ("POLYGON ((0 0, 8 8, 8 0, 0 8, 0 0))", &[(SelfIntersection, Some([4.0, 4.0]), 0, Some(0))]),
    // Two crossings of one ring.
    ("POLYGON ((0 0, 8 0, 8 8, 6 8, 6 -2, 2 -2, 2 8, 0 8, 0 0))", &[
        (SelfIntersection, Some([6.0, 0.0]), 0, Some(0)), (SelfIntersection, Some([2.0, 0.0]), 0, Some(0))]),
    // A spike, at whose foot the ring touches itself.
    ("POLYGON ((0 0, 9 0, 9 9, 9 12, 9 9, 0 9, 0 0))", &[
        (SelfIntersection, Some([9.0, 9.0]), 0, Some(0)), (Spike, Some([9.0, 12.0]), 0, Some(0))]),
    // A ring that meets itself in a vertex: it touches itself, or it crosses itself there.
    ("POLYGON ((0 0, 8 0, 4 4, 8 8, 0 8, 4 4, 0 0))", &[(SelfTouch, Some([4.0, 4.0]), 0, Some(0))]),
    ("POLYGON ((0 0, 4 4, 8 0, 8 8, 4 4, 0 8, 0 0))", &[(SelfTouch, Some([4.0, 4.0]), 0, Some(0))]),
    ("POLYGON ((0 0, 4 4, 8 8, 8 0, 4 4, 0 8, 0 0))", &[(SelfIntersection, Some([4.0, 4.0]), 0, Some(0))]),
    // A hole that crosses the shell at two places, one that shares an edge, one outside, one in another.
    ("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (7 4, 11 4, 11 6, 7 6, 7 4))", &[
        (RingsCross, Some([9.0, 4.0]), 0, Some(1)), (RingsCross, Some([9.0, 6.0]), 0, Some(1))]),
    ("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (0 2, 4 2, 4 4, 0 4, 0 2))", &[(RingsCross, Some([0.0, 2.0]), 0, Some(1))]),
    ("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (12 2, 14 2, 14 4, 12 2))", &[
        (HoleOutsideShell, Some([12.0, 2.0]), 0, Some(1))]),
    ("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1), (3 3, 4 3, 4 4, 3 3))", &[
        (NestedHoles, Some([3.0, 3.0]), 0, Some(2))]),
    // A hole with every vertex on the shell: inside it splits the interior, outside it is just outside.
    ("POLYGON ((0 0, 4 0, 8 0, 8 8, 0 8, 0 4, 0 0), (4 0, 8 4, 0 4, 4 0))", &[
        (InteriorDisconnected, Some([0.0, 4.0]), 0, Some(1)), (InteriorDisconnected, Some([8.0, 4.0]), 0, Some(1))]),
    ("POLYGON ((0 0, 8 0, 8 8, 4 1, 0 8, 0 0), (0 8, 4 1, 8 8, 0 8))", &[
        (RingsCross, Some([4.0, 1.0]), 0, Some(1))]),
    // One touch is allowed, two cut a piece off.
    ("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (0 4, 4 4, 4 6, 0 4))", &[]),
    ("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (0 4, 4 4, 9 6, 0 4))", &[
        (InteriorDisconnected, Some([0.0, 4.0]), 0, Some(1))]),
    // Three holes in a triangle of touches enclose a piece; three that meet in one point do not.
    ("POLYGON ((0 0, 20 0, 20 20, 0 20, 0 0), (4 4, 10 4, 7 8, 4 4), (10 4, 16 4, 13 8, 10 4), (7 8, 13 8, 10 12, 7 8))", &[
        (InteriorDisconnected, Some([13.0, 8.0]), 0, Some(3))]),
    ("POLYGON ((0 0, 20 0, 20 20, 0 20, 0 0), (10 10, 4 9, 4 11, 10 10), (10 10, 16 9, 16 11, 10 10), (10 10, 9 16, 11 16, 10 10))", &[]),
    // Parts: a touch is allowed, an overlap, a shared edge, containment and repetition are not; in a hole is fine.
    ("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((4 4, 8 4, 8 8, 4 8, 4 4)))", &[]),
    ("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((2 2, 8 2, 8 3, 2 3, 2 2)))", &[
        (PartsOverlap, Some([4.0, 2.0]), 1, Some(0)), (PartsOverlap, Some([4.0, 3.0]), 1, Some(0))]),
    ("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((4 1, 8 1, 8 3, 4 3, 4 1)))", &[(PartsOverlap, Some([4.0, 1.0]), 1, Some(0))]),
    ("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0)), ((2 2, 4 2, 4 4, 2 2)))", &[(NestedShells, Some([2.0, 2.0]), 1, Some(0))]),
    ("MULTIPOLYGON (((2 2, 4 2, 4 4, 2 2)), ((0 0, 9 0, 9 9, 0 9, 0 0)))", &[(NestedShells, Some([2.0, 2.0]), 0, Some(0))]),
    ("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((9 9, 9 0, 0 0, 9 9)))", &[(DuplicateRing, Some([9.0, 9.0]), 1, Some(0))]),
    ("MULTIPOLYGON (((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1)), ((3 3, 4 3, 4 4, 3 3)))", &[]),
    // Members of a collection are parts of their own; two that overlap are no problem.
    ("GEOMETRYCOLLECTION (POINT (1 1), POLYGON ((0 0, 8 8, 8 0, 0 8, 0 0)), POLYGON ((0 0, 9 0, 9 9, 0 0)))", &[
        (SelfIntersection, Some([4.0, 4.0]), 1, Some(0))]),
    ("GEOMETRYCOLLECTION (LINESTRING (1 1, 1 1), POINT (NaN 1))", &[
        (TooFewPoints, Some([1.0, 1.0]), 0, None), (Coordinate, None, 1, None)]),
    // Several problems in one geometry are all told.
    ("POLYGON ((0 0, 9 0, 9 0, 9 9, 0 9, 0 0), (12 2, 14 2, 14 4, 12 2), (1 1, 2 2, 1 1), (3 3, 5 5, 5 3, 3 5, 3 3))", &[
        (DuplicateVertex, Some([9.0, 0.0]), 0, Some(0)), (HoleOutsideShell, Some([12.0, 2.0]), 0, Some(1)),
        (TooFewPoints, Some([1.0, 1.0]), 0, Some(2)), (SelfIntersection, Some([4.0, 4.0]), 0, Some(3))]),
];

#[test]
fn every_problem_is_told_with_its_place() {
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let mut found: Vec<_> = validate(&wkt(text).unwrap())
            .into_iter()
            .map(|Problem { kind, place, part, ring }| (kind, place, part.unwrap(), ring))
            .collect();
        let mut expected = expected.to_vec();
        // Places of one kind and ring come in the order of the edges; here any order will do.
        found.sort_by(|a, b| a.partial_cmp(b).unwrap());
        expected.sort_by(|a, b| a.partial_cmp(b).unwrap());
        if found != expected {
            wrong.push(format!("{text}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A ring of 200,000 vertices that only a search by place answers in reasonable time, with one crossing planted.
#[test]
fn a_long_ring_is_searched_by_place() {
    let n = 200_000;
    let mut points: Vec<(f64, f64)> = (0..n)
        .map(|i| {
            let angle = f64::from(i) / f64::from(n) * std::f64::consts::TAU;
            let radius = 1000.0 + 50.0 * (angle * 997.0).sin();
            (radius * angle.cos(), radius * angle.sin())
        })
        .collect();
    let ring = |points: &[(f64, f64)]| Polygon::new(points.to_vec().into(), vec![]).into();
    assert_eq!(validate(&ring(&points)), []);
    points.swap(1000, 1001);
    let problems = validate(&ring(&points));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].kind, SelfIntersection);
}

/// A scribble crosses itself four and a half million times: told until the limit, and soon.
#[test]
fn a_scribble_is_told_up_to_the_limit() {
    let points: Vec<(f64, f64)> =
        (0..3001).map(|i| (f64::from(i * 1400 % 3001), f64::from(i * i % 3001))).collect();
    let problems = validate(&Polygon::new(points.into(), vec![]).into());
    assert!(problems.len() > 10_000 && problems.len() < 200_000, "{}", problems.len());
}

/// 40,000 rings in one another, shells and holes in turn: islands in lakes on islands. Whoever compares each with all
/// around it looks at 800 million pairs. Then the last part is laid around all but the first, in which it lies.
#[test]
fn rings_in_rings_are_told_in_one_pass() {
    let square = |k: i32| {
        let (low, high) = (f64::from(k), 200_000.0 - f64::from(k));
        LineString::from(vec![(low, low), (high, low), (high, high), (low, high), (low, low)])
    };
    let mut parts: Vec<Polygon<f64>> =
        (0..20_000).map(|k| Polygon::new(square(4 * k), vec![square(4 * k + 2)])).collect();
    let told = |parts: &[Polygon<f64>]| validate(&MultiPolygon(parts.to_vec()).into());
    assert_eq!(told(&parts), []);
    parts[19_999] = Polygon::new(square(1), vec![square(4 * 19_999 + 2)]);
    let problems: Vec<_> = told(&parts).into_iter().map(|p| (p.kind, p.part)).collect();
    // The last shell now lies between the first and its hole, and all that lies in it is covered by it.
    assert_eq!(problems.len(), 19_999);
    assert!(problems.iter().all(|(kind, part)| *kind == NestedShells && *part != Some(0)));
}

/// 30,000 long strips askew, whose boxes all meet, as parts of one multipolygon.
#[test]
fn strips_askew_are_no_trouble() {
    let strip = |k: i32| {
        let x = f64::from(k) * 3.0;
        let points =
            vec![(x, 0.0), (x + 200_000.0, 200_000.0), (x + 200_001.0, 200_000.0), (x + 1.0, 0.0), (x, 0.0)];
        Polygon::new(LineString::from(points), vec![])
    };
    let mut parts: Vec<Polygon<f64>> = (0..30_000).map(strip).collect();
    assert_eq!(validate(&MultiPolygon(parts.clone()).into()), []);
    parts.push(strip(0));
    let problems = validate(&MultiPolygon(parts).into());
    assert_eq!(
        problems.iter().map(|p| (p.kind, p.part)).collect::<Vec<_>>(),
        [(DuplicateRing, Some(30_000))]
    );
}
