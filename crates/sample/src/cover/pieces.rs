//! Keeping labelled areas in one piece and above a least size.

use std::collections::BTreeMap;

use crate::mesh::grow::components;
use crate::mesh::{Mesh, NONE};

/// Length of border between labels, m.
fn borders(mesh: &Mesh, labels: &[u32]) -> BTreeMap<u32, BTreeMap<u32, f64>> {
    let mut shared: BTreeMap<u32, BTreeMap<u32, f64>> = BTreeMap::new();
    for (t, corners) in mesh.triangles.iter().enumerate() {
        for k in 0..3 {
            let n = mesh.neighbours[t][k];
            if n != NONE && labels[n as usize] != labels[t] {
                let (a, b) = (mesh.points[corners[k] as usize], mesh.points[corners[(k + 1) % 3] as usize]);
                *shared.entry(labels[t]).or_default().entry(labels[n as usize]).or_insert(0.0) +=
                    a.distance_m(b);
            }
        }
    }
    shared
}

/// Gives every piece of a label but its largest to the neighbour it shares most border with, where `movable`
/// allows a label to lose a piece.
pub(crate) fn reunite(mesh: &Mesh, labels: &mut [u32], movable: impl Fn(u32) -> bool) {
    for _ in 0..6 {
        let pieces = components(mesh, labels);
        let mut size: BTreeMap<u32, f64> = BTreeMap::new();
        let mut of: BTreeMap<u32, u32> = BTreeMap::new();
        for (t, &piece) in pieces.iter().enumerate() {
            *size.entry(piece).or_insert(0.0) += mesh.area_m2(t);
            of.insert(piece, labels[t]);
        }
        let mut largest: BTreeMap<u32, u32> = BTreeMap::new();
        for (&piece, &label) in &of {
            let best = largest.entry(label).or_insert(piece);
            if size[&piece] > size[best] {
                *best = piece;
            }
        }
        let loose: Vec<u32> =
            of.iter().filter(|(p, l)| largest[l] != **p && movable(**l)).map(|(p, _)| *p).collect();
        if loose.is_empty() {
            return;
        }
        let shared = borders(mesh, &pieces);
        let mut heir: BTreeMap<u32, u32> = BTreeMap::new();
        for piece in loose {
            let best = shared.get(&piece).and_then(|near| near.iter().max_by(|a, b| a.1.total_cmp(b.1)));
            if let Some((&next, _)) = best {
                heir.insert(piece, of[&next]);
            }
        }
        for (t, piece) in pieces.iter().enumerate() {
            if let Some(&label) = heir.get(piece) {
                labels[t] = label;
            }
        }
    }
}

/// Gives every label smaller than `least` to the neighbour that `fit` allows and that shares most border with it.
pub(crate) fn absorb(
    mesh: &Mesh,
    labels: &mut [u32],
    least: impl Fn(u32) -> f64,
    fit: impl Fn(u32, u32) -> bool,
) {
    for _ in 0..4 {
        let mut size: BTreeMap<u32, f64> = BTreeMap::new();
        for (t, &label) in labels.iter().enumerate() {
            *size.entry(label).or_insert(0.0) += mesh.area_m2(t);
        }
        let shared = borders(mesh, labels);
        let mut heir: BTreeMap<u32, u32> = BTreeMap::new();
        for (&label, _) in size.iter().filter(|(l, s)| **l != NONE && **s < least(**l)) {
            let near = shared.get(&label).into_iter().flatten();
            let best = near
                .filter(|(other, _)| **other != NONE && fit(label, **other) && !heir.contains_key(*other))
                .max_by(|a, b| a.1.total_cmp(b.1));
            if let Some((&other, _)) = best {
                heir.insert(label, other);
            }
        }
        if heir.is_empty() {
            return;
        }
        for label in labels.iter_mut() {
            if let Some(&other) = heir.get(label) {
                *label = other;
            }
        }
    }
}
