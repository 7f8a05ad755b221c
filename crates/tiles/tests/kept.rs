//! A layer that was kept makes the tiles of the layer that was prepared, byte for byte; and whatever becomes of its
//! bytes, asking it for tiles ends in a tile or in none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use std::sync::{Arc, Mutex};

use geo_types::Coord;
use proptest::prelude::*;
use support::any::{features, tiles_near};
use support::{Partition, feature};
use tiles::{
    KeptLayer, Key, LayerSettings, MAX_ZOOM, Small, TileCoord, TileFeature, TileLayer, Unreadable, Value,
    WORLD_HALF_M,
};

fn settings(small: Small, coarser_by: Option<u8>) -> LayerSettings {
    let key = |name: &str, on_labels, from_zoom| Key { name: name.into(), on_labels, from_zoom };
    let keys = vec![key("name", true, 0), key("area_ha", false, 8)];
    LayerSettings { coarser_by, ..LayerSettings::new("kept", keys, small) }
}

/// A feature with attributes, some of them those of others, and a label.
fn attributed(at: [f64; 2], feature: TileFeature) -> TileFeature {
    let name = Value::Text(format!("commune {}", feature.id % 3).into());
    let area = (!feature.id.is_multiple_of(4)).then(|| Value::Number(feature.id as f64 / 8.0));
    TileFeature {
        values: vec![Some(name), area],
        label: Some(at),
        label_min_zoom: (feature.id % 5) as u8,
        ..feature
    }
}

fn opened(settings: LayerSettings, parts: Vec<Vec<u8>>) -> Result<KeptLayer, Unreadable> {
    KeptLayer::open(settings, move |part| parts.get(part).cloned())
}

#[test]
fn all_tiles_of_a_partition_are_those_that_were_made() {
    let corner = Coord { x: 11_881_234.0, y: 2_394_321.0 };
    // Some thousand vertices a cell: more than a large feature has.
    let partition = Partition::new(corner, 4_000.0, 6, 8, 5);
    let features: Vec<TileFeature> =
        partition.features.into_iter().map(|feature| attributed([corner.x, corner.y], feature)).collect();
    for (small, coarser_by) in [(Small::Count, None), (Small::Keep, Some(3))] {
        let settings = || settings(small, coarser_by);
        let made = TileLayer::new(settings(), features.clone());
        let kept = opened(settings(), made.parts().collect()).unwrap();
        let mut drawn = 0;
        for z in 0..=17_u8 {
            let tile = |metres: f64| {
                ((metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M) * f64::from(1_u32 << z)).floor() as u32
            };
            for x in tile(corner.x)..=tile(corner.x + 4_000.0) {
                for y in tile(-corner.y - 4_000.0)..=tile(-corner.y) {
                    let coord = TileCoord::new(z, x, y).unwrap();
                    let tile = made.encode(coord);
                    drawn += tile.features;
                    assert_eq!(kept.encode(coord).as_ref(), Ok(&tile), "{coord:?}");
                }
            }
        }
        assert!(drawn > 36 * 18, "{drawn}");
    }
}

#[test]
fn all_levels_can_be_read_ahead_and_none_twice_however_many_ask() {
    let partition = Partition::new(Coord { x: 0.0, y: 0.0 }, 1_000.0, 2, 3, 1);
    let made = TileLayer::new(settings(Small::Keep, Some(2)), partition.features);
    let (parts, read) = (made.parts().collect::<Vec<_>>(), Arc::new(Mutex::new(Vec::new())));
    let count = parts.len();
    let counting = Arc::clone(&read);
    let open = move |part: usize| {
        counting.lock().unwrap().push(part);
        parts.get(part).cloned()
    };
    let kept = KeptLayer::open(settings(Small::Keep, Some(2)), open).unwrap();
    let coord = TileCoord::new(14, 8192, 8191).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(kept.encode(coord).as_ref(), Ok(&made.encode(coord))));
            scope.spawn(|| while kept.read_ahead().unwrap() {});
        }
    });
    assert_eq!(kept.read_ahead(), Ok(false));
    let mut read = read.lock().unwrap().clone();
    read.sort_unstable();
    assert_eq!(read, (0..count).collect::<Vec<_>>());
}

#[test]
fn levels_are_read_when_a_tile_needs_them_and_once() {
    let partition = Partition::new(Coord { x: 0.0, y: 0.0 }, 1_000.0, 2, 3, 1);
    let parts: Vec<Vec<u8>> =
        TileLayer::new(settings(Small::Keep, Some(2)), partition.features).parts().collect();
    let (read, count) = (Arc::new(Mutex::new(Vec::new())), parts.len());
    let kept = {
        let read = Arc::clone(&read);
        KeptLayer::open(settings(Small::Keep, Some(2)), move |part| {
            read.lock().unwrap().push(part);
            // The last part cannot be had.
            parts.get(part).filter(|_| part + 1 < count).cloned()
        })
    };
    let kept = kept.unwrap();
    let coord = |z: u8| TileCoord::new(z, 1 << (z - 1), (1 << (z - 1)) - 1).unwrap();
    assert!(!kept.is_read(coord(9)));
    kept.encode(coord(9)).unwrap();
    assert!(kept.is_read(coord(9)) && !kept.is_read(coord(10)));
    kept.encode(coord(9)).unwrap();
    // The head, level 9 of 17, and the level of fewer vertices for zoom 9.
    assert_eq!(*read.lock().unwrap(), [0, 10, 27]);
    assert_eq!(kept.encode(coord(20)), Err(Unreadable { part: count - 1 }));
}

/// What becomes of one part: some of its bytes are others, more or fewer.
type Damage = (prop::sample::Index, Vec<(prop::sample::Index, usize, Vec<u8>)>);

fn damage() -> impl Strategy<Value = Damage> {
    let bytes = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..9),
        proptest::collection::vec(prop_oneof![Just(0), Just(1), Just(0x7f), Just(0xff)], 1..9),
    ];
    (
        any::<prop::sample::Index>(),
        proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..9, bytes), 1..4),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_layer_is_kept_as_it_is_and_nothing_else_makes_it_panic(
        (place, size, geometries) in features(),
        small in prop_oneof![Just(Small::Keep), Just(Small::Count)],
        coarser_by in proptest::option::of(0_u8..5),
        damages in proptest::collection::vec(damage(), 12),
    ) {
        let features =
            geometries.into_iter().enumerate().map(|(i, g)| attributed(place, feature(i as u64, g))).collect();
        let made = TileLayer::new(settings(small, coarser_by), features);
        let parts: Vec<Vec<u8>> = made.parts().collect();
        let kept = opened(settings(small, coarser_by), parts.clone()).unwrap();
        let tiles = || (0..=MAX_ZOOM).flat_map(|z| tiles_near(place, size, z));
        for coord in tiles() {
            prop_assert_eq!(kept.encode(coord), Ok(made.encode(coord)));
        }
        for (part, cuts) in damages {
            let mut parts = parts.clone();
            let part = part.get_mut(&mut parts);
            for (at, taken, put) in cuts {
                let start = at.index(part.len() + 1);
                let end = part.len().min(start + taken);
                part.splice(start..end, put);
            }
            if let Ok(kept) = opened(settings(small, coarser_by), parts) {
                // Whether it is a tile or an error, and which one, is for checksums to say.
                tiles().for_each(|coord| drop(kept.encode(coord)));
            }
        }
    }
}
