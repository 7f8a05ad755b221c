//! From the source to all levels: each zoom's coverage is made of the one below it, each level is rounded from its
//! zoom's coverage.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::coverage::buckets::Buckets;
use crate::coverage::join::joined;
use crate::coverage::merge::{Faces, Least, merge};
use crate::coverage::noding::noded;
use crate::coverage::simplify::simplify;
use crate::coverage::{Coverage, NONE};
use crate::grid::GridPoint;
use crate::layer::{LayerSettings, Small};
use crate::level::Level;
use crate::level::build::{Placed, Stock, level};
use crate::matrix::{EXTENT, MAX_ZOOM};
use crate::mosaic::{self, CELL_UNITS, Mosaic, raster};
use crate::source::Source;
use crate::tile::encode::Carried;
use crate::weigh::excesses;

/// From this zoom on every vertex is drawn; deeper tiles are this one enlarged.
pub const DETAIL_ZOOM: u8 = 16;
/// Below this zoom vertices are left out, and small features go into others.
pub const GENERALISED_BELOW: u8 = 14;

/// So many polygons without neighbours make a layer that far zooms show as a mosaic.
const SCATTERED: usize = 1_000;
/// What is small is at most so many times doubled for a tile.
const MOST_DOUBLINGS: u32 = 20;
/// A tile that is so many times too large without its surroundings is too large with them.
const PLAINLY: f64 = 1.1;
/// To look at one tile first is worth it where it has no more than this part of everything.
const SPARED: usize = 4;
/// The coarsest cells of a mosaic, as a power of two of the smallest.
const COARSEST: u32 = 3;

/// Smallest area of a feature, units²: a pixel, far out four.
const fn least_units2(z: u8) -> i128 {
    if z <= 5 { 256 } else { 64 }
}

/// Twice the area below which a feature is small, world units².
const fn least(z: u8) -> i128 {
    (2 * least_units2(z)) << (2 * (MAX_ZOOM - z))
}

/// Everything that is known when a layer is prepared.
struct Preparation<'a, G> {
    settings: &'a LayerSettings,
    stock: Stock<'a>,
    coverage: Coverage,
    buckets: Buckets,
    faces: Faces,
    gone: Vec<bool>,
    /// Whether most polygons have no neighbour, and there are many.
    is_scattered: bool,
    /// Whether this is a part of a layer.
    is_part: bool,
    /// The mosaic of the zoom before, once there is one.
    mosaic: Option<Mosaic>,
    /// Asked between pieces of the work whether it is still wanted.
    go_on: &'a G,
}

/// How much of a layer is prepared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// The last zoom; those above it stay empty.
    pub(crate) last_zoom: u8,
    /// Whether most polygons have no neighbour, where the whole layer that these features are a part of has told. A
    /// part is never drawn as a mosaic.
    pub(crate) is_scattered: Option<bool>,
}

impl Scope {
    /// All zooms of a whole layer.
    pub(crate) const WHOLE: Self = Self { last_zoom: 0, is_scattered: None };
}

/// Levels, levels of fewer vertices, and how many corners were put into neighbours' sides.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) levels: Vec<Level>,
    pub(crate) coarse: Vec<Level>,
    pub(crate) noded: usize,
    pub(crate) is_scattered: bool,
    /// The deepest zoom that is a mosaic.
    pub(crate) mosaic_zoom: Option<u8>,
}

