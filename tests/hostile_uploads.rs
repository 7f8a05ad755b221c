//! Files that are made to harm, no two of one kind, sent to a running server several at a time: each is refused with words, or taken
//! as what it is and that is told. The server answers others all the while, its memory stays bounded, nothing is left of them,
//! no collection that was there changes, and neither the server nor a worker opens a file outside its folders or calls anybody.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

#[path = "hostile_uploads/archives.rs"]
mod archives;
#[path = "hostile_uploads/calls.rs"]
mod calls;
#[path = "hostile_uploads/databases.rs"]
mod databases;
#[path = "hostile_uploads/documents.rs"]
mod documents;
#[path = "hostile_uploads/foreign.rs"]
mod foreign;
#[path = "hostile_uploads/good.rs"]
mod good;
#[path = "hostile_uploads/kind.rs"]
mod kind;
#[path = "hostile_uploads/mutated.rs"]
mod mutated;
#[path = "hostile_uploads/planted.rs"]
mod planted;
#[path = "hostile_uploads/sending.rs"]
mod sending;
#[path = "hostile_uploads/server.rs"]
mod server;
#[path = "hostile_uploads/trap.rs"]
mod trap;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;

use good::Good;
use kind::{End, Kind};
use sending::{Told, send_all};
use server::Server;
use trap::{SECRET, Trap};

/// What a server may grow by, bytes: a few bodies and what is made of the largest file that may be taken.
const MOST_MORE: u64 = 1 << 30;

/// Files below a folder, by their names.
fn below(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path().is_dir() {
            true => names.extend(below(&entry.path())),
            false => names.push(entry.path().display().to_string()),
        }
    }
    names
}

