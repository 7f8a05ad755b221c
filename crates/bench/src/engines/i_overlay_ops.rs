//! i_overlay by itself, as its documentation shows it: float coordinates in and out, 64-bit integers within.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::single::SingleFloatOverlay;

use super::{Job, locked, peer};
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::ragged::Shape;
use crate::share::Share;

type Contours = Vec<Vec<[f64; 2]>>;

/// `zone.overlay_as::<i64>(cell, Intersect, NonZero)` and the area of its shapes for every pair.
pub(crate) fn overlap(job: &Job) -> Result<Share, Problem> {
    let pairs = Pairs::read(&job.pairs())?;
    let made = peer::make(job, &pairs, |shape| Ok(contours(shape)))?;
    let (mut figure, areas_m2) = peer::measure(&made, &pairs, |zone, cells, areas| {
        areas.extend(cells.iter().map(|cell| {
            let shapes = zone.overlay_as::<i64>(*cell, OverlayRule::Intersect, FillRule::NonZero);
            shapes.iter().flatten().map(|contour| signed_area_m2(contour)).sum::<f64>()
        }));
    });
    "float overlay on i64 and its area".clone_into(&mut figure.includes);
    peer::keep_areas(job, "i-overlay", &mut figure, &areas_m2)?;
    let version = format!("i_overlay {}", locked("i_overlay").last().copied().unwrap_or("?"));
    Ok(Share { engine: "i-overlay".to_owned(), version, figures: vec![figure] })
}

/// The rings without their closing vertices, shells counter-clockwise and holes clockwise.
fn contours(shape: &Shape) -> Contours {
    let contour = |(ring, is_hole): (&[[f64; 2]], bool)| {
        let mut contour = ring[..ring.len().saturating_sub(1)].to_vec();
        if (signed_area_m2(&contour) > 0.0) == is_hole {
            contour.reverse();
        }
        contour
    };
    shape.rings().map(contour).collect()
}

/// Signed area of an open ring, taken from its first vertex, m².
fn signed_area_m2(contour: &[[f64; 2]]) -> f64 {
    let Some(&[x0, y0]) = contour.first() else { return 0.0 };
    let twice: f64 =
        contour.windows(2).map(|w| (w[0][0] - x0) * (w[1][1] - y0) - (w[1][0] - x0) * (w[0][1] - y0)).sum();
    twice / 2.0
}
