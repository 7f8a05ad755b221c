//! Neighbours keep one border at every zoom.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;

use std::collections::HashMap;

use geo_types::{Coord, LineString, Polygon};
use proptest::prelude::*;
use reader::{Point, decode, doubled_area};
use tiles::{LayerSettings, Small, TileCoord, TileFeature, TileLayer, WORLD_HALF_M};

/// Cells a side, and vertices along each side of a cell.
const CELLS: usize = 4;
const STEPS: usize = 12;
/// Side of a cell, metres: 4 × 300 m lie within one tile of zoom 14 (2,446 m).
const CELL_M: f64 = 300.0;

/// The vertices of the border from one corner to the next, wiggling by `noise`; outer borders are straight.
fn border(a: Coord<f64>, b: Coord<f64>, noise: &[f64], outer: bool) -> Vec<Coord<f64>> {
    (0..=STEPS)
        .map(|i| {
            let t = i as f64 / STEPS as f64;
            let wiggle = if outer || i == 0 || i == STEPS { 0.0 } else { noise[i] };
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            Coord { x: a.x + dx * t - dy * wiggle, y: a.y + dy * t + dx * wiggle }
        })
        .collect()
}

/// A partition of a square into wiggly cells that share every border vertex.
fn partition(noise: &[f64]) -> Vec<TileFeature> {
    let corner = |c: usize, r: usize| Coord { x: 50.0 + c as f64 * CELL_M, y: -50.0 - r as f64 * CELL_M };
    let slice = |k: usize| &noise[(k * 7) % (noise.len() - STEPS - 1)..];
    let across =
        |c: usize, r: usize| border(corner(c, r), corner(c + 1, r), slice(c + 5 * r), r == 0 || r == CELLS);
    let down = |c: usize, r: usize| {
        border(corner(c, r), corner(c, r + 1), slice(40 + c + 5 * r), c == 0 || c == CELLS)
    };
    let mut cells = Vec::new();
    for r in 0..CELLS {
        for c in 0..CELLS {
            let mut ring = across(c, r);
            ring.extend(down(c + 1, r).into_iter().skip(1));
            ring.extend(across(c, r + 1).into_iter().rev().skip(1));
            ring.extend(down(c, r).into_iter().rev().skip(1));
            cells.push(TileFeature {
                id: cells.len() as u64,
                geometry: Polygon::new(LineString(ring), vec![]).into(),
                label: None,
                values: vec![],
                weight: 0.0,
                class: 0,
                min_zoom: 0,
                label_min_zoom: 0,
            });
        }
    }
    cells
}

