//! Moving coordinates from one CRS to another.

use std::fmt;

use geo::MapCoords;
use geo_types::{Coord, Geometry};
use proj4rs::{Proj, transform::transform};

use super::{Crs, CrsError};
use crate::Envelope;

/// Samples along each side of an envelope that is transformed.
const SAMPLES_PER_SIDE: u32 = 64;

/// A transformation between two CRSs, datum shift included. Heights are taken as zero on the source's ellipsoid
/// and dropped on the target's, as 2D transformations of PROJ do: a round trip over the VN-2000 datum comes
/// back within 2 mm, not to the bit. Between two names of the same CRS it is the identity, bit for bit.
pub struct Transformation {
    /// `None` for the identity.
    steps: Option<(Proj, Proj)>,
    from_degrees: bool,
    to_degrees: bool,
}

impl fmt::Debug for Transformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transformation").field("identity", &self.steps.is_none()).finish_non_exhaustive()
    }
}

impl Transformation {
    /// Prepares the transformation.
    /// # Errors
    /// [`CrsError`] when one of the two cannot be computed with.
    pub fn new(from: &Crs, to: &Crs) -> Result<Self, CrsError> {
        let steps = if from.same_coordinates(to) { None } else { Some((projection(from)?, projection(to)?)) };
        Ok(Self { steps, from_degrees: from.is_geographic(), to_degrees: to.is_geographic() })
    }

    /// Whether nothing changes.
    pub fn is_identity(&self) -> bool {
        self.steps.is_none()
    }

    /// Transforms one point; `None` where the projection is not defined.
    pub fn point(&self, xy: [f64; 2]) -> Option<[f64; 2]> {
        let [x, y] = xy;
        if !x.is_finite() || !y.is_finite() || (self.from_degrees && (y.abs() > 90.0 || x.abs() > 540.0)) {
            return None;
        }
        let Some((from, to)) = &self.steps else {
            return Some(xy);
        };
        let mut moved = if self.from_degrees { (x.to_radians(), y.to_radians(), 0.0) } else { (x, y, 0.0) };
        transform(from, to, &mut moved).ok()?;
        let (x, y) =
            if self.to_degrees { (moved.0.to_degrees(), moved.1.to_degrees()) } else { (moved.0, moved.1) };
        (x.is_finite() && y.is_finite()).then_some([x, y])
    }

    /// Transforms a geometry vertex by vertex; `None` when any vertex cannot be.
    pub fn geometry(&self, geometry: &Geometry<f64>) -> Option<Geometry<f64>> {
        geometry
            .try_map_coords(|Coord { x, y }| self.point([x, y]).map(|[x, y]| Coord { x, y }).ok_or(()))
            .ok()
    }

    /// The envelope of a transformed envelope (edges are densified, so that it contains the image).
    pub fn envelope(&self, envelope: &Envelope) -> Option<Envelope> {
        if self.is_identity() {
            return Some(*envelope);
        }
        let boundary =
            boundary(envelope).into_iter().map(|xy| self.point(xy)).collect::<Option<Vec<[f64; 2]>>>()?;
        let image = Envelope::of(boundary.iter().copied())?;
        // Between two samples an edge bulges by no more than it does over twice that distance.
        let bulge = [0, 1].map(|k| {
            boundary.windows(3).map(|w| (w[1][k] - f64::midpoint(w[0][k], w[2][k])).abs()).fold(0.0, f64::max)
        });
        // At a corner the windows see the turn itself; half the image is more than any bulge inside a map.
        let margin = [0, 1].map(|k| f64::min(bulge[k], (image.max[k] - image.min[k]) / 2.0));
        Some(Envelope {
            min: [image.min[0] - margin[0], image.min[1] - margin[1]],
            max: [image.max[0] + margin[0], image.max[1] + margin[1]],
        })
    }
}

/// Points along the boundary of the box, corner to corner, closed.
fn boundary(envelope: &Envelope) -> Vec<[f64; 2]> {
    let ([x0, y0], [x1, y1]) = (envelope.min, envelope.max);
    let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]];
    corners
        .windows(2)
        .flat_map(|side| {
            (0..SAMPLES_PER_SIDE).map(move |i| {
                let t = f64::from(i) / f64::from(SAMPLES_PER_SIDE);
                [0, 1].map(|k| side[0][k] * (1.0 - t) + side[1][k] * t)
            })
        })
        .chain([corners[0]])
        .collect()
}

/// The projection of proj4rs.
pub(super) fn projection(crs: &Crs) -> Result<Proj, CrsError> {
    Proj::from_proj_string(crs.proj_string())
        .map_err(|error| CrsError::Unusable { name: crs.name().into(), reason: error.to_string() })
}