/// Prepares the zooms of a scope, for as long as `go_on` lets it.
pub(crate) fn prepare<E: Send>(
    settings: &LayerSettings,
    stock: Stock<'_>,
    source: &mut Source,
    class: Vec<u32>,
    scope: Scope,
    mut progress: impl FnMut(u8),
    go_on: &(impl Fn() -> Result<(), E> + Sync),
) -> Result<Prepared, E> {
    go_on()?;
    let (coverage, noded) = noded(source);
    go_on()?;
    let (faces, gone) = (Faces::new(source, &coverage, class), vec![false; stock.rows.ids.len()]);
    source.points = Vec::new();
    let buckets = Buckets::new(&coverage.points, u32::from(MAX_ZOOM - DETAIL_ZOOM));
    let is_scattered = settings.small == Small::Count
        && scope.is_scattered.unwrap_or_else(|| is_scattered(&coverage, gone.len()));
    let (is_part, mosaic) = (scope.is_scattered.is_some(), None);
    let mut all =
        Preparation { settings, stock, coverage, buckets, faces, gone, is_scattered, is_part, mosaic, go_on };
    let mut prepared = Prepared { noded, is_scattered, ..Prepared::default() };
    let mut near = all.near(scope.last_zoom)?.into_iter();
    for z in (scope.last_zoom..=DETAIL_ZOOM).rev() {
        prepared.levels.push(near.next().map_or_else(|| all.generalised(z), Ok)?);
        prepared.mosaic_zoom = prepared.mosaic_zoom.or(all.mosaic.as_ref().map(|_| z));
        let deeper = settings.coarser_by.map(|by| z.saturating_add(by));
        for zoom in deeper.into_iter().filter(|&zoom| zoom <= DETAIL_ZOOM) {
            prepared.coarse.push(all.level(zoom)?);
        }
        progress(z);
    }
    prepared.levels.extend((0..scope.last_zoom).map(|_| Level::default()));
    if let Some(by) = settings.coarser_by {
        for zoom in (0..by.min(DETAIL_ZOOM + 1)).rev() {
            prepared.coarse.push(all.level(zoom)?);
        }
    }
    prepared.levels.reverse();
    prepared.coarse.reverse();
    Ok(prepared)
}

/// Whether most of many polygons have no neighbour.
fn is_scattered(coverage: &Coverage, rows: usize) -> bool {
    let (mut there, mut beside) = (vec![false; rows], vec![false; rows]);
    for sides in &coverage.sides {
        for row in sides.iter().filter(|&&row| row != NONE) {
            there[*row as usize] = true;
            beside[*row as usize] |= !sides.contains(&NONE);
        }
    }
    let polygons = there.iter().filter(|&&there| there).count();
    let with_neighbours = beside.iter().filter(|&&beside| beside).count();
    polygons >= SCATTERED && 2 * with_neighbours < polygons
}

