//! What tiles show together: all of a layer, once, where it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use std::collections::HashSet;

use geo_types::{Coord, Geometry, LineString, Polygon};
use proptest::prelude::*;
use reader::{Point, decode, doubled_area};
use support::{Dice, Partition, feature};
use tiles::{LayerSettings, Small, TileCoord, TileFeature, TileLayer, WORLD_HALF_M};

/// Area of a ring in the box from 0 to 4096, units²: Sutherland and Hodgman in floating point.
fn area_inside(ring: &[Point]) -> f64 {
    let mut points: Vec<[f64; 2]> = ring.iter().map(|p| p.map(|c| c as f64)).collect();
    for (axis, limit, sign) in [(0, 0.0, 1.0), (0, 4096.0, -1.0), (1, 0.0, 1.0), (1, 4096.0, -1.0)] {
        let inside = |p: [f64; 2]| sign * (p[axis] - limit) >= 0.0;
        let mut next = Vec::new();
        for (i, &b) in points.iter().enumerate() {
            let a = points[(i + points.len() - 1) % points.len()];
            if inside(a) != inside(b) {
                let t = (limit - a[axis]) / (b[axis] - a[axis]);
                next.push([0, 1].map(|k| a[k] + t * (b[k] - a[k])));
            }
            if inside(b) {
                next.push(b);
            }
        }
        points = next;
    }
    let pairs = points.iter().zip(points.iter().cycle().skip(1));
    pairs.map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
}

/// The edges of a ring.
fn edges(ring: &[Point]) -> impl Iterator<Item = [Point; 2]> {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| [*a, *b])
}

/// Whether each of two edges has its ends on both sides of the other.
fn cross([a, b]: &[Point; 2], [c, d]: &[Point; 2]) -> bool {
    let side = |p: &Point, q: &Point, r: &Point| {
        let d = |s: &Point, k: usize| i128::from(s[k]) - i128::from(p[k]);
        (d(q, 0) * d(r, 1) - d(q, 1) * d(r, 0)).signum()
    };
    side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

/// A star around a place: simple, with corners far in and far out.
fn star(place: Coord<f64>, radius: f64, corners: usize, dice: &mut Dice) -> Vec<Coord<f64>> {
    (0..corners)
        .map(|k| {
            let (angle, out) =
                (std::f64::consts::TAU * k as f64 / corners as f64, radius * (0.55 + 0.45 * dice.roll()));
            Coord { x: place.x + out * angle.cos(), y: place.y + out * angle.sin() }
        })
        .collect()
}

/// A star of hundreds of corners with a hole, and a few small ones beside it.
fn stars(place: Coord<f64>, radius: f64, corners: usize, seed: u64) -> Vec<TileFeature> {
    let mut dice = Dice::new(seed);
    let shell = star(place, radius, corners, &mut dice);
    let hole = star(place, radius * 0.099, 30, &mut dice);
    let mut features = vec![feature(0, Polygon::new(LineString(shell), vec![LineString(hole)]))];
    for i in 1..6_u32 {
        let beside = Coord { x: place.x + f64::from(i) * 2.1 * radius, y: place.y };
        features.push(feature(
            u64::from(i),
            Polygon::new(LineString(star(beside, radius, 9, &mut dice)), vec![]),
        ));
    }
    features
}

/// A square about a star that is its hole: in most tiles nothing is seen of the square's own border.
fn around_a_star(place: Coord<f64>, radius: f64, corners: usize, seed: u64) -> TileFeature {
    let hole = star(place, radius, corners, &mut Dice::new(seed));
    let far = 3.0 * radius + 50_000.0;
    let corner = |x: f64, y: f64| Coord { x: place.x + x * far, y: place.y + y * far };
    let shell = vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)];
    feature(9, Polygon::new(LineString(shell), vec![LineString(hole)]))
}

/// Every tile of a zoom with what it shows, from the column and row of one tile to those of another.
fn all(
    layer: &TileLayer,
    z: u8,
    [left, top, right, bottom]: [u32; 4],
) -> Vec<(TileCoord, Vec<reader::Feature>)> {
    let rows = (top..=bottom).flat_map(|y| (left..=right).map(move |x| TileCoord::new(z, x, y).unwrap()));
    rows.map(|tile| {
        let layers = decode(&layer.encode(tile).bytes);
        (tile, layers.into_iter().next().map_or_else(Vec::new, |layer| layer.features))
    })
    .collect()
}

