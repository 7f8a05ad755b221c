//! Laying the polygons of a layer out in memory, neighbours beside one another, a block of features at a time so
//! that there is never a second copy of the whole.

use geo::{BoundingRect, CoordsIter};
use geo_types::{Geometry, MultiPolygon};
use rayon::prelude::*;

use super::{PreparedFeature, polygonal};
use crate::crs::Transformation;
use crate::hilbert::hilbert_order;
use crate::repair::{Changes, Method};
use crate::validity::{Problem, ProblemKind};
use crate::{Envelope, Feature, Layer, Polygons};

/// Features projected at a time.
const BLOCK: usize = 4096;

pub(super) fn place(
    layer: &Layer,
    mut problems: Vec<Vec<Problem>>,
    transformation: &Transformation,
    method: Method,
) -> (Polygons, Vec<PreparedFeature>) {
    let geometries = || layer.features.iter().map(|feature| feature.geometry.as_ref());
    let vertices = geometries().flatten().map(CoordsIter::coords_count).sum();
    let mut polygons = Polygons::with_capacity(layer.features.len(), vertices);
    let mut features = vec![PreparedFeature::default(); layer.features.len()];
    // The order is only for speed: boxes in the layer's own CRS tell it well enough.
    let order = hilbert_order(&geometries().map(|geometry| envelope(geometry?)).collect::<Vec<_>>());
    for block in order.chunks(BLOCK) {
        let given: Vec<(usize, Vec<Problem>)> =
            block.iter().map(|&at| (at, std::mem::take(&mut problems[at]))).collect();
        let made: Vec<_> = given
            .into_par_iter()
            .map(|(at, problems)| (at, prepare(&layer.features[at], problems, transformation, method)))
            .collect();
        for (at, Made { shape, repair, problems }) in made {
            if let Some(shape) = &shape {
                polygons.place(at, shape);
            }
            features[at] = PreparedFeature { envelope: polygons.envelope(at), problems, repair };
        }
    }
    (polygons, features)
}

fn envelope(geometry: &Geometry<f64>) -> Option<Envelope> {
    let rectangle = geometry.bounding_rect()?;
    let (min, max) = (rectangle.min(), rectangle.max());
    Some(Envelope { min: [min.x, min.y], max: [max.x, max.y] })
}

/// A problem of the geometry as a whole.
fn whole(kind: ProblemKind) -> Problem {
    Problem { kind, place: None, part: None, ring: None }
}

/// A feature on its plane.
struct Made {
    shape: Option<MultiPolygon<f64>>,
    repair: Option<Changes>,
    problems: Vec<Problem>,
}

fn prepare(
    feature: &Feature,
    mut problems: Vec<Problem>,
    transformation: &Transformation,
    method: Method,
) -> Made {
    let (mut shape, mut repair) = (None, None);
    if let Some(geometry) = feature.geometry.as_ref().filter(|geometry| geometry.coords_count() > 0) {
        let mut members = Vec::new();
        if !polygonal::members(geometry, &mut members) {
            problems.push(whole(ProblemKind::NotPolygonal));
        }
        let (any, invalid) = (!members.is_empty(), problems.iter().any(|p| p.kind.is_invalid()));
        match polygonal::project(&mut members, transformation) {
            Ok(()) if invalid => (shape, repair) = polygonal::repaired(&members, method),
            Ok(()) => shape = polygonal::united(members),
            Err(place) if !problems.iter().any(|p| p.kind == ProblemKind::Coordinate) => {
                problems.push(Problem { place: Some(place), ..whole(ProblemKind::Coordinate) });
            }
            Err(_) => {}
        }
        if shape.is_none() && any && !problems.iter().any(|p| p.kind.is_invalid()) {
            // Valid, but smaller than the grid can hold.
            problems.push(whole(ProblemKind::Collapsed));
        }
    } else {
        problems.push(whole(ProblemKind::Null));
    }
    for problem in &mut problems {
        problem.place = problem.place.and_then(|place| transformation.point(place));
    }
    Made { shape, repair, problems }
}
