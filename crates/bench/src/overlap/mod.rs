//! `bench overlap`: every engine in turn over the same candidates, then what each took and whether they agree.

mod report;
mod verdict;

use clap::Args;
use serde::Serialize;

use crate::agreement::Agreement;
use crate::clock::processor;
use crate::engines::{Engine, Job};
use crate::options;
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::process;
use crate::ragged::Ragged;
use crate::share::Share;

/// What is to be run, over what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    common: options::Options,
    /// Take every N-th zone.
    #[arg(long, default_value_t = 4)]
    every: usize,
    /// Peers to run beside ours [default: all that are here].
    #[arg(long, value_enum, value_delimiter = ',', conflicts_with = "no_peers")]
    peers: Vec<Engine>,
    /// How often quick work is repeated; the least counts.
    #[arg(long, default_value_t = 5)]
    repeat: usize,
}

/// Everything that a run has to tell.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    processor: String,
    /// Cells and their vertices, zones in all and their vertices.
    cells: usize,
    cell_vertices: usize,
    zones: usize,
    zone_vertices: usize,
    /// The cells' coordinates as plain f64, bytes.
    raw_bytes: usize,
    every: usize,
    zones_taken: usize,
    candidates: usize,
    shares: Vec<Share>,
    /// Engines that did not run, and why.
    absent: Vec<(String, String)>,
    agreements: Vec<Agreement>,
    /// Engine and figure, overlaps, sum of areas in m².
    sums: Vec<(String, usize, f64)>,
    failures: Vec<String>,
}

/// Runs the engines and prints what came of it.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let job = options.common.job("overlap", options.every, options.repeat)?;
    let (cells, zones) = (Ragged::open(&job.data("cells.bin"))?, Ragged::open(&job.data("zones.bin"))?);
    let mut run = Run {
        processor: processor(),
        cells: cells.len(),
        cell_vertices: cells.vertices(),
        zones: zones.len(),
        zone_vertices: zones.vertices(),
        raw_bytes: cells.raw_bytes(),
        every: job.every,
        zones_taken: zones.len().div_ceil(job.every),
        candidates: 0,
        shares: Vec::new(),
        absent: Vec::new(),
        agreements: Vec::new(),
        sums: Vec::new(),
        failures: Vec::new(),
    };
    drop((cells, zones));
    engines(options, &job, &mut run)?;
    let pairs = Pairs::read(&job.pairs())?;
    run.candidates = pairs.len();
    verdict::judge(&job.folder, &pairs, &mut run)?;
    print!("{}", report::text(&run));
    options.common.keep(&run)?;
    if run.failures.is_empty() { Ok(()) } else { Err(Problem::Disagreement(run.failures.join("; "))) }
}

/// Ours first, as it finds the candidates for all; a peer that fails does not stop the others.
fn engines(options: &Options, job: &Job, run: &mut Run) -> Result<(), Problem> {
    let python = options.common.python.as_deref();
    eprintln!("ours …");
    run.shares.push(process::share(Engine::Ours, "overlap", job, None)?);
    if options.common.no_peers {
        return Ok(());
    }
    for &engine in
        Engine::PEERS.iter().filter(|peer| options.peers.is_empty() || options.peers.contains(peer))
    {
        let name = engine.name();
        if !engine.is_built_in() && !engine.is_python() {
            run.absent.push((name, "built without the feature `peers`".to_owned()));
            continue;
        }
        eprintln!("{name} …");
        match process::share(engine, "overlap", job, python) {
            Ok(share) => run.shares.push(share),
            Err(problem @ Problem::Absent { .. }) => run.absent.push((name, problem.to_string())),
            Err(problem) => run.failures.push(problem.to_string()),
        }
    }
    Ok(())
}
