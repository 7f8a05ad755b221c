//! BooleanOps of the crate geo, which takes i_overlay with a grid of its own for each pair.

use geo::{Area, BooleanOps};

use super::{Job, peer};
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::share::Share;
use crate::validate::multi_polygon;

/// `zone.intersection(cell).unsigned_area()` for every pair.
pub(crate) fn overlap(job: &Job) -> Result<Share, Problem> {
    let pairs = Pairs::read(&job.pairs())?;
    let made = peer::make(job, &pairs, |shape| Ok(multi_polygon(shape)))?;
    let (mut figure, areas_m2) = peer::measure(&made, &pairs, |zone, cells, areas| {
        areas.extend(cells.iter().map(|cell| zone.intersection(*cell).unsigned_area()));
    });
    "BooleanOps::intersection and its area".clone_into(&mut figure.includes);
    peer::keep_areas(job, "geo", &mut figure, &areas_m2)?;
    let version = super::geo_version();
    Ok(Share { engine: "geo".to_owned(), version, figures: vec![figure] })
}
