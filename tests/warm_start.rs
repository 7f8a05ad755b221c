//! A server that finds the tiles of an earlier one beside the store serves the same tiles, byte for byte; and what it
//! finds there is never taken for more than it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

const RANH: &str = env!("CARGO_BIN_EXE_ranh");
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/sample");
/// Files of the sample: borders that are shared, parcels of a plan, and zones, which are never merged.
const COLLECTIONS: [&str; 3] = ["communes", "plan-2021-2030", "zones"];
/// What the log says of each layer, in turn: its tiles were made and kept; they are used; they cannot be.
const KEPT: &str = "prepared tiles are kept";
const USED: &str = "tiles that were kept are used";
const NOT_USED: &str = "tiles that were kept are not used";
const NOT_KEPT: &str = "prepared tiles are not kept";

/// A store with the sample in a folder of its own.
fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("s.gpkg");
    for name in COLLECTIONS {
        let file = format!("{SAMPLE}/{name}.geojson");
        let import =
            Command::new(RANH).args(["import", &file, "--collection", name, "--store"]).arg(&store).output();
        let import = import.unwrap();
        assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    }
    (folder, store)
}

/// A running server with its log.
struct Server {
    child: Child,
    address: String,
    log: BufReader<ChildStderr>,
}

impl Server {
    /// Starts one by a shell, after some words of that.
    fn start(before: &str, store: &Path) -> Self {
        let line = format!("{before} exec '{RANH}' serve --store '{}' --listen 127.0.0.1:0", store.display());
        let mut child = Command::new("sh")
            .args(["-c", &line])
            // A line for every request would fill the pipe.
            .env("RUST_LOG", "server=info,server::answer=warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim().trim_start_matches("Ranh: http://").trim_end_matches('/').to_owned();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, address, log }
    }

    /// Reads the log until it has said of every layer that its tiles are kept, or used, or whatever the words are; of
    /// all that it said by then, the lines with one of the words.
    fn told(&mut self, ends: &[&str], words: &[&str]) -> Vec<String> {
        let (mut said, mut layers) = (Vec::new(), 0);
        while layers < COLLECTIONS.len() {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "the server has ended: {said:?}");
            layers += usize::from(ends.iter().any(|end| line.contains(end)));
            if words.iter().any(|word| line.contains(word)) {
                said.push(line);
            }
        }
        said
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    }

    /// Tags, counts and bytes of all tiles of some zooms over the sample, by path.
    fn tiles(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all = BTreeMap::new();
        for name in COLLECTIONS {
            let about = String::from_utf8(self.get(&format!("/collections/{name}"))).unwrap();
            let about: serde_json::Value =
                serde_json::from_str(about.split_once("\r\n\r\n").unwrap().1).unwrap();
            let bbox: Vec<f64> =
                serde_json::from_value(about["extent"]["spatial"]["bbox"][0].clone()).unwrap();
            for z in [0, 4, 7, 9, 10, 11, 12, 13_u32] {
                let tiles = f64::from(1_u32 << z);
                let column = |longitude: f64| ((longitude + 180.0) / 360.0 * tiles) as u32;
                let row = |latitude: f64| {
                    let way = 1.0 - latitude.to_radians().tan().asinh() / std::f64::consts::PI;
                    (way / 2.0 * tiles) as u32
                };
                for (row, column) in (row(bbox[3])..=row(bbox[1]))
                    .flat_map(|row| (column(bbox[0])..=column(bbox[2])).map(move |column| (row, column)))
                {
                    let path = format!("/collections/{name}/tiles/WebMercatorQuad/{z}/{row}/{column}");
                    all.insert(path.clone(), undated(&self.get(&path)));
                }
            }
        }
        all
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// An answer without what every answer has anew: its date, and the request's own id.
fn undated(answer: &[u8]) -> Vec<u8> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let lasting = |line: &&str| !line.starts_with("date:") && !line.starts_with("x-request-id:");
    let head: Vec<&str> = head.lines().filter(lasting).collect();
    [head.join("\n").as_bytes(), &answer[end..]].concat()
}

/// The files beside a store.
fn kept(store: &Path) -> Vec<PathBuf> {
    let folder = store.with_file_name("s.gpkg.tiles");
    fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_warm_start_serves_the_tiles_of_a_cold_one_and_trusts_no_file_that_is_not_whole() {
    let (_folder, store) = store();
    let mut cold = Server::start("", &store);
    assert_eq!(cold.told(&[KEPT], &[USED]), [""; 0], "nothing was there");
    let tiles = cold.tiles();
    let drawn = tiles.values().filter(|tile| tile.starts_with(b"http/1.1 200")).count();
    assert!(drawn > 100, "{drawn}");
    drop(cold);
    assert_eq!(kept(&store).len(), COLLECTIONS.len());

    let mut warm = Server::start("", &store);
    assert_eq!(warm.told(&[USED], &[KEPT, NOT_USED]), [""; 0]);
    assert!(warm.tiles() == tiles, "warm");
    drop(warm);

    // Of three files one is cut, one is another's, and in one a bit is another.
    let files = kept(&store);
    let mut bytes = fs::read(&files[0]).unwrap();
    fs::write(&files[1], &bytes[..bytes.len() - 1]).unwrap();
    fs::copy(&files[0], &files[2]).unwrap();
    // In the middle of a level's geometry: only who reads that level can tell, as is done ahead of the first tile.
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&files[0], bytes).unwrap();
    let mut wary = Server::start("", &store);
    assert_eq!(wary.told(&[KEPT, USED], &[NOT_USED]).len(), 3, "all are told before a tile is asked for");
    assert!(wary.tiles() == tiles, "wary");
}

#[test]
fn where_nothing_can_be_written_a_warning_is_all_that_comes_of_it() {
    let (_folder, store) = store();
    // A file may have no more than 512 bytes, as where the disk is full.
    let mut full = Server::start("trap '' XFSZ; ulimit -f 1;", &store);
    full.told(&[NOT_KEPT], &[]);
    let tiles = full.tiles();
    drop(full);
    assert_eq!(kept(&store), Vec::<PathBuf>::new());

    let folder = store.with_file_name("s.gpkg.tiles");
    fs::remove_dir(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let mut barred = Server::start("", &store);
    barred.told(&[NOT_KEPT], &[]);
    assert!(barred.tiles() == tiles);
    assert_eq!(fs::read(folder).unwrap(), b"in the way");
}
