//! Fewer features for far zooms: what is too small to be seen goes into a neighbour, so that no hole is left.
//!
//! Smallest first, a feature goes into the neighbour of its own class with the longest common border; where no
//! neighbour has its class, into the one with the longest common border of all. The greater of the two keeps its name,
//! and the number of features that it stands for is kept. Before that, islets: closed arcs that bound a part of a
//! feature which has greater parts elsewhere, alone inside another feature or outside all.
//!
//! Every arc that is taken away had the same feature on both sides by then, so what the rest covers stays covered once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::buckets::Buckets;
use super::{Coverage, NONE};
use crate::grid::{GridPoint, doubled_area};

/// What is known of each feature while features are merged; one entry a row.
#[derive(Clone, Debug)]
pub(crate) struct Faces {
    /// Twice the area, world units².
    pub(crate) doubled_area: Vec<i128>,
    /// Features that go into each other rather than into others.
    pub(crate) class: Vec<u32>,
    /// How many features it stands for; 0 for one that was merged away.
    pub(crate) count: Vec<u32>,
}

impl Faces {
    /// Every feature by itself.
    pub(crate) fn new(coverage: &Coverage, class: Vec<u32>) -> Self {
        let mut doubled_areas = vec![0; class.len()];
        for arc in 0..coverage.len() {
            let area = arc_area(coverage.arc(arc));
            for (row, signed) in coverage.sides[arc].into_iter().zip([area, -area]) {
                if row != NONE {
                    doubled_areas[row as usize] += signed;
                }
            }
        }
        Self { doubled_area: doubled_areas, count: vec![1; class.len()], class }
    }
}

/// An arc's share of twice the area it bounds, against the corner of the world.
fn arc_area(points: &[GridPoint]) -> i128 {
    let term = |pair: &[GridPoint]| {
        let (a, b) = (pair[0].wide(), pair[1].wide());
        i128::from(a[0]) * i128::from(b[1]) - i128::from(a[1]) * i128::from(b[0])
    };
    points.windows(2).map(term).sum()
}

/// Merges what is smaller than the threshold, twice its area in world units². Features without a neighbour stay, but
/// those below `gone` are taken away. Returns the rows that were, and whether anything has changed; `buckets` holds the
/// vertices of the coverage. The arcs that are left over stay in the coverage with the same feature on both sides.
pub(crate) fn merge(
    coverage: &mut Coverage,
    faces: &mut Faces,
    buckets: &Buckets,
    [threshold, gone]: [i128; 2],
) -> (Vec<u32>, bool) {
    let mut merging = Merging::new(coverage, faces);
    merging.islets(buckets, threshold / 2);
    let gone = merging.faces(threshold, gone);
    (gone, merging.changed)
}

struct Merging<'a> {
    coverage: &'a mut Coverage,
    faces: &'a mut Faces,
    /// Where each feature has gone.
    parent: Vec<u32>,
    /// The arcs of each feature, those of what went into it included.
    arcs: Vec<Vec<u32>>,
    changed: bool,
}

impl<'a> Merging<'a> {
    fn new(coverage: &'a mut Coverage, faces: &'a mut Faces) -> Self {
        let rows = faces.class.len();
        let (starts, walks) = coverage.borders(rows);
        let arcs = starts
            .windows(2)
            .map(|span| walks[span[0] as usize..span[1] as usize].iter().map(|walk| walk.arc).collect())
            .collect();
        let parent = (0..rows as u32).collect();
        Self { coverage, faces, parent, arcs, changed: false }
    }

    fn root(&mut self, mut row: u32) -> u32 {
        while row != NONE && self.parent[row as usize] != row {
            let above = self.parent[row as usize];
            if above != NONE {
                self.parent[row as usize] = self.parent[above as usize];
            }
            row = above;
        }
        row
    }

    /// Gives islets to what lies around them, the smallest first, so that what lies inside one has gone before.
    fn islets(&mut self, buckets: &Buckets, threshold: i128) {
        let coverage = &*self.coverage;
        let mut islets: Vec<(i128, usize)> = (0..coverage.len())
            .filter(|&arc| !coverage.in_lines[arc] && coverage.sides[arc][0] != coverage.sides[arc][1])
            .map(|arc| (coverage.arc(arc), arc))
            .filter(|(points, _)| points.first() == points.last())
            .map(|(points, arc)| (doubled_area(points), arc))
            .filter(|(area, _)| area.abs() < threshold)
            .collect();
        islets.sort_unstable_by_key(|&(area, arc)| (area.abs(), arc));
        for (area, arc) in islets {
            let [inner, outer] = if area > 0 { [0, 1] } else { [1, 0] }.map(|k| self.coverage.sides[arc][k]);
            if inner == NONE || inner == outer {
                continue;
            }
            let of_inner = self.faces.doubled_area[inner as usize];
            if of_inner < 2 * area.abs() || !self.is_alone(buckets, arc) {
                continue;
            }
            self.faces.doubled_area[inner as usize] -= area.abs();
            if outer != NONE {
                self.faces.doubled_area[outer as usize] += area.abs();
            }
            self.coverage.sides[arc] = [outer; 2];
            self.changed = true;
        }
    }

