//! The package in a system that has nothing but Debian's base: installed by dpkg, filled by the program, served by the
//! unit's own command line, asked from outside.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::command::{program, run, shown};
use crate::problem::Problem;
use crate::tree::Tree;

/// Where the package's settings say that it listens.
const ADDRESS: &str = "127.0.0.1:8080";
/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// What must be answered, and a word that is in the answer.
const ASKED: [(&str, &str); 5] = [
    ("/", "<!doctype html"),
    ("/collections", "\"collections\""),
    ("/collections/zones/items?limit=1", "\"FeatureCollection\""),
    ("/api", "\"openapi\""),
    ("/readyz", "\"ok\""),
];

/// Installs, fills, starts, asks, stops.
pub(crate) fn check(tree: &Tree, package: &Path, root: &Path) -> Result<(), Problem> {
    let inside = root.join("tmp/ranh");
    fs::create_dir_all(&inside).map_err(Problem::file(&inside))?;
    let deb = inside.join("ranh.deb");
    fs::copy(package, &deb).map_err(Problem::file(package))?;
    let zones = tree.root.join("data/sample/zones.geojson");
    fs::copy(&zones, inside.join("zones.geojson")).map_err(Problem::file(&zones))?;
    let store = root.join("var/lib/ranh");
    fs::create_dir_all(&store).map_err(Problem::file(&store))?;
    let chroot = |words: &[&str]| {
        let root = root.to_string_lossy().into_owned();
        program("chroot", &[&[root.as_str()], words].concat(), &tree.root)
    };
    run(&mut chroot(&["dpkg", "--install", "/tmp/ranh/ranh.deb"]))?;
    for tool in ["cargo", "node", "curl"] {
        // A bare system: none of this is there to help.
        if chroot(&["sh", "-c", &format!("command -v {tool}")]).status().is_ok_and(|status| status.success())
        {
            println!("NOTE: {tool} is in {}", root.display());
        }
    }
    run(&mut chroot(&[
        "ranh",
        "import",
        "/tmp/ranh/zones.geojson",
        "--store",
        "/var/lib/ranh/ranh.gpkg",
        "--collection",
        "zones",
        "--role",
        "zone",
    ]))?;
    let words = start_line(root)?;
    let words: Vec<&str> = words.split_whitespace().collect();
    let server = start(chroot(&words))?;
    let answered = ASKED.iter().try_for_each(|(path, word)| expect(path, word));
    stop(server)?;
    answered
}

/// The command line of the installed unit.
fn start_line(root: &Path) -> Result<String, Problem> {
    let unit = root.join("lib/systemd/system/ranh.service");
    let text = fs::read_to_string(&unit).map_err(Problem::file(&unit))?;
    let line = text.lines().find_map(|line| line.strip_prefix("ExecStart="));
    line.map(str::to_owned).ok_or(Problem::Absent { path: unit, need: "it should have ExecStart" })
}

fn start(mut command: Command) -> Result<Child, Problem> {
    println!("$ {}", shown(&command));
    command.spawn().map_err(|source| Problem::NotStarted { line: shown(&command), source })
}

/// Tells it to stop as systemd does, and waits.
fn stop(mut server: Child) -> Result<(), Problem> {
    let id = server.id().to_string();
    run(&mut program("kill", &["-TERM", &id], Path::new(".")))?;
    let status = server.wait().map_err(|source| Problem::NotStarted { line: "ranh serve".into(), source })?;
    if status.success() {
        return Ok(());
    }
    Err(Problem::Failed { line: "ranh serve".into(), ending: status.to_string() })
}

fn expect(path: &str, word: &str) -> Result<(), Problem> {
    let begun = Instant::now();
    loop {
        let answer = ask(path).unwrap_or_default();
        if answer.starts_with("HTTP/1.1 200") && answer.to_lowercase().contains(&word.to_lowercase()) {
            println!("GET {path}: {} bytes, with {word}", answer.len());
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            let head: String = answer.chars().take(300).collect();
            return Err(Problem::Failed {
                line: format!("GET {path}"),
                ending: format!("no {word} in: {head}"),
            });
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn ask(path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(ADDRESS)?;
    let accept = if path == "/" { "text/html" } else { "application/json" };
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {ADDRESS}\r\naccept: {accept}\r\nconnection: close\r\n\r\n"
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
