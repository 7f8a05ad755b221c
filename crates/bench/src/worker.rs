//! `bench worker`: a million polygons of a GeoPackage through the GDAL worker to a FlatGeobuf, and a GeoPackage of them made
//! through it, by the program `ranh` and by `ogr2ogr`. The processor's time is that of the program and of its worker; so is
//! the most memory. Both results are read afterwards: as many features, and the same area.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::clock::processor;
use crate::convert::{agreed, converted, length, text};
use crate::options;
use crate::problem::Problem;
use crate::process::measured;

/// What is to be run.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    common: options::Options,
    /// Polygons of the file, of 16 corners each.
    #[arg(long, default_value_t = 1_000_000)]
    features: u64,
}

/// Converts both ways, compares, prints.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let folder = &options.common.folder;
    fs::create_dir_all(folder).map_err(Problem::file(folder))?;
    let input = input(folder, options.features)?;
    println!("{}; {} polygons, {} bytes of GeoPackage", processor(), options.features, length(&input));
    let mut lines = Vec::new();
    let engines = if options.common.no_peers { &["ranh"][..] } else { &["ranh", "ogr2ogr"] };
    for &engine in engines {
        let (read, written) = (folder.join(format!("{engine}.fgb")), folder.join(format!("{engine}.gpkg")));
        lines.push(converted(engine, "GeoPackage to FlatGeobuf", &input, &read, folder)?);
        lines.push(converted(engine, "FlatGeobuf to GeoPackage", &read, &written, folder)?);
        for made in [read, written] {
            fs::remove_file(&made).map_err(Problem::file(&made))?;
        }
    }
    println!("\n{}", text(&lines));
    for line in &lines {
        println!("{} {}: {:.0} features/s", line.engine, line.way, line.features as f64 / line.wall_s);
    }
    options.common.keep(&lines)?;
    agreed(&lines)
}

/// The GeoPackage, made once by `ogr2ogr` of a text that is made here, and kept.
fn input(folder: &Path, features: u64) -> Result<PathBuf, Problem> {
    let path = folder.join(format!("polygons-{features}.gpkg"));
    if path.is_file() {
        return Ok(path);
    }
    eprintln!("making {} …", path.display());
    let text = folder.join("polygons.geojsonl");
    write(&text, features).map_err(Problem::file(&text))?;
    // Under another name first: what is interrupted must not pass for made.
    let draft = folder.join("draft.gpkg");
    let arguments = ["-f", "GPKG", "-a_srs", "EPSG:9211", "-overwrite"].map(AsRef::as_ref);
    let arguments = [&arguments[..], &[draft.as_os_str(), text.as_os_str()]].concat();
    measured(Path::new("ogr2ogr"), &arguments, folder)?;
    fs::remove_file(&text).map_err(Problem::file(&text))?;
    fs::rename(&draft, &path).map_err(Problem::file(&path))?;
    Ok(path)
}

/// Polygons of 16 corners in rows of a thousand, on the TM-3 zone of 106°.
fn write(path: &Path, features: u64) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for at in 0..features {
        let (x, y) = (400_000.0 + 100.0 * (at % 1_000) as f64, 2_300_000.0 + 100.0 * (at / 1_000) as f64);
        let corner = |corner: u32| {
            let angle = f64::from(corner % 16) / 16.0 * std::f64::consts::TAU;
            let away = 30.0 + (at % 17) as f64;
            format!("[{:.3},{:.3}]", x + away * angle.cos(), y + away * angle.sin())
        };
        let ring: Vec<String> = (0..=16).map(corner).collect();
        writeln!(
            out,
            "{{\"type\":\"Feature\",\"properties\":{{\"so\":{at},\"ma\":\"ODT\",\"ten\":\"Đất ở đô thị số {at}\",\"ha\":{}}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
            at as f64 / 8.0,
            ring.join(",")
        )?;
    }
    out.flush()
}