    /// Whether the arc's box holds no vertex of another arc that is still a border.
    fn is_alone(&self, buckets: &Buckets, arc: usize) -> bool {
        let coverage = &*self.coverage;
        let points = coverage.arc(arc);
        let x = || points.iter().map(|p| p.x);
        let y = || points.iter().map(|p| p.y);
        let bounds = [x().min(), y().min(), x().max(), y().max()].map(Option::unwrap_or_default);
        let [left, top, right, bottom] = bounds;
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        buckets.visit(&corners.map(|(x, y)| GridPoint { x, y }), 0, |entry| {
            let p = coverage.points[entry as usize];
            if p.x < left || p.x > right || p.y < top || p.y > bottom {
                return true;
            }
            let owner = coverage.starts.partition_point(|&start| start <= entry) - 1;
            owner == arc || coverage.sides[owner][0] == coverage.sides[owner][1]
        })
    }

    /// Merges small features, the smallest first; takes away those that have no neighbour and are very small.
    fn faces(&mut self, threshold: i128, least: i128) -> Vec<u32> {
        let small = |faces: &Faces, row: u32| {
            let area = faces.doubled_area[row as usize];
            (faces.count[row as usize] > 0 && area < threshold).then_some(Reverse((area, row)))
        };
        let rows = self.parent.len() as u32;
        let mut heap: BinaryHeap<_> = (0..rows)
            .filter(|&row| !self.arcs[row as usize].is_empty())
            .filter_map(|row| small(self.faces, row))
            .collect();
        let mut gone = Vec::new();
        while let Some(Reverse((area, row))) = heap.pop() {
            if self.parent[row as usize] != row || self.faces.doubled_area[row as usize] != area {
                continue;
            }
            if let Some(other) = self.best_neighbour(row) {
                let kept = self.unite(row, other);
                heap.extend(small(self.faces, kept));
            } else if area < least {
                self.faces.count[row as usize] = 0;
                gone.push(row);
            }
        }
        self.relabel(&gone);
        gone.sort_unstable();
        gone
    }

    /// The neighbour that a feature goes into.
    fn best_neighbour(&mut self, row: u32) -> Option<u32> {
        let arcs = std::mem::take(&mut self.arcs[row as usize]);
        let mut shared: Vec<(u32, f64)> = Vec::new();
        for &arc in &arcs {
            let [a, b] = self.coverage.sides[arc as usize].map(|side| self.root(side));
            let other = if a == row { b } else { a };
            if a == b || other == NONE {
                continue;
            }
            let length = length(self.coverage.arc(arc as usize));
            match shared.iter_mut().find(|(known, _)| *known == other) {
                Some((_, sum)) => *sum += length,
                None => shared.push((other, length)),
            }
        }
        self.arcs[row as usize] = arcs;
        let class = self.faces.class[row as usize];
        let same = |other: u32| self.faces.class[other as usize] == class;
        shared
            .into_iter()
            .max_by(|a, b| same(a.0).cmp(&same(b.0)).then(a.1.total_cmp(&b.1)).then(b.0.cmp(&a.0)))
            .map(|(other, _)| other)
    }

    /// Makes one of two; the greater, or the first of equals, gives its name.
    fn unite(&mut self, a: u32, b: u32) -> u32 {
        let key = |row: u32| (self.faces.doubled_area[row as usize], Reverse(row));
        let (kept, lost) = if key(a) > key(b) { (a, b) } else { (b, a) };
        let (k, l) = (kept as usize, lost as usize);
        self.parent[l] = kept;
        self.faces.doubled_area[k] += self.faces.doubled_area[l];
        self.faces.count[k] += self.faces.count[l];
        self.faces.count[l] = 0;
        let mut fewer = std::mem::take(&mut self.arcs[l]);
        if fewer.len() > self.arcs[k].len() {
            std::mem::swap(&mut fewer, &mut self.arcs[k]);
        }
        self.arcs[k].extend(fewer);
        self.changed = true;
        kept
    }

    fn relabel(&mut self, gone: &[u32]) {
        for &row in gone {
            self.parent[row as usize] = NONE;
            self.changed = true;
        }
        if self.changed {
            for arc in 0..self.coverage.len() {
                self.coverage.sides[arc] = self.coverage.sides[arc].map(|side| self.root(side));
            }
        }
    }
}

/// Length of an arc, world units.
fn length(points: &[GridPoint]) -> f64 {
    let step = |pair: &[GridPoint]| {
        let (a, b) = (pair[0].wide(), pair[1].wide());
        ((b[0] - a[0]) as f64).hypot((b[1] - a[1]) as f64)
    };
    points.windows(2).map(step).sum()
}
