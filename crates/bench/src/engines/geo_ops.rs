//! BooleanOps of the crate geo, which takes i_overlay with a grid of its own for each pair.

use geo::{Area, BooleanOps};
use geo_types::{LineString, MultiPolygon, Polygon};

use super::{Job, locked, peer};
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::ragged::Shape;
use crate::share::Share;

/// `zone.intersection(cell).unsigned_area()` for every pair.
pub(crate) fn overlap(job: &Job) -> Result<Share, Problem> {
    let pairs = Pairs::read(&job.pairs())?;
    let made = peer::make(job, &pairs, |shape| Ok(multi_polygon(shape)))?;
    let (mut figure, areas_m2) = peer::measure(&made, &pairs, |zone, cells, areas| {
        areas.extend(cells.iter().map(|cell| zone.intersection(*cell).unsigned_area()));
    });
    "BooleanOps::intersection and its area".clone_into(&mut figure.includes);
    peer::keep_areas(job, "geo", &mut figure, &areas_m2)?;
    let version = format!(
        "geo {} (i_overlay {})",
        locked("geo").last().copied().unwrap_or("?"),
        locked("i_overlay").first().copied().unwrap_or("?")
    );
    Ok(Share { engine: "geo".to_owned(), version, figures: vec![figure] })
}

/// A feature as geo holds it.
pub(crate) fn multi_polygon(shape: &Shape) -> MultiPolygon<f64> {
    let mut polygons: Vec<Polygon<f64>> = Vec::new();
    for (ring, is_hole) in shape.rings() {
        let line = LineString::from_iter(ring.iter().copied());
        match polygons.last_mut() {
            Some(polygon) if is_hole => polygon.interiors_push(line),
            _ => polygons.push(Polygon::new(line, Vec::new())),
        }
    }
    MultiPolygon(polygons)
}
