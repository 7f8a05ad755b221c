//! Many small polygons that do not touch, from afar: their area stays, nothing lies over anything, each is counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use geo_types::{LineString, Polygon};
use reader::{decode, doubled_area};
use support::{feature, winding};
use tiles::{LayerSettings, Small, TileCoord, TileFeature, TileLayer, WORLD_HALF_M};

const COLUMNS: u32 = 50;
const ROWS: u32 = 40;
/// Distance between two squares' corners, and the side of one, m.
const STEP_M: f64 = 2_000.0;
const SIDE_M: f64 = 1_200.0;

/// Squares in the middle of the tile 8/200/100, so that at every zoom up to 8 one tile holds all.
fn squares() -> Vec<TileFeature> {
    let tile_m = 2.0 * WORLD_HALF_M / 256.0;
    let corner = [200.0 * tile_m - WORLD_HALF_M + 20_000.0, WORLD_HALF_M - 100.0 * tile_m - 20_000.0];
    let square = |i: u32| {
        let (x, y) =
            (corner[0] + f64::from(i % COLUMNS) * STEP_M, corner[1] - f64::from(i / COLUMNS) * STEP_M);
        let ring = vec![(x, y), (x + SIDE_M, y), (x + SIDE_M, y - SIDE_M), (x, y - SIDE_M)];
        // Classes in stripes, each many cells wide at most zooms.
        TileFeature {
            class: i % COLUMNS / 17,
            ..feature(u64::from(i), Polygon::new(LineString::from(ring), vec![]))
        }
    };
    (0..COLUMNS * ROWS).map(square).collect()
}

#[test]
fn area_and_counts_stay_and_nothing_overlaps() {
    let layer = TileLayer::new(LayerSettings::new("squares", vec![], Small::Count), squares());
    let count = (COLUMNS * ROWS) as usize;
    let mut merged_somewhere = false;
    for z in 0..=8_u8 {
        let shift = 8 - z;
        let tile = layer.encode(TileCoord::new(z, 200 >> shift, 100 >> shift).unwrap());
        assert_eq!(tile.features + tile.merged + tile.collapsed, count, "zoom {z}");
        merged_somewhere |= tile.merged > 0;
        let layers = decode(&tile.bytes);
        let rings = || layers[0].features.iter().flat_map(|f| &f.paths);
        let area: i64 = rings().map(|ring| doubled_area(ring)).sum();
        let unit_m = 2.0 * WORLD_HALF_M / f64::from(1_u32 << z) / 4096.0;
        let (drawn, there) =
            (area as f64 / 2.0 * unit_m * unit_m, f64::from(COLUMNS * ROWS) * SIDE_M * SIDE_M);
        // Down to zoom 4 there are over fifty cells of a pixel to fill for each class.
        if z >= 4 {
            assert!((drawn / there - 1.0).abs() < 0.03, "zoom {z}: {drawn} of {there} m²");
        }
        for i in 0..60 {
            for j in 0..60 {
                let around = winding(&layers[0], [i * 67 + 11, j * 67 + 13]);
                assert!((0..=1).contains(&around), "zoom {z}: {around} features over one place");
            }
        }
    }
    assert!(merged_somewhere);
}
