//! What the whole-system tests share: the program, a store with the sample in it, a server on a free port.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
};

use serde_json::Value;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The answer key of the committed sample.
pub(crate) fn answers() -> &'static Value {
    static ANSWERS: OnceLock<Value> = OnceLock::new();
    ANSWERS.get_or_init(|| json(&std::fs::read(root().join("data/sample/answers.json")).unwrap()))
}

/// Parses JSON that must be JSON.
pub(crate) fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(bytes)))
}

/// Runs the program to its end and asserts its exit code.
pub(crate) fn ranh(args: &[&str], code: i32) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_ranh")).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "ranh {}\n{said}", args.join(" "));
    output
}

/// A store in a folder of its own, gone with this value.
pub(crate) struct TempStore {
    folder: tempfile::TempDir,
    path: String,
}

impl TempStore {
    /// A place for a store; nothing is there yet.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.gpkg").to_str().unwrap().to_owned();
        Self { folder, path }
    }

    /// The store's path.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// A file beside the store.
    pub(crate) fn beside(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }
}

/// A store that holds the committed sample, imported as a user would.
pub(crate) fn sample_store() -> TempStore {
    let store = TempStore::new();
    let mut files: Vec<_> =
        std::fs::read_dir(root().join("data/sample")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "geojson"));
    files.sort();
    assert!(!files.is_empty(), "the sample is missing");
    for file in files {
        ranh(&["import", file.to_str().unwrap(), "--store", store.path(), "--role", "auto"], 0);
    }
    store
}

/// A running server, stopped with this value.
pub(crate) struct Served {
    child: Child,
    address: String,
}

impl Served {
    /// Serves a store on a free port; returns once the address was printed.
    pub(crate) fn start(store: &str) -> Self {
        Self::start_with(store, &[])
    }

    /// The same with more arguments.
    pub(crate) fn start_with(store: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ranh"))
            .args(["serve", "--store", store, "--listen", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let address = loop {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "the server ended without an address");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.trim().trim_end_matches('/').to_owned();
            }
        };
        Self { child, address }
    }

    /// GETs a path; status, head and body.
    pub(crate) fn request(&self, path: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let address = &self.address;
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\nAccept: application/json\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let split = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("an HTTP answer");
        let head = String::from_utf8_lossy(&answer[..split]).into_owned();
        let status = head.split_whitespace().nth(1).and_then(|s| s.parse().ok()).expect("a status");
        (status, head, answer[split + 4..].to_vec())
    }

    /// GETs JSON; anything but 200 fails the test.
    pub(crate) fn json(&self, path: &str) -> Value {
        let (status, head, body) = self.request(path);
        assert_eq!(status, 200, "{path}\n{head}\n{}", String::from_utf8_lossy(&body));
        json(&body)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
