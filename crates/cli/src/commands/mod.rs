//! One file a command.

mod backup;
mod check;
mod convert;
mod coverage;
mod demo;
mod export;
mod findings;
mod formats;
mod import;
mod import_units;
mod overlaps;
mod plan_difference;
mod register;
mod serve;
mod text;
mod what_if;
mod workbook;

use std::process::ExitCode;

use crate::{args::Command, failure::Failure};

/// Does what was asked.
pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(args) => serve::run(&args),
        Command::Import(args) => import::run(args),
        Command::Overlaps(args) => overlaps::run(args),
        Command::Coverage(args) => coverage::run(args),
        Command::Check(args) => check::run(args),
        Command::Findings(command) => findings::run(command),
        Command::WhatIf(args) => what_if::run(args),
        Command::PlanDifference(args) => plan_difference::run(args),
        Command::Backup(args) => backup::backup(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Export(args) => export::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Formats(args) => formats::run(&args),
        Command::Register(command) => register::run(&command),
        Command::ImportUnits(args) => import_units::run(args),
        Command::Demo(args) => demo::run(&args),
    }
}
