//! `bench tiles --coverage`: whether neighbours stay neighbours when they are generalised, and what becomes of areas.
//!
//! Tiles are read back through the crate fast-mvt. What polygons cover more than once, and the holes that their union
//! has, are measured in what a tile shows (its buffer left out), by overlays on a grid that holds its whole numbers
//! exactly; beside it the same of the source in the same box, as its coordinates are. In a flawless partition both are
//! exactly nothing, and where the source is not flawless, what is drawn should not have more of it. Areas by class are
//! compared where all tiles of a zoom were read.

mod tile;

use std::collections::BTreeMap;

use geo_types::{LineString, Polygon};
use rayon::prelude::*;
use serde::Serialize;
use tiles::{DETAIL_ZOOM, TileCoord, TileLayer, WORLD_HALF_M};

use self::tile::{Cover, Source};
use super::data::{self, Data};
use super::measure::tiles_of;
use super::{Options, Which};
use crate::problem::Problem;
use crate::table::Table;

/// Classes that have less of the whole than this are not looked at by themselves.
const LEAST_SHARE: f64 = 0.01;

/// What a zoom showed.
#[derive(Debug, Serialize)]
struct Line {
    zoom: u8,
    tiles: usize,
    /// Of what is drawn, squared units of the zoom.
    drawn: Cover,
    /// Of the source; none for the partition, whose source covers all once.
    source: Option<Cover>,
    areas: Option<Areas>,
}

/// Areas drawn against those of the source, whole tiles together.
#[derive(Debug, Serialize)]
struct Areas {
    /// All together, less 1.
    error: f64,
    /// The class that is farthest off, of those that are not small, and its error.
    worst_class: String,
    worst_error: f64,
    /// Sum of what classes have too much or too little, by the whole.
    misplaced: f64,
}

/// Reads back all zooms of the layers.
pub(super) fn run(options: &Options) -> Result<(), Problem> {
    let mut all = Vec::new();
    for &which in &options.layers {
        let Some(data) = data::load(which, &options.common)? else { continue };
        let lines = zooms(which, data, options);
        println!("\n{which}\n\n{}", text(&lines));
        all.push((which, lines));
    }
    options.common.keep(&all)
}

fn zooms(which: Which, data: Data, options: &Options) -> Vec<Line> {
    let Data { settings, features, bounds_m, class_key, .. } = data;
    let key = settings.keys.get(class_key).map(|key| key.name.clone()).unwrap_or_default();
    let sources: Vec<Source> = features.iter().filter_map(|one| Source::of(one, class_key)).collect();
    let mut whole: BTreeMap<String, f64> = BTreeMap::new();
    for source in &sources {
        *whole.entry(source.class.clone()).or_default() += source.area_m2;
    }
    let layer = TileLayer::new(settings, features);
    let compared = if which == Which::Cells { &[][..] } else { &sources };
    (0..=DETAIL_ZOOM)
        .map(|z| {
            let tiles = tiles_of(bounds_m, z, options.tiles);
            let is_whole = tiles.len() == tiles_of(bounds_m, z, usize::MAX).len();
            let read = |&tile: &TileCoord| {
                let source = (!compared.is_empty()).then(|| tile::of_source(compared, tile));
                (tile::of_drawn(&layer, tile, &key), source)
            };
            let read: Vec<_> = tiles.par_iter().map(read).collect();
            let drawn = Cover::sum(read.iter().map(|(drawn, _)| &drawn.cover));
            let source: Option<Vec<&Cover>> = read.iter().map(|(_, source)| source.as_ref()).collect();
            let mut by_class: BTreeMap<&str, f64> = BTreeMap::new();
            for (class, units2) in read.iter().flat_map(|(drawn, _)| &drawn.by_class) {
                *by_class.entry(class).or_default() += units2 * unit_m(z).powi(2);
            }
            Line {
                zoom: z,
                tiles: tiles.len(),
                drawn,
                source: source.map(|covers| Cover::sum(covers.into_iter())),
                areas: is_whole.then(|| areas(&whole, &by_class)),
            }
        })
        .collect()
}

fn areas(whole: &BTreeMap<String, f64>, drawn: &BTreeMap<&str, f64>) -> Areas {
    let total: f64 = whole.values().sum();
    let off = |(class, area): (&String, &f64)| drawn.get(class.as_str()).unwrap_or(&0.0) - area;
    let large = whole.iter().filter(|(_, area)| **area >= LEAST_SHARE * total);
    let errors = large.map(|(class, area)| (class.clone(), off((class, area)) / area));
    let worst = errors.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let (worst_class, worst_error) = worst.unwrap_or_default();
    Areas {
        error: drawn.values().sum::<f64>() / total - 1.0,
        worst_class,
        worst_error,
        misplaced: whole.iter().map(|one| off(one).abs()).sum::<f64>() / total,
    }
}

/// The side of a unit of a zoom, m.
fn unit_m(z: u8) -> f64 {
    2.0 * WORLD_HALF_M / f64::from(1_u32 << z) / 4096.0
}

fn text(lines: &[Line]) -> String {
    let mut table = Table::new(&[
        "zoom",
        "tiles",
        "features",
        "overlap u²",
        "holes",
        "holes u²",
        "source: overlap u²",
        "holes",
        "holes u²",
        "area error %",
        "misplaced %",
        "worst class",
        "error %",
    ]);
    let none = || "-".to_owned();
    for line in lines {
        let of = |cover: &Cover| {
            [format!("{:.2}", cover.overlap), cover.holes.to_string(), format!("{:.2}", cover.hole_area)]
        };
        let percent = |share: f64| format!("{:+.4}", share * 100.0);
        let mut cells = vec![line.zoom.to_string(), line.tiles.to_string(), line.drawn.features.to_string()];
        cells.extend(of(&line.drawn));
        cells.extend(line.source.as_ref().map_or_else(|| [none(), none(), none()], of));
        cells.extend(line.areas.as_ref().map_or_else(
            || [none(), none(), none(), none()],
            |areas| {
                let (total, misplaced) = (percent(areas.error), format!("{:.4}", areas.misplaced * 100.0));
                [total, misplaced, areas.worst_class.clone(), percent(areas.worst_error)]
            },
        ));
        table.add(cells);
    }
    table.text()
}

/// Area as the coordinates are, whichever way rings turn.
pub(crate) fn polygon_area(polygon: &Polygon<f64>) -> f64 {
    let ring = |ring: &LineString<f64>| {
        let twice: f64 = ring.lines().map(|line| line.determinant()).sum();
        twice.abs() / 2.0
    };
    ring(polygon.exterior()) - polygon.interiors().iter().map(ring).sum::<f64>()
}
