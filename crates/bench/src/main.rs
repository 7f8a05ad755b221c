//! Benchmarks of the engine, beside its peers and checked against them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program talks to the terminal")]

mod agreement;
mod clock;
mod engines;
mod hilbert;
mod load;
mod overlap;
mod pairs;
mod problem;
mod process;
mod ragged;
mod recheck;
mod share;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::engines::{Engine, Job};
use crate::problem::Problem;

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
        Task::Share { task: _, engine, workload, folder, every, repeat } => {
            let job = Job { workload, folder, every, repeat };
            engine.overlap(&job)?.write(&job.folder)
        }
    }
}
