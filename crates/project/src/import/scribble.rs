//! Geometries that cross themselves, or repeat a ring, more often than anybody can have drawn. To look at and to mend one takes
//! memory for each pair of what meets, and a few megabytes of file have thousands of millions of them; so they are not taken in.

use std::collections::HashSet;

use geo_types::{Geometry, LineString};
use rayon::prelude::*;
use spatial::Feature;
use spatial::validity::{ProblemKind, validate};

use crate::export::positions;
use crate::{Document, ProjectError};

/// Crossings of one feature that are taken in, and mended when areas are measured.
const MOST_CROSSINGS: usize = 20_000;
/// Rings of one feature that are there already.
const MOST_REPEATED: usize = 1_000;
/// Geometries of fewer positions have not enough edges to do harm.
const FEW_POSITIONS: usize = 1_000;

/// Refuses a document with such a feature, naming the first.
pub(super) fn refuse(document: &Document) -> Result<(), ProjectError> {
    let found = document.layer.features.par_iter().find_map_first(|feature| Some((feature, what(feature)?)));
    match found {
        None => Ok(()),
        Some((feature, what)) => Err(ProjectError::Coordinates {
            path: document.path.clone(),
            found: format!("feature {} {what}", feature.label()),
            advice: "that is no border that anybody drew: check the program that wrote it, or leave it out",
        }),
    }
}

fn what(feature: &Feature) -> Option<String> {
    let geometry = feature.geometry.as_ref().filter(|all| positions(all) > FEW_POSITIONS)?;
    // Asked first: the search for crossings remembers every pair of equal rings.
    if repeated(geometry) > MOST_REPEATED {
        return Some(format!("has the same rings more than {MOST_REPEATED} times"));
    }
    let problems = validate(geometry);
    let crosses = |kind| {
        matches!(kind, ProblemKind::SelfIntersection | ProblemKind::RingsCross | ProblemKind::PartsOverlap)
    };
    let crossings = problems.iter().filter(|problem| crosses(problem.kind)).count();
    (crossings > MOST_CROSSINGS).then(|| format!("crosses itself in more than {MOST_CROSSINGS} places"))
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
