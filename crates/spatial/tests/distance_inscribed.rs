//! Whether a circle fits into an area, against circles worked out by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use proptest::prelude::*;
use spatial::distance::Shape;
use support::wkt;

fn shape(text: &str) -> Shape {
    Shape::new(&wkt(text).unwrap()).unwrap()
}

#[test]
fn circles_worked_out_by_hand() {
    // The largest circle of each: half the width of a rectangle; of a frame of width 2 the one in a corner, which
    // touches both sides and the hole's corner: (2 − r)·√2 = r; of a triangle of sides 3, 4, 5: 1.
    let in_corner = 2.0 * 2f64.sqrt() / (1.0 + 2f64.sqrt());
    for (text, radius_m) in [
        ("POLYGON ((0 0, 10 0, 10 4, 0 4, 0 0))", 2.0),
        ("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2))", in_corner),
        ("POLYGON ((0 0, 4 0, 0 3, 0 0))", 1.0),
        ("MULTIPOLYGON (((0 0, 100 0, 100 1, 0 1, 0 0)), ((0 50, 3 50, 3 53, 0 53, 0 50)))", 1.5),
        // A strip of 0.2 m with a room of 40 m at its end.
        ("POLYGON ((0 0, 3000 0, 3000 -20, 3040 -20, 3040 20, 3000 20, 3000 0.2, 0 0.2, 0 0))", 20.0),
        ("POLYGON ((0 0, 3000 2000, 3000 2000.3, 0 0.3, 0 0))", 0.15 * 0.832_050_294_337_844),
    ] {
        let shape = shape(text);
        assert!(shape.holds_circle(radius_m * 0.99), "{text}");
        assert!(!shape.holds_circle(radius_m * 1.000_001), "{text}");
    }
}

#[test]
fn nothing_fits_into_lines_and_points() {
    for text in ["LINESTRING (0 0, 10 10)", "POINT (3 4)", "LINESTRING (0 0, 10 0)"] {
        assert!(!shape(text).holds_circle(0.0), "{text}");
    }
    assert!(shape("POLYGON ((0 0, 1 0, 0 1, 0 0))").holds_circle(0.0));
}

proptest! {
    /// A regular polygon's largest circle has the radius R·cos(π/n), wherever it lies and however it is turned.
    #[test]
    fn the_circle_of_a_regular_polygon(
        n in 3_u32..40, r in 0.5_f64..500.0, turn in 0.0_f64..6.3, x in -1e6_f64..1e6, y in -1e6_f64..1e6,
    ) {
        let corner = |k: u32| {
            let angle = turn + f64::from(k % n) * std::f64::consts::TAU / f64::from(n);
            format!("{} {}", x + r * angle.cos(), y + r * angle.sin())
        };
        let ring: Vec<String> = (0..=n).map(corner).collect();
        let shape = shape(&format!("POLYGON (({}))", ring.join(", ")));
        let inner_m = r * (std::f64::consts::PI / f64::from(n)).cos();
        prop_assert!(shape.holds_circle(inner_m * 0.98));
        prop_assert!(!shape.holds_circle(inner_m * 1.000_001 + 1e-6));
    }
}
