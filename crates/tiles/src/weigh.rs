//! How large the largest tile of a level is.

use std::collections::HashMap;

use crate::level::Level;
use crate::matrix::{EXTENT, TileCoord};
use crate::tile::encode::{Carried, bytes_of};

/// Tiles that are encoded to be measured: those with the largest estimates.
const MEASURED: usize = 4;
/// A feature that reaches over more tiles than this adds little to each.
const MOST_TILES: i64 = 1024;
/// What a feature takes beside its geometry, about.
const FEATURE_BYTES: usize = 20;

/// Bytes of the largest tile.
pub(crate) fn heaviest_tile(carried: &Carried<'_>, level: &Level, z: u8, buffer: i64) -> usize {
    let last = (1_i32 << z) - 1;
    let mut tiles: HashMap<[i32; 2], usize> = HashMap::new();
    for (number, record) in level.records.iter().enumerate() {
        let tile = record.bounds.map(|c| (c / EXTENT as i32).clamp(0, last));
        let [columns, rows] = [tile[2] - tile[0] + 1, tile[3] - tile[1] + 1];
        if i64::from(columns) * i64::from(rows) > MOST_TILES {
            continue;
        }
        let bytes = level.fragment(number).len() / (columns as usize * rows as usize) + FEATURE_BYTES;
        for x in tile[0]..=tile[2] {
            for y in tile[1]..=tile[3] {
                *tiles.entry([x, y]).or_default() += bytes;
            }
        }
    }
    let mut tiles: Vec<(usize, [i32; 2])> = tiles.into_iter().map(|(tile, bytes)| (bytes, tile)).collect();
    tiles.sort_unstable_by(|a, b| b.cmp(a));
    let measured = tiles.iter().take(MEASURED).filter_map(|(_, [x, y])| {
        let tile = TileCoord::new(z, x.cast_unsigned(), y.cast_unsigned())?;
        Some(bytes_of(carried, level, tile, buffer))
    });
    measured.max().unwrap_or(0)
}
