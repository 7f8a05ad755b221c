//! Filled cells that hang together, as polygons along cell borders.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fill::filled;
use super::{CELL_UNITS, Mosaic, Place, Share};
use crate::faces::{UnitPoint, rings};
use crate::level::Fragment;
use crate::source::Kind;

/// How far the features of a cell that is not drawn may be from one that stands for them, cells.
const REACH: i32 = 5;

/// What is drawn under one feature's name.
#[derive(Default)]
struct Group {
    count: u32,
    rings: Vec<Vec<UnitPoint>>,
}

/// The mosaic as features of a level, and the places of features that nothing drawn stands for, as a cell's middle in
/// units and how many. Cells are `2^coarser` times the smallest.
pub(crate) fn fragment(mosaic: &Mosaic, coarser: u32) -> (Fragment, Vec<(UnitPoint, u32)>) {
    let side = (CELL_UNITS << coarser) as i32;
    let drawn = Drawn::new(filled(mosaic));
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    for (row, rings) in drawn.polygons(side) {
        groups.entry(row).or_default().rings.extend(rings);
    }
    let mut hidden = Vec::new();
    for (place, share) in mosaic.shares.iter().filter(|(_, share)| share.count > 0) {
        match drawn.nearest(*place, share.class) {
            Some(cell) => groups.entry(drawn.names[cell]).or_default().count += share.count,
            None => hidden.push(([1, 0].map(|k| place[k] * side + side / 2), share.count)),
        }
    }
    let mut fragment = Fragment::default();
    for (row, group) in groups {
        fragment.push(row, group.count, Kind::Polygon, &group.rings);
    }
    (fragment, hidden)
}

/// Filled cells in order, what they belong to, and the feature that gives that its name.
struct Drawn {
    cells: Vec<(Place, Share)>,
    /// The first cell of what a cell belongs to.
    parts: Vec<usize>,
    names: Vec<u32>,
}

impl Drawn {
    fn new(cells: Vec<(Place, Share)>) -> Self {
        let mut drawn = Self { parts: (0..cells.len()).collect(), names: Vec::new(), cells };
        for cell in 0..drawn.cells.len() {
            let ([j, i], share) = drawn.cells[cell];
            let near = [[j - 1, i], [j, i - 1]].map(|place| drawn.at(place, share.class));
            for near in near.into_iter().flatten() {
                let (a, b) = (drawn.root(cell), drawn.root(near));
                drawn.parts[a.max(b)] = a.min(b);
            }
        }
        for cell in 0..drawn.cells.len() {
            drawn.parts[cell] = drawn.root(cell);
        }
        let mut best: Vec<usize> = drawn.parts.clone();
        for (cell, &part) in drawn.parts.iter().enumerate() {
            let key = |cell: usize| (drawn.cells[cell].1.most, drawn.cells[cell].1.row);
            let (new, old) = (key(cell), key(best[part]));
            if new.0 > old.0 || (new.0 >= old.0 && new.1 < old.1) {
                best[part] = cell;
            }
        }
        drawn.names = drawn.parts.iter().map(|&part| drawn.cells[best[part]].1.row).collect();
        drawn
    }

    fn root(&mut self, mut cell: usize) -> usize {
        while self.parts[cell] != cell {
            self.parts[cell] = self.parts[self.parts[cell]];
            cell = self.parts[cell];
        }
        cell
    }

    /// The filled cell of a place, if it is of the class.
    fn at(&self, place: Place, class: u32) -> Option<usize> {
        let found = self.cells.binary_search_by_key(&place, |(at, _)| *at).ok()?;
        (self.cells[found].1.class == class).then_some(found)
    }

    /// The rings of everything that hangs together, with the name of each.
    fn polygons(&self, side: i32) -> Vec<(u32, Vec<Vec<UnitPoint>>)> {
        let mut edges: Vec<(usize, [UnitPoint; 2])> = (0..self.cells.len())
            .into_par_iter()
            .flat_map_iter(|cell| {
                let ([j, i], share) = self.cells[cell];
                let corner = |dj: i32, di: i32| [(i + di) * side, (j + dj) * side];
                let sides = [
                    ([j - 1, i], [corner(0, 0), corner(0, 1)]),
                    ([j, i + 1], [corner(0, 1), corner(1, 1)]),
                    ([j + 1, i], [corner(1, 1), corner(1, 0)]),
                    ([j, i - 1], [corner(1, 0), corner(0, 0)]),
                ];
                let open = move |place: &Place| self.at(*place, share.class).is_none();
                let part = self.parts[cell];
                sides.into_iter().filter(move |(place, _)| open(place)).map(move |(_, edge)| (part, edge))
            })
            .collect();
        edges.par_sort_unstable();
        let parts: Vec<&[(usize, [UnitPoint; 2])]> = edges.chunk_by(|a, b| a.0 == b.0).collect();
        parts
            .into_par_iter()
            .map(|part| {
                let rings = rings(part.iter().map(|(_, edge)| *edge).collect());
                (self.names[part[0].0], rings.iter().map(|ring| without_straight(ring)).collect())
            })
            .collect()
    }

    /// The nearest filled cell of a class.
    fn nearest(&self, place: Place, class: u32) -> Option<usize> {
        let around = (-REACH..=REACH).flat_map(|dj| (-REACH..=REACH).map(move |di| [dj, di]));
        self.at(place, class).or_else(|| {
            around
                .map(|[dj, di]| (dj * dj + di * di, [place[0] + dj, place[1] + di]))
                .filter_map(|(distance, near)| Some((distance, self.at(near, class)?)))
                .min()
                .map(|(_, cell)| cell)
        })
    }
}

/// A ring along cells without its vertices on straight lines.
fn without_straight(ring: &[UnitPoint]) -> Vec<UnitPoint> {
    let n = ring.len();
    let straight = |k: usize| {
        let (a, b, c) = (ring[(k + n - 1) % n], ring[k], ring[(k + 1) % n]);
        (a[0] == b[0] && b[0] == c[0]) || (a[1] == b[1] && b[1] == c[1])
    };
    (0..n).filter(|&k| !straight(k)).map(|k| ring[k]).collect()
}
