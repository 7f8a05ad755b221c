//! The package in a system that has nothing but Debian's base: installed by dpkg, filled by the program, served by the
//! unit's own command line as the unit would have it, asked from outside, backed up and restored under load, removed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::asking::{Server, expect, upload};
use super::sandbox::{self, Sandbox};
use super::{backup, unit};
use crate::command::{program, run};
use crate::problem::Problem;
use crate::tree::Tree;

/// Where the package's settings say that it listens.
const ADDRESS: &str = "127.0.0.1:8080";
/// Where the unit keeps its store, from the root.
const STORE: &str = "var/lib/ranh";
/// Layers of the sample that are imported.
const LAYERS: [&str; 4] = ["communes", "plan-2021-2030", "water", "zones"];
/// What must be answered, and a word that is in the answer.
const ASKED: [(&str, &str); 7] = [
    ("/readyz", "\"ok\""),
    ("/style", "\"sources\""),
    ("/collections", "\"collections\""),
    ("/collections/zones/items?limit=1", "\"FeatureCollection\""),
    ("/api", "\"openapi\""),
    ("/formats", "\"worker_missing\""),
    ("/", "/assets/app-"),
];

/// A bare system with what is done in it.
pub(super) struct Bare<'a> {
    pub(super) tree: &'a Tree,
    pub(super) root: &'a Path,
}

/// Installs, fills, starts, asks, backs up and restores, stops, removes.
pub(super) fn check(tree: &Tree, package: &Path, root: &Path) -> Result<(), Problem> {
    let bare = Bare { tree, root };
    bare.install(package)?;
    unit::check(tree, root)?;
    bare.fill()?;
    let address = bare.address()?;
    let sandbox = Sandbox::of(tree, root)?;
    let line = bare.start_line()?;
    println!("$ {} (as user {}, in a system that it cannot write to)", line.join(" "), sandbox::USER);
    let log = tree.target.join("dist/server.log");
    println!("what it says goes to {}", log.display());
    let server = Server::start(sandbox.command(&line), &address, &log)?;
    let done = bare.serve(&address);
    server.stop()?;
    done?;
    sandbox.judge(root)?;
    bare.remove()
}

impl Bare<'_> {
    /// A program in there.
    pub(super) fn command(&self, words: &[&str]) -> Command {
        let root = self.root.to_string_lossy().into_owned();
        program("chroot", &[&[root.as_str()], words].concat(), &self.tree.root)
    }

    fn install(&self, package: &Path) -> Result<(), Problem> {
        let deb = self.root.join("tmp/ranh.deb");
        fs::copy(package, &deb).map_err(Problem::file(package))?;
        for tool in ["cargo", "node", "curl", "sqlite3"] {
            // A bare system: none of this is there to help.
            let looked = self.command(&["sh", "-c", &format!("command -v {tool}")]).output();
            if looked.is_ok_and(|looked| looked.status.success()) {
                println!("NOTE: {tool} is in {}", self.root.display());
            }
        }
        run(&mut self.command(&["dpkg", "--install", "/tmp/ranh.deb"]))
    }

    /// As the manual says: by root, before the first start.
    fn fill(&self) -> Result<(), Problem> {
        let folder = self.root.join(STORE);
        fs::create_dir_all(&folder).map_err(Problem::file(&folder))?;
        for layer in LAYERS {
            let from = self.tree.root.join(format!("data/sample/{layer}.geojson"));
            let inside = format!("tmp/{layer}.geojson");
            fs::copy(&from, self.root.join(&inside)).map_err(Problem::file(&from))?;
            let words = ["ranh", "import", &format!("/{inside}"), "--store", backup::STORE, "--role", "auto"];
            run(&mut self.command(&words))?;
        }
        // What systemd does for DynamicUser and StateDirectory.
        let owner = format!("{0}:{0}", sandbox::USER);
        run(&mut program("chown", &["-R", &owner, &folder.to_string_lossy()], &self.tree.root))
    }

    /// Where the server will listen: as the settings say, or, where somebody else does already, as they are changed.
    fn address(&self) -> Result<String, Problem> {
        if std::net::TcpListener::bind(ADDRESS).is_ok() {
            return Ok(ADDRESS.to_owned());
        }
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let free = free.map_err(Problem::file(Path::new("127.0.0.1:0")))?.to_string();
        println!("NOTE: {ADDRESS} is taken here, so that the settings are changed to {free}");
        let settings = self.root.join("etc/ranh/ranh.toml");
        let text = fs::read_to_string(&settings).map_err(Problem::file(&settings))?;
        fs::write(&settings, text.replace(ADDRESS, &free)).map_err(Problem::file(&settings))?;
        Ok(free)
    }

    /// The command line of the installed unit.
    fn start_line(&self) -> Result<Vec<String>, Problem> {
        let path = unit::path(self.root);
        let text = fs::read_to_string(&path).map_err(Problem::file(&path))?;
        let line = text.lines().find_map(|line| line.strip_prefix("ExecStart="));
        let line = line.ok_or(Problem::Absent { path, need: "it should have ExecStart" })?;
        Ok(line.split_whitespace().map(str::to_owned).collect())
    }

    fn serve(&self, address: &str) -> Result<(), Problem> {
        for (path, word) in ASKED {
            // Without the map in the program there is no page.
            if path != "/" || self.tree.has_bundle() {
                expect(address, path, word)?;
            }
        }
        self.take_files(address)?;
        backup::under_load(self, address)
    }

    /// Files are taken where the unit lets the server write; what GDAL would read is refused with the package that is missing.
    fn take_files(&self, address: &str) -> Result<(), Problem> {
        let plain =
            r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[106,21]}}"#;
        let mut cases = vec![("point.geojson", plain, 201, "GeoJSON")];
        // In a bare system the worker cannot start; it may be absent where it could not be built.
        if self.root.join("usr/bin/ranh-gdal").exists() {
            cases.push(("a.mif", "Version 300\n", 422, "libgdal"));
        }
        for (name, content, status, word) in cases {
            let answer = upload(address, name, content).map_err(Problem::file(self.root))?;
            let line = format!("POST /uploads?name={name}");
            if answer.status != status || !answer.body.contains(word) {
                let ending = format!("{}, without {word}: {}", answer.status, answer.body);
                return Err(Problem::Failed { line, ending });
            }
            println!("{line}: {status}, with {word}");
        }
        Ok(())
    }

    /// The program goes, what was entered stays.
    fn remove(&self) -> Result<(), Problem> {
        run(&mut self.command(&["dpkg", "--remove", "ranh"]))?;
        let [binary, store] = ["usr/bin/ranh", "var/lib/ranh/ranh.gpkg"].map(|path| self.root.join(path));
        if binary.exists() || !store.exists() {
            let line = "dpkg --remove ranh".into();
            let ending = "the program should be gone and the store should have stayed".into();
            return Err(Problem::Failed { line, ending });
        }
        Ok(())
    }

    /// A file in there, as it is seen from outside.
    pub(super) fn outside(&self, inside: &str) -> PathBuf {
        self.root.join(inside.trim_start_matches('/'))
    }
}
