//! What a piece of work costs: the processor's time, the clock's time, memory.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

/// The cost of a piece of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// Processor time of the whole process, all threads, s.
    pub(crate) cpu_s: f64,
    /// Time on the clock, s.
    pub(crate) wall_s: f64,
}

/// Does a piece of work and says what it cost.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let (cpu, wall) = (now(ClockId::ProcessCPUTime), Instant::now());
    let result = work();
    let cost = Cost {
        wall_s: wall.elapsed().as_secs_f64(),
        cpu_s: (now(ClockId::ProcessCPUTime) - cpu).as_secs_f64(),
    };
    (result, cost)
}

/// Does the same work several times; the last result with the least cost of each kind. What else runs on the
/// machine can only add.
pub(crate) fn least<T>(times: usize, mut work: impl FnMut() -> T) -> (T, Cost) {
    let (mut result, mut cost) = timed(&mut work);
    for _ in 1..times {
        let (next, this) = timed(&mut work);
        result = next;
        cost = Cost { cpu_s: cost.cpu_s.min(this.cpu_s), wall_s: cost.wall_s.min(this.wall_s) };
    }
    (result, cost)
}

/// What passes between one point of a work and the next.
#[derive(Debug)]
pub(crate) struct Laps {
    cpu: Duration,
    wall: Instant,
}

impl Laps {
    /// Begins the first.
    pub(crate) fn start() -> Self {
        Self { cpu: now(ClockId::ProcessCPUTime), wall: Instant::now() }
    }

    /// Ends one and begins the next.
    pub(crate) fn lap(&mut self) -> Cost {
        let last = std::mem::replace(self, Self::start());
        Cost { cpu_s: (self.cpu - last.cpu).as_secs_f64(), wall_s: (self.wall - last.wall).as_secs_f64() }
    }
}

/// Processor time of this thread for a piece of work, s.
pub(crate) fn thread_s<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = now(ClockId::ThreadCPUTime);
    let result = work();
    (result, (now(ClockId::ThreadCPUTime) - start).as_secs_f64())
}

/// Processor time of this process so far, all threads, s.
pub(crate) fn process_s() -> f64 {
    now(ClockId::ProcessCPUTime).as_secs_f64()
}

fn now(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The most memory that this process has held so far, bytes; 0 where the system does not tell.
pub(crate) fn peak_bytes() -> u64 {
    status_bytes(Path::new("/proc/self/status"), "VmHWM:")
}

/// A line of a process's status, bytes; 0 where the system does not tell.
pub(crate) fn status_bytes(status: &Path, name: &str) -> u64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kib: Option<u64> = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok());
    kib.unwrap_or(0) * 1024
}

/// What the processor calls itself.
pub(crate) fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name"));
    line.and_then(|line| line.split_once(':'))
        .map_or_else(|| "unknown".to_owned(), |(_, name)| name.trim().to_owned())
}
