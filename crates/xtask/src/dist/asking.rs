//! A server in a process of its own, asked over HTTP by the means of the standard library.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::command::{program, run, shown};
use crate::problem::Problem;

/// How long the server may take to answer as it should.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(100);

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Without the head.
    pub(super) body: String,
}

/// A server; killed when nobody has stopped it.
pub(super) struct Server {
    child: Child,
    line: String,
}

impl Server {
    /// Starts it, with all that it says going to a file, and waits until it is ready.
    pub(super) fn start(mut command: Command, address: &str, log: &Path) -> Result<Self, Problem> {
        let line = shown(&command);
        let out = File::create(log).map_err(Problem::file(log))?;
        let child = out.try_clone().and_then(|both| command.stdout(both).stderr(out).spawn());
        let child = child.map_err(|source| Problem::NotStarted { line: line.clone(), source })?;
        let mut server = Self { child, line };
        let begun = Instant::now();
        while !get(address, "/readyz").is_ok_and(|answer| answer.status == 200) {
            let ended = server.child.try_wait().ok().flatten();
            if let Some(status) = ended {
                return Err(Problem::Failed { line: server.line.clone(), ending: status.to_string() });
            }
            patience(begun, "GET /readyz", || "no answer".to_owned())?;
        }
        Ok(server)
    }

    /// Tells it to stop as systemd does, and waits.
    pub(super) fn stop(mut self) -> Result<(), Problem> {
        let id = self.child.id().to_string();
        run(&mut program("kill", &["-TERM", &id], Path::new(".")))?;
        let status = self.child.wait();
        let status = status.map_err(|source| Problem::NotStarted { line: self.line.clone(), source })?;
        let line = self.line.clone();
        if status.success() { Ok(()) } else { Err(Problem::Failed { line, ending: status.to_string() }) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing to do about a process that is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks until the answer has the word.
pub(super) fn expect(address: &str, path: &str, word: &str) -> Result<String, Problem> {
    let begun = Instant::now();
    loop {
        let answer = get(address, path);
        let (status, body) = answer.map_or((0, String::new()), |answer| (answer.status, answer.body));
        if status == 200 && body.to_lowercase().contains(&word.to_lowercase()) {
            println!("GET {path}: {} bytes, with {word}", body.len());
            return Ok(body);
        }
        let head = || format!("{status}, no {word} in: {}", body.chars().take(300).collect::<String>());
        patience(begun, &format!("GET {path}"), head)?;
    }
}

/// Waits a little, unless that was done for long enough.
fn patience(begun: Instant, line: &str, ending: impl FnOnce() -> String) -> Result<(), Problem> {
    if begun.elapsed() > PATIENCE {
        return Err(Problem::Failed { line: line.to_owned(), ending: ending() });
    }
    std::thread::sleep(PAUSE);
    Ok(())
}

/// Asks for something.
pub(super) fn get(address: &str, path: &str) -> std::io::Result<Answer> {
    let accept = if path == "/" { "text/html" } else { "application/json" };
    ask(address, &format!("GET {path} HTTP/1.1\r\naccept: {accept}\r\n"), "")
}

/// Changes something, by JSON Merge Patch.
pub(super) fn patch(address: &str, path: &str, body: &str) -> std::io::Result<Answer> {
    let kind = "content-type: application/merge-patch+json";
    ask(address, &format!("PATCH {path} HTTP/1.1\r\n{kind}\r\norigin: http://{address}\r\n"), body)
}

/// Sends a file to be imported.
pub(super) fn upload(address: &str, name: &str, content: &str) -> std::io::Result<Answer> {
    let kind = "content-type: application/octet-stream";
    let head = format!("POST /uploads?name={name} HTTP/1.1\r\n{kind}\r\norigin: http://{address}\r\n");
    ask(address, &head, content)
}

fn ask(address: &str, head: &str, body: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(stream, "{head}host: {address}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    Ok(Answer { status, body: body.to_owned() })
}
