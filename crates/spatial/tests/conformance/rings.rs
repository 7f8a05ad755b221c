//! The suites in GeoJSON, whose operands need not be valid: each suite says by which rule rings are filled.

use std::path::Path;

use geo_types::{Geometry, MultiPolygon, Polygon};
use serde_json::Value;
use spatial::{FillRule, GRID_STEP_M, Region};

use crate::engines::{self, Overlay, polygonal_part, scaled, scales};
use crate::judge::{area_apart, perimeter};
use crate::support::geometry;

/// How a suite fills rings.
#[derive(Clone, Copy)]
pub(crate) enum Rule {
    /// Of martinez: what an odd number of rings of a feature encloses.
    EvenOdd,
    /// Of polygon-clipping: every ring by its own winding number, holes taken out of their shell, parts united.
    RingByRing,
}

/// The polygons of a file's features, in order, each with its property `operation`.
pub(crate) fn features(path: &Path) -> Vec<(MultiPolygon<f64>, Option<String>)> {
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let single = std::slice::from_ref(&document);
    let features = document["features"].as_array().map_or(single, Vec::as_slice);
    let read = |feature: &Value| {
        let found =
            geometry(feature.get("geometry").unwrap_or(feature)).unwrap_or(Geometry::from(Polygon::empty()));
        let operation = feature["properties"]["operation"].as_str().map(str::to_owned);
        (polygonal_part(&found), operation)
    };
    features.iter().map(read).collect()
}

/// The region of an operand.
pub(crate) fn fill(rule: Rule, polygons: &MultiPolygon<f64>) -> Region {
    let filled = |rings: &[geo_types::LineString<f64>]| {
        let rings = rings.iter().map(|ring| Polygon::new(ring.clone(), vec![]));
        let regions: Vec<Region> =
            rings.map(|ring| Region::from_multi_polygon(&ring.into(), FillRule::NonZero)).collect();
        Region::union(&regions)
    };
    let part = |polygon: &Polygon<f64>| {
        filled(std::slice::from_ref(polygon.exterior())).difference(&filled(polygon.interiors()))
    };
    match rule {
        Rule::EvenOdd => Region::from_multi_polygon(polygons, FillRule::EvenOdd),
        Rule::RingByRing => Region::union(&polygons.iter().map(part).collect::<Vec<_>>()),
    }
}

/// The overlay of any number of operands; a difference takes all others from the first.
pub(crate) fn overlay(overlay: Overlay, operands: &[Region]) -> Region {
    let Some((first, rest)) = operands.split_first() else { return Region::default() };
    match overlay {
        Overlay::Union => Region::union(operands),
        Overlay::Difference => first.difference(&Region::union(rest)),
        _ => rest.iter().fold(first.clone(), |all, one| engines::overlay(overlay, &all, one)),
    }
}

/// What is wrong with an overlay at any scale, if anything.
pub(crate) fn judge(
    rule: Rule,
    operation: Overlay,
    operands: &[MultiPolygon<f64>],
    expected: &MultiPolygon<f64>,
) -> Option<String> {
    scales(&operands.iter().collect::<Vec<_>>()).into_iter().find_map(|power| {
        let regions: Vec<Region> = operands.iter().map(|set| fill(rule, &scaled(set, power))).collect();
        let found = overlay(operation, &regions).to_multi_polygon();
        // Through the grid as well, so that an expected result that is not valid can be compared.
        let expected = fill(rule, &scaled(expected, power)).to_multi_polygon();
        let borders: f64 = regions.iter().map(Region::perimeter_m).sum();
        let allowed = 2.0 * GRID_STEP_M * (borders + perimeter(&found) + perimeter(&expected));
        let off = area_apart(&found, &expected);
        (off > allowed).then(|| format!("at 2^{power}: {off:e} m² apart, {allowed:e} allowed"))
    })
}
