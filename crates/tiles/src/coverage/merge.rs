//! Fewer features for far zooms: what is too small to be seen goes into a neighbour, so that no hole is left.
//!
//! Smallest first, a feature goes into the neighbour of its own class with the longest common border; where no
//! neighbour has its class, into the one with the longest common border of all. The greater of the two keeps its name,
//! and the number of features that it stands for is kept. Before that, islets: closed arcs that bound a part of a
//! feature which has greater parts elsewhere, alone inside another feature or outside all.
//!
//! *Blocks.* Only what lies within one block of the zoom ([`block`]) is merged or taken away, and how small is small is
//! said for each tile by itself, so what happens in a block depends on that block and on the size of its tile. What
//! reaches over the edge of a block waits for the zoom at which it does not.
//!
//! Every arc that is taken away had the same feature on both sides by then, so what the rest covers stays covered once.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::buckets::Buckets;
use super::{Coverage, NONE};
use crate::grid::{BLOCK_SHIFT, GridPoint, block, doubled_area};
use crate::matrix::EXTENT;
use crate::source::Source;

/// What is known of each feature while features are merged; one entry a row.
#[derive(Clone, Debug)]
pub(crate) struct Faces {
    /// Twice the area, world units².
    pub(crate) doubled_area: Vec<i128>,
    /// Features that go into each other rather than into others.
    pub(crate) class: Vec<u32>,
    /// How many features it stands for; 0 for one that was merged away.
    pub(crate) count: Vec<u32>,
    /// Twice the area of its largest shell in the source.
    largest: Vec<i128>,
    /// Least and greatest x and y, of what was merged into it too.
    corners: Vec<[GridPoint; 2]>,
}

/// What is small at a zoom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Least<'a> {
    pub(crate) z: u8,
    /// Twice the area, world units².
    pub(crate) doubled_area: i128,
    /// For tiles that would be too large how many times that, as a power of two.
    pub(crate) factors: &'a HashMap<[u32; 2], u32>,
}

impl Least<'_> {
    /// Twice the area below which what lies between two corners is small; `None` where that is not within one block.
    /// In a tile that would be too large, blocks grow with what is small, up to the tile.
    fn of(&self, [min, max]: [GridPoint; 2]) -> Option<i128> {
        let [min, max] = [min, max].map(|corner| block(corner, self.z));
        let per_tile = EXTENT.ilog2() - BLOCK_SHIFT;
        let factor = self.factors.get(&min.map(|c| c >> per_tile)).copied().unwrap_or(0);
        let wider = factor.div_ceil(2).min(per_tile);
        let is_within = min.map(|c| c >> wider) == max.map(|c| c >> wider);
        is_within.then(|| self.doubled_area << factor)
    }
}

impl Faces {
    /// Every feature by itself.
    pub(crate) fn new(source: &Source, coverage: &Coverage, class: Vec<u32>) -> Self {
        let mut largest = vec![0; class.len()];
        let edge = GridPoint { x: u32::MAX, y: u32::MAX };
        let mut corners = vec![[edge, GridPoint::default()]; class.len()];
        for run in source.runs.iter().filter(|run| run.closed) {
            let (row, ring) = (run.row as usize, &source.points[run.start..run.end]);
            largest[row] = doubled_area(ring).max(largest[row]);
            corners[row] = ring.iter().fold(corners[row], |all, &point| around(all, [point; 2]));
        }
        let mut doubled_areas = vec![0; class.len()];
        for arc in 0..coverage.len() {
            let area = arc_area(coverage.arc(arc));
            for (row, signed) in coverage.sides[arc].into_iter().zip([area, -area]) {
                if row != NONE {
                    doubled_areas[row as usize] += signed;
                }
            }
        }
        Self { doubled_area: doubled_areas, count: vec![1; class.len()], class, largest, corners }
    }
}

