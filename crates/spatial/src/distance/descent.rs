//! The nearest edges of two trees of boxes.
//!
//! Pairs of nodes wait in a queue, the pair whose boxes are nearest first, of those the deepest; the first pair is
//! opened at its larger node, and a pair of leaves is compared edge by edge. The search ends when no pair that
//! waits can be nearer than the edges found. Boxes only tell what cannot be nearer, so the answer is that of all
//! pairs of edges compared (Hjaltason and Samet 1998 for one tree, here for two).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::edge::{self, Edge};
use super::linework::{Linework, Node};

/// The nearest edges found so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    /// Square of their distance, m²; before any are found, the limit that they must stay below.
    pub(super) gap_m2: f64,
    /// The search may stop at edges as near as this, m².
    pub(super) enough_m2: f64,
    /// An edge of the subject and one of the reference.
    pub(super) edges: Option<(Edge, Edge)>,
}

#[derive(Clone, Copy, Debug)]
struct Pair {
    gap_m2: f64,
    levels: u8,
    subject: u32,
    reference: u32,
}

/// Looks for edges nearer to each other than `best`.
pub(super) fn search(subject: &Linework, reference: &Linework, best: &mut Best) {
    let mut queue = Queue { subject, reference, pairs: BinaryHeap::new() };
    queue.push(subject.root(), reference.root(), best);
    while let Some(pair) = queue.pairs.pop() {
        if pair.gap_m2 >= best.gap_m2 || best.gap_m2 <= best.enough_m2 {
            return;
        }
        queue.open(&pair, best);
    }
}

struct Queue<'a> {
    subject: &'a Linework,
    reference: &'a Linework,
    pairs: BinaryHeap<Pair>,
}

impl Queue<'_> {
    fn push(&mut self, subject: u32, reference: u32, best: &Best) {
        let (a, b) = (self.subject.node(subject), self.reference.node(reference));
        let gap_m2 = a.envelope.gap_m2(&b.envelope);
        if gap_m2 < best.gap_m2 {
            self.pairs.push(Pair { gap_m2, levels: a.level + b.level, subject, reference });
        }
    }

    fn open(&mut self, &Pair { subject, reference, .. }: &Pair, best: &mut Best) {
        let (a, b) = (self.subject.node(subject), self.reference.node(reference));
        if a.is_leaf() && b.is_leaf() {
            self.compare(a, b, best);
        } else if b.is_leaf() || (!a.is_leaf() && size_m(a) > size_m(b)) {
            self.subject.children(a).for_each(|child| self.push(child, reference, best));
        } else {
            self.reference.children(b).for_each(|child| self.push(subject, child, best));
        }
    }

    fn compare(&self, a: &Node, b: &Node, best: &mut Best) {
        for one in self.subject.edges(a) {
            let around = edge::envelope(one);
            if around.gap_m2(&b.envelope) >= best.gap_m2 {
                continue;
            }
            for other in self.reference.edges(b) {
                if around.gap_m2(&edge::envelope(other)) >= best.gap_m2 {
                    continue;
                }
                let gap_m2 = edge::gap_m2(one, other);
                if gap_m2 < best.gap_m2 {
                    (best.gap_m2, best.edges) = (gap_m2, Some((one, other)));
                }
            }
        }
    }
}

fn size_m(node: &Node) -> f64 {
    let [x, y] = [0, 1].map(|k| node.envelope.max[k] - node.envelope.min[k]);
    x + y
}

/// The greatest pair is the first to be opened. Numbers decide last, so that the order, and with it the answer, is
/// the same whatever else was left out of the queue.
impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        let near = other.gap_m2.total_cmp(&self.gap_m2).then(other.levels.cmp(&self.levels));
        near.then(other.subject.cmp(&self.subject)).then(other.reference.cmp(&self.reference))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pair {}
