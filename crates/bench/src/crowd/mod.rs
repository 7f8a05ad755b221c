//! `bench load`: many clients at once, among them slow ones and ones that leave. The only error that a client may see
//! is 503, told with Retry-After; memory must not grow with time, and what clients leave behind must not go on.

mod asking;
mod mix;
mod rude;
mod watch;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use crate::clock::processor;
use crate::problem::Problem;
use crate::served::{Server, failed};
use crate::table::Table;
use asking::{Crowd, Met};
use mix::{Kind, Place};
use watch::Memory;

/// How the crowd is made up.
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    /// The store that is served.
    #[arg(long, default_value = "var/ranh.gpkg")]
    store: PathBuf,
    /// Clients that ask and read, each on a connection that it keeps.
    #[arg(long, default_value_t = 200)]
    connections: usize,
    /// Clients beside them that send or read slowly, or leave in the middle.
    #[arg(long, default_value_t = 20)]
    rude: usize,
    /// How long, seconds.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// How long a client looks at an answer before it asks again, milliseconds; with 0 the server always has more to
    /// do than it can, and times say how it shares itself out.
    #[arg(long, default_value_t = 0)]
    pause_ms: u64,
}

/// By kind of request.
type All = BTreeMap<Kind, Met>;

/// Serves the store, lets the crowd at it, and tells what it met.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let mut server = Server::start(&options.store)?;
    // Findings to list, and data prepared for the checks that follow.
    server.ask("POST", "/check", "{}")?;
    let place = Place::of(&mut server)?;
    println!("{}\n{} clients and {} rude ones", processor(), options.connections, options.rude);
    let (begun, cpu_ms) = (Instant::now(), server.cpu_ms());
    let (all, memory) = crowded(&server, &place, options);
    let (seconds, cpu_ms) = (begun.elapsed().as_secs_f64(), server.cpu_ms() - cpu_ms);
    println!("\n{}", text(&all, seconds));
    println!("memory of the server, MB: {}", memory.text());
    println!("in the second half: {:+.1} MB a minute", memory.slope());
    println!("processor time of the server: {:.1} s of {seconds:.0} s", cpu_ms / 1e3);
    let rested = watch::rest(&mut server)?;
    println!("nothing under way {:.2} s after the last client had left", rested.as_secs_f64());
    // What was held up by the crowd must be answered now that it is gone.
    server.ask("GET", "/readyz", "")?;
    judge(&all)?;
    memory.judge()
}

/// What the crowd met, and the memory meanwhile.
fn crowded(server: &Server, place: &Place, options: &Options) -> (All, Memory) {
    let (address, stop) = (server.address().to_owned(), AtomicBool::new(false));
    let pause = Duration::from_millis(options.pause_ms);
    let crowd = Crowd { address: &address, place, pause, stop: &stop };
    thread::scope(|scope| {
        let clients: Vec<_> =
            (0..options.connections).map(|client| scope.spawn(move || crowd.ask(client))).collect();
        for number in 0..options.rude {
            scope.spawn(move || rude::behave(&crowd, number));
        }
        let memory = Memory::watched(server, Duration::from_secs(options.seconds));
        stop.store(true, Ordering::Relaxed);
        let mut all = All::new();
        for (kind, met) in clients.into_iter().filter_map(|client| client.join().ok()) {
            all.entry(kind).or_default().add(met);
        }
        (all, memory)
    })
}

fn text(all: &All, seconds: f64) -> String {
    let mut table =
        Table::new(&["kind", "answered", "a second", "p50 ms", "p99 ms", "max ms", "503", "other"]);
    for (kind, met) in all {
        let mut times = met.times_ms.clone();
        times.sort_by(f64::total_cmp);
        let last = times.len().saturating_sub(1);
        let at = |share: f64| times.get(((times.len() as f64 * share) as usize).min(last)).copied();
        let figure = |share| at(share).map_or_else(|| "-".to_owned(), |ms| format!("{ms:.1}"));
        table.add([
            kind.name().to_owned(),
            times.len().to_string(),
            format!("{:.1}", times.len() as f64 / seconds),
            figure(0.5),
            figure(0.99),
            figure(1.0),
            met.statuses.get(&503).copied().unwrap_or_default().to_string(),
            other(met),
        ]);
    }
    table.text()
}

/// What must not be there.
fn other(met: &Met) -> String {
    let statuses = met.statuses.iter().filter(|(status, _)| !matches!(status, 200 | 204 | 503));
    let statuses = statuses.map(|(status, count)| format!("{status}: {count}"));
    let broken = met.broken.iter().map(|(what, count)| format!("{what}: {count}"));
    statuses.chain(broken).collect::<Vec<_>>().join(", ")
}

/// Nothing but answers and 503, and of every kind some answers.
fn judge(all: &All) -> Result<(), Problem> {
    let wrong: usize = all.values().map(Met::wrong).sum();
    if wrong > 0 {
        return Err(failed(format!("{wrong} answers were neither whole nor 503")));
    }
    match all.iter().find(|(_, met)| met.times_ms.is_empty()) {
        Some((kind, _)) => Err(failed(format!("no request of the kind \"{}\" was answered", kind.name()))),
        None => Ok(()),
    }
}
