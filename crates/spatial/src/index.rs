//! The spatial index: envelopes in an R*-tree, each with the position of its feature.

use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use crate::Envelope;

type Entry = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// An R*-tree over envelopes; the payload is a position in whatever list the caller indexes.
#[derive(Clone, Debug, Default)]
pub struct Index {
    tree: RTree<Entry>,
}

impl Index {
    /// Builds the index in one go, which packs it better than inserting one by one.
    pub fn bulk_load(entries: Vec<(Envelope, usize)>) -> Self {
        let entries = entries.into_iter().map(|(envelope, position)| entry(&envelope, position)).collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Adds one entry.
    pub fn insert(&mut self, envelope: Envelope, position: usize) {
        self.tree.insert(entry(&envelope, position));
    }

    /// Removes the entry; `false` when it was not there.
    pub fn remove(&mut self, envelope: Envelope, position: usize) -> bool {
        self.tree.remove(&entry(&envelope, position)).is_some()
    }

    /// The positions whose envelopes share at least a point with `envelope`, ascending.
    pub fn query(&self, envelope: &Envelope) -> Vec<usize> {
        let around = AABB::from_corners(envelope.min, envelope.max);
        let mut positions: Vec<usize> =
            self.tree.locate_in_envelope_intersecting(&around).map(|entry| entry.data).collect();
        positions.sort_unstable();
        positions
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn entry(envelope: &Envelope, position: usize) -> Entry {
    GeomWithData::new(Rectangle::from_corners(envelope.min, envelope.max), position)
}
