//! Distances and places of points against hand calculation.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use geo_types::{Geometry, LineString, Point, polygon};
use spatial::distance::{Location, Neighbours, Separation, Shape, distance_m, locate, separation};
use support::wkt;

fn read(text: &str) -> Geometry<f64> {
    wkt(text).unwrap()
}

fn shape(text: &str) -> Shape {
    Shape::new(&read(text)).unwrap()
}

/// 10 × 10 m with a hole of 6 × 6 m.
const FRAME: &str = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2))";

#[test]
fn distances_worked_out_by_hand() {
    #[rustfmt::skip]
    let cases = [
        ("POINT (0 0)", "POINT (3 4)", 5.0, [0.0, 0.0], [3.0, 4.0]),
        ("POINT (5 3)", "LINESTRING (0 0, 10 0)", 3.0, [5.0, 3.0], [5.0, 0.0]),
        ("POINT (13 4)", "LINESTRING (0 0, 10 0)", 5.0, [13.0, 4.0], [10.0, 0.0]),
        ("LINESTRING (0 0, 10 10)", "LINESTRING (20 0, 12 8)", 8.0_f64.sqrt(), [10.0, 10.0], [12.0, 8.0]),
        ("LINESTRING (4 4, 5 5)", FRAME, 2.0, [4.0, 4.0], [2.0, 4.0]),
        ("POLYGON ((20 3, 25 3, 25 6, 20 3))", FRAME, 10.0, [20.0, 3.0], [10.0, 3.0]),
        ("POLYGON ((4 4, 6 4, 6 7, 4 4))", FRAME, 1.0, [6.0, 7.0], [6.0, 8.0]),
    ];
    for (subject, reference, distance_m, on_subject, on_reference) in cases {
        let expected = Separation { distance_m, on_subject, on_reference };
        let found = separation(&read(subject), &read(reference)).unwrap();
        assert_eq!(found, expected, "{subject} {reference}");
        let back = separation(&read(reference), &read(subject)).unwrap();
        assert_eq!(back, expected.reversed(), "{reference} {subject}");
    }
}

#[test]
fn what_touches_or_is_held_is_not_apart() {
    #[rustfmt::skip]
    let cases = [
        ("POINT (1 1)", FRAME, [1.0, 1.0]),
        ("POINT (2 5)", FRAME, [2.0, 5.0]),
        ("LINESTRING (5 5, 5 9)", FRAME, [5.0, 8.0]),
        ("LINESTRING (0 -5, 10 5)", "LINESTRING (0 5, 10 -5)", [5.0, 0.0]),
        ("LINESTRING (0 0, 4 0)", "LINESTRING (4 0, 9 0)", [4.0, 0.0]),
        ("POLYGON ((-9 -9, 19 -9, 19 19, -9 19, -9 -9))", FRAME, [0.0, 0.0]),
        ("POLYGON ((10 10, 12 10, 12 12, 10 10))", FRAME, [10.0, 10.0]),
    ];
    for (subject, reference, point) in cases {
        let expected = Separation { distance_m: 0.0, on_subject: point, on_reference: point };
        assert_eq!(separation(&read(subject), &read(reference)), Some(expected), "{subject}");
        assert_eq!(distance_m(&read(reference), &read(subject)), Some(0.0), "{subject}");
    }
}

#[test]
fn a_gap_far_below_the_digits_of_the_coordinates_is_still_a_gap() {
    // (x, x/3) is on no grid of f64: the point is off the line by what rounding x/3 did, and by no more.
    let line = LineString::from(vec![(3_000_000.0, 1_000_000.0), (6_000_000.0, 2_000_000.0)]);
    let point = Point::new(5_000_000.0, 5_000_000.0 / 3.0);
    let apart = distance_m(&point.into(), &line.clone().into()).unwrap();
    // 5·10⁶/3 = 1666666.666…; its f64 is off by 2⁻³²·(1/3 or 2/3), seen under cos(atan(1/3)) = 3/√10.
    let steps = 2.0_f64.powi(-32) / 3.0 * 3.0 / 10.0_f64.sqrt();
    assert!((apart / steps - 1.0).abs() < 1e-9 || (apart / steps - 2.0).abs() < 1e-9, "{}", apart / steps);
    let on = Point::new(4_500_000.0, 1_500_000.0);
    assert_eq!(distance_m(&on.into(), &line.into()), Some(0.0));
}

