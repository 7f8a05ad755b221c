//! Vector tiles: the WebMercatorQuad matrix set, clip, generalise, snap, encode. No I/O, no domain words; nothing
//! here panics or fails because of data: what cannot be drawn is counted in [`TileLayer::skipped`] or [`Tile`].
//!
//! Reading order: [`TileCoord`] names a tile; [`TileLayer`] holds features on the world grid with an index and,
//! for each vertex, the zoom from which it is drawn (`generalise`); [`TileLayer::encode`] answers one tile:
//! query → `draw` (generalise → snap → clip) → `write` (Mapbox Vector Tile 2.1).
//!
//! What is guaranteed
//! - Shared borders stay shared: whether a vertex is drawn at a zoom depends on the vertex alone, so two features
//!   that pass through the same vertices draw the same line at every zoom, in every tile.
//! - A point where three or more features meet, or where a shared border ends, is never generalised away.
//! - From [`DETAIL_ZOOM`] on every vertex is drawn that is not exactly on the line between its neighbours.
//! - Nothing vanishes silently: collapsed, dropped and undrawable features are counted; a layer that keeps small
//!   features ([`Small::Keep`]) draws them as one grid unit.
//!
//! What is not: two different borders closer together than the tolerance (a quarter of a pixel squared) may touch
//! or cross by less than a pixel below [`DETAIL_ZOOM`].

mod arcs;
mod clip;
mod draw;
mod encode;
mod generalise;
mod grid;
mod layer;
mod matrix;
mod shape;
mod write;

pub use encode::Tile;
pub use generalise::DETAIL_ZOOM;
pub use layer::{Key, LayerSettings, Small, TileFeature, TileLayer, Value};
pub use matrix::{EXTENT, MAX_ZOOM, TileCoord, WORLD_HALF_M, mercator};
