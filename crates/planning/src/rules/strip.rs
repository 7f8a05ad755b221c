//! The strip of land between two borders that run beside each other: what would have to be added to one zone for it to
//! meet the other.

use geo_types::{LineString, MultiPolygon, Polygon};
use spatial::distance::Shape;
use spatial::{FillRule, Region};

/// Into at most how many pieces an edge is cut; one longer than as many limits gets longer pieces.
const MAX_PIECES: f64 = 1024.0;

/// A border and what is inside it.
pub(super) struct Side<'a> {
    pub(super) rings: Vec<&'a [[f64; 2]]>,
    pub(super) shape: &'a Shape,
    pub(super) region: &'a Region,
}

/// The land between two sides where they are at most this far apart: pieces of each border with the points of the other
/// that are nearest to their ends, less what either side holds.
pub(super) fn between(a: &Side<'_>, b: &Side<'_>, limit_m: f64) -> Region {
    let pieces = [quads(a, b, limit_m), quads(b, a, limit_m)].concat();
    let pieces: Vec<Region> = pieces
        .into_iter()
        .map(|quad| Region::from_multi_polygon(&MultiPolygon(vec![quad]), FillRule::NonZero))
        .collect();
    Region::union(&pieces).difference(a.region).difference(b.region)
}

fn quads(from: &Side<'_>, to: &Side<'_>, limit_m: f64) -> Vec<Polygon<f64>> {
    let nearest =
        |point: [f64; 2]| Some(Shape::point(point)?.separation_within(to.shape, limit_m)?.on_reference);
    let mut quads = Vec::new();
    for edge in from.rings.iter().flat_map(|ring| ring.windows(2)) {
        let ends: Vec<_> = along(edge[0], edge[1], limit_m).map(|point| (point, nearest(point))).collect();
        for pair in ends.windows(2) {
            let ((a, Some(near_a)), (b, Some(near_b))) = (pair[0], pair[1]) else { continue };
            let ring = [a, b, near_b, near_a, a].map(|[x, y]| (x, y));
            quads.push(Polygon::new(LineString::from(ring.to_vec()), Vec::new()));
        }
    }
    quads
}

/// Points along an edge, its ends included.
fn along(a: [f64; 2], b: [f64; 2], step_m: f64) -> impl Iterator<Item = [f64; 2]> {
    let length_m = (b[0] - a[0]).hypot(b[1] - a[1]);
    let pieces = (length_m / step_m).ceil().clamp(1.0, MAX_PIECES);
    let at = move |part: f64| std::array::from_fn(|axis| a[axis] + (b[axis] - a[axis]) * part);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1024")]
    let count = pieces as u32;
    // The last is the end itself, not what rounding makes of it.
    (0..count).map(move |i| at(f64::from(i) / pieces)).chain(std::iter::once(b))
}
