//! `bench tiles`: layers prepared for every zoom, then their tiles encoded, each tile by itself.
//!
//! Three layers: `parcels`, 202,500 disjoint polygons from `../shared/tools/tiles_workload.py`; `communes`, the 3,321 of
//! `../shared/data/vietnam`; `cells`, the partition that `bench overlap` uses. No tile exists before it is asked for. Of
//! each zoom at most `--tiles` tiles are asked for, evenly over all that the layer reaches; each is encoded three times
//! and the least time counts, as what else runs on the machine can only add. Beside it, where peers take part, the same
//! rings and attributes through the crate fast-mvt.
//!
//! With `--coverage` nothing is timed: see `coverage/mod.rs`.

mod coverage;
mod data;
mod http;
mod measure;
mod peer;

use clap::{Args, ValueEnum};
use serde::Serialize;
use tiles::{DETAIL_ZOOM, TileLayer};

pub(crate) use self::coverage::polygon_area;
use self::data::Data;
pub(crate) use self::data::parcels_file;
use self::measure::{Line, line};
use crate::clock::{Cost, Laps, peak_bytes, processor, timed};
use crate::options;
use crate::problem::Problem;
use crate::table::Table;

/// What is to be run, over what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    common: options::Options,
    #[command(flatten)]
    load: http::Load,
    /// The layers, in order; all of them by default.
    #[arg(long, value_delimiter = ',', default_values_t = [Which::Parcels, Which::Communes, Which::Cells])]
    layers: Vec<Which>,
    /// Most tiles of a zoom that are encoded.
    #[arg(long, default_value_t = 1000)]
    tiles: usize,
    /// Hold what is drawn against the source instead of the clock: overlaps, gaps, areas.
    #[arg(long, conflicts_with_all = ["served", "url"])]
    coverage: bool,
    /// Threads that prepare.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

/// A layer to be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum Which {
    /// Disjoint parcels.
    Parcels,
    /// Real communes.
    Communes,
    /// A partition.
    Cells,
    /// The sample province's land-use plan.
    Plan,
}

impl std::fmt::Display for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Parcels => "parcels",
            Self::Communes => "communes",
            Self::Cells => "cells",
            Self::Plan => "plan",
        })
    }
}

/// One layer's results.
#[derive(Debug, Serialize)]
struct Measured {
    layer: Which,
    features: usize,
    source_vertices: usize,
    prepare: Cost,
    /// What the prepared layer takes.
    memory_bytes: usize,
    /// The most that the process has held.
    peak_bytes: u64,
    /// Corners put into neighbours' sides.
    noded: usize,
    zooms: Vec<Line>,
}

/// Prepares, encodes, prints.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    if options.load.is_wanted() {
        return http::run(options);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build()?;
    if options.coverage {
        return pool.install(|| coverage::run(options));
    }
    println!("{}, {} threads", processor(), options.threads);
    let mut all = Vec::new();
    for &which in &options.layers {
        let Some(data) = data::load(which, &options.common)? else { continue };
        let measured = pool.install(|| measured(which, data, options));
        println!("{}", text(&measured));
        all.push(measured);
    }
    options.common.keep(&all)
}

fn measured(which: Which, data: Data, options: &Options) -> Measured {
    let Data { settings, features, source_vertices, bounds_m, .. } = data;
    let count = features.len();
    let mut costs = vec![Cost::default(); usize::from(DETAIL_ZOOM) + 1];
    let mut laps = Laps::start();
    let (layer, prepare) =
        timed(|| TileLayer::with_progress(settings, features, |z| costs[usize::from(z)] = laps.lap()));
    let zooms = (0..=DETAIL_ZOOM).rev().filter_map(|z| {
        line(&layer, z, bounds_m, costs[usize::from(z)], options.tiles, !options.common.no_peers)
    });
    Measured {
        layer: which,
        features: count,
        source_vertices,
        prepare,
        memory_bytes: layer.memory_bytes(),
        peak_bytes: peak_bytes(),
        noded: layer.noded(),
        zooms: zooms.collect(),
    }
}

fn text(measured: &Measured) -> String {
    let mut table = Table::new(&[
        "zoom",
        "prepare CPU s",
        "features",
        "merged",
        "hidden",
        "vertices",
        "B/vertex",
        "area error %",
        "tiles",
        "µs mean",
        "µs p99",
        "fast-mvt µs",
        "ratio",
        "bytes mean",
        "bytes max",
        "features/tile",
        "left alone",
    ]);
    for line in &measured.zooms {
        let ratio = line.peer_us.map(|us| us / line.mean_us);
        table.add([
            line.zoom.to_string(),
            format!("{:.2}", line.prepare.cpu_s),
            line.features.to_string(),
            line.merged.to_string(),
            line.hidden.to_string(),
            line.vertices.to_string(),
            format!("{:.2}", line.bytes_per_vertex),
            format!("{:+.4}", line.area_error * 100.0),
            line.tiles.to_string(),
            format!("{:.1}", line.mean_us),
            format!("{:.1}", line.p99_us),
            line.peer_us.map_or_else(|| "-".to_owned(), |us| format!("{us:.1}")),
            ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.1}")),
            line.mean_bytes.to_string(),
            line.max_bytes.to_string(),
            format!("{:.1}", line.features_per_tile),
            line.unmatched_edges.to_string(),
        ]);
    }
    let mb = |bytes: f64| bytes / 1e6;
    format!(
        "\n{}: {} features, {} vertices; prepared in {:.2} CPU s, {:.2} s on the clock; {:.1} MB ({:.1} B a vertex, \
         coordinates as f64 take 16); peak {:.0} MB; {} corners noded\n\n{}\"left alone\": edges inside tiles that no \
         other feature has the other way round.",
        measured.layer,
        measured.features,
        measured.source_vertices,
        measured.prepare.cpu_s,
        measured.prepare.wall_s,
        mb(measured.memory_bytes as f64),
        measured.memory_bytes as f64 / measured.source_vertices.max(1) as f64,
        mb(measured.peak_bytes as f64),
        measured.noded,
        table.text()
    )
}
