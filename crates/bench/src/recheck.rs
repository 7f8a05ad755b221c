//! `bench recheck`: what one edited zone costs against a plan that is loaded and prepared, zone for zone. As in an
//! edit, nothing of the zone is kept: each time from its box, the index's candidates and its own preparation to the
//! last pair.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use spatial::{section, trace};

use crate::clock::{processor, thread_s};
use crate::engines::ours::{self, Plan};
use crate::engines::{Job, make_folder};
use crate::problem::Problem;
use crate::share::write_json;
use crate::table::Table;

/// What is to be run, over what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    /// Folder with `cells.bin` and `zones.bin`.
    #[arg(long)]
    workload: PathBuf,
    /// Take every N-th zone.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// How often all zones are gone through; of each zone the least time counts.
    #[arg(long, default_value_t = 3)]
    repeat: usize,
    /// Folder for results.
    #[arg(long, default_value = "target/bench")]
    folder: PathBuf,
    /// Write everything that was measured to this file too.
    #[arg(long)]
    json: Option<PathBuf>,
    /// The Python that has shapely and DuckDB (not used here).
    #[arg(long, hide = true)]
    python: Option<PathBuf>,
    /// Run ours alone.
    #[arg(long)]
    no_peers: bool,
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
    make_folder(&options.folder)?;
    let job = Job {
        workload: options.workload.clone(),
        folder: options.folder.clone(),
        every: options.every,
        repeat: options.repeat,
    };
    let plan = ours::plan(&job, &mut Vec::new())?;
    let zones: Vec<usize> = (0..plan.zones.len()).step_by(options.every.max(1)).collect();
    let (mut scratch, mut numbers) = (section::Scratch::default(), Vec::new());
    let areas = rounds(options.repeat, &zones, |zone| areas(&plan, zone, &mut scratch, &mut numbers));
    let mut scratch = trace::Scratch::default();
    let shapes = rounds(options.repeat, &zones, |zone| shapes(&plan, zone, &mut scratch));
    let times = [
        times("areas", "index query, preparing the zone, areas of all pairs", &zones, &areas),
        times("geometry", "index query, preparing the zone, intersections of all pairs", &zones, &shapes),
    ];
    println!("{}\n{} cells\n{}", processor(), plan.references.polygons().len(), text(&times));
    options.json.as_ref().map_or(Ok(()), |path| write_json(path, &times))
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
