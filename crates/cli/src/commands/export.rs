//! `ranh export`: a collection of a store as a file.

use std::{io::Write, path::Path, process::ExitCode};

use planning::{Language, Metadata};
use project::{
    ExportFormat, Exported, FileFormat, FilesRequest, Foreign, LevelCodes, Made, Project, Snapshot, is_zip,
};

use super::workbook;
use crate::{args, failure::Failure, output};

pub(crate) fn run(args: &args::Export) -> Result<ExitCode, Failure> {
    let asked = form(args.format, args.out.as_deref())?;
    if let Some(kind) = asked.workbook {
        return workbook::run(args, kind);
    }
    let Some(format) = asked.export else { return pmtiles(args) };
    // Asked before anything is opened, so that a CRS that the form cannot name costs nothing.
    format.check_crs(&args.crs)?;
    let codes = level_codes(format, args.codes.as_deref())?;
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let request = FilesRequest {
        format,
        crs: &args.crs,
        metadata: args.metadata || args.out.as_deref().is_some_and(is_zip),
        codes: codes.as_ref(),
        worker: args.worker.limits(),
    };
    if let Some(exported) = written(args, &snapshot, &request)? {
        say(&exported, args);
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes what is asked for: files that may be several or have their metadata beside them, else one as it comes.
fn written(
    args: &args::Export,
    snapshot: &Snapshot,
    request: &FilesRequest<'_>,
) -> Result<Option<Exported>, Failure> {
    let is_foreign = matches!(request.format, ExportFormat::Foreign(_));
    if is_foreign || request.metadata || args.out.as_deref().is_some_and(is_zip) {
        let files = project::export_files(snapshot, &args.collection, request, args.out.as_deref())?;
        let (exported, made) = files;
        match &args.out {
            Some(path) => place(made, path, exported.metadata.as_ref(), args.lang.of_planning())?,
            None => output::to_stdout(|mut out| Ok(made.stream(&mut out)?))?,
        }
        return Ok(Some(exported));
    }
    let mut exported = None;
    let mut write = |out: &mut dyn Write| {
        let FilesRequest { format, crs, .. } = *request;
        exported = Some(project::export(snapshot, &args.collection, format, crs, out)?);
        Ok(())
    };
    match &args.out {
        None => output::to_stdout(&mut write)?,
        Some(path) => output::to_file(path, &mut write)?,
    }
    Ok(exported)
}

fn say(exported: &Exported, args: &args::Export) {
    let crs = args.crs.name();
    for feature in &exported.without_geometry {
        output::say(&format!("feature {feature}: cannot be expressed in {crs}: written without geometry"));
    }
    exported.notes.iter().for_each(|note| output::say(&note.to_string()));
    output::say(&format!("{} features in {crs}", exported.features));
}

/// The table of levels and colours; drawings alone have such.
pub(super) fn level_codes(format: ExportFormat, path: Option<&Path>) -> Result<Option<LevelCodes>, Failure> {
    match (path, format) {
        (None, _) => Ok(None),
        (Some(path), ExportFormat::Foreign(Foreign::Dxf | Foreign::Dgn)) => {
            Ok(Some(project::level_codes(path)?))
        }
        _ => Err(Failure::new("--codes are for drawings: write dxf or dgn, or leave them out")),
    }
}

/// Whether a file is made in a folder first, because it may be several.
pub(super) fn is_made(format: ExportFormat, path: &Path) -> bool {
    matches!(format, ExportFormat::Foreign(_)) || is_zip(path)
}

/// Brings what was made to its place, or into an archive there, with its metadata if there are some.
pub(super) fn place(
    made: Made,
    path: &Path,
    metadata: Option<&Metadata>,
    language: Language,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::at(path, &error);
    if is_zip(path) {
        if let (Some(metadata), Some(name)) = (metadata, project::metadata_path(path).file_name()) {
            made.describe(&name.to_string_lossy(), metadata, language).map_err(failed)?;
        }
        return output::to_part(path, |out| made.zip(out).map_err(failed));
    }
    let placed = made.place(path).map_err(failed)?;
    if placed.as_slice() != [path] {
        let names: Vec<String> = placed.iter().map(|path| path.display().to_string()).collect();
        output::say(&format!("written: {}", names.join(", ")));
    }
    metadata.map_or(Ok(()), |metadata| describe(path, metadata, language))
}

/// Writes the metadata of a file beside it.
pub(super) fn describe(path: &Path, metadata: &Metadata, language: Language) -> Result<(), Failure> {
    output::to_file(&project::metadata_path(path), |out| Ok(metadata.write_text(language, out)?))
}

/// The tiles of a collection, as the server would answer them.
fn pmtiles(args: &args::Export) -> Result<ExitCode, Failure> {
    if args.metadata {
        return Err(Failure::new("--metadata are of files with coordinates: leave them out for tiles"));
    }
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

/// The form asked for, else the one that the file's name ends in, else GeoJSON.
pub(super) fn form(
    asked: Option<&'static FileFormat>,
    out: Option<&Path>,
) -> Result<&'static FileFormat, Failure> {
    match asked.or_else(|| out.and_then(FileFormat::of_name)) {
        Some(format) => Ok(format),
        None if out.is_some_and(is_zip) => {
            let advice = "what the archive is to hold cannot be told: name it plan.shp.zip, or give --format";
            Err(Failure::new(advice))
        }
        None => FileFormat::named("geojson").ok_or_else(|| Failure::new("there is no format geojson")),
    }
}
