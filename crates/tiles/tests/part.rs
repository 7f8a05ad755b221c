//! After an edit a part of a layer is prepared of the features near it: its tiles are those of the whole layer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use geo_types::{Coord, Geometry, LineString, Polygon};
use support::{Dice, Partition};
use tiles::{Key, LayerSettings, Small, TileCoord, TileFeature, TileLayer, Value, WORLD_HALF_M};

const PLACE: Coord<f64> = Coord { x: 11_881_234.0, y: 2_394_321.0 };

fn settings() -> LayerSettings {
    let key = Key { name: "state".into(), on_labels: false, from_zoom: 0 };
    LayerSettings::new("parts", vec![key], Small::Count)
}

/// West, north, east, south of a geometry, tile units of a zoom from the world's corner.
fn bounds(geometry: &Geometry<f64>, z: u8) -> [f64; 4] {
    let Geometry::Polygon(polygon) = geometry else { panic!("polygons only") };
    let unit = f64::from(1_u32 << z) * 4096.0 / (2.0 * WORLD_HALF_M);
    let edge = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    polygon.exterior().coords().fold(edge, |all, c| {
        let (x, y) = ((c.x + WORLD_HALF_M) * unit, (WORLD_HALF_M - c.y) * unit);
        [all[0].min(x), all[1].min(y), all[2].max(x), all[3].max(y)]
    })
}

/// The features that come near a tile.
fn near(features: &[TileFeature], tile: TileCoord) -> Vec<TileFeature> {
    let reach = settings().reach_units() as f64;
    let [x, y] = [tile.x(), tile.y()].map(|v| f64::from(v) * 4096.0);
    let comes_near = |feature: &&TileFeature| {
        let [west, north, east, south] = bounds(&feature.geometry, tile.z());
        west <= x + 4096.0 + reach && east >= x - reach && north <= y + 4096.0 + reach && south >= y - reach
    };
    let mut near: Vec<TileFeature> = features.iter().filter(comes_near).cloned().collect();
    // Classes are told apart by their numbers, which may be others for a part.
    near.iter_mut().for_each(|feature| feature.class = 9 - feature.class);
    near
}

/// Every tile inside another, down to zoom 16, of which at most 256 a zoom.
fn below(tile: TileCoord, mut visit: impl FnMut(TileCoord)) {
    for z in tile.z()..=16 {
        let by = z - tile.z();
        let (side, step) = (1_u32 << by, (1_usize << by).div_ceil(16));
        for x in (0..side).step_by(step) {
            for y in (0..side).step_by(step) {
                visit(TileCoord::new(z, (tile.x() << by) + x, (tile.y() << by) + y).unwrap());
            }
        }
    }
}

/// The pieces of a ring around its middle: triangles, each cut in three again and again.
fn pieces(ring: &[Coord<f64>], depth: u32, into: &mut Vec<[Coord<f64>; 3]>) {
    let corners = &ring[..ring.len() - 1];
    let mean = |of: fn(&Coord<f64>) -> f64| corners.iter().map(of).sum::<f64>() / corners.len() as f64;
    let middle = Coord { x: mean(|c| c.x), y: mean(|c| c.y) };
    for pair in ring.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        if depth == 0 { into.push([a, b, middle]) } else { pieces(&[a, b, middle, a], depth - 1, into) }
    }
}

