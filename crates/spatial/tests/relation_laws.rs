//! Relations of geometries: cases from OGC Simple Features, and laws that hold for any two.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use proptest::prelude::*;
use spatial::relation::{Predicate, Related};

fn ring(points: &[(f64, f64)]) -> Polygon<f64> {
    Polygon::new(LineString::from(points.to_vec()), vec![])
}

fn square(x: f64, y: f64, side: f64) -> Geometry<f64> {
    ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]).into()
}

fn line(points: &[(f64, f64)]) -> Geometry<f64> {
    LineString::from(points.to_vec()).into()
}

fn holds(a: &Geometry<f64>, predicate: Predicate, b: &Geometry<f64>) -> bool {
    Related::new(a.clone()).unwrap().holds(predicate, &Related::new(b.clone()).unwrap())
}

/// Which relations hold, in the order of the enumeration. Expected values were worked out by hand from the DE-9IM.
fn relations(a: &Geometry<f64>, b: &Geometry<f64>) -> String {
    use Predicate::{Contains, Crosses, Disjoint, Equals, Intersects, Overlaps, Touches, Within};
    let all = [
        (Intersects, 'I'),
        (Disjoint, 'D'),
        (Equals, 'E'),
        (Touches, 'T'),
        (Within, 'W'),
        (Contains, 'C'),
        (Overlaps, 'O'),
        (Crosses, 'X'),
    ];
    all.into_iter().filter(|(predicate, _)| holds(a, *predicate, b)).map(|(_, letter)| letter).collect()
}

#[test]
fn relations_are_those_of_simple_features() {
    let unit = square(0.0, 0.0, 10.0);
    for (b, expected, what) in [
        (square(0.0, 0.0, 10.0), "IEWC", "itself"),
        (square(10.0, 0.0, 10.0), "IT", "a shared side"),
        (square(10.0, 10.0, 10.0), "IT", "a shared corner"),
        (square(5.0, 5.0, 10.0), "IO", "half over"),
        (square(2.0, 2.0, 3.0), "IC", "inside"),
        (square(0.0, 2.0, 3.0), "IC", "inside, at the border"),
        (square(-5.0, -5.0, 30.0), "IW", "around"),
        (square(11.0, 0.0, 1.0), "D", "apart"),
        (line(&[(-1.0, 5.0), (11.0, 5.0)]), "IX", "a line through it"),
        (line(&[(1.0, 5.0), (9.0, 5.0)]), "IC", "a line in it"),
        (line(&[(0.0, 0.0), (10.0, 0.0)]), "IT", "a line on its border"),
        (Point::new(5.0, 5.0).into(), "IC", "a point in it"),
        (Point::new(10.0, 5.0).into(), "IT", "a point on its border"),
        (Point::new(10.5, 5.0).into(), "D", "a point beside it"),
    ] {
        assert_eq!(relations(&unit, &b), expected, "{what}");
    }
    let across = line(&[(0.0, 0.0), (10.0, 10.0)]);
    assert_eq!(relations(&across, &line(&[(0.0, 10.0), (10.0, 0.0)])), "IX");
    assert_eq!(relations(&across, &line(&[(5.0, 5.0), (20.0, 20.0)])), "IO");
    assert_eq!(relations(&across, &line(&[(10.0, 10.0), (20.0, 0.0)])), "IT");
}

/// A bow-tie covers its two wings; GEOS 3.11 `ST_MakeValid` makes the same of it.
#[test]
fn invalid_polygons_are_what_their_repair_makes_of_them() {
    for scale in [1.0, 1000.0] {
        let at = |x: f64, y: f64| (100.0 + x * scale, 20.0 + y * scale);
        let bow_tie: Geometry<f64> =
            ring(&[at(0.0, 0.0), at(2.0, 2.0), at(2.0, 0.0), at(0.0, 2.0), at(0.0, 0.0)]).into();
        let in_a_wing: Geometry<f64> = Point::from(at(0.5, 1.0)).into();
        let between: Geometry<f64> = Point::from(at(1.0, 1.5)).into();
        assert!(holds(&bow_tie, Predicate::Contains, &in_a_wing));
        assert!(!holds(&bow_tie, Predicate::Contains, &between));
    }
}

#[test]
fn what_has_no_points_lies_nowhere() {
    assert!(Related::new(MultiPolygon::<f64>(vec![]).into()).is_none());
}

/// Star-shaped rings around a few centres, corners on a coarse lattice so that sides and corners coincide often, or
/// anywhere.
fn polygons() -> impl Strategy<Value = Geometry<f64>> {
    let radii = proptest::collection::vec(1_u8..9, 3..9);
    (radii, 0_i8..4, 0_i8..4, any::<bool>()).prop_map(|(radii, x, y, lattice)| {
        let count = radii.len() as f64;
        let mut corners: Vec<Coord<f64>> = radii
            .iter()
            .enumerate()
            .map(|(i, radius)| {
                let angle = std::f64::consts::TAU * i as f64 / count;
                let (dx, dy) = (angle.cos() * f64::from(*radius), angle.sin() * f64::from(*radius));
                let (px, py) = (f64::from(x) * 3.0 + dx, f64::from(y) * 3.0 + dy);
                if lattice { Coord { x: px.round(), y: py.round() } } else { Coord { x: px, y: py } }
            })
            .collect();
        corners.dedup();
        corners.push(corners[0]);
        Geometry::Polygon(Polygon::new(LineString(corners), vec![]))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn relations_agree_with_each_other(a in polygons(), b in polygons()) {
        use Predicate::{Contains, Crosses, Disjoint, Equals, Intersects, Overlaps, Touches, Within};
        let is = |predicate| holds(&a, predicate, &b);
        let back = |predicate| holds(&b, predicate, &a);
        prop_assert_ne!(is(Intersects), is(Disjoint));
        for predicate in [Intersects, Disjoint, Equals, Touches, Overlaps] {
            prop_assert_eq!(is(predicate), back(predicate), "{:?}", predicate);
        }
        prop_assert_eq!(is(Within), back(Contains));
        prop_assert_eq!(is(Equals), is(Within) && is(Contains));
        prop_assert!(holds(&a, Equals, &a));
        prop_assert!(!is(Crosses), "areas do not cross");
        // Two areas that meet touch, overlap, or one lies in the other.
        let ways = [is(Touches), is(Overlaps), is(Within) || is(Contains)];
        prop_assert_eq!(ways.iter().filter(|way| **way).count(), usize::from(is(Intersects)));
    }
}
