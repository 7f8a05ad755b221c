//! Layers with a theme: small sets of lines and areas that the rules hold zones against, drawn on the finished map
//! where their answer is known.

mod border;
mod draw;
pub(crate) mod place;
mod shape;

use planning::{Text, Theme};

pub(crate) use draw::draw;
pub(crate) use shape::{Reach, Shape};

/// A layer.
pub(crate) struct Themed {
    pub(crate) theme: Theme,
    /// Identifier of the collection.
    pub(crate) id: &'static str,
    pub(crate) title: Text,
    /// Map scale denominator.
    pub(crate) scale: u32,
    pub(crate) features: Vec<ThemedFeature>,
}

/// A feature of a layer.
pub(crate) struct ThemedFeature {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) shape: Shape,
}
