//! What the server says of itself while the crowd is there and after it has left.

use std::thread;
use std::time::{Duration, Instant};

use crate::problem::Problem;
use crate::served::{Server, failed};

/// Between two looks at the memory.
const EVERY: Duration = Duration::from_secs(1);
/// How soon after the last client has left nothing may be under way any more.
const SOON: Duration = Duration::from_secs(5);
/// How much memory may grow in the second half, as a share of what was held in the middle: the allocator breathes. What
/// leaks shows the sooner the longer the crowd stays.
const FLAT: f64 = 0.05;
/// Gauges that count what is under way, and how many of each the asking itself is.
const GAUGES: [(&str, f64); 4] =
    [("ranh_http_requests_in_flight", 1.0), ("ranh_jobs{", 0.0), ("ranh_turns{", 0.0), ("ranh_exports", 0.0)];

/// Memory over time.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Seconds and megabytes.
    looks: Vec<[f64; 2]>,
}

impl Memory {
    /// Looks at the server's memory for so long.
    pub(super) fn watched(server: &Server, time: Duration) -> Self {
        let begun = Instant::now();
        let mut memory = Self::default();
        loop {
            memory.looks.push([begun.elapsed().as_secs_f64(), megabytes(server)]);
            let left = time.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return memory;
            }
            thread::sleep(EVERY.min(left));
        }
    }

    /// About twelve of the looks, MB.
    pub(super) fn text(&self) -> String {
        let step = self.looks.len().div_ceil(12).max(1);
        let shown = self.looks.iter().step_by(step).chain(self.looks.last());
        shown.map(|[at, mb]| format!("{at:.0} s: {mb:.0}")).collect::<Vec<_>>().join(", ")
    }

    /// How fast it grows in the second half, MB a minute (least squares).
    pub(super) fn slope(&self) -> f64 {
        slope(&self.looks[self.looks.len() / 2..]) * 60.0
    }

    /// Whether it stays as it is in the second half.
    pub(super) fn judge(&self) -> Result<(), Problem> {
        let half = &self.looks[self.looks.len() / 2..];
        let (Some([from, held]), Some([to, _])) = (half.first(), half.last()) else { return Ok(()) };
        let grown = slope(half) * (to - from);
        if grown <= held * FLAT {
            return Ok(());
        }
        Err(failed(format!("its memory grew by {grown:.1} MB in the second half, from {held:.1} MB")))
    }
}

/// Least squares, of points of time and value.
fn slope(points: &[[f64; 2]]) -> f64 {
    let count = points.len() as f64;
    let mean = |k: usize| points.iter().map(|point| point[k]).sum::<f64>() / count;
    let (time, value) = (mean(0), mean(1));
    let both: f64 = points.iter().map(|[t, v]| (t - time) * (v - value)).sum();
    let square: f64 = points.iter().map(|[t, _]| (t - time).powi(2)).sum();
    if square > 0.0 { both / square } else { 0.0 }
}

pub(super) fn megabytes(server: &Server) -> f64 {
    server.memory_bytes()[0] as f64 / 1e6
}

/// Waits until nothing is under way; how long that took.
pub(super) fn rest(server: &mut Server) -> Result<Duration, Problem> {
    server.connect_anew()?;
    let begun = Instant::now();
    loop {
        let text = server.ask("GET", "/metrics", "")?.text();
        let busy = busy(&text)?;
        if busy.is_empty() {
            return Ok(begun.elapsed());
        }
        if begun.elapsed() > SOON {
            return Err(failed(format!("still under way: {}", busy.join(", "))));
        }
        thread::sleep(SOON / 250);
    }
}

/// The gauges that say that something is under way.
fn busy(metrics: &str) -> Result<Vec<&str>, Problem> {
    let mut busy = Vec::new();
    for (name, own) in GAUGES {
        let mut lines = metrics.lines().filter(|line| line.starts_with(name)).peekable();
        if lines.peek().is_none() {
            return Err(failed(format!("/metrics does not tell {name}")));
        }
        let value = |line: &str| line.rsplit(' ').next().and_then(|value| value.parse::<f64>().ok());
        busy.extend(lines.filter(|line| value(line).is_none_or(|value| value > own)));
    }
    Ok(busy)
}

#[cfg(test)]
mod tests {
    use super::{Memory, busy};

    fn memory(held: impl Fn(f64) -> f64) -> Memory {
        Memory { looks: (0..61).map(f64::from).map(|at| [at, held(at)]).collect() }
    }

    #[test]
    fn what_fills_up_and_stays_is_flat_and_what_goes_on_is_not() {
        let filled = memory(|at| 100.0 + at.min(25.0));
        assert!(filled.slope().abs() < 1e-9 && filled.judge().is_ok());
        let grows = memory(|at| 100.0 + at / 4.0);
        assert!((grows.slope() - 15.0).abs() < 1e-9, "{}", grows.slope());
        assert!(grows.judge().unwrap_err().to_string().contains("7.5 MB"));
    }

    #[test]
    fn work_under_way_is_named_and_the_own_request_is_not() {
        let text = "ranh_http_requests_in_flight 1\nranh_jobs{status=\"running\"} 0\nranh_exports 0\n\
                    ranh_turns{cost=\"costly\"} 2\n";
        assert_eq!(busy(text).unwrap(), ["ranh_turns{cost=\"costly\"} 2"]);
        assert!(busy("ranh_http_requests_in_flight 1\n").is_err(), "a gauge that is gone proves nothing");
    }
}
