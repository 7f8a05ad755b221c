//! `bench recheck`: what one edited zone costs against a plan that is loaded and prepared, zone for zone. As in an
//! edit, nothing of the zone is kept: each time from its box, the index's candidates and its own preparation to the
//! last pair.

use clap::Args;
use serde::Serialize;
use spatial::{section, trace};

use crate::clock::{processor, thread_s};
use crate::engines::Job;
use crate::engines::ours::{self, Plan};
use crate::options;
use crate::problem::Problem;
use crate::table::Table;

/// What is to be run, over what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    #[command(flatten)]
    common: options::Options,
    /// Take every N-th zone.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// How often all zones are gone through; of each zone the least time counts.
    #[arg(long, default_value_t = 3)]
    repeat: usize,
}

/// The times of one kind of recheck over all zones, ms of the thread's processor time.
#[derive(Debug, Serialize)]
struct Times {
    name: String,
    includes: String,
    zones: usize,
    p50_ms: f64,
    p90_ms: f64,
    p99_ms: f64,
    max_ms: f64,
    /// The zone that took longest.
    slowest: usize,
}

/// Loads, rechecks every zone in turn, prints the quantiles.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let job = options.common.job("recheck", options.every, options.repeat)?;
    let plan = ours::plan(&job, &mut Vec::new())?;
    let zones: Vec<usize> = (0..plan.zones.len()).step_by(job.every).collect();
    let (mut scratch, mut numbers) = (section::Scratch::default(), Vec::new());
    let areas = rounds(job.repeat, &zones, |zone| areas(&plan, zone, &mut scratch, &mut numbers));
    let mut scratch = trace::Scratch::default();
    let shapes = rounds(job.repeat, &zones, |zone| shapes(&plan, zone, &mut scratch));
    let mut all = vec![
        times("areas", "index query, preparing the zone, areas of all pairs", &zones, &areas),
        times("geometry", "index query, preparing the zone, intersections of all pairs", &zones, &shapes),
    ];
    if !options.common.no_peers {
        all.extend(peers(&job, &plan, &zones)?);
    }
    println!("{}\n{} cells\n\n{}", processor(), plan.references.polygons().len(), text(&all));
    options.common.keep(&all)
}

#[cfg(feature = "peers")]
fn peers(job: &Job, plan: &Plan, zones: &[usize]) -> Result<Vec<Times>, Problem> {
    let seconds = crate::engines::recheck_ops::geos(job, &ours::candidates(plan, job.every))?;
    let name = crate::engines::geos_version();
    let includes = "preparing the zone; intersects, covers or intersection of all pairs, once";
    Ok(vec![times(&name, includes, zones, &seconds)])
}

#[cfg(not(feature = "peers"))]
fn peers(_: &Job, _: &Plan, _: &[usize]) -> Result<Vec<Times>, Problem> {
    println!("LEFT OUT all peers: built without the feature `peers`");
    Ok(Vec::new())
}

fn areas(plan: &Plan, zone: usize, scratch: &mut section::Scratch, numbers: &mut Vec<f64>) -> f64 {
    let Some(envelope) = plan.zones.envelope(zone) else { return 0.0 };
    let cells = plan.index.query(&envelope);
    section::Subject::new(&plan.zones, zone).areas(&plan.references, &cells, scratch, numbers);
    numbers.iter().sum()
}

fn shapes(plan: &Plan, zone: usize, scratch: &mut trace::Scratch) -> f64 {
    let Some(envelope) = plan.zones.envelope(zone) else { return 0.0 };
    let cells = plan.index.query(&envelope);
    let subject = trace::Subject::new(&plan.zones, zone);
    let polygons = plan.references.polygons();
    let shape = |&cell: &usize| subject.overlay(polygons, cell, trace::Operation::Intersection, scratch);
    cells.iter().map(shape).map(|shape| shape.vertex_count() as f64).sum()
}

/// Of each zone the least time over all rounds, s.
fn rounds(repeat: usize, zones: &[usize], mut recheck: impl FnMut(usize) -> f64) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; zones.len()];
    for _ in 0..repeat.max(1) {
        for (time_s, &zone) in least.iter_mut().zip(zones) {
            let (result, this_s) = thread_s(|| recheck(zone));
            std::hint::black_box(result);
            *time_s = time_s.min(this_s);
        }
    }
    least
}

fn times(name: &str, includes: &str, zones: &[usize], seconds: &[f64]) -> Times {
    let mut order: Vec<usize> = (0..seconds.len()).collect();
    order.sort_unstable_by(|&one, &other| seconds[one].total_cmp(&seconds[other]));
    // The nearest rank: the least time that so many of the zones do not exceed.
    let rank = |share: f64| {
        let at = (share * order.len() as f64).ceil() as usize;
        order.get(at.clamp(1, order.len().max(1)) - 1).map_or(0.0, |&k| seconds[k] * 1e3)
    };
    Times {
        name: name.to_owned(),
        includes: includes.to_owned(),
        zones: zones.len(),
        p50_ms: rank(0.5),
        p90_ms: rank(0.9),
        p99_ms: rank(0.99),
        max_ms: rank(1.0),
        slowest: order.last().map_or(0, |&k| zones[k]),
    }
}

fn text(times: &[Times]) -> String {
    let mut table = Table::new(&[
        "recheck",
        "zones",
        "p50 ms",
        "p90 ms",
        "p99 ms",
        "max ms",
        "zone",
        "CPU time includes",
    ]);
    for t in times {
        let ms = [t.p50_ms, t.p90_ms, t.p99_ms, t.max_ms].map(|ms| format!("{ms:.4}"));
        let cells = [t.name.clone(), t.zones.to_string()].into_iter().chain(ms);
        table.add(cells.chain([t.slowest.to_string(), t.includes.clone()]));
    }
    table.text()
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let zones: Vec<usize> = (0..100).map(|k| k * 4).collect();
        let seconds: Vec<f64> = (0..100).map(|k| f64::from((k * 37) % 100 + 1) / 1e3).collect();
        let times = times("areas", "", &zones, &seconds);
        let rounded = [times.p50_ms, times.p90_ms, times.p99_ms, times.max_ms].map(f64::round);
        assert_eq!(rounded, [50.0, 90.0, 99.0, 100.0]);
        // 37 k ≡ 99 modulo 100 for k = 27.
        assert_eq!(times.slowest, 27 * 4);
    }
}
