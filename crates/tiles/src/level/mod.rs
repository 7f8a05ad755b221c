//! A layer at one zoom, ready to be cut into tiles.
//!
//! Every feature is stored once, as the bytes that it has in any tile which holds all of it. After the first MoveTo,
//! geometry in a vector tile is a list of steps from one vertex to the next, and those do not change when the origin
//! does. So a tile copies the fragment and writes only where it begins. Only features that reach past a tile's box are
//! decoded and cut.

pub(crate) mod build;
mod fragment;
mod part;
mod tree;

pub(crate) use fragment::{Fragment, Parts, parts};
pub(crate) use tree::Tree;

/// A box on the grid of a zoom: least x and y, greatest x and y.
pub(crate) type UnitBox = [i32; 4];

/// One feature at a zoom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub(crate) first: [i32; 2],
    /// Where its bytes begin.
    pub(crate) offset: u32,
    pub(crate) row: u32,
    /// How many features it stands for; of a mosaic's 0 where all it shows is counted elsewhere.
    pub(crate) count: u32,
    /// Where its stretches begin; see [`Stretch`].
    pub(crate) stretches: u32,
}

/// Up to 64 vertices of a large feature, so that what lies far from a tile need not be decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    /// Holds its vertices and the first one after them.
    pub(crate) bounds: UnitBox,
    /// Its first vertex.
    pub(crate) first: [i32; 2],
    /// Where the bytes after its first vertex begin, from the feature's own.
    pub(crate) offset: u32,
    /// How many vertices it has.
    pub(crate) count: u32,
    /// Whether a ring or line begins here.
    pub(crate) begins: bool,
    /// Whether its ring is a hole.
    pub(crate) is_hole: bool,
}

/// A layer at one zoom.
#[derive(Debug, Default)]
pub(crate) struct Level {
    /// Features in the order of their rows, which is that of a curve through their places.
    pub(crate) records: Vec<Record>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) stretches: Vec<Stretch>,
    /// Has their boxes.
    pub(crate) tree: Tree,
    /// Where features are that are not shown, along the Z-order curve.
    pub(crate) hidden: Vec<u64>,
}

impl Level {
    /// The bytes of a feature.
    pub(crate) fn fragment(&self, record: usize) -> &[u8] {
        let end = self.records.get(record + 1).map_or(self.bytes.len(), |next| next.offset as usize);
        &self.bytes[self.records[record].offset as usize..end]
    }

    /// The stretches of a large feature; none of others.
    pub(crate) fn stretches(&self, record: usize) -> &[Stretch] {
        let end = self.records.get(record + 1).map_or(self.stretches.len(), |next| next.stretches as usize);
        &self.stretches[self.records[record].stretches as usize..end]
    }

    /// Bytes that it takes in memory.
    pub(crate) fn memory_bytes(&self) -> usize {
        self.bytes.len()
            + size_of_val(self.records.as_slice())
            + size_of_val(self.stretches.as_slice())
            + self.tree.memory_bytes()
            + size_of_val(self.hidden.as_slice())
    }
}
