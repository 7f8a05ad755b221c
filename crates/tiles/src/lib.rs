//! Vector tiles: the WebMercatorQuad matrix set, generalisation with shared borders, encoding. No I/O, no domain words;
//! nothing here panics or fails because of data: what cannot be drawn is counted in [`TileLayer::skipped`] or [`Tile`].
//!
//! Reading order. Once for a layer ([`TileLayer::new`], `prepare`): `source` puts geometries on the world grid (`grid`);
//! `coverage` cuts their borders into arcs, each kept once, and for every zoom merges what is too small and drops
//! vertices that cannot be seen; `snap` rounds the arcs to the zoom's grid; `faces` puts features together from them;
//! `level` encodes each once. Where there are thousands of small polygons that do not touch, `mosaic` draws far zooms.
//! Then for every tile ([`TileLayer::encode`], `tile`): query, copy what lies inside, cut
//! what reaches beyond, write.
//!
//! What is guaranteed
//! - Where features share their borders and do not overlap, they do so in every tile of every zoom, exactly: no gap and
//!   no overlap appears. Each step keeps the coverage planar; `coverage::simplify` and `snap` say why.
//! - From [`GENERALISED_BELOW`] on every vertex is drawn, within half a grid unit of where it is; below, lines lie
//!   within about a pixel of theirs.
//! - A tile's borders are the level's, unmoved, wherever they come within the buffer: neighbouring tiles continue each
//!   other.
//! - Nothing vanishes silently: what is merged or too small is counted; a layer that keeps small features
//!   ([`Small::Keep`]) draws each at every zoom.
//! - The same features give the same bytes, whatever the threads.
//!
//! What is not: borders that cross each other in the source still cross, and such a feature's rings may cross
//! themselves.

mod coverage;
mod faces;
mod figures;
mod grid;
mod labels;
mod layer;
mod level;
mod matrix;
mod mosaic;
mod prepare;
mod rows;
mod snap;
mod source;
mod split;
mod tile;
mod weigh;
mod wire;

pub use figures::LevelFigures;
pub use layer::{Key, LayerSettings, Small, TileFeature, TileLayer};
pub use matrix::{EXTENT, MAX_ZOOM, TileCoord, WORLD_HALF_M, mercator};
pub use prepare::{DETAIL_ZOOM, GENERALISED_BELOW};
pub use rows::Value;
pub use tile::Tile;
