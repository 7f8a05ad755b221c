//! What can happen to a store in use: the disk is full, a file may grow no further, an import is killed, a backup is
//! put back. The store keeps a whole revision, and a server over it goes on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const RANH: &str = env!("CARGO_BIN_EXE_ranh");
/// Longer than anything here takes; reached only when something hangs.
const PATIENCE: Duration = Duration::from_secs(60);

fn ranh(arguments: &[&str]) -> Output {
    Command::new(RANH).args(arguments).output().unwrap()
}

fn done(arguments: &[&str]) -> String {
    let output = ranh(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Squares of 1 km beside each other, in longitude and latitude, each with some text.
fn squares(file: &Path, count: usize, name: &str) {
    let feature = |at: usize| {
        let (x, y) = (105.0 + (at % 100) as f64 * 0.01, 20.0 + (at / 100) as f64 * 0.01);
        let (right, top) = (x + 0.01, y + 0.01);
        format!(
            r#"{{"type":"Feature","id":"{name}{at}","properties":{{"name":"{name}","note":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{right},{y}],[{right},{top}],[{x},{top}],[{x},{y}]]]}}}}"#,
            "n".repeat(400)
        )
    };
    let features: Vec<String> = (0..count).map(feature).collect();
    fs::write(file, format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")))
        .unwrap();
}

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A store with a small collection, and a file with a large one.
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        squares(&place.path("small.geojson"), 20, "small");
        squares(&place.path("large.geojson"), 6_000, "large");
        place.import("small.geojson");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn import(&self, file: &str) {
        done(&[
            "import",
            &self.text(file),
            "--store",
            &self.text("s.gpkg"),
            "--collection",
            "zones",
            "--role",
            "zone",
        ]);
    }

    fn exported(&self, store: &str) -> String {
        done(&["export", "zones", "--store", &self.text(store)])
    }

    fn importing(&self) -> Command {
        let mut command = Command::new(RANH);
        command.args(["import", &self.text("large.geojson"), "--store", &self.text("s.gpkg")]);
        command.args(["--collection", "zones", "--role", "zone"]);
        command
    }
}

/// Shell words that run an import of the large file after something else.
fn after(place: &Place, before: &str, store: &str) -> Output {
    let line = format!(
        "{before} && exec '{RANH}' import '{}' --store '{store}' --collection zones --role zone",
        place.text("large.geojson")
    );
    Command::new("sh").args(["-c", &line]).output().unwrap()
}

/// A file that may not grow (in blocks of 512 bytes), with the signal for that ignored and not: the import fails with
/// words, or is killed; in the journal or in the store itself.
#[test]
fn a_file_that_may_not_grow_leaves_the_old_revision() {
    let place = Place::new();
    let before = place.exported("s.gpkg");
    for (blocks, trap) in [(1, "trap '' XFSZ"), (300, "trap '' XFSZ"), (900, "trap '' XFSZ"), (900, "true")] {
        let output = after(&place, &format!("{trap} && ulimit -f {blocks}"), &place.text("s.gpkg"));
        assert!(!output.status.success(), "{blocks}");
        if trap != "true" {
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{blocks}: {said}");
            assert!(said.contains("s.gpkg") && said.contains("disk"), "{blocks}: {said}");
        }
        assert_eq!(place.exported("s.gpkg"), before, "{blocks} {trap}");
    }
    place.import("large.geojson");
    assert!(place.exported("s.gpkg").len() > before.len());
}

#[test]
fn a_full_disk_leaves_the_old_revision() {
    let place = Place::new();
    let before = place.exported("s.gpkg");
    let disk = place.text("disk");
    fs::create_dir(&disk).unwrap();
    let store = format!("{disk}/s.gpkg");
    // The disk is there for this shell alone; what is left on it is copied out before it ends.
    let script = format!(
        "mount -t tmpfs -o size=1m none '{disk}' && cp '{}' '{store}' || exit 77\n\
         '{RANH}' import '{}' --store '{store}' --collection zones --role zone; code=$?\n\
         '{RANH}' export zones --store '{store}' > '{}' || exit 78\n\
         '{RANH}' backup '{disk}/b.gpkg' --store '{store}' && '{RANH}' backup '{disk}/c.gpkg' --store '{store}'\n\
         ls '{disk}' > '{}'; exit $code",
        place.text("s.gpkg"),
        place.text("large.geojson"),
        place.text("left.geojson"),
        place.text("names"),
    );
    let output =
        Command::new("unshare").args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]).output();
    let output = match output {
        Ok(output) if output.status.code() != Some(77) && !not_let(&output) => output,
        _ => return println!("NOT TESTED: this machine lets nobody make a small disk"),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("full"), "{said}");
    assert_eq!(fs::read_to_string(place.path("left.geojson")).unwrap(), before);
    let names = fs::read_to_string(place.path("names")).unwrap();
    assert!(!names.contains("part") && !names.contains("journal"), "nothing half done is left: {names}");
}

fn not_let(output: &Output) -> bool {
    output.status.code() == Some(1) && String::from_utf8_lossy(&output.stderr).starts_with("unshare:")
}

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(store: &str) -> Self {
        let mut child = Command::new(RANH)
            .args(["serve", "--store", store, "--listen", "127.0.0.1:0", "--set", "limits.poll_s=0.05"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("Ranh: http://").trim_end_matches('/').to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    /// Asks until the answer has the words.
    fn until(&self, path: &str, words: &str) {
        let begun = Instant::now();
        loop {
            let (status, body) = self.get(path);
            if body.contains(words) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{path} has no {words}: {status} {body}");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn a_server_goes_on_over_imports_that_are_killed_and_shows_one_that_is_whole() {
    let place = Place::new();
    let server = Server::start(&place.text("s.gpkg"));
    let items = "/collections/zones/items?limit=1";
    server.until(items, "\"numberMatched\":20");
    let journal = place.path("s.gpkg-journal");
    for _ in 0..3 {
        let mut importing = place.importing().stdout(Stdio::null()).spawn().unwrap();
        while !journal.exists() && importing.try_wait().unwrap().is_none() {}
        importing.kill().unwrap();
        importing.wait().unwrap();
        for path in [items, "/collections", "/healthz"] {
            assert_eq!(server.get(path).0, 200, "{path}");
        }
    }
    server.until("/readyz", "\"status\":\"ok\"");
    place.import("large.geojson");
    server.until(items, "\"numberMatched\":6000");
}

#[test]
fn a_backup_of_a_served_store_is_put_back_under_the_server() {
    let place = Place::new();
    let before = place.exported("s.gpkg");
    let server = Server::start(&place.text("s.gpkg"));
    let items = "/collections/zones/items?limit=1";
    server.until(items, "\"numberMatched\":20");
    let (store, backup) = (place.text("s.gpkg"), place.text("b.gpkg"));
    assert!(done(&["backup", &backup, "--store", &store]).contains("revision 1"));
    assert_eq!(
        ranh(&["backup", &backup, "--store", &store]).status.code(),
        Some(2),
        "it is not written over"
    );
    place.import("large.geojson");
    server.until(items, "\"numberMatched\":6000");
    let said = done(&["restore", &backup, "--store", &store]);
    assert!(said.contains("before-restore"), "{said}");
    assert_eq!(place.exported("s.gpkg"), before);
    server.until(items, "\"numberMatched\":20");
    assert_eq!(server.get("/readyz").0, 200);
    // The number of the revision comes a second time, with other content.
    squares(&place.path("small.geojson"), 30, "again");
    place.import("small.geojson");
    server.until(items, "\"numberMatched\":30");
}
