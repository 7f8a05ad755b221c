//! `ranh convert`: a file in another form.

use std::process::ExitCode;

use project::{ConvertRequest, Converted, Limits};

use super::export::form;
use crate::{args, args::ExportFormat, failure::Failure, output, progress::Progress};

pub(crate) fn run(args: args::Convert) -> Result<ExitCode, Failure> {
    if args.format == Some(ExportFormat::Pmtiles) {
        return Err(Failure::new("tiles are made of a collection of a store: see ranh export".to_owned()));
    }
    let format = form(args.format, Some(&args.out));
    let progress = Progress::new("reading");
    let path = args.file.clone();
    let request = ConvertRequest {
        file: args.file,
        format,
        crs: args.crs,
        to: args.to,
        limits: Limits { bytes: args.max_bytes, ..Limits::default() },
        progress: Some(&|done, total| progress.update(done, total)),
    };
    let mut converted = None;
    output::to_file(&args.out, |out| {
        converted = Some(project::convert(&request, out)?);
        Ok(())
    })?;
    if let Some(converted) = converted {
        for note in &converted.notes.list {
            output::say(&format!("{}: {note}", path.display()));
        }
        output::say(&words(&converted));
    }
    Ok(ExitCode::SUCCESS)
}

fn words(converted: &Converted) -> String {
    let Converted { features, skipped, without_geometry, from, to, crs_assumed, .. } = converted;
    let mut words = format!("{features} features from {} to {}", from.name(), to.name());
    if *crs_assumed {
        words += "; the file names no CRS, this one was assumed (--crs says it)";
    }
    if *skipped > 0 {
        words += &format!("; {skipped} could not be read");
    }
    if *without_geometry > 0 {
        words += &format!("; {without_geometry} have no place in that CRS: written without geometry");
    }
    words
}
