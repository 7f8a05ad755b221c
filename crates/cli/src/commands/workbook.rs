//! `ranh export` and `ranh convert` to xlsx, coordinates-xlsx or coordinates-csv: tables to hand on.

use std::{path::Path, process::ExitCode};

use planning::{Language, Metadata};
use project::{HandedOn, Project, Workbook, hand_on};
use report::ListedZones;
use spatial::{Crs, Layer};

use super::export::describe;
use crate::{args, failure::Failure, output};

pub(super) fn run(args: &args::Export, kind: Workbook) -> Result<ExitCode, Failure> {
    let Some(path) = &args.out else {
        return Err(Failure::new("tables are files to hand on: name one with --out"));
    };
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let HandedOn { layer, exported, metadata } = hand_on(&snapshot, &args.collection, &args.crs)?;
    let book = Book { kind, layer: &layer, metadata: &metadata, language: args.lang.of_planning() };
    book.write(path, args.metadata)?;
    for feature in &exported.without_geometry {
        output::say(&format!("feature {feature}: cannot be expressed in {}", layer.crs.name()));
    }
    Ok(ExitCode::SUCCESS)
}

/// A table to write.
pub(super) struct Book<'a> {
    pub(super) kind: Workbook,
    pub(super) layer: &'a Layer,
    pub(super) metadata: &'a Metadata,
    pub(super) language: Language,
}

impl Book<'_> {
    /// Writes it, and, if that is asked for, its metadata beside it.
    pub(super) fn write(&self, path: &Path, beside: bool) -> Result<(), Failure> {
        let bytes = self.bytes()?;
        output::to_file(path, |out| Ok(out.write_all(&bytes)?))?;
        if beside { describe(path, self.metadata, self.language) } else { Ok(()) }
    }

    fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let Self { kind, layer, metadata, language } = *self;
        let failed = |error: report::ReportError| Failure::new(error.to_string());
        let mut bytes = Vec::new();
        match kind {
            Workbook::Table => {
                report::write_table(&layer.features, metadata, language, &mut bytes).map_err(failed)?;
            }
            Workbook::Coordinates => {
                let listed =
                    report::write_coordinate_lists(layer, metadata, language, &mut bytes).map_err(failed)?;
                say(&listed, "a sheet each", &layer.crs);
            }
            Workbook::CoordinateTable => {
                let (listed, rows) = report::coordinate_table(layer, language).map_err(failed)?;
                // Without a byte order mark, Excel takes UTF-8 for the machine's old code page.
                bytes.extend_from_slice("\u{feff}".as_bytes());
                project::write_rows_csv(&rows, language, &mut bytes)?;
                say(&listed, "in one table", &layer.crs);
            }
        }
        Ok(bytes)
    }
}

fn say(listed: &ListedZones, how: &str, crs: &Crs) {
    for feature in &listed.left_out {
        output::say(&format!("feature {feature}: it has no polygon, so no list"));
    }
    output::say(&format!("{} zones, {how}, in {}", listed.zones, crs.name()));
}
