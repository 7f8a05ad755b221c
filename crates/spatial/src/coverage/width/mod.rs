//! The greatest circle that fits into a region.
//!
//! The region is cut into trapezoids across its long axis, each between two of its edges ([`trapezoids`]). How far a
//! place of such a cell can be from the border is bounded by its corners, since distances from segments are convex:
//! for any edge e no place p of the cell is further than the greatest |p e| over the corners; and as the lesser of two
//! numbers is at most their mean, none is further than the greatest (|p e| + |p f|) / 2 for any two edges. The last
//! bound makes long slivers cheap: between two parallel edges it is the truth, however long the cell. A cell whose
//! bound exceeds the best distance found by more than the precision asked for is cut in two; the most promising
//! cells come first.

mod trapezoids;

use rstar::RTree;
use rstar::primitives::Line;

use crate::Region;
use crate::region::{edges, metres};
use trapezoids::{Trapezoid, trapezoids};

/// Edges nearest to the middle of a cell from which its bound is made.
const NEAREST: usize = 6;
/// Cells that may be looked at for one region, beside those per edge.
const CELLS: usize = 20_000;
/// And per edge.
const CELLS_PER_EDGE: usize = 16;

/// A segment on the local plane, m.
type Segment = [[f64; 2]; 2];

/// Diameter of the greatest circle inside a region, m, at most `precision` of it too small; `None` when it takes too
/// much work.
pub(super) fn largest_m(region: &Region, precision: f64) -> Option<f64> {
    let mut parts: Vec<(i128, Region)> =
        region.parts().into_iter().map(|part| (part.twice_area_cells(), part)).collect();
    parts.sort_by_key(|&(area, _)| std::cmp::Reverse(area));
    let mut work = CELLS + CELLS_PER_EDGE * region.vertex_count();
    let slack = 1.0 + precision.max(f64::EPSILON);
    let mut radius_m = 0.0;
    for (_, part) in &parts {
        // A circle is not larger than what it lies in.
        if (part.area_m2() / std::f64::consts::PI).sqrt() > radius_m * slack {
            radius_m = of_part(part, slack, radius_m, &mut work)?;
        }
    }
    Some(2.0 * radius_m)
}

/// The greater of a radius that is known and the greatest in this part.
fn of_part(part: &Region, slack: f64, known_m: f64, work: &mut usize) -> Option<f64> {
    let segments = along_axis(part);
    let mut cells: Vec<(f64, Trapezoid)> = trapezoids(&segments, work)?
        .into_iter()
        .map(|cell| (bound(&cell.corners(), &[cell.below, cell.above]), cell))
        .filter(|&(bound, _)| bound > known_m * slack)
        .collect();
    cells.sort_by(|a, b| b.0.total_cmp(&a.0));
    let lines = segments.iter().map(|&[a, b]| Line::new(a, b)).collect();
    let mut search = Search { tree: RTree::bulk_load(lines), slack, best_m: known_m };
    for (bound, cell) in cells {
        // All further ones are bounded by less.
        if bound <= search.best_m * slack {
            break;
        }
        search.look(&cell, work)?;
    }
    Some(search.best_m)
}

struct Search {
    tree: RTree<Line<[f64; 2]>>,
    slack: f64,
    /// The greatest distance from the border that was found.
    best_m: f64,
}

impl Search {
    /// Looks at a cell and what it is cut into; `None` when `work` runs out.
    fn look(&mut self, cell: &Trapezoid, work: &mut usize) -> Option<()> {
        let mut cells = vec![*cell];
        while let Some(cell) = cells.pop() {
            *work = work.checked_sub(1)?;
            let middle = cell.middle();
            let nearest = self.tree.nearest_neighbor_iter(&middle).take(NEAREST);
            let mut near: Vec<Segment> = nearest.map(|line| [line.from, line.to]).collect();
            let distance_m = near.first().map_or(0.0, |&segment| distance(segment, middle));
            self.best_m = self.best_m.max(distance_m);
            near.extend([cell.below, cell.above]);
            let corners = cell.corners();
            let reach =
                corners.iter().map(|c| (c[0] - middle[0]).hypot(c[1] - middle[1])).fold(0.0, f64::max);
            if bound(&corners, &near).min(distance_m + reach) > self.best_m * self.slack {
                cells.extend(cell.halves());
            }
        }
        Some(())
    }
}

/// The bound that edges, alone and in pairs, set to the distance of any place between the corners from the border.
fn bound(corners: &[[f64; 2]; 4], edges: &[Segment]) -> f64 {
    let distances: Vec<[f64; 4]> =
        edges.iter().map(|&segment| corners.map(|corner| distance(segment, corner))).collect();
    let mean = |a: &[f64; 4], b: &[f64; 4]| a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).fold(0.0, f64::max);
    let pairs = (0..distances.len()).flat_map(|i| (0..=i).map(move |j| (i, j)));
    pairs.map(|(i, j)| mean(&distances[i], &distances[j])).fold(f64::INFINITY, f64::min)
}

/// Distance of a place from a segment.
fn distance([a, b]: Segment, [x, y]: [f64; 2]) -> f64 {
    let (ux, uy) = (b[0] - a[0], b[1] - a[1]);
    let share = (((x - a[0]) * ux + (y - a[1]) * uy) / (ux * ux + uy * uy)).clamp(0.0, 1.0);
    let (dx, dy) = (x - a[0] - share * ux, y - a[1] - share * uy);
    // Not `hypot`: nothing here comes near the limits that it guards, and this is most of the work.
    (dx * dx + dy * dy).sqrt()
}

/// The edges of a part, turned so that its long axis lies along x, from its middle. The axis is that of the greatest
/// inertia of the border.
fn along_axis(part: &Region) -> Vec<Segment> {
    let segments: Vec<Segment> =
        part.contours().flat_map(edges).map(|(a, b)| [metres(a), metres(b)]).collect();
    let length = |[a, b]: &Segment| (b[0] - a[0]).hypot(b[1] - a[1]);
    let middle = |[a, b]: &Segment| [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
    let perimeter: f64 = segments.iter().map(length).sum();
    let mean = [0, 1].map(|k| segments.iter().map(|s| middle(s)[k] * length(s)).sum::<f64>() / perimeter);
    let [mut xx, mut xy, mut yy] = [0.0; 3];
    for segment in &segments {
        let ([x, y], weight) = (middle(segment), length(segment));
        let (x, y) = (x - mean[0], y - mean[1]);
        xx += x * x * weight;
        xy += x * y * weight;
        yy += y * y * weight;
    }
    let (sine, cosine) = (0.5 * (2.0 * xy).atan2(xx - yy)).sin_cos();
    let turn = |[x, y]: [f64; 2]| {
        let (x, y) = (x - mean[0], y - mean[1]);
        [x * cosine + y * sine, y * cosine - x * sine]
    };
    segments.into_iter().map(|segment| segment.map(turn)).collect()
}
