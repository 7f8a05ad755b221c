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

/// Builds `target/dist/ranh_VERSION_amd64.deb`.
pub(crate) fn build(tree: &Tree, ranh: &Path, packed: Packed) -> Result<PathBuf, Problem> {
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

/// SQLite and zstd are in the program; what is left of the system is C's own library.
fn control(version: &str, layout: &Path) -> Result<String, Problem> {
    let binary = layout.join("usr/bin/ranh");
    let size_kib = fs::metadata(&binary).map_err(Problem::file(&binary))?.len() / 1024;
    Ok(format!(
        "Package: ranh\nVersion: {version}\nArchitecture: amd64\nMaintainer: Ranh <ranh@localhost>\n\
         Installed-Size: {size_kib}\nDepends: libc6 (>= 2.36), libgcc-s1\nSection: science\nPriority: optional\n\
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
