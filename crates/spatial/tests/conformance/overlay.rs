//! Overlays held to an expected result, or to the identities that any overlay obeys.

use std::f64::consts::FRAC_1_SQRT_2;

use geo_types::{MultiLineString, MultiPolygon};
use spatial::distance::Shape;
use spatial::{GRID_STEP_M, Region};

use crate::engines::{self, Overlay, general, is_valid, region, scaled};
use crate::judge::{area, area_apart, perimeter, shared_area};

/// What an overlay must be.
pub(crate) enum Expected<'a> {
    /// This set. `step` is the precision that it was rounded to, where it is fixed.
    Set { polygons: &'a MultiPolygon<f64>, step: Option<f64> },
    /// This area, to a tolerance of its own.
    Area { area: f64, tolerance: f64 },
    /// Of the right area, as found without overlay.
    Sound,
}

/// Operands of an overlay, each one or several polygon sets (several are united).
pub(crate) struct Pair<'a> {
    pub(crate) a: &'a [MultiPolygon<f64>],
    pub(crate) b: &'a [MultiPolygon<f64>],
}

impl Pair<'_> {
    fn sets(&self) -> Vec<&MultiPolygon<f64>> {
        self.a.iter().chain(self.b).collect()
    }

    pub(crate) fn scales(&self) -> Vec<i32> {
        engines::scales(&self.sets())
    }
}

/// Computes an overlay at every scale and by every way there is for the operands; tells what is wrong, if anything.
pub(crate) fn judge(overlay: Overlay, pair: &Pair, expected: &Expected) -> Option<String> {
    pair.scales().into_iter().find_map(|power| {
        let at = if power == 0 { String::new() } else { format!("scaled by 2^{power}: ") };
        judge_at(power, overlay, pair, expected).map(|reason| at + &reason)
    })
}

fn judge_at(power: i32, overlay: Overlay, pair: &Pair, expected: &Expected) -> Option<String> {
    let [a, b] = [pair.a, pair.b].map(|sets| sets.iter().map(|set| scaled(set, power)).collect::<Vec<_>>());
    let borders = perimeter_of(&a) + perimeter_of(&b);
    let exact = power == 0 && engines::scales(&pair.sets()) == [0];
    let (one, other) = (region(&a), region(&b));
    let ways =
        [("", engines::overlay(overlay, &one, &other)), ("in general: ", general(overlay, &one, &other))];
    ways.into_iter().find_map(|(way, found)| {
        let found = found.to_multi_polygon();
        let wrong = check(overlay, [&a, &b], &found, expected, (power, borders, exact));
        wrong.map(|reason| format!("{way}{reason}"))
    })
}

fn perimeter_of(sets: &[MultiPolygon<f64>]) -> f64 {
    sets.iter().map(perimeter).sum()
}

