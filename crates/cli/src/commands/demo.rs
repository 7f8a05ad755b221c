//! `ranh demo`: the generated sample province and its answer key, as files, and beside it files with a fault.

use std::{path::Path, process::ExitCode, sync::Arc};

use planning::Collection;
use project::{ExportFormat, WorkerLimits};

use crate::{args::Demo, failure::Failure, output, progress::spinner};

pub(crate) fn run(args: &Demo) -> Result<ExitCode, Failure> {
    std::fs::create_dir_all(&args.out).map_err(|e| Failure::at(&args.out, &e))?;
    let spinner = spinner("drawing the province");
    let province = sample::province(args.seed);
    spinner.finish_and_clear();
    let broken = args.out.join("broken");
    std::fs::create_dir_all(&broken).map_err(|e| Failure::at(&broken, &e))?;
    for (folder, collections) in [(&args.out, province.collections), (&broken, province.faulty)] {
        for (info, layer) in collections {
            write(folder, &Collection { info, layer: Arc::new(layer) })?;
        }
    }
    let path = args.out.join("answers.json");
    output::to_file(&path, |out| {
        serde_json::to_writer(&mut *out, &province.answers).map_err(|e| Failure::new(e.to_string()))?;
        Ok(writeln!(out)?)
    })?;
    report(&path, province.answers.findings.len());
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, collection: &Collection) -> Result<(), Failure> {
    let path = folder.join(format!("{}.geojson", collection.info.id));
    let crs = collection.layer.crs.clone();
    output::to_file(&path, |out| {
        project::export_features(collection, ExportFormat::GeoJson, &crs, WorkerLimits::default(), out)?;
        Ok(())
    })?;
    report(&path, collection.layer.features.len());
    Ok(())
}

fn report(path: &Path, count: usize) {
    output::say(&format!("{}: {count}", path.display()));
}
