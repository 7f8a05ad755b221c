//! `bench validate`: finding what is not valid. The cells, the zones and the nasty zones are examined by each engine;
//! ours tells every problem with its place, the peers only yes or no (geo and GEOS stop at the first).

use std::collections::BTreeSet;

use clap::Args;
use geo_types::{Geometry, LineString, MultiPolygon, Polygon};
use serde::Serialize;
use spatial::validity;

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
    /// Take every N-th cell; zones and nasty zones are all taken.
    #[arg(long, default_value_t = 10)]
    every: usize,
    /// How often each engine is run; the least counts.
    #[arg(long, default_value_t = 2)]
    repeat: usize,
}

/// What one engine says of one set.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) set: &'static str,
    pub(crate) engine: String,
    pub(crate) cost: Cost,
    pub(crate) vertices: usize,
    #[serde(skip)]
    pub(crate) valid: Vec<bool>,
}

/// A set of features with their numbers in the file.
pub(crate) struct Set {
    name: &'static str,
    numbers: Vec<usize>,
    pub(crate) shapes: Vec<Shape>,
}

/// Examines, compares, prints.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let job = options.common.job("validate", options.every, options.repeat)?;
    let (mut lines, mut apart) = (Vec::new(), Vec::new());
    for (name, every) in [("cells", job.every), ("zones", 1), ("nasty", 1)] {
        let set = set(&Ragged::open(&job.data(&format!("{name}.bin")))?, name, every)?;
        let mut judged = vec![ours(&set, job.repeat)];
        if !options.common.no_peers {
            judged.extend(peers(&set, job.repeat)?);
        }
        apart.extend(disagreements(&set, &judged));
        lines.extend(judged);
    }
    println!("{}\n\n{}", processor(), text(&lines));
    apart.iter().for_each(|line| println!("{line}"));
    options.common.keep(&lines)?;
    let against_geos = apart.iter().filter(|line| line.contains("GEOS")).count();
    if against_geos == 0 {
        Ok(())
    } else {
        Err(Problem::Disagreement(format!("{against_geos} features, ours against GEOS")))
    }
}

fn ours(set: &Set, repeat: usize) -> Line {
    let shapes: Vec<Geometry<f64>> =
        set.shapes.iter().map(|s| Geometry::MultiPolygon(multi_polygon(s))).collect();
    let (valid, cost) = least(repeat, || {
        let is_valid = |shape| validity::validate(shape).iter().all(|problem| !problem.kind.is_invalid());
        shapes.iter().map(is_valid).collect()
    });
    line(set, "ours, every problem".to_owned(), cost, valid)
}

#[cfg(feature = "peers")]
fn peers(set: &Set, repeat: usize) -> Result<Vec<Line>, Problem> {
    use crate::engines::validity_ops;
    let (valid, cost) = validity_ops::geos(set, repeat)?;
    let geos = line(set, crate::engines::geos_version(), cost, valid);
    let (valid, cost) = validity_ops::geo(set, repeat);
    Ok(vec![geos, line(set, crate::engines::geo_version(), cost, valid)])
}

#[cfg(not(feature = "peers"))]
fn peers(_: &Set, _: usize) -> Result<Vec<Line>, Problem> {
    println!("LEFT OUT all peers: built without the feature `peers`");
    Ok(Vec::new())
}

fn line(set: &Set, engine: String, cost: Cost, valid: Vec<bool>) -> Line {
    let vertices = set.shapes.iter().map(|shape| shape.coords().len()).sum();
    Line { set: set.name, engine, cost, vertices, valid }
}

fn set(file: &Ragged, name: &'static str, every: usize) -> Result<Set, Problem> {
    let numbers: Vec<usize> = (0..file.len()).step_by(every).collect();
    let mut shapes = Vec::with_capacity(numbers.len());
    for &feature in &numbers {
        let mut shape = Shape::default();
        file.read(feature, &mut shape)?;
        shapes.push(shape);
    }
    Ok(Set { name, numbers, shapes })
}

/// A feature of the file as the model has it.
pub(crate) fn multi_polygon(shape: &Shape) -> MultiPolygon<f64> {
    let mut polygons: Vec<Polygon<f64>> = Vec::new();
    for (ring, is_hole) in shape.rings() {
        let line = LineString::from_iter(ring.iter().copied());
        match polygons.last_mut() {
            Some(polygon) if is_hole => polygon.interiors_push(line),
            _ => polygons.push(Polygon::new(line, Vec::new())),
        }
    }
    MultiPolygon(polygons)
}

/// A line for each feature that a peer judges otherwise than we do, with our reasons.
fn disagreements(set: &Set, judged: &[Line]) -> Vec<String> {
    let Some((ours, others)) = judged.split_first() else { return Vec::new() };
    let mut apart = Vec::new();
    for other in others {
        for (k, (one, its)) in ours.valid.iter().zip(&other.valid).enumerate().filter(|(_, (a, b))| a != b) {
            let problems = validity::validate(&multi_polygon(&set.shapes[k]).into());
            let kinds: BTreeSet<String> = problems.iter().map(|p| format!("{:?}", p.kind)).collect();
            apart.push(format!(
                "{} {}: ours {}, {} {} (ours: {})",
                set.name,
                set.numbers[k],
                word(*one),
                other.engine,
                word(*its),
                kinds.into_iter().collect::<Vec<_>>().join(", ")
            ));
        }
    }
    apart
}

fn word(valid: bool) -> &'static str {
    if valid { "valid" } else { "invalid" }
}

fn text(lines: &[Line]) -> String {
    let mut table =
        Table::new(&["set", "engine", "features", "vertices", "CPU s", "ns/vertex", "valid", "invalid"]);
    for line in lines {
        let valid = line.valid.iter().filter(|&&valid| valid).count();
        table.add([
            line.set.to_owned(),
            line.engine.clone(),
            line.valid.len().to_string(),
            line.vertices.to_string(),
            format!("{:.4}", line.cost.cpu_s),
            format!("{:.1}", line.cost.cpu_s * 1e9 / line.vertices.max(1) as f64),
            valid.to_string(),
            (line.valid.len() - valid).to_string(),
        ]);
    }
    table.text()
}
