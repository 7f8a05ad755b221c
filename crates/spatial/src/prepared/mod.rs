//! A layer on its working plane: validated, projected, repaired where it must be, ready to be overlaid.

mod place;
mod polygonal;

use rayon::prelude::*;

use crate::crs::{CrsError, Transformation};
use crate::repair::{Changes, Method};
use crate::section::References;
use crate::validity::{Problem, validate};
use crate::{Crs, Envelope, Feature, GRID_STEP_M, Index, Layer, Polygons, Region};

/// One feature of a [`Prepared`] layer; its position in the list is its position in `Layer::features`.
#[derive(Clone, Debug, Default)]
pub struct PreparedFeature {
    /// Box of its polygons, metres; `None` for null, non-polygonal or wholly collapsed geometry, and for one with a
    /// coordinate that cannot be projected.
    pub envelope: Option<Envelope>,
    /// Every problem of the geometry, with its place in the working CRS.
    pub problems: Vec<Problem>,
    /// What its repair changed; `None` when nothing had to be repaired, or nothing was there to be.
    pub repair: Option<Changes>,
}

impl PreparedFeature {
    /// Whether no problem makes the geometry invalid.
    pub fn is_valid(&self) -> bool {
        !self.problems.iter().any(|problem| problem.kind.is_invalid())
    }
}

/// What [`Prepared::staged`] is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looking for problems, in the layer's own coordinates.
    Validate,
    /// Projecting, repairing what is invalid, and laying the polygons out in memory.
    Project,
    /// Building the tables and the index.
    Index,
}

/// A layer ready for overlay in one working CRS. Its polygons keep the coordinates that the projection gives (those
/// of the layer where it is in the working CRS already): areas are measured on them. Shapes lie on the grid.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The working CRS, projected, metres.
    pub crs: Crs,
    /// One entry per feature of the layer, same order.
    pub features: Vec<PreparedFeature>,
    /// Envelopes of the features that have polygons.
    pub index: Index,
    references: References,
    roundings_m2: Vec<(usize, f64)>,
}

impl Prepared {
    /// Projects, validates and indexes a layer. Never fails because of data: a geometry that cannot be projected
    /// becomes a problem of its feature. What is invalid is repaired by the default [`Method`].
    /// # Errors
    /// [`CrsError`] when the working CRS is geographic, not in metres, Web Mercator, or cannot be computed with.
    pub fn new(layer: &Layer, working: &Crs) -> Result<Self, CrsError> {
        Self::staged(layer, working, Method::default(), &mut |_| ())
    }

    /// The same by a method of repair, telling when each stage begins, so that a caller with a clock can time them.
    /// # Errors
    /// As [`Prepared::new`].
    pub fn staged(
        layer: &Layer,
        working: &Crs,
        method: Method,
        begins: &mut dyn FnMut(Stage),
    ) -> Result<Self, CrsError> {
        working.check_working()?;
        let transformation = Transformation::new(&layer.crs, working)?;
        begins(Stage::Validate);
        let problems: Vec<Vec<Problem>> = layer.features.par_iter().map(feature_problems).collect();
        begins(Stage::Project);
        let (polygons, features) = place::place(layer, problems, &transformation, method);
        begins(Stage::Index);
        Ok(Self::assemble(working.clone(), features, polygons))
    }

    fn assemble(crs: Crs, features: Vec<PreparedFeature>, polygons: Polygons) -> Self {
        let envelopes = features.iter().enumerate().filter_map(|(i, f)| Some((f.envelope?, i))).collect();
        let index = Index::bulk_load(envelopes);
        let roundings_m2 = roundings_m2(&features, &polygons);
        Self { crs, features, index, references: References::new(polygons), roundings_m2 }
    }

    /// Several layers of one plane as one, in the order given.
    pub fn joined(crs: &Crs, parts: &[Self]) -> Self {
        let features: Vec<PreparedFeature> = parts.iter().flat_map(|part| part.features.clone()).collect();
        let vertices = parts.iter().map(|part| part.polygons().vertex_count()).sum();
        let mut polygons = Polygons::with_capacity(features.len(), vertices);
        let mut first = 0;
        for part in parts {
            for position in 0..part.features.len() {
                let rings = part.polygons().rings(position).map(|ring| (ring.coords, ring.is_hole));
                polygons.place_rings(first + position, rings);
            }
            first += part.features.len();
        }
        Self::assemble(crs.clone(), features, polygons)
    }

    /// The polygons of all features, metres; an invalid one is there as it was repaired.
    pub fn polygons(&self) -> &Polygons {
        self.references.polygons()
    }

    /// The polygons with the tables by which overlaps with them are measured.
    pub fn references(&self) -> &References {
        &self.references
    }

    /// A feature's shape on the grid, computed anew; `None` when it has none.
    pub fn region(&self, position: usize) -> Option<Region> {
        self.features.get(position)?.envelope?;
        Some(Region::of_polygons(self.polygons(), position)).filter(|region| !region.is_empty())
    }

    /// Planar area of a feature, m², of its coordinates as they are; 0 when it has none.
    pub fn area_m2(&self, position: usize) -> f64 {
        self.polygons().area_m2(position)
    }

    /// By how much an overlap of a feature may differ from that of its neighbours' borders as they are, m²: an invalid
    /// one was laid on the grid when it was mended, and what it shares with a neighbour no longer coincides to the
    /// last bit. 0 for valid ones.
    pub(crate) fn rounding_m2(&self, position: usize) -> f64 {
        let found = self.roundings_m2.binary_search_by_key(&position, |(position, _)| *position);
        found.ok().and_then(|at| self.roundings_m2.get(at)).map_or(0.0, |(_, rounding_m2)| *rounding_m2)
    }

    /// The largest of those, m².
    pub(crate) fn largest_rounding_m2(&self) -> f64 {
        self.roundings_m2.iter().map(|(_, rounding_m2)| *rounding_m2).fold(0.0, f64::max)
    }

    /// The positions of features whose envelope touches the given one, ascending.
    pub fn candidates(&self, envelope: &Envelope) -> Vec<usize> {
        self.index.query(envelope)
    }
}

/// Of every feature that was mended, in their order: a vertex moves by less than a step of the grid.
fn roundings_m2(features: &[PreparedFeature], polygons: &Polygons) -> Vec<(usize, f64)> {
    let length_m = |ring: &[[f64; 2]]| -> f64 {
        ring.windows(2).map(|edge| (edge[1][0] - edge[0][0]).hypot(edge[1][1] - edge[0][1])).sum()
    };
    let around_m = |position| polygons.rings(position).map(|ring| length_m(ring.coords)).sum::<f64>();
    let mended = features.iter().enumerate().filter(|(_, feature)| !feature.is_valid());
    mended.map(|(position, _)| (position, GRID_STEP_M * around_m(position))).collect()
}

fn feature_problems(feature: &Feature) -> Vec<Problem> {
    feature.geometry.as_ref().map(validate).unwrap_or_default()
}
