//! `cargo xtask bench`: what the comparisons need, then the program `bench`, to which all arguments go.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::command::{cargo, program, run as run_program};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, npm, store, tools, venv, web};

/// What `cargo xtask bench --help` says below the arguments; each task's own `--help` says the rest.
pub(crate) const HELP: &str = "\
Tasks:
  overlap   all overlaps of zones with a plan: areas, mean widths, shapes; ours and peers
  recheck   one edited zone against the loaded plan: the time of each zone by itself
  index     finding candidates: bulk load and queries
  validate  finding what is not valid
  convert   a gigabyte of GeoJSON to FlatGeobuf and back; ours and ogr2ogr
  worker    a million polygons through the GDAL worker, read and written; ours and ogr2ogr
  load      200 clients at once, slow ones and ones that leave among them: errors, times, memory
  start     a server started cold and warm on the communes: times to the first tile, memory
  screen    the map in Chromium: first load, click to panel, ten thousand findings scrolled, 200,000 parcels and memory
  findings  ten thousand findings served: list, filter, decide, check again
  tiles     vector tiles: layers prepared for every zoom, tiles encoded one by one, or asked of a server over HTTP

Examples:
  cargo xtask bench overlap                               200,000 cells, every 4th of 5,000 zones, all peers
  cargo xtask bench overlap --cells 20000 --zones 500     a quick look
  cargo xtask bench overlap --workload DIR --peers geos   the .bin files of a workload; GEOS alone beside ours
  cargo xtask bench overlap --no-peers                    ours alone; needs neither GEOS nor Python
  cargo xtask bench findings                              over HTTP, with the program as it is
  cargo xtask bench screen --parcels 20000                a quick look at the screen's figures
  cargo xtask bench load                                  200 clients for a minute on the sample's store
  cargo xtask bench load --pause-ms 200 --seconds 600     as people at their screens ask, for ten minutes
  cargo xtask bench tiles --no-peers --layers parcels     the tile workload alone
  cargo xtask bench tiles --served --layers parcels       the same over HTTP, with the program as it is
  cargo xtask bench tiles --coverage --layers plan,communes --no-peers
                                                          overlaps, gaps and areas of what is drawn, beside the source
  cargo xtask bench tiles --layers parcels --url http://localhost:3000/parcels/{z}/{x}/{y}
                                                          the same load on another server
  cargo xtask bench overlap --help                        everything that a task can be asked";

/// Builds the benchmark with the peers that the machine can have, and hands it the arguments.
pub(crate) fn run(tree: &Tree, arguments: &[String]) -> Result<ExitCode, Problem> {
    let alone = arguments.iter().any(|argument| matches!(argument.as_str(), "--no-peers" | "--help" | "-h"));
    let is_there = |name: &str| arguments.iter().any(|argument| argument.split('=').next() == Some(name));
    let first = arguments.first().map(String::as_str).unwrap_or_default();
    if first == "screen" {
        return screen(tree, &arguments[1..]);
    }
    let served =
        matches!(first, "findings" | "load" | "convert" | "start" | "worker") || is_there("--served");
    if first == "convert" && !alone {
        debian::ensure(&[tools::GDAL])?;
    }
    if first == "worker" {
        // Its polygons are made by `ogr2ogr`.
        debian::ensure(&[tools::GDAL, tools::LIBGDAL])?;
    }
    let alone = alone || served || is_there("--url");
    let mut build = vec!["build", "--release", "-p", "bench"];
    if served {
        // The program itself is measured.
        build.extend(["-p", "cli"]);
    }
    if first == "worker" {
        build.extend(["-p", "gdal-worker"]);
    }
    debian::ensure(&[tools::COMPILER])?;
    if !alone {
        debian::ensure(&[tools::GEOS])?;
        build.extend(["--features", "peers"]);
    }
    run_program(&mut cargo(&build, &tree.root))?;
    if arguments.first().is_some_and(|task| task == "load") && !is_there("--store") {
        store::fill_once(tree, &tree.binary("release"), &tree.root.join("var/ranh.gpkg"))?;
    }
    let mut all: Vec<String> = arguments.to_vec();
    if !alone && let Some(python) = python(tree) {
        all.extend(["--python".to_owned(), python.to_string_lossy().into_owned()]);
    }
    let bench = tree.target.join("release/bench");
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    run_program(&mut program(&bench.to_string_lossy(), &all, &tree.root))?;
    Ok(ExitCode::SUCCESS)
}

/// The program as it is released in a real browser, driven by a script beside the browser tests. Its exit code says
/// whether every budget was kept.
fn screen(tree: &Tree, arguments: &[String]) -> Result<ExitCode, Problem> {
    web::build(tree)?;
    debian::ensure(&[tools::COMPILER, tools::BROWSER])?;
    run_program(&mut cargo(&["build", "--release", "-p", "cli"], &tree.root))?;
    let folder = tree.root.join("tests/browser");
    npm::install(&folder)?;
    let all: Vec<&str> =
        ["bench/screen.js"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
    let mut command = program("node", &all, &folder);
    run_program(command.env("RANH_BIN", tree.binary("release")).env("RANH_CHROMIUM", tools::browser()))?;
    Ok(ExitCode::SUCCESS)
}

/// Shapely and DuckDB; none, said aloud, where they cannot be had.
fn python(tree: &Tree) -> Option<PathBuf> {
    let venv = debian::ensure(&[tools::PYTHON])
        .and_then(|()| venv::ensure(tree, "bench-python", "crates/bench/python/requirements.txt"));
    match venv {
        Ok(python) => Some(python),
        Err(problem) => {
            println!("WITHOUT shapely and DuckDB: {problem}");
            None
        }
    }
}
