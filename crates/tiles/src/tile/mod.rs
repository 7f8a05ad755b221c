//! One tile of a prepared layer: query → copy what lies inside, cut what reaches beyond → write.

pub(crate) mod clip;
mod draft;
pub(crate) mod encode;
mod far;
mod simple;

pub use encode::Tile;
