//! The ways through `spatial` to an overlay: regions, which take any input, and the fast ones for valid polygons.

use geo::{BoundingRect, CoordsIter, MapCoords};
use geo_types::{Coord, Geometry, MultiPolygon};
use spatial::validity::validate;
use spatial::{COORDINATE_LIMIT_M, FillRule, GRID_STEP_M, Polygons, Region, section, trace};

/// An overlay operation on areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlay {
    Intersection,
    Difference,
    Union,
    SymmetricDifference,
}

/// The polygon sets that a geometry consists of, several in a collection; an error says what else is in it.
pub(crate) fn areas_of(geometry: &Geometry<f64>) -> Result<Vec<MultiPolygon<f64>>, &'static str> {
    match geometry {
        Geometry::Polygon(polygon) => Ok(vec![polygon.clone().into()]),
        Geometry::MultiPolygon(polygons) => Ok(vec![polygons.clone()]),
        Geometry::GeometryCollection(members) => {
            Ok(members.iter().map(areas_of).collect::<Result<Vec<_>, _>>()?.concat())
        }
        Geometry::Point(_) | Geometry::MultiPoint(_) => Err("points"),
        _ => Err("lines"),
    }
}

/// The polygons of a geometry; points and lines are left out.
pub(crate) fn polygonal_part(geometry: &Geometry<f64>) -> MultiPolygon<f64> {
    match geometry {
        Geometry::Polygon(polygon) => polygon.clone().into(),
        Geometry::MultiPolygon(polygons) => polygons.clone(),
        Geometry::GeometryCollection(members) => {
            MultiPolygon(members.iter().flat_map(|member| polygonal_part(member).0).collect())
        }
        _ => MultiPolygon(vec![]),
    }
}

/// Whether validation finds nothing that makes the polygons invalid.
pub(crate) fn is_valid(polygons: &MultiPolygon<f64>) -> bool {
    !validate(&polygons.clone().into()).iter().any(|problem| problem.kind.is_invalid())
}

/// The powers of two by which coordinates are multiplied, which is exact: 0 is as given, where all lie within the
/// grid's limit; when some need a finer grid or lie beyond the limit, also so that they fill the grid's range.
pub(crate) fn scales(sets: &[&MultiPolygon<f64>]) -> Vec<i32> {
    let values = || sets.iter().flat_map(|set| set.coords_iter()).flat_map(|c| [c.x, c.y]);
    let largest = values().fold(0.0, |largest: f64, v| largest.max(v.abs()));
    let on_grid = values().all(|v| (v / GRID_STEP_M).fract() == 0.0);
    let mut scales = Vec::new();
    if largest <= COORDINATE_LIMIT_M {
        scales.push(0);
    }
    if !on_grid || largest > COORDINATE_LIMIT_M {
        scales.push(28 - largest.log2().ceil() as i32);
    }
    scales
}

/// The polygons times 2^`power`.
pub(crate) fn scaled(polygons: &MultiPolygon<f64>, power: i32) -> MultiPolygon<f64> {
    let factor = 2f64.powi(power);
    polygons.map_coords(|c| Coord { x: c.x * factor, y: c.y * factor })
}

/// Every set filled by the even-odd rule, several united.
pub(crate) fn region(sets: &[MultiPolygon<f64>]) -> Region {
    let regions: Vec<Region> =
        sets.iter().map(|set| Region::from_multi_polygon(set, FillRule::EvenOdd)).collect();
    match regions.as_slice() {
        [only] => only.clone(),
        _ => Region::union(&regions),
    }
}

/// The overlay of regions, as `spatial` computes it for whoever asks.
pub(crate) fn overlay(overlay: Overlay, a: &Region, b: &Region) -> Region {
    match overlay {
        Overlay::Intersection => a.intersection(b),
        Overlay::Difference => a.difference(b),
        Overlay::Union => Region::union([a, b]),
        Overlay::SymmetricDifference => Region::union([&a.difference(b), &b.difference(a)]),
    }
}

/// The same by the general overlay alone.
pub(crate) fn general(overlay: Overlay, a: &Region, b: &Region) -> Region {
    use trace::Operation::{Difference, Intersection, Union};
    match overlay {
        Overlay::Intersection => a.overlay_in_general(b, Intersection),
        Overlay::Difference => a.overlay_in_general(b, Difference),
        Overlay::Union => a.overlay_in_general(b, Union),
        Overlay::SymmetricDifference => {
            let [there, back] = [(a, b), (b, a)].map(|(s, r)| s.overlay_in_general(r, Difference));
            there.overlay_in_general(&back, Union)
        }
    }
}

/// The overlay of two valid polygon sets by a prepared subject, and which way it went.
pub(crate) fn prepared(
    operation: trace::Operation,
    subject: &MultiPolygon<f64>,
    reference: &MultiPolygon<f64>,
) -> (Region, trace::Ways) {
    let mut scratch = trace::Scratch::default();
    let subject = trace::Subject::new(&in_columns(subject), 0);
    let shape = subject.overlay(&in_columns(reference), 0, operation, &mut scratch);
    (shape, scratch.ways())
}

/// Area and boundary length of what two valid polygon sets share, by sections; the area alone first.
pub(crate) fn measured(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> (f64, section::Measure) {
    let subject = section::Subject::new(&in_columns(a), 0);
    let references = section::References::new(in_columns(b));
    let (mut areas_m2, mut measures) = (Vec::new(), Vec::new());
    let mut scratch = section::Scratch::default();
    subject.areas(&references, &[0], &mut scratch, &mut areas_m2);
    subject.measures(&references, &[0], &mut scratch, &mut measures);
    (areas_m2[0], measures[0])
}

fn in_columns(polygons: &MultiPolygon<f64>) -> Polygons {
    let mut columns = Polygons::with_capacity(1, polygons.coords_count());
    columns.place(0, polygons);
    columns
}

/// Width times height of the box around both.
pub(crate) fn box_area(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    let boxes = [a, b].map(BoundingRect::bounding_rect);
    let [Some(a), Some(b)] = boxes else { return 0.0 };
    let width = a.max().x.max(b.max().x) - a.min().x.min(b.min().x);
    let height = a.max().y.max(b.max().y) - a.min().y.min(b.min().y);
    width * height
}
