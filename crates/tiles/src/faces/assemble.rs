//! Arcs end to end.

use super::{UnitPoint, classify, untangle};
use crate::coverage::Walk;
use crate::snap::Snapped;

/// Room for putting one feature together, used again.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    /// Vertices of all rings.
    points: Vec<UnitPoint>,
    /// Where each ring ends in `points`.
    ends: Vec<usize>,
    starts: Vec<(UnitPoint, usize)>,
    used: Vec<bool>,
    sorted: Vec<u64>,
}

impl Assembly {
    /// The rings of a feature, each shell followed by its holes; none when nothing of it has an area any more.
    pub(crate) fn rings(&mut self, walks: &[Walk], snapped: &Snapped) -> Vec<Vec<UnitPoint>> {
        let rings = if self.chained(walks, snapped) && !self.repeats() {
            self.taken()
        } else {
            untangle::rings(walks.iter().flat_map(|walk| edges(*walk, snapped)).collect())
        };
        classify::classified(rings)
    }

    /// A line feature's parts on the grid, each with at least two vertices.
    pub(crate) fn line(&mut self, walks: &[Walk], snapped: &Snapped) -> Option<Vec<UnitPoint>> {
        self.points.clear();
        for walk in walks {
            self.append(*walk, snapped, 0);
        }
        (self.points.len() > 1).then(|| self.points.clone())
    }

    /// Puts arcs together where there is one way to do it; whether there was.
    fn chained(&mut self, walks: &[Walk], snapped: &Snapped) -> bool {
        self.points.clear();
        self.ends.clear();
        self.starts.clear();
        self.used.clear();
        self.used.resize(walks.len(), false);
        self.starts
            .extend(walks.iter().enumerate().filter_map(|(i, walk)| Some((ends(*walk, snapped)?[0], i))));
        self.starts.sort_unstable();
        if self.starts.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return false;
        }
        for first in 0..walks.len() {
            if self.used[first] {
                continue;
            }
            let start = self.points.len();
            let mut at = first;
            while !self.used[at] {
                self.used[at] = true;
                self.append(walks[at], snapped, start);
                let Some([_, end]) = ends(walks[at], snapped) else { return false };
                let Ok(next) = self.starts.binary_search_by_key(&end, |&(point, _)| point) else {
                    return false;
                };
                at = self.starts[next].1;
            }
            if at != first {
                return false;
            }
            while self.points.len() > start + 1 && self.points.last() == self.points.get(start) {
                self.points.pop();
            }
            self.ends.push(self.points.len());
        }
        true
    }

    /// Appends an arc's vertices, none equal to the one before it since `start`.
    fn append(&mut self, walk: Walk, snapped: &Snapped, start: usize) {
        let arc = snapped.arc(walk.arc as usize);
        let mut push = |point: UnitPoint| {
            if self.points.len() == start || self.points.last() != Some(&point) {
                self.points.push(point);
            }
        };
        if walk.backwards {
            arc.iter().rev().for_each(|&point| push(point));
        } else {
            arc.iter().for_each(|&point| push(point));
        }
    }

    /// Whether any vertex comes twice.
    fn repeats(&mut self) -> bool {
        self.sorted.clear();
        self.sorted.extend(self.points.iter().map(|&point| packed(point)));
        self.sorted.sort_unstable();
        self.sorted.windows(2).any(|pair| pair[0] == pair[1])
    }

    fn taken(&self) -> Vec<Vec<UnitPoint>> {
        let mut start = 0;
        let mut rings = Vec::with_capacity(self.ends.len());
        for &end in &self.ends {
            if end - start > 2 {
                rings.push(self.points[start..end].to_vec());
            }
            start = end;
        }
        rings
    }
}

/// Both coordinates in one number.
pub(super) fn packed([x, y]: UnitPoint) -> u64 {
    u64::from(x.cast_unsigned()) << 32 | u64::from(y.cast_unsigned())
}

/// Where a walk begins and ends.
fn ends(walk: Walk, snapped: &Snapped) -> Option<[UnitPoint; 2]> {
    let arc = snapped.arc(walk.arc as usize);
    let (&first, &last) = (arc.first()?, arc.last()?);
    Some(if walk.backwards { [last, first] } else { [first, last] })
}

fn edges(walk: Walk, snapped: &Snapped) -> impl Iterator<Item = [UnitPoint; 2]> + '_ {
    let arc = snapped.arc(walk.arc as usize);
    arc.windows(2).map(move |pair| if walk.backwards { [pair[1], pair[0]] } else { [pair[0], pair[1]] })
}
