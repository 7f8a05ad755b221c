//! Closed loops that run along one another: what is left when the seams between them go.
//!
//! An edge that one loop follows one way and another the opposite way adds nothing to the winding number of any
//! place. Without such pairs, *seams*, the loops wind around every place as often as before.

use crate::region::{Contour, Point};

/// An edge and whether its seam was found.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: Point,
    to: Point,
    is_seam: bool,
}

/// No edge.
const NONE: u32 = u32::MAX;

/// The loops that are left when all seams are taken out; `None` when an edge is followed twice the same way, or
/// when more than one is left that starts in a point, so that they could be put together in several ways.
pub(super) fn without_seams<'a>(loops: impl IntoIterator<Item = &'a [Point]>) -> Option<Vec<Contour>> {
    let mut edges = Vec::new();
    for vertices in loops {
        let following = vertices.iter().skip(1).chain(vertices.first());
        edges.extend(vertices.iter().zip(following).map(|(&from, &to)| Edge { from, to, is_seam: false }));
    }
    mark_seams(&mut edges)?;
    edges.retain(|edge| !edge.is_seam);
    edges.sort_unstable_by_key(|edge| edge.from);
    if edges.windows(2).any(|pair| pair[0].from == pair[1].from) {
        return None;
    }
    put_together(&mut edges)
}

/// Finds the seams by a table with open addresses, in which an edge and its opposite have one place.
fn mark_seams(edges: &mut [Edge]) -> Option<()> {
    let mut table = vec![NONE; (2 * edges.len()).next_power_of_two()];
    let mask = table.len() - 1;
    for number in 0..edges.len() {
        let Edge { from, to, .. } = edges[number];
        let mut place = hash(from, to) as usize & mask;
        loop {
            let listed = table[place];
            if listed == NONE {
                table[place] = number as u32;
                break;
            }
            let other = edges[listed as usize];
            if (other.from, other.to) == (to, from) && !other.is_seam {
                edges[listed as usize].is_seam = true;
                edges[number].is_seam = true;
                break;
            }
            if (other.from, other.to) == (from, to) && !other.is_seam {
                return None;
            }
            place = (place + 1) & mask;
        }
    }
    Some(())
}

/// The same number for an edge and its opposite.
fn hash(from: Point, to: Point) -> u64 {
    let mixed = |point: Point| {
        let x = (point.x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (x ^ (x >> 32) ^ point.y as u64).wrapping_mul(0xd6e8_feb8_6659_fd93)
    };
    let sum = mixed(from).wrapping_add(mixed(to));
    sum ^ (sum >> 29)
}

/// Chains edges, sorted by where they start, to loops; a used one is marked as a seam.
fn put_together(edges: &mut [Edge]) -> Option<Vec<Contour>> {
    let mut loops = Vec::new();
    for first in 0..edges.len() {
        let mut contour = Contour::new();
        let mut at = first;
        while !edges[at].is_seam {
            edges[at].is_seam = true;
            contour.push(edges[at].from);
            let end = edges[at].to;
            at = edges.binary_search_by_key(&end, |edge| edge.from).ok()?;
        }
        if !contour.is_empty() {
            loops.push(contour);
        }
    }
    Some(loops)
}
