//! `bench findings`: what a planner waits for when there are ten thousand findings. The program itself is measured, as
//! it is served: a store is filled through `ranh import`, `ranh serve` is asked over HTTP on a kept connection, and the
//! clock stops with the last byte of the answer. Beside the clock's time stands the processor time that the server
//! took, which a busy machine disturbs less.

mod place;

use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::processor;
use crate::problem::Problem;
use crate::served::{Answer, Server, Timed};
use crate::table::Table;
use place::Place;

/// What is to be run, over what.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    /// Cells of the plan.
    #[arg(long, default_value_t = 20_000)]
    cells: usize,
    /// Zones over it.
    #[arg(long, default_value_t = 2_000)]
    zones: usize,
    /// Seed of the workload.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How often each thing is asked.
    #[arg(long, default_value_t = 20)]
    repeat: usize,
    /// Folder for the store.
    #[arg(long, default_value = "target/bench/findings")]
    folder: std::path::PathBuf,
    /// Write everything that was measured to this file too.
    #[arg(long)]
    json: Option<std::path::PathBuf>,
}

/// The times of one request, ms.
#[derive(Debug, Serialize)]
struct Times {
    name: String,
    /// How often it was asked.
    asked: usize,
    p50_ms: f64,
    max_ms: f64,
    /// Processor time of the server for one, ms, all threads.
    cpu_ms: f64,
    kilobytes: f64,
    /// What it should stay below on the clock, ms.
    below_ms: f64,
}

/// Fills a store, serves it, asks.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let place = Place::make(options)?;
    let mut server = Server::start(&place.store)?;
    let first = server.timed("POST", "/check", "{}")?;
    let count = number(&server.ask("GET", "/findings?limit=1", "")?, "numberMatched")?;
    println!("{}\n{} cells, {} zones, {count} findings\n", processor(), options.cells, options.zones);
    let mut all = vec![times("first check", 60_000.0, vec![first])];
    let repeat = options.repeat;
    for (name, path) in [
        ("list, all of them", format!("/findings?limit={count}")),
        ("list, a page of 500", "/findings?limit=500".to_owned()),
        ("filter by state and severity", "/findings?state=new&severity=E&limit=500".to_owned()),
        ("filter by zone", "/findings?zone=z0&limit=500".to_owned()),
        ("filter by place", "/findings?bbox=106.9,10.6,107.1,10.8&limit=500".to_owned()),
    ] {
        all.push(times(name, 100.0, server.repeated(repeat, "GET", &path, |_| String::new())?));
    }
    let ids = ids(&mut server, repeat * 100)?;
    let one = |k: usize| waiver(&ids[k..=k]);
    all.push(times("waive one", 100.0, server.repeated(repeat, "POST", "/decisions", one)?));
    let many = |k: usize| waiver(&ids[k * 100..(k + 1) * 100]);
    all.push(times("waive a hundred", 100.0, server.repeated(repeat, "POST", "/decisions", many)?));
    let mut reruns = Vec::new();
    for round in 1..=5 {
        place.move_one_zone(round)?;
        reruns.push(server.timed("POST", "/check", "{}")?);
    }
    all.push(times("check again, one zone moved", 1_000.0, reruns));
    println!("{}", text(&all));
    if let Some(path) = &options.json {
        crate::share::write_json(path, &all)?;
    }
    missed(&all)
}

fn waiver(ids: &[String]) -> String {
    json!({"findings": ids, "state": "waived", "document": "1/QĐ", "person": "UBND"}).to_string()
}

/// The ids of findings, the gravest first.
fn ids(server: &mut Server, count: usize) -> Result<Vec<String>, Problem> {
    let answer = server.ask("GET", &format!("/findings?limit={count}"), "")?;
    let list = answer.json()?;
    let id = |finding: &Value| finding["id"].as_str().map(str::to_owned);
    Ok(list["findings"].as_array().into_iter().flatten().filter_map(id).collect())
}

fn number(answer: &Answer, name: &str) -> Result<u64, Problem> {
    let found = answer.json()?[name].as_u64();
    found.ok_or_else(|| Problem::Engine { engine: "ranh".to_owned(), what: format!("{name} is missing") })
}

fn times(name: &str, below_ms: f64, mut asked: Vec<Timed>) -> Times {
    asked.sort_by(|a, b| a.wall_ms.total_cmp(&b.wall_ms));
    let count = asked.len().max(1);
    Times {
        name: name.to_owned(),
        asked: asked.len(),
        p50_ms: asked.get(count / 2).map_or(f64::NAN, |timed| timed.wall_ms),
        max_ms: asked.last().map_or(f64::NAN, |timed| timed.wall_ms),
        cpu_ms: asked.iter().map(|timed| timed.cpu_ms).sum::<f64>() / count as f64,
        kilobytes: asked.iter().map(|timed| timed.bytes as f64).sum::<f64>() / count as f64 / 1e3,
        below_ms,
    }
}

fn text(all: &[Times]) -> String {
    let mut table = Table::new(&["what", "asked", "p50 ms", "max ms", "CPU ms", "kB", "below ms"]);
    for times in all {
        let figure = |value: f64| format!("{value:.1}");
        table.add([
            times.name.clone(),
            times.asked.to_string(),
            figure(times.p50_ms),
            figure(times.max_ms),
            figure(times.cpu_ms),
            figure(times.kilobytes),
            format!("{:.0}", times.below_ms),
        ]);
    }
    table.text()
}

/// Half of the answers must come in time.
fn missed(all: &[Times]) -> Result<(), Problem> {
    let late: Vec<&str> =
        all.iter().filter(|times| times.p50_ms > times.below_ms).map(|times| times.name.as_str()).collect();
    if late.is_empty() { Ok(()) } else { Err(Problem::Late(late.join(", "))) }
}