/// The box around two.
fn around(a: [GridPoint; 2], b: [GridPoint; 2]) -> [GridPoint; 2] {
    let each = |k: usize, of: fn(u32, u32) -> u32| GridPoint { x: of(a[k].x, b[k].x), y: of(a[k].y, b[k].y) };
    [each(0, u32::min), each(1, u32::max)]
}

/// An arc's share of twice the area it bounds, against the corner of the world.
fn arc_area(points: &[GridPoint]) -> i128 {
    let term = |pair: &[GridPoint]| {
        let (a, b) = (pair[0].wide(), pair[1].wide());
        i128::from(a[0]) * i128::from(b[1]) - i128::from(a[1]) * i128::from(b[0])
    };
    points.windows(2).map(term).sum()
}

/// Merges what is small. Features without a neighbour stay, but those below a quarter of that are taken away. Returns the rows that were, and whether anything has changed; `buckets` holds the
/// vertices of the coverage. The arcs that are left over stay in the coverage with the same feature on both sides.
pub(crate) fn merge(
    coverage: &mut Coverage,
    faces: &mut Faces,
    buckets: &Buckets,
    least: Least<'_>,
) -> (Vec<u32>, bool) {
    let mut merging = Merging::new(coverage, faces);
    merging.islets(buckets, least);
    let gone = merging.faces(least);
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
    fn islets(&mut self, buckets: &Buckets, least: Least<'_>) {
        let coverage = &*self.coverage;
        let mut islets: Vec<(i128, usize)> = (0..coverage.len())
            .filter(|&arc| !coverage.in_lines[arc] && coverage.sides[arc][0] != coverage.sides[arc][1])
            .map(|arc| (coverage.arc(arc), arc))
            .filter(|(points, _)| points.first() == points.last())
            .filter_map(|(points, arc)| {
                let corners = points.iter().map(|&point| [point; 2]).reduce(around)?;
                let area = doubled_area(points);
                (area.abs() < least.of(corners)? / 2).then_some((area, arc))
            })
            .collect();
        islets.sort_unstable_by_key(|&(area, arc)| (area.abs(), arc));
        for (area, arc) in islets {
            let [inner, outer] = if area > 0 { [0, 1] } else { [1, 0] }.map(|k| self.coverage.sides[arc][k]);
            if inner == NONE || inner == outer {
                continue;
            }
            // Held against the source, so that it is no matter what has become of the feature elsewhere.
            if self.faces.largest[inner as usize] < 2 * area.abs() || !self.is_alone(buckets, arc) {
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
    fn faces(&mut self, least: Least<'_>) -> Vec<u32> {
        let small = |faces: &Faces, row: u32| {
            let area = faces.doubled_area[row as usize];
            let small = faces.count[row as usize] > 0 && area < least.of(faces.corners[row as usize])?;
            small.then_some(Reverse((area, row)))
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
                let kept = self.unite(row, other, least);
                heap.extend(small(self.faces, kept));
            } else if least.of(self.faces.corners[row as usize]).is_some_and(|least| area < least / 4) {
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

    /// Makes one of a small feature and its neighbour; the greater, or the first of equals, gives its name, and always
    /// one that reaches over the edge of a block, where its name is another block's matter too.
    fn unite(&mut self, a: u32, b: u32, least: Least<'_>) -> u32 {
        let key = |row: u32| (self.faces.doubled_area[row as usize], Reverse(row));
        let stays = least.of(self.faces.corners[b as usize]).is_none();
        let (kept, lost) = if !stays && key(a) > key(b) { (a, b) } else { (b, a) };
        let (k, l) = (kept as usize, lost as usize);
        self.parent[l] = kept;
        self.faces.doubled_area[k] += self.faces.doubled_area[l];
        self.faces.count[k] += self.faces.count[l];
        self.faces.count[l] = 0;
        self.faces.corners[k] = around(self.faces.corners[k], self.faces.corners[l]);
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
