//! `ranh convert`: a file in another form.

use std::{path::Path, process::ExitCode};

use project::{ConvertRequest, Converted, ExportFormat, Limits, SourceLimits, Workbook, is_zip};

use super::export::{describe, form, is_made, level_codes, place};
use super::workbook::Book;
use crate::{args, failure::Failure, output, progress::Progress};

/// Rows of a sheet below its head.
const SHEET_ROWS: u64 = (1 << 20) - 1;

pub(crate) fn run(args: &args::Convert) -> Result<ExitCode, Failure> {
    let asked = form(args.format, Some(&args.out))?;
    // A workbook is in the CRS of the file, as a table is.
    let format = asked.export.or(asked.workbook.map(|_| ExportFormat::Csv));
    let format =
        format.ok_or_else(|| Failure::new("tiles are made of a collection of a store: see ranh export"))?;
    let progress = Progress::new("reading");
    let request = ConvertRequest {
        file: args.file.clone(),
        format,
        crs: args.crs.clone(),
        encoding: args.encoding,
        layer: args.layer.clone(),
        to: args.to.clone(),
        codes: level_codes(format, args.codes.as_deref())?,
        metadata: args.metadata || is_zip(&args.out),
        sources: SourceLimits { worker: args.worker.limits(), ..SourceLimits::default() },
        limits: Limits { bytes: args.max_bytes, ..Limits::default() },
        progress: Some(&|done, total| progress.update(done, total)),
    };
    let converted = match asked.workbook {
        Some(kind) => {
            let limits = Limits { features: SHEET_ROWS, ..request.limits.clone() };
            book(args, kind, &ConvertRequest { limits, ..request })?
        }
        None => files(args, &request)?,
    };
    say(&converted, &args.file);
    Ok(ExitCode::SUCCESS)
}

/// Writes a table.
fn book(args: &args::Convert, kind: Workbook, request: &ConvertRequest<'_>) -> Result<Converted, Failure> {
    let (layer, converted) = project::convert_layer(request)?;
    if let Some(metadata) = &converted.metadata {
        let book = Book { kind, layer: &layer, metadata, language: args.lang.of_planning() };
        book.write(&args.out, args.metadata)?;
    }
    Ok(converted)
}

/// Writes files that may be several, else one as it comes.
fn files(args: &args::Convert, request: &ConvertRequest<'_>) -> Result<Converted, Failure> {
    let language = args.lang.of_planning();
    if is_made(request.format, &args.out) {
        let (converted, made) = project::convert_files(request, &args.out)?;
        place(made, &args.out, converted.metadata.as_ref(), language)?;
        return Ok(converted);
    }
    let mut converted = None;
    output::to_file(&args.out, |out| {
        converted = Some(project::convert(request, out)?);
        Ok(())
    })?;
    let converted = converted.ok_or_else(|| Failure::new("nothing was written"))?;
    if let Some(metadata) = &converted.metadata {
        describe(&args.out, metadata, language)?;
    }
    Ok(converted)
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
