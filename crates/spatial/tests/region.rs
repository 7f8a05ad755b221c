//! Regions: measures against hand calculation, laws of overlay as properties.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{MultiPolygon, Polygon, polygon};
use proptest::prelude::*;
use spatial::{Crs, Envelope, FillRule, GRID_STEP_M, Region};

fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
    polygon![(x: x, y: y), (x: x + side, y: y), (x: x + side, y: y + side), (x: x, y: y + side)]
}

fn region(polygons: impl Into<MultiPolygon<f64>>) -> Region {
    Region::from_multi_polygon(&polygons.into(), FillRule::EvenOdd)
}

/// 10 × 10 m with a hole of 2 × 2 m.
fn frame() -> Polygon<f64> {
    Polygon::new(square(0.0, 0.0, 10.0).into_inner().0, vec![square(4.0, 4.0, 2.0).into_inner().0])
}

#[test]
fn measures_of_a_square_with_a_hole() {
    let frame = region(frame());
    assert_eq!(frame.area_m2(), 96.0);
    assert_eq!(frame.perimeter_m(), 48.0);
    assert_eq!(frame.mean_width_m(), 4.0);
    assert_eq!(frame.envelope(), Some(Envelope { min: [0.0, 0.0], max: [10.0, 10.0] }));
    assert_eq!(frame.vertex_count(), 8);
    let [x, y] = frame.inner_point().unwrap();
    assert!((0.0..10.0).contains(&x) && (0.0..10.0).contains(&y));
    assert!(!((4.0..=6.0).contains(&x) && (4.0..=6.0).contains(&y)), "in the hole: {x} {y}");
}

#[test]
fn nothing_has_no_measures() {
    let nothing = Region::default();
    assert!(nothing.is_empty() && nothing.parts().is_empty() && nothing.envelope().is_none());
    assert_eq!((nothing.area_m2(), nothing.perimeter_m(), nothing.mean_width_m()), (0.0, 0.0, 0.0));
    assert_eq!(nothing.inner_point(), None);
    assert_eq!(nothing.intersection(&region(frame())), nothing);
    assert_eq!(region(frame()).difference(&nothing), region(frame()));
    assert_eq!(Region::union([]), nothing);
    assert_eq!(Region::covered_more_than_once([]), (0.0, nothing));
}

#[test]
fn rings_come_out_oriented_and_in_one_order_however_they_went_in() {
    let mut turned = frame();
    turned.exterior_mut(|ring| ring.0.reverse());
    assert_eq!(region(turned.clone()), region(frame()));
    assert_eq!(Region::from_multi_polygon(&turned.into(), FillRule::NonZero), region(frame()));
    let polygons = region(MultiPolygon(vec![square(20.0, 0.0, 1.0), frame()])).to_multi_polygon();
    assert_eq!(polygons.0.len(), 2);
    use geo::winding_order::Winding;
    assert!(polygons.0[0].exterior().is_ccw() && polygons.0[0].interiors()[0].is_cw());
    assert_eq!(polygons.0[1].exterior().0[0], (20.0, 0.0).into());
}

#[test]
fn self_overlap_is_filled_as_asked() {
    // Two squares as one part list: they share 5 × 5.
    let both = MultiPolygon(vec![square(0.0, 0.0, 10.0), square(5.0, 5.0, 10.0)]);
    assert_eq!(Region::from_multi_polygon(&both, FillRule::EvenOdd).area_m2(), 150.0);
    assert_eq!(Region::from_multi_polygon(&both, FillRule::NonZero).area_m2(), 175.0);
    // A bow-tie: two triangles of 25 m² each.
    let tie = polygon![(x: 0.0, y: 0.0), (x: 10.0, y: 10.0), (x: 10.0, y: 0.0), (x: 0.0, y: 10.0)];
    let tie = region(tie);
    assert_eq!(tie.area_m2(), 50.0);
    assert_eq!(tie.parts().len(), 2);
}

#[test]
fn what_is_covered_more_than_once_is_counted_per_extra_cover() {
    // Brute force by hand: three squares in a row of 10, each shifted by 4: covers 1 1 2 2 3 … along x.
    let [a, b, c] = [0.0, 4.0, 8.0].map(|x| region(square(x, 0.0, 10.0)));
    // a∩b = 6 × 10, b∩c = 6 × 10, a∩c = 2 × 10 = a∩b∩c: shape 10 × 10, extra covers 6·10 + 6·10 = 120.
    let (area_m2, shape) = Region::covered_more_than_once([&a, &b, &c]);
    assert_eq!(area_m2, 120.0);
    assert_eq!(shape, region(square(4.0, 0.0, 10.0)));
    // The same square four times: three extra covers.
    let (area_m2, shape) = Region::covered_more_than_once([&a, &a, &a, &a]);
    assert_eq!((area_m2, shape), (300.0, a.clone()));
    // A square in another's hole covers nothing twice; one that fills more than the hole does, around it.
    let frame = region(frame());
    assert_eq!(Region::covered_more_than_once([&frame, &region(square(4.0, 4.0, 2.0))]).0, 0.0);
    assert_eq!(Region::covered_more_than_once([&frame, &region(square(3.0, 3.0, 4.0))]).0, 12.0);
    // Neighbours with a shared border.
    assert_eq!(Region::covered_more_than_once([&a, &region(square(10.0, 0.0, 10.0))]).0, 0.0);
}

