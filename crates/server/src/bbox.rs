//! Boxes that narrow what is asked for, in the CRS that the request names.

use spatial::crs::Transformation;
use spatial::{Crs, Envelope};

use crate::crs::{axes, y_first};
use crate::problem::Problem;

/// Degrees (11 m) by which a projected box is widened for the index: a straight edge of up to 30 km leaves the box of
/// its ends in degrees by less.
const BULGE: f64 = 1e-4;

/// A box; one that crosses the antimeridian is two.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BBox {
    /// The CRS it was given in.
    pub(crate) crs: Crs,
    /// As given, x being easting or longitude.
    pub(crate) given: Vec<Envelope>,
    /// In longitude and latitude; for a projected CRS what holds the box.
    pub(crate) boxes: Vec<Envelope>,
}

impl BBox {
    /// Four or six numbers in the order of the CRS' axes, the lower corner first.
    pub(crate) fn parse(text: &str, crs: &Crs) -> Result<Self, Problem> {
        let [first, second] = axes(crs);
        let order = format!("lowest {first}, lowest {second}, highest {first}, highest {second}");
        let numbers: Vec<f64> = text
            .split(',')
            .map(|part| part.trim().parse().ok().filter(|number: &f64| number.is_finite()))
            .collect::<Option<_>>()
            .ok_or_else(|| Problem::bad(format!("\"bbox\" must be numbers: {order}.")))?;
        let [a, b, c, d] = match numbers[..] {
            [a, b, c, d] => [a, b, c, d],
            // With heights, which no feature here has: they do not narrow anything.
            [a, b, low, c, d, high] if low <= high => [a, b, c, d],
            [_, _, _, _, _, _] => {
                return Err(Problem::bad("\"bbox\": the lower height is above the upper one."));
            }
            _ => {
                let count = numbers.len();
                return Err(Problem::bad(format!("\"bbox\" must be 4 or 6 numbers ({order}), not {count}.")));
            }
        };
        let (min, max) = if y_first(crs) { ([b, a], [d, c]) } else { ([a, b], [c, d]) };
        let given = if crs.is_geographic() { degrees(min, max)? } else { metres(min, max)? };
        let boxes = in_degrees(&given, crs)?;
        Ok(Self { crs: crs.clone(), given, boxes })
    }
}

fn degrees([west, south]: [f64; 2], [east, north]: [f64; 2]) -> Result<Vec<Envelope>, Problem> {
    let within = |limit: f64, values: [f64; 2]| values.iter().all(|v| v.abs() <= limit);
    if !within(180.0, [west, east]) || !within(90.0, [south, north]) {
        return Err(Problem::bad(
            "\"bbox\" must be in degrees: longitude −180 to 180, latitude −90 to 90; \"bbox-crs\" says in which order.",
        ));
    }
    if south > north {
        return Err(Problem::bad("\"bbox\": south lies north of north."));
    }
    let envelope = |west, east| Envelope { min: [west, south], max: [east, north] };
    Ok(if west <= east {
        vec![envelope(west, east)]
    } else {
        vec![envelope(west, 180.0), envelope(-180.0, east)]
    })
}

fn metres(min: [f64; 2], max: [f64; 2]) -> Result<Vec<Envelope>, Problem> {
    if min[0] > max[0] || min[1] > max[1] {
        return Err(Problem::bad("\"bbox\": the lower corner must come first."));
    }
    Ok(vec![Envelope { min, max }])
}

/// Boxes of a CRS in longitude and latitude; what they hold lies in these, straight edges included.
pub(crate) fn in_degrees(given: &[Envelope], crs: &Crs) -> Result<Vec<Envelope>, Problem> {
    let outside = || {
        Problem::bad(format!(
            "\"bbox\" reaches beyond where {} can be computed; take a smaller one.",
            crs.name()
        ))
    };
    let transformation = Transformation::new(crs, &Crs::wgs84()).map_err(|_| outside())?;
    if transformation.is_identity() {
        return Ok(given.to_vec());
    }
    let widened = |e: Envelope| Envelope { min: e.min.map(|v| v - BULGE), max: e.max.map(|v| v + BULGE) };
    given.iter().map(|e| transformation.envelope(e).map(widened).ok_or_else(outside)).collect()
}
