//! An invalid feature that shares its border with a valid neighbour: mending lays it on the grid, which must not make
//! an overlap of the border.
#![allow(clippy::unwrap_used, reason = "tests")]

use geo_types::{Coord, LineString, Polygon};
use serde_json::Map;
use spatial::overlay::{Options, Want, overlaps, self_overlaps};
use spatial::{Crs, Feature, Layer, Prepared};

/// A ragged border from south to north, 6,673.3 m apart, on no grid; calm towards its ends, where the crossing sides of
/// the field start.
fn border() -> Vec<Coord<f64>> {
    let calm = |i: u32| (f64::from(i) * std::f64::consts::PI / 2000.0).sin();
    let wave = |i: u32| calm(i) * ((f64::from(i) * 0.7).sin() * 30.0 + (f64::from(i) * 0.13).cos() * 7.0);
    (0..=2000)
        .map(|i| Coord { x: 500_000.1 + wave(i), y: 2_300_000.3 + f64::from(i) * 10.01 / 3.0 })
        .collect()
}

/// West of the border a field whose far side crosses itself, east of it a valid one that reaches `into` it by so much.
fn layer(into: f64) -> Layer {
    let border = border();
    let (south, north) = (border[0].y, border[2000].y);
    let at = |x: f64, y: f64| Coord { x, y };
    let west: Vec<_> = border.iter().copied().chain([at(498_000.0, south), at(498_000.0, north)]).collect();
    let moved = border.iter().rev().map(|c| at(c.x - into, c.y));
    let east: Vec<_> = moved.chain([at(502_000.0, south), at(502_000.0, north)]).collect();
    let feature = |position: u64, ring: Vec<Coord<f64>>| Feature {
        position,
        id: None,
        geometry: Some(Polygon::new(LineString(ring), Vec::new()).into()),
        properties: Map::new(),
    };
    Layer { crs: Crs::from_epsg(9215).unwrap(), features: vec![feature(0, west), feature(1, east)] }
}

#[test]
fn a_shared_border_is_no_overlap() {
    let layer = layer(0.0);
    let prepared = Prepared::new(&layer, &layer.crs).unwrap();
    assert!(!prepared.features[0].is_valid() && prepared.features[1].is_valid());
    let split = |at: usize| Layer { crs: layer.crs.clone(), features: vec![layer.features[at].clone()] };
    let [west, east] = [0, 1].map(|at| Prepared::new(&split(at), &layer.crs).unwrap());
    for want in [Want::Areas, Want::Widths, Want::Shapes] {
        let options = Options { want, ..Options::default() };
        for found in [
            self_overlaps(&prepared, &options),
            overlaps(&west, &east, &options),
            overlaps(&east, &west, &options),
        ] {
            assert!(found.pairs.is_empty(), "{want:?}: {:?}", found.pairs);
        }
    }
}

/// A millimetre over the 6,673.3 m from the border's south to its north, but for the corners at both ends.
#[test]
fn a_thin_overlap_is_still_one() {
    let layer = layer(0.001);
    let prepared = Prepared::new(&layer, &layer.crs).unwrap();
    for want in [Want::Areas, Want::Widths, Want::Shapes] {
        let found = self_overlaps(&prepared, &Options { want, ..Options::default() });
        let [pair] = found.pairs.as_slice() else { panic!("{want:?}: {:?}", found.pairs) };
        assert!((pair.area_m2 - 6.673_3).abs() < 1e-3, "{want:?}: {}", pair.area_m2);
    }
}
