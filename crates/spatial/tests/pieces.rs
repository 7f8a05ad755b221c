//! Regions side by side: their union, what they leave of a region, and what they cover twice.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{LineString, MultiPolygon, Polygon};
use spatial::{FillRule, Region};

/// Corners of a lattice of 100 m, moved by up to 30 m, the same for all cells that share one.
fn corner(i: i64, j: i64) -> [f64; 2] {
    let moved = |seed: i64| {
        let mixed = (i * 7919 + j * 104_729 + seed).wrapping_mul(0x5851_f42d_4c95_7f2d) as u64 >> 40;
        (mixed as f64 / (1u64 << 24) as f64 - 0.5) * 60.0
    };
    [500_000.0 + 100.0 * i as f64 + moved(1), 1_200_000.0 + 100.0 * j as f64 + moved(2)]
}

fn region(shell: Vec<[f64; 2]>) -> Region {
    let polygon = Polygon::new(LineString::from(shell), vec![]);
    Region::from_multi_polygon(&MultiPolygon(vec![polygon]), FillRule::EvenOdd)
}

fn cell(i: i64, j: i64) -> Region {
    region(vec![corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)])
}

fn cells() -> Vec<Region> {
    (-4..4).flat_map(|i| (-4..4).map(move |j| cell(i, j))).collect()
}

/// A ragged disc well inside the cells.
fn disc() -> Region {
    let spoke = |i: i32| {
        let (angle, length) = (f64::from(i) * std::f64::consts::TAU / 200.0, 210.0 + f64::from(i * 37 % 23));
        [500_000.0 + length * angle.cos(), 1_200_000.0 + length * angle.sin()]
    };
    region((0..200).map(spoke).collect())
}

#[test]
fn cells_are_united_to_what_they_tile() {
    let cells = cells();
    let union = Region::union(&cells);
    // By hand: the shoelace formula along the outer corners.
    let outer: Vec<[f64; 2]> = (-4..4)
        .map(|i| corner(i, -4))
        .chain((-4..4).map(|j| corner(4, j)))
        .chain((-3..5).rev().map(|i| corner(i, 4)))
        .chain((-3..5).rev().map(|j| corner(-4, j)))
        .collect();
    assert_eq!(union, region(outer));
    let sum_m2: f64 = cells.iter().map(Region::area_m2).sum();
    assert!((sum_m2 - union.area_m2()).abs() < 1e-6);
    assert_eq!(Region::covered_more_than_once(&cells), (0.0, Region::default()));
    // Without one in the middle there is a hole; with one twice, that one is covered twice.
    let (one, rest) = cells.split_first().unwrap();
    let holed: Vec<&Region> = cells.iter().filter(|other| **other != cell(0, 0)).collect();
    let holed = Region::union(holed);
    assert_eq!(holed.to_multi_polygon().0[0].interiors().len(), 1);
    assert!((union.area_m2() - holed.area_m2() - cell(0, 0).area_m2()).abs() < 1e-6);
    let twice = rest.iter().chain([one, one]);
    assert_eq!(Region::covered_more_than_once(twice), (one.area_m2(), one.clone()));
}

#[test]
fn cells_that_tile_a_region_leave_nothing_of_it() {
    let (disc, cells) = (disc(), cells());
    assert!(disc.uncovered_by(&cells).is_empty());
    assert_eq!(disc.covered_more_than_once_by(&cells), (0.0, Region::default()));
    let pieces: Vec<Region> = cells.iter().map(|cell| disc.intersection(cell)).collect();
    let sum_m2: f64 = pieces.iter().map(Region::area_m2).sum();
    let union = Region::union(pieces.iter().filter(|piece| !piece.is_empty()));
    assert!((sum_m2 - union.area_m2()).abs() < 1e-9 * sum_m2);
    assert!((disc.area_m2() - union.area_m2()).abs() < 1e-3);
}

#[test]
fn a_missing_cell_leaves_its_piece_and_an_extra_one_covers_again() {
    let (disc, mut cells) = (disc(), cells());
    for (i, j) in [(0, 0), (1, 1), (-2, 0)] {
        let missing = cell(i, j);
        let rest: Vec<&Region> = cells.iter().filter(|cell| **cell != missing).collect();
        let left = disc.uncovered_by(rest.iter().copied());
        let piece = disc.intersection(&missing);
        assert!((left.area_m2() - piece.area_m2()).abs() < 1e-3, "{i} {j}");
        assert_eq!(left.parts().len(), piece.parts().len());
        assert_eq!(disc.covered_more_than_once_by(rest), (0.0, Region::default()));
    }
    let extra = region(vec![[500_000.0, 1_200_000.0], [500_050.0, 1_200_000.0], [500_000.0, 1_200_060.0]]);
    cells.push(extra.clone());
    assert!(disc.uncovered_by(&cells).area_m2() < 1e-3);
    let (extra_m2, shape) = disc.covered_more_than_once_by(&cells);
    assert!((extra_m2 - 1500.0).abs() < 1e-3 && (shape.area_m2() - 1500.0).abs() < 1e-3);
}

#[test]
fn what_touches_nothing_is_left_as_it_is() {
    let disc = disc();
    assert_eq!(disc.uncovered_by([&cell(20, 20)]), disc);
    assert_eq!(disc.uncovered_by([]), disc);
    assert!(disc.uncovered_by([&disc]).is_empty());
    assert!(Region::default().uncovered_by([&disc]).is_empty());
    assert_eq!(Region::union([&disc, &cell(20, 20), &cell(22, 20)]).parts().len(), 3);
}
