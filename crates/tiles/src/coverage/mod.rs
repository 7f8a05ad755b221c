//! A layer as a coverage: borders cut where they part, each kept once however many features have it.
//!
//! Reading order: `arcs` cuts the runs of the source at junctions and pairs what is the same; `noding` first puts a
//! neighbour's corner into the border it stands on; `merge` and `join` make fewer features for far zooms; `simplify`
//! takes vertices off arcs. All of them keep one promise, which `snap` then builds on: where the source is planar (its
//! borders meet at vertices only), the coverage is planar after every step.

pub(crate) mod arcs;
pub(crate) mod buckets;
pub(crate) mod join;
pub(crate) mod merge;
pub(crate) mod noding;
pub(crate) mod pieces;
pub(crate) mod simplify;

use crate::grid::GridPoint;

/// No feature: what lies outside all of them.
pub(crate) const NONE: u32 = u32::MAX;

/// An arc, walked as it lies or backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Walk {
    pub(crate) arc: u32,
    pub(crate) backwards: bool,
}

/// A line feature's way along arcs, in order; also that of a ring while the coverage is being built.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(crate) row: u32,
    pub(crate) closed: bool,
    pub(crate) walks: Vec<Walk>,
}

/// The arcs of a layer at one zoom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    /// Vertices of all arcs, both ends of each included; a closed arc repeats its first vertex.
    pub(crate) points: Vec<GridPoint>,
    /// Where each arc begins in `points`, and the end of the last.
    pub(crate) starts: Vec<u32>,
    /// The feature that has the arc on its positive side as it lies, and the one that has it backwards.
    pub(crate) sides: Vec<[u32; 2]>,
    /// Arcs that lines run along: these are never joined.
    pub(crate) in_lines: Vec<bool>,
    /// The ways of line features.
    pub(crate) lines: Vec<Path>,
}

impl Coverage {
    pub(crate) fn len(&self) -> usize {
        self.sides.len()
    }

    /// The vertices of an arc.
    pub(crate) fn arc(&self, arc: usize) -> &[GridPoint] {
        &self.points[self.starts[arc] as usize..self.starts[arc + 1] as usize]
    }

    /// Appends an arc.
    pub(crate) fn push(
        &mut self,
        points: impl IntoIterator<Item = GridPoint>,
        sides: [u32; 2],
        in_lines: bool,
    ) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.points.extend(points);
        self.starts.push(u32::try_from(self.points.len()).unwrap_or(u32::MAX));
        self.sides.push(sides);
        self.in_lines.push(in_lines);
    }

    /// For each feature the arcs that bound it, as offsets into a list of them.
    pub(crate) fn borders(&self, rows: usize) -> (Vec<u32>, Vec<Walk>) {
        let mut starts = vec![0_u32; rows + 1];
        let bounded = |sides: &[u32; 2]| sides.map(|row| Some(row as usize).filter(|_| row != NONE));
        for row in self.sides.iter().flat_map(bounded).flatten() {
            starts[row + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut walks = vec![Walk { arc: 0, backwards: false }; starts[rows] as usize];
        for (arc, sides) in self.sides.iter().enumerate() {
            for (row, backwards) in bounded(sides).into_iter().zip([false, true]) {
                let Some(row) = row else { continue };
                walks[next[row] as usize] = Walk { arc: arc as u32, backwards };
                next[row] += 1;
            }
        }
        (starts, walks)
    }
}