#[test]
fn points_are_inside_on_the_boundary_or_outside() {
    let frame = shape(FRAME);
    for (point, expected) in [
        ([1.0, 1.0], Location::Interior),
        ([1.0, 2.0], Location::Interior),
        ([9.0, 10.0], Location::Boundary),
        ([10.0, 10.0], Location::Boundary),
        ([2.0, 4.0], Location::Boundary),
        ([8.0, 8.0], Location::Boundary),
        ([5.0, 5.0], Location::Exterior),
        ([-1.0, 10.0], Location::Exterior),
        ([f64::NAN, 5.0], Location::Exterior),
    ] {
        assert_eq!(frame.locate(point), expected, "{point:?}");
    }
    assert_eq!(shape("LINESTRING (0 0, 2 2)").locate([1.0, 1.0]), Location::Exterior);
    let two = "GEOMETRYCOLLECTION (POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0)), POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1)))";
    assert_eq!(shape(two).locate([2.0, 1.5]), Location::Interior);
    // The diagonal of a thin triangle, one step of f64 beside and on it.
    let thin = polygon![(x: 0.0, y: 0.0), (x: 3.0, y: 1.0), (x: 3.0, y: 2.0)].into();
    assert_eq!(locate([1.5, 0.5], &thin), Some(Location::Boundary));
    assert_eq!(locate([1.5, 0.5_f64.next_down()], &thin), Some(Location::Exterior));
    assert_eq!(locate([1.5, 0.5_f64.next_up()], &thin), Some(Location::Interior));
}

#[test]
fn what_has_no_place_gives_nothing() {
    let point: Geometry<f64> = Point::new(0.0, 0.0).into();
    for nothing in [
        LineString::<f64>(vec![]).into(),
        LineString::from(vec![(1.0, 1.0)]).into(),
        Point::new(f64::NAN, 0.0).into(),
        LineString::from(vec![(1.0, 1.0), (f64::INFINITY, 0.0)]).into(),
        Geometry::from(polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 1e300), (x: 1.0, y: 0.0)]),
        read("GEOMETRYCOLLECTION EMPTY"),
        read("POLYGON EMPTY"),
        read("MULTIPOLYGON EMPTY"),
    ] {
        assert!(Shape::new(&nothing).is_none(), "{nothing:?}");
        assert_eq!(distance_m(&nothing, &point), None);
        assert_eq!(locate([0.0, 0.0], &nothing), None);
    }
    let neighbours = Neighbours::new(vec![None, Shape::point([1.0, 0.0]), None]);
    let subject = Shape::new(&point).unwrap();
    assert_eq!(neighbours.nearest(&subject, 3).len(), 1);
    assert_eq!(neighbours.nearest(&subject, 0), []);
    assert_eq!(neighbours.within(&subject, f64::NAN), []);
    assert_eq!(neighbours.within(&subject, -1.0), []);
    assert_eq!(Neighbours::new(vec![]).nearest(&subject, 1), []);
    assert!(Shape::point([f64::INFINITY, 0.0]).is_none());
}

#[test]
fn neighbours_come_by_distance_and_of_equal_ones_by_position() {
    let text = ["POINT (9 0)", "POINT (0 3)", "POLYGON ((3 -1, 5 -1, 5 1, 3 1, 3 -1))", "POINT (0 -3)"];
    let neighbours = Neighbours::new(text.iter().map(|text| Shape::new(&read(text))).collect());
    let subject = Shape::point([0.0, 0.0]).unwrap();
    let told = |found: Vec<spatial::distance::Neighbour>| -> Vec<(usize, f64)> {
        found.iter().map(|n| (n.position, n.separation.distance_m)).collect()
    };
    assert_eq!(told(neighbours.nearest(&subject, 2)), [(1, 3.0), (2, 3.0)]);
    assert_eq!(told(neighbours.nearest(&subject, 9)), [(1, 3.0), (2, 3.0), (3, 3.0), (0, 9.0)]);
    assert_eq!(told(neighbours.within(&subject, 3.0)), [(1, 3.0), (2, 3.0), (3, 3.0)]);
    assert_eq!(told(neighbours.within(&subject, 3.0_f64.next_down())), []);
    assert_eq!(neighbours.containing([3.0, 0.5]), [(2, Location::Boundary)]);
    assert_eq!(neighbours.containing([4.0, 0.5]), [(2, Location::Interior)]);
    assert!(subject.is_within(&shape(text[0]), 9.0) && !subject.is_within(&shape(text[0]), 8.999));
    let line = shape("LINESTRING (0 0, 4 0, 4 100)");
    assert_eq!(told(neighbours.within(&line, 0.0)), [(2, 0.0)]);
}
