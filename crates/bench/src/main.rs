//! Benchmarks of the engine, beside its peers and checked against them.
//!
//! - `overlap`: all overlaps of zones with a plan. Ours by areas, by areas and mean widths, by shapes; GEOS (plain and
//!   with prepared zones), i_overlay and the crate geo in Rust; shapely and DuckDB through `python/peers.py`.
//! - `recheck`: one edited zone against the loaded plan, the time of each zone by itself.
//! - `findings`: what a planner waits for when there are ten thousand findings, over HTTP.
//! - `convert`: a gigabyte of GeoJSON to FlatGeobuf and back; ours and `ogr2ogr`.
//! - `worker`: a million polygons through the GDAL worker, read and written; ours and `ogr2ogr`.
//! - `load`: many clients at once, rude ones among them.
//! - `index`: finding candidates. `validate`: finding what is not valid.
//! - `tiles`: layers prepared for every zoom, and their tiles encoded one by one; or asked of a server over HTTP.
//!
//! How it measures. Each engine runs in a process of its own on one thread, after its data is loaded, over the same
//! candidates (DuckDB finds its own: its join is one operation). Time is the processor's, not the clock's, so that a
//! busy machine disturbs little; quick work is repeated and the least counts. Memory is the process's peak (`VmHWM`):
//! ours is read when areas are done and before shapes begin, and stands beside the bytes of the cells' coordinates.
//!
//! How it checks. Every engine leaves the area of every pair. Our areas must lie within 1e-6 m² + 1e-9 of the area of
//! GEOS on f64 and of i_overlay on f64, which do not know of each other; the areas of our shapes, whose vertices lie on
//! a grid of a micrometre, within 1e-3 m²; no overlap of theirs may be missing. Otherwise the exit code is not 0.
//!
//! Memory is allocated as the program `ranh` does; engines in C and C++ keep their own way.
//!
//! Without the feature `peers` everything of ours runs and no C library is needed.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program talks to the terminal")]

mod agreement;
mod clock;
mod convert;
mod crowd;
mod engines;
mod findings;
mod hilbert;
mod index;
mod load;
mod options;
mod overlap;
mod pairs;
mod problem;
mod process;
mod ragged;
mod recheck;
mod served;
mod share;
mod start;
mod table;
mod tile_engine;
mod validate;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

use crate::engines::{Engine, Job};
use crate::problem::Problem;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[derive(Parser)]
#[command(name = "cargo xtask bench", about, version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// All overlaps of zones with a plan: areas, mean widths, shapes; ours and peers.
    Overlap(overlap::Options),
    /// One edited zone against the loaded plan, as while editing: the time of each zone by itself.
    Recheck(recheck::Options),
    /// Finding candidates: bulk load and queries of indices.
    Index(index::Options),
    /// Ten thousand findings: list, filter, decide, and check again when one zone has moved.
    Findings(findings::Options),
    /// Finding what is not valid.
    Validate(validate::Options),
    /// A server started cold and warm: times to the first tile, memory beside the raw coordinates.
    Start(start::Options),
    /// Vector tiles: layers prepared for every zoom, and tiles encoded one by one; or asked of a server.
    Tiles(tile_engine::Options),
    /// A gigabyte of GeoJSON to FlatGeobuf and back: ours and ogr2ogr.
    Convert(convert::Options),
    /// A million polygons through the GDAL worker, read and written: ours and ogr2ogr.
    Worker(worker::Options),
    /// Many clients at once, slow ones and ones that leave among them: errors, times, memory.
    Load(crowd::Options),
    /// One engine's share of a task, in a process of its own (started by the tasks above).
    #[command(hide = true)]
    Share { task: String, engine: Engine, workload: PathBuf, folder: PathBuf, every: usize, repeat: usize },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<(), Problem> {
    match task {
        Task::Overlap(options) => overlap::run(&options),
        Task::Recheck(options) => recheck::run(&options),
        Task::Findings(options) => findings::run(&options),
        Task::Index(options) => index::run(&options),
        Task::Validate(options) => validate::run(&options),
        Task::Start(options) => start::run(&options),
        Task::Tiles(options) => tile_engine::run(&options),
        Task::Convert(options) => convert::run(&options),
        Task::Worker(options) => worker::run(&options),
        Task::Load(options) => crowd::run(&options),
        Task::Share { task: _, engine, workload, folder, every, repeat } => {
            let job = Job { workload, folder, every, repeat };
            engine.overlap(&job)?.write(&job.folder)
        }
    }
}
