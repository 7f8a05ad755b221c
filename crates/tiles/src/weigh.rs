//! Which tiles of a level are too large.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::level::Level;
use crate::matrix::{EXTENT, TileCoord};
use crate::tile::encode::{Carried, bytes_of};

/// A feature that reaches over more tiles than this adds little to each.
const MOST_TILES: i64 = 1024;
/// What a feature takes beside its geometry, about.
const FEATURE_BYTES: usize = 20;

/// The tiles of more bytes than there should be, in order, and how many times as many; those are encoded that are
/// estimated at half of it at least.
pub(crate) fn excesses(
    carried: &Carried<'_>,
    level: &Level,
    z: u8,
    buffer: i64,
    max_bytes: usize,
) -> Vec<([u32; 2], f64)> {
    let mut tiles: Vec<[u32; 2]> = estimates(level, z)
        .into_iter()
        .filter(|&(_, bytes)| 2 * bytes > max_bytes)
        .map(|(tile, _)| tile.map(i32::cast_unsigned))
        .collect();
    tiles.sort_unstable();
    tiles
        .into_par_iter()
        .filter_map(|[x, y]| {
            let bytes = bytes_of(carried, level, TileCoord::new(z, x, y)?, buffer);
            (bytes > max_bytes).then(|| ([x, y], bytes as f64 / max_bytes as f64))
        })
        .collect()
}

/// About how many bytes each tile has.
fn estimates(level: &Level, z: u8) -> HashMap<[i32; 2], usize> {
    let last = (1_i32 << z) - 1;
    let mut tiles: HashMap<[i32; 2], usize> = HashMap::new();
    for (number, bounds) in level.tree.boxes().iter().enumerate() {
        let tile = bounds.map(|c| (c / EXTENT as i32).clamp(0, last));
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
    tiles
}
