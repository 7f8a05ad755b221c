//! For each vertex, the zoom from which it is drawn: Visvalingam–Whyatt on arcs.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::arcs::{arcs, junctions};
use crate::grid::{GridPoint, doubled_area};
use crate::matrix::MAX_ZOOM;
use crate::shape::{Run, Shape};

/// From this zoom on every vertex is drawn; deeper tiles are this one enlarged, where left-out vertices would show.
pub const DETAIL_ZOOM: u8 = 16;
/// A vertex that lies exactly between its neighbours: of no use at any zoom.
const NEVER: u8 = u8::MAX;
/// Twice the least triangle worth a vertex, in squared grid units of a zoom (8 units a pixel): 1/16 pixel².
const TOLERANCE_DOUBLED_UNITS2: u128 = 2 * 4;

/// Fills in the zooms of every vertex of the shapes. Vertices of one place get one zoom in all of them.
pub(crate) fn generalise(shapes: &mut [&mut Shape]) {
    let junctions = junctions(shapes.iter().map(|shape| &**shape));
    let mut zooms: HashMap<GridPoint, u8> = HashMap::new();
    for shape in shapes.iter() {
        for (run, closed) in shape.runs() {
            for arc in arcs(run, closed, &junctions) {
                weigh(&arc, &mut zooms);
            }
            keep_a_triangle(run, closed, &junctions, &mut zooms);
        }
    }
    for run in shapes.iter_mut().flat_map(|shape| shape.runs_mut()) {
        run.zooms = run.points.iter().map(|point| zooms.get(point).copied().unwrap_or(0)).collect();
    }
}

/// A lone ring keeps a third vertex at every zoom, so that it does not fold into a line before it is too small to
/// be drawn at all.
fn keep_a_triangle(
    run: &Run,
    closed: bool,
    junctions: &HashSet<GridPoint>,
    zooms: &mut HashMap<GridPoint, u8>,
) {
    let zoom = |point: &GridPoint, zooms: &HashMap<GridPoint, u8>| zooms.get(point).copied().unwrap_or(0);
    if !closed || run.points.iter().any(|point| junctions.contains(point)) {
        return;
    }
    let third = run.points.iter().filter(|p| zoom(p, zooms) > 0).min_by_key(|p| (zoom(p, zooms), **p));
    if let (Some(&third), true) = (third, run.points.iter().filter(|p| zoom(p, zooms) == 0).count() < 3) {
        zooms.insert(third, 0);
    }
}

/// Weighs the vertices of one arc, unless it has been done for the neighbour that shares it.
fn weigh(arc: &[GridPoint], zooms: &mut HashMap<GridPoint, u8>) {
    let ends = [arc.first(), arc.last()];
    if arc.len() < 3 || arc.get(1).is_some_and(|point| zooms.contains_key(point)) {
        zooms.extend(ends.into_iter().flatten().map(|&point| (point, 0)));
        return;
    }
    // Ties between equal triangles are broken by place, so the direction of travel does not matter.
    let mut left: Vec<usize> = (0..arc.len()).map(|i| i.saturating_sub(1)).collect();
    let mut right: Vec<usize> = (1..=arc.len()).collect();
    let mut current: Vec<u128> = vec![u128::MAX; arc.len()];
    let mut heap = BinaryHeap::new();
    for i in 1..arc.len() - 1 {
        current[i] = doubled_area(arc[i - 1], arc[i], arc[i + 1]);
        heap.push(Reverse((current[i], arc[i], i)));
    }
    let mut weight = 0;
    while let Some(Reverse((area, point, i))) = heap.pop() {
        if current[i] != area {
            continue;
        }
        weight = area.max(weight);
        zooms.insert(point, zoom_of(if area == 0 { 0 } else { weight }));
        current[i] = u128::MAX;
        let (before, after) = (left[i], right[i]);
        right[before] = after;
        left[after] = before;
        for k in [before, after] {
            if k > 0 && k + 1 < arc.len() {
                current[k] = doubled_area(arc[left[k]], arc[k], arc[right[k]]);
                heap.push(Reverse((current[k], arc[k], k)));
            }
        }
    }
    zooms.extend(ends.into_iter().flatten().map(|&point| (point, 0)));
}

/// The first zoom at which a triangle is worth drawing; the area is doubled, in squared world grid units.
fn zoom_of(doubled_area: u128) -> u8 {
    if doubled_area == 0 {
        return NEVER;
    }
    (0..DETAIL_ZOOM)
        .find(|&z| doubled_area >> (2 * u32::from(MAX_ZOOM - z)) >= TOLERANCE_DOUBLED_UNITS2)
        .unwrap_or(DETAIL_ZOOM)
}
