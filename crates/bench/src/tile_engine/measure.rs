//! One zoom of a layer: what it holds, and what its tiles cost.

use std::collections::HashMap;
use std::time::Instant;

use serde::Serialize;
use tiles::{DETAIL_ZOOM, TileCoord, TileLayer, WORLD_HALF_M};

use super::peer;
use crate::clock::Cost;

/// How often each tile is encoded; the least time counts.
const TIMES: usize = 3;
/// Tiles of a zoom whose borders are held against each other.
const HELD_TILES: usize = 40;

/// The figures of a zoom.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) zoom: u8,
    pub(super) prepare: Cost,
    pub(super) features: usize,
    pub(super) merged: usize,
    pub(super) hidden: usize,
    pub(super) vertices: usize,
    pub(super) bytes_per_vertex: f64,
    /// Area drawn against the area at the deepest zoom, less 1.
    pub(super) area_error: f64,
    /// Tiles that were encoded.
    pub(super) tiles: usize,
    pub(super) mean_us: f64,
    pub(super) p99_us: f64,
    /// The same rings and attributes through fast-mvt, µs a tile.
    pub(super) peer_us: Option<f64>,
    pub(super) mean_bytes: usize,
    pub(super) max_bytes: usize,
    pub(super) features_per_tile: f64,
    /// Edges inside tiles that are not met by their reverse once: outer borders, gaps and overlaps.
    pub(super) unmatched_edges: usize,
}

/// Measures a zoom; `None` past the deepest.
pub(super) fn line(
    layer: &TileLayer,
    zoom: u8,
    bounds_m: [f64; 4],
    prepare: Cost,
    most: usize,
    peers: bool,
) -> Option<Line> {
    let figures = layer.figures(zoom)?;
    let deepest = layer.figures(DETAIL_ZOOM)?;
    let scale = 4_f64.powi(i32::from(DETAIL_ZOOM - zoom));
    let (mut times, mut sizes, mut features, mut unmatched, mut peer) = (vec![], vec![], 0, 0, vec![]);
    for (number, tile) in tiles_of(bounds_m, zoom, most).into_iter().enumerate() {
        let mut least = f64::INFINITY;
        let mut encoded = tiles::Tile::default();
        for _ in 0..TIMES {
            let start = Instant::now();
            encoded = layer.encode(tile);
            least = least.min(start.elapsed().as_secs_f64() * 1e6);
        }
        if encoded.bytes.is_empty() {
            continue;
        }
        times.push(least);
        sizes.push(encoded.bytes.len());
        features += encoded.features;
        if peers {
            peer.extend(peer::encode_us(&encoded.bytes, TIMES));
        }
        if number % (most / HELD_TILES).max(1) == 0 {
            unmatched += unmatched_edges(&encoded.bytes);
        }
    }
    times.sort_by(f64::total_cmp);
    let count = times.len().max(1);
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len().max(1) as f64;
    Some(Line {
        zoom,
        prepare,
        features: figures.features,
        merged: figures.merged,
        hidden: figures.hidden,
        vertices: figures.vertices,
        bytes_per_vertex: figures.geometry_bytes as f64 / figures.vertices.max(1) as f64,
        area_error: figures.area_units2 * scale / deepest.area_units2 - 1.0,
        tiles: times.len(),
        mean_us: mean(&times),
        p99_us: times.get(count * 99 / 100).or(times.last()).copied().unwrap_or(0.0),
        peer_us: (!peer.is_empty()).then(|| mean(&peer)),
        mean_bytes: sizes.iter().sum::<usize>() / count,
        max_bytes: sizes.iter().max().copied().unwrap_or(0),
        features_per_tile: features as f64 / count as f64,
        unmatched_edges: unmatched,
    })
}

/// Tiles of a zoom that the box meets, evenly over all of them.
pub(super) fn tiles_of([west, south, east, north]: [f64; 4], z: u8, most: usize) -> Vec<TileCoord> {
    let last = (1_u32 << z) - 1;
    let tile = |metres: f64| {
        let share = (metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M);
        (share * f64::from(1_u32 << z)).floor().clamp(0.0, f64::from(last)) as u32
    };
    let (left, right, top, bottom) = (tile(west), tile(east), tile(-north), tile(-south));
    let columns = u64::from(right - left) + 1;
    let all = columns * (u64::from(bottom - top) + 1);
    let step = (all / most.max(1) as u64).max(1);
    (0..all)
        .step_by(step as usize)
        .filter_map(|k| TileCoord::new(z, left + (k % columns) as u32, top + (k / columns) as u32))
        .collect()
}

/// Counts the edges inside a tile that are not met by their reverse exactly once.
fn unmatched_edges(bytes: &[u8]) -> usize {
    let mut edges: HashMap<[[i32; 2]; 2], u32> = HashMap::new();
    for ring in peer::rings(bytes) {
        for (i, &a) in ring.iter().enumerate() {
            *edges.entry([a, ring[(i + 1) % ring.len()]]).or_default() += 1;
        }
    }
    let inside = |p: &[i32; 2]| p.iter().all(|c| (0..=4096).contains(c));
    let alone = |(edge, count): &(&[[i32; 2]; 2], &u32)| {
        edge.iter().all(inside) && (**count != 1 || edges.get(&[edge[1], edge[0]]) != Some(&1))
    };
    edges.iter().filter(alone).count()
}
