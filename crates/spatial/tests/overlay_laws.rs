//! Laws that hold for any overlaps: which side is which, where the map lies, how it is turned, in what order it
//! comes and how it is divided must not matter; and sums must add up.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use geo::MapCoords;
use geo_types::{Coord, Geometry, LineString, Polygon};
use proptest::prelude::*;
use serde_json::Map;
use spatial::overlay::{Options, Overlap, Want, overlaps, self_overlaps, self_overlaps_of};
use spatial::{Crs, Feature, Layer, Prepared, Region};

fn plane() -> Crs {
    Crs::from_epsg(9215).unwrap()
}

fn prepared(geometries: &[Geometry<f64>]) -> Prepared {
    let feature = |(position, geometry): (usize, &Geometry<f64>)| Feature {
        position: position as u64,
        id: None,
        geometry: Some(geometry.clone()),
        properties: Map::new(),
    };
    let layer = Layer { crs: plane(), features: geometries.iter().enumerate().map(feature).collect() };
    Prepared::new(&layer, &plane()).unwrap()
}

fn found(subjects: &[Geometry<f64>], references: &[Geometry<f64>], want: Want) -> Vec<Overlap> {
    overlaps(&prepared(subjects), &prepared(references), &Options { want, ..Options::default() }).pairs
}

fn ring(x: f64, y: f64, radii: &[f64]) -> LineString<f64> {
    let n = radii.len() as f64;
    let at = |i: usize| {
        let angle = i as f64 / n * std::f64::consts::TAU;
        Coord { x: x + radii[i] * angle.cos(), y: y + radii[i] * angle.sin() }
    };
    (0..radii.len()).chain([0]).map(at).collect()
}

prop_compose! {
    /// A star around any centre; every other one has a hole in the middle.
    fn star()(
        x in 0.0..200.0f64, y in 0.0..200.0f64, size in 5.0..100.0f64, hole in any::<bool>(),
        radii in prop::collection::vec(0.3..1.0f64, 5..40),
    ) -> Geometry<f64> {
        let shell: Vec<f64> = radii.iter().map(|r| r * size).collect();
        let holes = if hole { vec![ring(x, y, &shell.iter().map(|r| r * 0.4).collect::<Vec<_>>())] } else { vec![] };
        Polygon::new(ring(x, y, &shell), holes).into()
    }
}

fn stars() -> impl Strategy<Value = Vec<Geometry<f64>>> {
    prop::collection::vec(star(), 1..6)
}

/// What two honest measurements of the same area may differ by.
fn close(a_m2: f64, b_m2: f64) -> bool {
    (a_m2 - b_m2).abs() <= 1e-6 + 1e-9 * a_m2.abs()
}

