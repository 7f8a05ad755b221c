//! From a coverage to a level: round, put features together, encode, index.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Fragment, Level, Record, Tree, UnitBox};
use crate::coverage::buckets::Buckets;
use crate::coverage::merge::Faces;
use crate::coverage::{Coverage, Walk};
use crate::faces::{Assembly, UnitPoint};
use crate::grid::GridPoint;
use crate::layer::Small;
use crate::matrix::MAX_ZOOM;
use crate::rows::Rows;
use crate::snap::{Snapped, snap};
use crate::source::Kind;
use crate::split::split;

/// Rows that one thread takes at a time.
const BATCH: usize = 512;
/// Side of the blocks of which none may look empty that is not, units: 64 pixels.
const BLOCK_UNITS: i32 = 512;
/// Side of what stands for features too small to be drawn, units: a pixel.
const STAND_IN_UNITS: i32 = 8;

/// What levels are made of besides the coverage.
#[derive(Debug)]
pub(crate) struct Stock<'a> {
    pub(crate) rows: &'a Rows,
    /// Point features by row.
    pub(crate) dots: &'a [(u32, GridPoint)],
    /// A point of each feature.
    pub(crate) anchors: &'a [GridPoint],
    /// The heavier stand for the lighter.
    pub(crate) weights: &'a [f64],
    pub(crate) small: Small,
}

/// The coverage with its vertices in buckets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed<'a> {
    pub(crate) coverage: &'a Coverage,
    pub(crate) buckets: &'a Buckets,
    pub(crate) faces: &'a Faces,
}

/// A level at a zoom; `gone` says which rows have no border any more though they were not merged into others. `go_on` is
/// asked before every piece of the work.
pub(crate) fn level<E: Send>(
    stock: &Stock<'_>,
    placed: Placed<'_>,
    gone: &[bool],
    z: u8,
    go_on: &(impl Fn() -> Result<(), E> + Sync),
) -> Result<Level, E> {
    go_on()?;
    let shorter = split(placed.coverage, placed.buckets, z);
    let snapped = match &shorter {
        Some(coverage) => {
            let buckets = Buckets::new(&coverage.points, u32::from(MAX_ZOOM - z));
            snap(coverage, &buckets, z, go_on)
        }
        None => snap(placed.coverage, placed.buckets, z, go_on),
    }?;
    let shapes = Shapes::new(stock, placed, &snapped, z);
    let rows: Vec<u32> = (0..stock.rows.ids.len() as u32).collect();
    let parts: Vec<(Fragment, Vec<u32>)> = rows
        .par_chunks(BATCH)
        .map_init(Assembly::default, |assembly, rows| {
            go_on()?;
            let (mut fragment, mut hidden) = (Fragment::default(), Vec::new());
            for &row in rows {
                let count = placed.faces.count[row as usize];
                let merged = count == 0 && !gone[row as usize];
                if merged || stock.rows.min_zooms[row as usize] > z {
                    continue;
                }
                let parts = shapes.parts(row, assembly);
                if parts.is_empty() {
                    hidden.push(row);
                }
                fragment.push(row, count.max(1), stock.rows.kinds[row as usize], &parts);
            }
            Ok((fragment, hidden))
        })
        .collect::<Result<_, E>>()?;
    let (mut level, mut boxes) = (Level::default(), Vec::new());
    let mut hidden = Vec::new();
    level.reserve(parts.iter().map(|(fragment, _)| fragment));
    for (fragment, rows) in parts {
        level.append(fragment, &mut boxes);
        hidden.extend(rows);
    }
    level.tree = Tree::new(boxes);
    level.stand_in(stock, &mut hidden, z);
    level.hidden = hidden.iter().map(|&row| stock.anchors[row as usize].z_order()).collect();
    level.hidden.sort_unstable();
    level.bytes.shrink_to_fit();
    level.records.shrink_to_fit();
    Ok(level)
}

/// The shapes of features at a zoom.
struct Shapes<'a> {
    stock: &'a Stock<'a>,
    snapped: &'a Snapped,
    borders: (Vec<u32>, Vec<Walk>),
    /// Parts of line features, by row.
    lines: &'a [crate::coverage::Path],
    z: u8,
}

impl<'a> Shapes<'a> {
    fn new(stock: &'a Stock<'a>, placed: Placed<'a>, snapped: &'a Snapped, z: u8) -> Self {
        let borders = placed.coverage.borders(stock.rows.ids.len());
        Self { stock, snapped, borders, lines: &placed.coverage.lines, z }
    }

