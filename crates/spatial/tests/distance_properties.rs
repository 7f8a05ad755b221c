//! Laws of distances as properties, on wobbly polygons of hundreds of vertices, lines and points; distances beside
//! those of another engine (`geo`, which compares all edges).
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo::algorithm::line_measures::{Distance, Euclidean};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use proptest::prelude::*;
use spatial::distance::{Location, Neighbour, Neighbours, Shape};

/// A ring around a place whose radius wobbles, seeded; simple because it is a star.
fn wobbly(x: f64, y: f64, radius_m: f64, vertices: usize, seed: u64) -> Polygon<f64> {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let ring = (0..vertices).map(|i| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let r = radius_m * (0.6 + 0.4 * (state >> 40) as f64 / f64::from(1 << 24));
        let angle = std::f64::consts::TAU * i as f64 / vertices as f64;
        Coord { x: x + r * angle.cos(), y: y + r * angle.sin() }
    });
    Polygon::new(LineString(ring.collect()), vec![])
}

fn place() -> impl Strategy<Value = [f64; 2]> {
    [-500.0..500.0, -500.0..500.0]
}

fn area() -> impl Strategy<Value = Geometry<f64>> {
    (place(), 5.0..150.0, 3..300_usize, any::<u64>(), any::<bool>()).prop_map(
        |([x, y], r, n, seed, hollow)| {
            let outer = wobbly(x, y, r, n, seed);
            // 0.5 r lies within the least radius, but for the chords of few vertices.
            let hole = wobbly(x, y, 0.25 * r, n, seed ^ 1).exterior().clone();
            let holes = if hollow && n > 8 { vec![hole] } else { vec![] };
            Polygon::new(outer.exterior().clone(), holes).into()
        },
    )
}

fn line() -> impl Strategy<Value = Geometry<f64>> {
    (place(), prop::collection::vec([-40.0..40.0, -40.0..40.0], 1..80)).prop_map(|(start, steps)| {
        let mut at = Coord { x: start[0], y: start[1] };
        let walk = std::iter::once([0.0; 2]).chain(steps).map(|[x, y]| {
            at = Coord { x: at.x + x, y: at.y + y };
            at
        });
        LineString(walk.collect()).into()
    })
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    prop_oneof![3 => area(), 2 => line(), 1 => place().prop_map(|[x, y]| Point::new(x, y).into())]
}

fn shape(geometry: &Geometry<f64>) -> Shape {
    Shape::new(geometry).unwrap()
}

fn shapes(geometries: &[Geometry<f64>]) -> Vec<Option<Shape>> {
    geometries.iter().map(Shape::new).collect()
}

fn moved(geometry: &Geometry<f64>, by: f64) -> Geometry<f64> {
    use geo::Translate;
    geometry.translate(by, -by)
}

fn away([x, y]: [f64; 2], [u, v]: [f64; 2]) -> f64 {
    (x - u).hypot(y - v)
}

