//! From the source to all levels: each zoom's coverage is made of the one below it, each level is rounded from its
//! zoom's coverage.

use crate::coverage::Coverage;
use crate::coverage::buckets::Buckets;
use crate::coverage::join::joined;
use crate::coverage::merge::{Faces, merge};
use crate::coverage::noding::noded;
use crate::coverage::simplify::simplify;
use crate::layer::{LayerSettings, Small};
use crate::level::Level;
use crate::level::build::{Placed, Stock, level};
use crate::matrix::MAX_ZOOM;
use crate::source::Source;
use crate::weigh::heaviest_tile;

/// From this zoom on every vertex is drawn; deeper tiles are this one enlarged.
pub const DETAIL_ZOOM: u8 = 16;
/// Below this zoom vertices are left out, and small features go into others.
pub const GENERALISED_BELOW: u8 = 14;

/// Smallest area of a feature, units²: a pixel, far out four.
const fn least_units2(z: u8) -> i128 {
    if z <= 5 { 256 } else { 64 }
}

/// Everything that is known when a layer is prepared.
struct Preparation<'a> {
    settings: &'a LayerSettings,
    stock: Stock<'a>,
    coverage: Coverage,
    buckets: Buckets,
    faces: Faces,
    gone: Vec<bool>,
}

/// Levels, levels of fewer vertices, and how many corners were put into neighbours' sides.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) levels: Vec<Level>,
    pub(crate) coarse: Vec<Level>,
    pub(crate) noded: usize,
}

/// Prepares all zooms.
pub(crate) fn prepare(
    settings: &LayerSettings,
    stock: Stock<'_>,
    source: &mut Source,
    class: Vec<u32>,
    mut progress: impl FnMut(u8),
) -> Prepared {
    let (coverage, noded) = noded(source);
    source.points = Vec::new();
    let buckets = Buckets::new(&coverage.points, u32::from(MAX_ZOOM - DETAIL_ZOOM));
    let (faces, gone) = (Faces::new(&coverage, class), vec![false; stock.rows.ids.len()]);
    let mut all = Preparation { settings, stock, coverage, buckets, faces, gone };
    let mut prepared = Prepared { noded, ..Prepared::default() };
    for z in (0..=DETAIL_ZOOM).rev() {
        prepared.levels.push(if z < GENERALISED_BELOW { all.generalised(z) } else { all.level(z) });
        let deeper = settings.coarser_by.map(|by| z + by);
        for zoom in deeper.into_iter().filter(|&zoom| zoom <= DETAIL_ZOOM) {
            prepared.coarse.push(all.level(zoom));
        }
        progress(z);
    }
    if let Some(by) = settings.coarser_by {
        prepared.coarse.extend((0..by.min(DETAIL_ZOOM + 1)).rev().map(|zoom| all.level(zoom)));
    }
    prepared.levels.reverse();
    prepared.coarse.reverse();
    prepared
}

impl Preparation<'_> {
    fn level(&self, z: u8) -> Level {
        let placed = Placed { coverage: &self.coverage, buckets: &self.buckets, faces: &self.faces };
        level(&self.stock, placed, &self.gone, z)
    }

    /// The next level: merged and simplified until its largest tile is small enough, or nothing more can be merged.
    fn generalised(&mut self, z: u8) -> Level {
        let may_merge = self.settings.small == Small::Count;
        let mut factor = 1.0_f64;
        if may_merge {
            self.merge(z, factor);
        }
        self.simplify(z);
        let mut made = self.level(z);
        while may_merge && factor < 1e6 {
            let bytes = heaviest_tile(self.stock.rows, self.settings, &made, z);
            let excess = bytes as f64 / self.settings.max_bytes as f64;
            if excess <= 1.0 {
                break;
            }
            factor *= excess.clamp(1.3, 4.0);
            if self.merge(z, factor) {
                self.simplify(z);
                made = self.level(z);
            }
        }
        made
    }

    /// Merges what is too small for a zoom; whether there was anything.
    fn merge(&mut self, z: u8, factor: f64) -> bool {
        let unit2 = 1_i128 << (2 * u32::from(MAX_ZOOM - z));
        let least = (least_units2(z) as f64 * factor) as i128 * 2 * unit2;
        let (gone, changed) = merge(&mut self.coverage, &mut self.faces, &self.buckets, [least, least / 4]);
        gone.iter().for_each(|&row| self.gone[row as usize] = true);
        if changed {
            self.coverage = joined(&self.coverage);
            self.place(z);
        }
        changed
    }

    fn simplify(&mut self, z: u8) {
        self.coverage = simplify(&self.coverage, &self.buckets, z);
        self.place(z);
    }

    fn place(&mut self, z: u8) {
        self.buckets = Buckets::new(&self.coverage.points, u32::from(MAX_ZOOM - z));
    }
}
