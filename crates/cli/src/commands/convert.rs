//! `ranh convert`: a file in another form.

use std::{path::Path, process::ExitCode};

use project::{ConvertRequest, Converted, Limits, SourceLimits};

use super::export::{form, is_made, level_codes, place};
use crate::{args, failure::Failure, output, progress::Progress};

pub(crate) fn run(args: args::Convert) -> Result<ExitCode, Failure> {
    let format = form(args.format, Some(&args.out))?.export.ok_or_else(|| {
        Failure::new("tiles and workbooks are made of a collection of a store: see ranh export")
    })?;
    let progress = Progress::new("reading");
    let path = args.file.clone();
    let request = ConvertRequest {
        file: args.file,
        format,
        crs: args.crs,
        encoding: args.encoding,
        layer: args.layer,
        to: args.to,
        codes: level_codes(format, args.codes.as_deref())?,
        sources: SourceLimits { worker: args.worker.limits(), ..SourceLimits::default() },
        limits: Limits { bytes: args.max_bytes, ..Limits::default() },
        progress: Some(&|done, total| progress.update(done, total)),
    };
    if is_made(format, &args.out) {
        let (converted, made) = project::convert_files(&request, &args.out)?;
        place(made, &args.out)?;
        say(&converted, &path);
        return Ok(ExitCode::SUCCESS);
    }
    let mut converted = None;
    output::to_file(&args.out, |out| {
        converted = Some(project::convert(&request, out)?);
        Ok(())
    })?;
    if let Some(converted) = converted {
        say(&converted, &path);
    }
    Ok(ExitCode::SUCCESS)
}

fn say(converted: &Converted, path: &Path) {
    for note in &converted.notes.list {
        output::say(&format!("{}: {note}", path.display()));
    }
    converted.written.iter().for_each(|note| output::say(&note.to_string()));
    output::say(&words(converted));
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
