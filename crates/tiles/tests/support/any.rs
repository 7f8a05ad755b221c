//! Features of any kind and size, anywhere.

use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use proptest::prelude::*;
use tiles::{TileCoord, WORLD_HALF_M};

/// Coordinates near a place, often such as others have.
fn coordinate(place: f64, size: f64) -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => (-1.0..1.0_f64).prop_map(move |t| place + t * size),
        2 => (-4_i8..=4).prop_map(move |t| place + f64::from(t) / 4.0 * size),
    ]
}

fn ring(place: [f64; 2], size: f64) -> impl Strategy<Value = LineString<f64>> {
    let coord = (coordinate(place[0], size), coordinate(place[1], size)).prop_map(|(x, y)| Coord { x, y });
    proptest::collection::vec(coord, 0..14).prop_map(LineString)
}

fn geometry(place: [f64; 2], size: f64) -> impl Strategy<Value = Geometry<f64>> {
    let polygon = move || {
        (ring(place, size), proptest::collection::vec(ring(place, size / 2.0), 0..3))
            .prop_map(|(shell, holes)| Polygon::new(shell, holes))
    };
    prop_oneof![
        4 => polygon().prop_map(Geometry::from),
        2 => proptest::collection::vec(polygon(), 0..4).prop_map(|all| MultiPolygon(all).into()),
        1 => ring(place, size).prop_map(Geometry::from),
        1 => proptest::collection::vec(ring(place, size), 0..3).prop_map(|all| MultiLineString(all).into()),
        1 => ring(place, size)
            .prop_map(|line| MultiPoint(line.0.into_iter().map(Point::from).collect()).into()),
    ]
}

/// Places, sizes and features there; sizes from a centimetre to a hundred kilometres.
pub(crate) fn features() -> impl Strategy<Value = ([f64; 2], f64, Vec<Geometry<f64>>)> {
    let at = || prop_oneof![-1.9e7..1.9e7_f64, Just(0.0), Just(WORLD_HALF_M), Just(-WORLD_HALF_M)];
    (at(), at(), -6.6..16.6_f64).prop_flat_map(|(x, y, scale)| {
        let size = scale.exp2();
        let geometries = proptest::collection::vec(geometry([x, y], size), 1..8);
        (Just([x, y]), Just(size), geometries)
    })
}

/// The tile of a zoom in which a place lies, and one beside it, half the size away.
pub(crate) fn tiles_near(place: [f64; 2], size: f64, z: u8) -> [TileCoord; 2] {
    let tiles = f64::from(1_u32 << z);
    let column = |metres: f64| {
        ((metres + WORLD_HALF_M) / (2.0 * WORLD_HALF_M) * tiles).floor().clamp(0.0, tiles - 1.0) as u32
    };
    let beside = (column(place[0] + size * 0.5), column(-place[1] - size * 0.5));
    [(column(place[0]), column(-place[1])), beside].map(|(x, y)| TileCoord::new(z, x, y).unwrap())
}