fn reach(features: &[TileFeature], z: u8) -> [u32; 4] {
    let mut reach = [u32::MAX, u32::MAX, 0, 0];
    for feature in features {
        let Geometry::Polygon(polygon) = &feature.geometry else { continue };
        for c in &polygon.exterior().0 {
            let tile = |metres: f64| {
                let column = (metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M) * f64::from(1_u32 << z);
                column.clamp(0.0, f64::from((1_u32 << z) - 1)) as u32
            };
            let (x, y) = (tile(c.x), tile(-c.y));
            reach = [reach[0].min(x), reach[1].min(y), reach[2].max(x), reach[3].max(y)];
        }
    }
    reach
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The parts that tiles show of each feature add up to the feature, exactly: a square tile cuts a polygon on the
    /// grid into parts whose areas differ from its own by rounding of the sum alone.
    #[test]
    fn areas_in_tiles_add_up(
        seed in any::<u64>(),
        x in -1.9e7..1.9e7_f64,
        y in -1.9e7..1.9e7_f64,
        scale in 9.0..13.0_f64,
        corners in prop_oneof![Just(12_usize), Just(90), Just(700), Just(3000)],
    ) {
        let features = stars(Coord { x, y }, scale.exp2(), corners, seed);
        let z = 14;
        let tiles = reach(&features, z);
        let layer = TileLayer::new(LayerSettings::new("stars", vec![], Small::Count), features);
        let mut areas = [0.0; 6];
        let mut inside_out = 0;
        for (_, features) in all(&layer, z, tiles) {
            for feature in features {
                let id = usize::try_from(feature.id.unwrap()).unwrap();
                areas[id] += feature.paths.iter().map(|ring| area_inside(ring)).sum::<f64>();
                inside_out += usize::from(doubled_area(&feature.paths[0]) <= 0);
            }
        }
        prop_assert_eq!(inside_out, 0);
        let sum: f64 = areas.iter().sum();
        let expected = layer.figures(z).unwrap().area_units2;
        prop_assert!((sum - expected).abs() < 1e-9 * expected + 1e-3, "{} for {}", sum, expected);
    }

    /// Renderers cut polygons into triangles, and fill the wrong land where borders cross, though it be beyond the tile.
    #[test]
    fn borders_in_tiles_cross_nowhere(
        seed in any::<u64>(),
        x in -1.9e7..1.9e7_f64,
        y in -1.9e7..1.9e7_f64,
        scale in 9.0..13.0_f64,
        corners in prop_oneof![Just(12_usize), Just(90), Just(300)],
    ) {
        let mut features = stars(Coord { x, y }, scale.exp2(), corners, seed);
        let tiles = reach(&features, 14);
        features.push(around_a_star(Coord { x, y }, scale.exp2(), corners, seed));
        let layer = TileLayer::new(LayerSettings::new("stars", vec![], Small::Count), features);
        for (tile, features) in all(&layer, 14, tiles) {
            for feature in features {
                let edges: Vec<[Point; 2]> = feature.paths.iter().flat_map(|ring| edges(ring)).collect();
                let crossing = edges.iter().enumerate().find_map(|(k, a)| {
                    edges[k + 1..].iter().find(|b| cross(a, b)).map(|b| (*a, *b))
                });
                prop_assert!(crossing.is_none(), "{tile:?} {:?}: {crossing:?}", feature.id);
            }
        }
    }

    /// At full detail each vertex shown lies within half a unit of the source's, and each of the source's near a tile
    /// is shown; below the deepest level it is that one enlarged.
    #[test]
    fn vertices_are_where_they_were(seed in any::<u64>(), x in -1.9e7..1.9e7_f64, y in -1.9e7..1.9e7_f64) {
        for z in [14_u8, 16] {
            let features = stars(Coord { x, y }, 700.0, 40, seed);
            let tiles = reach(&features, z);
            let layer = TileLayer::new(LayerSettings::new("stars", vec![], Small::Count), features.clone());
            for (tile, shown) in all(&layer, z, tiles) {
                let local = |c: &Coord<f64>| {
                    let unit = |metres: f64, tile: u32| {
                        let world = (metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M) * f64::from(1_u32 << z);
                        (world - f64::from(tile)) * 4096.0
                    };
                    [unit(c.x, tile.x()), unit(-c.y, tile.y())]
                };
                for feature in &features {
                    let Geometry::Polygon(polygon) = &feature.geometry else { continue };
                    let source: Vec<[f64; 2]> = polygon.exterior().0.iter().map(local).collect();
                    let found = shown.iter().find(|f| f.id == Some(feature.id));
                    let drawn: Vec<Point> =
                        found.iter().flat_map(|f| f.paths.iter().flatten().copied()).collect();
                    // Half a unit and half a world unit, which is less than a hundredth of one here.
                    let near = |p: &[f64; 2], q: &Point| (0..2).all(|k| (p[k] - q[k] as f64).abs() <= 0.54);
                    let visible = |p: &[f64; 2]| p.iter().all(|c| (0.0..4096.0).contains(c));
                    for p in source.iter().filter(|p| visible(p)) {
                        prop_assert!(drawn.iter().any(|q| near(p, q)), "{:?} of {} is not shown", p, feature.id);
                    }
                }
            }
        }
    }
}

/// On the seam between two tiles both show the same vertices of every border, in one order.
#[test]
fn neighbouring_tiles_continue_each_other() {
    let corner = Coord { x: 11_800_000.0, y: 1_300_000.0 };
    let layer = TileLayer::new(
        LayerSettings::new("cells", vec![], Small::Count),
        Partition::new(corner, 30_000.0, 20, 5, 11).features,
    );
    let z = 11;
    let middle =
        |metres: f64| ((metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M) * f64::from(1_u32 << z)) as u32;
    let (x, y) = (middle(corner.x + 15_000.0), middle(-corner.y - 15_000.0));
    let edges = |column: u32, seam: i64| -> HashSet<(u64, Point, Point)> {
        let layers = decode(&layer.encode(TileCoord::new(z, column, y).unwrap()).bytes);
        let of = |f: &reader::Feature| {
            let id = f.id.unwrap();
            let rings = f.paths.clone().into_iter();
            rings.flat_map(move |ring| {
                let n = ring.len();
                (0..n).map(move |i| (id, ring[i], ring[(i + 1) % n])).collect::<Vec<_>>()
            })
        };
        let meets = |&(_, a, b): &(u64, Point, Point)| {
            (a[0] <= seam) != (b[0] <= seam) && [a, b].iter().all(|p| (0..4096).contains(&p[1]))
        };
        layers[0].features.iter().flat_map(of).filter(meets).collect()
    };
    let moved = |p: Point| [p[0] + 4096, p[1]];
    let left = edges(x, 4096);
    let right: HashSet<_> = edges(x + 1, 0).into_iter().map(|(id, a, b)| (id, moved(a), moved(b))).collect();
    assert!(left.len() > 20);
    assert_eq!(left, right);
}
