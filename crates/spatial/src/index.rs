//! The spatial index: envelopes in an R*-tree, each with the position of its feature.

use crate::Envelope;

/// An R*-tree over envelopes; the payload is a position in whatever list the caller indexes.
#[derive(Clone, Debug, Default)]
pub struct Index {}

impl Index {
    /// Builds the index in one go, which packs it better than inserting one by one.
    pub fn bulk_load(_entries: Vec<(Envelope, usize)>) -> Self {
        Self {}
    }
    /// Adds one entry.
    pub fn insert(&mut self, _envelope: Envelope, _position: usize) {}
    /// Removes the entry; `false` when it was not there.
    pub fn remove(&mut self, _envelope: Envelope, _position: usize) -> bool {
        false
    }
    /// The positions whose envelopes share at least a point with `envelope`, ascending.
    pub fn query(&self, _envelope: &Envelope) -> Vec<usize> {
        Vec::new()
    }
}
