//! A neighbour's corner on a border that does not know of it (a T-junction).
//!
//! Where the border of two features ends on a third one's side, many sources give that side no vertex there. The corner
//! then lies on the side but for rounding, and the borders are not the same line. Before anything else such corners are
//! put into the sides they stand on, so that the pieces between them are shared and stay shared at every zoom.
//!
//! Only borders that no neighbour shares are asked, and only for corners within [`TOLERANCE_UNITS`]: coordinates of
//! seven decimal places of a degree are off by up to a world unit.

use rayon::prelude::*;

use super::arcs::build;
use super::buckets::Buckets;
use super::{Coverage, NONE, Path};
use crate::grid::GridPoint;
use crate::source::{Run, Source};

/// How far from a side a corner may lie to stand on it, world units of 9.3 mm at the equator.
const TOLERANCE_UNITS: i64 = 2;

/// A corner to be put into an edge.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Corner {
    arc: u32,
    edge: u32,
    /// Square of its distance from the edge's first vertex.
    along: i64,
    at: GridPoint,
}

/// The arcs of the source after its T-junctions have been noded; how many corners were put in.
pub(crate) fn noded(source: &mut Source) -> (Coverage, usize) {
    let (mut coverage, mut paths) = build(source);
    let corners = corners(&coverage);
    if !corners.is_empty() {
        let world = source.world;
        *source = with_corners(&coverage, &paths, &corners, std::mem::replace(source, Source::new(world)));
        (coverage, paths) = build(source);
    }
    paths.retain(|path| !path.closed);
    coverage.lines = paths;
    (coverage, corners.len())
}

/// Corners that stand on an edge of another arc, in the order of the edges.
fn corners(coverage: &Coverage) -> Vec<Corner> {
    let alone: Vec<u32> = (0..coverage.len() as u32)
        .filter(|&arc| coverage.sides[arc as usize].contains(&NONE) && !coverage.in_lines[arc as usize])
        .collect();
    // Only where arcs begin and end can borders part, but an arc without junctions may touch at any vertex.
    let mut points = Vec::new();
    let mut owner = Vec::new();
    for &arc in &alone {
        points.extend_from_slice(coverage.arc(arc as usize));
        owner.resize(points.len(), arc);
    }
    let buckets = Buckets::new(&points, 4);
    let mut corners: Vec<Corner> = alone
        .par_iter()
        .flat_map_iter(|&arc| {
            let mut found = Vec::new();
            for (edge, ends) in coverage.arc(arc as usize).windows(2).enumerate() {
                buckets.visit(ends, TOLERANCE_UNITS, |entry| {
                    let at = points[entry as usize];
                    if let Some(along) = stands_on(at, ends)
                        && owner[entry as usize] != arc
                    {
                        found.push(Corner { arc, edge: edge as u32, along, at });
                    }
                    true
                });
            }
            found
        })
        .collect();
    corners.par_sort_unstable();
    corners.dedup();
    corners
}

/// The square of the way along the edge at which the point stands on it, when it does.
fn stands_on(point: GridPoint, ends: &[GridPoint]) -> Option<i64> {
    let (a, b, p) = (ends[0].wide(), ends[1].wide(), point.wide());
    for k in 0..2 {
        if p[k] < a[k].min(b[k]) - TOLERANCE_UNITS || p[k] > a[k].max(b[k]) + TOLERANCE_UNITS {
            return None;
        }
    }
    if ends.contains(&point) {
        return None;
    }
    let d = |q: [i64; 2], r: [i64; 2]| [(r[0] - q[0]) as f64, (r[1] - q[1]) as f64];
    let (edge, way) = (d(a, b), d(a, p));
    let dot = edge[0] * way[0] + edge[1] * way[1];
    let length2 = edge[0] * edge[0] + edge[1] * edge[1];
    let area = edge[0] * way[1] - edge[1] * way[0];
    let near = area * area <= (TOLERANCE_UNITS * TOLERANCE_UNITS) as f64 * length2;
    (near && dot > 0.0 && dot < length2).then_some((way[0] * way[0] + way[1] * way[1]) as i64)
}

/// The runs again, with the corners in them.
fn with_corners(coverage: &Coverage, paths: &[Path], corners: &[Corner], old: Source) -> Source {
    let mut source = Source { dots: old.dots, ..Source::new(old.world) };
    source.points.reserve(old.points.len() + corners.len());
    for path in paths {
        let start = source.points.len();
        for walk in &path.walks {
            let mut points = noded_arc(coverage, walk.arc, corners);
            if walk.backwards {
                points.reverse();
            }
            let same = source.points.len() > start && source.points.last() == points.first();
            source.points.extend_from_slice(&points[usize::from(same)..]);
        }
        if path.closed {
            source.points.pop();
        }
        let (row, end) = (path.row, source.points.len());
        source.runs.push(Run { row, start, end, closed: path.closed });
    }
    source
}

fn noded_arc(coverage: &Coverage, arc: u32, corners: &[Corner]) -> Vec<GridPoint> {
    let from = corners.partition_point(|corner| corner.arc < arc);
    let mut here = corners[from..].iter().take_while(|corner| corner.arc == arc).peekable();
    let mut points = Vec::new();
    for (edge, &point) in coverage.arc(arc as usize).iter().enumerate() {
        points.push(point);
        while let Some(corner) = here.next_if(|corner| corner.edge as usize == edge) {
            points.push(corner.at);
        }
    }
    points
}
