//! `bench convert`: a GeoJSON of about a gigabyte to FlatGeobuf and back, through the program `ranh` and through
//! `ogr2ogr`, each in a process of its own. Beside the processor's time stands the most memory that the process held.
//! Both files are read afterwards: as many features, and the same area.
//!
//! In a folder on tmpfs (`--folder /dev/shm/ranh`) the disk has no part in it; temporary files go there too.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use formats::{Limits, Text};
use geo_types::Geometry;
use serde::Serialize;

use crate::clock::{Cost, processor};
use crate::options;
use crate::problem::Problem;
use crate::process::measured;
use crate::served::ranh;
use crate::table::Table;
use crate::tile_engine::{parcels_file, polygon_area};

/// Areas of the same polygons added up in another order differ by less.
const AREA_TOLERANCE: f64 = 1e-9;

/// What is to be run.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    common: options::Options,
    /// How many times the parcels of the tile workload are written one behind the other (275 MB each).
    #[arg(long, default_value_t = 4)]
    copies: usize,
}

/// What a conversion cost, and what it wrote.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) engine: &'static str,
    pub(crate) way: &'static str,
    pub(crate) cpu_s: f64,
    pub(crate) wall_s: f64,
    pub(crate) peak_bytes: u64,
    pub(crate) bytes: u64,
    pub(crate) features: u64,
    /// Sum of areas as the coordinates are, without a sign.
    pub(crate) area: f64,
}

/// Converts there and back, compares, prints.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let folder = &options.common.folder;
    let Some(input) = input(options)? else { return Ok(()) };
    println!("{}; {} bytes of GeoJSON", processor(), length(&input));
    let mut lines = Vec::new();
    let engines = if options.common.no_peers { &["ranh"][..] } else { &["ranh", "ogr2ogr"] };
    for &engine in engines {
        let (there, back) = (folder.join(format!("{engine}.fgb")), folder.join(format!("{engine}.geojson")));
        lines.push(converted(engine, "to FlatGeobuf", &input, &there, folder)?);
        lines.push(converted(engine, "to GeoJSON", &there, &back, folder)?);
        for made in [there, back] {
            fs::remove_file(&made).map_err(Problem::file(&made))?;
        }
    }
    println!("\n{}", text(&lines));
    options.common.keep(&lines)?;
    agreed(&lines)
}

/// The parcels, so many times, with ids that go on; made once and kept.
fn input(options: &Options) -> Result<Option<PathBuf>, Problem> {
    let Some(parcels) = parcels_file(&options.common)? else { return Ok(None) };
    let path = options.common.folder.join(format!("parcels-{}.geojson", options.copies));
    if path.is_file() {
        return Ok(Some(path));
    }
    eprintln!("making {} …", path.display());
    // Under another name first: what is interrupted must not pass for made.
    let draft = path.with_extension("draft");
    write(&draft, &parcels, options.copies).map_err(Problem::file(&draft))?;
    fs::rename(&draft, &path).map_err(Problem::file(&path))?;
    Ok(Some(path))
}

