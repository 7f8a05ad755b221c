//! `ranh export --format xlsx | coordinates-xlsx`: workbooks to hand on.

use std::process::ExitCode;

use project::{FileFormat, HandedOn, Project, hand_on};

use crate::{args, failure::Failure, output};

/// The workbooks that there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Properties, a row a feature.
    Table,
    /// Points, a sheet a zone.
    Coordinates,
}

/// The workbook that a format is; none for all others.
pub(super) fn of(format: &FileFormat) -> Option<Kind> {
    match format.name {
        "xlsx" => Some(Kind::Table),
        "coordinates-xlsx" => Some(Kind::Coordinates),
        _ => None,
    }
}

pub(super) fn run(args: &args::Export, kind: Kind) -> Result<ExitCode, Failure> {
    let Some(path) = &args.out else {
        return Err(Failure::new("a workbook is no text: name a file with --out"));
    };
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let HandedOn { layer, exported, metadata } = hand_on(&snapshot, &args.collection, &args.crs)?;
    let language = args.lang.of_planning();
    let failed = |error: report::ReportError| Failure::new(error.to_string());
    let mut bytes = Vec::new();
    match kind {
        Kind::Table => {
            report::write_table(&layer.features, &metadata, language, &mut bytes).map_err(failed)?;
        }
        Kind::Coordinates => {
            let listed =
                report::write_coordinate_lists(&layer, &metadata, language, &mut bytes).map_err(failed)?;
            for feature in &listed.left_out {
                output::say(&format!("feature {feature}: it has no polygon, so no list"));
            }
            output::say(&format!("{} zones, a sheet each, in {}", listed.zones, layer.crs.name()));
        }
    }
    for feature in &exported.without_geometry {
        output::say(&format!("feature {feature}: cannot be expressed in {}", layer.crs.name()));
    }
    output::to_file(path, |out| Ok(out.write_all(&bytes)?))?;
    Ok(ExitCode::SUCCESS)
}
