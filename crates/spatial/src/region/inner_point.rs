//! A point well inside a shape.

use i_overlay::i_shape::int::shape::IntContour;

use super::grid;
use crate::predicate::{Side, side};

/// Heights at which a shape is cut first, as shares of its height.
const CUTS: [f64; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];

/// A point strictly inside the shape (first contour shell, others holes): the middle of a horizontal cut through
/// it, then moved to the middle of the vertical cut there; of several cuts the roomiest. `None` for a shape
/// without inner points in `f64`.
pub(super) fn inner_point(shape: &[IntContour<i64>]) -> Option<[f64; 2]> {
    let rings: Vec<Vec<[f64; 2]>> =
        shape.iter().map(|ring| ring.iter().map(|&point| grid::metres(point)).collect()).collect();
    let shell = rings.first()?;
    let (low, high) = shell
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| (low.min(p[1]), high.max(p[1])));
    let roomiest = CUTS
        .iter()
        .filter_map(|share| at_height(&rings, low + (high - low) * share))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    roomiest.map(|(point, _)| point).or_else(|| between_neighbouring_heights(&rings))
}

/// The best inner point near a horizontal line and the room around it along both axes.
fn at_height(rings: &[Vec<[f64; 2]>], y: f64) -> Option<([f64; 2], f64)> {
    let (x, _) = widest_span(rings, 1, y)?;
    let upright = widest_span_around(rings, 0, x, y).map(|(middle, _)| [x, middle]);
    [Some([x, y]), upright]
        .into_iter()
        .flatten()
        .filter(|&point| strictly_inside(rings, point))
        .map(|point| (point, room(rings, point)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Half the shorter of the two spans through the point.
fn room(rings: &[Vec<[f64; 2]>], [x, y]: [f64; 2]) -> f64 {
    let half = |axis: usize, at: f64, around: f64| {
        widest_span_around(rings, axis, at, around)
            .map_or(0.0, |(middle, width)| width / 2.0 - (middle - around).abs())
    };
    half(1, y, x).min(half(0, x, y))
}

/// Where rings cross the line `axis = at`, as places along the other axis, ascending. Half-open edges: a vertex
/// on the line counts once, so that places come in pairs, inside between the first and second of each.
fn crossings(rings: &[Vec<[f64; 2]>], axis: usize, at: f64) -> Vec<f64> {
    let mut places: Vec<f64> = rings
        .iter()
        .flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)))
        .filter(|(a, b)| (a[axis] <= at) != (b[axis] <= at))
        .map(|(a, b)| a[1 - axis] + (b[1 - axis] - a[1 - axis]) * ((at - a[axis]) / (b[axis] - a[axis])))
        .collect();
    places.sort_unstable_by(f64::total_cmp);
    places
}

/// Middle and width of the widest inner span on the line.
fn widest_span(rings: &[Vec<[f64; 2]>], axis: usize, at: f64) -> Option<(f64, f64)> {
    spans(&crossings(rings, axis, at)).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Middle and width of the inner span on the line that holds the place.
fn widest_span_around(rings: &[Vec<[f64; 2]>], axis: usize, at: f64, place: f64) -> Option<(f64, f64)> {
    spans(&crossings(rings, axis, at)).find(|(middle, width)| (middle - place).abs() <= width / 2.0)
}

fn spans(places: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    places.chunks_exact(2).map(|pair| (f64::midpoint(pair[0], pair[1]), pair[1] - pair[0]))
}

/// Decided with exact arithmetic; a point on the border is not inside.
fn strictly_inside(rings: &[Vec<[f64; 2]>], [x, y]: [f64; 2]) -> bool {
    let mut inside = false;
    for (a, b) in rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1))) {
        let side = side(*a, *b, [x, y]);
        let between = |k: usize, v: f64| a[k].min(b[k]) <= v && v <= a[k].max(b[k]);
        if side == Side::On && between(0, x) && between(1, y) {
            return false;
        }
        if (a[1] <= y) != (b[1] <= y) && (side == Side::Left) == (b[1] > a[1]) {
            inside = !inside;
        }
    }
    inside
}

/// For slivers so thin that no cut above succeeded: half-way between neighbouring heights of vertices a span is
/// bounded by two edges without a vertex in the way.
fn between_neighbouring_heights(rings: &[Vec<[f64; 2]>]) -> Option<[f64; 2]> {
    let mut heights: Vec<f64> = rings.iter().flatten().map(|p| p[1]).collect();
    heights.sort_unstable_by(f64::total_cmp);
    heights.dedup();
    heights
        .windows(2)
        .filter_map(|pair| at_height(rings, f64::midpoint(pair[0], pair[1])))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(point, _)| point)
}
