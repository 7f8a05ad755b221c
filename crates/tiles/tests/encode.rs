//! Tiles read back by a second decoder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;

use geo_types::{Geometry, LineString, MultiPolygon, Polygon, point, polygon};
use reader::{Layer, decode, doubled_area};
use tiles::{Key, LayerSettings, Small, TileCoord, TileFeature, TileLayer, Value, WORLD_HALF_M};

/// Metres of a point given in 1/4096 of the tile 10/512/512, whose corner is the middle of the world.
fn m(x: f64, y: f64) -> (f64, f64) {
    let unit = 2.0 * WORLD_HALF_M / f64::from(1 << 10) / 4096.0;
    (x * unit, -y * unit)
}

fn tile() -> TileCoord {
    TileCoord::new(10, 512, 512).unwrap()
}

fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
    Polygon::new(
        LineString::from(vec![m(x, y), m(x + side, y), m(x + side, y + side), m(x, y + side), m(x, y)]),
        vec![],
    )
}

fn feature(id: u64, geometry: impl Into<Geometry<f64>>) -> TileFeature {
    TileFeature {
        id,
        geometry: geometry.into(),
        label: None,
        values: vec![Some(Value::Text(format!("f{id}").into())), Some(Value::Number(1.5))],
        weight: 1.0,
        class: 0,
        min_zoom: 0,
        label_min_zoom: 0,
    }
}

fn settings(small: Small) -> LayerSettings {
    let key = |name: &str, on_labels| Key { name: name.into(), on_labels, from_zoom: 9 };
    LayerSettings::new("zones", vec![key("fid", true), key("area_ha", false)], small)
}

fn layers(features: Vec<TileFeature>, small: Small, tile: TileCoord) -> Vec<Layer> {
    decode(&TileLayer::new(settings(small), features).encode(tile).bytes)
}

#[test]
fn a_square_comes_back_where_it_was() {
    let layers = layers(vec![feature(7, square(100.0, 200.0, 50.0))], Small::Count, tile());
    assert_eq!(layers.len(), 1);
    assert_eq!((layers[0].name.as_str(), layers[0].version, layers[0].extent), ("zones", 2, 4096));
    let f = &layers[0].features[0];
    assert_eq!((f.id, f.kind), (Some(7), 3));
    assert_eq!(f.tags["fid"], "f7");
    assert_eq!(f.tags["area_ha"], "1.5");
    let mut ring = f.paths[0].clone();
    ring.sort_unstable();
    assert_eq!(ring, [[100, 200], [100, 250], [150, 200], [150, 250]]);
}

#[test]
fn outer_rings_are_positive_and_holes_negative_however_they_were_wound() {
    for reversed in [false, true] {
        let mut outer: Vec<_> = square(0.0, 0.0, 1000.0).exterior().0.clone();
        let mut hole: Vec<_> = square(200.0, 200.0, 300.0).exterior().0.clone();
        if reversed {
            outer.reverse();
        } else {
            hole.reverse();
        }
        let polygon = Polygon::new(LineString(outer), vec![LineString(hole)]);
        let parts = MultiPolygon(vec![polygon, square(2000.0, 2000.0, 100.0)]);
        let layers = layers(vec![feature(0, parts)], Small::Count, tile());
        let areas: Vec<i64> = layers[0].features[0].paths.iter().map(|ring| doubled_area(ring)).collect();
        // Twice 1000², 300² and 100².
        assert_eq!(areas, [2_000_000, -180_000, 20_000]);
    }
}

#[test]
fn a_tile_without_features_has_no_bytes() {
    let layer = TileLayer::new(settings(Small::Keep), vec![feature(0, square(0.0, 0.0, 100.0))]);
    let far = layer.encode(TileCoord::new(10, 3, 3).unwrap());
    assert_eq!((far.bytes.len(), far.features, far.collapsed), (0, 0, 0));
    let none = TileLayer::new(settings(Small::Keep), vec![]).encode(tile());
    assert!(none.bytes.is_empty());
}

#[test]
fn a_label_is_in_one_tile_of_a_zoom_only() {
    let mut f = feature(3, square(4000.0, 100.0, 200.0));
    let (x, y) = m(4096.0, 200.0);
    f.label = Some([x, y]);
    let layer = TileLayer::new(settings(Small::Keep), vec![f]);
    let left = decode(&layer.encode(tile()).bytes);
    let right = decode(&layer.encode(TileCoord::new(10, 513, 512).unwrap()).bytes);
    assert_eq!(left.len(), 1);
    assert_eq!(right.len(), 2);
    let label = &right[1];
    assert_eq!(label.name, "zones-label");
    let point = &label.features[0];
    assert_eq!((point.id, point.kind, point.paths.clone()), (Some(3), 1, vec![vec![[0, 200]]]));
    assert!(point.tags.contains_key("fid") && !point.tags.contains_key("area_ha"));
}

