//! Set-up and checks in Rust instead of shell: `cargo xtask run | test | bench | dist | web`.
//!
//! Depends on no crate of ours, so that it builds in seconds on a fresh machine and can say what is
//! missing before anything long starts.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a terminal program talks to the terminal")]

mod bench;
mod check;
mod command;
mod debian;
mod dist;
mod npm;
mod problem;
mod programs;
mod serve;
mod stamp;
mod store;
mod tools;
mod tree;
mod venv;
mod web;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::check::Step;
use crate::problem::Problem;
use crate::tree::Tree;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set up, run and check Ranh", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything, fill a store with the sample on first start, and serve the map.
    #[command(after_help = "Example: cargo xtask run --listen 127.0.0.1:8081")]
    Run {
        /// Address and port to serve on.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Store to serve; made from the sample when it does not exist.
        #[arg(long, default_value = "var/ranh.gpkg")]
        store: PathBuf,
    },
    /// Run every check there is, and say which failed.
    #[command(after_help = "Example: cargo xtask test --only fmt --only rust")]
    Test {
        /// Run only this step (may be given more than once).
        #[arg(long, value_enum)]
        only: Vec<Step>,
        /// Leave this step out (may be given more than once).
        #[arg(long, value_enum)]
        skip: Vec<Step>,
    },
    /// Measure the engine beside its peers, and check that they agree.
    #[command(after_help = bench::HELP)]
    Bench {
        /// A task and what it takes.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Build a Debian package that runs without Rust, Node or internet.
    #[command(after_help = dist::HELP)]
    Dist {
        /// Install and try it in a bare Debian 12: this folder, or without one a system made by debootstrap.
        #[arg(long, value_name = "ROOT", num_args = 0..=1)]
        check: Option<Option<PathBuf>>,
        /// Pack this program instead of building one.
        #[arg(long, value_name = "FILE")]
        program: Option<PathBuf>,
    },
    /// Build the web map alone.
    Web,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match perform(arguments.task) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::from(2)
        }
    }
}

fn perform(task: Task) -> Result<ExitCode, Problem> {
    let tree = Tree::find()?;
    match task {
        Task::Run { listen, store } => serve::run(&tree, listen, &store),
        Task::Test { only, skip } => Ok(check::run(&tree, &only, &skip)),
        Task::Bench { arguments } => bench::run(&tree, &arguments),
        Task::Dist { check, program } => {
            let bare = check.map(|root| root.map_or(dist::Bare::Made, dist::Bare::At));
            dist::run(&tree, bare.as_ref(), program)
        }
        Task::Web => {
            tools::node()?;
            web::build(&tree)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
