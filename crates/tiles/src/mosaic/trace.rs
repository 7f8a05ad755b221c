//! Filled cells that hang together, as polygons along cell borders.

use std::collections::BTreeMap;
use std::ops::Range;

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
    let stands_for = |(place, share): &(Place, Share)| {
        (share.count > 0).then(|| (*place, share.count, drawn.nearest(*place, share.class)))
    };
    let found: Vec<(Place, u32, Option<usize>)> = mosaic.shares.par_iter().filter_map(stands_for).collect();
    let mut hidden = Vec::new();
    for (place, count, nearest) in found {
        match nearest {
            Some(cell) => groups.entry(drawn.names[cell]).or_default().count += count,
            None => hidden.push(([1, 0].map(|k| place[k] * side + side / 2), count)),
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
    /// The first row, and where each row begins.
    first_row: i32,
    rows: Vec<usize>,
    /// The first cell of what a cell belongs to.
    parts: Vec<usize>,
    names: Vec<u32>,
}

impl Drawn {
    fn new(cells: Vec<(Place, Share)>) -> Self {
        let (first_row, rows) = rows(&cells);
        let mut drawn = Self { parts: (0..cells.len()).collect(), names: Vec::new(), cells, first_row, rows };
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
        let row = self.row(place[0]);
        let found = row.start + self.cells[row].binary_search_by_key(&place[1], |(at, _)| at[1]).ok()?;
        (self.cells[found].1.class == class).then_some(found)
    }

    /// The cells of a row.
    fn row(&self, j: i32) -> Range<usize> {
        let row = usize::try_from(i64::from(j) - i64::from(self.first_row)).ok();
        let ends = row.and_then(|row| Some([*self.rows.get(row)?, *self.rows.get(row + 1)?]));
        ends.map_or(0..0, |[start, end]| start..end)
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

    /// The nearest filled cell of a class, and of several the first: row by row, from the nearest row on, up to where a
    /// row is further away than what was found.
    fn nearest(&self, [j, i]: Place, class: u32) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for dj in (0..=REACH).flat_map(|dj| [-dj, dj]) {
            if best.is_some_and(|(distance, _)| distance < dj * dj) {
                break;
            }
            let row = self.row(j + dj);
            let first = row.start + self.cells[row.clone()].partition_point(|(at, _)| at[1] < i - REACH);
            let row = self.cells[first..row.end].iter().take_while(|(at, _)| at[1] <= i + REACH);
            let of_class = row.zip(first..).filter(|((_, share), _)| share.class == class);
            let nearest = of_class.map(|((at, _), cell)| (dj * dj + (at[1] - i).pow(2), cell)).min();
            best = nearest.into_iter().chain(best).min();
        }
        best.map(|(_, cell)| cell)
    }
}

/// The first row of cells in order, and where each row from it on begins.
fn rows(cells: &[(Place, Share)]) -> (i32, Vec<usize>) {
    let (Some(([first, _], _)), Some(([last, _], _))) = (cells.first(), cells.last()) else {
        return (0, vec![0]);
    };
    let mut rows = Vec::with_capacity((i64::from(*last) - i64::from(*first) + 2) as usize);
    for (number, ([j, _], _)) in cells.iter().enumerate() {
        rows.resize((i64::from(*j) - i64::from(*first) + 1) as usize, number);
    }
    rows.push(cells.len());
    (*first, rows)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Beside looking at every cell.
        #[test]
        fn the_nearest_cell_of_a_class_is_found(
            places in proptest::collection::btree_set([-12..12_i32, -12..12_i32], 0..80),
            place in [-14..14_i32, -14..14_i32],
            class in 0..3_u32,
        ) {
            let share = |k: i32| Share { class: k.rem_euclid(3) as u32, covered: 1.0, row: 0, most: 1.0, count: 1 };
            let cells: Vec<(Place, Share)> = places.into_iter().map(|at| (at, share(at[0] * 5 + at[1]))).collect();
            let near = |at: Place| {
                let d = [0, 1].map(|k| at[k] - place[k]);
                d.iter().all(|d| d.abs() <= REACH).then(|| d.iter().map(|d| d * d).sum::<i32>())
            };
            let all = cells.iter().enumerate().filter(|(_, (_, share))| share.class == class);
            let expected = all.filter_map(|(cell, (at, _))| Some((near(*at)?, cell))).min().map(|(_, cell)| cell);
            prop_assert_eq!(Drawn::new(cells).nearest(place, class), expected);
        }
    }
}
