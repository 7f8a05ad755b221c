//! Whatever comes in, tiles are valid: the rules of the specification (2.1) that a validator checks, for polygons of any
//! kind, lines and points, of any size, anywhere, the edges of the world included.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use geo_types::{LineString, Polygon};
use proptest::prelude::*;
use reader::{Feature, decode, doubled_area};
use support::any::{features, tiles_near};
use support::feature;
use tiles::{LayerSettings, MAX_ZOOM, Small, TileCoord, TileLayer, WORLD_HALF_M};

/// What the specification says of one feature.
fn check(feature: &Feature) {
    assert!(!feature.paths.is_empty(), "a feature without geometry");
    let near = |p: &[i64; 2]| p.iter().all(|c| (-8192..=8191).contains(c));
    assert!(feature.paths.iter().flatten().all(near), "coordinates do not fit 16 bits when doubled");
    match feature.kind {
        1 => assert!(feature.paths.iter().all(|path| path.len() == 1)),
        2 => {
            for path in &feature.paths {
                assert!(path.len() > 1 && path.windows(2).all(|pair| pair[0] != pair[1]), "{path:?}");
            }
        }
        3 => {
            assert!(doubled_area(&feature.paths[0]) > 0, "the first ring is a shell");
            for ring in &feature.paths {
                assert!(ring.len() > 2, "{ring:?}");
                assert_ne!(doubled_area(ring), 0, "{ring:?}");
                let closed = ring.iter().zip(ring.iter().cycle().skip(1));
                assert!(closed.into_iter().all(|(a, b)| a != b), "{ring:?}");
            }
        }
        kind => panic!("geometry type {kind}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn tiles_are_valid(
        (place, size, geometries) in features(),
        keep in any::<bool>(),
        coarse in proptest::option::of(0_u8..5),
        buffer in prop_oneof![Just(0), Just(64), Just(256), Just(5000)],
    ) {
        let small = if keep { Small::Keep } else { Small::Count };
        let features = geometries.into_iter().enumerate().map(|(i, g)| feature(i as u64, g)).collect();
        let settings =
            LayerSettings { coarser_by: coarse, buffer, ..LayerSettings::new("any", vec![], small) };
        let layer = TileLayer::new(settings, features);
        for z in 0..=MAX_ZOOM {
            let mut seen = Vec::new();
            for coord in tiles_near(place, size, z) {
                let tile = layer.encode(coord);
                for decoded in decode(&tile.bytes) {
                    prop_assert_eq!((decoded.version, decoded.extent), (2, 4096));
                    prop_assert!(!decoded.features.is_empty());
                    decoded.features.iter().for_each(check);
                    seen.push(decoded.name);
                }
                prop_assert_eq!(layer.encode(coord), tile, "the same again");
            }
            prop_assert!(z > 0 || !keep || layer.is_empty() || seen.contains(&"any".to_owned()));
        }
    }
}

/// One polygon over the whole world and one past its edges, in a layer of their own.
#[test]
fn the_world_is_a_polygon_too() {
    let square = |half: f64| {
        let corners = [(-half, -half), (half, -half), (half, half), (-half, half)];
        Polygon::new(LineString::from(corners.to_vec()), vec![])
    };
    let layer = TileLayer::new(
        LayerSettings::new("world", vec![], Small::Keep),
        vec![feature(1, square(WORLD_HALF_M)), feature(2, square(9e9))],
    );
    for (z, x, y) in [(0, 0, 0), (3, 0, 7), (9, 200, 311), (16, 0, 0), (16, 40_000, 65_535), (20, 7, 1 << 19)]
    {
        let layers = decode(&layer.encode(TileCoord::new(z, x, y).unwrap()).bytes);
        assert_eq!(layers[0].features.len(), 2);
        layers[0].features.iter().for_each(check);
        for feature in &layers[0].features {
            // The buffer lies within the world or not; the tile itself does.
            assert!(doubled_area(&feature.paths[0]) >= 2 * 4096 * 4096, "{z}/{x}/{y}: {:?}", feature.paths);
        }
    }
}

/// A closed arc right behind another one: its first vertex is looked for among those before it.
#[test]
fn a_line_that_closes_at_the_corner_of_the_world_is_prepared() {
    let most = WORLD_HALF_M;
    let at = [[0.0, 44.4], [0.0, 0.0], [0.0, 83.8], [123.7, 0.0], [101.5, 149.8], [0.0, 0.0]];
    let line: LineString<f64> = at.into_iter().map(|[x, y]| [most - x, most - y]).collect();
    let layer = TileLayer::new(LayerSettings::new("line", vec![], Small::Count), vec![feature(0, line)]);
    assert_eq!((layer.len(), layer.skipped()), (1, 0));
}
