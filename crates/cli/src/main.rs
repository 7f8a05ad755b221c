//! The program `ranh`: serve | import | overlaps | coverage | check | what-if | plan-difference | export | backup | restore | demo. Reads the command line, calls
//! `project` or `server`, and prints; what a planner can do is said there, not here.

mod args;
mod commands;
mod failure;
mod notes;
mod output;
mod progress;
mod skipped;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// Gives memory back to the system less often than the C library's: answers of ten thousand bytes and more, and what is
/// prepared for tiles, take a quarter less processor time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    commands::run(cli.command).unwrap_or_else(|failure| {
        output::say(&format!("ranh: {failure}"));
        ExitCode::from(failure::NOTHING_DONE)
    })
}
