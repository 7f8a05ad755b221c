//! How large the largest tile of a level is.

use std::collections::HashMap;

use crate::layer::LayerSettings;
use crate::level::Level;
use crate::matrix::EXTENT;
use crate::rows::{NOTHING, Rows};
use crate::wire;

/// Bytes of the largest tile, each feature counted where the middle of its box lies, an estimate from below by what
/// reaches in from other tiles and from above by values that several features share.
pub(crate) fn heaviest_tile(rows: &Rows, settings: &LayerSettings, level: &Level, z: u8) -> usize {
    let columns: Vec<usize> =
        (0..settings.keys.len()).filter(|&column| settings.keys[column].from_zoom <= z).collect();
    let mut tiles: HashMap<[i32; 2], Weight> = HashMap::new();
    for (number, record) in level.records.iter().enumerate() {
        let [left, top, right, bottom] = record.bounds;
        let tile = [left.midpoint(right), top.midpoint(bottom)].map(|c| c / EXTENT as i32);
        let weight = tiles.entry(tile).or_default();
        weight.bytes += level.fragment(number).len() + 14 + 3 * columns.len();
        weight.bytes += wire::length(rows.ids[record.row as usize]);
        let cells = rows.cells(record.row);
        weight.values.extend(columns.iter().map(|&column| cells[column]).filter(|&cell| cell != NOTHING));
    }
    tiles.into_values().map(|weight| weight.total(rows)).max().unwrap_or(0)
}

#[derive(Default)]
struct Weight {
    bytes: usize,
    values: Vec<u32>,
}

impl Weight {
    fn total(mut self, rows: &Rows) -> usize {
        self.values.sort_unstable();
        self.values.dedup();
        self.bytes + self.values.iter().map(|&value| rows.value(value).len()).sum::<usize>()
    }
}