    /// What is drawn of a feature; nothing when it has become too small and need not be kept.
    fn parts(&self, row: u32, assembly: &mut Assembly) -> Vec<Vec<UnitPoint>> {
        let parts = self.shape(row, assembly);
        if !parts.is_empty() || self.stock.small == Small::Count {
            return parts;
        }
        let at = self.stock.anchors[row as usize].snapped(self.z);
        match self.stock.rows.kinds[row as usize] {
            Kind::Point => vec![vec![at]],
            Kind::Line => vec![vec![at, [at[0] + 1, at[1]]]],
            Kind::Polygon => vec![square(at, 1)],
        }
    }

    fn shape(&self, row: u32, assembly: &mut Assembly) -> Vec<Vec<UnitPoint>> {
        match self.stock.rows.kinds[row as usize] {
            Kind::Point => {
                let start = self.stock.dots.partition_point(|dot| dot.0 < row);
                let dots = self.stock.dots[start..].iter().take_while(|dot| dot.0 == row);
                dots.map(|dot| vec![dot.1.snapped(self.z)]).collect()
            }
            Kind::Line => {
                let start = self.lines.partition_point(|path| path.row < row);
                let paths = self.lines[start..].iter().take_while(|path| path.row == row);
                paths.filter_map(|path| assembly.line(&path.walks, self.snapped)).collect()
            }
            Kind::Polygon => {
                let [start, end] = [row, row + 1].map(|row| self.borders.0[row as usize] as usize);
                assembly.rings(&self.borders.1[start..end], self.snapped)
            }
        }
    }
}

fn square([x, y]: UnitPoint, side: i32) -> Vec<UnitPoint> {
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
}

impl Level {
    /// A level of features that are made already; `hidden` says where features are that are not shown.
    pub(crate) fn new(fragment: Fragment, mut hidden: Vec<u64>) -> Self {
        hidden.sort_unstable();
        let (mut level, mut boxes) = (Self { hidden, ..Self::default() }, Vec::new());
        level.append(fragment, &mut boxes);
        level.tree = Tree::new(boxes);
        level
    }

    /// Asks for room at once: to grow by and by would be to copy everything several times.
    fn reserve<'a>(&mut self, fragments: impl Iterator<Item = &'a Fragment> + Clone) {
        self.records.reserve_exact(fragments.clone().map(|fragment| fragment.records.len()).sum());
        self.stretches.reserve_exact(fragments.clone().map(|fragment| fragment.stretches.len()).sum());
        self.bytes.reserve_exact(fragments.map(|fragment| fragment.bytes.len()).sum());
    }

    fn append(&mut self, fragment: Fragment, boxes: &mut Vec<UnitBox>) {
        boxes.extend(fragment.boxes);
        let (bytes, stretches) = (self.bytes.len() as u32, self.stretches.len() as u32);
        self.records.extend(fragment.records.into_iter().map(|record| Record {
            offset: record.offset + bytes,
            stretches: record.stretches + stretches,
            ..record
        }));
        self.bytes.extend(fragment.bytes);
        self.stretches.extend(fragment.stretches);
    }

    /// Where all features of a block are too small to be drawn, the heaviest is drawn as a pixel, so that a far view
    /// shows where there is something at all.
    fn stand_in(&mut self, stock: &Stock<'_>, hidden: &mut Vec<u32>, z: u8) {
        let mut heaviest: BTreeMap<[i32; 2], u32> = BTreeMap::new();
        for &row in hidden.iter().filter(|&&row| stock.rows.kinds[row as usize] == Kind::Polygon) {
            let block = stock.anchors[row as usize].snapped(z).map(|c| c / BLOCK_UNITS);
            let weight = |row: u32| stock.weights[row as usize];
            let best = heaviest.entry(block).or_insert(row);
            if weight(row) > weight(*best) {
                *best = row;
            }
        }
        let mut found = Vec::new();
        heaviest.retain(|block, _| {
            let [x, y] = block.map(|c| c * BLOCK_UNITS);
            let bounds = [x, y, x + BLOCK_UNITS - 1, y + BLOCK_UNITS - 1];
            self.tree.query(bounds, &mut found);
            found.is_empty()
        });
        if heaviest.is_empty() {
            return;
        }
        let mut fragment = Fragment::default();
        for &row in heaviest.values() {
            let at = stock.anchors[row as usize].snapped(z);
            fragment.push(row, 1, Kind::Polygon, &[square(at, STAND_IN_UNITS)]);
        }
        let mut drawn: Vec<u32> = heaviest.into_values().collect();
        drawn.sort_unstable();
        hidden.retain(|row| drawn.binary_search(row).is_err());
        let mut boxes = std::mem::take(&mut self.tree).into_boxes();
        self.append(fragment, &mut boxes);
        self.tree = Tree::new(boxes);
    }
}