#[test]
fn contained_and_far_shapes_need_no_overlay_but_give_the_same() {
    let frame = region(frame());
    let in_the_hole = region(square(4.5, 4.5, 1.0));
    assert!(frame.intersection(&in_the_hole).is_empty());
    assert_eq!(frame.difference(&in_the_hole), frame);
    let inside = region(square(1.0, 1.0, 2.0));
    assert_eq!(frame.intersection(&inside), inside);
    assert_eq!(inside.intersection(&frame), inside);
    assert!(inside.difference(&frame).is_empty());
    assert_eq!(frame.difference(&inside).area_m2(), 92.0);
}

#[test]
fn an_l_around_a_box_is_outside_though_its_envelope_is_not() {
    let l = polygon![
        (x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 9.0), (x: 0.0, y: 9.0)
    ];
    assert!(region(l).intersection(&region(square(3.0, 3.0, 5.0))).is_empty());
}

#[test]
fn unsnappable_rings_are_left_out() {
    for bad in [f64::NAN, f64::INFINITY, 2e9] {
        assert!(region(square(bad, 0.0, 1.0)).is_empty(), "{bad}");
    }
    assert!(region(square(0.0, 0.0, GRID_STEP_M / 4.0)).is_empty());
}

#[test]
fn slivers_have_inner_points_too() {
    let [x, y] = [449_314.377, 2_417_549.695];
    let sliver =
        region(polygon![(x: x, y: y), (x: x + 500.0, y: y + 300.0), (x: x + 1000.0, y: y + 600.000_004)]);
    let [px, py] = sliver.inner_point().unwrap();
    assert!(px > x && px < x + 1000.0 && py > y && py < y + 600.1);
    let left = (px - x) * 0.6 - (py - y);
    assert!(left < 0.0, "above the lower edge: {left}");
}

/// `pyproj.Geod(ellps='WGS84')` (pyproj 3.7.2, PROJ 9.5.1) on the rings with every edge cut into 2,000 pieces
/// on the plane of EPSG:9215 before they go to EPSG:4326.
#[test]
fn the_area_on_the_ellipsoid_agrees_with_karneys() {
    for (x, y, side, expected) in ELLIPSOID_SQUARES {
        let found = region(square(x, y, side)).area_geodesic_m2(&Crs::from_epsg(9215).unwrap());
        let off = (found / expected - 1.0).abs();
        assert!(off < 1e-9, "{side} m: {off:e}");
    }
    assert!(region(frame()).area_geodesic_m2(&Crs::wgs84()).is_nan());
}

const ELLIPSOID_SQUARES: [(f64, f64, f64, f64); 4] = [
    (449314.0, 2417549.0, 100.0, 10001.4454610599),
    (500000.0, 2400000.0, 1000.0, 1000207.3118798375),
    (350000.0, 2420000.0, 20000.0, 399889529.81772304),
    (660000.0, 1000000.0, 1000.0, 999560.7053558362),
];

fn any_polygon() -> impl Strategy<Value = Polygon<f64>> {
    // Coordinates on a coarse lattice make shared vertices and collinear edges frequent; the rest is general.
    let number = prop_oneof![(0i32..12).prop_map(f64::from), 0.0..12.0f64];
    // Metres, or a few grid steps, where rounding is everything.
    let scale = prop_oneof![4 => Just(1.0), 1 => Just(GRID_STEP_M * 4.0)];
    (proptest::collection::vec((number.clone(), number), 3..9), scale).prop_map(|(points, scale)| {
        let points = points.into_iter().map(|(x, y)| (x * scale, y * scale));
        Polygon::new(points.collect(), vec![])
    })
}