fn write(path: &Path, parcels: &Path, copies: usize) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
    let mut id = 0_u64;
    for _ in 0..copies {
        for line in BufReader::new(File::open(parcels)?).lines() {
            let line = line?;
            // Every line is `{"type":"Feature","id":7,"properties":…`.
            let Some(rest) = line.find("\"properties\"").and_then(|at| line.get(at..)) else { continue };
            let comma = if id == 0 { "" } else { ",\n" };
            id += 1;
            write!(out, "{comma}{{\"type\":\"Feature\",\"id\":{id},{rest}")?;
        }
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

/// Converts a file; the form is the one that the name of the other ends in.
pub(crate) fn converted(
    engine: &'static str,
    way: &'static str,
    from: &Path,
    to: &Path,
    folder: &Path,
) -> Result<Line, Problem> {
    if to.exists() {
        fs::remove_file(to).map_err(Problem::file(to))?;
    }
    let ending = to.extension().and_then(OsStr::to_str);
    let (program, arguments) = if engine == "ranh" {
        (ranh()?, vec!["convert".as_ref(), from.as_os_str(), "--out".as_ref(), to.as_os_str()])
    } else {
        let form = match ending {
            Some("fgb") => "FlatGeobuf",
            Some("gpkg") => "GPKG",
            _ => "GeoJSON",
        };
        (PathBuf::from(engine), vec!["-f".as_ref(), form.as_ref(), to.as_os_str(), from.as_os_str()])
    };
    let (Cost { cpu_s, wall_s }, peak_bytes) = measured(&program, &arguments, folder)?;
    let (features, area) =
        if ending == Some("gpkg") { looked_at_by_gdal(to, folder)? } else { looked_at(to)? };
    Ok(Line { engine, way, cpu_s, wall_s, peak_bytes, bytes: length(to), features, area })
}

/// Features and area of a file that GDAL alone reads.
fn looked_at_by_gdal(path: &Path, folder: &Path) -> Result<(u64, f64), Problem> {
    let seen = folder.join("seen.fgb");
    let arguments = ["-f".as_ref(), "FlatGeobuf".as_ref(), seen.as_os_str(), path.as_os_str()];
    measured(Path::new("ogr2ogr"), &arguments, folder)?;
    let found = looked_at(&seen)?;
    fs::remove_file(&seen).map_err(Problem::file(&seen))?;
    Ok(found)
}

/// Features and area of a file.
fn looked_at(path: &Path) -> Result<(u64, f64), Problem> {
    let file = BufReader::new(File::open(path).map_err(Problem::file(path))?);
    let limits = Limits { bytes: u64::MAX, ..Limits::default() };
    let mut total = 0.0;
    let outcome = formats::read(file, Text::Any, &limits, None, &mut |feature| {
        total += feature.geometry.as_ref().map_or(0.0, area);
        ControlFlow::Continue(())
    });
    let outcome = outcome.map_err(|error| Problem::content(path, error.to_string()))?;
    Ok((outcome.delivered, total))
}

fn area(geometry: &Geometry<f64>) -> f64 {
    match geometry {
        Geometry::Polygon(one) => polygon_area(one),
        Geometry::MultiPolygon(all) => all.iter().map(polygon_area).sum(),
        _ => 0.0,
    }
}

pub(crate) fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |facts| facts.len())
}

pub(crate) fn text(lines: &[Line]) -> String {
    let mut table =
        Table::new(&["what", "engine", "CPU s", "wall s", "peak MB", "MB", "features", "× our CPU"]);
    for line in lines {
        let ours = lines.iter().find(|one| one.engine == "ranh" && one.way == line.way);
        table.add([
            line.way.to_owned(),
            line.engine.to_owned(),
            format!("{:.2}", line.cpu_s),
            format!("{:.2}", line.wall_s),
            format!("{:.0}", line.peak_bytes as f64 / 1e6),
            format!("{:.0}", line.bytes as f64 / 1e6),
            line.features.to_string(),
            ours.map_or_else(String::new, |ours| format!("{:.1}", line.cpu_s / ours.cpu_s)),
        ]);
    }
    table.text()
}

/// As many features and the same area in every file.
pub(crate) fn agreed(lines: &[Line]) -> Result<(), Problem> {
    let Some(first) = lines.first() else { return Ok(()) };
    let differs = |line: &&Line| {
        line.features != first.features || (line.area / first.area - 1.0).abs() > AREA_TOLERANCE
    };
    match lines.iter().find(differs) {
        None => Ok(()),
        Some(line) => Err(Problem::Disagreement(format!(
            "{} {}: {} features of area {}, not {} of {}",
            line.engine, line.way, line.features, line.area, first.features, first.area
        ))),
    }
}
