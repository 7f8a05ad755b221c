//! What a list says of itself held against its coordinates: sides, areas, points that come twice.

use geo_types::Coord;

use super::area::Stated;
use super::assemble::{Point, Ring, Zone};
use super::number::{Mark, Written};
use crate::NoteKind;

/// Something to tell, with its row.
pub(super) struct Remark {
    pub(super) kind: NoteKind,
    pub(super) line: usize,
    pub(super) message: String,
}

fn length_m(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (b.x - a.x).hypot(b.y - a.y)
}

/// Half of the last decimal.
fn half(decimals: u32) -> f64 {
    0.5 * 0.1_f64.powi(i32::try_from(decimals.min(15)).unwrap_or(15))
}

/// One stated side: its row, its ends, what is stated and what is computed.
struct Side<'r> {
    line: usize,
    from: &'r Point,
    to: &'r Point,
    stated: Written,
    computed_m: f64,
}

/// Sides that are not what the coordinates say, beyond the rounding of both.
pub(super) fn sides(ring: &Ring, decimals: u32, mark: Option<Mark>) -> Vec<Remark> {
    let stated = ring.points.iter().filter_map(|point| point.side).chain(ring.closing_side);
    let read = |written: &Written| written.reading(mark, |_| true);
    let own = stated.filter_map(|written| read(&written)).map(|reading| reading.decimals).max();
    let Some(own) = own else { return Vec::new() };
    let tolerance_m = half(own) + 2.0 * std::f64::consts::SQRT_2 * half(decimals) + 1e-9;
    let differs = |side: &Side<'_>| {
        let near = |value: f64| (value - side.computed_m).abs() <= tolerance_m;
        !side.stated.readings().any(|reading| near(reading.value))
    };
    // The side of a row leads to the next point or comes from the one before; lists have both.
    let [to_next, from_last] = [to_next(ring), from_last(ring)].map(|sides| {
        let count = sides.iter().filter(|side| differs(side)).count();
        (sides, count)
    });
    let (sides, _) = if from_last.1 < to_next.1 { from_last } else { to_next };
    let wrong = sides.iter().filter(|side| differs(side));
    let remark = |side: &Side<'_>| Remark {
        kind: NoteKind::SideDiffers,
        line: side.line,
        message: format!(
            "the side from point {} to point {} is {} m in the list, but {:.*} m by the coordinates: one of the numbers is mistyped",
            side.from.label,
            side.to.label,
            read(&side.stated).map_or(0.0, |reading| reading.value),
            usize::try_from(own).unwrap_or(2).clamp(2, 4),
            side.computed_m
        ),
    };
    wrong.map(remark).collect()
}

fn to_next<'r>(ring: &'r Ring) -> Vec<Side<'r>> {
    let next = ring.points.iter().skip(1).chain(ring.points.first());
    let side = |(from, to): (&'r Point, &'r Point)| {
        Some(Side { line: from.line, from, to, stated: from.side?, computed_m: length_m(from.at, to.at) })
    };
    ring.points.iter().zip(next).filter_map(side).collect()
}

fn from_last(ring: &Ring) -> Vec<Side<'_>> {
    let before = ring.points.last().into_iter().chain(&ring.points);
    let mut sides: Vec<Side<'_>> = before
        .zip(&ring.points)
        .filter_map(|(from, to)| {
            Some(Side { line: to.line, from, to, stated: to.side?, computed_m: length_m(from.at, to.at) })
        })
        .collect();
    if let (Some(from), Some(to), Some(stated)) = (ring.points.last(), ring.points.first(), ring.closing_side)
    {
        sides.push(Side { line: from.line + 1, from, to, stated, computed_m: length_m(from.at, to.at) });
    }
    sides
}

/// Points of a ring that lie where the one before lies.
pub(super) fn repeated(ring: &Ring) -> Vec<Remark> {
    let pairs = ring.points.windows(2).filter_map(|pair| match pair {
        [one, next] if one.at == next.at => Some((one, next)),
        _ => None,
    });
    let remark = |(one, next): (&Point, &Point)| Remark {
        kind: NoteKind::RepeatedPoint,
        line: next.line,
        message: format!(
            "point {} lies where point {} does, in row {}; both are kept",
            next.label, one.label, one.line
        ),
    };
    pairs.map(remark).collect()
}

/// An area that is not what the coordinates say, beyond its rounding and theirs.
pub(super) fn area(stated: &Stated, computed_m2: f64, border_m: f64, zone: &Zone) -> Option<Remark> {
    let (value_m2, rounding_m2) = stated.nearest_m2(zone.mark, computed_m2)?;
    let tolerance_m2 = rounding_m2 + border_m * half(zone.decimals) + 1e-6;
    let differs = (value_m2 - computed_m2).abs() > tolerance_m2;
    differs.then(|| Remark {
        kind: NoteKind::StatedArea,
        line: stated.line,
        message: format!(
            "the list states an area of {value_m2:.1} m², but its coordinates enclose {computed_m2:.1} m² on their plane, \
             {:+.1} m²",
            computed_m2 - value_m2
        ),
    })
}

/// The length of a ring.
pub(super) fn border_m(ring: &Ring) -> f64 {
    let next = ring.points.iter().skip(1).chain(ring.points.first());
    ring.points.iter().zip(next).map(|(a, b)| length_m(a.at, b.at)).sum()
}