/// Edges that no neighbour runs the other way.
fn unshared(rings: &[Vec<Point>]) -> Vec<(Point, Point)> {
    let mut edges: HashMap<(Point, Point), i32> = HashMap::new();
    for ring in rings {
        for i in 0..ring.len() {
            *edges.entry((ring[i], ring[(i + 1) % ring.len()])).or_default() += 1;
        }
    }
    let lone = |&(a, b): &(Point, Point)| edges[&(a, b)] != edges.get(&(b, a)).copied().unwrap_or(0);
    edges.keys().copied().filter(|edge| lone(edge)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn inner_borders_are_shared_edge_for_edge(
        noise in proptest::collection::vec(-0.03..0.03_f64, 200),
        z in 8_u8..=14,
    ) {
        let layer = TileLayer::new(LayerSettings::new("cells", vec![], Small::Count), partition(&noise));
        let middle = 1_u32 << (z - 1);
        let tile = layer.encode(TileCoord::new(z, middle, middle).unwrap());
        let layers = decode(&tile.bytes);
        prop_assert_eq!(layers[0].features.len() + tile.collapsed + tile.merged, CELLS * CELLS);
        let rings: Vec<_> = layers[0].features.iter().flat_map(|f| f.paths.clone()).collect();
        let unit = 2.0 * WORLD_HALF_M / f64::from(1_u32 << z) / 4096.0;
        let at = |metres: f64| (metres / unit).round() as i64;
        let (low, high) = (at(50.0), at(50.0 + CELLS as f64 * CELL_M));
        for (a, b) in unshared(&rings) {
            let outer = (0..2).any(|k| a[k] == b[k] && (a[k] == low || a[k] == high));
            prop_assert!(outer, "edge {:?}–{:?} at zoom {} belongs to one cell only", a, b, z);
        }
        let area: i64 = rings.iter().map(|ring| doubled_area(ring)).sum();
        prop_assert_eq!(area, 2 * (high - low).pow(2), "no gap and no overlap");
    }
}

#[test]
fn far_zooms_have_fewer_vertices_and_near_ones_have_all() {
    let noise: Vec<f64> = (0..200_u32).map(|i| (f64::from(i) * 1.7).sin() * 0.03).collect();
    let layer = TileLayer::new(LayerSettings::new("cells", vec![], Small::Count), partition(&noise));
    let vertices = |z: u8| -> usize {
        let tile = layer.encode(TileCoord::new(z, 1 << (z - 1), 1 << (z - 1)).unwrap());
        decode(&tile.bytes)[0].features.iter().flat_map(|f| &f.paths).map(Vec::len).sum()
    };
    // 16 cells with 4 borders of 12 steps.
    let all = 16 * 4 * STEPS;
    assert_eq!(vertices(14), all);
    assert!(vertices(9) < all / 4, "{} of {all}", vertices(9));
}

#[test]
fn an_island_and_its_hole_are_generalised_alike() {
    let circle: Vec<Coord<f64>> = (0..90)
        .map(|i| {
            let angle = f64::from(i) * 4.0_f64.to_radians();
            Coord { x: 600.0 + 200.0 * angle.cos(), y: -600.0 + 200.0 * angle.sin() }
        })
        .collect();
    // The hole starts elsewhere and runs the other way.
    let mut hole = circle.clone();
    hole.rotate_left(31);
    hole.reverse();
    let frame = [(0.0, 0.0), (1200.0, 0.0), (1200.0, -1200.0), (0.0, -1200.0)];
    let feature = |id, polygon: Polygon<f64>| TileFeature {
        id,
        geometry: polygon.into(),
        label: None,
        values: vec![],
        weight: 0.0,
        class: 0,
        min_zoom: 0,
        label_min_zoom: 0,
    };
    let layer = TileLayer::new(
        LayerSettings::new("cells", vec![], Small::Count),
        vec![
            feature(0, Polygon::new(LineString::from(frame.to_vec()), vec![LineString(hole)])),
            feature(1, Polygon::new(LineString(circle), vec![])),
        ],
    );
    // From the zoom on at which the island is more than a pixel, to the one at which all still lies in one tile.
    for z in 8..=14_u8 {
        let tile = layer.encode(TileCoord::new(z, 1 << (z - 1), 1 << (z - 1)).unwrap());
        let layers = decode(&tile.bytes);
        let mut rings: Vec<Vec<Point>> =
            vec![layers[0].features[0].paths[1].clone(), layers[0].features[1].paths[0].clone()];
        rings.iter_mut().for_each(|ring| ring.sort_unstable());
        assert_eq!(rings[0], rings[1], "zoom {z}");
    }
}

#[test]
fn a_coarse_layer_has_the_vertices_of_farther_zooms() {
    let noise: Vec<f64> = (0..200_u32).map(|i| (f64::from(i) * 1.7).sin() * 0.03).collect();
    let settings = LayerSettings { coarser_by: Some(4), ..LayerSettings::new("cells", vec![], Small::Count) };
    let layer = TileLayer::new(settings, partition(&noise));
    let tile = |z: u8| decode(&layer.encode(TileCoord::new(z, 1 << (z - 1), 1 << (z - 1)).unwrap()).bytes);
    let vertices =
        |layer: &reader::Layer| -> usize { layer.features.iter().flat_map(|f| &f.paths).map(Vec::len).sum() };
    let (near, far) = (tile(14), tile(10));
    assert_eq!(near[1].name, "cells-coarse");
    assert_eq!(vertices(&near[1]), vertices(&far[0]));
    assert!(vertices(&near[0]) > vertices(&near[1]));
}
