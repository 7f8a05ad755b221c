//! Moving shapes into the CRS of an export.

use formats::{Winding, WriteOptions};
use geo_types::{Geometry, LineString, Point};
use spatial::crs::Transformation;
use spatial::{Crs, Region};

use crate::ProjectError;

/// Decimals of transformed coordinates: a tenth of a millimetre, finer than any transformation is right.
pub(crate) fn options(from: &Crs, to: &Crs) -> WriteOptions {
    let decimals = match (from.same_coordinates(to), to.is_geographic()) {
        (true, _) => None,
        (false, true) => Some(9),
        (false, false) => Some(4),
    };
    WriteOptions { decimals, winding: Winding::RightHand }
}

/// Transformations into one CRS, prepared once per source.
pub(crate) struct Shapes<'a> {
    to: &'a Crs,
    known: Vec<(Crs, Transformation)>,
}

impl<'a> Shapes<'a> {
    pub(crate) fn into_crs(to: &'a Crs) -> Self {
        Self { to, known: Vec::new() }
    }

    /// The shape of a region; without one, the point; `None` where neither can be transformed.
    pub(crate) fn geometry(
        &mut self,
        from: &Crs,
        region: Option<&Region>,
        place: Option<[f64; 2]>,
    ) -> Result<Option<Geometry<f64>>, ProjectError> {
        let transformation = self.transformation(from)?;
        let polygons = region.filter(|region| !region.is_empty()).map(Region::to_multi_polygon);
        let shape = polygons.and_then(|polygons| transformation.geometry(&Geometry::MultiPolygon(polygons)));
        let point = || place.and_then(|xy| transformation.point(xy));
        Ok(shape.or_else(|| point().map(|[x, y]| Geometry::Point(Point::new(x, y)))))
    }

    /// A line.
    pub(super) fn line(
        &mut self,
        from: &Crs,
        line: &[[f64; 2]],
    ) -> Result<Option<Geometry<f64>>, ProjectError> {
        let line: LineString<f64> = line.iter().copied().collect();
        Ok(self.transformation(from)?.geometry(&Geometry::LineString(line)))
    }

    /// The place of a point.
    pub(super) fn point(&mut self, from: &Crs, place: [f64; 2]) -> Result<Option<[f64; 2]>, ProjectError> {
        Ok(self.transformation(from)?.point(place))
    }

    fn transformation(&mut self, from: &Crs) -> Result<&Transformation, ProjectError> {
        let index = match self.known.iter().position(|(crs, _)| crs == from) {
            Some(index) => index,
            None => {
                self.known.push((from.clone(), Transformation::new(from, self.to)?));
                self.known.len() - 1
            }
        };
        Ok(&self.known[index].1)
    }
}
