//! What is counted, and how it is told to Prometheus (text format 0.0.4).

mod text;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

pub(crate) use text::{Kind, MEDIA_TYPE, Text};

/// Upper bounds of the histogram's buckets, seconds.
pub(crate) const BUCKETS_S: [f64; 13] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// What this process uses of the machine, as whoever starts the server can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ProcessUse {
    /// Memory that is resident, bytes.
    pub resident_bytes: u64,
    /// Processor time so far, seconds.
    pub cpu_s: f64,
    /// Threads.
    pub threads: u64,
    /// Files and connections that are open.
    pub open_files: u64,
}

/// Counters of requests, by the route's template: never by what was asked for.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    in_flight: AtomicU64,
    routes: Mutex<BTreeMap<String, Route>>,
}

#[derive(Debug, Default)]
struct Route {
    answers: BTreeMap<(&'static str, u16), u64>,
    buckets: [u64; BUCKETS_S.len()],
    count: u64,
    sum_s: f64,
}

impl Metrics {
    /// A request has begun; the guard ends it, also when its client leaves.
    pub(crate) fn begun(&self) -> InFlight<'_> {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(self)
    }

    /// A request was answered.
    pub(crate) fn answered(&self, route: &str, method: &str, status: u16, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match routes.get_mut(route) {
            Some(known) => known,
            None => routes.entry(route.to_owned()).or_default(),
        };
        // Anybody may invent methods, and every name would stay in memory.
        let method = METHODS.into_iter().find(|known| *known == method).unwrap_or("other");
        *known.answers.entry((method, status)).or_default() += 1;
        let took_s = took.as_secs_f64();
        let buckets = BUCKETS_S.iter().zip(&mut known.buckets);
        buckets.filter(|(bound, _)| took_s <= **bound).for_each(|(_, count)| *count += 1);
        known.count += 1;
        known.sum_s += took_s;
    }

    /// Writes what was counted.
    pub(crate) fn tell(&self, text: &mut Text) {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        text.family("ranh_http_requests_in_flight", Kind::Gauge, "Requests that have no answer yet.");
        text.sample("", &[], self.in_flight.load(Ordering::Relaxed) as f64);
        text.family("ranh_http_requests_total", Kind::Counter, "Requests answered.");
        for (route, counted) in routes.iter() {
            for ((method, status), count) in &counted.answers {
                let status = status.to_string();
                let labels = [("route", route.as_str()), ("method", method), ("status", &status)];
                text.sample("", &labels, *count as f64);
            }
        }
        let help = "Time until an answer began.";
        text.family("ranh_http_request_duration_seconds", Kind::Histogram, help);
        for (route, counted) in routes.iter() {
            for (bound, count) in BUCKETS_S.iter().zip(counted.buckets) {
                let bound = bound.to_string();
                text.sample("_bucket", &[("route", route), ("le", &bound)], count as f64);
            }
            text.sample("_bucket", &[("route", route), ("le", "+Inf")], counted.count as f64);
            text.sample("_sum", &[("route", route)], counted.sum_s);
            text.sample("_count", &[("route", route)], counted.count as f64);
        }
    }
}

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// A request under way.
pub(crate) struct InFlight<'a>(&'a Metrics);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

impl ProcessUse {
    /// Writes it under the names that Prometheus's own clients use.
    pub(crate) fn tell(&self, text: &mut Text) {
        let mut one = |name: &str, kind, help: &str, value: f64| {
            text.family(name, kind, help);
            text.sample("", &[], value);
        };
        let help = "Resident memory, bytes.";
        one("process_resident_memory_bytes", Kind::Gauge, help, self.resident_bytes as f64);
        one("process_cpu_seconds_total", Kind::Counter, "Processor time, seconds.", self.cpu_s);
        one("process_threads", Kind::Gauge, "Threads.", self.threads as f64);
        one("process_open_fds", Kind::Gauge, "Open files and connections.", self.open_files as f64);
    }
}
