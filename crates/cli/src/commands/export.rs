//! `ranh export`: a collection of a store as a file.

use std::{io::Write, process::ExitCode};

use project::{ExportFormat, Project};
use spatial::Crs;

use crate::{args, failure::Failure, output};

pub(crate) fn run(args: &args::Export) -> Result<ExitCode, Failure> {
    let crs = Crs::parse(&args.crs).map_err(|e| Failure::new(e.to_string()))?;
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let format = match args.format {
        args::ExportFormat::Geojson => ExportFormat::GeoJson,
        args::ExportFormat::Geojsonseq => ExportFormat::GeoJsonSeq,
    };
    let mut exported = None;
    let mut write = |out: &mut dyn Write| {
        exported = Some(project::export(&snapshot, &args.collection, format, &crs, out)?);
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
                crs.name()
            ));
        }
        output::say(&format!("{} features in {}", exported.features, crs.name()));
    }
    Ok(ExitCode::SUCCESS)
}
