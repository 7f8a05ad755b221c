//! Entries in the order of their distance: boxes wait in a queue, the nearest first; a box of boxes is opened, an
//! entry is given out (Hjaltason and Samet 1999, distance browsing).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rstar::{ParentNode, RTreeNode};

use super::{Entry, envelope};
use crate::Envelope;

/// Gives out entries, the nearest first.
pub(super) struct ByDistance<'a, F> {
    distance: F,
    waiting: BinaryHeap<Waiting<'a>>,
}

struct Waiting<'a> {
    distance: f64,
    node: &'a RTreeNode<Entry>,
}

impl<'a, F: Fn(&Envelope) -> f64> ByDistance<'a, F> {
    pub(super) fn new(root: &'a ParentNode<Entry>, distance: F) -> Self {
        let mut browsing = Self { distance, waiting: BinaryHeap::new() };
        browsing.open(root);
        browsing
    }

    fn open(&mut self, parent: &'a ParentNode<Entry>) {
        let children = parent.children().iter();
        self.waiting
            .extend(children.map(|node| Waiting { distance: (self.distance)(&envelope(node)), node }));
    }
}

impl<F: Fn(&Envelope) -> f64> Iterator for ByDistance<'_, F> {
    type Item = (f64, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Waiting { distance, node } = self.waiting.pop()?;
            match node {
                RTreeNode::Leaf(entry) => return Some((distance, entry.data)),
                RTreeNode::Parent(parent) => self.open(parent),
            }
        }
    }
}

/// What comes first: the nearest; of equally near ones boxes of boxes, which may hold an entry with a lower position;
/// then the lowest position.
impl Waiting<'_> {
    fn order(&self, other: &Self) -> Ordering {
        let position = |waiting: &Self| match waiting.node {
            RTreeNode::Parent(_) => None,
            RTreeNode::Leaf(entry) => Some(entry.data),
        };
        self.distance.total_cmp(&other.distance).then_with(|| position(self).cmp(&position(other)))
    }
}

/// The heap gives out its greatest, so that what comes first is the greatest.
impl Ord for Waiting<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.order(self)
    }
}

impl PartialOrd for Waiting<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting<'_> {}
