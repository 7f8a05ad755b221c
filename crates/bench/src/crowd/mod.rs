//! `bench load`: many clients at once, among them slow ones and ones that leave. The only error that a client may see
//! is 503, told with Retry-After; memory must not grow with time.

mod asking;
mod rude;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use crate::clock::processor;
use crate::problem::Problem;
use crate::served::Server;

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
}

/// What one kind of request met.
#[derive(Debug, Default)]
struct Met {
    times_ms: Vec<f64>,
    statuses: BTreeMap<u16, usize>,
    /// Connections that broke, by what the system said.
    broken: BTreeMap<String, usize>,
}

/// By kind of request.
type All = BTreeMap<&'static str, Met>;

/// Serves the store, lets the crowd at it, and tells what it met.
pub(crate) fn run(options: &Options) -> Result<(), Problem> {
    let mut server = Server::start(&options.store)?;
    let layers = asking::layers(&mut server)?;
    let address = server.address().to_owned();
    let stop = AtomicBool::new(false);
    let begun = Instant::now();
    let part = Duration::from_secs(options.seconds) / 4;
    let (all, memory, cpu_ms) = thread::scope(|scope| {
        let clients: Vec<_> = (0..options.connections)
            .map(|seed| {
                scope.spawn({
                    let (address, layers, stop) = (&address, &layers, &stop);
                    move || asking::ask(address, layers, seed as u64 + 1, stop)
                })
            })
            .collect();
        for seed in 0..options.rude {
            let (address, layers, stop) = (&address, &layers, &stop);
            scope.spawn(move || rude::behave(address, layers, seed, stop));
        }
        let mut memory = Vec::new();
        let cpu_ms = server.cpu_ms();
        for _ in 0..4 {
            memory.push(server.memory_bytes()[0]);
            thread::sleep(part);
        }
        memory.push(server.memory_bytes()[0]);
        let cpu_ms = server.cpu_ms() - cpu_ms;
        stop.store(true, Ordering::Relaxed);
        let mut all = All::new();
        for met in clients.into_iter().filter_map(|client| client.join().ok()) {
            merge(&mut all, met);
        }
        (all, memory, cpu_ms)
    });
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{}\n{} clients and {} rude ones, {seconds:.0} s\n",
        processor(),
        options.connections,
        options.rude
    );
    tell(&all, seconds);
    let memory: Vec<String> = memory.iter().map(|bytes| format!("{:.0}", *bytes as f64 / 1e6)).collect();
    println!("\nmemory of the server at 0, 25, 50, 75, 100 % of the time, MB: {}", memory.join(", "));
    println!("processor time of the server: {:.1} s of {:.0} s", cpu_ms / 1e3, seconds);
    // What was held up by the crowd must be answered now that it is gone.
    server.ask("GET", "/readyz", "")?;
    judge(&all)
}

fn merge(all: &mut All, met: All) {
    for (kind, one) in met {
        let sum = all.entry(kind).or_default();
        sum.times_ms.extend(one.times_ms);
        one.statuses
            .into_iter()
            .for_each(|(status, count)| *sum.statuses.entry(status).or_default() += count);
        one.broken.into_iter().for_each(|(what, count)| *sum.broken.entry(what).or_default() += count);
    }
}

fn tell(all: &All, seconds: f64) {
    println!(
        "{:<8} {:>9} {:>8} {:>9} {:>9} {:>9}  answers",
        "kind", "answered", "a second", "p50 ms", "p99 ms", "max ms"
    );
    for (kind, met) in all {
        let mut times = met.times_ms.clone();
        times.sort_by(f64::total_cmp);
        let at = |share: f64| {
            times.get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1)))
        };
        let [p50, p99, max] = [0.5, 0.99, 1.0].map(|share| at(share).copied().unwrap_or_default());
        let rate = times.len() as f64 / seconds;
        let statuses: Vec<String> =
            met.statuses.iter().map(|(status, count)| format!("{status}: {count}")).collect();
        let broken: Vec<String> = met.broken.iter().map(|(what, count)| format!("{what}: {count}")).collect();
        println!(
            "{kind:<8} {:>9} {rate:>8.0} {p50:>9.2} {p99:>9.2} {max:>9.2}  {}",
            times.len(),
            [statuses, broken].concat().join(", ")
        );
    }
}

/// Nothing but answers and 503.
fn judge(all: &All) -> Result<(), Problem> {
    let wrong = |met: &Met| {
        met.broken.values().sum::<usize>()
            + met
                .statuses
                .iter()
                .filter(|(status, _)| !matches!(status, 200 | 204 | 503))
                .map(|(_, n)| n)
                .sum::<usize>()
    };
    let wrong: usize = all.values().map(wrong).sum();
    if wrong == 0 {
        return Ok(());
    }
    Err(Problem::Engine {
        engine: "ranh serve".into(),
        what: format!("{wrong} answers were neither whole nor 503"),
    })
}
