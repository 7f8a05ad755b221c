//! Growing regions over the triangles of a mesh.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Mesh, NONE};
use crate::plane::Spot;

/// Numbers the connected sets of triangles of one class each.
pub(crate) fn components(mesh: &Mesh, class: &[u32]) -> Vec<u32> {
    let mut piece = vec![NONE; class.len()];
    let mut next = 0;
    let mut stack = Vec::new();
    for start in 0..class.len() {
        if piece[start] != NONE {
            continue;
        }
        piece[start] = next;
        stack.push(start);
        while let Some(t) = stack.pop() {
            for &n in &mesh.neighbours[t] {
                let open = n != NONE && piece[n as usize] == NONE && class[n as usize] == class[start];
                if open {
                    piece[n as usize] = next;
                    stack.push(n as usize);
                }
            }
        }
        next += 1;
    }
    piece
}

/// How a source grows: faster along one direction than across it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    pub(crate) triangle: u32,
    pub(crate) label: u32,
    pub(crate) along: Spot,
    /// How many times faster along than across.
    pub(crate) stretch: f64,
    /// Divides every cost.
    pub(crate) speed: f64,
}

impl Source {
    /// A source that grows alike in all directions.
    pub(crate) fn even(triangle: u32, label: u32) -> Self {
        Self { triangle, label, along: Spot::new(1.0, 0.0), stretch: 1.0, speed: 1.0 }
    }

    fn cost(&self, step: Spot) -> f64 {
        let (u, v) = (step.dot(self.along), step.cross(self.along));
        (u * u / self.stretch + v * v * self.stretch).sqrt() / self.speed
    }
}

/// Order of arrival with exact ties: cost in whole millimetres, then triangle.
type Front = BinaryHeap<Reverse<(u64, u32, u32)>>;

/// Grows all sources at once over the triangles that `open` accepts and that have no label yet.
///
/// `rough` makes a triangle slower to enter, `fence` an edge (from, to). `group` ties triangles: the first label to
/// reach one of them takes them all ([`NONE`] = tied to nothing).
pub(crate) fn flood(
    mesh: &Mesh,
    sources: &[Source],
    labels: &mut [u32],
    group: &[u32],
    open: impl Fn(usize, usize) -> bool,
    rough: impl Fn(usize) -> f64,
) {
    let mut tied: Vec<Vec<u32>> = Vec::new();
    for (t, &g) in group.iter().enumerate() {
        if g != NONE {
            tied.resize(tied.len().max(g as usize + 1), Vec::new());
            tied[g as usize].push(t as u32);
        }
    }
    let mut front: Front = BinaryHeap::new();
    for (number, source) in sources.iter().enumerate() {
        front.push(Reverse((0, source.triangle, number as u32)));
    }
    while let Some(Reverse((cost, triangle, number))) = front.pop() {
        let source = &sources[number as usize];
        if labels[triangle as usize] != NONE {
            continue;
        }
        let single = [triangle];
        let taken = match group.get(triangle as usize) {
            Some(&g) if g != NONE => tied[g as usize].as_slice(),
            _ => single.as_slice(),
        };
        for &t in taken {
            labels[t as usize] = source.label;
        }
        for &t in taken {
            for &n in &mesh.neighbours[t as usize] {
                if n != NONE && labels[n as usize] == NONE && open(number as usize, n as usize) {
                    let step = source.cost(mesh.centre(n as usize) - mesh.centre(t as usize));
                    let added = (step * rough(n as usize) * 1000.0) as u64;
                    front.push(Reverse((cost + added, n, number)));
                }
            }
        }
    }
}

/// Triangles around a start, nearest first by rough ways, until they hold `area_m2`.
pub(crate) fn blob(
    mesh: &Mesh,
    start: &[u32],
    area_m2: f64,
    open: impl Fn(usize) -> bool,
    rough: impl Fn(usize) -> f64,
) -> Vec<u32> {
    let mut front: BinaryHeap<Reverse<(u64, u32)>> = start.iter().map(|&t| Reverse((0, t))).collect();
    let mut seen = std::collections::BTreeSet::new();
    let (mut taken, mut held) = (Vec::new(), 0.0);
    while let Some(Reverse((cost, triangle))) = front.pop() {
        let t = triangle as usize;
        if held >= area_m2 || !open(t) || !seen.insert(triangle) {
            continue;
        }
        held += mesh.area_m2(t);
        taken.push(triangle);
        for &n in mesh.neighbours[t].iter().filter(|&&n| n != NONE) {
            let step = mesh.centre(n as usize).distance(mesh.centre(t));
            front.push(Reverse((cost + (step * rough(n as usize) * 1000.0) as u64, n)));
        }
    }
    taken
}