impl<E: Send, G: Fn() -> Result<(), E> + Sync> Preparation<'_, G> {
    fn level(&self, z: u8) -> Result<Level, E> {
        let placed = Placed { coverage: &self.coverage, buckets: &self.buckets, faces: &self.faces };
        level(&self.stock, placed, &self.gone, z, self.go_on)
    }

    /// The levels of which nothing is left out, from the deepest on, beside each other: what one thread must do alone
    /// for one of them is done while others work on the next.
    fn near(&self, last_zoom: u8) -> Result<Vec<Level>, E> {
        let zooms: Vec<u8> = (last_zoom.max(GENERALISED_BELOW)..=DETAIL_ZOOM).rev().collect();
        zooms.into_par_iter().map(|z| self.level(z)).collect()
    }

    /// The tiles of a level that are too large, and how many times.
    fn excesses(&self, made: &Level, z: u8) -> Vec<([u32; 2], f64)> {
        let keys = &self.settings.keys;
        let columns: Vec<usize> = (0..keys.len()).filter(|&column| keys[column].from_zoom <= z).collect();
        let carried = Carried { rows: self.stock.rows, keys, columns: &columns };
        excesses(&carried, made, z, self.settings.buffer, self.settings.max_bytes)
    }

    /// The next level: merged and simplified until its tiles are small enough, or nothing more can be merged. What is
    /// small is doubled for those tiles alone that are too large.
    fn generalised(&mut self, z: u8) -> Result<Level, E> {
        if let Some(mosaic) = &self.mosaic {
            let mosaic = mosaic.halved();
            return self.mosaic(mosaic, z);
        }
        let are_small = self.may_be_mosaic() && self.are_small(z);
        // Farther zooms are made of the mosaic: nobody needs these borders any more.
        let at_once = are_small && self.settings.coarser_by.is_none();
        if at_once && let Some(mosaic) = raster(&self.coverage, &self.faces, self.stock.anchors, z) {
            return self.mosaic(mosaic, z);
        }
        let may_merge = self.settings.small == Small::Count;
        let mut factors = HashMap::new();
        if may_merge && !self.is_scattered {
            self.merge(z, &factors);
        }
        let finer = self.simplify(z)?;
        let mut made = self.level(z)?;
        // Where that was tried already, some feature is too large for it.
        if self.may_be_mosaic()
            && !at_once
            && (are_small || !self.excesses(&made, z).is_empty())
            && let Some(mosaic) = raster(&finer, &self.faces, self.stock.anchors, z)
        {
            return self.mosaic(mosaic, z);
        }
        let mut excesses = if may_merge { self.excesses(&made, z) } else { Vec::new() };
        while !excesses.is_empty() {
            for &(tile, excess) in &excesses {
                *factors.entry(tile).or_insert(0) += if excess > 2.0 { 2 } else { 1 };
            }
            if self.merge(z, &factors) {
                self.simplify(z)?;
                made = self.level(z)?;
                excesses = self.excesses(&made, z);
            }
            excesses.retain(|(tile, _)| factors.get(tile).is_none_or(|&factor| factor < MOST_DOUBLINGS));
        }
        Ok(made)
    }

    /// Whether far zooms may show a mosaic instead of each polygon.
    fn may_be_mosaic(&self) -> bool {
        self.is_scattered && !self.is_part
    }

    /// Whether one polygon in ten is smaller than can be seen.
    fn are_small(&self, z: u8) -> bool {
        let least = least(z);
        let small = self.faces.doubled_area.iter().filter(|&&area| area < least).count();
        10 * small > self.faces.doubled_area.len()
    }

    /// The level of a mosaic, in cells so coarse that its largest tile is small enough; it goes on from the finest.
    fn mosaic(&mut self, mosaic: Mosaic, z: u8) -> Result<Level, E> {
        let mut cells = mosaic.clone();
        self.mosaic = Some(mosaic);
        let mut coarser = 0;
        loop {
            (self.go_on)()?;
            if coarser < COARSEST && self.is_plainly_too_large(&cells, coarser, z) {
                cells = cells.halved();
                coarser += 1;
                continue;
            }
            let (fragment, hidden) = mosaic::fragment(&cells, coarser);
            let shift = u32::from(MAX_ZOOM - z);
            let place = |c: i32| (i64::from(c) << shift).clamp(0, i64::from(u32::MAX)) as u32;
            let places = hidden.into_iter().flat_map(|([x, y], count)| {
                let at = GridPoint { x: place(x), y: place(y) };
                std::iter::repeat_n(at.z_order(), count as usize)
            });
            let made = Level::new(fragment, places.collect());
            if coarser == COARSEST || self.excesses(&made, z).is_empty() {
                return Ok(made);
            }
            cells = cells.halved();
            coarser += 1;
        }
    }

    /// Whether the tile with most in it is too large with nothing but what lies in it, which tells soon that all of it
    /// need not be made.
    fn is_plainly_too_large(&self, cells: &Mosaic, coarser: u32, z: u8) -> bool {
        let Some(busiest) = cells.busiest(EXTENT as i32 / (CELL_UNITS << coarser) as i32) else {
            return false;
        };
        if busiest.shares.len() * SPARED > cells.shares.len() {
            return false;
        }
        let (fragment, _) = mosaic::fragment(&busiest, coarser);
        self.excesses(&Level::new(fragment, Vec::new()), z).iter().any(|&(_, times)| times > PLAINLY)
    }

    /// Merges what is too small for a zoom; whether there was anything.
    fn merge(&mut self, z: u8, factors: &HashMap<[u32; 2], u32>) -> bool {
        let least = Least { z, doubled_area: least(z), factors };
        let (gone, changed) = merge(&mut self.coverage, &mut self.faces, &self.buckets, least);
        gone.iter().for_each(|&row| self.gone[row as usize] = true);
        if changed {
            self.coverage = joined(&self.coverage);
            self.place(z);
        }
        changed
    }

    /// Drops vertices that a zoom does not show; what there was before.
    fn simplify(&mut self, z: u8) -> Result<Coverage, E> {
        let simple = simplify(&self.coverage, &self.buckets, z, self.go_on)?;
        let finer = std::mem::replace(&mut self.coverage, simple);
        self.place(z);
        Ok(finer)
    }

    fn place(&mut self, z: u8) {
        self.buckets = Buckets::new(&self.coverage.points, u32::from(MAX_ZOOM - z));
    }
}
