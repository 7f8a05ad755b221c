//! Rings becoming polygons: a ring inside another is its hole, one inside a hole a part of its own.

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use spatial::relation::{Predicate, Related};

/// The polygons of rings, each open, and which rings are holes.
pub(super) fn nest(rings: Vec<Vec<Coord<f64>>>) -> (Geometry<f64>, Vec<usize>) {
    let closed = rings.into_iter().map(|mut ring| {
        ring.extend(ring.first().copied());
        LineString(ring)
    });
    let rings: Vec<LineString<f64>> = closed.collect();
    let depths = depths(&rings);
    let mut polygons: Vec<(usize, Polygon<f64>)> = Vec::new();
    let mut holes = Vec::new();
    for (at, ring) in
        rings.iter().enumerate().filter(|(at, _)| depths.get(*at).is_some_and(|d| d.len() % 2 == 0))
    {
        polygons.push((at, Polygon::new(ring.clone(), Vec::new())));
    }
    for (at, ring) in rings.into_iter().enumerate() {
        let Some(around) = depths.get(at).filter(|around| around.len() % 2 == 1) else { continue };
        // The innermost shell around it is the one that lies in all others around it.
        let shell = polygons.iter_mut().filter(|(shell, _)| around.contains(shell));
        let shell = shell.max_by_key(|(shell, _)| depths.get(*shell).map_or(0, Vec::len));
        if let Some((_, polygon)) = shell {
            polygon.interiors_push(ring);
            holes.push(at);
        }
    }
    let mut polygons: Vec<Polygon<f64>> = polygons.into_iter().map(|(_, polygon)| polygon).collect();
    let geometry = match (polygons.pop(), polygons.is_empty()) {
        (Some(only), true) => Geometry::Polygon(only),
        (last, _) => {
            polygons.extend(last);
            Geometry::MultiPolygon(MultiPolygon(polygons))
        }
    };
    (geometry, holes)
}

/// For each ring those that it lies in.
fn depths(rings: &[LineString<f64>]) -> Vec<Vec<usize>> {
    if rings.len() < 2 {
        return vec![Vec::new(); rings.len()];
    }
    let related = |ring: &LineString<f64>| Related::new(Polygon::new(ring.clone(), Vec::new()).into());
    let related: Vec<Option<Related>> = rings.iter().map(related).collect();
    let lies_in = |inner: &Related, outer: &Related| {
        let (own, other) = (inner.envelope(), outer.envelope());
        let in_box = (0..2).all(|axis| own.min[axis] >= other.min[axis] && own.max[axis] <= other.max[axis]);
        in_box && inner.holds(Predicate::Within, outer)
    };
    let around = |(at, inner): (usize, &Option<Related>)| -> Vec<usize> {
        let Some(inner) = inner else { return Vec::new() };
        let others = related.iter().enumerate().filter_map(|(other, outer)| Some((other, outer.as_ref()?)));
        // Of two rings that are the same, the later is the hole.
        let inside = |(other, outer): &(usize, &Related)| {
            *other != at && lies_in(inner, outer) && (*other < at || !lies_in(outer, inner))
        };
        others.filter(inside).map(|(other, _)| other).collect()
    };
    related.iter().enumerate().map(around).collect()
}
