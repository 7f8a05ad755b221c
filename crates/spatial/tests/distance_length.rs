//! Lengths of lines in polygons against hand calculation.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use spatial::distance::{LengthIn, Shape, length_in_m};
use support::wkt;

fn length_in(line: &str, area: &str) -> LengthIn {
    Shape::new(&wkt(line).unwrap()).unwrap().length_in(&Shape::new(&wkt(area).unwrap()).unwrap())
}

/// 10 × 10 m with a hole of 6 × 6 m.
const FRAME: &str = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2))";
/// Two squares that share a side.
const PAIR: &str =
    "GEOMETRYCOLLECTION (POLYGON ((0 0, 5 0, 5 5, 0 5, 0 0)), POLYGON ((5 0, 9 0, 9 5, 5 5, 5 0)))";

#[test]
fn lengths_worked_out_by_hand() {
    #[rustfmt::skip]
    let cases = [
        ("LINESTRING (-5 5, 15 5)", FRAME, 4.0, 0.0),
        ("LINESTRING (-5 1, 15 1)", FRAME, 10.0, 0.0),
        ("LINESTRING (-5 0, 15 0)", FRAME, 0.0, 10.0),
        ("LINESTRING (15 10, -5 10)", FRAME, 0.0, 10.0),
        ("LINESTRING (-5 2, 15 2)", FRAME, 4.0, 6.0),
        ("LINESTRING (1 1, 1 9, 9 9, 9 1)", FRAME, 24.0, 0.0),
        ("LINESTRING (3 3, 7 3)", FRAME, 0.0, 0.0),
        ("LINESTRING (-1 1, 1 -1)", FRAME, 0.0, 0.0),
        ("LINESTRING (9 11, 11 9)", FRAME, 0.0, 0.0),
        ("LINESTRING (-4 -3, 4 3)", FRAME, 10.0 / 3.0, 0.0),
        ("LINESTRING (0 0, 10 0, 10 10, 0 10, 0 0)", FRAME, 0.0, 40.0),
        ("LINESTRING (5 -1, 5 6)", PAIR, 5.0, 0.0),
        ("LINESTRING (-1 5, 12 5)", PAIR, 0.0, 9.0),
        ("LINESTRING (0 0, 9 5)", PAIR, 106.0_f64.sqrt(), 0.0),
        ("LINESTRING (1 1, 2 1, 1 1)", PAIR, 2.0, 0.0),
        ("LINESTRING (1 1, 1 1, 2 1)", PAIR, 1.0, 0.0),
        ("POINT (1 1)", PAIR, 0.0, 0.0),
        ("LINESTRING (1 1, 2 1)", "LINESTRING (0 1, 9 1)", 0.0, 0.0),
    ];
    for (line, area, interior_m, boundary_m) in cases {
        let found = length_in(line, area);
        let off = (found.interior_m - interior_m).abs().max((found.boundary_m - boundary_m).abs());
        assert!(off < 1e-14, "{line} in {area}: {found:?}");
        assert_eq!(length_in_m(&wkt(line).unwrap(), &wkt(area).unwrap()), Some(found.length_m()));
    }
}

#[test]
fn a_line_a_hair_beside_the_boundary_is_inside_or_outside() {
    let hair = 2.0_f64.powi(-30);
    for (y, inside_m) in [(hair, 10.0), (-hair, 0.0)] {
        assert_eq!(length_in(&format!("LINESTRING (0 {y:e}, 10 {y:e})"), FRAME).interior_m, inside_m);
    }
    // Across the boundary at a slope of 2⁻³⁰: half of it is inside.
    let crossing = length_in(&format!("LINESTRING (2 {hair:e}, 8 -{hair:e})"), FRAME);
    assert_eq!((crossing.interior_m, crossing.boundary_m), (3.0, 0.0));
}

#[test]
fn a_border_lies_on_the_boundary_of_its_own_polygon() {
    let found = length_in(FRAME, FRAME);
    assert_eq!((found.interior_m, found.boundary_m), (0.0, 40.0 + 24.0));
}