/// Every kind; those that the worker reads only where it was built.
fn kinds(trap: &Trap) -> Vec<Kind> {
    let mut kinds = archives::all(&trap.path("s.geojson"));
    kinds.extend(documents::all(trap));
    let worker = Path::new(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal");
    if worker.exists() {
        let good = Good::made();
        kinds.extend(foreign::all(trap, &good));
        kinds.extend(databases::all(trap, &good));
        kinds.extend(mutated::all(&good));
    } else {
        println!("WITHOUT ranh-gdal, which was not built: only files that are read without it are sent.");
    }
    kinds
}

/// Whether what was told of a kind is what a person has to be told, and no word of the server's folder; else what is wrong.
fn judged(kind: &Kind, told: &Told, folder: &str) -> Result<(), String> {
    let ended = if told.taken { End::Taken } else { End::Refused };
    let known = matches!(told.status, 200 | 201 | 400 | 413 | 422);
    if !known {
        return Err(format!("status {}", told.status));
    }
    if kind.end != End::Either && kind.end != ended {
        return Err(format!("it was {ended:?}"));
    }
    if ended == End::Refused && told.words.len() < 20 {
        return Err("nothing is said of it".to_owned());
    }
    if told.words.contains("panicked") || told.words.contains(folder) {
        return Err("it tells what is nobody's business".to_owned());
    }
    if told.leaked {
        return Err("it let a secret out".to_owned());
    }
    if !told.words.contains(kind.words) {
        return Err(format!("\"{}\" is not said", kind.words));
    }
    if ended == End::Refused
        && !kind.some.is_empty()
        && !kind.some.iter().any(|some| told.words.contains(some))
    {
        return Err(format!("none of {:?} is said", kind.some));
    }
    Ok(())
}

#[test]
fn a_server_goes_on_whatever_is_sent_to_it() {
    let trap = Trap::set();
    let kinds = kinds(&trap);
    let different: BTreeSet<&str> = kinds.iter().map(|kind| kind.what.as_str()).collect();
    assert!(
        different.len() >= 60 && different.len() == kinds.len(),
        "{} of {}",
        different.len(),
        kinds.len()
    );
    let silent =
        kinds.iter().filter(|kind| kind.words.is_empty() && kind.some.is_empty() && kind.end != End::Taken);
    let silent: Vec<&str> = silent.map(|kind| kind.what.as_str()).collect();
    assert_eq!(silent, Vec::<&str>::new(), "of each that may be refused, what is to be told is known before");
    let log = tempfile::tempdir().unwrap();
    let log = log.path().join("calls");
    let watching = calls::watching(&log);
    let server = Server::started(
        &[
            "limits.upload_bytes=16777216",
            "limits.unpacked_bytes=33554432",
            "limits.uploads_bytes=268435456",
            "limits.body_s=10",
            "limits.look_s=5",
            "limits.worker_memory_bytes=1073741824",
            "limits.worker_start_cpu_s=5",
            "limits.worker_silence_s=10",
        ],
        &watching,
    );
    let before = server.resident_bytes();
    // But for the time of the answer.
    let shown = || {
        let body = server.get("/collections/zones/items?f=json").body;
        body.split("\"timeStamp\"").next().unwrap_or_default().to_owned()
    };
    let zones = shown();
    let told = send_all(&server, &kinds);
    let mut wrong = Vec::new();
    for (kind, told) in kinds.iter().zip(&told) {
        if let Err(what) = judged(kind, told, &server.folder().display().to_string()) {
            wrong.push(format!("{}: {what}: {} {}", kind.what, told.status, told.words));
        }
    }
    let taken = told.iter().filter(|told| told.taken).count();
    println!("{} kinds, {taken} of them taken as what they are, the others refused", kinds.len());
    let more = server.most_resident_bytes().saturating_sub(before);
    println!("the server's memory grew by {} MB at most", more >> 20);
    assert_eq!(wrong, Vec::<String>::new());
    assert!(more < MOST_MORE, "{more} bytes");
    assert_eq!(shown(), zones, "what was there is as it was");
    let left: Vec<String> =
        below(&server.uploads()).into_iter().filter(|name| !name.ends_with("lock")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(trap.was_left_alone(), "somebody called {}", trap.url());
    let folder = server.folder().to_owned();
    drop(server);
    if watching.is_empty() {
        println!(
            "WITHOUT strace: which files were opened is not shown, but for the secret that no answer has."
        );
        return;
    }
    let programs = Path::new(env!("CARGO_BIN_EXE_ranh")).parent().unwrap();
    let calls = calls::judged(&log, &folder, programs);
    println!("{} workers; {} files opened, none outside", calls.workers, calls.opened);
    assert_eq!(calls.wrong, Vec::<String>::new());
    assert!(calls.opened > kinds.len(), "{calls:?}");
}

/// What each kind of sender does after its head, as far as the server lets it.
type Sender = fn(&mut TcpStream);

#[test]
fn bodies_without_end_and_senders_without_haste_hold_nobody_up() {
    let server = Server::start(&[
        "limits.upload_bytes=4194304",
        "limits.body_s=1",
        "limits.upload_s=2",
        "limits.uploads=4",
    ]);
    let before = server.resident_bytes();
    let endless: Sender = |stream| {
        let chunk = [b"10000\r\n".as_slice(), &vec![b'x'; 65_536], b"\r\n"].concat();
        while stream.write_all(&chunk).is_ok() {}
    };
    let silent: Sender = |stream| {
        let _ = stream.write_all(b"5\r\n{\"typ\r\n");
    };
    let dripping: Sender = |stream| {
        // One byte at a time, and never the last one: nobody sends the word that would end the waiting.
        let (_word, wait) = std::sync::mpsc::channel::<()>();
        while stream.write_all(b"1\r\n \r\n").is_ok() {
            let _ = wait.recv_timeout(std::time::Duration::from_millis(100));
        }
    };
    let leaving: Sender = |stream| {
        let _ = stream.write_all(b"5\r\n{\"typ\r\n");
        let _ = stream.shutdown(Shutdown::Both);
    };
    let garbled: Sender = |stream| {
        let _ = stream.write_all(b"zzz\r\n{\"type\":\r\n");
    };
    for (what, sender, statuses) in [
        ("endless", endless, &["413"][..]),
        ("silent", silent, &["408"]),
        ("dripping", dripping, &["408"]),
        ("leaving", leaving, &[]),
        ("garbled", garbled, &["400"]),
    ] {
        let mut stream = server.begin_upload("a.geojson");
        let mut reading = stream.try_clone().unwrap();
        let sending = std::thread::spawn(move || sender(&mut stream));
        // Others are answered while it sends.
        assert_eq!(server.get("/health").status, 200, "{what}");
        let mut answer = Vec::new();
        // A connection that is broken off after its answer may say so before the answer is read whole.
        let _ = reading.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        sending.join().unwrap();
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(status.is_empty() || statuses.contains(&status), "{what}: {answer}");
        assert!(what == "leaving" || what == "endless" || !status.is_empty(), "{what} got no answer");
    }
    // None of them keeps its place: as many as may be are taken again.
    for _ in 0..4 {
        assert_eq!(server.upload("a.geojson", server::GOOD.as_bytes()).status, 201);
    }
    assert_eq!(server.upload("a.geojson", server::GOOD.as_bytes()).status, 503);
    let more = server.most_resident_bytes().saturating_sub(before);
    assert!(more < MOST_MORE, "{more} bytes");
}
