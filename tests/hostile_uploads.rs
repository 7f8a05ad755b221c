//! Files that are made to harm, sent to a running server one after the other: each is refused with words or told as what it is, the
//! server answers others all the while, its memory stays bounded, nothing is left of them and nothing is taken in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

#[path = "hostile_uploads/files.rs"]
mod files;
#[path = "hostile_uploads/server.rs"]
mod server;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;

use server::Server;

/// What a server may grow by, bytes: a few bodies and what is made of the largest file that may be taken.
const MOST_MORE: u64 = 192 << 20;

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

#[test]
fn a_server_goes_on_whatever_is_sent_to_it() {
    let server = Server::start(&[
        "limits.upload_bytes=16777216",
        "limits.unpacked_bytes=33554432",
        "limits.uploads_bytes=67108864",
        "limits.body_s=1",
        "limits.upload_s=3",
        "limits.look_s=5",
    ]);
    let (before, revision) = (server.resident_bytes(), server.revision());
    let files = files::hostile();
    assert!(files.len() >= 60, "{} files", files.len());
    let mut told = 0;
    for (name, bytes) in &files {
        let answer = server.upload(name, bytes);
        let status = answer.status;
        assert!(
            matches!(status, 201 | 400 | 413 | 422),
            "{name}: {status} {}",
            answer.body.chars().take(300).collect::<String>()
        );
        if status == 201 {
            told += 1;
            server.give_up(&answer);
        } else {
            assert!(answer.body.contains("\"detail\""), "{name}: {}", answer.body);
            assert!(!answer.body.contains("root:"), "{name} was let out of its folder");
        }
        assert_eq!(server.get("/health").status, 200, "after {name}");
    }
    println!("{} files, {told} of them told, the others refused", files.len());
    assert_eq!(server.revision(), revision, "nothing was taken in");
    let left: Vec<String> =
        below(&server.uploads()).into_iter().filter(|name| !name.ends_with("lock")).collect();
    assert_eq!(left, Vec::<String>::new());
    let more = server.most_resident_bytes().saturating_sub(before);
    println!("the server's memory grew by {} MB at most", more >> 20);
    assert!(more < MOST_MORE, "{more} bytes");
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
