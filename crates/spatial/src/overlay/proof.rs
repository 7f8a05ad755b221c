//! Conservation of area: what a subject is covered with must add up to the subject.

use super::Overlap;
use crate::{Prepared, Region};

/// Σ overlaps − what is covered more than once + what is not covered = the subject's area.
///
/// Each term is measured on its own: the overlaps pair by pair, the other two from the references themselves, as
/// shapes. An overlap that was lost, found twice or measured wrongly shows in the residual, as nothing is subtracted
/// from anything else to get it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proof {
    /// Position of the subject in its layer.
    pub subject: usize,
    /// Its planar area, m².
    pub area_m2: f64,
    /// Σ of its overlaps, m².
    pub overlaps_m2: f64,
    /// What several references cover, counted once per extra cover, m².
    pub multiple_m2: f64,
    /// What no reference covers, m².
    pub uncovered_m2: f64,
    /// Σ overlaps − multiple + uncovered − area, m²: 0 but for the grid, which moves borders by half a step.
    pub residual_m2: f64,
}

/// The proof of one subject from all references whose boxes meet its own; `None` when it has no shape.
pub(super) fn prove(
    layer: &Prepared,
    position: usize,
    references: &Prepared,
    candidates: &[usize],
    overlaps: &[Overlap],
) -> Option<Proof> {
    let region = layer.region(position)?;
    let covers: Vec<Region> =
        candidates.iter().filter_map(|&candidate| references.region(candidate)).collect();
    let area_m2 = layer.area_m2(position);
    // Not `sum`: that of nothing is −0.
    let overlaps_m2 = overlaps.iter().map(|overlap| overlap.area_m2).fold(0.0, std::ops::Add::add);
    let (multiple_m2, _) = region.covered_more_than_once_by(&covers);
    let uncovered_m2 = region.uncovered_by(&covers).area_m2();
    let residual_m2 = overlaps_m2 - multiple_m2 + uncovered_m2 - area_m2;
    Some(Proof { subject: position, area_m2, overlaps_m2, multiple_m2, uncovered_m2, residual_m2 })
}

#[cfg(test)]
mod tests {
    use geo_types::{Coord, Rect};

    use super::*;
    use crate::overlay::{Options, Want, overlaps};
    use crate::{Crs, Feature, Layer};

    fn layer(boxes: &[[f64; 4]]) -> Option<Prepared> {
        let feature = |(position, &[x0, y0, x1, y1]): (usize, &[f64; 4])| Feature {
            position: position as u64,
            id: None,
            geometry: Some(Rect::new(Coord { x: x0, y: y0 }, Coord { x: x1, y: y1 }).into()),
            properties: serde_json::Map::new(),
        };
        let crs = Crs::from_epsg(9215).ok()?;
        let features = boxes.iter().enumerate().map(feature).collect();
        Prepared::new(&Layer { crs: crs.clone(), features }, &crs).ok()
    }

    /// A proof that could not fail would be none: what is lost or counted twice is the residual.
    #[test]
    fn a_lost_overlap_is_the_residual() {
        let subject = layer(&[[0.0, 0.0, 10.0, 10.0]]).unwrap();
        let references = layer(&[[0.0, 0.0, 4.0, 10.0], [4.0, 0.0, 7.0, 10.0]]).unwrap();
        let options = Options { want: Want::Areas, ..Options::default() };
        let mut found = overlaps(&subject, &references, &options).pairs;
        let residual_m2 =
            |found: &[Overlap]| prove(&subject, 0, &references, &[0, 1], found).map(|p| p.residual_m2);
        assert_eq!(residual_m2(&found), Some(0.0));
        found.push(found[1].clone());
        assert_eq!(residual_m2(&found), Some(30.0));
        found.truncate(1);
        assert_eq!(residual_m2(&found), Some(-30.0));
    }
}
