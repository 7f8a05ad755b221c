//! A flawless partition stays one in every tile of every zoom: read back, each border belongs to exactly two features,
//! once in each direction, and every place to exactly one. Nothing is measured with a tolerance.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use geo_types::{Coord, LineString, Polygon};
use proptest::prelude::*;
use reader::{Layer, decode};
use support::{Partition, feature, unmatched, winding};
use tiles::{DETAIL_ZOOM, LayerSettings, Small, TileCoord, TileFeature, TileLayer, WORLD_HALF_M};

/// Where a place in metres lies on the grid of a zoom, to a fraction of a unit.
fn units(metres: f64, z: u8) -> f64 {
    (metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M) * f64::from(1_u32 << z) * 4096.0
}

/// Tiles of a zoom that the square reaches, at most `most` of them.
fn tiles_of(corner: Coord<f64>, side: f64, z: u8, most: usize) -> Vec<TileCoord> {
    let tile =
        |metres: f64| (units(metres, z) / 4096.0).floor().clamp(0.0, f64::from((1_u32 << z) - 1)) as u32;
    let (left, right) = (tile(corner.x), tile(corner.x + side));
    let (top, bottom) = (tile(-corner.y - side), tile(-corner.y));
    let all: Vec<_> =
        (top..=bottom).flat_map(|y| (left..=right).map(move |x| TileCoord::new(z, x, y).unwrap())).collect();
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(step).collect()
}

/// Checks a tile of a partition of the square.
fn check(layer: &Layer, tile: TileCoord, corner: Coord<f64>, side: f64) {
    let z = tile.z();
    let at = |metres: f64, tile: u32| units(metres, z) - f64::from(tile) * 4096.0;
    let sides = [
        [at(corner.x, tile.x()), at(corner.x + side, tile.x())],
        [at(-corner.y - side, tile.y()), at(-corner.y, tile.y())],
    ];
    for (a, b) in unmatched(layer) {
        // Below full detail what is rounded may be half a unit off.
        let is_on = |p: [i64; 2], k: usize, limit: f64| (p[k] as f64 - limit).abs() <= 1.0;
        let along = |k: usize| sides[k].iter().any(|&limit| is_on(a, k, limit) && is_on(b, k, limit));
        // A corner of the square that cannot be seen may be cut off: from one side to another, within a pixel.
        let at_side = |p| (0..2).any(|k| sides[k].iter().any(|&limit| is_on(p, k, limit)));
        let is_cut_off = || at_side(a) && at_side(b) && (0..2).all(|k| a[k].abs_diff(b[k]) <= 8);
        assert!(along(0) || along(1) || is_cut_off(), "{tile:?}: {a:?}–{b:?} is no border of two");
    }
    for i in 0..17 {
        for j in 0..17 {
            let place = [i * 255 + 3, j * 251 + 5];
            let deep = |k: usize, by: f64| {
                place[k] as f64 > sides[k][0] + by && (place[k] as f64) < sides[k][1] - by
            };
            let expected = match (deep(0, 2.0) && deep(1, 2.0), deep(0, -2.0) && deep(1, -2.0)) {
                (true, _) => 1,
                (_, false) => 0,
                _ => continue,
            };
            assert_eq!(winding(layer, place), expected, "{tile:?} at {place:?}");
        }
    }
}

