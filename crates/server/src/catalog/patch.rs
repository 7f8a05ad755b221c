//! The tiles of a layer after an edit, while the layer is prepared as a whole behind them.
//!
//! An edit changes the tiles near the old and the new shape and no others (`tiles` says how near). So tiles away from it
//! are those from before, and those near it come from a part of the layer that is prepared by itself, of the features
//! around the edit: as far out as these are not too many. Nobody who has moved a boundary waits for the rest of a
//! country. Several edits one after another are one, as long as the layer is not prepared.

use std::sync::{Arc, OnceLock};

use tiles::{DETAIL_ZOOM, Tile, TileCoord, TileLayer};

use super::grid::Grid;
use super::served::Served;

/// Layers of fewer features are prepared before anybody has looked.
const LARGE: usize = 2_000;
/// So many shapes make an edit; of more, another layer.
const MOST_TOUCHED: usize = 400;
/// Features that a part has at most: some tenths of a second.
const MOST_FEATURES: usize = 10_000;
/// The first zoom at which a part is thought of.
const FIRST_ZOOM: u8 = 5;
/// The only grid: tiles on the other are prepared when they are asked for.
const GRID: Grid = Grid::WebMercator;

/// What stands for a layer's tiles.
#[derive(Debug)]
pub(super) struct Patch {
    /// The layer before the edit, whose tiles are there.
    older: Arc<Served>,
    /// Boxes of the shapes before and after, in shares of the grid; what lies nowhere on it is in no tile.
    touched: Vec<[f64; 4]>,
    /// How near a shape must come to a tile to change it, units.
    margin_units: f64,
    /// How far around a tile features matter to it, units.
    reach_units: f64,
    part: OnceLock<Option<Part>>,
}

#[derive(Debug)]
struct Part {
    layer: TileLayer,
    from_zoom: u8,
}

impl Patch {
    /// After an edit of a layer of so many features, which touched these boxes in degrees; none where it is better to
    /// wait for the whole.
    pub(super) fn after(older: &Arc<Served>, touched: &[[f64; 4]], features: usize) -> Option<Arc<Self>> {
        if features < LARGE || touched.len() > MOST_TOUCHED {
            return None;
        }
        // Once for all tiles: each is held against every box.
        let mut touched: Vec<[f64; 4]> = touched.iter().filter_map(|degrees| GRID.shares(*degrees)).collect();
        let before = older.patch();
        let older = if older.has_tiles(GRID) {
            older
        } else {
            let before = before.as_ref()?;
            touched.extend(&before.touched);
            &before.older
        };
        let (older, [margin_units, reach_units]) = (Arc::clone(older), older.near_units());
        let is_edit = touched.len() <= MOST_TOUCHED;
        is_edit.then(|| Arc::new(Self { older, touched, margin_units, reach_units, part: OnceLock::new() }))
    }

    /// A tile of the layer `newer`; none where only the whole layer can tell. Prepares the part, once.
    pub(super) fn tile(&self, newer: &Served, coord: TileCoord) -> Option<Tile> {
        if !self.touches(coord) {
            return self.older.tile_at_hand(GRID, coord);
        }
        let part = self.part(newer)?;
        (coord.z() >= part.from_zoom).then(|| part.layer.encode(coord))
    }

    /// Whether it has a tile without waiting.
    pub(super) fn is_at_hand(&self, coord: TileCoord) -> bool {
        if !self.touches(coord) {
            return self.older.is_at_hand(GRID, coord);
        }
        self.part.get().and_then(Option::as_ref).is_some_and(|part| coord.z() >= part.from_zoom)
    }

    /// Prepares the part, unless that is done.
    pub(super) fn prepare(&self, newer: &Served) {
        self.part(newer);
    }

    fn part(&self, newer: &Served) -> Option<&Part> {
        self.part.get_or_init(|| self.prepared(newer)).as_ref()
    }

    fn prepared(&self, newer: &Served) -> Option<Part> {
        let first = self.older.parts_from(GRID)?.max(FIRST_ZOOM);
        let mut near = (first..=DETAIL_ZOOM).map(|z| (z, self.near(newer, z)));
        let (from_zoom, near) = near.find(|(_, near)| near.len() <= MOST_FEATURES)?;
        let layer = self.older.part(GRID, newer.tile_features(GRID, &near)?, from_zoom)?;
        Some(Part { layer, from_zoom })
    }

