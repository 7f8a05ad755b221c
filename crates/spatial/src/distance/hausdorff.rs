//! How far the lines of two shapes stray from each other: the Hausdorff distance, which is the distance of the point,
//! of either, that is farthest from the other. Three ways, named as what they are:
//!
//! - of the **vertices** alone, quick, never more than the true one (what GEOS calls discrete Hausdorff distance);
//! - of the vertices and of points that divide each edge into **parts** (GEOS with a densify fraction of 1/parts);
//! - **exact**, of all points of all edges, to a tolerance that is proved ([`stray`](super::stray)).
//!
//! Polygons count as their boundaries in all three, as they do in GEOS: a point deep inside is far from the border.

use super::edge::between;
use super::farthest::Farthest;
use super::linework::Linework;
use super::{Separation, Shape};

impl Shape {
    /// Hausdorff distance of the vertices of each from the lines of the other, and between which points.
    pub fn hausdorff_of_vertices(&self, reference: &Self) -> Separation {
        self.hausdorff_of_parts(reference, 1)
    }

    /// Hausdorff distance of the vertices of each, and of the points that divide each edge into so many equal parts,
    /// from the lines of the other. Off the exact one by at most half the length of the longest part. It
    /// costs time for each point.
    pub fn hausdorff_of_parts(&self, reference: &Self, parts_per_edge: u32) -> Separation {
        farther(
            directed_of_parts(self, reference, parts_per_edge),
            directed_of_parts(reference, self, parts_per_edge),
        )
    }

    /// Exact Hausdorff distance of the lines: it is attained between the two points, and no point of either is
    /// farther from the other than it by more than `tolerance_m` (raised to
    /// [`HAUSDORFF_TOLERANCE_M`](super::HAUSDORFF_TOLERANCE_M) where it is less).
    pub fn hausdorff(&self, reference: &Self, tolerance_m: f64) -> Separation {
        farther(
            self.directed_hausdorff(reference, tolerance_m),
            reference.directed_hausdorff(self, tolerance_m),
        )
    }
}

/// The greater of the distances there and back.
fn farther(there: Separation, back: Separation) -> Separation {
    if back.distance_m > there.distance_m { back.reversed() } else { there }
}

fn directed_of_parts(from: &Shape, to: &Shape, parts: u32) -> Separation {
    let mut farthest = Farthest::from(to);
    for path in from.linework().flat_map(Linework::paths) {
        path.iter().take(1).for_each(|&vertex| farthest.offer(vertex));
        for edge in path.windows(2) {
            for part in 1..parts {
                farthest.offer(between(edge[0], edge[1], f64::from(part) / f64::from(parts)));
            }
            farthest.offer(edge[1]);
        }
    }
    farthest.separation()
}
