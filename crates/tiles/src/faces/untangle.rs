//! Borders that meet themselves: simple rings out of any set of directed edges that goes in and out of every vertex
//! equally often.
//!
//! What is walked both ways has the feature on both sides, or is a part of it that has shrunk to a line, and is taken
//! away in pairs. The rest is walked so that at every vertex the next edge is the first one clockwise from the way back
//! (axes as in mathematics): that one bounds the same wedge of the inside, so each walk goes round one connected
//! inside and two that touch at a vertex come apart. A walk that passes a vertex twice, as where a hole touches its
//! shell, is cut there into simple rings.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::UnitPoint;

type Edge = [UnitPoint; 2];

/// Simple rings, each of at least three vertices.
pub(super) fn rings(edges: Vec<Edge>) -> Vec<Vec<UnitPoint>> {
    let edges = cancelled(edges);
    let mut used = vec![false; edges.len()];
    let mut rings = Vec::new();
    for first in 0..edges.len() {
        if used[first] {
            continue;
        }
        let mut walk = Vec::new();
        let mut at = first;
        loop {
            used[at] = true;
            walk.push(edges[at][0]);
            match next(&edges, &used, at, first) {
                Some(edge) if edge != first => at = edge,
                _ => break,
            }
        }
        cut(&walk, &mut rings);
    }
    rings
}

/// The edges in order, without those that are walked both ways.
fn cancelled(edges: Vec<Edge>) -> Vec<Edge> {
    let mut keyed: Vec<(Edge, bool)> = edges
        .into_iter()
        .filter(|[a, b]| a != b)
        .map(|[a, b]| if a < b { ([a, b], false) } else { ([b, a], true) })
        .collect();
    keyed.sort_unstable();
    let mut left = Vec::new();
    for group in keyed.chunk_by(|a, b| a.0 == b.0) {
        let [a, b] = group[0].0;
        let back = group.iter().filter(|(_, backwards)| *backwards).count();
        let forth = group.len() - back;
        left.extend(std::iter::repeat_n([a, b], forth.saturating_sub(back)));
        left.extend(std::iter::repeat_n([b, a], back.saturating_sub(forth)));
    }
    left.sort_unstable();
    left
}

/// The edge that bounds the same wedge of the inside; `first` closes the walk.
fn next(edges: &[Edge], used: &[bool], at: usize, first: usize) -> Option<usize> {
    let [from, here] = edges[at];
    let start = edges.partition_point(|edge| edge[0] < here);
    let back = direction(here, from);
    (start..edges.len())
        .take_while(|&edge| edges[edge][0] == here)
        .filter(|&edge| !used[edge] || edge == first)
        .min_by(|&a, &b| {
            clockwise(back, direction(here, edges[a][1]), direction(here, edges[b][1])).then(a.cmp(&b))
        })
}

fn direction(from: UnitPoint, to: UnitPoint) -> [i64; 2] {
    [0, 1].map(|k| i64::from(to[k]) - i64::from(from[k]))
}

/// Which of two directions comes first when one turns clockwise from `back`, which itself comes last.
fn clockwise(back: [i64; 2], a: [i64; 2], b: [i64; 2]) -> Ordering {
    let cross = |p: [i64; 2], q: [i64; 2]| p[0] * q[1] - p[1] * q[0];
    let dot = |p: [i64; 2], q: [i64; 2]| p[0] * q[0] + p[1] * q[1];
    let half = |d: [i64; 2]| match cross(back, d).signum() {
        -1 => 0,
        0 if dot(back, d) < 0 => 1,
        1 => 2,
        _ => 3,
    };
    half(a).cmp(&half(b)).then_with(|| cross(a, b).cmp(&0))
}

/// Cuts a closed walk wherever it passes a vertex again.
fn cut(walk: &[UnitPoint], rings: &mut Vec<Vec<UnitPoint>>) {
    let mut stack: Vec<UnitPoint> = Vec::new();
    let mut places: HashMap<UnitPoint, usize> = HashMap::new();
    for &point in walk {
        if let Some(&place) = places.get(&point) {
            let ring = stack.split_off(place);
            ring.iter().for_each(|point| {
                places.remove(point);
            });
            keep(ring, rings);
        }
        places.insert(point, stack.len());
        stack.push(point);
    }
    keep(stack, rings);
}

fn keep(ring: Vec<UnitPoint>, rings: &mut Vec<Vec<UnitPoint>>) {
    if ring.len() > 2 {
        rings.push(ring);
    }
}

#[cfg(test)]
mod tests {
    use super::super::doubled_area;
    use super::*;

    fn of(paths: &[&[UnitPoint]]) -> Vec<Vec<UnitPoint>> {
        let edges = |path: &&[UnitPoint]| {
            let path = path.to_vec();
            (0..path.len()).map(move |i| [path[i], path[(i + 1) % path.len()]])
        };
        rings(paths.iter().flat_map(edges).collect())
    }

    fn areas(rings: &[Vec<UnitPoint>]) -> Vec<i64> {
        let mut areas: Vec<i64> = rings.iter().map(|ring| doubled_area(ring)).collect();
        areas.sort_unstable();
        areas
    }

    #[test]
    fn spikes_and_necks_go() {
        let spike = of(&[&[[0, 0], [4, 0], [9, 0], [4, 0], [4, 4], [0, 4]]]);
        assert_eq!(areas(&spike), [32]);
        // Two squares and the line between them, walked there and back.
        let neck = of(&[&[
            [0, 0],
            [2, 0],
            [2, 1],
            [5, 1],
            [5, 0],
            [7, 0],
            [7, 2],
            [5, 2],
            [5, 1],
            [2, 1],
            [2, 2],
            [0, 2],
        ]]);
        assert_eq!(areas(&neck), [8, 8]);
    }

    #[test]
    fn two_squares_that_touch_are_two_and_a_hole_that_touches_is_one() {
        let lobes = of(&[&[[0, 0], [2, 0], [2, 2], [4, 2], [4, 4], [2, 4], [2, 2], [0, 2]]]);
        assert_eq!(areas(&lobes), [8, 8]);
        let hole = of(&[&[[0, 0], [9, 0], [9, 9], [0, 9]], &[[0, 0], [3, 5], [5, 3]]]);
        assert_eq!(areas(&hole), [-16, 162]);
    }

    #[test]
    fn a_hole_that_touches_twice_cuts_its_shell_in_two() {
        // Corners of the hole on (0, 0) and (8, 8): what is left is above and below it.
        let cut = of(&[&[[0, 0], [8, 0], [8, 8], [0, 8]], &[[0, 0], [2, 6], [8, 8], [6, 2]]]);
        assert_eq!(areas(&cut), [32, 32]);
    }

    #[test]
    fn what_is_walked_both_ways_only_is_nothing() {
        assert!(of(&[&[[0, 0], [5, 5], [9, 0], [5, 5]]]).is_empty());
    }
}
