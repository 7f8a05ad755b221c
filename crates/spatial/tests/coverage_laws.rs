//! What holds for every coverage, as properties.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{LineString, Polygon};
use proptest::prelude::*;
use serde_json::Map;
use spatial::coverage::{Coverage, Options, check};
use spatial::overlay::{self, self_overlaps};
use spatial::{Crs, Feature, GRID_STEP_M, Layer, Prepared};

const OPTIONS: Options<'static> = Options {
    tolerance_m: 0.5,
    least_elongation: 10.0,
    width_precision: 0.01,
    scope: None,
    progress: None,
    cancelled: None,
};

fn prepared(polygons: &[Polygon<f64>]) -> Prepared {
    let crs = Crs::from_epsg(32648).unwrap();
    let feature = |(position, polygon): (u64, &Polygon<f64>)| Feature {
        position,
        id: None,
        geometry: Some(polygon.clone().into()),
        properties: Map::new(),
    };
    let layer = Layer { crs: crs.clone(), features: (0..).zip(polygons).map(feature).collect() };
    Prepared::new(&layer, &crs).unwrap()
}

fn checked(polygons: &[Polygon<f64>]) -> Coverage {
    check(&prepared(polygons), &OPTIONS).unwrap()
}

const SIDE: usize = 5;

/// A partition of 4 × 4 cells, 100 m each, whose inner vertices are moved by up to 30 m to places off any round
/// number; every border has a bend in its middle.
fn partition() -> impl Strategy<Value = Vec<Polygon<f64>>> {
    let shift = (-30.0..30.0, -30.0..30.0);
    prop::collection::vec(shift, SIDE * SIDE * 3).prop_map(|shifts| {
        let corner = |i: usize, j: usize| {
            let (dx, dy) = shifts[(i * SIDE + j) * 3];
            (i as f64 * 100.0 + dx, j as f64 * 100.0 + dy)
        };
        let bend = |i: usize, j: usize, across: usize| {
            let other = if across == 1 { corner(i + 1, j) } else { corner(i, j + 1) };
            let ((ax, ay), (dx, dy)) = (corner(i, j), shifts[(i * SIDE + j) * 3 + across]);
            ((ax + other.0) / 2.0 + dx / 10.0, (ay + other.1) / 2.0 + dy / 10.0)
        };
        let cell = |i: usize, j: usize| {
            let ring = [
                corner(i, j),
                bend(i, j, 1),
                corner(i + 1, j),
                bend(i + 1, j, 2),
                corner(i + 1, j + 1),
                bend(i, j + 1, 1),
                corner(i, j + 1),
                bend(i, j, 2),
            ];
            Polygon::new(LineString::from(ring.to_vec()), vec![])
        };
        (0..SIDE - 1).flat_map(|i| (0..SIDE - 1).map(move |j| (i, j))).map(|(i, j)| cell(i, j)).collect()
    })
}

/// Rectangles anywhere.
fn mess() -> impl Strategy<Value = Vec<Polygon<f64>>> {
    let rectangle = (0.0..100.0, 0.0..100.0, 1.0..40.0, 1.0..40.0, -5.0..5.0);
    prop::collection::vec(rectangle, 2..14).prop_map(|rectangles| {
        let polygon = |(x, y, w, h, lean): (f64, f64, f64, f64, f64)| {
            let ring = vec![(x, y), (x + w, y + lean), (x + w, y + h + lean), (x, y + h)];
            Polygon::new(LineString::from(ring), vec![])
        };
        rectangles.into_iter().map(polygon).collect()
    })
}

fn moved(polygons: &[Polygon<f64>], by: [f64; 2]) -> Vec<Polygon<f64>> {
    use geo::Translate;
    polygons.iter().map(|polygon| polygon.translate(by[0], by[1])).collect()
}

