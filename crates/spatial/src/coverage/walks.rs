//! Closed walks over loose edges.

use super::loose::Loose;
use crate::region::{Contour, Point};

/// Links edges to closed rings. As many loose edges end at a point as begin there, since all of a layer's edges do
/// and the ones taken out did; so a walk that always goes on along an unused edge comes back to where it began.
/// Whichever way it takes at a crossing, the winding numbers of all walks together are the same.
pub(super) fn closed_walks(loose: &[Loose]) -> Vec<Contour> {
    let mut by_start: Vec<(Point, usize)> =
        loose.iter().enumerate().map(|(number, edge)| (edge.a, number)).collect();
    by_start.sort_unstable();
    let mut used = vec![false; loose.len()];
    let mut walks = Vec::new();
    for start in 0..loose.len() {
        let (mut walk, mut at) = (Contour::new(), Some(start));
        while let Some(number) = at.filter(|&number| !used[number]) {
            used[number] = true;
            let Loose { a, b, .. } = loose[number];
            walk.push(a);
            at = if b == loose[start].a { None } else { onward(b, number + 1, loose, &by_start, &used) };
        }
        if walk.len() > 2 {
            walks.push(walk);
        }
    }
    walks
}

/// An unused edge that begins at a point: the `likely` one where it does.
fn onward(
    point: Point,
    likely: usize,
    loose: &[Loose],
    by_start: &[(Point, usize)],
    used: &[bool],
) -> Option<usize> {
    if loose.get(likely).is_some_and(|edge| edge.a == point) && !used[likely] {
        return Some(likely);
    }
    let first = by_start.partition_point(|&(start, _)| start < point);
    by_start[first..]
        .iter()
        .take_while(|(start, _)| *start == point)
        .map(|&(_, number)| number)
        .find(|&n| !used[n])
}
