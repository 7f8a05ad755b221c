//! Vector tiles: the WebMercatorQuad matrix set, generalisation with shared borders, encoding. No I/O, no domain words;
//! nothing here panics or fails because of data: what cannot be drawn is counted in [`TileLayer::skipped`] or [`Tile`].
//!
//! Reading order. Once for a layer ([`TileLayer::new`], `prepare`): `source` puts geometries on the world grid (`grid`);
//! `coverage` cuts their borders into arcs, each kept once, and for every zoom merges what is too small and drops
//! vertices that cannot be seen; `snap` rounds the arcs to the zoom's grid; `faces` puts features together from them;
//! `level` encodes each once. Where there are thousands of small polygons that do not touch, `mosaic` draws far zooms.
//! Then for every tile ([`TileLayer::encode`], `tile`): query, copy what lies inside, cut what reaches beyond, write.
//! A layer can be kept as bytes and used again without preparing it ([`TileLayer::parts`], [`KeptLayer`]).
//!
//! What is guaranteed
//! - Where features share their borders and do not overlap, they do so in every tile of every zoom, exactly: no gap and
//!   no overlap appears. Each step keeps the coverage planar; `coverage::simplify` and `snap` say why.
//! - From [`GENERALISED_BELOW`] on every vertex is drawn, within half a grid unit of where it is; below, lines lie
//!   within about a pixel of theirs.
//! - A tile's borders are the level's, unmoved, wherever they come within the buffer: neighbouring tiles continue each
//!   other.
//! - An edit changes the tiles near the old and the new shape and no others, because what is left out or merged is
//!   decided block by block (`coverage::simplify`, `coverage::merge`), and what a tile shows of a feature does not depend
//!   on what it has far away (`tile::clip`; a small feature is not cut, `tile::encode`). Near is the tile's buffer, and
//!   where borders are shared one block more, and as far as a small feature may reach, an eighth of a tile.
//! - Nothing vanishes silently: what is merged or too small is counted; a layer that keeps small features
//!   ([`Small::Keep`]) draws each at every zoom.
//! - The same features give the same bytes, whatever the threads.
//!
//! What is not
//! - Borders that cross each other in the source still cross, and such a feature's rings may cross themselves; so may
//!   borders less than a world unit (9 mm) apart, to which coordinates are rounded first.
//! - Tiles from [`GENERALISED_BELOW`] on are as large as their content. Below [`DETAIL_ZOOM`] they are that zoom
//!   enlarged, and an edge that reaches far beyond such a tile is cut with rounding.
//! - A layer is prepared as a whole; after an edit the part near it can be prepared first ([`TileLayer::part`]).
//! - A mosaic is drawn from the whole layer, and so is the decision that a layer needs one: there an edit can change
//!   tiles that it does not touch. So it can where it makes a tile larger than it should be, or no longer so: then what
//!   is small is another size in that tile.

mod coverage;
mod faces;
mod figures;
mod grid;
mod head;
mod kept;
mod labels;
mod layer;
mod level;
mod matrix;
mod mosaic;
mod pmtiles;
mod prepare;
mod rows;
mod snap;
mod source;
mod split;
mod tile;
mod weigh;
mod wire;

pub use figures::LevelFigures;
pub use kept::{KeptLayer, Unreadable};
pub use layer::{Key, LayerSettings, Small, TileFeature, TileLayer};
pub use matrix::{EXTENT, MAX_ZOOM, TileCoord, WORLD_HALF_M, World, mercator};
pub use pmtiles::{Archive, Archived};
pub use prepare::{DETAIL_ZOOM, GENERALISED_BELOW};
pub use rows::Value;
pub use tile::Tile;
