//! Hausdorff distances: figures of JTS's own tests, hand calculation, and that the exact one is what it says.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use spatial::distance::{Separation, Shape};
use support::wkt;

fn shape(text: &str) -> Shape {
    Shape::new(&wkt(text).unwrap()).unwrap()
}

#[test]
fn of_vertices_and_of_parts_as_jts_has_them() {
    #[rustfmt::skip]
    let cases = [
        ("LINESTRING (0 0, 2 1)", "LINESTRING (0 0, 2 0)", 1, 1.0),
        ("LINESTRING (0 0, 2 0)", "LINESTRING (0 1, 1 2, 2 1)", 1, 2.0),
        ("LINESTRING (0 0, 2 0)", "GEOMETRYCOLLECTION (POINT (0 1), POINT (1 0), POINT (2 1))", 1, 1.0),
        ("LINESTRING (130 0, 0 0, 0 150)", "LINESTRING (10 10, 10 150, 130 10)", 1, 14.142135623730951),
        ("LINESTRING (130 0, 0 0, 0 150)", "LINESTRING (10 10, 10 150, 130 10)", 2, 70.0),
    ];
    for (subject, reference, parts, distance_m) in cases {
        let found = shape(subject).hausdorff_of_parts(&shape(reference), parts);
        assert_eq!(found.distance_m, distance_m, "{subject} {reference}");
        let back = shape(reference).hausdorff_of_parts(&shape(subject), parts);
        assert_eq!(back.distance_m, distance_m, "{reference} {subject}");
    }
}

#[test]
fn the_exact_one_is_where_two_distances_meet() {
    // On the slanted edge (10 + 120 t, 150 − 140 t) the two axes are equally far where 10 + 120 t = 150 − 140 t:
    // t = 7/13, 10 + 120 · 7/13 = 970/13 m. No vertex is there.
    let (axes, bent) = (shape("LINESTRING (130 0, 0 0, 0 150)"), shape("LINESTRING (10 10, 10 150, 130 10)"));
    let found = bent.directed_hausdorff(&axes, 0.0);
    assert!((found.distance_m - 970.0 / 13.0).abs() <= 1e-8, "{found:?}");
    assert!(
        (found.on_subject[0] - 970.0 / 13.0).abs() < 1e-6
            && (found.on_subject[1] - 970.0 / 13.0).abs() < 1e-6
    );
    assert!((axes.hausdorff(&bent, 0.0).distance_m - 970.0 / 13.0).abs() <= 1e-8);
    assert_eq!(axes.hausdorff(&bent, 0.0).on_reference, found.on_subject);
    assert!(axes.directed_hausdorff(&bent, 0.0).distance_m < 60.0);
    // With a tolerance of 1 m it is attained and short by at most that.
    let rough = bent.directed_hausdorff(&axes, 1.0).distance_m;
    assert!((970.0 / 13.0 - 1.0..=970.0 / 13.0 + 1e-9).contains(&rough));
}

#[test]
fn polygons_count_as_their_boundaries() {
    let (outer, inner) =
        (shape("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"), shape("POLYGON ((4 4, 6 4, 6 6, 4 6, 4 4))"));
    // From the outer corners √(4² + 4²), from the inner ones 4.
    assert_eq!(outer.hausdorff(&inner, 0.0).distance_m, 32.0_f64.sqrt());
    assert_eq!(inner.directed_hausdorff(&outer, 0.0).distance_m, 4.0);
    assert_eq!(outer.hausdorff(&outer, 0.0).distance_m, 0.0);
    let moved = Separation { distance_m: 5.0, on_subject: [0.0, 0.0], on_reference: [3.0, 4.0] };
    assert_eq!(Shape::point([0.0, 0.0]).unwrap().hausdorff(&Shape::point([3.0, 4.0]).unwrap(), 0.0), moved);
}
