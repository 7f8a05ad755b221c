//! Clients that are slow, leave, or come in crowds; work that panics; a server told to stop. Over real connections.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use planning::Event;
use project::{CheckRequest, CheckRun, Version};
use serde_json::{Value, json};
use server::{Content, Limits, Settings, Source, SourceError};
use support::{Memory, collection, feature, rectangle, source};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Longer than anything here takes; reached only when something hangs.
const PATIENCE: Duration = Duration::from_secs(60);
const SOON: Duration = Duration::from_millis(150);

struct Served {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    ended: JoinHandle<std::io::Result<()>>,
}

async fn serve(source: Arc<dyn Source>, limits: Limits) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let settings = Settings { limits, ..Settings::new("none".into(), address) };
    let router =
        tokio::task::spawn_blocking(move || server::service(source, &settings).unwrap()).await.unwrap();
    let (stop, told) = watch::channel(false);
    let ended = tokio::spawn(server::serve_on(listener, router, limits, told));
    Served { address, stop, ended }
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends the text and reads until the server closes.
    async fn say(&self, text: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(text.as_bytes()).await.unwrap();
        rest(&mut stream).await
    }

    async fn get(&self, path: &str) -> String {
        self.say(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).await
    }
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    // A connection that is cut off may end with a reset.
    let _ = read.expect("the server keeps the connection open");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn problem(answer: &str, status: u16) -> Value {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("application/problem+json"), "{head}");
    let problem: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"));
    assert_eq!(problem["status"], status);
    if let Some(id) = problem["request_id"].as_str() {
        assert!(head.contains(&format!("x-request-id: {id}")), "{answer}");
    }
    problem
}

const CHECK: &str = "POST /check HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

