//! `ranh import-units`: tables of what became of administrative units.

use std::process::ExitCode;

use project::{Project, UnitsRequest};

use crate::{args::ImportUnits, failure::Failure, output};

pub(crate) fn run(args: ImportUnits) -> Result<ExitCode, Failure> {
    let project = Project::open_or_create(&args.store)?;
    let request = UnitsRequest { merges: args.merges, splits: args.splits, before: args.before };
    let report = project.import_units(&request)?;
    for note in &report.notes {
        output::say(&note.to_string());
    }
    output::to_stdout(|out| {
        Ok(writeln!(
            out,
            "{} provinces, {} districts and {} communes before, {} provinces and {} communes now; revision {}",
            report.provinces.0,
            report.districts,
            report.communes.0,
            report.provinces.1,
            report.communes.1,
            report.revision
        )?)
    })?;
    Ok(ExitCode::SUCCESS)
}
