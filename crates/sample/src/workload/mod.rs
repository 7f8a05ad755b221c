//! The workload of the benchmarks: a coverage of many cells with rough shared borders, as a land-use plan is, zones
//! over it, and zones that are not valid. What matters to an overlay is in it: cells of some 145 vertices, zones
//! that lie anyhow, zones exactly along the cells' borders, zones along them but for half a millimetre to half a
//! metre, holes, slivers, zones of two parts.
//!
//! In the order of making: [`Partition`] (Voronoi cells, each seed moved half way to the middle of its cell),
//! borders roughened by midpoint displacement (`borders`), cells whose borders cross made straight again (`cells`),
//! zones (`zones`, from `blob` and `union`), invalid zones (`nasty`). Random choices come from [`Dice`]
//! (`crate::random`) and functions from `functions`, so that a seed gives the same bytes on every machine.

mod blob;
mod borders;
mod cells;
mod features;
mod functions;
mod nasty;
mod partition;
mod union;
mod zones;

use std::collections::BTreeMap;

pub use features::Features;

use borders::Borders;
use partition::Partition;

/// Side of the square that the cells cover, m.
pub const SIDE_M: f64 = 150_000.0;

/// Lower left corner of the square, m.
pub const ORIGIN_M: [f64; 2] = [500_000.0 - SIDE_M / 2.0, 1_200_000.0 - SIDE_M / 2.0];

/// How much there is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Cells of the plan, at least 10.
    pub cells: usize,
    /// Zones over it.
    pub zones: usize,
}

/// A plan, zones over it, and zones that are not valid; metres on any TM-3 plane.
#[derive(Clone, Debug)]
pub struct Workload {
    /// The plan: valid polygons that cover the square without overlap.
    pub cells: Features,
    /// How many cells crossed themselves at first and have straight borders now.
    pub straightened: usize,
    /// The zones, all valid.
    pub zones: Features,
    /// How many zones there are of each kind.
    pub kinds: BTreeMap<&'static str, usize>,
    /// Zones with one fault each, of eight kinds in turn.
    pub nasty: Features,
}

/// Makes the workload of a seed.
pub fn workload(size: Size, seed: u64) -> Workload {
    let partition = Partition::new(size.cells.max(10), seed);
    let mut borders = Borders::rough(&partition, seed);
    let (cells, straightened) = cells::cells(&partition, &mut borders);
    let (zones, kinds) = zones::zones(size.zones, &partition, &borders, seed);
    Workload { cells, straightened, zones, kinds, nasty: nasty::nasty(seed) }
}
