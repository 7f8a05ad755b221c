//! Edges too long for a tile's coordinates are split before they are rounded, so that what is split is rounded together
//! with everything else and a tile never has to cut an edge that it shows.

use crate::coverage::Coverage;
use crate::coverage::buckets::Buckets;
use crate::grid::GridPoint;
use crate::matrix::MAX_ZOOM;
use crate::tile::clip::MAX_EDGE_UNITS;

/// The coverage with every edge short enough for a zoom; `None` when all are. `buckets` holds its vertices.
pub(crate) fn split(coverage: &Coverage, buckets: &Buckets, z: u8) -> Option<Coverage> {
    // A unit less at either end, as rounding moves the ends apart.
    let longest = (MAX_EDGE_UNITS - 2) << MAX_ZOOM.saturating_sub(z);
    let long = |arc: usize| coverage.arc(arc).windows(2).any(|pair| length(pair) > longest);
    if !(0..coverage.len()).any(long) {
        return None;
    }
    let mut result = Coverage { lines: coverage.lines.clone(), ..Coverage::default() };
    let mut points = Vec::new();
    for arc in 0..coverage.len() {
        points.clear();
        for pair in coverage.arc(arc).windows(2) {
            points.push(pair[0]);
            // From the lesser end, so that an arc's direction is no matter.
            let start = points.len();
            divide(coverage, buckets, [pair[0].min(pair[1]), pair[0].max(pair[1])], longest, &mut points);
            if pair[1] < pair[0] {
                points[start..].reverse();
            }
        }
        points.extend(coverage.arc(arc).last());
        result.push(points.iter().copied(), coverage.sides[arc], coverage.in_lines[arc]);
    }
    Some(result)
}

/// The longer side of an edge's box.
fn length(pair: &[GridPoint]) -> i64 {
    let (a, b) = (pair[0].wide(), pair[1].wide());
    (b[0] - a[0]).abs().max((b[1] - a[1]).abs())
}

/// Adds points between the ends of an edge. A point rounded to the world grid lies beside the edge by less than a world
/// unit; should another vertex lie between, a place a little further on is taken.
fn divide(
    coverage: &Coverage,
    buckets: &Buckets,
    pair: [GridPoint; 2],
    longest: i64,
    into: &mut Vec<GridPoint>,
) {
    let length = length(&pair);
    let parts = (length + longest - 1) / longest;
    let (a, b) = (pair[0].wide(), pair[1].wide());
    let at = |way: i64| {
        let c = [0, 1].map(|k| {
            let step = i128::from(b[k] - a[k]) * i128::from(way);
            a[k] + (step + i128::from(length) / 2).div_euclid(i128::from(length.max(1))) as i64
        });
        GridPoint { x: c[0] as u32, y: c[1] as u32 }
    };
    let mut before = pair[0];
    for part in 1..parts {
        let way = length * part / parts;
        let free =
            |&point: &GridPoint| buckets.is_empty(&coverage.points, [before, point, pair[1]], |_| false);
        let point = (0..8).map(|more| at(way - more)).find(free).unwrap_or_else(|| at(way));
        into.push(point);
        before = point;
    }
}