/// Cells of which a few are in pieces too small for far zooms.
fn partition(cells: usize, side: f64, seed: u64) -> Vec<TileFeature> {
    let mut features = Vec::new();
    for (i, cell) in Partition::new(PLACE, side, cells, 3, seed).features.into_iter().enumerate() {
        let Geometry::Polygon(polygon) = &cell.geometry else { panic!("polygons only") };
        let mut small = Vec::new();
        if i % 61 == 0 {
            pieces(&polygon.exterior().0, 2, &mut small);
        }
        let small = small.into_iter().map(|corners| Polygon::new(LineString(corners.to_vec()), vec![]));
        let start = features.len();
        features.extend(small.map(|piece| support::feature(0, piece)));
        if features.len() == start {
            features.push(cell);
        }
    }
    for (i, cell) in features.iter_mut().enumerate() {
        cell.id = i as u64;
        cell.values = vec![Some(Value::Text(format!("{i}").as_str().into()))];
        cell.class = (i as u32 * 7) % 5;
        cell.weight = i as f64 % 13.0;
        let Geometry::Polygon(polygon) = &cell.geometry else { panic!("polygons only") };
        cell.label = polygon.exterior().0.first().map(|c| [c.x, c.y]);
    }
    features
}

#[test]
fn tiles_of_a_part_are_those_of_the_whole_layer() {
    let (mut compared, mut merged) = (0, 0);
    for (cells, side, seed) in [(80, 60_000.0, 1), (40, 50_000.0, 2), (60, 30_000.0, 3)] {
        let features = partition(cells, side, seed);
        let whole = TileLayer::new(settings(), features.clone());
        let mut dice = Dice::new(seed);
        for round in 0..12_u8 {
            let z = 9 + round % 6;
            let at = |low: f64, roll: f64| low + side * roll.abs();
            let place = Geometry::from(Polygon::new(
                LineString(vec![Coord { x: at(PLACE.x, dice.roll()), y: at(PLACE.y, dice.roll()) }; 3]),
                vec![],
            ));
            let [x, y, ..] = bounds(&place, z).map(|c| (c / 4096.0).floor() as u32);
            let tile = TileCoord::new(z, x, y).unwrap();
            let part = whole.part(near(&features, tile), z);
            below(tile, |tile| {
                let [expected, found] = [&whole, &part].map(|layer| layer.encode(tile));
                assert_eq!(found.bytes, expected.bytes, "{cells} cells, round {round}, zoom {z}: {tile:?}");
                assert_eq!(found.collapsed, expected.collapsed);
                compared += usize::from(!expected.bytes.is_empty());
                merged += expected.merged;
            });
        }
    }
    assert!(compared > 5_000 && merged > 1_000, "{compared} tiles, {merged} features merged");
}

#[test]
fn a_part_of_a_scattered_layer_goes_on_as_the_whole() {
    // Thousands of squares that do not touch: from afar they are a mosaic, of which a part cannot know all.
    let squares: Vec<TileFeature> = (0..16_900_u64)
        .map(|i| {
            let (x, y) = (PLACE.x + 60.0 * (i % 130) as f64, PLACE.y + 60.0 * (i / 130) as f64);
            let corners = [(x, y), (x + 30.0, y), (x + 30.0, y + 30.0), (x, y + 30.0)];
            support::feature(i, Polygon::new(LineString::from(corners.to_vec()), vec![]))
        })
        .collect();
    let whole = TileLayer::new(LayerSettings::new("parts", vec![], Small::Count), squares.clone());
    let z = whole.parts_from();
    assert!((9..=13).contains(&z), "30 m are seen at zoom 13, and not at zoom 8: {z}");
    let [x, y, ..] = bounds(&squares[8_200].geometry, z).map(|c| (c / 4096.0).floor() as u32);
    let tile = TileCoord::new(z, x, y).unwrap();
    let part = whole.part(near(&squares, tile), z);
    below(tile, |tile| assert_eq!(part.encode(tile), whole.encode(tile), "{tile:?}"));
    let [x, y, ..] = bounds(&squares[8_200].geometry, 13).map(|c| (c / 4096.0).floor() as u32);
    let tile = TileCoord::new(13, x, y).unwrap();
    let near = near(&squares, tile);
    assert!(near.len() < squares.len(), "a part it is");
    let part = whole.part(near, 13);
    below(tile, |tile| assert_eq!(part.encode(tile), whole.encode(tile), "{tile:?}"));
    assert_eq!(TileLayer::new(settings(), partition(40, 20_000.0, 4)).parts_from(), 0);
}
