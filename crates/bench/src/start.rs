//! `bench start`: how long after its start a server shows a map. The program itself is measured: the communes are
//! imported into a store of their own; a server is started on it cold, with nothing prepared, then warm, with the tiles
//! that the first one has left beside the store. The clock begins before the process is started and stops with the last
//! byte of a tile. What the system has read of the files before stays in its memory, as after a restart of the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use formats::{Limits, read_layer};
use geo_types::{Geometry, Polygon};
use serde::Serialize;

use crate::clock::processor;
use crate::problem::Problem;
use crate::served::{Server, import};
use crate::table::Table;

/// Ha Noi, which has a tile at every zoom: longitude and latitude.
const PLACE: [f64; 2] = [105.85, 21.03];
/// What the communes are called in the store.
const COLLECTION: &str = "communes";
/// How often it is looked whether the tiles are kept.
const PAUSE: Duration = Duration::from_millis(20);
/// A coordinate pair as two 64-bit numbers.
const VERTEX_BYTES: u64 = 16;
/// A warm start must have its first tile within, s.
const BELOW_S: f64 = 2.0;

/// What is to be run.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    /// The communes, FlatGeobuf.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/vietnam/communes-2025.fgb"))]
    data: PathBuf,
    /// How often it is started warm for each of the zooms.
    #[arg(long, default_value_t = 3)]
    repeat: usize,
    /// Folder for the store.
    #[arg(long, default_value = "target/bench/start")]
    folder: PathBuf,
    /// Write everything that was measured to this file too.
    #[arg(long)]
    json: Option<PathBuf>,
}

/// One start.
#[derive(Debug, Serialize)]
struct Start {
    name: &'static str,
    /// The zoom of the tile that was asked for first.
    zoom: u8,
    listening_s: f64,
    first_tile_s: f64,
    /// Memory when tiles of every zoom have been asked for at one place.
    resident_bytes: u64,
    /// The most that it has held.
    peak_bytes: u64,
}

#[derive(Debug, Serialize)]
struct Results {
    vertices: u64,
    raw_bytes: u64,
    kept_bytes: u64,
    /// From the first tile of the cold start until tiles were kept.
    keeping_s: f64,
    starts: Vec<Start>,
}

/// Fills a store, starts servers on it, prints.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    if !options.data.is_file() {
        println!("LEFT OUT: {} is not there", options.data.display());
        return Ok(());
    }
    let vertices = vertices(&options.data)?;
    let (store, kept) = fresh(&options.folder)?;
    import(&[&options.data], &store, &["--role", "admin", "--collection", COLLECTION])?;
    let (cold, server) = started(&store, "cold", 5)?;
    let clock = Instant::now();
    let kept_bytes = wait_for(&kept);
    let keeping_s = clock.elapsed().as_secs_f64();
    drop(server);
    let mut starts = vec![cold];
    for zoom in [5, 12] {
        for _ in 0..options.repeat.max(1) {
            starts.push(started(&store, "warm", zoom)?.0);
        }
    }
    let results = Results { vertices, raw_bytes: vertices * VERTEX_BYTES, kept_bytes, keeping_s, starts };
    println!("{}\n{}", processor(), text(&results));
    if let Some(path) = &options.json {
        crate::share::write_json(path, &results)?;
    }
    let late =
        results.starts.iter().filter(|start| start.name == "warm" && start.first_tile_s > BELOW_S).count();
    if late > 0 { Err(Problem::Late(format!("{late} warm starts"))) } else { Ok(()) }
}

/// An empty folder for a store: the store's path, and where what is derived from it will be.
fn fresh(folder: &Path) -> Result<(PathBuf, PathBuf), Problem> {
    let (store, kept) = (folder.join("communes.gpkg"), folder.join("communes.gpkg.tiles"));
    fs::create_dir_all(folder).map_err(Problem::file(folder))?;
    if store.exists() {
        fs::remove_file(&store).map_err(Problem::file(&store))?;
    }
    if kept.exists() {
        fs::remove_dir_all(&kept).map_err(Problem::file(&kept))?;
    }
    Ok((store, kept))
}

/// Starts a server and asks it for a tile, then for those of every zoom.
fn started(store: &Path, name: &'static str, zoom: u8) -> Result<(Start, Server), Problem> {
    let clock = Instant::now();
    let mut server = Server::start(store)?;
    let listening_s = clock.elapsed().as_secs_f64();
    server.ask("GET", &tile(zoom), "")?;
    let first_tile_s = clock.elapsed().as_secs_f64();
    for zoom in 0..=16 {
        server.ask("GET", &tile(zoom), "")?;
    }
    let [resident_bytes, peak_bytes] = server.memory_bytes();
    Ok((Start { name, zoom, listening_s, first_tile_s, resident_bytes, peak_bytes }, server))
}

/// The tile of a zoom that shows the place.
fn tile(zoom: u8) -> String {
    let [longitude, latitude] = PLACE;
    let tiles = f64::from(1_u32 << zoom);
    let column = ((longitude + 180.0) / 360.0 * tiles) as u32;
    let row = ((1.0 - latitude.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * tiles) as u32;
    format!("/collections/{COLLECTION}/tiles/WebMercatorQuad/{zoom}/{row}/{column}")
}

/// Waits until a file stands whole in the folder; its size.
fn wait_for(folder: &Path) -> u64 {
    loop {
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut whole =
            files.filter(|file| file.path().extension().is_some_and(|ending| ending == "derived"));
        if let Some(file) = whole.next() {
            return file.metadata().map_or(0, |about| about.len());
        }
        thread::sleep(PAUSE);
    }
}

fn vertices(path: &Path) -> Result<u64, Problem> {
    let file = std::io::BufReader::new(fs::File::open(path).map_err(Problem::file(path))?);
    let read = read_layer(file, &Limits::default());
    let layer = read.map_err(|error| Problem::content(path, error.to_string()))?.layer;
    let of = |polygon: &Polygon<f64>| {
        let holes = polygon.interiors().iter().map(|hole| hole.0.len()).sum::<usize>();
        (polygon.exterior().0.len() + holes) as u64
    };
    let geometries = layer.features.iter().filter_map(|feature| feature.geometry.as_ref());
    Ok(geometries
        .map(|geometry| match geometry {
            Geometry::Polygon(polygon) => of(polygon),
            Geometry::MultiPolygon(all) => all.iter().map(of).sum(),
            _ => 0,
        })
        .sum())
}

fn text(results: &Results) -> String {
    let megabytes = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6);
    let times = |bytes: u64| format!("{:.2}", bytes as f64 / results.raw_bytes as f64);
    let mut table =
        Table::new(&["start", "zoom", "listening s", "first tile s", "RSS MB", "× raw", "peak MB", "× raw"]);
    for start in &results.starts {
        table.add([
            start.name.to_owned(),
            start.zoom.to_string(),
            format!("{:.2}", start.listening_s),
            format!("{:.2}", start.first_tile_s),
            megabytes(start.resident_bytes),
            times(start.resident_bytes),
            megabytes(start.peak_bytes),
            times(start.peak_bytes),
        ]);
    }
    let Results { vertices, raw_bytes, kept_bytes, keeping_s, .. } = results;
    format!(
        "{vertices} vertices, {} MB of raw coordinates ({VERTEX_BYTES} bytes each); {} MB of tiles kept {keeping_s:.1} s \
         after the first tile; memory is read when a tile of every zoom from 0 to 16 has been asked for\n\n{}",
        megabytes(*raw_bytes),
        megabytes(*kept_bytes),
        table.text()
    )
}