/// All of them asked one by one.
fn one_by_one(features: &[Option<Shape>], subject: &Shape) -> Vec<Neighbour> {
    let asked = features.iter().enumerate().map(|(position, feature)| Neighbour {
        position,
        separation: subject.separation(feature.as_ref().unwrap()),
    });
    asked.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn distances_are_those_of_another_engine(a in geometry(), b in geometry()) {
        let theirs = Euclidean.distance(&a, &b);
        let ours = shape(&a).separation(&shape(&b));
        prop_assert!((ours.distance_m - theirs).abs() < 1e-11, "{} {theirs}", ours.distance_m);
        // The two points lie on the two geometries and so far apart.
        prop_assert!((away(ours.on_subject, ours.on_reference) - ours.distance_m).abs() < 1e-11);
        for (point, geometry) in [(ours.on_subject, &a), (ours.on_reference, &b)] {
            let off = Euclidean.distance(&Geometry::from(Point::from(point)), geometry);
            prop_assert!(off < 1e-11, "{off}");
        }
    }

    #[test]
    fn there_is_as_far_as_back(a in geometry(), b in geometry()) {
        let (there, back) = (shape(&a).distance_m(&shape(&b)), shape(&b).distance_m(&shape(&a)));
        prop_assert!((there - back).abs() <= 1e-15 * there && (there == 0.0) == (back == 0.0));
    }

    #[test]
    fn moving_both_moves_nothing(a in geometry(), b in geometry(), by in -1e6..1e6_f64) {
        let moved = shape(&moved(&a, by)).distance_m(&shape(&moved(&b, by)));
        // Coordinates of 10⁶ m are spaced 10⁻¹⁰ m.
        prop_assert!((shape(&a).distance_m(&shape(&b)) - moved).abs() < 1e-9);
    }

    #[test]
    fn the_way_over_a_point_is_no_shorter(a in geometry(), b in geometry(), p in place()) {
        let [a, b, p] = [shape(&a), shape(&b), Shape::point(p).unwrap()];
        prop_assert!(a.distance_m(&b) <= (a.distance_m(&p) + p.distance_m(&b)) * (1.0 + 1e-15));
        let [ap, bp, ab] = [a.hausdorff(&p, 0.0), b.hausdorff(&p, 0.0), a.hausdorff(&b, 0.0)];
        prop_assert!(ab.distance_m <= ap.distance_m + bp.distance_m + 3e-8);
    }

    #[test]
    fn within_finds_what_one_by_one_finds(
        features in prop::collection::vec(geometry(), 0..40), subject in geometry(), distance_m in 0.0..400.0,
    ) {
        let (features, subject) = (shapes(&features), shape(&subject));
        let mut expected = one_by_one(&features, &subject);
        expected.retain(|found| found.separation.distance_m <= distance_m);
        for (feature, found) in features.iter().zip(one_by_one(&features, &subject)) {
            let is_within = subject.is_within(feature.as_ref().unwrap(), distance_m);
            prop_assert_eq!(is_within, found.separation.distance_m <= distance_m);
        }
        prop_assert_eq!(Neighbours::new(features).within(&subject, distance_m), expected);
    }

    #[test]
    fn nearest_finds_what_one_by_one_finds(
        features in prop::collection::vec(geometry(), 0..40), subject in geometry(), count in 0..9_usize,
    ) {
        let (features, subject) = (shapes(&features), shape(&subject));
        let mut expected = one_by_one(&features, &subject);
        expected.sort_by(|a, b| a.separation.distance_m.total_cmp(&b.separation.distance_m));
        expected.truncate(count);
        prop_assert_eq!(Neighbours::new(features).nearest(&subject, count), expected);
    }

    #[test]
    fn a_point_is_where_another_engine_finds_it(area in area(), offset in [-1.2..1.2, -1.2..1.2]) {
        use geo::{BoundingRect, CoordinatePosition, coordinate_position::CoordPos};
        let around = area.bounding_rect().unwrap();
        let (middle, size) = (around.center(), around.width());
        let point = [middle.x + offset[0] * size / 2.0, middle.y + offset[1] * size / 2.0];
        let theirs = match area.coordinate_position(&Coord::from(point)) {
            CoordPos::Inside => Location::Interior,
            CoordPos::OnBoundary => Location::Boundary,
            CoordPos::Outside => Location::Exterior,
        };
        prop_assert_eq!(shape(&area).locate(point), theirs);
        let Geometry::Polygon(polygon) = &area else { unreachable!() };
        for vertex in polygon.exterior() {
            prop_assert_eq!(shape(&area).locate([vertex.x, vertex.y]), Location::Boundary);
        }
    }

    #[test]
    fn lengths_add_up_over_a_polygon_that_is_split(area in area(), line in line(), cut in -400.0..400.0) {
        use geo::BooleanOps;
        let Geometry::Polygon(polygon) = &area else { unreachable!() };
        let half = |low: f64, high: f64| {
            let side = geo_types::Rect::new((low, -2000.0), (high, 2000.0)).to_polygon();
            polygon.intersection(&side)
        };
        let (left, right): (MultiPolygon<f64>, MultiPolygon<f64>) = (half(-2000.0, cut), half(cut, 2000.0));
        let length_m = |area: MultiPolygon<f64>| {
            Shape::new(&area.into()).map_or(0.0, |area| shape(&line).length_in(&area).length_m())
        };
        let whole_m = shape(&line).length_in(&shape(&area)).length_m();
        // The other engine's overlay rounds the vertices of the halves to about 10⁻⁷ m.
        let off = (length_m(left) + length_m(right) - whole_m).abs();
        prop_assert!(off < 1e-3, "{off}");
    }

    #[test]
    fn inside_and_outside_make_the_whole_line(area in area(), line in line()) {
        let frame = geo_types::Rect::new((-9999.0, -9999.0), (9999.0, 9999.0)).to_polygon();
        let Geometry::Polygon(polygon) = &area else { unreachable!() };
        let (shell, holes) = (polygon.exterior().clone(), polygon.interiors().to_vec());
        let mut around = vec![Polygon::new(frame.exterior().clone(), vec![shell])];
        around.extend(holes.into_iter().map(|hole| Polygon::new(hole, vec![])));
        let outside = shape(&MultiPolygon(around).into());
        let found = shape(&line).length_in(&shape(&area)).interior_m + shape(&line).length_in(&outside).interior_m;
        let Geometry::LineString(line) = &line else { unreachable!() };
        let whole: f64 = line.lines().map(|edge| edge.delta().x.hypot(edge.delta().y)).sum();
        prop_assert!((found - whole).abs() < 1e-9 * (1.0 + whole), "{found} {whole}");
    }

    #[test]
    fn hausdorff_of_parts_grows_towards_the_exact_one(a in geometry(), b in geometry()) {
        let (a, b) = (shape(&a), shape(&b));
        let exact = a.hausdorff(&b, 0.0);
        prop_assert!((a.hausdorff_of_vertices(&b).distance_m..).contains(&(exact.distance_m + 1e-12)));
        prop_assert!((away(exact.on_subject, exact.on_reference) - exact.distance_m).abs() < 1e-11);
        let dense = a.hausdorff_of_parts(&b, 64).distance_m;
        // No edge of these is longer than 400 m: a point is at most 400/128 m from one of its parts' ends.
        prop_assert!(dense <= exact.distance_m + 2e-8 && exact.distance_m <= dense + 400.0 / 128.0);
    }
}
