//! A layer on its working plane: validated, projected, snapped to the grid, indexed.

use geo_types::{Geometry, MultiPolygon};
use rayon::prelude::*;

use crate::crs::{CrsError, Transformation};
use crate::validity::{Problem, ProblemKind, validate};
use crate::{COORDINATE_LIMIT_M, Crs, Envelope, Feature, FillRule, Index, Layer, Region};

/// One feature of a [`Prepared`] layer; its position in the list is its position in `Layer::features`.
#[derive(Clone, Debug)]
pub struct PreparedFeature {
    /// The polygon part on the working grid; `None` for null, non-polygonal or wholly collapsed geometry, and for
    /// one with a coordinate that cannot be projected.
    /// An invalid polygon is filled by the even-odd rule; members of a geometry collection are united.
    pub region: Option<Region>,
    /// Box of the region, metres.
    pub envelope: Option<Envelope>,
    /// Every problem of the geometry, with its place in the working CRS.
    pub problems: Vec<Problem>,
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
    /// Projecting, snapping to the grid and resolving self-overlaps.
    Project,
    /// Building the index.
    Index,
}

/// A layer ready for overlay in one working CRS.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The working CRS, projected, metres.
    pub crs: Crs,
    /// One entry per feature of the layer, same order.
    pub features: Vec<PreparedFeature>,
    /// Envelopes of the features that have a region.
    pub index: Index,
}

impl Prepared {
    /// Projects, snaps, validates and indexes a layer. Never fails because of data: a geometry that cannot be
    /// projected becomes a problem of its feature.
    /// # Errors
    /// [`CrsError`] when the working CRS is geographic, not in metres, Web Mercator, or cannot be computed with.
    pub fn new(layer: &Layer, working: &Crs) -> Result<Self, CrsError> {
        Self::staged(layer, working, &mut |_| ())
    }

    /// The same, telling when each stage begins, so that a caller with a clock can time them.
    /// # Errors
    /// As [`Prepared::new`].
    pub fn staged(layer: &Layer, working: &Crs, begins: &mut dyn FnMut(Stage)) -> Result<Self, CrsError> {
        working.check_working()?;
        let transformation = Transformation::new(&layer.crs, working)?;
        begins(Stage::Validate);
        let problems: Vec<Vec<Problem>> = layer.features.par_iter().map(feature_problems).collect();
        begins(Stage::Project);
        let features: Vec<PreparedFeature> = layer
            .features
            .par_iter()
            .zip(problems)
            .map(|(feature, problems)| prepare(feature, problems, &transformation))
            .collect();
        begins(Stage::Index);
        let envelopes = features.iter().enumerate().filter_map(|(i, f)| Some((f.envelope?, i))).collect();
        Ok(Self { crs: working.clone(), features, index: Index::bulk_load(envelopes) })
    }

    /// The positions of features whose envelope touches the given one, ascending.
    pub fn candidates(&self, envelope: &Envelope) -> Vec<usize> {
        self.index.query(envelope)
    }
}

fn feature_problems(feature: &Feature) -> Vec<Problem> {
    feature.geometry.as_ref().map(validate).unwrap_or_default()
}

/// A problem of the geometry as a whole.
fn whole(kind: ProblemKind) -> Problem {
    Problem { kind, place: None, part: None, ring: None }
}

fn prepare(
    feature: &Feature,
    mut problems: Vec<Problem>,
    transformation: &Transformation,
) -> PreparedFeature {
    let mut region = None;
    if let Some(geometry) = feature.geometry.as_ref().filter(|geometry| !is_empty(geometry)) {
        let mut members = Vec::new();
        let all_polygonal = polygonal_members(geometry, &mut members);
        if !all_polygonal {
            problems.push(whole(ProblemKind::NotPolygonal));
        }
        match project(&members, transformation) {
            Ok(members) => region = united(&members),
            Err(place) if !problems.iter().any(|p| p.kind == ProblemKind::Coordinate) => {
                problems.push(Problem { place: Some(place), ..whole(ProblemKind::Coordinate) });
            }
            Err(_) => {}
        }
        let explained = problems.iter().any(|p| p.kind.is_invalid());
        if region.is_none() && !members.is_empty() && !explained {
            // Valid, but smaller than the grid can hold.
            problems.push(whole(ProblemKind::Collapsed));
        }
    } else {
        problems.push(whole(ProblemKind::Null));
    }
    for problem in &mut problems {
        problem.place = problem.place.and_then(|place| transformation.point(place));
    }
    let envelope = region.as_ref().and_then(Region::envelope);
    PreparedFeature { region, envelope, problems }
}

fn is_empty(geometry: &Geometry<f64>) -> bool {
    use geo::CoordsIter;
    geometry.coords_count() == 0
}

/// Collects the polygonal members of a geometry; `false` when others are among them.
fn polygonal_members(geometry: &Geometry<f64>, members: &mut Vec<MultiPolygon<f64>>) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => members.push(polygon.clone().into()),
        Geometry::MultiPolygon(polygons) => members.push(polygons.clone()),
        Geometry::Rect(rect) => members.push(rect.to_polygon().into()),
        Geometry::Triangle(triangle) => members.push(triangle.to_polygon().into()),
        Geometry::GeometryCollection(collection) => {
            let others = collection.iter().filter(|member| !polygonal_members(member, members)).count();
            return others == 0;
        }
        _ => return false,
    }
    true
}

/// The members on the working plane, or the first vertex (in the layer's CRS) that has no place on its grid.
fn project(
    members: &[MultiPolygon<f64>],
    transformation: &Transformation,
) -> Result<Vec<MultiPolygon<f64>>, [f64; 2]> {
    use geo::MapCoords;
    let on_grid = |v: f64| v.abs() <= COORDINATE_LIMIT_M;
    let place = |c: geo_types::Coord<f64>| {
        transformation
            .point([c.x, c.y])
            .filter(|xy| xy.iter().all(|&v| on_grid(v)))
            .map(|[x, y]| geo_types::Coord { x, y })
            .ok_or([c.x, c.y])
    };
    members.iter().map(|member| member.try_map_coords(place)).collect()
}

fn united(members: &[MultiPolygon<f64>]) -> Option<Region> {
    // Even-odd is right for a valid polygon however its rings are directed, and is the named repair of the others.
    let mut regions: Vec<Region> =
        members.iter().map(|member| Region::from_multi_polygon(member, FillRule::EvenOdd)).collect();
    let region = if regions.len() > 1 { Region::union(&regions) } else { regions.pop()? };
    (!region.is_empty()).then_some(region)
}
