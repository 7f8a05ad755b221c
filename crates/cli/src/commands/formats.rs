//! `ranh formats`: what can be read and written, and what is missing for some.

use std::process::ExitCode;

use project::{FILE_FORMATS, FileFormat, Hands};
use serde_json::json;

use crate::{args, failure::Failure, output};

pub(crate) fn run(args: &args::Formats) -> Result<ExitCode, Failure> {
    let missing = project::worker_missing();
    let can = |hands| hands == Hands::Ours || (hands == Hands::Worker && missing.is_none());
    output::to_stdout(|out| {
        if args.json {
            let row = |format: &FileFormat| {
                let FileFormat { name, title, endings, reads, writes, .. } = *format;
                let worker = [reads, writes].contains(&Hands::Worker);
                json!({"name": name, "title": title, "endings": endings, "reads": can(reads), "writes": can(writes),
                    "needs_worker": worker})
            };
            let rows: Vec<_> = FILE_FORMATS.iter().map(row).collect();
            return output::json(&json!({"formats": rows, "worker_missing": missing}), out);
        }
        writeln!(out, "{:<16} {:<5} {:<6} {:<38} endings", "name", "reads", "writes", "format")?;
        for FileFormat { name, title, endings, reads, writes, .. } in &FILE_FORMATS {
            let mark = |hands: Hands| match hands {
                Hands::Nobody => "-",
                Hands::Ours => "yes",
                Hands::Worker if missing.is_none() => "yes",
                Hands::Worker => "no",
            };
            let endings = endings.join(" ");
            writeln!(out, "{name:<16} {:<5} {:<6} {title:<38} {endings}", mark(*reads), mark(*writes))?;
        }
        match &missing {
            Some(missing) => writeln!(out, "\nWhat says \"no\" needs ranh-gdal: {}", missing.en)?,
            None => writeln!(out, "\nranh-gdal is installed and confines itself.")?,
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}
