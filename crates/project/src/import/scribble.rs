//! Geometries that cross themselves, or repeat a ring, more often than anybody can have drawn. To look at and to mend one takes
//! memory for each pair of what meets, and a few megabytes of file have thousands of millions of them; so they are not taken in.

use std::collections::HashSet;

use geo_types::{Geometry, LineString};
use rayon::prelude::*;
use spatial::Feature;
use spatial::validity::{Problem, ProblemKind};

use crate::export::positions;
use crate::problems::{FeatureProblems, ProblemSummary};
use crate::{Document, ProjectError};

/// Crossings of one feature that are taken in, and mended when areas are measured.
const MOST_CROSSINGS: usize = 20_000;
/// Rings of one feature that are there already.
const MOST_REPEATED: usize = 1_000;
/// Geometries of fewer positions have not enough edges to do harm.
const FEW_POSITIONS: usize = 1_000;

/// Refuses a document with a feature that repeats rings, naming the first; before anything else looks at it, as a repair fills
/// each of them by itself.
pub(super) fn refuse_repeated(document: &Document) -> Result<(), ProjectError> {
    let repeats =
        |feature: &&Feature| large(feature).is_some_and(|geometry| repeated(geometry) > MOST_REPEATED);
    match document.layer.features.par_iter().find_first(repeats) {
        None => Ok(()),
        Some(feature) => {
            let what = format!("has the same rings more than {MOST_REPEATED} times");
            Err(refused(document, &feature.label(), &what))
        }
    }
}

/// What is wrong with the geometries of a document. One that crosses itself too often is refused before a repair of it is
/// tried.
pub(super) fn examine(document: &Document) -> Result<ProblemSummary, ProjectError> {
    let mut summary = ProblemSummary::examined(&document.layer);
    let is_large = |position: u64| {
        let mut features = document.layer.features.iter();
        features.any(|feature| feature.position == position && large(feature).is_some())
    };
    let crosses = |found: &&FeatureProblems| crossings(&found.problems) > MOST_CROSSINGS;
    if let Some(found) = summary.features.iter().filter(crosses).find(|found| is_large(found.position)) {
        let what = format!("crosses itself in more than {MOST_CROSSINGS} places");
        return Err(refused(document, &found.feature, &what));
    }
    summary.foresee_repairs(&document.layer);
    Ok(summary)
}

fn refused(document: &Document, feature: &str, what: &str) -> ProjectError {
    ProjectError::Coordinates {
        path: document.path.clone(),
        found: format!("feature {feature} {what}"),
        advice: "that is no border that anybody drew: check the program that wrote it, or leave it out",
    }
}

/// The geometry, where it has enough edges to do harm.
fn large(feature: &Feature) -> Option<&Geometry<f64>> {
    feature.geometry.as_ref().filter(|geometry| positions(geometry) > FEW_POSITIONS)
}

fn crossings(problems: &[Problem]) -> usize {
    let crosses = |kind| {
        matches!(kind, ProblemKind::SelfIntersection | ProblemKind::RingsCross | ProblemKind::PartsOverlap)
    };
    problems.iter().filter(|problem| crosses(problem.kind)).count()
}

/// How many rings have the same corners as one before, wherever they begin and whichever way they run.
fn repeated(geometry: &Geometry<f64>) -> usize {
    let (mut known, mut count) = (HashSet::new(), 0);
    each_ring(geometry, &mut |ring| {
        let mut corners: Vec<[u64; 2]> = ring.coords().map(|at| [at.x.to_bits(), at.y.to_bits()]).collect();
        corners.sort_unstable();
        corners.dedup();
        count += usize::from(!known.insert(corners));
    });
    count
}

fn each_ring(geometry: &Geometry<f64>, take: &mut dyn FnMut(&LineString<f64>)) {
    match geometry {
        Geometry::Polygon(polygon) => {
            take(polygon.exterior());
            polygon.interiors().iter().for_each(take);
        }
        Geometry::MultiPolygon(polygons) => {
            polygons.iter().for_each(|polygon| each_ring(&polygon.clone().into(), take));
        }
        Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| each_ring(part, take)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{Geometry, LineString, Polygon, polygon};

    use super::repeated;

    #[test]
    fn rings_are_the_same_wherever_they_begin() {
        let hole = LineString::from(vec![(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)]);
        let turned = LineString::from(vec![(2.0, 2.0), (2.0, 1.0), (1.0, 1.0), (2.0, 2.0)]);
        let other = LineString::from(vec![(1.0, 1.0), (2.0, 1.0), (2.0, 3.0), (1.0, 1.0)]);
        let around = polygon![(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0)].exterior().clone();
        let all = Polygon::new(around, vec![hole.clone(), turned, other, hole]);
        assert_eq!(repeated(&Geometry::Polygon(all)), 2);
    }
}
