//! `bench index`: finding candidates. The boxes of all cells are packed into each index, then each zone's box is
//! looked up; every index must give the same candidates.

use clap::Args;
use serde::Serialize;
use spatial::{Envelope, Index};

use crate::clock::{Cost, least, processor};
use crate::options;
use crate::problem::Problem;
use crate::ragged::{Ragged, Shape};
use crate::table::Table;

/// What is to be run, over what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    common: options::Options,
    /// How often each index is built and asked; the least counts.
    #[arg(long, default_value_t = 5)]
    repeat: usize,
}

/// One index's result.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) build: Cost,
    pub(crate) query: Cost,
    /// For each zone the cells found, ascending.
    #[serde(skip)]
    pub(crate) found: Vec<Vec<usize>>,
}

/// Builds, asks, compares, prints.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let job = options.common.job("index", 1, options.repeat)?;
    let cells = boxes(&Ragged::open(&job.data("cells.bin"))?)?;
    let zones = boxes(&Ragged::open(&job.data("zones.bin"))?)?;
    let mut lines = vec![ours(&cells, &zones, job.repeat)];
    if !options.common.no_peers {
        lines.extend(peers(&cells, &zones, job.repeat)?);
    }
    println!(
        "{}\n{} boxes, {} queries\n\n{}",
        processor(),
        cells.len(),
        zones.len(),
        text(&lines, zones.len())
    );
    options.common.keep(&lines)?;
    let first = &lines[0].found;
    let other: Vec<&str> =
        lines.iter().filter(|line| line.found != *first).map(|line| line.name.as_str()).collect();
    if other.is_empty() { Ok(()) } else { Err(Problem::Disagreement(other.join(", "))) }
}

#[cfg(feature = "peers")]
fn peers(cells: &[Envelope], zones: &[Envelope], repeat: usize) -> Result<Vec<Line>, Problem> {
    use crate::engines::index_ops;
    let mut lines = index_ops::packed(cells, zones, repeat);
    lines.push(index_ops::geos(cells, zones, repeat)?);
    Ok(lines)
}

#[cfg(not(feature = "peers"))]
fn peers(_: &[Envelope], _: &[Envelope], _: usize) -> Result<Vec<Line>, Problem> {
    println!("LEFT OUT all peers: built without the feature `peers`");
    Ok(Vec::new())
}

fn ours(cells: &[Envelope], zones: &[Envelope], repeat: usize) -> Line {
    let entries = || cells.iter().copied().zip(0..).collect();
    let (index, build) = least(repeat, || Index::bulk_load(entries()));
    let (found, query) = least(repeat, || zones.iter().map(|zone| index.query(zone)).collect());
    Line { name: "ours (rstar)".to_owned(), build, query, found }
}

/// The box of every feature. An empty feature would shift all numbers after it, and a workload has none.
fn boxes(file: &Ragged) -> Result<Vec<Envelope>, Problem> {
    let mut shape = Shape::default();
    let mut boxes = Vec::with_capacity(file.len());
    for feature in 0..file.len() {
        file.read(feature, &mut shape)?;
        boxes.extend(Envelope::of(shape.coords().iter().copied()));
    }
    Ok(boxes)
}

fn text(lines: &[Line], queries: usize) -> String {
    let mut table =
        Table::new(&["index", "build CPU s", "queries CPU s", "µs per query", "candidates", "same as ours"]);
    for line in lines {
        table.add([
            line.name.clone(),
            format!("{:.4}", line.build.cpu_s),
            format!("{:.4}", line.query.cpu_s),
            format!("{:.3}", line.query.cpu_s * 1e6 / queries.max(1) as f64),
            line.found.iter().map(Vec::len).sum::<usize>().to_string(),
            (if line.found == lines[0].found { "yes" } else { "NO" }).to_owned(),
        ]);
    }
    table.text()
}
