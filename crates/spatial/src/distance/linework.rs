//! Lines packed in a tree of boxes, so that only what is near is looked at edge by edge.
//!
//! Consecutive vertices of a line are near each other, so the tree needs no sorting: a leaf is a run of up to
//! [`EDGES`] edges of one path, and each node above takes the next [`FAN_OUT`] below it. Every node therefore is a
//! run of consecutive vertices, which lets many questions be answered from its first and last vertex alone.

use super::paths::Paths;
use crate::Envelope;
use crate::hilbert::hilbert_order;

/// Most edges of a leaf.
const EDGES: usize = 8;
/// Most children of a node.
pub(super) const FAN_OUT: usize = 4;

/// Paths one after another, with their tree. A path of one vertex is a point. It has at least one vertex.
#[derive(Clone, Debug)]
pub(super) struct Linework {
    coords: Vec<[f64; 2]>,
    /// Where each path starts, and where the last one ends.
    starts: Vec<u32>,
    /// Level by level, leaves first; the last node is the root.
    nodes: Vec<Node>,
}

/// A run of consecutive vertices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Its box.
    pub(super) envelope: Envelope,
    /// Its first vertex.
    pub(super) first: u32,
    /// Its last vertex: of a leaf, the end of its last edge.
    pub(super) last: u32,
    /// Its first child; a leaf has none.
    child: u32,
    children: u8,
    /// 0 for a leaf.
    pub(super) level: u8,
}

impl Node {
    pub(super) fn is_leaf(&self) -> bool {
        self.children == 0
    }
}

impl Linework {
    /// Packs paths; `None` when there is none, or more vertices than can be numbered.
    pub(super) fn new(paths: Paths) -> Option<Self> {
        let (coords, starts) = near_by_near(paths).into_parts();
        if coords.is_empty() || u32::try_from(coords.len()).is_err() {
            return None;
        }
        let mut linework = Self { coords, starts, nodes: Vec::new() };
        linework.add_leaves();
        let mut below = 0..linework.nodes.len();
        while below.len() > 1 {
            let start = linework.nodes.len();
            linework.add_level(below);
            below = start..linework.nodes.len();
        }
        Some(linework)
    }

    fn add_leaves(&mut self) {
        for path in 0..self.path_count() {
            let (start, end) = (self.starts[path] as usize, self.starts[path + 1] as usize - 1);
            for first in (start..end.max(start + 1)).step_by(EDGES) {
                let last = (first + EDGES).min(end);
                let run = &self.coords[first..=last];
                let Some(envelope) = Envelope::of(run.iter().copied()) else { continue };
                let (first, last) = (first as u32, last as u32);
                self.nodes.push(Node { envelope, first, last, child: 0, children: 0, level: 0 });
            }
        }
    }

    fn add_level(&mut self, below: std::ops::Range<usize>) {
        for child in below.clone().step_by(FAN_OUT) {
            let children = &self.nodes[child..(child + FAN_OUT).min(below.end)];
            let envelope = children.iter().skip(1).fold(children[0].envelope, |e, n| e.merged(&n.envelope));
            let (first, last) = (children[0].first, children[children.len() - 1].last);
            let (level, count) = (children[0].level + 1, children.len() as u8);
            self.nodes.push(Node { envelope, first, last, child: child as u32, children: count, level });
        }
    }

    /// The box around everything.
    pub(super) fn envelope(&self) -> Envelope {
        self.nodes[self.root() as usize].envelope
    }

    /// The number of the topmost node.
    pub(super) fn root(&self) -> u32 {
        self.nodes.len() as u32 - 1
    }

    /// The boxes of the lowest level that has at most so many nodes; the root's at least.
    pub(super) fn outline(&self, most: usize) -> Vec<Envelope> {
        let mut wanted = self.node(self.root()).level;
        let mut nodes = vec![self.root()];
        while wanted > 0 {
            let below: Vec<u32> = nodes.iter().flat_map(|&n| self.children(self.node(n))).collect();
            if below.len() > most {
                break;
            }
            (nodes, wanted) = (below, wanted - 1);
        }
        nodes.into_iter().map(|number| self.node(number).envelope).collect()
    }

    /// A node by its number.
    pub(super) fn node(&self, number: u32) -> &Node {
        &self.nodes[number as usize]
    }

    /// The numbers of a node's children.
    pub(super) fn children(&self, node: &Node) -> std::ops::Range<u32> {
        node.child..node.child + u32::from(node.children)
    }

    /// The edges of a leaf; of a path of one vertex, that vertex as an edge without length.
    pub(super) fn edges(&self, leaf: &Node) -> impl Iterator<Item = [[f64; 2]; 2]> + Clone {
        let run = &self.coords[leaf.first as usize..=leaf.last as usize];
        let single = (run.len() == 1).then(|| [run[0], run[0]]);
        single.into_iter().chain(run.windows(2).map(|w| [w[0], w[1]]))
    }

    /// All vertices, path by path.
    pub(super) fn coords(&self) -> &[[f64; 2]] {
        &self.coords
    }

    /// A vertex by its number.
    pub(super) fn at(&self, vertex: u32) -> [f64; 2] {
        self.coords[vertex as usize]
    }

    /// How many paths there are.
    pub(super) fn path_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The vertices of each path.
    pub(super) fn paths(&self) -> impl Iterator<Item = &[[f64; 2]]> {
        self.starts.windows(2).map(|w| &self.coords[w[0] as usize..w[1] as usize])
    }

    /// The parts of paths that a node holds without holding the whole path, by their first and last vertices: one
    /// part when the node lies within one path, else the end of the first path and the start of the last. Of paths
    /// that it holds whole nothing is said: when they are closed they come back to where they started.
    pub(super) fn open_parts(&self, node: &Node) -> [Option<[u32; 2]>; 2] {
        if self.starts.len() == 2 {
            return [Some([node.first, node.last]), None];
        }
        let first_end = self.starts[self.starts.partition_point(|&start| start <= node.first)] - 1;
        if node.last <= first_end {
            return [Some([node.first, node.last]), None];
        }
        let last_start = self.starts[self.starts.partition_point(|&start| start <= node.last) - 1];
        [Some([node.first, first_end]), Some([last_start, node.last])]
    }
}

/// The paths in an order in which those that lie near each other come one after another.
fn near_by_near(paths: Paths) -> Paths {
    if paths.len() <= FAN_OUT {
        return paths;
    }
    let boxes = (0..paths.len()).map(|number| Envelope::of(paths.path(number).iter().copied()));
    let mut ordered = Paths::with_capacity(paths.coords().len(), paths.len());
    for number in hilbert_order(&boxes.collect::<Vec<_>>()) {
        ordered.push(paths.path(number).iter().copied());
    }
    ordered
}
