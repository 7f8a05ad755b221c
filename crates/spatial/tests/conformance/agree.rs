//! The ways to an overlay, held against each other on every pair of valid polygons that the suites have: a prepared
//! subject, regions, and the general overlay alone; areas by sections against areas found without overlay.

use geo_types::MultiPolygon;
use spatial::GRID_STEP_M;
use spatial::trace::Operation;

use crate::engines::{
    self, Overlay, box_area, general, is_valid, measured, prepared, region, scaled, scales,
};
use crate::judge::{area_apart, perimeter, shared_area};
use crate::report::{Outcome, Report};

/// Compares both ways around, at every scale; says nothing about polygons that are not valid.
pub(crate) fn compare(
    suite: &'static str,
    name: &str,
    a: &MultiPolygon<f64>,
    b: &MultiPolygon<f64>,
    report: &mut Report,
) {
    if !is_valid(a) || !is_valid(b) {
        return;
    }
    for power in scales(&[a, b]) {
        let [a, b] = [a, b].map(|set| scaled(set, power));
        let name = if power == 0 { name.to_owned() } else { format!("{name} by 2^{power}") };
        for (way, a, b) in [("", &a, &b), (" back", &b, &a)] {
            let name = format!("{name}{way}");
            let outcome = Outcome::of(shapes(a, b, report));
            report.note(suite, "shapes agree", name.clone(), outcome);
            report.note(suite, "areas agree", name, Outcome::of(areas(a, b, power)));
        }
    }
}

fn shapes(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>, report: &mut Report) -> Option<String> {
    let [one, other] = [a, b].map(|set| region(std::slice::from_ref(set)));
    [
        (Overlay::Intersection, Operation::Intersection),
        (Overlay::Difference, Operation::Difference),
        (Overlay::Union, Operation::Union),
    ]
    .into_iter()
    .find_map(|(overlay, operation)| {
        let (fast, ways) = prepared(operation, a, b);
        report.note_ways(ways);
        let slow = general(overlay, &one, &other);
        let regions = engines::overlay(overlay, &one, &other);
        [("prepared", fast), ("regions", regions)].into_iter().find_map(|(way, shape)| {
            if shape == slow {
                return None;
            }
            report.note_unequal();
            let apart = rounding_apart([a, b], &shape.to_multi_polygon(), &slow.to_multi_polygon());
            apart.map(|reason| format!("{overlay:?}, {way}: {reason}"))
        })
    })
}

/// What keeps two shapes of one overlay from being the same but for the rounding of crossings.
fn rounding_apart(
    operands: [&MultiPolygon<f64>; 2],
    one: &MultiPolygon<f64>,
    other: &MultiPolygon<f64>,
) -> Option<String> {
    if !is_valid(one) || !is_valid(other) {
        return Some("the shape is not valid".to_owned());
    }
    let borders = perimeter(operands[0]) + perimeter(operands[1]) + perimeter(one) + perimeter(other);
    let (off, allowed) = (area_apart(one, other), 2.0 * GRID_STEP_M * borders);
    (off > allowed).then(|| format!("{off:e} m² apart, {allowed:e} allowed"))
}

fn areas(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>, power: i32) -> Option<String> {
    let right = shared_area(a, b);
    let (alone, with_length) = measured(a, b);
    // Scaled polygons are wider than the Earth, and the last digit of their box is more than a square metre.
    let last_digits = if power == 0 { 4.0 } else { 32.0 } * f64::EPSILON * box_area(a, b);
    let allowed = 1e-6 + 1e-9 * right + last_digits;
    let wrong = [alone, with_length.area_m2].into_iter().find(|area| {
        let off = (area - right).abs();
        off.is_nan() || off > allowed
    });
    wrong.map(|area| format!("{area} m², {right} is right, {allowed:e} allowed"))
}
