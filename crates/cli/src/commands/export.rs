//! `ranh export`: a collection of a store as a file.

use std::{io::Write, process::ExitCode};

use project::{ExportFormat, Project};

use crate::{args, failure::Failure, output};

pub(crate) fn run(args: &args::Export) -> Result<ExitCode, Failure> {
    let format = form(args);
    // Asked before anything is opened, so that a CRS that the form cannot name costs nothing.
    format.check_crs(&args.crs)?;
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let mut exported = None;
    let mut write = |out: &mut dyn Write| {
        exported = Some(project::export(&snapshot, &args.collection, format, &args.crs, out)?);
        Ok(())
    };
    match &args.out {
        None => output::to_stdout(&mut write)?,
        Some(path) => output::to_file(path, &mut write)?,
    }
    if let Some(exported) = exported {
        for feature in &exported.without_geometry {
            output::say(&format!(
                "feature {feature}: cannot be expressed in {}: written without geometry",
                args.crs.name()
            ));
        }
        output::say(&format!("{} features in {}", exported.features, args.crs.name()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The form asked for, else the one that the file's name ends in.
fn form(args: &args::Export) -> ExportFormat {
    let ending = args.out.as_deref().and_then(|out| out.extension());
    match args.format {
        Some(args::ExportFormat::Geojson) => ExportFormat::GeoJson,
        Some(args::ExportFormat::Geojsonseq) => ExportFormat::GeoJsonSeq,
        Some(args::ExportFormat::Flatgeobuf) => ExportFormat::FlatGeobuf,
        None if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("fgb")) => ExportFormat::FlatGeobuf,
        None => ExportFormat::GeoJson,
    }
}
