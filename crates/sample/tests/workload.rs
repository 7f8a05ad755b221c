//! The workload of the benchmarks is what it says: a coverage, valid, the same for the same seed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::BTreeMap;

use geo_types::MultiPolygon;
use sample::workload::{Features, SIDE_M, Size, Workload, workload};
use spatial::validity::validate;

const SIZE: Size = Size { cells: 500, zones: 60 };

fn made() -> Workload {
    workload(SIZE, 7)
}

fn shapes(features: &Features) -> impl Iterator<Item = MultiPolygon<f64>> {
    (0..features.len()).map(|k| features.multi_polygon(k))
}

fn is_valid(shape: &MultiPolygon<f64>) -> bool {
    validate(&shape.clone().into()).iter().all(|problem| !problem.kind.is_invalid())
}

fn area_m2(shape: &MultiPolygon<f64>) -> f64 {
    let ring = |line: &geo_types::LineString<f64>| {
        let start = line.0[0];
        line.0
            .windows(2)
            .map(|w| (w[0] - start).x * (w[1] - start).y - (w[1] - start).x * (w[0] - start).y)
            .sum::<f64>()
            / 2.0
    };
    shape.iter().map(|p| ring(p.exterior()) + p.interiors().iter().map(ring).sum::<f64>()).sum()
}

#[test]
fn the_cells_are_valid_and_add_up_to_the_square() {
    let made = made();
    assert_eq!(made.cells.len(), SIZE.cells);
    assert!(shapes(&made.cells).all(|shape| is_valid(&shape)));
    let sum: f64 = shapes(&made.cells).map(|shape| area_m2(&shape)).sum();
    assert!((sum / (SIDE_M * SIDE_M) - 1.0).abs() < 1e-12, "{sum}");
}

#[test]
fn every_inner_edge_is_shared_by_two_cells() {
    let made = made();
    let mut seen: BTreeMap<[u64; 4], i32> = BTreeMap::new();
    for shape in shapes(&made.cells) {
        for w in shape.0[0].exterior().0.windows(2) {
            let [a, b] = [w[0], w[1]].map(|at| [at.x.to_bits(), at.y.to_bits()]);
            let (key, way) = if a < b { ([a, b], 1) } else { ([b, a], -1) };
            *seen.entry([key[0][0], key[0][1], key[1][0], key[1][1]]).or_default() += way;
        }
    }
    // What is left over once only lies along the edge of the square: not many of the edges.
    let outer = seen.values().filter(|&&balance| balance != 0).count();
    assert!(outer > 40 && outer < 200, "{outer} of {}", seen.len());
}

#[test]
fn the_zones_are_valid_and_of_all_kinds() {
    let made = workload(Size { cells: 20_000, zones: 120 }, 7);
    assert_eq!(made.zones.len(), 120);
    assert!(shapes(&made.zones).all(|shape| is_valid(&shape) && area_m2(&shape) > 3e4));
    for kind in ["blob", "hole", "exact", "sliver", "multi"] {
        assert!(made.kinds.contains_key(kind), "{kind} of {:?}", made.kinds);
    }
    assert!(made.kinds.keys().any(|kind| kind.starts_with("near")));
}

#[test]
fn the_nasty_ones_are_not_valid_but_for_repeated_vertices() {
    let made = made();
    for (k, shape) in shapes(&made.nasty).enumerate() {
        // Every vertex three times is no fault; a hole may happen to lie inside.
        match k % 8 {
            3 => assert!(is_valid(&shape), "{k}"),
            6 => {}
            _ => assert!(!is_valid(&shape), "{k}"),
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let bytes = |made: &Workload| {
        let mut bytes = Vec::new();
        for features in [&made.cells, &made.zones, &made.nasty] {
            features.write(&mut bytes).unwrap();
        }
        bytes
    };
    let once = bytes(&made());
    assert!(once == bytes(&made()));
    assert!(once != bytes(&workload(SIZE, 8)));
}
