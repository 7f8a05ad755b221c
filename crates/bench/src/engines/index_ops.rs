//! Other people's indices: packed trees of the crate geo-index, and the STRtree of GEOS.

use geo_index::rtree::sort::{HilbertSort, STRSort, Sort};
use geo_index::rtree::{RTreeBuilder, RTreeIndex};
use geos::{Geometry, STRtree, SpatialIndex};
use spatial::Envelope;

use crate::clock::least;
use crate::index::Line;
use crate::problem::Problem;

/// The packed tree in both its orders.
pub(crate) fn packed(cells: &[Envelope], zones: &[Envelope], repeat: usize) -> Vec<Line> {
    vec![
        one_packed::<HilbertSort>("geo-index, Hilbert", cells, zones, repeat),
        one_packed::<STRSort>("geo-index, STR", cells, zones, repeat),
    ]
}

fn one_packed<S: Sort<f64>>(name: &str, cells: &[Envelope], zones: &[Envelope], repeat: usize) -> Line {
    let (tree, build) = least(repeat, || {
        let mut builder = RTreeBuilder::<f64>::new(cells.len() as u32);
        for Envelope { min, max } in cells {
            builder.add(min[0], min[1], max[0], max[1]);
        }
        builder.finish::<S>()
    });
    let (found, query) = least(repeat, || {
        let one = |Envelope { min, max }: &Envelope| {
            let mut found: Vec<usize> =
                tree.search(min[0], min[1], max[0], max[1]).into_iter().map(|k| k as usize).collect();
            found.sort_unstable();
            found
        };
        zones.iter().map(one).collect()
    });
    Line { name: name.to_owned(), build, query, found }
}

/// The STRtree; GEOS sorts it at the first query, which counts as building.
pub(crate) fn geos(cells: &[Envelope], zones: &[Envelope], repeat: usize) -> Result<Line, Problem> {
    let (cells, zones) = (rectangles(cells)?, rectangles(zones)?);
    let failed = |error: geos::Error| Problem::Engine { engine: "geos".to_owned(), what: error.to_string() };
    let (tree, build) = least(repeat, || {
        let mut tree = STRtree::<usize>::with_capacity(10)?;
        for (k, cell) in cells.iter().enumerate() {
            tree.insert(cell, k);
        }
        if let Some(first) = zones.first() {
            tree.query(first, |_| ());
        }
        Ok(tree)
    });
    let tree = tree.map_err(failed)?;
    let (found, query) = least(repeat, || {
        let one = |zone: &Geometry| {
            let mut found = Vec::new();
            tree.query(zone, |&k| found.push(k));
            found.sort_unstable();
            found
        };
        zones.iter().map(one).collect()
    });
    Ok(Line { name: format!("{} STRtree", super::geos_ops::version()), build, query, found })
}

fn rectangles(boxes: &[Envelope]) -> Result<Vec<Geometry>, Problem> {
    let rectangle = |b: &Envelope| Geometry::create_rectangle(b.min[0], b.min[1], b.max[0], b.max[1]);
    boxes
        .iter()
        .map(|b| rectangle(b).map_err(|e| Problem::Engine { engine: "geos".to_owned(), what: e.to_string() }))
        .collect()
}
