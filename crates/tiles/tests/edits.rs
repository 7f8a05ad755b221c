//! An edit changes the tiles that the old and the new shape touch and no others, at every zoom; and what a layer is
//! prepared from is all that its tiles depend on, whatever was edited before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use std::collections::{BTreeSet, HashMap};

use geo_types::{Coord, Geometry, LineString, Polygon};
use reader::decode;
use support::{Dice, Partition, feature};
use tiles::{Key, LayerSettings, Small, TileCoord, TileFeature, TileLayer, Value, WORLD_HALF_M};

/// Where the layers lie: in no tile's corner.
const PLACE: Coord<f64> = Coord { x: 11_881_234.0, y: 2_394_321.0 };
/// The deepest zoom at which all tiles are compared.
const DEEPEST: u8 = 14;
/// A tile shows borders up to its buffer, and of small features an eighth of a tile further; beyond, blocks of 512 units
/// are generalised as one.
const BUFFER_UNITS: f64 = 64.0;
const MARGIN_UNITS: f64 = 512.0 + 512.0;

fn layer(small: Small, features: &[TileFeature]) -> TileLayer {
    let key = Key { name: "state".into(), on_labels: false, from_zoom: 0 };
    TileLayer::new(LayerSettings::new("edits", vec![key], small), features.to_vec())
}

/// West, south, east, north.
fn bounds(geometry: &Geometry<f64>) -> [f64; 4] {
    let Geometry::Polygon(polygon) = geometry else { panic!("polygons only") };
    let ring = || polygon.exterior().coords();
    let least = |of: fn(&Coord<f64>) -> f64| ring().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Coord<f64>) -> f64| ring().map(of).fold(f64::NEG_INFINITY, f64::max);
    [least(|c| c.x), least(|c| c.y), most(|c| c.x), most(|c| c.y)]
}

fn units(metres: f64, z: u8) -> f64 {
    (metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M) * f64::from(1_u32 << z) * 4096.0
}

/// Whether a box comes within so many units of a tile.
fn near([west, south, east, north]: [f64; 4], tile: TileCoord, margin: f64) -> bool {
    let z = tile.z();
    let within = |low: f64, high: f64, tile: u32| {
        let start = f64::from(tile) * 4096.0;
        high >= start - margin && low <= start + 4096.0 + margin
    };
    within(units(west, z), units(east, z), tile.x()) && within(units(-north, z), units(-south, z), tile.y())
}

/// Every tile of every zoom down to the deepest in which there is anything, with its bytes.
fn tiles(layer: &TileLayer, [west, south, east, north]: [f64; 4]) -> HashMap<TileCoord, Vec<u8>> {
    let mut all = HashMap::new();
    for z in 0..=DEEPEST {
        let tile = |metres: f64| (units(metres, z) / 4096.0).floor() as u32;
        for x in tile(west)..=tile(east) {
            for y in tile(-north)..=tile(-south) {
                let coord = TileCoord::new(z, x, y).unwrap();
                let bytes = layer.encode(coord).bytes;
                if !bytes.is_empty() {
                    all.insert(coord, bytes);
                }
            }
        }
    }
    all
}

fn changed(before: &HashMap<TileCoord, Vec<u8>>, after: &HashMap<TileCoord, Vec<u8>>) -> BTreeSet<TileCoord> {
    before.keys().chain(after.keys()).copied().filter(|tile| before.get(tile) != after.get(tile)).collect()
}

/// A star of some vertices.
fn star(middle: Coord<f64>, radius_m: f64, dice: &mut Dice) -> Geometry<f64> {
    let count = 12 + (dice.roll().abs() * 30.0) as usize;
    let ring = (0..count).map(|k| {
        let angle = std::f64::consts::TAU * k as f64 / count as f64;
        let reach = radius_m * (0.7 + 0.3 * dice.roll());
        Coord { x: middle.x + reach * angle.cos(), y: middle.y + reach * angle.sin() }
    });
    Polygon::new(LineString(ring.collect()), vec![]).into()
}

fn named(id: u64, geometry: Geometry<f64>, state: &str) -> TileFeature {
    TileFeature { values: vec![Some(Value::Text(state.into()))], ..feature(id, geometry) }
}