/// Rounding crossings to the grid moves borders by at most a step: areas agree within perimeter × 2 steps.
fn close(a: f64, b: f64, regions: &[&Region]) -> bool {
    let perimeter_m: f64 = regions.iter().map(|r| r.perimeter_m()).sum();
    (a - b).abs() <= perimeter_m * GRID_STEP_M * 2.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn areas_add_up(a in any_polygon(), b in any_polygon()) {
        let (a, b) = (region(a), region(b));
        let (both, without) = (a.intersection(&b), a.difference(&b));
        prop_assert!(close(a.area_m2(), both.area_m2() + without.area_m2(), &[&a, &b]));
        let union = Region::union([&a, &b]);
        prop_assert!(close(union.area_m2() + both.area_m2(), a.area_m2() + b.area_m2(), &[&a, &b]));
        let (extra_m2, twice) = Region::covered_more_than_once([&a, &b]);
        prop_assert!(close(extra_m2, both.area_m2(), &[&a, &b]));
        prop_assert!(close(twice.area_m2(), both.area_m2(), &[&a, &b]));
        prop_assert!(close(without.intersection(&b).area_m2(), 0.0, &[&a, &b]));
    }

    #[test]
    fn order_does_not_matter(a in any_polygon(), b in any_polygon(), c in any_polygon()) {
        let (a, b, c) = (region(a), region(b), region(c));
        prop_assert_eq!(a.intersection(&b), b.intersection(&a));
        prop_assert_eq!(Region::union([&a, &b, &c]), Region::union([&c, &a, &b]));
        prop_assert_eq!(Region::covered_more_than_once([&a, &b, &c]), Region::covered_more_than_once([&b, &c, &a]));
    }

    #[test]
    fn translation_by_grid_steps_does_not_matter(
        a in any_polygon(), b in any_polygon(), steps in (-1i64 << 42..1 << 42, -1i64 << 42..1 << 42)
    ) {
        use geo::Translate;
        let (dx, dy) = (steps.0 as f64 * GRID_STEP_M, steps.1 as f64 * GRID_STEP_M);
        // Snap first: snapping and moving commute only on the grid.
        let (a, b) = (region(a), region(b));
        let moved = |r: &Region| region(r.to_multi_polygon().translate(dx, dy));
        prop_assert_eq!(moved(&a).intersection(&moved(&b)), moved(&a.intersection(&b)));
        prop_assert_eq!(moved(&a).area_m2(), a.area_m2());
    }

    #[test]
    fn results_are_in_normal_form_and_valid(a in any_polygon(), b in any_polygon()) {
        use geo::Validation;
        let both = region(a).intersection(&region(b));
        prop_assert_eq!(&region(both.to_multi_polygon()), &both);
        prop_assert!(both.to_multi_polygon().is_valid(), "{:?}", both.to_multi_polygon());
        for part in both.parts() {
            let [x, y] = part.inner_point().unwrap();
            use geo::Contains;
            prop_assert!(part.to_multi_polygon().contains(&geo_types::Point::new(x, y)));
        }
        let parts_m2: f64 = both.parts().iter().map(Region::area_m2).sum();
        prop_assert!((parts_m2 - both.area_m2()).abs() < 1e-9);
    }
}

#[test]
fn holes_of_figures_that_touch_lie_in_their_own_shells() {
    // Found by chance: a part that stands free in a hole touches the hole in a corner, and beside it is another
    // hole. Areas by GEOS 3.13: 9.625 m² in two parts, with 3 and no holes.
    let part = |points: &[(f64, f64)]| Polygon::new(points.to_vec().into(), vec![]);
    let a = MultiPolygon(vec![
        part(&[(0.5, 0.0), (2.5, 0.0), (2.5, 2.0), (0.5, 2.0)]),
        part(&[(0.5, 3.0), (1.0, 3.5), (1.5, 3.0), (1.5, 4.0), (0.5, 4.0)]),
        part(&[(1.5, 2.0), (2.0, 2.5), (1.5, 3.0)]),
        part(&[(2.5, 3.0), (4.5, 3.0), (4.5, 4.0), (2.5, 4.0)]),
    ]);
    let b = MultiPolygon(vec![
        part(&[(0.25, 0.0), (2.25, 0.0), (2.25, 1.0), (0.25, 1.0)]),
        part(&[(0.25, 2.0), (1.25, 2.0), (0.75, 2.5), (1.25, 3.0), (0.75, 3.5), (0.25, 3.0)]),
        part(&[
            (1.25, 3.0),
            (2.25, 3.0),
            (2.75, 2.5),
            (3.25, 3.0),
            (4.25, 3.0),
            (4.25, 4.0),
            (1.25, 4.0),
            (1.75, 3.5),
        ]),
        part(&[(2.25, 2.0), (3.25, 2.0), (2.75, 2.5)]),
    ]);
    let union = Region::union([&region(a), &region(b)]).to_multi_polygon();
    let holes: Vec<usize> = union.0.iter().map(|polygon| polygon.interiors().len()).collect();
    assert_eq!(holes, [3, 0]);
    use geo::Validation;
    assert!(union.is_valid());
}
