//! What is the same for every peer in Rust: its geometries made first, then every pair in turn on one thread.

use std::collections::BTreeMap;
use std::path::Path;

use super::Job;
use crate::clock;
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::ragged::{Ragged, Shape};
use crate::share::{Figure, numbers_path, write_numbers};

/// A peer's geometries of the zones and cells that take part.
pub(crate) struct Made<G> {
    zones: BTreeMap<usize, G>,
    cells: BTreeMap<usize, G>,
}

/// Reads the features that take part and makes the peer's geometries of them; not timed.
pub(crate) fn make<G>(
    job: &Job,
    pairs: &Pairs,
    convert: impl Fn(&Shape) -> Result<G, Problem>,
) -> Result<Made<G>, Problem> {
    let zones = features(&job.data("zones.bin"), pairs.zones().map(|(zone, _)| zone), &convert)?;
    let cells = features(&job.data("cells.bin"), pairs.cells(0..pairs.len()), &convert)?;
    Ok(Made { zones, cells })
}

fn features<G>(
    path: &Path,
    wanted: impl Iterator<Item = usize>,
    convert: &impl Fn(&Shape) -> Result<G, Problem>,
) -> Result<BTreeMap<usize, G>, Problem> {
    let file = Ragged::open(path)?;
    let mut shape = Shape::default();
    let mut made = BTreeMap::new();
    for feature in wanted {
        if made.contains_key(&feature) {
            continue;
        }
        file.read(feature, &mut shape)?;
        made.insert(feature, convert(&shape)?);
    }
    Ok(made)
}

impl<G> Made<G> {
    /// Each zone with its cells, in the order of the pairs.
    pub(crate) fn turns(&self, pairs: &Pairs) -> Vec<(&G, Vec<&G>)> {
        let turn = |(zone, span)| {
            let cells = pairs.cells(span).filter_map(|cell| self.cells.get(&cell)).collect();
            Some((self.zones.get(&zone)?, cells))
        };
        pairs.zones().filter_map(turn).collect()
    }
}

/// Times `one` over all zones, each with its cells; `one` adds the area of each overlap to the list.
pub(crate) fn measure<G>(
    made: &Made<G>,
    pairs: &Pairs,
    mut one: impl FnMut(&G, &[&G], &mut Vec<f64>),
) -> (Figure, Vec<f64>) {
    let turns = made.turns(pairs);
    let mut areas_m2 = Vec::with_capacity(pairs.len());
    let ((), cost) = clock::timed(|| {
        for (zone, cells) in &turns {
            one(zone, cells, &mut areas_m2);
        }
    });
    let figure = Figure {
        name: "geometry".to_owned(),
        cost,
        count: pairs.len(),
        peak_bytes: clock::peak_bytes(),
        ..Figure::default()
    };
    (figure, areas_m2)
}

/// Leaves the areas beside the share and says so in the figure.
pub(crate) fn keep_areas(
    job: &Job,
    engine: &str,
    figure: &mut Figure,
    areas_m2: &[f64],
) -> Result<(), Problem> {
    figure.has_areas = true;
    write_numbers(&numbers_path(&job.folder, engine, &figure.name, "areas"), areas_m2)
}
