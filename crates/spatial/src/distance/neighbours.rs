//! What lies near what, among many features.

use super::shape::{SLACK, squared_limit_m2};
use super::{Location, Separation, Shape};
use crate::{Envelope, Index, Polygons};

/// A feature that was found, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    /// Its position in the list that was prepared.
    pub position: usize,
    /// How far it is from the subject, and between which points; the feature is the reference.
    pub separation: Separation,
}

/// Features prepared once and indexed, to be asked what lies near. Positions are those of the list they came in;
/// features without a place keep theirs and are never found.
#[derive(Clone, Debug)]
pub struct Neighbours {
    shapes: Vec<Option<Shape>>,
    index: Index,
}

impl Neighbours {
    /// Indexes shapes.
    pub fn new(shapes: Vec<Option<Shape>>) -> Self {
        let placed = shapes.iter().enumerate();
        let entries = placed.filter_map(|(i, shape)| Some((shape.as_ref()?.envelope(), i))).collect();
        Self { shapes, index: Index::bulk_load(entries) }
    }

    /// Indexes features of polygons in columns.
    pub fn of_polygons(polygons: &Polygons) -> Self {
        Self::new((0..polygons.len()).map(|position| Shape::of_polygons(polygons, position)).collect())
    }

    /// A feature by its position; `None` when it has no place.
    pub fn shape(&self, position: usize) -> Option<&Shape> {
        self.shapes.get(position)?.as_ref()
    }

    /// How many features there are, those without a place included.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is no feature.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The features at most `distance_m` from the subject, by position. None when the distance is negative or not a
    /// number.
    pub fn within(&self, subject: &Shape, distance_m: f64) -> Vec<Neighbour> {
        let outline = subject.outline();
        let limit_m2 = squared_limit_m2(distance_m);
        let candidates = self.index.select(|envelope| gap_m2(&outline, envelope) <= limit_m2);
        let found = candidates.into_iter().filter_map(|position| {
            let separation = subject.separation_within(self.shape(position)?, distance_m)?;
            Some(Neighbour { position, separation })
        });
        found.collect()
    }

    /// The `count` features nearest to the subject, nearest first, of equally near ones those with the lower
    /// positions.
    pub fn nearest(&self, subject: &Shape, count: usize) -> Vec<Neighbour> {
        let outline = subject.outline();
        let mut found: Vec<Neighbour> = Vec::new();
        for (gap_m2, position) in self.index.by_distance(|envelope| gap_m2(&outline, envelope)) {
            let full = found.len() >= count;
            let farthest =
                found.last().filter(|_| full).map(|last| (last.separation.distance_m, last.position));
            if let Some((limit_m, last)) = farthest {
                // Boxes come nearest first; a little slack keeps rounding from ending the search early.
                if gap_m2 * (1.0 - SLACK) > limit_m * limit_m {
                    break;
                }
                if limit_m == 0.0 && position > last {
                    continue;
                }
            } else if full {
                break;
            }
            let limit_m = farthest.map_or(f64::INFINITY, |(limit_m, _)| limit_m);
            let separation = self.shape(position).and_then(|shape| subject.separation_within(shape, limit_m));
            if let Some(separation) = separation {
                insert(&mut found, Neighbour { position, separation }, count);
            }
        }
        found
    }

    /// The features whose area holds the point, by position: inside or on the boundary.
    pub fn containing(&self, point: [f64; 2]) -> Vec<(usize, Location)> {
        let candidates = self.index.select(|envelope| envelope.contains(point)).into_iter();
        let located = candidates.filter_map(|i| Some((i, self.shape(i)?.locate(point))));
        located.filter(|&(_, location)| location != Location::Exterior).collect()
    }
}

/// Square of the distance of an envelope from the nearest of some boxes, m².
fn gap_m2(outline: &[Envelope], envelope: &Envelope) -> f64 {
    outline.iter().map(|part| part.gap_m2(envelope)).fold(f64::INFINITY, f64::min)
}

/// Puts a neighbour in its place and keeps no more than `count`.
fn insert(found: &mut Vec<Neighbour>, neighbour: Neighbour, count: usize) {
    let key = |n: &Neighbour| (n.separation.distance_m, n.position);
    let at = found.partition_point(|known| key(known) < key(&neighbour));
    found.insert(at, neighbour);
    found.truncate(count);
}
