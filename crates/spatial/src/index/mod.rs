//! The spatial index: envelopes in an R*-tree, each with the position of its feature.

mod by_distance;

use rstar::{
    AABB, RTree, RTreeNode, RTreeObject,
    primitives::{GeomWithData, Rectangle},
};

use crate::Envelope;
use by_distance::ByDistance;

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

    /// The positions of the entries whose envelopes are wanted, ascending. A box that is not wanted must not hold one
    /// that is: whole boxes of entries are left out at once.
    pub fn select(&self, is_wanted: impl Fn(&Envelope) -> bool) -> Vec<usize> {
        let (mut positions, mut waiting) = (Vec::new(), vec![self.tree.root()]);
        while let Some(parent) = waiting.pop() {
            for node in parent.children().iter().filter(|node| is_wanted(&envelope(*node))) {
                match node {
                    RTreeNode::Leaf(entry) => positions.push(entry.data),
                    RTreeNode::Parent(parent) => waiting.push(parent),
                }
            }
        }
        positions.sort_unstable();
        positions
    }

    /// All positions, each with its envelope's distance from something, in the order of these distances and of equal
    /// ones by position; found one by one, as far as they are asked for. The distance of a box must not exceed that
    /// of any box in it. The squares of distances do as well.
    pub fn by_distance<'a, F: Fn(&Envelope) -> f64 + 'a>(
        &'a self,
        distance: F,
    ) -> impl Iterator<Item = (f64, usize)> + 'a {
        ByDistance::new(self.tree.root(), distance)
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

fn envelope<T: RTreeObject<Envelope = AABB<[f64; 2]>>>(object: &T) -> Envelope {
    let around = object.envelope();
    Envelope { min: around.lower(), max: around.upper() }
}

fn entry(envelope: &Envelope, position: usize) -> Entry {
    GeomWithData::new(Rectangle::from_corners(envelope.min, envelope.max), position)
}