    /// The features that matter to the tiles of a zoom that the edit has touched, in their order.
    fn near(&self, newer: &Served, z: u8) -> Vec<usize> {
        let (margin, reach) = (self.margin_units, self.reach_units);
        let mut near = Vec::new();
        for touched in &self.touched {
            let [left, top, right, bottom] = units(*touched, z);
            let tile = |unit: f64| (unit / TILE_UNITS).floor() * TILE_UNITS;
            let window = [
                tile(left - margin) - reach,
                tile(top - margin) - reach,
                tile(right + margin) + TILE_UNITS + reach,
                tile(bottom + margin) + TILE_UNITS + reach,
            ];
            let side = TILE_UNITS * f64::from(1_u32 << z);
            near.extend(newer.near(&Grid::mercator_degrees(window.map(|unit| unit / side))));
            if near.len() > 4 * MOST_FEATURES {
                break;
            }
        }
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Whether an edit may have changed a tile.
    fn touches(&self, coord: TileCoord) -> bool {
        let margin = self.margin_units;
        let [x, y] = [coord.x(), coord.y()].map(|v| f64::from(v) * TILE_UNITS);
        self.touched.iter().any(|&touched| {
            let [left, top, right, bottom] = units(touched, coord.z());
            let meets = |low: f64, high: f64, start: f64| {
                high >= start - margin && low <= start + TILE_UNITS + margin
            };
            meets(left, right, x) && meets(top, bottom, y)
        })
    }
}

/// Side of a tile, units.
const TILE_UNITS: f64 = 4096.0;

/// Where a box in shares of the grid lies at a zoom, units from its corner: left, top, right, bottom.
fn units(shares: [f64; 4], z: u8) -> [f64; 4] {
    let side = TILE_UNITS * f64::from(1_u32 << z);
    shares.map(|share| share * side)
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;
    use planning::{Collection, CollectionInfo, Role};
    use serde_json::json;
    use spatial::{Crs, Feature, Layer};

    use super::*;
    use crate::catalog::LayerRole;

    /// Cells along each side, and their width, degrees.
    const SIDE: usize = 110;
    const CELL: f64 = 0.003;

    fn cell(position: usize, shift: f64) -> Feature {
        let at = |k: usize| k as f64 * CELL;
        let (x, y) = (106.0 + at(position % SIDE), 20.0 + at(position / SIDE));
        let code = ["LUC", "CLN", "ONT"][position % 3];
        let serde_json::Value::Object(properties) = json!({"code": code}) else { unreachable!("an object") };
        let corner = (x + CELL - shift, y + CELL + shift);
        let shape =
            polygon![(x: x, y: y), (x: x + CELL, y: y), (x: corner.0, y: corner.1), (x: x, y: y + CELL)];
        Feature { position: position as u64, id: None, geometry: Some(shape.into()), properties }
    }

    fn served(features: Vec<Feature>, older: Option<&Arc<Served>>) -> Arc<Served> {
        let info: CollectionInfo = serde_json::from_value(
            json!({"collection": "plan", "role": "land_use_plan", "title": {"vi": "", "en": ""}}),
        )
        .unwrap();
        let collection = Collection { info, layer: Arc::new(Layer { crs: Crs::wgs84(), features }) };
        Arc::new(Served::new(LayerRole::Data(Role::LandUsePlan), &collection, 1, 500_000, older))
    }

    fn cells() -> Vec<Feature> {
        (0..SIDE * SIDE).map(|position| cell(position, 0.0)).collect()
    }

    /// The tiles of some zooms around a place, and some farther away.
    fn around(degrees: [f64; 2]) -> Vec<TileCoord> {
        let mut tiles = Vec::new();
        for z in 5..=14_u8 {
            let [x, y, ..] = GRID.shares([degrees[0], degrees[1], degrees[0], degrees[1]]).unwrap();
            let [x, y] = [x, y].map(|share| (share * f64::from(1_u32 << z)) as u32);
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (2, 2), (5, 1)] {
                tiles.extend(TileCoord::new(z, x + dx, y - dy));
            }
        }
        tiles
    }

    /// Holds what stands for the tiles after an edit against the tiles; of how many zooms the edited place was there.
    fn assert_patched(newer: &Arc<Served>, place: [f64; 2]) -> usize {
        newer.prepare_patch();
        let tiles = around(place);
        let patched: Vec<Option<Tile>> = tiles.iter().map(|&coord| newer.patched(GRID, coord)).collect();
        for (coord, tile) in tiles.iter().zip(&patched) {
            assert_eq!(tile.is_some(), newer.is_at_hand(GRID, *coord), "{coord:?}");
        }
        newer.prepare_tiles(GRID, None);
        for (&coord, patched) in tiles.iter().zip(&patched) {
            let Some(patched) = patched else { continue };
            let tile = newer.tile(GRID, coord, None);
            assert_eq!(patched.bytes, tile.bytes, "{coord:?}");
        }
        assert!(newer.patch().is_none() && newer.patched(GRID, tiles[0]).is_none(), "the layer is prepared");
        patched.iter().step_by(5).flatten().count()
    }

    #[test]
    fn after_an_edit_tiles_are_those_of_the_whole_layer_before_it_is_prepared() {
        let (first, second) = (SIDE * 40 + 30, SIDE * 41 + 70);
        let before = served(cells(), None);
        assert!(before.patch().is_none());
        before.prepare_tiles(GRID, None);
        let mut edited = cells();
        edited[first] = cell(first, CELL / 3.0);
        let newer = served(edited.clone(), Some(&before));
        let place = [106.0 + 30.5 * CELL, 20.0 + 40.5 * CELL];
        // Another edit, and one that takes away, before the first is prepared.
        edited[second] = cell(second, -CELL / 4.0);
        edited.remove(first - 1);
        let last = served(edited, Some(&newer));
        let zooms = assert_patched(&newer, place);
        assert!(
            (3..=9).contains(&zooms),
            "near zooms are there, farther ones have too many features: {zooms}"
        );
        assert!(assert_patched(&last, place) >= 3);
    }

    #[test]
    fn another_layer_is_no_edit() {
        let before = served(cells(), None);
        let few: Vec<Feature> = cells().into_iter().take(100).collect();
        assert!(served(cells(), Some(&before)).patch().is_none(), "no tiles are there");
        before.prepare_tiles(GRID, None);
        assert!(served(cells(), Some(&before)).patch().is_some(), "nothing was touched");
        assert!(served(few, Some(&before)).patch().is_none(), "few are left");
        let mut many = cells();
        for (position, feature) in many.iter_mut().enumerate().take(MOST_TOUCHED) {
            *feature = cell(position, CELL / 5.0);
        }
        assert!(served(many, Some(&before)).patch().is_none(), "many have changed");
    }
}
