//! Rounding borders off by moving vertices, never so far that a triangle turns over.

use super::{Mesh, NONE, area};
use crate::plane::{Point, Spot};

/// Moves the free vertices on borders towards the middle of their neighbours on the border, a few times.
///
/// `label` gives what lies on a triangle; a border runs where it differs. The mesh stays planar: a move that would
/// turn a triangle over, or leave it thinner than `least` (twice the area, squared units), is not made.
pub(crate) fn smooth_borders(mesh: &mut Mesh, label: &[u32], times: usize) {
    let around = triangles_around(mesh);
    let links = border_links(mesh, label);
    for _ in 0..times {
        for vertex in 0..mesh.points.len() {
            let near = &links[vertex];
            if mesh.fixed[vertex] || near.len() < 2 || near.contains(&NONE) {
                continue;
            }
            let sum = near.iter().fold(Spot::new(0.0, 0.0), |sum, &n| sum + mesh.points[n as usize].spot());
            let here = mesh.points[vertex].spot();
            let pull = if near.len() == 2 { 0.5 } else { 0.25 };
            let wanted = here + (sum * (1.0 / near.len() as f64) - here) * pull;
            try_move(mesh, &around[vertex], vertex, wanted.point());
        }
    }
}

fn try_move(mesh: &mut Mesh, around: &[u32], vertex: usize, to: Point) {
    let least = 16 * 300;
    let from = mesh.points[vertex];
    mesh.points[vertex] = to;
    let folded = around.iter().any(|&t| area(&mesh.points, mesh.triangles[t as usize]) < least);
    if folded {
        mesh.points[vertex] = from;
    }
}

fn triangles_around(mesh: &Mesh) -> Vec<Vec<u32>> {
    let mut around = vec![Vec::new(); mesh.points.len()];
    for (t, corners) in mesh.triangles.iter().enumerate() {
        for &corner in corners {
            around[corner as usize].push(t as u32);
        }
    }
    around
}

/// For every vertex the vertices it is joined to by border edges; the outer border counts.
fn border_links(mesh: &Mesh, label: &[u32]) -> Vec<Vec<u32>> {
    let mut links: Vec<Vec<u32>> = vec![Vec::new(); mesh.points.len()];
    for (t, corners) in mesh.triangles.iter().enumerate() {
        for k in 0..3 {
            let (a, b) = (corners[k], corners[(k + 1) % 3]);
            let n = mesh.neighbours[t][k];
            let outer = n == NONE;
            if outer || (label[t] != label[n as usize] && (t as u32) < n) {
                links[a as usize].push(b);
                links[b as usize].push(a);
            }
        }
    }
    links
}