/// Squares that tile 240 m × 240 m around the stars, `n` a side.
fn tiling(n: u32) -> Vec<Geometry<f64>> {
    let side = 480.0 / f64::from(n);
    let square = |i: u32| {
        let (x, y) = (f64::from(i % n) * side - 120.0, f64::from(i / n) * side - 120.0);
        let corner = |dx: f64, dy: f64| Coord { x: x + dx * side, y: y + dy * side };
        Polygon::new(
            LineString(vec![
                corner(0.0, 0.0),
                corner(1.0, 0.0),
                corner(1.0, 1.0),
                corner(0.0, 1.0),
                corner(0.0, 0.0),
            ]),
            vec![],
        )
        .into()
    };
    (0..n * n).map(square).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn which_side_is_the_subject_does_not_matter(a in stars(), b in stars()) {
        let (there, back) = (found(&a, &b, Want::Shapes), found(&b, &a, Want::Shapes));
        prop_assert_eq!(there.len(), back.len());
        for pair in &there {
            let other = back.iter().find(|o| (o.reference, o.subject) == (pair.subject, pair.reference)).unwrap();
            prop_assert!(close(pair.area_m2, other.area_m2));
            prop_assert_eq!(&pair.region, &other.region);
        }
    }

    #[test]
    fn where_the_map_lies_and_how_it_is_turned_does_not_matter(a in stars(), b in stars(), quarter in 0..4u8) {
        let here = found(&a, &b, Want::Widths);
        // A whole number of metres keeps every coordinate on the same point of its grid, to the last bit or nearly.
        let turned = |geometry: &Geometry<f64>| geometry.map_coords(|c| match quarter {
            0 => Coord { x: c.x + 512_000.0, y: c.y + 2_048_000.0 },
            1 => Coord { x: -c.y, y: c.x },
            2 => Coord { x: -c.x, y: -c.y },
            _ => Coord { x: c.y, y: -c.x },
        });
        let there = found(
            &a.iter().map(turned).collect::<Vec<_>>(),
            &b.iter().map(turned).collect::<Vec<_>>(),
            Want::Widths,
        );
        // Moved far away, f64 itself rounds coordinates by half of 2^-32 m.
        let rounding_m2 = |o: &Overlap| 1e-6 + 1e-9 * o.area_m2 + if quarter == 0 { 1e-6 } else { 0.0 };
        for (one, other) in here.iter().zip(&there) {
            prop_assert_eq!((one.subject, one.reference), (other.subject, other.reference));
            prop_assert!((one.area_m2 - other.area_m2).abs() <= rounding_m2(one), "{} {}", one.area_m2, other.area_m2);
        }
        prop_assert_eq!(here.len(), there.len());
    }

    #[test]
    fn dividing_the_references_does_not_change_a_subjects_sum(a in stars()) {
        let sums = |n: u32| -> Vec<f64> {
            let all = found(&a, &tiling(n), Want::Areas);
            (0..a.len()).map(|s| all.iter().filter(|o| o.subject == s).map(|o| o.area_m2).sum()).collect()
        };
        let whole: Vec<f64> = prepared(&a).features.iter().enumerate().map(|(i, _)| prepared(&a).area_m2(i)).collect();
        for n in [1, 3, 8] {
            for (sum_m2, whole_m2) in sums(n).iter().zip(&whole) {
                prop_assert!(close(*sum_m2, *whole_m2), "{n}: {sum_m2} {whole_m2}");
            }
        }
    }

    #[test]
    fn the_parts_united_are_the_whole(a in star()) {
        let subject = prepared(std::slice::from_ref(&a));
        let parts: Vec<Region> =
            found(&[a], &tiling(4), Want::Shapes).into_iter().filter_map(|o| o.region).collect();
        let (united, whole) = (Region::union(&parts), subject.region(0).unwrap());
        let apart_m2 = united.difference(&whole).area_m2() + whole.difference(&united).area_m2();
        prop_assert!(apart_m2 < spatial::GRID_STEP_M * whole.perimeter_m() * 4.0, "{apart_m2}");
    }

    #[test]
    fn the_order_of_features_does_not_reach_any_figure(a in stars(), b in stars()) {
        let forward = found(&a, &b, Want::Shapes);
        let turned = |list: &[Geometry<f64>]| list.iter().rev().cloned().collect::<Vec<_>>();
        let mut backward = found(&turned(&a), &turned(&b), Want::Shapes);
        for pair in &mut backward {
            (pair.subject, pair.reference) = (a.len() - 1 - pair.subject, b.len() - 1 - pair.reference);
        }
        backward.sort_by_key(|o| (o.subject, o.reference));
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn one_subject_by_itself_has_the_full_runs_answer(a in stars(), b in stars()) {
        let (subjects, references) = (prepared(&a), prepared(&b));
        let full = overlaps(&subjects, &references, &Options::default()).pairs;
        for (at, edited) in a.iter().enumerate() {
            let own: Vec<&Overlap> = full.iter().filter(|o| o.subject == at).collect();
            let range = Options { subjects: Some(at..at + 1), ..Options::default() };
            let ranged = overlaps(&subjects, &references, &range).pairs;
            prop_assert_eq!(ranged.iter().collect::<Vec<_>>(), own.clone());
            let alone = prepared(std::slice::from_ref(edited));
            let mut again = overlaps(&alone, &references, &Options::default()).pairs;
            again.iter_mut().for_each(|o| o.subject = at);
            prop_assert_eq!(again.iter().collect::<Vec<_>>(), own);
        }
    }

    #[test]
    fn one_feature_among_its_own_has_the_full_runs_answer(a in stars(), edited in star(), which in any::<prop::sample::Index>()) {
        let at = which.index(a.len());
        let mut after = a.clone();
        after[at] = edited.clone();
        let full: Vec<Overlap> = self_overlaps(&prepared(&after), &Options::default()).pairs;
        let own: Vec<&Overlap> = full.iter().filter(|o| o.subject == at || o.reference == at).collect();
        let mut again = self_overlaps_of(&prepared(&a), at, Some(&prepared(&[edited])), &Options::default());
        again.sort_by_key(|o| (o.subject, o.reference));
        prop_assert_eq!(again.iter().collect::<Vec<_>>(), own);
    }

    #[test]
    fn every_subject_is_proved(a in stars(), b in stars()) {
        let options = Options { want: Want::Areas, prove: true, self_check: true, ..Options::default() };
        let all = overlaps(&prepared(&a), &prepared(&b), &options);
        prop_assert_eq!(all.proofs.len(), a.len());
        for proof in &all.proofs {
            prop_assert!(proof.residual_m2.abs() < 1e-3, "{proof:?}");
            prop_assert!(proof.uncovered_m2 >= 0.0 && proof.multiple_m2 >= 0.0);
        }
        prop_assert!(all.self_check.largest_m2 < 1e-3);
        prop_assert!(all.self_check.pairs >= all.pairs.len());
    }
}

fn square(x: f64, y: f64, side: f64) -> Geometry<f64> {
    support::wkt(&format!(
        "POLYGON (({x} {y}, {} {y}, {} {}, {x} {}, {x} {y}))",
        x + side,
        x + side,
        y + side,
        y + side
    ))
    .unwrap()
}

/// Four references on a subject of 100 m²: 40 + 40 + 40 + 4, the first two sharing 20, all of the first three 0.
#[test]
fn a_proof_tells_what_is_covered_twice_and_what_not_at_all() {
    let subject = [square(0.0, 0.0, 10.0)];
    let references = [
        support::wkt("POLYGON ((0 0, 4 0, 4 10, 0 10, 0 0))").unwrap(),
        support::wkt("POLYGON ((2 0, 6 0, 6 10, 2 10, 2 0))").unwrap(),
        // Reaches beyond the subject: 4 × 5 inside.
        support::wkt("POLYGON ((6 0, 20 0, 20 5, 6 5, 6 0))").unwrap(),
        // All around the subject, as a cover of everything.
        square(-5.0, -5.0, 30.0),
    ];
    let options = Options { want: Want::Areas, prove: true, ..Options::default() };
    let proofs = overlaps(&prepared(&subject), &prepared(&references), &options).proofs;
    // 40 + 40 + 20 + 100. Of the ten columns two have two covers, two three, two two, four two in their lower half.
    assert_eq!(proofs[0].overlaps_m2, 200.0);
    assert_eq!((proofs[0].multiple_m2, proofs[0].uncovered_m2, proofs[0].residual_m2), (100.0, 0.0, 0.0));
    let proofs = overlaps(&prepared(&subject), &prepared(&references[..3]), &options).proofs;
    assert_eq!((proofs[0].overlaps_m2, proofs[0].multiple_m2), (100.0, 20.0));
    assert_eq!((proofs[0].uncovered_m2, proofs[0].residual_m2), (20.0, 0.0));
}
