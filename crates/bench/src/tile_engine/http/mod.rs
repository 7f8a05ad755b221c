//! `bench tiles --served`: tiles over HTTP, from `ranh serve` on a store made of the layer, or with `--url` from any
//! server that has it. The load and the server share the machine's processors.
//!
//! Of each zoom every tile that the layer's box meets is asked for, shuffled by a fixed seed, at most `--most` of them,
//! each once and never before: no encoded tile exists when it is asked for. Then the same again, which a server with a
//! cache answers from it. Connections are kept open, nothing is compressed, and each connection asks for the next tile
//! when the last byte of the one before has come.

mod asker;
mod layers;

use std::time::Instant;

use clap::Args;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use tiles::TileCoord;

use self::asker::{Pass, Target};
use super::Which;
use super::measure::tiles_of;
use crate::clock::processor;
use crate::problem::Problem;
use crate::served::Server;
use crate::table::Table;

/// The seed of the order in which tiles are asked for.
const SEED: u64 = 7;

/// The load.
#[derive(Args, Clone, Debug)]
#[group(id = "of_the_load")]
pub(super) struct Load {
    /// Ask a server for tiles over HTTP instead of encoding them here.
    #[arg(long)]
    pub(super) served: bool,
    /// Ask this server, which has the first of the layers: an address with {z}, {x} and {y}.
    #[arg(long, value_name = "TEMPLATE")]
    url: Option<String>,
    /// Connections at a time.
    #[arg(long, default_value_t = 4)]
    connections: usize,
    /// Most tiles of a zoom that are asked for.
    #[arg(long, default_value_t = 20_000)]
    most: usize,
    /// The zooms, in order.
    #[arg(long, value_delimiter = ',', default_values_t = 0..=14)]
    zooms: Vec<u8>,
    /// How often all tiles of a zoom are asked for; from the second time on out of the server's cache.
    #[arg(long, default_value_t = 2)]
    passes: usize,
}

impl Load {
    /// Whether a server is to be asked.
    pub(super) fn is_wanted(&self) -> bool {
        self.served || self.url.is_some()
    }
}

/// What one pass over a zoom's tiles showed.
#[derive(Debug, Serialize)]
struct Line {
    zoom: u8,
    /// Which time it was.
    pass: usize,
    #[serde(flatten)]
    figures: Pass,
    /// Processor time of the server for one tile, µs; none where the server is not ours.
    server_us: Option<f64>,
}

/// One layer's results.
#[derive(Debug, Serialize)]
struct Served {
    layer: Which,
    server: String,
    /// From the start of the server's process to the last byte of the first tile, s.
    first_tile_s: Option<f64>,
    /// What the server holds when it has started, when all tiles have been asked for, and the most it has held, bytes.
    memory_bytes: Option<[u64; 3]>,
    lines: Vec<Line>,
}

/// Asks for the tiles of all layers.
pub(super) fn run(options: &super::Options) -> Result<(), Problem> {
    println!("{}; {} connections", processor(), options.load.connections);
    let mut all = Vec::new();
    for &which in &options.layers {
        let served = match &options.load.url {
            Some(template) => Some(elsewhere(which, template, &options.load)?),
            None => ours(which, options)?,
        };
        if let Some(served) = served {
            println!("{}", text(&served));
            all.push(served);
        }
        if options.load.url.is_some() {
            break;
        }
    }
    options.common.keep(&all)
}

fn elsewhere(which: Which, template: &str, load: &Load) -> Result<Served, Problem> {
    let target = Target::new(template)?;
    let lines = lines(which, &target, load, None)?;
    Ok(Served { layer: which, server: target.authority, first_tile_s: None, memory_bytes: None, lines })
}

fn ours(which: Which, options: &super::Options) -> Result<Option<Served>, Problem> {
    let Some(store) = layers::store(which, &options.common)? else { return Ok(None) };
    let started = Instant::now();
    let server = Server::start(&store)?;
    let template = format!("http://{}/tiles/{which}/{{z}}/{{x}}/{{y}}", server.address());
    let target = Target::new(&template)?;
    if asker::pass(&target, &middle(which), 1).is_err() {
        // A layer that is prepared for the first time can take longer than a request may.
        server.wait_until_idle();
        asker::pass(&target, &middle(which), 1)?;
    }
    let first_tile_s = Some(started.elapsed().as_secs_f64());
    // What a start leaves to be done behind its answers would be counted as the tiles'.
    server.wait_until_idle();
    let [before, _] = server.memory_bytes();
    let lines = lines(which, &target, &options.load, Some(&server))?;
    let [after, most] = server.memory_bytes();
    let memory_bytes = Some([before, after, most]);
    Ok(Some(Served { layer: which, server: "ranh serve".into(), first_tile_s, memory_bytes, lines }))
}

/// A tile deeper than those that are asked for later.
fn middle(which: Which) -> Vec<TileCoord> {
    let [west, south, east, north] = layers::bounds_m(which);
    let [x, y] = [(west + east) / 2.0, (south + north) / 2.0];
    tiles_of([x, y, x, y], 15, 1)
}

fn lines(which: Which, target: &Target, load: &Load, server: Option<&Server>) -> Result<Vec<Line>, Problem> {
    let mut lines = Vec::new();
    for &zoom in &load.zooms {
        let mut tiles = tiles_of(layers::bounds_m(which), zoom, usize::MAX);
        tiles.shuffle(&mut ChaCha8Rng::seed_from_u64(SEED));
        tiles.truncate(load.most);
        for pass in 1..=load.passes {
            let before_ms = server.map(Server::cpu_ms);
            let figures = asker::pass(target, &tiles, load.connections)?;
            let server_us = server
                .zip(before_ms)
                .map(|(server, before_ms)| (server.cpu_ms() - before_ms) * 1e3 / figures.asked.max(1) as f64);
            lines.push(Line { zoom, pass, figures, server_us });
        }
    }
    Ok(lines)
}

fn text(served: &Served) -> String {
    let mut table = Table::new(&[
        "zoom",
        "time",
        "asked",
        "empty",
        "tiles/s",
        "p50 ms",
        "p99 ms",
        "max ms",
        "server CPU µs",
        "load CPU µs",
        "bytes mean",
        "bytes max",
    ]);
    for Line { zoom, pass, figures, server_us } in &served.lines {
        table.add([
            zoom.to_string(),
            pass.to_string(),
            figures.asked.to_string(),
            figures.empty.to_string(),
            format!("{:.0}", figures.per_s),
            format!("{:.2}", figures.p50_ms),
            format!("{:.2}", figures.p99_ms),
            format!("{:.2}", figures.max_ms),
            server_us.map_or_else(|| "-".to_owned(), |us| format!("{us:.0}")),
            format!("{:.0}", figures.load_us),
            figures.mean_bytes.to_string(),
            figures.max_bytes.to_string(),
        ]);
    }
    let mb = |bytes: u64| bytes as f64 / 1e6;
    let started = served.first_tile_s.map(|s| format!("; first tile {s:.2} s after its process began"));
    let memory = served.memory_bytes.map(|[before, after, most]| {
        format!("; {:.0} MB at first, {:.0} MB at last, {:.0} MB at most", mb(before), mb(after), mb(most))
    });
    format!(
        "\n{} from {}{}{}\n\n{}",
        served.layer,
        served.server,
        started.unwrap_or_default(),
        memory.unwrap_or_default(),
        table.text()
    )
}
