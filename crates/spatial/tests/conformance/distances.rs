//! What `spatial::distance` answers of the suites' questions: distances, what touches, and where points lie.

use geo_types::{Geometry, Point};
use spatial::distance::{Location, Shape};

use crate::cases::{Case, Operation};
use crate::report::Outcome;

/// Distances are right to their last digits; the expected ones are written with 16.
const RELATIVE: f64 = 1e-15;

/// How far apart two geometries are; the points that are nearest must be as far apart.
pub(crate) fn distance(case: &Case, operation: &Operation) -> Outcome {
    let [Some(a), Some(b)] = shapes(case, operation) else { return NO_PLACE };
    let expected: f64 = operation.expected.parse().unwrap();
    let found = a.separation(&b);
    let [p, q] = [found.on_subject, found.on_reference];
    let between = (p[0] - q[0]).hypot(p[1] - q[1]);
    let wrong = |distance: f64| (distance - expected).abs() > RELATIVE * expected;
    let odd =
        wrong(found.distance_m) || wrong(a.distance_m(&b)) || (between - expected).abs() > 1e-12 * expected;
    Outcome::of(odd.then(|| format!("{expected} expected: {found:?}")))
}

/// Whether two geometries are at most so far apart.
pub(crate) fn is_within_distance(case: &Case, operation: &Operation) -> Outcome {
    let [Some(a), Some(b)] = shapes(case, operation) else { return NO_PLACE };
    let (limit_m, expected): (f64, bool) =
        (operation.arguments[2].parse().unwrap(), operation.expected.parse().unwrap());
    let found = [a.is_within(&b, limit_m), a.separation_within(&b, limit_m).is_some()];
    Outcome::of((found != [expected; 2]).then(|| format!("{expected} expected, {found:?} found")))
}

/// JTS says that an empty geometry is at distance 0 from everything.
const NO_PLACE: Outcome = Outcome::NotOffered("an empty geometry, which is nowhere");

/// Whether two geometries of any kind touch: their distance is 0 then, and only then.
pub(crate) fn touch(case: &Case, operation: &Operation) -> Outcome {
    let expected = operation.expected.parse::<bool>().unwrap() == (operation.name == "intersects");
    let found = match shapes(case, operation) {
        [Some(a), Some(b)] => a.is_within(&b, 0.0),
        _ => false,
    };
    Outcome::of((found != expected).then(|| format!("distance 0 is {expected}, {found} found")))
}

/// A relation between points and a polygonal geometry, by where each point lies; `None` when the operands are not
/// these, or the relation cannot be told by that.
pub(crate) fn points_in_area(case: &Case, operation: &Operation) -> Option<Outcome> {
    let operand = |argument| case.operand(operation, argument).and_then(|operand| operand.geometry.as_ref());
    let (a, b) = (operand(0)?, operand(1)?);
    let (points, area, area_first) = match (points(a), points(b)) {
        (Some(points), None) => (points, b, false),
        (None, Some(points)) => (points, a, true),
        _ => return None,
    };
    if !matches!(area, Geometry::Polygon(_) | Geometry::MultiPolygon(_)) || points.is_empty() {
        return None;
    }
    let area = Shape::new(area)?;
    let places: Vec<Location> = points.iter().map(|point| area.locate([point.x(), point.y()])).collect();
    let any = |place| places.contains(&place);
    let covered = !any(Location::Exterior);
    let inside = covered && any(Location::Interior);
    let found = match operation.name.as_str() {
        "contains" => area_first && inside,
        "covers" => area_first && covered,
        "within" => !area_first && inside,
        "coveredby" => !area_first && covered,
        "touches" => any(Location::Boundary) && !any(Location::Interior),
        "crosses" => any(Location::Interior) && any(Location::Exterior),
        "overlaps" | "equalstopo" => false,
        _ => return None,
    };
    let expected: bool = operation.expected.parse().unwrap();
    Some(Outcome::of((found != expected).then(|| format!("{expected} expected; the points are {places:?}"))))
}

fn points(geometry: &Geometry<f64>) -> Option<Vec<Point<f64>>> {
    match geometry {
        Geometry::Point(point) => Some(vec![*point]),
        Geometry::MultiPoint(points) => Some(points.0.clone()),
        _ => None,
    }
}

fn shapes(case: &Case, operation: &Operation) -> [Option<Shape>; 2] {
    [0, 1].map(|argument| Shape::new(case.operand(operation, argument)?.geometry.as_ref()?))
}
