//! The program `ranh` in a process of its own: its server, asked over one connection.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::clock;
use crate::problem::Problem;

/// Milliseconds in a tick of `/proc`: 100 ticks a second on every Linux that Debian ships.
const TICK_MS: f64 = 10.0;

/// How long a server must do nothing to be idle.
const PAUSE: Duration = Duration::from_millis(500);
/// How long that is waited for at most.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    body: Vec<u8>,
}

/// What a request cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timed {
    pub(crate) wall_ms: f64,
    pub(crate) cpu_ms: f64,
    pub(crate) bytes: usize,
}

/// A running `ranh serve`, stopped with this value.
pub(crate) struct Server {
    child: Child,
    address: String,
    connection: BufReader<TcpStream>,
}

impl Server {
    pub(crate) fn start(store: &Path) -> Result<Self, Problem> {
        let mut command = Command::new(ranh()?);
        command.arg("serve").arg("--store").arg(store).args(["--listen", "127.0.0.1:0"]);
        let mut child = command
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(error.to_string()))?;
        let out = child.stdout.take().ok_or_else(|| failed("it has no output".to_owned()))?;
        let mut address = None;
        for line in BufReader::new(out).lines() {
            let line = line.map_err(|error| failed(error.to_string()))?;
            if let Some((_, rest)) = line.split_once("http://") {
                address = Some(rest.trim().trim_end_matches('/').to_owned());
                break;
            }
        }
        let address = address.ok_or_else(|| failed("it printed no address".to_owned()))?;
        let connection = connect(&address)?;
        Ok(Self { child, address, connection })
    }

    /// Asks so many times; `body` makes the body of each.
    pub(crate) fn repeated(
        &mut self,
        times: usize,
        method: &str,
        path: &str,
        body: impl Fn(usize) -> String,
    ) -> Result<Vec<Timed>, Problem> {
        (0..times).map(|k| self.timed(method, path, &body(k))).collect()
    }

    /// Asks once and says what it cost.
    pub(crate) fn timed(&mut self, method: &str, path: &str, body: &str) -> Result<Timed, Problem> {
        let (cpu, clock) = (self.cpu_ms(), Instant::now());
        let answer = self.ask(method, path, body)?;
        let wall_ms = clock.elapsed().as_secs_f64() * 1e3;
        Ok(Timed { wall_ms, cpu_ms: self.cpu_ms() - cpu, bytes: answer.body.len() })
    }

    /// Asks once; anything but 200 is a failure.
    pub(crate) fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Answer, Problem> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            self.address,
            body.len()
        );
        let io = |error: std::io::Error| failed(format!("{method} {path}: {error}"));
        self.connection.get_mut().write_all(head.as_bytes()).map_err(io)?;
        let answer = read(&mut self.connection).map_err(io)?;
        if answer.status == 200 {
            return Ok(answer);
        }
        Err(failed(format!("{method} {path}: {} {}", answer.status, answer.text())))
    }

    /// Begins another connection: the server closes one on which nothing was asked for a while.
    pub(crate) fn connect_anew(&mut self) -> Result<(), Problem> {
        self.connection = connect(&self.address)?;
        Ok(())
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Memory that the server holds, and the most that it has held, bytes.
    pub(crate) fn memory_bytes(&self) -> [u64; 2] {
        let path = format!("/proc/{}/status", self.child.id());
        ["VmRSS:", "VmHWM:"].map(|name| clock::status_bytes(Path::new(&path), name))
    }

    /// Waits until the server does nothing, for two minutes at most.
    pub(crate) fn wait_until_idle(&self) {
        let begun = Instant::now();
        loop {
            let before_ms = self.cpu_ms();
            std::thread::sleep(PAUSE);
            if self.cpu_ms() - before_ms <= TICK_MS || begun.elapsed() > PATIENCE {
                return;
            }
        }
    }

    /// Processor time of the server so far, ms, all threads that live.
    pub(crate) fn cpu_ms(&self) -> f64 {
        self.threads_ms().unwrap_or_else(|| self.process_ms())
    }

    /// What the scheduler has counted for each thread, in nanoseconds; `None` where it does not.
    fn threads_ms(&self) -> Option<f64> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).ok()?;
        let ran_ns = |thread: fs::DirEntry| {
            let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            text.split_whitespace().next()?.parse::<f64>().ok()
        };
        threads.map(|thread| Some(ran_ns(thread.ok()?)? / 1e6)).sum()
    }

    fn process_ms(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // Behind the name in brackets; utime and stime are the 14th and 15th field of all.
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks = rest.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
        ticks.sum::<f64>() * TICK_MS
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing to do about a process that is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Result<Value, Problem> {
        serde_json::from_slice(&self.body).map_err(|error| failed(error.to_string()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Imports files into a store.
pub(crate) fn import(files: &[&Path], store: &Path, options: &[&str]) -> Result<(), Problem> {
    let mut command = Command::new(ranh()?);
    command.arg("import").args(files).arg("--store").arg(store).args(options).stdout(Stdio::null());
    let failed = |what: String| Problem::Engine { engine: "ranh import".to_owned(), what };
    let status = command.status().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(status.to_string())) }
}

/// The program, beside this one.
pub(crate) fn ranh() -> Result<PathBuf, Problem> {
    let here = std::env::current_exe().map_err(Problem::file(Path::new("bench")))?;
    Ok(here.with_file_name("ranh"))
}

/// A connection of its own.
pub(crate) fn connect(address: &str) -> Result<BufReader<TcpStream>, Problem> {
    let stream = TcpStream::connect(address).map_err(|error| failed(error.to_string()))?;
    stream.set_nodelay(true).map_err(|error| failed(error.to_string()))?;
    Ok(BufReader::with_capacity(1 << 16, stream))
}

/// An answer with a length or in chunks.
pub(crate) fn read(from: &mut impl BufRead) -> std::io::Result<Answer> {
    let first = line(from)?;
    let status = first.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    let (mut length, mut chunked) = (0, false);
    loop {
        let header = line(from)?.to_ascii_lowercase();
        match header.split_once(':') {
            None => break,
            Some(("content-length", value)) => length = value.trim().parse().unwrap_or(0),
            Some(("transfer-encoding", _)) => chunked = true,
            Some(_) => {}
        }
    }
    let mut body = Vec::new();
    if !chunked {
        from.by_ref().take(length).read_to_end(&mut body)?;
        return Ok(Answer { status, body });
    }
    loop {
        let size = u64::from_str_radix(line(from)?.trim(), 16).unwrap_or(0);
        from.by_ref().take(size).read_to_end(&mut body)?;
        line(from)?;
        if size == 0 {
            return Ok(Answer { status, body });
        }
    }
}

fn line(from: &mut impl BufRead) -> std::io::Result<String> {
    let mut text = String::new();
    from.read_line(&mut text)?;
    Ok(text.trim_end().to_owned())
}

/// Something that the server did not do as it should.
pub(crate) fn failed(what: String) -> Problem {
    Problem::Engine { engine: "ranh serve".to_owned(), what }
}
