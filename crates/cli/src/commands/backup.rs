//! `ranh backup` and `ranh restore`.

use std::process::ExitCode;

use project::{Copied, Project, ProjectError};

use crate::args::{Backup, Restore};
use crate::failure::Failure;
use crate::output;

pub(crate) fn backup(args: &Backup) -> Result<ExitCode, Failure> {
    let copied = Project::open(&args.store)?.backup(&args.file)?;
    output::to_stdout(|out| Ok(writeln!(out, "{}: {}", args.file.display(), size(&copied))?))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn restore(args: &Restore) -> Result<ExitCode, Failure> {
    let copied = project::restore(&args.file, &args.store).map_err(ProjectError::from)?;
    output::to_stdout(|out| {
        writeln!(out, "{}: {}", args.store.display(), size(&copied))?;
        if let Some(kept) = &copied.kept {
            writeln!(out, "What was there is kept as {}", kept.display())?;
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

fn size(copied: &Copied) -> String {
    format!("revision {}, {:.1} MB", copied.revision, copied.bytes as f64 / 1e6)
}
