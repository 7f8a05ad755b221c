//! After features have been merged: borders that no longer part anything go, and arcs that meet at what is no junction
//! any more become one, so that the vertex between them can be simplified away.

use super::{Coverage, NONE, Walk};
use crate::grid::GridPoint;

/// An end of an arc: 0 its first vertex, 1 its last.
type End = (usize, usize);

/// The coverage without arcs between a feature and itself, joined where two arcs meet and no third does.
pub(crate) fn joined(coverage: &Coverage) -> Coverage {
    let lives = |arc: usize| coverage.in_lines[arc] || coverage.sides[arc][0] != coverage.sides[arc][1];
    let links = links(coverage, &lives);
    let mut done = vec![false; coverage.len()];
    let mut names = vec![NONE; coverage.len()];
    let mut result = Coverage { starts: vec![0], ..Coverage::default() };
    for arc in 0..coverage.len() {
        if done[arc] || !lives(arc) {
            continue;
        }
        let chain = chain(arc, &links);
        let mut points: Vec<GridPoint> = Vec::new();
        for walk in &chain {
            done[walk.arc as usize] = true;
            names[walk.arc as usize] = result.len() as u32;
            let skip = usize::from(!points.is_empty());
            let more = coverage.arc(walk.arc as usize);
            if walk.backwards {
                points.extend(more.iter().rev().skip(skip));
            } else {
                points.extend(more.iter().skip(skip));
            }
        }
        let first = chain[0];
        let mut sides = coverage.sides[first.arc as usize];
        if first.backwards {
            sides.reverse();
        }
        result.push(points, sides, coverage.in_lines[arc]);
    }
    result.lines.clone_from(&coverage.lines);
    // Arcs of lines are never joined, so each has one new name and its direction.
    for walk in result.lines.iter_mut().flat_map(|line| &mut line.walks) {
        walk.arc = names[walk.arc as usize];
    }
    result
}

/// For each end of each arc the end that it is joined to.
fn links(coverage: &Coverage, lives: &impl Fn(usize) -> bool) -> Vec<[Option<End>; 2]> {
    let mut ends: Vec<(GridPoint, End)> = Vec::new();
    for arc in (0..coverage.len()).filter(|&arc| lives(arc)) {
        if let [first, .., last] = coverage.arc(arc) {
            ends.extend([(*first, (arc, 0)), (*last, (arc, 1))]);
        }
    }
    ends.sort_unstable();
    let mut links = vec![[None; 2]; coverage.len()];
    for group in ends.chunk_by(|a, b| a.0 == b.0) {
        let [(_, a), (_, b)] = *group else { continue };
        let mut sides = coverage.sides[b.0];
        if a.1 == b.1 {
            sides.reverse();
        }
        let in_line = coverage.in_lines[a.0] || coverage.in_lines[b.0];
        if a.0 != b.0 && !in_line && coverage.sides[a.0] == sides {
            links[a.0][a.1] = Some(b);
            links[b.0][b.1] = Some(a);
        }
    }
    links
}

/// The arcs that are joined to one, in order.
fn chain(arc: usize, links: &[[Option<End>; 2]]) -> Vec<Walk> {
    // To the beginning: leave each arc by the end that comes first.
    let mut at: End = (arc, 0);
    while let Some(before) = links[at.0][at.1] {
        let next = (before.0, 1 - before.1);
        if before.0 == arc {
            break;
        }
        at = next;
    }
    let mut chain = Vec::new();
    let start = at.0;
    loop {
        // `at.1` is the end by which the arc is entered.
        chain.push(Walk { arc: at.0 as u32, backwards: at.1 == 1 });
        match links[at.0][1 - at.1] {
            Some(next) if next.0 != start => at = next,
            _ => return chain,
        }
    }
}