/// The overlaps' and gaps' areas with the names of their features, in an order of their own.
fn findings(found: &Coverage, name: impl Fn(usize) -> usize) -> Vec<(Vec<usize>, f64)> {
    let overlaps = found.overlaps.iter().map(|o| (o.features.to_vec(), o.shape.area_m2));
    let gaps = found.gaps.iter().map(|gap| (gap.features.clone(), gap.shape.area_m2));
    let mut all: Vec<(Vec<usize>, f64)> = overlaps
        .chain(gaps)
        .map(|(features, area_m2)| {
            let mut names: Vec<usize> = features.into_iter().map(&name).collect();
            names.sort_unstable();
            (names, area_m2)
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    all
}

/// What rounding every crossing to the grid can make of the area of shapes with this much border, m².
fn rounding_m2(found: &Coverage) -> f64 {
    GRID_STEP_M * (found.totals.loose_m + found.totals.matched_m)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_partition_has_no_finding(cells in partition()) {
        let found = checked(&cells);
        prop_assert!(found.overlaps.is_empty() && found.gaps.is_empty() && found.multiples.is_empty());
        prop_assert!(found.near_misses.is_empty() && found.missing_vertices.is_empty());
        let totals = found.totals;
        // 24 inner borders of two edges, each from both sides; 16 outer ones.
        prop_assert_eq!((totals.matched_edges, totals.loose_edges), (96, 32));
        prop_assert_eq!((totals.residual_m2, totals.covered_more_than_once_m2, totals.at_grid_limit), (0.0, 0.0, 0));
    }

    #[test]
    fn a_cell_drawn_smaller_leaves_a_ring_of_known_area(cells in partition(), cell in 0usize..4, share in 0.98..0.999) {
        // An inner cell of the 4 × 4, drawn smaller about its middle.
        use geo::{Area, Centroid, Scale};
        let position = [5, 6, 9, 10][cell];
        let mut cells = cells;
        let whole = cells[position].clone();
        cells[position] = whole.scale_around_point(share, share, whole.centroid().unwrap());
        let found = checked(&cells);
        let uncovered: f64 = found.gaps.iter().map(|gap| gap.shape.area_m2).sum();
        let covered: f64 = found.overlaps.iter().map(|overlap| overlap.shape.area_m2).sum();
        // A cell with a notch may bulge over its border when it is drawn smaller: then it overlaps there.
        let ring = whole.unsigned_area() * (1.0 - share * share);
        prop_assert!((uncovered - covered - ring).abs() < rounding_m2(&found), "{uncovered} {covered} {ring}");
        prop_assert!(found.gaps.iter().all(|gap| gap.features.contains(&position)));
        prop_assert!(found.totals.residual_m2.abs() < rounding_m2(&found));
    }

    #[test]
    fn a_missing_cell_is_a_hole_of_its_own_size(cells in partition(), cell in 0usize..4) {
        use geo::Area;
        let position = [5, 6, 9, 10][cell];
        let mut cells = cells;
        let whole = cells.remove(position);
        let found = checked(&cells);
        prop_assert_eq!(found.gaps.len(), 1);
        prop_assert!((found.gaps[0].shape.area_m2 - whole.unsigned_area()).abs() < rounding_m2(&found));
        prop_assert_eq!(found.gaps[0].features.len(), 4);
        prop_assert!(found.near_misses.is_empty());
    }

    #[test]
    fn sums_add_up_and_pairs_are_those_of_the_overlay(mess in mess()) {
        let prepared = prepared(&mess);
        let found = check(&prepared, &OPTIONS).unwrap();
        let pairs: Vec<([usize; 2], f64)> =
            found.overlaps.iter().map(|overlap| (overlap.features, overlap.shape.area_m2)).collect();
        let all = self_overlaps(&prepared, &overlay::Options::default());
        let wide = all.pairs.iter().filter(|pair| pair.region.as_ref().is_some_and(|r| r.mean_width_m() > 1e-5));
        let expected: Vec<[usize; 2]> = wide.clone().map(|pair| [pair.subject, pair.reference]).collect();
        prop_assert_eq!(pairs.iter().map(|pair| pair.0).collect::<Vec<_>>(), expected);
        for ((_, area_m2), pair) in pairs.iter().zip(wide) {
            prop_assert!((area_m2 - pair.area_m2).abs() < rounding_m2(&found));
        }
        let totals = found.totals;
        prop_assert!(totals.residual_m2.abs() < rounding_m2(&found), "{totals:?}");
        // Each pair is rounded for itself.
        let pairwise = rounding_m2(&found) * (1 + found.overlaps.len()) as f64;
        prop_assert!(totals.pair_residual_m2.abs() < pairwise, "{totals:?}");
    }

    #[test]
    fn neither_order_nor_place_matters(mess in mess(), seed in any::<u64>(), east in 0i32..1000, north in 0i32..1000) {
        let mut order: Vec<usize> = (0..mess.len()).collect();
        order.sort_by_key(|&i| (i as u64 + 1).wrapping_mul(seed | 1));
        let shuffled: Vec<Polygon<f64>> = order.iter().map(|&i| mess[i].clone()).collect();
        let (one, other) = (checked(&mess), checked(&shuffled));
        prop_assert_eq!(findings(&one, |i| i), findings(&other, |i| order[i]));
        let by = [f64::from(east) * 64.0, f64::from(north) * 64.0];
        // On the grid already, so that moving rounds nothing.
        let step = |v: f64| (v * 1024.0).round() / 1024.0;
        use geo::MapCoords;
        let snapped: Vec<Polygon<f64>> =
            mess.iter().map(|p| p.map_coords(|c| geo_types::Coord { x: step(c.x), y: step(c.y) })).collect();
        let (here, there) = (checked(&snapped), checked(&moved(&snapped, by)));
        prop_assert_eq!(findings(&here, |i| i), findings(&there, |i| i));
        prop_assert_eq!(here.near_misses.len(), there.near_misses.len());
    }
}