#[test]
fn what_is_smaller_than_a_unit_is_drawn_or_counted() {
    let tiny = || vec![feature(1, square(10.1, 10.1, 0.2))];
    let kept = TileLayer::new(settings(Small::Keep), tiny()).encode(tile());
    let drawn = decode(&kept.bytes);
    assert_eq!(doubled_area(&drawn[0].features[0].paths[0]), 2, "one square unit");
    let beside = || {
        let mut features = tiny();
        features.push(TileFeature { weight: 2.0, ..feature(2, square(20.1, 20.1, 0.2)) });
        features
    };
    let counted = TileLayer::new(settings(Small::Count), beside()).encode(tile());
    assert_eq!((counted.features, counted.collapsed), (1, 1), "the heaviest stands for all");
    assert_eq!(decode(&counted.bytes)[0].features[0].id, Some(2));
    let mut seen = beside();
    seen.push(feature(3, square(30.0, 30.0, 5.0)));
    let counted = TileLayer::new(settings(Small::Count), seen).encode(tile());
    assert_eq!((counted.features, counted.collapsed), (1, 2), "what can be drawn stands for the rest");
}

#[test]
fn a_polygon_around_the_tile_covers_it_and_stays_near() {
    let layers = layers(vec![feature(1, square(-1e6, -1e6, 2e6))], Small::Count, tile());
    let ring = &layers[0].features[0].paths[0];
    assert!(ring.iter().flatten().all(|c| (-64..=4160).contains(c)), "{ring:?}");
    assert_eq!(doubled_area(ring), 2 * 4224 * 4224);
}

#[test]
fn a_tile_too_large_leaves_out_what_is_small_and_counts_it() {
    let features = (0..500_u32)
        .map(|i| {
            let (x, y) = (f64::from(i % 25) * 150.0, f64::from(i / 25) * 150.0);
            let side = 100.0 + f64::from(i * 7 % 40);
            TileFeature { weight: side, ..feature(u64::from(i), square(x, y, side)) }
        })
        .collect::<Vec<_>>();
    let limited = |small| LayerSettings { max_bytes: 5_000, ..settings(small) };
    let smaller = TileLayer::new(limited(Small::Count), features.clone()).encode(tile());
    assert!(smaller.bytes.len() <= 5_000, "{}", smaller.bytes.len());
    assert_eq!(smaller.features + smaller.collapsed, 500);
    // 25 × 20 squares of at most 140 units, 150 apart, begin in 8 × 6 blocks of 512.
    assert!(smaller.features >= 48, "no block looks empty: {}", smaller.features);
    let kept = TileLayer::new(limited(Small::Keep), features).encode(tile());
    assert_eq!((kept.features, kept.collapsed), (500, 0));
}

#[test]
fn attributes_begin_at_their_zoom() {
    let far = TileCoord::new(8, 128, 128).unwrap();
    let layers = layers(vec![feature(1, square(0.0, 0.0, 4000.0))], Small::Count, far);
    assert!(layers[0].features[0].tags.is_empty());
    assert_eq!(layers[0].features[0].id, Some(1));
}

#[test]
fn features_begin_at_their_zoom() {
    let mut f = feature(1, square(0.0, 0.0, 4000.0));
    f.min_zoom = 10;
    let layer = TileLayer::new(settings(Small::Count), vec![f]);
    assert!(layer.encode(TileCoord::new(9, 256, 256).unwrap()).bytes.is_empty());
    assert_eq!(layer.encode(tile()).features, 1);
}

#[test]
fn points_and_lines_are_drawn_too() {
    let (x, y) = m(5.0, 6.0);
    let line = LineString::from(vec![m(-500.0, 100.0), m(5000.0, 100.0)]);
    let mut layers = layers(vec![feature(1, point!(x: x, y: y)), feature(2, line)], Small::Count, tile());
    layers[0].features.sort_unstable_by_key(|feature| feature.id);
    assert_eq!(layers[0].features[0].paths, [[[5, 6]]]);
    let line = &layers[0].features[1].paths[0];
    // Nothing is cut, but no step is too long for sixteen bits.
    assert!(line.first() == Some(&[-500, 100]) && line.last() == Some(&[5000, 100]), "{line:?}");
    assert!(line.windows(2).all(|pair| pair[0][1] == 100 && (1..=3072).contains(&(pair[1][0] - pair[0][0]))));
}

#[test]
fn what_cannot_be_drawn_is_counted() {
    let bad = polygon![(x: f64::NAN, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
    let none = Geometry::Polygon(Polygon::new(LineString(vec![]), vec![]));
    let layer = TileLayer::new(settings(Small::Keep), vec![feature(0, bad), feature(1, none)]);
    assert_eq!((layer.len(), layer.skipped()), (0, 2));
}

#[test]
fn tiles_outside_the_matrix_cannot_be_named() {
    assert!(TileCoord::new(30, 0, 0).is_none());
    assert!(TileCoord::new(0, 1, 0).is_none());
    assert!(TileCoord::new(4, 3, 16).is_none());
    assert!(TileCoord::new(21, 0, 0).is_none());
    assert!(TileCoord::new(255, 0, 0).is_none());
    assert!(TileCoord::new(20, (1 << 20) - 1, 0).is_some());
}
