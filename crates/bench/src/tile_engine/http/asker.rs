//! Connections that ask for one tile after the other, and what they saw. As little as can be is done beside reading and
//! writing, since what the load takes of the processor the server lacks.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde::Serialize;
use tiles::TileCoord;

use crate::clock::process_s;
use crate::problem::Problem;

/// Where tiles are.
pub(super) struct Target {
    /// Host and port.
    pub(super) authority: String,
    /// Path and query with {z}, {x} and {y}.
    path: String,
}

impl Target {
    /// From an address template.
    pub(super) fn new(template: &str) -> Result<Self, Problem> {
        let rest = template.strip_prefix("http://").and_then(|rest| rest.split_once('/'));
        match rest {
            Some((authority, path)) if ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part)) => {
                let port = if authority.contains(':') { "" } else { ":80" };
                Ok(Self { authority: format!("{authority}{port}"), path: format!("/{path}") })
            }
            _ => Err(failed(template, "this is not an http:// address with {z}, {x} and {y}")),
        }
    }

    fn request(&self, tile: TileCoord) -> Vec<u8> {
        let number = |n: u32| n.to_string();
        let path = self.path.replace("{z}", &number(tile.z().into()));
        let path = path.replace("{x}", &number(tile.x())).replace("{y}", &number(tile.y()));
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.authority).into_bytes()
    }
}

/// What asking for some tiles showed.
#[derive(Debug, Serialize)]
pub(super) struct Pass {
    /// Tiles asked for.
    pub(super) asked: usize,
    /// Tiles without content.
    pub(super) empty: usize,
    pub(super) per_s: f64,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
    pub(super) max_ms: f64,
    /// Processor time of the load for one tile, µs.
    pub(super) load_us: f64,
    /// Bytes of tiles that have any.
    pub(super) mean_bytes: usize,
    pub(super) max_bytes: usize,
}

/// One answer: seconds and bytes of the body.
type Seen = (f64, usize);

/// Asks for each tile once.
pub(super) fn pass(target: &Target, tiles: &[TileCoord], connections: usize) -> Result<Pass, Problem> {
    let requests: Vec<Vec<u8>> = tiles.iter().map(|&tile| target.request(tile)).collect();
    let mut connected = Vec::new();
    for _ in 0..connections.clamp(1, tiles.len().max(1)) {
        connected.push(Connection::open(&target.authority)?);
    }
    let next = AtomicUsize::new(0);
    let (cpu_s, clock) = (process_s(), Instant::now());
    let seen = std::thread::scope(|scope| {
        let ask = |mut connection: Connection| {
            let (next, requests) = (&next, &requests);
            scope.spawn(move || {
                let mut seen = Vec::with_capacity(requests.len());
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let asked = Instant::now();
                    let bytes = connection.ask(request)?;
                    seen.push((asked.elapsed().as_secs_f64(), bytes));
                }
                Ok(seen)
            })
        };
        let threads: Vec<_> = connected.into_iter().map(ask).collect();
        let lost = || failed(&target.authority, "a thread of the load was lost");
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(lost())))
            .collect::<Result<Vec<_>, _>>()
    })?;
    let (wall_s, cpu_s) = (clock.elapsed().as_secs_f64(), process_s() - cpu_s);
    Ok(figures(seen.concat(), wall_s, cpu_s))
}

fn figures(mut seen: Vec<Seen>, wall_s: f64, cpu_s: f64) -> Pass {
    seen.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let asked = seen.len();
    let ms = |part: f64| {
        let at = ((asked as f64 * part) as usize).min(asked.saturating_sub(1));
        seen.get(at).map_or(f64::NAN, |(s, _)| s * 1e3)
    };
    let sizes = || seen.iter().map(|(_, bytes)| *bytes).filter(|&bytes| bytes > 0);
    let full = sizes().count();
    Pass {
        asked,
        empty: asked - full,
        per_s: asked as f64 / wall_s,
        p50_ms: ms(0.5),
        p99_ms: ms(0.99),
        max_ms: ms(1.0),
        load_us: cpu_s * 1e6 / asked.max(1) as f64,
        mean_bytes: sizes().sum::<usize>() / full.max(1),
        max_bytes: sizes().max().unwrap_or(0),
    }
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    authority: String,
}

impl Connection {
    fn open(authority: &str) -> Result<Self, Problem> {
        let io = |error: std::io::Error| failed(authority, &error.to_string());
        let stream = TcpStream::connect(authority).map_err(io)?;
        stream.set_nodelay(true).map_err(io)?;
        Ok(Self { stream, buffer: vec![0; 1 << 18], authority: authority.to_owned() })
    }

    /// Asks, and reads the answer to its end; the bytes of its body.
    fn ask(&mut self, request: &[u8]) -> Result<usize, Problem> {
        self.stream.write_all(request).map_err(|error| failed(&self.authority, &error.to_string()))?;
        let mut filled = 0;
        let body = loop {
            filled += self.read(filled)?;
            if let Some(end) = self.buffer[..filled].windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let length = self.length(&self.buffer[..body], request)?;
        let mut left = (length + body).saturating_sub(filled);
        while left > 0 {
            left = left.saturating_sub(self.read(0)?);
        }
        Ok(length)
    }

    fn read(&mut self, from: usize) -> Result<usize, Problem> {
        match self.stream.read(&mut self.buffer[from..]) {
            Ok(0) => Err(failed(&self.authority, "it closed the connection, or its head is too long")),
            Ok(count) => Ok(count),
            Err(error) => Err(failed(&self.authority, &error.to_string())),
        }
    }

    /// How long the body will be, from the head of an answer.
    fn length(&self, head: &[u8], request: &[u8]) -> Result<usize, Problem> {
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
        let length = lines.filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        match (status, length) {
            ("204", _) => Ok(0),
            ("200", Some(length)) => Ok(length),
            _ => {
                let asked = String::from_utf8_lossy(request);
                let asked = asked.lines().next().unwrap_or_default().to_owned();
                Err(failed(&self.authority, &format!("{asked}: {status}, content-length {length:?}")))
            }
        }
    }
}

fn failed(server: &str, what: &str) -> Problem {
    Problem::Engine { engine: server.to_owned(), what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_becomes_requests() {
        let target = Target::new("http://localhost:3000/parcels/{z}/{x}/{y}.pbf").unwrap();
        let request = target.request(TileCoord::new(3, 6, 2).unwrap());
        assert_eq!(request, b"GET /parcels/3/6/2.pbf HTTP/1.1\r\nHost: localhost:3000\r\n\r\n");
        assert!(Target::new("https://localhost/{z}/{x}/{y}").is_err());
        assert!(Target::new("http://localhost/{z}/{x}").is_err());
    }

    #[test]
    fn figures_are_of_what_was_seen() {
        let seen =
            (1..=100).map(|k| (f64::from(k) / 1e3, if k % 4 == 0 { 0 } else { 100 + k as usize })).collect();
        let pass = figures(seen, 2.0, 0.001);
        assert_eq!((pass.asked, pass.empty, pass.max_bytes), (100, 25, 199));
        assert_eq!((pass.p50_ms, pass.p99_ms, pass.max_ms), (51.0, 100.0, 100.0));
        assert_eq!((pass.per_s, pass.load_us), (50.0, 10.0));
    }
}
