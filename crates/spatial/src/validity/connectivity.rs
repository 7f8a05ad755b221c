//! Whether the interior of a polygon hangs together although its rings touch.

use std::collections::HashMap;

/// Rings that touch without crossing, as a graph of rings and touching points: the interior falls apart exactly
/// where the graph has a cycle (two rings that touch twice, or a chain of them that closes).
#[derive(Default)]
pub(super) struct Connectivity {
    nodes: HashMap<Node, usize>,
    /// Union-find: the parent of each node.
    parents: Vec<usize>,
    incidences: std::collections::HashSet<(usize, usize)>,
}

#[derive(PartialEq, Eq, Hash)]
enum Node {
    Ring(usize),
    Point([u64; 2]),
}

impl Connectivity {
    /// Two rings touch at a point; `true` when this cuts a piece off the interior.
    pub(super) fn touch(&mut self, rings: [usize; 2], point: [f64; 2]) -> bool {
        // Adding zero makes one of the two zeros.
        let point = self.node(Node::Point(point.map(|v| (v + 0.0).to_bits())));
        // Both ends are joined whatever the first says.
        let cut = rings.map(|ring| self.join(ring, point));
        cut[0] || cut[1]
    }

    fn join(&mut self, ring: usize, point: usize) -> bool {
        let ring = self.node(Node::Ring(ring));
        if !self.incidences.insert((ring, point)) {
            return false;
        }
        let (a, b) = (self.root(ring), self.root(point));
        self.parents[a] = b;
        a == b
    }

    fn node(&mut self, node: Node) -> usize {
        let next = self.parents.len();
        let number = *self.nodes.entry(node).or_insert(next);
        if number == next {
            self.parents.push(next);
        }
        number
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }
}