fn check(
    overlay: Overlay,
    [a, b]: [&[MultiPolygon<f64>]; 2],
    found: &MultiPolygon<f64>,
    expected: &Expected,
    (power, borders, exact): (i32, f64, bool),
) -> Option<String> {
    if !is_valid(found) {
        return Some("the result is not valid".into());
    }
    let rounding = 2.0 * GRID_STEP_M * (borders + perimeter(found));
    match expected {
        Expected::Set { polygons, step } => {
            let expected = &scaled(polygons, power);
            let unit = 2f64.powi(power);
            // What is rounded to a fixed precision, by vertices or by snapping edges to the pixels that they pass, moves
            // by half the diagonal of a pixel at most, and parts narrower than twice that vanish.
            let moved_m = step.map_or(0.0, |step| step * unit * FRAC_1_SQRT_2);
            let allowed = rounding + moved_m * perimeter(found).max(perimeter(expected));
            let off = area_apart(found, expected);
            if off > allowed {
                let sound =
                    check(overlay, [a, b], found, &Expected::Sound, (power, borders, exact)).is_none();
                let own = if sound { "right" } else { "not right" };
                return Some(format!("{off:e} m² apart, {allowed:e} allowed; the area by itself is {own}"));
            }
            let strays_m = step.and_then(|_| stray(expected, found));
            if let Some(strays_m) = strays_m.filter(|strays_m| *strays_m > moved_m + 2.0 * GRID_STEP_M) {
                return Some(format!("its border strays {strays_m:e} m, {moved_m:e} allowed"));
            }
            let parts =
                (found.0.len(), expected.0.iter().filter(|part| !part.exterior().0.is_empty()).count());
            (exact && step.is_none() && parts.0 != parts.1)
                .then(|| format!("{} parts, {} expected", parts.0, parts.1))
        }
        Expected::Area { area: expected, tolerance } => {
            let unit = 4f64.powi(power);
            let off = (area(found) - expected * unit).abs();
            let allowed = rounding + tolerance * unit;
            (off > allowed).then(|| format!("area off by {off:e} m², {allowed:e} allowed"))
        }
        Expected::Sound => {
            let ([a], [b]) = (a, b) else { return Some("no way to judge it".into()) };
            if !is_valid(a) || !is_valid(b) {
                return Some("no way to judge an overlay of invalid polygons".into());
            }
            let off = (area(found) - right_area(overlay, a, b)).abs();
            (off > rounding).then(|| format!("area off by {off:e} m², {rounding:e} allowed"))
        }
    }
}

/// How far the border of what is expected strays from that of what was found, m; `None` where either is empty.
fn stray(expected: &MultiPolygon<f64>, found: &MultiPolygon<f64>) -> Option<f64> {
    let border = |set: &MultiPolygon<f64>| {
        let rings = set.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
        Shape::new(&MultiLineString(rings.cloned().collect()).into())
    };
    Some(border(expected)?.directed_hausdorff(&border(found)?, GRID_STEP_M / 4.0).distance_m)
}

/// The area of an overlay of valid polygons, found without one.
fn right_area(overlay: Overlay, a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> f64 {
    let shared = shared_area(a, b);
    match overlay {
        Overlay::Intersection => shared,
        Overlay::Difference => area(a) - shared,
        Overlay::Union => area(a) + area(b) - shared,
        Overlay::SymmetricDifference => area(a) + area(b) - 2.0 * shared,
    }
}

/// JTS's `overlayAreaTest`: A = A∩B + A−B, B = A∩B + B−A, A∪B = A∩B + AΔB, AΔB = A−B + B−A, to 1e-6 of the areas
/// or what the grid allows; and each area on its own is right.
pub(crate) fn identities(pair: &Pair) -> Option<String> {
    use Overlay::{Difference, Intersection, SymmetricDifference, Union};
    for overlay in [Intersection, Difference, Union, SymmetricDifference] {
        if let Some(reason) = judge(overlay, pair, &Expected::Sound) {
            return Some(format!("{overlay:?}: {reason}"));
        }
    }
    pair.scales().into_iter().find_map(|power| {
        let [a, b]: [Region; 2] = [pair.a, pair.b]
            .map(|sets| region(&sets.iter().map(|set| scaled(set, power)).collect::<Vec<_>>()));
        let [both, only_a, either, one] = [Intersection, Difference, Union, SymmetricDifference]
            .map(|op| engines::overlay(op, &a, &b).area_m2());
        let only_b = engines::overlay(Difference, &b, &a).area_m2();
        let borders = a.perimeter_m() + b.perimeter_m();
        let (a, b) = (a.area_m2(), b.area_m2());
        let off = [a - both - only_a, b - both - only_b, either - both - one, one - only_a - only_b];
        let worst = off.into_iter().fold(0.0, |worst: f64, off| worst.max(off.abs()));
        let rounding = 2.0 * GRID_STEP_M * borders;
        (worst > rounding.max(1e-6 * (a + b)))
            .then(|| format!("identities off by {worst:e} m² of {:e}", a + b))
    })
}
