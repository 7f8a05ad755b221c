//! Geometries of a filter, brought to x before y and looked through.

use geo_types::{Coord, Geometry, MultiPolygon, Rect};
use spatial::relation::Related;
use spatial::validity::validate;

use geo::MapCoords;

use crate::ast::Place;
use crate::error::Cql2Error;

/// The plane in which a filter's coordinates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Whether coordinates are degrees.
    pub geographic: bool,
    /// Whether y (northing or latitude) is written first.
    pub y_first: bool,
}

impl Space {
    fn check(self, x: f64, y: f64, place: &Place) -> Result<(), Cql2Error> {
        if !self.geographic || (x.abs() <= 180.0 && y.abs() <= 90.0) {
            return Ok(());
        }
        let order = if self.y_first { "latitude, longitude" } else { "longitude, latitude" };
        let message = format!(
            "longitude {x} or latitude {y} is not on Earth (−180 to 180, −90 to 90; in this filter-crs {order})"
        );
        Err(Cql2Error::new(place, message))
    }
}

/// A geometry that was written; one that is not valid is refused, since no relation to it is defined.
pub(crate) fn literal(geometry: &Geometry<f64>, place: &Place, space: Space) -> Result<Related, Cql2Error> {
    let turned = geometry
        .map_coords(|Coord { x, y }| if space.y_first { Coord { x: y, y: x } } else { Coord { x, y } });
    for Coord { x, y } in positions(&turned) {
        space.check(x, y, place)?;
    }
    if let Some(problem) = validate(&turned).into_iter().find(|problem| problem.kind.is_invalid()) {
        let kind = serde_json::to_value(problem.kind).ok();
        let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default().replace('_', " ");
        let at = problem.place.map(|[x, y]| format!(" at x {x}, y {y}")).unwrap_or_default();
        return Err(Cql2Error::new(place, format!("the geometry is not valid: {kind}{at}")));
    }
    Related::new(turned).ok_or_else(|| Cql2Error::new(place, "the geometry is empty"))
}

/// A box that was written. In degrees it may cross the antimeridian.
pub(crate) fn bbox([a, b, c, d]: [f64; 4], place: &Place, space: Space) -> Result<Related, Cql2Error> {
    let [west, south, east, north] = if space.y_first { [b, a, d, c] } else { [a, b, c, d] };
    space.check(west, south, place)?;
    space.check(east, north, place)?;
    let rect = |west, east| Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    if south > north || (west > east && !space.geographic) {
        return Err(Cql2Error::new(place, "the box's lower corner must come first"));
    }
    let geometry = if west <= east {
        Geometry::Rect(rect(west, east))
    } else {
        let halves = [rect(west, 180.0), rect(-180.0, east)].map(Rect::to_polygon);
        Geometry::MultiPolygon(MultiPolygon(halves.to_vec()))
    };
    Related::new(geometry).ok_or_else(|| Cql2Error::new(place, "the box is empty"))
}

fn positions(geometry: &Geometry<f64>) -> Vec<Coord<f64>> {
    use geo::CoordsIter;
    geometry.coords_iter().collect()
}
