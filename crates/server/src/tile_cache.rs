//! Tiles that were made before.
//!
//! Plain tiles are kept by the version of the layer that they were made of; a version that has gone is not asked for any
//! more and is driven out; they are kept when they are asked for the second time (`doorkeeper.rs`). Coded ones, which cost more to make than the tiles themselves, are kept by their content: a
//! tile that a change of the layer left as it was is found again, and only those that were touched are coded anew.

use std::sync::Arc;
use std::thread;

use axum::body::Bytes;
use tiles::{Tile, TileCoord};
use tokio::sync::Semaphore;
use xxhash_rust::xxh3::xxh3_128;

use crate::bounded::Bounded;
use crate::catalog::Grid;
use crate::coding::Coding;
use crate::doorkeeper::Doorkeeper;

/// A tile with its content's hash.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) bytes: Bytes,
    pub(crate) hash: u128,
    /// Features too small to be drawn.
    pub(crate) collapsed: usize,
    /// Features drawn as parts of others.
    pub(crate) merged: usize,
}

impl From<Tile> for Made {
    fn from(tile: Tile) -> Self {
        let hash = xxh3_128(&tile.bytes);
        Self { bytes: tile.bytes.into(), hash, collapsed: tile.collapsed, merged: tile.merged }
    }
}

/// Names a version of a layer on a tile matrix set, and a tile of it.
pub(crate) type Key = ((u64, Grid), TileCoord);

/// What is kept.
pub(crate) struct TileCache {
    door: Doorkeeper,
    plain: Bounded<Key, Arc<Made>>,
    coded: Bounded<(u128, Coding), Bytes>,
    /// How many are coded at a time on threads for it: more would only take more memory.
    pub(crate) coding: Arc<Semaphore>,
}

impl TileCache {
    /// Room for so many bytes, half for plain tiles and half for coded ones.
    pub(crate) fn new(bytes: usize) -> Self {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let coding = Arc::new(Semaphore::new(threads));
        Self {
            door: Doorkeeper::new(),
            plain: Bounded::new(bytes / 2),
            coded: Bounded::new(bytes / 2),
            coding,
        }
    }

    /// A tile, made when it is not there.
    pub(crate) fn plain(&self, key: Key, make: impl FnOnce() -> Tile) -> Arc<Made> {
        if let Some(made) = self.plain.get(&key) {
            return made;
        }
        let made = Arc::new(Made::from(make()));
        if self.door.knows(&key) {
            self.plain.keep(key, Arc::clone(&made), made.bytes.len());
        }
        made
    }

    /// The coded bytes of a tile, if they are there.
    pub(crate) fn coded(&self, made: &Made, coding: Coding) -> Option<Bytes> {
        if coding == Coding::Identity {
            Some(made.bytes.clone())
        } else {
            self.coded.get(&(made.hash, coding))
        }
    }

    /// Codes a tile and keeps it; as it is when that fails.
    pub(crate) fn code(&self, made: &Made, coding: Coding) -> (Bytes, Coding) {
        match coding.encode(&made.bytes) {
            Ok(bytes) => {
                let bytes = Bytes::from(bytes);
                self.coded.keep((made.hash, coding), bytes.clone(), bytes.len());
                (bytes, coding)
            }
            Err(error) => {
                tracing::warn!(%error, ?coding, "a tile could not be coded and is sent as it is");
                (made.bytes.clone(), Coding::Identity)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_tile_is_kept_when_it_is_asked_for_again() {
        let cache = TileCache::new(1 << 20);
        let Some(coord) = TileCoord::new(3, 1, 2) else { panic!("it is one") };
        let times = Cell::new(0);
        let make = || {
            times.set(times.get() + 1);
            Tile { bytes: vec![7; 100], ..Tile::default() }
        };
        let made: Vec<usize> = (0..4)
            .map(|_| {
                cache.plain(((1, Grid::WebMercator), coord), make);
                times.get()
            })
            .collect();
        assert_eq!(made, [1, 2, 2, 2]);
    }
}
