//! The engine of this workspace, phase by phase.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use spatial::{Index, Polygons, Region, section, trace};

use super::Job;
use crate::clock::{Cost, least, peak_bytes, timed};
use crate::load;
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::ragged::Ragged;
use crate::share::{Figure, Share, numbers_path, write_numbers};

/// A plan in memory and ready, with the zones to check against it.
pub(crate) struct Plan {
    pub(crate) references: section::References,
    pub(crate) index: Index,
    pub(crate) zones: Polygons,
}

/// Loads and prepares; each step a figure.
pub(crate) fn plan(job: &Job, figures: &mut Vec<Figure>) -> Result<Plan, Problem> {
    let cells = Ragged::open(&job.data("cells.bin"))?;
    let (loaded, cost) = timed(|| load::polygons(&cells));
    let loaded = loaded?;
    let features = loaded.len();
    figures.push(figure("load", "reading the file twice, Hilbert order, turning rings", cost, features));
    let zones = load::polygons(&Ragged::open(&job.data("zones.bin"))?)?;
    drop(cells);
    let boxes = |polygons: &Polygons| {
        (0..polygons.len()).filter_map(|k| Some((polygons.envelope(k)?, k))).collect::<Vec<_>>()
    };
    let (index, cost) = timed(|| Index::bulk_load(boxes(&loaded)));
    figures.push(figure("index", "bulk load of all boxes", cost, features));
    let (references, cost) = timed(|| section::References::new(loaded));
    figures.push(figure("prepare", "references for measuring, once", cost, features));
    Ok(Plan { references, index, zones })
}

/// The candidates of every n-th zone.
pub(crate) fn candidates(plan: &Plan, every: usize) -> Pairs {
    let mut pairs = Pairs::new();
    for zone in (0..plan.zones.len()).step_by(every.max(1)) {
        let found = plan.zones.envelope(zone).map(|envelope| plan.index.query(&envelope));
        pairs.add(zone, &found.unwrap_or_default());
    }
    pairs
}

/// The whole share: areas first, so that the memory they take is seen before anything else takes some.
pub(crate) fn overlap(job: &Job) -> Result<Share, Problem> {
    let mut figures = Vec::new();
    let plan = plan(job, &mut figures)?;
    let (pairs, cost) = least(job.repeat, || candidates(&plan, job.every));
    figures.push(figure("candidates", "index queries by the zones' boxes", cost, pairs.len()));
    pairs.write(&job.pairs())?;
    let turns = turns(&pairs);

    let ((), cost) = least(job.repeat, || {
        for (zone, _) in &turns {
            std::hint::black_box(section::Subject::new(&plan.zones, *zone));
        }
    });
    figures.push(figure("subjects", "preparing each zone, part of areas", cost, turns.len()));
    let (areas, cost) = least(job.repeat, || areas(&plan, &turns));
    figures.push(figure("areas", "preparing each zone, areas of all pairs", cost, pairs.len()));
    keep(job, &mut figures, "areas", &areas)?;

    let (measures, cost) = least(job.repeat, || measures(&plan, &turns));
    figures.push(figure(
        "measures",
        "preparing each zone, area and mean width of all pairs",
        cost,
        pairs.len(),
    ));
    let (areas, perimeters): (Vec<f64>, Vec<f64>) =
        measures.iter().map(|m| (m.area_m2, m.perimeter_m)).unzip();
    keep(job, &mut figures, "areas", &areas)?;
    keep(job, &mut figures, "perimeters", &perimeters)?;

    let (shapes, cost) = least(job.repeat.min(3), || geometry(&plan, &turns, Region::area_m2));
    figures.push(figure(
        "geometry",
        "preparing each zone, intersection of all pairs, its area",
        cost,
        pairs.len(),
    ));
    keep(job, &mut figures, "areas", &shapes)?;
    keep(job, &mut figures, "perimeters", &geometry(&plan, &turns, Region::perimeter_m))?;

    threads(&plan, job.repeat, &mut figures)?;
    let version = concat!("spatial ", env!("CARGO_PKG_VERSION")).to_owned();
    Ok(Share { engine: "ours".to_owned(), version, figures })
}

type Turn = (usize, Vec<usize>);

fn turns(pairs: &Pairs) -> Vec<Turn> {
    pairs.zones().map(|(zone, span)| (zone, pairs.cells(span).collect())).collect()
}

fn areas(plan: &Plan, turns: &[Turn]) -> Vec<f64> {
    let (mut scratch, mut one, mut all) = (section::Scratch::default(), Vec::new(), Vec::new());
    for (zone, cells) in turns {
        let subject = section::Subject::new(&plan.zones, *zone);
        subject.areas(&plan.references, cells, &mut scratch, &mut one);
        all.extend_from_slice(&one);
    }
    all
}

fn measures(plan: &Plan, turns: &[Turn]) -> Vec<section::Measure> {
    let (mut scratch, mut one, mut all) = (section::Scratch::default(), Vec::new(), Vec::new());
    for (zone, cells) in turns {
        let subject = section::Subject::new(&plan.zones, *zone);
        subject.measures(&plan.references, cells, &mut scratch, &mut one);
        all.extend_from_slice(&one);
    }
    all
}

/// The shape of each overlap, and a number taken from it.
fn geometry(plan: &Plan, turns: &[Turn], number: impl Fn(&Region) -> f64) -> Vec<f64> {
    let (mut scratch, mut all) = (trace::Scratch::default(), Vec::new());
    for (zone, cells) in turns {
        let subject = trace::Subject::new(&plan.zones, *zone);
        all.extend(cells.iter().map(|&cell| {
            let polygons = plan.references.polygons();
            number(&subject.overlay(polygons, cell, trace::Operation::Intersection, &mut scratch))
        }));
    }
    all
}

/// All zones on one thread and on two, from the index query to the areas.
fn threads(plan: &Plan, repeat: usize, figures: &mut Vec<Figure>) -> Result<(), Problem> {
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let (counts, cost) = least(repeat, || pool.install(|| all_zones(plan)));
        let name = format!("all zones, {threads} thread{}", if threads == 1 { "" } else { "s" });
        let includes = "index queries, preparing each zone, areas of all pairs";
        figures.push(figure(&name, includes, cost, counts.iter().sum()));
    }
    Ok(())
}

fn all_zones(plan: &Plan) -> Vec<usize> {
    let zones: Vec<usize> = (0..plan.zones.len()).collect();
    let room = || (section::Scratch::default(), Vec::new());
    zones
        .par_iter()
        .with_min_len(8)
        .map_init(room, |(scratch, areas), &zone| {
            let Some(envelope) = plan.zones.envelope(zone) else { return 0 };
            let cells = plan.index.query(&envelope);
            section::Subject::new(&plan.zones, zone).areas(&plan.references, &cells, scratch, areas);
            areas.len()
        })
        .collect()
}

/// A figure with the peak of memory as it is now.
pub(crate) fn figure(name: &str, includes: &str, cost: Cost, count: usize) -> Figure {
    let (name, includes) = (name.to_owned(), includes.to_owned());
    Figure { name, includes, cost, count, peak_bytes: peak_bytes(), ..Figure::default() }
}

/// Leaves numbers of the last figure beside the share.
fn keep(job: &Job, figures: &mut [Figure], quantity: &str, numbers: &[f64]) -> Result<(), Problem> {
    let Some(last) = figures.last_mut() else { return Ok(()) };
    match quantity {
        "areas" => last.has_areas = true,
        _ => last.has_perimeters = true,
    }
    write_numbers(&numbers_path(&job.folder, "ours", &last.name, quantity), numbers)
}
