//! Laws of overlay on random figures, and the same figures through the general overlay.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use i_overlay::core::fill_rule::FillRule as Fill;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use proptest::prelude::*;
use spatial::trace::{Operation, Scratch, Subject, Ways};
use spatial::{FillRule, GRID_STEP_M, Polygons, Region};

type Figure = MultiPolygon<f64>;

const OPERATIONS: [Operation; 3] = [Operation::Intersection, Operation::Difference, Operation::Union];

fn overlay(a: &Figure, b: &Figure, operation: Operation) -> (Region, Ways) {
    let mut polygons = Polygons::with_capacity(2, 0);
    polygons.place(0, a);
    polygons.place(1, b);
    let mut scratch = Scratch::default();
    let region = Subject::new(&polygons, 0).overlay(&polygons, 1, operation, &mut scratch);
    (region, scratch.ways())
}

/// The same by i_overlay itself.
fn general(a: &Figure, b: &Figure, operation: Operation) -> Region {
    let steps = |c: &Coord<f64>| IntPoint::new((c.x / GRID_STEP_M) as i64, (c.y / GRID_STEP_M) as i64);
    let contours = |figure: &Figure| -> Vec<Vec<IntPoint<i64>>> {
        let rings = figure.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        rings.map(|ring| ring.coords().skip(1).map(steps).collect()).collect()
    };
    let rule = match operation {
        Operation::Intersection => OverlayRule::Intersect,
        Operation::Difference => OverlayRule::Difference,
        Operation::Union => OverlayRule::Union,
    };
    let (a, b) = (contours(a), contours(b));
    let options = IntOverlayOptions::ogc();
    let shapes = Overlay::<i64>::from_subj_and_clip_custom(&a, &b, options, Default::default())
        .overlay(rule, Fill::EvenOdd);
    let ring = |contour: Vec<IntPoint<i64>>| {
        LineString::from_iter(contour.iter().map(|p| (p.x as f64 * GRID_STEP_M, p.y as f64 * GRID_STEP_M)))
    };
    let polygons = shapes.into_iter().map(|shape| {
        let mut rings = shape.into_iter().map(ring);
        Polygon::new(rings.next().unwrap(), rings.collect())
    });
    region(&polygons.collect())
}

fn region(figure: &Figure) -> Region {
    Region::from_multi_polygon(figure, FillRule::EvenOdd)
}

fn moved(figure: &Figure, place: impl Fn(Coord<f64>) -> Coord<f64> + Copy) -> Figure {
    use geo::MapCoords;
    figure.map_coords(place)
}

fn quarter_turn(c: Coord<f64>) -> Coord<f64> {
    Coord { x: -c.y, y: c.x }
}

/// Triangles of a lattice whose squares are cut by both diagonals: full of shared borders, corners and holes.
/// The second lattice lies a quarter or a half apart, so that all crossings are grid points.
fn patchwork() -> impl Strategy<Value = Figure> {
    let triangles = proptest::collection::vec(proptest::bool::weighted(0.62), 64);
    let runs = proptest::collection::vec(0usize..64, 4);
    (triangles, runs, 0u8..4).prop_map(|(mut filled, full, shift)| {
        // Some whole neighbourhoods, so that larger pieces come about.
        for start in full {
            filled.iter_mut().skip(start / 4 * 4).take(8).for_each(|triangle| *triangle = true);
        }
        let origin = f64::from(shift) * 0.25;
        let figure = filled.iter().enumerate().filter(|(_, filled)| **filled).map(|(i, _)| {
            let (square, side) = (i / 4, i % 4);
            let [x, y] = [(square % 4) as f64 + origin, (square / 4) as f64];
            let corners = [[x, y], [x + 1.0, y], [x + 1.0, y + 1.0], [x, y + 1.0]];
            let [a, b] = [corners[side], corners[(side + 1) % 4]];
            Polygon::new(LineString::from(vec![a, b, [x + 0.5, y + 0.5]]), vec![])
        });
        region(&figure.collect()).to_multi_polygon()
    })
}

