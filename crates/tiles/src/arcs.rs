//! Arcs: the stretches of border between two junctions, each the same for every feature that has it.

use std::collections::{HashMap, HashSet};

use crate::grid::GridPoint;
use crate::shape::{Run, Shape};

/// Vertices that must stay because borders part there: those whose neighbours are not the same two in every run
/// that passes through them, and the ends of lines.
pub(crate) fn junctions<'a>(shapes: impl Iterator<Item = &'a Shape>) -> HashSet<GridPoint> {
    let mut neighbours: HashMap<GridPoint, (GridPoint, GridPoint)> = HashMap::new();
    let mut junctions = HashSet::new();
    for (run, closed) in shapes.flat_map(Shape::runs) {
        let n = run.points.len();
        for (i, &point) in run.points.iter().enumerate() {
            if !closed && (i == 0 || i + 1 == n) {
                junctions.insert(point);
                continue;
            }
            let (previous, next) = (run.points[(i + n - 1) % n], run.points[(i + 1) % n]);
            let pair = (previous.min(next), previous.max(next));
            if *neighbours.entry(point).or_insert(pair) != pair {
                junctions.insert(point);
            }
        }
    }
    junctions
}

/// The arcs of a run. Both ends of an arc stay at every zoom. A ring without a junction is cut at two places that
/// depend on its set of vertices alone, so that a hole and the island in it are cut alike.
pub(crate) fn arcs(run: &Run, closed: bool, junctions: &HashSet<GridPoint>) -> Vec<Vec<GridPoint>> {
    let points = &run.points;
    if points.len() < 3 {
        return vec![points.clone()];
    }
    let mut cuts: Vec<usize> = (0..points.len()).filter(|&i| junctions.contains(&points[i])).collect();
    if closed && cuts.len() < 2 {
        cuts.extend(extremes(points));
        cuts.sort_unstable();
        cuts.dedup();
    }
    let mut arcs: Vec<Vec<GridPoint>> =
        cuts.windows(2).map(|pair| points[pair[0]..=pair[1]].to_vec()).collect();
    if let (true, Some(&first), Some(&last)) = (closed, cuts.first(), cuts.last()) {
        arcs.push(points[last..].iter().chain(&points[..=first]).copied().collect());
    }
    arcs
}

/// Positions of the least vertex and of the one farthest from it.
fn extremes(points: &[GridPoint]) -> [usize; 2] {
    let least = (0..points.len()).min_by_key(|&i| points[i]).unwrap_or(0);
    let square = |a: u32, b: u32| u128::from(a.abs_diff(b)).pow(2);
    let distance = |p: GridPoint| square(p.x, points[least].x) + square(p.y, points[least].y);
    let farthest = (0..points.len()).max_by_key(|&i| (distance(points[i]), points[i])).unwrap_or(0);
    [least, farthest]
}