#[tokio::test]
async fn headers_and_bodies_that_do_not_come_are_not_waited_for() {
    let served = serve(source(), Limits { headers: SOON, body: SOON, ..Limits::default() }).await;
    for text in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: localhost\r\nx: "] {
        let answer = served.say(text).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{text:?}: {answer}");
    }
    for body in ["content-length: 10\r\n\r\n{", "transfer-encoding: chunked\r\n\r\n1\r\n{\r\n"] {
        let late = problem(&served.say(&format!("{CHECK}{body}")).await, 408);
        assert!(late["detail"].as_str().unwrap().contains("0.15 s"), "{late}");
    }
    assert!(served.get("/health").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn bodies_have_their_limit_however_they_are_sent() {
    let served = serve(source(), Limits { body_bytes: 100, ..Limits::default() }).await;
    problem(&served.say(&format!("{CHECK}connection: close\r\ncontent-length: 101\r\n\r\n")).await, 413);
    let chunk = format!("65\r\n{}\r\n0\r\n\r\n", " ".repeat(101));
    let chunked = format!("{CHECK}connection: close\r\ntransfer-encoding: chunked\r\n\r\n{chunk}");
    problem(&served.say(&chunked).await, 413);
    let within =
        format!("{CHECK}connection: close\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n");
    assert!(served.say(&within).await.starts_with("HTTP/1.1 200"));
}

/// Some megabytes to export: more than the buffers between two ends of a connection hold.
fn large() -> Arc<Memory> {
    let memory = source();
    let filling = "x".repeat(20_000);
    let features = (0..2_000u64).map(|at| {
        let properties = json!({"code": "LUC", "filling": filling});
        feature(at, &format!("f{at}"), rectangle(at as f64, 0.0, 1.0, 1.0), properties)
    });
    let large = collection("large", planning::Role::LandUse, features.collect());
    memory.content.lock().unwrap().collections.push((large, 3));
    memory
}

#[tokio::test]
async fn a_client_that_does_not_read_holds_no_export() {
    let served = serve(large(), Limits { exports: 1, stall: SOON, ..Limits::default() }).await;
    let mut idle = served.connect().await;
    idle.write_all(b"GET /export/large HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    let busy = served.get("/export/plan").await;
    problem(&busy, 503);
    assert!(busy.contains("\r\nretry-after: 10\r\n"), "{busy}");
    // It never reads on; its turn comes to an end all the same.
    let free = async {
        while !served.get("/export/plan").await.starts_with("HTTP/1.1 200") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, free).await.unwrap();
}

#[tokio::test]
async fn too_many_connections_are_told_so() {
    let served = serve(source(), Limits { connections: 2, ..Limits::default() }).await;
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut stream = served.connect().await;
        stream.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        open.push(stream);
    }
    let mut third = served.connect().await;
    let answer = rest(&mut third).await;
    problem(&answer, 503);
    assert!(answer.contains("retry-after: 2"));
    drop(open);
    let free = async { while !served.get("/health").await.starts_with("HTTP/1.1 200") {} };
    tokio::time::timeout(PATIENCE, free).await.unwrap();
}

/// A check that tells when it has begun, and lasts until it is cancelled or told to end; a history that panics.
struct Slow {
    inner: Arc<Memory>,
    tell: Sender<&'static str>,
    end: std::sync::Mutex<Receiver<()>>,
}

impl Source for Slow {
    fn version(&self) -> Result<Version, SourceError> {
        self.inner.version()
    }

    fn read(&self) -> Result<Content, SourceError> {
        self.inner.read()
    }

    fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, SourceError> {
        self.tell.send("begun").unwrap();
        let end = self.end.lock().unwrap();
        while end.recv_timeout(Duration::from_millis(5)).is_err() {
            if request.cancelled.is_some_and(|cancelled| cancelled()) {
                self.tell.send("cancelled").unwrap();
                return Err(SourceError::Busy("It was stopped.".into()));
            }
        }
        self.inner.check(request)
    }

    fn history(&self, _finding: &str) -> Result<Vec<Event>, SourceError> {
        panic!("the secret is 42")
    }
}

struct Ends {
    heard: Receiver<&'static str>,
    end: Sender<()>,
}

fn slow() -> (Arc<Slow>, Ends) {
    let ((tell, heard), (end, ended)) = (channel(), channel());
    (Arc::new(Slow { inner: source(), tell, end: std::sync::Mutex::new(ended) }), Ends { heard, end })
}

impl Ends {
    /// Waits for the check on a thread of its own.
    async fn hears(self, expected: &'static str) -> Self {
        let heard = tokio::task::spawn_blocking(move || {
            let said = self.heard.recv_timeout(PATIENCE).unwrap();
            (self, said)
        });
        let (ends, said) = heard.await.unwrap();
        assert_eq!(said, expected);
        ends
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_a_problem_with_an_id_and_the_server_goes_on() {
    let (source, _ends) = slow();
    let served = serve(source, Limits::default()).await;
    for _ in 0..3 {
        let answer = served.get("/findings/f/history").await;
        let problem = problem(&answer, 500);
        assert!(problem["request_id"].as_str().is_some_and(|id| !id.is_empty()), "{answer}");
        assert!(!answer.contains("secret"), "{answer}");
    }
    assert!(served.get("/collections").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_ends_when_its_client_leaves() {
    let (source, ends) = slow();
    let served = serve(source, Limits::default()).await;
    let mut stream = served.connect().await;
    stream.write_all(format!("{CHECK}content-length: 2\r\n\r\n{{}}").as_bytes()).await.unwrap();
    let ends = ends.hears("begun").await;
    drop(stream);
    ends.hears("cancelled").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_answers_what_is_under_way_and_takes_nothing_new() {
    let (source, ends) = slow();
    let served = serve(source, Limits::default()).await;
    let mut idle = served.connect().await;
    idle.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    let mut stream = served.connect().await;
    stream.write_all(format!("{CHECK}content-length: 2\r\n\r\n{{}}").as_bytes()).await.unwrap();
    let ends = ends.hears("begun").await;
    served.stop.send_replace(true);
    rest(&mut idle).await;
    while TcpStream::connect(served.address).await.is_ok() {}
    ends.end.send(()).unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    tokio::time::timeout(PATIENCE, served.ended).await.unwrap().unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_end_is_not_waited_for_for_ever() {
    let (source, ends) = slow();
    let served = serve(source, Limits { farewell: SOON, ..Limits::default() }).await;
    let mut stream = served.connect().await;
    stream.write_all(format!("{CHECK}content-length: 2\r\n\r\n{{}}").as_bytes()).await.unwrap();
    let ends = ends.hears("begun").await;
    served.stop.send_replace(true);
    tokio::time::timeout(PATIENCE, served.ended).await.unwrap().unwrap().unwrap();
    drop(ends);
}
