//! `ranh export --format xlsx | coordinates-xlsx`: workbooks to hand on.

use std::process::ExitCode;

use project::{HandedOn, Project, Workbook, hand_on};

use crate::{args, failure::Failure, output};

pub(super) fn run(args: &args::Export, kind: Workbook) -> Result<ExitCode, Failure> {
    let Some(path) = &args.out else {
        return Err(Failure::new("a workbook is no text: name a file with --out"));
    };
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let HandedOn { layer, exported, metadata } = hand_on(&snapshot, &args.collection, &args.crs)?;
    let language = args.lang.of_planning();
    let failed = |error: report::ReportError| Failure::new(error.to_string());
    let mut bytes = Vec::new();
    match kind {
        Workbook::Table => {
            report::write_table(&layer.features, &metadata, language, &mut bytes).map_err(failed)?;
        }
        Workbook::Coordinates => {
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
