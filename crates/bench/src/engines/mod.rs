//! The engines: ours and its peers, each given the same zones and the same candidates.

#[cfg(feature = "peers")]
mod geo_ops;
#[cfg(feature = "peers")]
mod geos_ops;
#[cfg(feature = "peers")]
mod i_overlay_ops;
#[cfg(feature = "peers")]
pub(crate) mod index_ops;
pub(crate) mod ours;
#[cfg(feature = "peers")]
mod peer;
#[cfg(feature = "peers")]
pub(crate) mod recheck_ops;
#[cfg(feature = "peers")]
pub(crate) mod validity_ops;

use std::path::PathBuf;

use clap::ValueEnum;

use crate::problem::Problem;
use crate::share::Share;

/// Who computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Engine {
    /// The engine of this workspace.
    Ours,
    /// GEOS on f64: plain intersection, then its area.
    Geos,
    /// GEOS, the zone prepared: intersection only where the two do cross.
    GeosPrepared,
    /// i_overlay on f64 coordinates, its own grid of 64-bit integers for each pair.
    IOverlay,
    /// BooleanOps of the crate geo.
    Geo,
    /// shapely (Python, a newer GEOS), zones prepared.
    Shapely,
    /// DuckDB's spatial join (through Python).
    Duckdb,
}

/// What an engine is to do.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Folder of `cells.bin` and `zones.bin`.
    pub(crate) workload: PathBuf,
    /// Folder of the run: candidates in, shares out.
    pub(crate) folder: PathBuf,
    /// Every how many zones one is taken.
    pub(crate) every: usize,
    /// How often quick work is repeated; the least counts.
    pub(crate) repeat: usize,
}

impl Job {
    /// A file of the workload.
    pub(crate) fn data(&self, name: &str) -> PathBuf {
        self.workload.join(name)
    }

    /// The run's candidates.
    pub(crate) fn pairs(&self) -> PathBuf {
        self.folder.join("pairs.bin")
    }
}

impl Engine {
    /// Everybody but us, the exact ones first.
    pub(crate) const PEERS: [Self; 6] =
        [Self::Geos, Self::GeosPrepared, Self::IOverlay, Self::Geo, Self::Shapely, Self::Duckdb];

    /// Its name on the command line and in files.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// Whether it is run by Python.
    pub(crate) fn is_python(self) -> bool {
        matches!(self, Self::Shapely | Self::Duckdb)
    }

    /// Whether this build has it (Python's are the machine's matter).
    pub(crate) fn is_built_in(self) -> bool {
        cfg!(feature = "peers") || self == Self::Ours
    }

    /// Does the engine's share of `bench overlap` in this process.
    pub(crate) fn overlap(self, job: &Job) -> Result<Share, Problem> {
        match self {
            Self::Ours => ours::overlap(job),
            #[cfg(feature = "peers")]
            Self::Geos => geos_ops::plain(job),
            #[cfg(feature = "peers")]
            Self::GeosPrepared => geos_ops::prepared(job),
            #[cfg(feature = "peers")]
            Self::IOverlay => i_overlay_ops::overlap(job),
            #[cfg(feature = "peers")]
            Self::Geo => geo_ops::overlap(job),
            #[cfg(not(feature = "peers"))]
            Self::Geos | Self::GeosPrepared | Self::IOverlay | Self::Geo => {
                Err(Problem::Absent { engine: "the peer", why: "built without the feature `peers`" })
            }
            Self::Shapely | Self::Duckdb => {
                Err(Problem::Absent { engine: "the peer", why: "Python runs it" })
            }
        }
    }
}

/// What the linked GEOS calls itself.
#[cfg(feature = "peers")]
pub(crate) fn geos_version() -> String {
    geos_ops::version()
}

/// The crate geo with the overlay that it takes.
#[cfg(feature = "peers")]
pub(crate) fn geo_version() -> String {
    let of = |name| locked(name).first().copied().unwrap_or("?");
    format!("geo {} (i_overlay {})", of("geo"), of("i_overlay"))
}

/// The versions of a crate in the lock file that this was built from, ascending.
#[cfg(feature = "peers")]
fn locked(name: &str) -> Vec<&'static str> {
    let lock = include_str!("../../../../Cargo.lock");
    let head = format!("name = \"{name}\"");
    let versions = lock.split("[[package]]").filter(|package| package.lines().any(|line| line == head));
    versions
        .filter_map(|package| package.lines().find_map(|line| line.strip_prefix("version = \"")))
        .map(|version| version.trim_end_matches('"'))
        .collect()
}