/// A star around the middle of a lattice: simple, its vertices on the lattice. All lie on multiples of 2⁻⁴ m, and
/// determinants of such edges have few factors of two, so that no crossing lies half-way between grid points.
fn star() -> impl Strategy<Value = Figure> {
    let spoke = (0i32..12, 0i32..12);
    (proptest::collection::vec(spoke, 4..14), proptest::option::of(1u8..4)).prop_filter_map(
        "no star",
        |(ends, hole)| {
            let at = |&(x, y): &(i32, i32)| [f64::from(x) - 5.5, f64::from(y) - 5.5];
            let mut ends: Vec<[f64; 2]> = ends.iter().map(at).collect();
            let angle = |p: &[f64; 2]| p[1].atan2(p[0]);
            ends.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
            ends.dedup_by(|a, b| (a[0] * b[1] - a[1] * b[0]).abs() < 1e-9);
            let around = ends.iter().zip(ends.iter().cycle().skip(1));
            let round = around.clone().all(|(a, b)| a[0] * b[1] - a[1] * b[0] > 0.0);
            let holes = hole.map(|r| {
                let side = f64::from(r) / 16.0;
                LineString::from(vec![[-side, -side], [-side, side], [side, side], [side, -side]])
            });
            let star = Polygon::new(LineString::from(ends.clone()), holes.into_iter().collect());
            use geo::Validation;
            (ends.len() > 2 && round && star.is_valid()).then(|| star.into())
        },
    )
}

fn any_figure() -> impl Strategy<Value = Figure> {
    prop_oneof![patchwork(), star()]
}

fn is_valid(region: &Region) -> bool {
    let geometry: Geometry<f64> = region.to_multi_polygon().into();
    !spatial::validity::validate(&geometry).iter().any(|problem| problem.kind.is_invalid())
}

/// How far areas may differ when crossings are rounded.
fn tolerance_m2(regions: &[&Region]) -> f64 {
    regions.iter().map(|r| r.perimeter_m()).sum::<f64>() * GRID_STEP_M
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patchworks_come_out_as_from_the_general_overlay(a in patchwork(), b in patchwork()) {
        for operation in OPERATIONS {
            let (found, _) = overlay(&a, &b, operation);
            prop_assert_eq!(&found, &general(&a, &b, operation));
            prop_assert!(is_valid(&found));
        }
    }

    #[test]
    fn stars_come_out_as_from_the_general_overlay_but_for_rounding(a in star(), b in star()) {
        for operation in OPERATIONS {
            let (found, expected) = (overlay(&a, &b, operation).0, general(&a, &b, operation));
            let tolerance = tolerance_m2(&[&region(&a), &region(&b)]);
            prop_assert!((found.area_m2() - expected.area_m2()).abs() <= tolerance);
            prop_assert_eq!(found.vertex_count(), expected.vertex_count());
            prop_assert_eq!(found.parts().len(), expected.parts().len());
            prop_assert!(is_valid(&found));
        }
    }

    #[test]
    fn the_order_of_the_two_does_not_matter(a in any_figure(), b in any_figure()) {
        for operation in [Operation::Intersection, Operation::Union] {
            prop_assert_eq!(overlay(&a, &b, operation).0, overlay(&b, &a, operation).0);
        }
    }

    #[test]
    fn a_figure_is_what_it_shares_and_the_rest(a in any_figure(), b in any_figure()) {
        let [both, without, either] = OPERATIONS.map(|operation| overlay(&a, &b, operation).0.area_m2());
        let (a, b) = (region(&a), region(&b));
        let tolerance = tolerance_m2(&[&a, &b]);
        prop_assert!((both + without - a.area_m2()).abs() <= tolerance);
        prop_assert!((both + either - a.area_m2() - b.area_m2()).abs() <= tolerance);
    }

    #[test]
    fn moving_by_whole_steps_moves_the_result(
        a in any_figure(), b in any_figure(), steps in (-1i64 << 40..1 << 40, -1i64 << 40..1 << 40)
    ) {
        let (dx, dy) = (steps.0 as f64 * GRID_STEP_M, steps.1 as f64 * GRID_STEP_M);
        let shift = |c: Coord<f64>| Coord { x: c.x + dx, y: c.y + dy };
        for operation in OPERATIONS {
            let (here, ways) = overlay(&a, &b, operation);
            let there = overlay(&moved(&a, shift), &moved(&b, shift), operation);
            prop_assert_eq!((region(&moved(&here.to_multi_polygon(), shift)), ways), there);
        }
    }

    #[test]
    fn a_quarter_turn_turns_the_result(a in any_figure(), b in any_figure()) {
        for operation in OPERATIONS {
            let (here, ways) = overlay(&a, &b, operation);
            if ways.close == 0 && ways.unclear == 0 {
                let there = overlay(&moved(&a, quarter_turn), &moved(&b, quarter_turn), operation);
                prop_assert_eq!((region(&moved(&here.to_multi_polygon(), quarter_turn)), ways), there);
            }
        }
    }
}

