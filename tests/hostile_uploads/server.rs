//! A server in a process of its own, asked over TCP.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const RANH: &str = env!("CARGO_BIN_EXE_ranh");
/// A file that nobody need fear.
pub(crate) const GOOD: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{"name":"A","kind":"CCN"},"geometry":{"type":"Polygon","coordinates":[[[106.7,21.5],[106.71,21.5],[106.71,21.51],[106.7,21.51],[106.7,21.5]]]}}]}"#;
/// Longer than anything here takes; reached only when something hangs.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Server {
    folder: tempfile::TempDir,
    child: Child,
    /// Of the server itself, whoever watches it.
    id: u32,
    address: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Server {
    /// Over a store with one collection, with settings (`KEY=VALUE`).
    pub(crate) fn start(settings: &[&str]) -> Self {
        Self::started(settings, &[])
    }

    /// The same, started by a program that watches it; temporary files lie in the server's own folder.
    pub(crate) fn started(settings: &[&str], watched_by: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (file, store) = (folder.path().join("zones.geojson"), folder.path().join("s.gpkg"));
        fs::write(&file, GOOD).unwrap();
        let mut import = Command::new(RANH);
        import.arg("import").arg(&file).arg("--store").arg(&store).args(["--role", "zone"]);
        assert!(import.stdout(Stdio::null()).status().unwrap().success());
        let temporary = folder.path().join("temporary");
        fs::create_dir(&temporary).unwrap();
        let mut words = watched_by.iter().map(String::as_str).chain([RANH]);
        let mut serve = Command::new(words.next().unwrap());
        serve.args(words).args(["serve", "--listen", "127.0.0.1:0", "--store"]).arg(&store);
        serve.env("TMPDIR", temporary);
        settings.iter().for_each(|setting| {
            serve.args(["--set", setting]);
        });
        let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("Ranh: http://").trim_end_matches('/').to_owned();
        let id = if watched_by.is_empty() { child.id() } else { child_of(child.id()) };
        Self { folder, child, id, address }
    }

    /// The folder with the store and everything that the server makes.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where uploads are kept.
    pub(crate) fn uploads(&self) -> PathBuf {
        self.folder.path().join("s.gpkg.uploads")
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn head(&self, line: &str, more: &str) -> String {
        format!("{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}\r\n", self.address)
    }

    fn ask(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses at the head need not take the body.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, body: body.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(&self.head(&format!("GET {path}"), ""), b"")
    }

    /// The head and the bytes of an answer; of HTTP 1.0, so that they come in no pieces.
    pub(crate) fn bytes(&self, path: &str) -> (String, Vec<u8>) {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let body = bytes.split_off(end + 4);
        (String::from_utf8(bytes).unwrap().to_lowercase(), body)
    }

    pub(crate) fn post(&self, path: &str, json: &str) -> Answer {
        let more = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", json.len());
        self.ask(&self.head(&format!("POST {path}"), &more), json.as_bytes())
    }

    pub(crate) fn revision(&self) -> String {
        self.get("/health").body
    }

    pub(crate) fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let more = format!("Content-Type: application/octet-stream\r\nContent-Length: {}\r\n", bytes.len());
        self.ask(&self.head(&format!("POST /uploads?name={}", encoded(name)), &more), bytes)
    }

    /// A connection on which the head of an upload was sent, whose length nobody knows.
    pub(crate) fn begin_upload(&self, name: &str) -> TcpStream {
        let more = "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n";
        let mut stream = self.connect();
        let head = self.head(&format!("POST /uploads?name={}", encoded(name)), more);
        stream.write_all(head.as_bytes()).unwrap();
        stream
    }

    /// Gives an upload up, if it is still there.
    pub(crate) fn forget(&self, id: &str) {
        let gone = self.ask(&self.head(&format!("DELETE /uploads/{id}"), ""), b"");
        assert!(matches!(gone.status, 204 | 404), "{}", gone.body);
    }

    /// Memory in use now.
    pub(crate) fn resident_bytes(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most memory that was ever in use.
    pub(crate) fn most_resident_bytes(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/status", self.id)).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(field)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.id != self.child.id() {
            // Who watches it ends with it.
            let _ = Command::new("kill").args(["-KILL", &self.id.to_string()]).status();
        } else {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// The process that another has started.
fn child_of(id: u32) -> u32 {
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
    children.split_whitespace().next().unwrap().parse().unwrap()
}

fn encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
