//! One engine's share of a run. Every engine runs in a process of its own, so that its memory is its own and what it
//! leaves behind slows nobody; it leaves a share as JSON and, beside it, one number for each pair. The Python side
//! writes the same.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::clock::Cost;
use crate::problem::Problem;

/// What an engine did and what it cost.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Share {
    /// The engine's name, as on the command line.
    pub(crate) engine: String,
    /// Its version and those of what it stands on.
    pub(crate) version: String,
    /// What was measured, in the order in which it was done.
    pub(crate) figures: Vec<Figure>,
}

/// One measured piece of work.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// What it is: `areas`, `measures`, `geometry`, ….
    pub(crate) name: String,
    /// What its time includes.
    pub(crate) includes: String,
    /// What it cost.
    pub(crate) cost: Cost,
    /// Over how many pairs (or features, queries: whatever it is counted by).
    pub(crate) count: usize,
    /// The most memory that the process had held by then, bytes.
    pub(crate) peak_bytes: u64,
    /// Whether the areas of all pairs lie beside.
    #[serde(default)]
    pub(crate) has_areas: bool,
    /// Whether the boundary lengths of all overlaps lie beside.
    #[serde(default)]
    pub(crate) has_perimeters: bool,
}

impl Figure {
    /// Microseconds of the processor for each of what it is counted by.
    pub(crate) fn us_each(&self) -> f64 {
        self.cost.cpu_s * 1e6 / self.count.max(1) as f64
    }
}

impl Share {
    /// A figure by its name.
    pub(crate) fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.name == name)
    }

    /// Leaves it in the run's folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Problem> {
        write_json(&folder.join(format!("{}.json", self.engine)), self)
    }
}

/// Where the numbers of all pairs lie: `quantity` is `areas` or `perimeters`.
pub(crate) fn numbers_path(folder: &Path, engine: &str, figure: &str, quantity: &str) -> PathBuf {
    folder.join(format!("{engine}.{figure}.{quantity}.f64"))
}

/// Writes one number for each pair.
pub(crate) fn write_numbers(path: &Path, numbers: &[f64]) -> Result<(), Problem> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    fs::write(path, bytes).map_err(Problem::file(path))
}

/// Reads one number for each pair.
pub(crate) fn read_numbers(path: &Path) -> Result<Vec<f64>, Problem> {
    let bytes = fs::read(path).map_err(Problem::file(path))?;
    Ok(bytes.chunks_exact(8).map(|word| word.try_into().map_or(f64::NAN, f64::from_le_bytes)).collect())
}

/// Writes JSON for machines and people.
pub(crate) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), Problem> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Problem::content(path, error.to_string()))?;
    fs::write(path, text + "\n").map_err(Problem::file(path))
}

/// Reads JSON.
pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Problem> {
    let text = fs::read_to_string(path).map_err(Problem::file(path))?;
    serde_json::from_str(&text).map_err(|error| Problem::content(path, error.to_string()))
}
