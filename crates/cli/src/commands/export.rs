//! `ranh export`: a collection of a store as a file.

use std::{io::Write, path::Path, process::ExitCode};

use project::{ExportFormat, Project};

use crate::{args, failure::Failure, output};

pub(crate) fn run(args: &args::Export) -> Result<ExitCode, Failure> {
    if is_pmtiles(args) {
        return pmtiles(args);
    }
    let format = form(args.format, args.out.as_deref());
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

/// Whether tiles are asked for, by the form or by how the file's name ends.
fn is_pmtiles(args: &args::Export) -> bool {
    let ending = args.out.as_deref().and_then(Path::extension);
    let named = || ending.is_some_and(|ending| ending.eq_ignore_ascii_case("pmtiles"));
    args.format.map_or_else(named, |format| format == args::ExportFormat::Pmtiles)
}

/// The tiles of a collection, as the server would answer them.
fn pmtiles(args: &args::Export) -> Result<ExitCode, Failure> {
    let Some(path) = &args.out else {
        return Err(Failure::new("pmtiles are written back and forth: name a file with --out".to_owned()));
    };
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let stored = snapshot.collection(&args.collection).ok_or_else(|| {
        let known: Vec<&str> = snapshot.collections.iter().map(|s| s.collection.info.id.as_str()).collect();
        Failure::new(format!("the store has no collection {}; it has: {}", args.collection, known.join(", ")))
    })?;
    let tile_bytes = server::Limits::default().tile_bytes;
    let mut archived = None;
    output::to_part(path, |out| {
        let written = server::write_pmtiles(&stored.collection, args.max_zoom, tile_bytes, out);
        archived = Some(written.map_err(|error| Failure::at(path, &error))?);
        Ok(())
    })?;
    if let Some(archived) = archived {
        let tiles::Archived { tiles, contents, bytes } = archived;
        output::say(&format!("{tiles} tiles, {contents} of them different, {bytes} bytes"));
    }
    Ok(ExitCode::SUCCESS)
}

/// The form asked for, else the one that the file's name ends in.
pub(super) fn form(asked: Option<args::ExportFormat>, out: Option<&Path>) -> ExportFormat {
    let ending = out.and_then(Path::extension);
    match asked {
        Some(args::ExportFormat::Geojson) => ExportFormat::GeoJson,
        Some(args::ExportFormat::Geojsonseq) => ExportFormat::GeoJsonSeq,
        Some(args::ExportFormat::Flatgeobuf) => ExportFormat::FlatGeobuf,
        None if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("fgb")) => ExportFormat::FlatGeobuf,
        Some(args::ExportFormat::Pmtiles) | None => ExportFormat::GeoJson,
    }
}