/// Zones apart from each other, some of them small, one of which is edited: moved, drawn anew, taken away, added.
#[test]
fn an_edit_of_a_zone_changes_the_tiles_that_show_it_and_no_others() {
    let mut dice = Dice::new(3);
    let mut zones: Vec<TileFeature> = (0..49_u64)
        .map(|i| {
            let at = |k: u64| 4_000.0 * k as f64;
            let middle = Coord { x: PLACE.x + at(i % 7), y: PLACE.y + at(i / 7) };
            let radius_m = if i % 3 == 0 { 30.0 } else { 900.0 + 600.0 * dice.roll() };
            named(i, star(middle, radius_m, &mut dice), "established")
        })
        .collect();
    let everywhere = [PLACE.x - 6_000.0, PLACE.y - 6_000.0, PLACE.x + 36_000.0, PLACE.y + 36_000.0];
    let mut before = tiles(&layer(Small::Keep, &zones), everywhere);
    for round in 0..24_usize {
        let edited = (dice.roll().abs() * 48.0) as usize;
        let old = zones.get(edited).map(|zone| zone.geometry.clone());
        let at = |roll: f64| 28_000.0 * roll.abs();
        let middle = Coord { x: PLACE.x + at(dice.roll()), y: PLACE.y + at(dice.roll()) };
        let new = match round % 4 {
            0 => Some(star(middle, 700.0, &mut dice)),
            1 => old.clone(),
            2 => None,
            _ => Some(star(middle, 20.0, &mut dice)),
        };
        let id = zones[edited].id;
        zones.retain(|zone| zone.id != id);
        zones.extend(new.clone().map(|new| named(id, new, &format!("round {round}"))));
        let after = tiles(&layer(Small::Keep, &zones), everywhere);
        let shows = |tiles: &HashMap<TileCoord, Vec<u8>>, tile: TileCoord| {
            let layers = tiles.get(&tile).map(|bytes| decode(bytes)).unwrap_or_default();
            layers.iter().any(|layer| layer.features.iter().any(|feature| feature.id == Some(id)))
        };
        let changed = changed(&before, &after);
        let shown: BTreeSet<TileCoord> = before
            .keys()
            .chain(after.keys())
            .copied()
            .filter(|&tile| shows(&before, tile) || shows(&after, tile))
            .collect();
        assert_eq!(changed, shown, "round {round}");
        let boxes: Vec<[f64; 4]> = old.iter().chain(&new).map(bounds).collect();
        let touched = |tile: TileCoord| boxes.iter().any(|&b| near(b, tile, BUFFER_UNITS + 1.0));
        assert!(changed.iter().all(|&tile| touched(tile)), "round {round}");
        assert!(changed.len() > usize::from(DEEPEST), "round {round}: every zoom shows the zone");
        before = after;
        if zones.len() < 40 {
            zones.push(named(100 + round as u64, star(middle, 500.0, &mut dice), "new"));
            before = tiles(&layer(Small::Keep, &zones), everywhere);
        }
    }
}

/// A partition in which a corner that several cells share is moved, so that they are edited together, or one cell
/// changes what it is. Small cells are merged far out.
#[test]
fn an_edit_of_a_partition_changes_tiles_near_it_alone() {
    for (cells, side, seed) in [(12, 40_000.0, 1), (60, 30_000.0, 2)] {
        let partition = Partition::new(PLACE, side, cells, 3, seed);
        let mut features = partition.features;
        for (i, cell) in features.iter_mut().enumerate() {
            cell.values = vec![Some(Value::Text("as planned".into()))];
            cell.class = (i as u32 * 7) % 5;
        }
        let everywhere = [PLACE.x, PLACE.y, PLACE.x + side, PLACE.y + side];
        let before = tiles(&layer(Small::Count, &features), everywhere);
        let mut dice = Dice::new(seed);
        for round in 0..12 {
            let mut edited = features.clone();
            let cell = (dice.roll().abs() * (features.len() - 1) as f64) as usize;
            let Geometry::Polygon(polygon) = &features[cell].geometry else { panic!("polygons only") };
            let vertex = polygon.exterior().0[(round * 5) % (polygon.exterior().0.len() - 1)];
            let step = side / cells as f64 * 0.02;
            let moved = Coord { x: vertex.x + step * dice.roll(), y: vertex.y + step * dice.roll() };
            let mut boxes = Vec::new();
            for other in &mut edited {
                let Geometry::Polygon(polygon) = &other.geometry else { panic!("polygons only") };
                if !polygon.exterior().0.contains(&vertex) {
                    continue;
                }
                let ring = polygon.exterior().coords().map(|&c| if c == vertex { moved } else { c });
                let ring = LineString(ring.collect());
                boxes.push(bounds(&other.geometry));
                other.geometry = Polygon::new(ring, vec![]).into();
                boxes.push(bounds(&other.geometry));
            }
            edited[cell].values = vec![Some(Value::Text(format!("round {round}").as_str().into()))];
            let after = tiles(&layer(Small::Count, &edited), everywhere);
            let changed = changed(&before, &after);
            let touched = |tile: TileCoord| boxes.iter().any(|&b| near(b, tile, BUFFER_UNITS + MARGIN_UNITS));
            let beyond: Vec<_> = changed.iter().filter(|&&tile| !touched(tile)).collect();
            assert!(beyond.is_empty(), "{cells} cells, round {round}: {beyond:?} of {}", changed.len());
            assert!(changed.iter().any(|tile| tile.z() == DEEPEST), "{cells} cells, round {round}");
        }
    }
}

/// Neither the order in which features come nor what was there before is seen in the tiles.
#[test]
fn the_order_of_features_is_no_matter() {
    let partition = Partition::new(PLACE, 20_000.0, 20, 3, 5);
    let everywhere = [PLACE.x, PLACE.y, PLACE.x + 20_000.0, PLACE.y + 20_000.0];
    let one = tiles(&layer(Small::Count, &partition.features), everywhere);
    let mut turned = partition.features;
    turned.reverse();
    assert_eq!(changed(&one, &tiles(&layer(Small::Count, &turned), everywhere)), BTreeSet::new());
}