fn check_all(features: Vec<TileFeature>, corner: Coord<f64>, side: f64, small: Small, most: usize) {
    let count = features.len();
    let layer = TileLayer::new(LayerSettings::new("cells", vec![], small), features);
    assert_eq!(layer.len(), count);
    // Farther out all of it is too small to be seen, and a pixel stands for it.
    let seen = |z: u8| units(side, z) - units(0.0, z) > 16.0;
    for z in (0..=DETAIL_ZOOM).filter(|&z| seen(z)) {
        for tile in tiles_of(corner, side, z, most) {
            let layers = decode(&layer.encode(tile).bytes);
            let empty = Layer::default();
            check(layers.first().unwrap_or(&empty), tile, corner, side);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    /// Squares from metres to hundreds of kilometres, so that at some zoom borders lie closer than a grid unit.
    #[test]
    fn every_border_is_shared_and_every_place_covered_once(
        seed in any::<u64>(),
        scale in 2.0..18.0_f64,
        cells in 1_usize..9,
        levels in 0_u32..6,
        x in -1.5e7..1.5e7_f64,
        y in -1.5e7..1.5e7_f64,
    ) {
        let (corner, side) = (Coord { x, y }, 3.0 * scale.exp2());
        let partition = Partition::new(corner, side, cells, levels, seed);
        check_all(partition.features, corner, side, Small::Count, 6);
    }
}

/// A border passes a third of a unit right of and a seventh below a place that is looked at.
#[test]
fn a_place_beside_a_border_is_covered_once() {
    let corner = Coord { x: -3_802_782.940_662_582, y: 12_002_630.106_623_566 };
    let side = 3.0 * 7.985_480_144_890_418_f64.exp2();
    let partition = Partition::new(corner, side, 5, 5, 7_808_319_198_694_112_118);
    check_all(partition.features, corner, side, Small::Count, 6);
}

#[test]
fn a_dense_partition_is_flawless_everywhere() {
    let corner = Coord { x: 11_800_000.0, y: 1_300_000.0 };
    let partition = Partition::new(corner, 40_000.0, 40, 4, 7);
    check_all(partition.features, corner, 40_000.0, Small::Count, 40);
}

/// Rows of slanted bricks: where two meet, the brick above has a side and no vertex.
#[test]
fn a_wall_without_vertices_where_borders_end_is_noded() {
    let (cos, sin) = (0.3_f64.cos(), 0.3_f64.sin());
    let turned = |x: f64, y: f64| Coord { x: 1000.0 + x * cos - y * sin, y: 2000.0 + x * sin + y * cos };
    let mut bricks = Vec::new();
    for row in 0..8_u32 {
        let (low, high) = (f64::from(row) * 31.0, f64::from(row + 1) * 31.0);
        let joints: Vec<f64> = (0..=10_u32)
            .map(|i| match i {
                0 => 0.0,
                10 => 700.0,
                _ => f64::from(i) * 70.0 + if row % 2 == 0 { 0.0 } else { 31.7 },
            })
            .collect();
        for pair in joints.windows(2) {
            let corners = [(pair[0], low), (pair[1], low), (pair[1], high), (pair[0], high)];
            let ring: Vec<_> = corners.iter().map(|&(x, y)| turned(x, y)).collect();
            bricks.push(feature(bricks.len() as u64, Polygon::new(LineString(ring), vec![])));
        }
    }
    let layer = TileLayer::new(LayerSettings::new("wall", vec![], Small::Count), bricks);
    // Nine joints in each row stand on the row above and below: 7 inner lines, each with joints from both sides.
    assert_eq!(layer.noded(), 7 * 18);
    for z in 9..=DETAIL_ZOOM {
        for tile in tiles_of(Coord { x: 900.0, y: 2000.0 }, 800.0, z, 30) {
            let layers = decode(&layer.encode(tile).bytes);
            let Some(layer) = layers.first() else { continue };
            for (a, b) in unmatched(layer) {
                // The wall's own outline, whose corners the rotation puts here.
                let at = |p: [i64; 2]| {
                    let metres = |c: i64, t: u32| {
                        (c as f64 + f64::from(t) * 4096.0) / f64::from(1_u32 << z) / 4096.0
                            * 2.0
                            * WORLD_HALF_M
                            - WORLD_HALF_M
                    };
                    let (x, y) = (metres(p[0], tile.x()) - 1000.0, -metres(p[1], tile.y()) - 2000.0);
                    (x * cos + y * sin, y * cos - x * sin)
                };
                let unit = 2.0 * WORLD_HALF_M / f64::from(1_u32 << z) / 4096.0;
                let ((ax, ay), (bx, by)) = (at(a), at(b));
                let near = |u: f64, v: f64, limit: f64| {
                    (u - limit).abs() < 1.5 * unit && (v - limit).abs() < 1.5 * unit
                };
                let outline =
                    near(ax, bx, 0.0) || near(ax, bx, 700.0) || near(ay, by, 0.0) || near(ay, by, 248.0);
                assert!(outline, "{tile:?}: ({ax}, {ay})–({bx}, {by})");
            }
        }
    }
}

/// Zones are never merged: each is drawn at every zoom, and what is drawn of it is shared with its neighbours.
#[test]
fn what_is_kept_is_there_at_every_zoom() {
    let corner = Coord { x: 11_800_000.0, y: 1_300_000.0 };
    let partition = Partition::new(corner, 3_000.0, 5, 3, 3);
    let layer = TileLayer::new(LayerSettings::new("zones", vec![], Small::Keep), partition.features);
    for z in 0..=DETAIL_ZOOM {
        let mut ids: Vec<u64> = tiles_of(corner, 3_000.0, z, usize::MAX)
            .into_iter()
            .flat_map(|tile| decode(&layer.encode(tile).bytes))
            .flat_map(|layer| layer.features)
            .filter_map(|feature| feature.id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 25, "zoom {z}");
    }
}