/// A splitmix generator: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A ragged disc with `count` vertices.
fn disc(numbers: &mut Numbers, [x, y]: [f64; 2], radius_m: f64, count: usize) -> Figure {
    let spokes = (0..count).map(|i| {
        let angle = i as f64 / count as f64 * std::f64::consts::TAU;
        let length = radius_m * (0.8 + 0.2 * numbers.next());
        [x + length * angle.cos(), y + length * angle.sin()]
    });
    Polygon::new(LineString::from(spokes.collect::<Vec<_>>()), vec![]).into()
}

#[test]
fn a_pair_comes_out_the_same_whatever_was_computed_before() {
    let mut numbers = Numbers(7);
    let mut polygons = Polygons::with_capacity(41, 0);
    polygons.place(0, &disc(&mut numbers, [500_000.0, 1_200_000.0], 300.0, 400));
    for i in 1..41 {
        let centre =
            [500_000.0 + 1000.0 * (numbers.next() - 0.5), 1_200_000.0 + 1000.0 * (numbers.next() - 0.5)];
        polygons.place(i, &disc(&mut numbers, centre, 50.0 + 5.0 * i as f64, 8 + 3 * i));
    }
    let subject = Subject::new(&polygons, 0);
    let mut used = Scratch::default();
    for operation in OPERATIONS {
        let forwards: Vec<Region> =
            (1..41).map(|i| subject.overlay(&polygons, i, operation, &mut used)).collect();
        for i in (1..41).rev() {
            let mut fresh = Scratch::default();
            let alone = Subject::new(&polygons.clone(), 0).overlay(&polygons, i, operation, &mut fresh);
            assert_eq!(alone, forwards[i - 1]);
            assert_eq!(subject.overlay(&polygons, i, operation, &mut used), forwards[i - 1]);
            assert!(is_valid(&alone));
        }
    }
    let ways = used.ways();
    assert!(ways.traced > 100 && ways.apart > 0, "{ways:?}");
    assert_eq!((ways.unclear, ways.close), (0, 0));
}

#[test]
fn borders_that_nearly_agree_come_out_valid() {
    // A disc over itself with its vertices moved by a few steps to ten metres: crossings at sharp angles, and
    // vertices next to edges, of which some must take the general way.
    let mut ways = [0, 0];
    for (i, shift_steps) in [3.0, 100.0, 10_000.0, 1e6, 1e7].into_iter().enumerate() {
        let mut numbers = Numbers(i as u64);
        let a = disc(&mut numbers, [500_000.0, 1_200_000.0], 300.0, 300);
        let mut jitter = || (numbers.next() - 0.5) * shift_steps * GRID_STEP_M;
        let mut vertices: Vec<Coord<f64>> = a.0[0].exterior().0.clone();
        vertices.pop();
        for vertex in &mut vertices {
            *vertex = Coord { x: vertex.x + jitter(), y: vertex.y + jitter() };
        }
        let b: Figure = Polygon::new(LineString(vertices), vec![]).into();
        for operation in OPERATIONS {
            let (found, way) = overlay(&a, &b, operation);
            assert!(is_valid(&found), "{operation:?} after {shift_steps} steps");
            ways[usize::from(way.traced == 0)] += 1;
        }
        let [both, without] = [0, 1].map(|k| overlay(&a, &b, OPERATIONS[k]).0.area_m2());
        assert!((both + without - region(&a).area_m2()).abs() < 0.01);
    }
    assert!(ways[0] > 0 && ways[1] > 0, "{ways:?}");
}
