//! The polygonal part of any geometry, on the working plane.

use geo::MapCoords;
use geo_types::{Coord, Geometry, MultiPolygon};

use crate::crs::Transformation;
use crate::repair::{Changes, Method, mend};
use crate::{COORDINATE_LIMIT_M, FillRule, Region};

/// Collects the polygonal members of a geometry; `false` when others are among them.
pub(super) fn members(geometry: &Geometry<f64>, found: &mut Vec<MultiPolygon<f64>>) -> bool {
    match geometry {
        Geometry::Polygon(polygon) => found.push(polygon.clone().into()),
        Geometry::MultiPolygon(polygons) => found.push(polygons.clone()),
        Geometry::Rect(rect) => found.push(rect.to_polygon().into()),
        Geometry::Triangle(triangle) => found.push(triangle.to_polygon().into()),
        Geometry::GeometryCollection(collection) => {
            let others = collection.iter().filter(|member| !members(member, found)).count();
            return others == 0;
        }
        _ => return false,
    }
    true
}

/// The members on the working plane, or the first vertex (in the layer's CRS) that has no place on its grid.
pub(super) fn project(
    members: &mut [MultiPolygon<f64>],
    transformation: &Transformation,
) -> Result<(), [f64; 2]> {
    let on_grid = |v: f64| v.abs() <= COORDINATE_LIMIT_M;
    let place = |c: Coord<f64>| {
        transformation
            .point([c.x, c.y])
            .filter(|xy| xy.iter().all(|&v| on_grid(v)))
            .map(|[x, y]| Coord { x, y })
            .ok_or([c.x, c.y])
    };
    for member in members {
        *member = member.try_map_coords(place)?;
    }
    Ok(())
}

/// Valid members as one polygon set, or nothing where the grid is too coarse for them. A single one stays as it is,
/// several are united.
pub(super) fn united(mut members: Vec<MultiPolygon<f64>>) -> Option<MultiPolygon<f64>> {
    if let [only] = members.as_mut_slice()
        && !may_collapse(only)
    {
        return members.pop();
    }
    one(members.iter().map(|member| Region::from_multi_polygon(member, FillRule::NonZero)).collect())
}

/// Members of which one at least is invalid, each repaired and all united, and what that changed in all of them.
pub(super) fn repaired(
    members: &[MultiPolygon<f64>],
    method: Method,
) -> (Option<MultiPolygon<f64>>, Option<Changes>) {
    let (regions, changes): (Vec<Region>, Vec<Changes>) =
        members.iter().map(|member| mend(member, method)).unzip();
    (one(regions), changes.into_iter().reduce(Changes::and))
}

fn one(mut regions: Vec<Region>) -> Option<MultiPolygon<f64>> {
    let region = if regions.len() > 1 { Region::union(&regions) } else { regions.pop()? };
    (!region.is_empty()).then(|| region.to_multi_polygon())
}

/// Whether a ring is so thin that nothing of it might be left on the grid.
fn may_collapse(polygons: &MultiPolygon<f64>) -> bool {
    const STEPS: f64 = 4.0;
    polygons.iter().any(|polygon| {
        let coords: Vec<[f64; 2]> = polygon.exterior().coords().map(|c| [c.x, c.y]).collect();
        let length_m: f64 = coords.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1])).sum();
        crate::polygons::signed_area_m2(&coords).abs() <= STEPS * crate::GRID_STEP_M * length_m
    })
}
