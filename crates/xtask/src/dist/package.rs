//! The package's files, laid out and packed by dpkg-deb.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::notices;
use crate::command::{program, run};
use crate::problem::Problem;
use crate::tree::Tree;

/// Files of the package: where they come from, where they go, and their mode.
const FILES: [(&str, &str, u32); 6] = [
    ("crates/xtask/packaging/ranh.service", "lib/systemd/system/ranh.service", 0o644),
    ("crates/xtask/packaging/ranh.toml", "etc/ranh/ranh.toml", 0o644),
    ("crates/xtask/packaging/ranh.1", "usr/share/man/man1/ranh.1", 0o644),
    ("crates/xtask/packaging/postinst", "DEBIAN/postinst", 0o755),
    ("crates/xtask/packaging/prerm", "DEBIAN/prerm", 0o755),
    ("README.md", "usr/share/doc/ranh/README.md", 0o644),
];

/// How the package is packed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Packed {
    /// For those who fetch it.
    Small,
    /// To be tried at once.
    Quickly,
}

/// Builds `target/dist/ranh_VERSION_amd64.deb` of the program and, where there is one, its GDAL worker.
pub(crate) fn build(
    tree: &Tree,
    ranh: &Path,
    worker: Option<&Path>,
    packed: Packed,
) -> Result<PathBuf, Problem> {
    let version = version(tree)?;
    let folder = tree.target.join("dist");
    let layout = folder.join("layout");
    if layout.exists() {
        fs::remove_dir_all(&layout).map_err(Problem::file(&layout))?;
    }
    for (from, to, mode) in FILES {
        put(&tree.root.join(from), &layout.join(to), mode)?;
    }
    put(ranh, &layout.join("usr/bin/ranh"), 0o755)?;
    match worker {
        Some(worker) => put(worker, &layout.join("usr/bin/ranh-gdal"), 0o755)?,
        None => println!("WITHOUT ranh-gdal in the package: there is no libgdal-dev to build it with."),
    }
    write(&layout.join("usr/share/doc/ranh/copyright"), &notices::text(tree)?)?;
    write(&layout.join("DEBIAN/conffiles"), "/etc/ranh/ranh.toml\n")?;
    write(&layout.join("DEBIAN/control"), &control(&version, &layout)?)?;
    let package = folder.join(format!("ranh_{version}_amd64.deb"));
    let (from, to) = (layout.to_string_lossy(), package.to_string_lossy());
    let coding: &[&str] = match packed {
        Packed::Small => &["-Zxz"],
        Packed::Quickly => &["-Zgzip", "-z1"],
    };
    let words = [&["--root-owner-group"], coding, &["--build", &from, &to]].concat();
    run(&mut program("dpkg-deb", &words, &tree.root))?;
    Ok(package)
}

/// The workspace's version.
fn version(tree: &Tree) -> Result<String, Problem> {
    let manifest = tree.root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(Problem::file(&manifest))?;
    let line = text.lines().find_map(|line| line.strip_prefix("version = \""));
    let version = line.and_then(|rest| rest.split('"').next()).map(str::to_owned);
    version.ok_or(Problem::Absent { path: manifest, need: "it names the version of the package" })
}

/// SQLite and zstd are in the program; what is left of the system is C's own library, and GDAL for the worker.
fn control(version: &str, layout: &Path) -> Result<String, Problem> {
    let size = |name: &str| fs::metadata(layout.join("usr/bin").join(name)).map(|facts| facts.len());
    let worker = size("ranh-gdal").ok();
    let ranh = size("ranh").map_err(Problem::file(layout))?;
    let size_kib = (ranh + worker.unwrap_or_default()) / 1024;
    // The worker alone needs it, and what does not go through the worker works without.
    let recommends = if worker.is_some() { "Recommends: libgdal32\n" } else { "" };
    Ok(format!(
        "Package: ranh\nVersion: {version}\nArchitecture: amd64\nMaintainer: Ranh <ranh@localhost>\n\
         Installed-Size: {size_kib}\nDepends: libc6 (>= 2.36), libgcc-s1\n{recommends}Section: science\nPriority: optional\n\
         Description: zone boundaries against land-use plans, on a map and in hectares\n \
         Checks boundaries of industrial zones against land-use plans and administrative\n \
         borders, and serves the map and OGC APIs. Needs no internet.\n"
    ))
}

fn put(from: &Path, to: &Path, mode: u32) -> Result<(), Problem> {
    make_folder(to)?;
    fs::copy(from, to).map_err(Problem::file(from))?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode)).map_err(Problem::file(to))
}

fn write(to: &Path, text: &str) -> Result<(), Problem> {
    make_folder(to)?;
    fs::write(to, text).map_err(Problem::file(to))
}

fn make_folder(file: &Path) -> Result<(), Problem> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).map_err(Problem::file(folder))
}
