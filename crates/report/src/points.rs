//! Polygons as points to be listed, rounded as they are printed.

use geo_types::{Geometry, LineString, Polygon};
use spatial::Feature;

/// Decimals of a coordinate: millimetres.
const PER_METRE: f64 = 1_000.0;

/// A point of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ListedPoint {
    pub(crate) label: String,
    pub(crate) northing_m: f64,
    pub(crate) easting_m: f64,
}

/// A ring of a list, its first point not repeated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ListedRing {
    pub(crate) points: Vec<ListedPoint>,
    pub(crate) is_hole: bool,
}

impl ListedRing {
    /// The length of the side from a point to the next; from the last to the first.
    pub(crate) fn side_m(&self, at: usize) -> Option<f64> {
        let from = self.points.get(at)?;
        let to = self.points.get(at + 1).or_else(|| self.points.first())?;
        Some((to.easting_m - from.easting_m).hypot(to.northing_m - from.northing_m))
    }
}

/// The polygons of a feature.
pub(crate) fn polygons(feature: &Feature) -> Vec<&Polygon<f64>> {
    match &feature.geometry {
        Some(Geometry::Polygon(polygon)) => vec![polygon],
        Some(Geometry::MultiPolygon(polygons)) => polygons.0.iter().collect(),
        _ => Vec::new(),
    }
}

/// Rings in the order of the polygons, each shell before its holes. Points have the numbers that the feature was imported with
/// ("M1 M2 M3; M7 M8 M9") where these are as many, else numbers from 1 on over all rings.
pub(crate) fn listed(polygons: &[&Polygon<f64>], numbers: Option<&str>) -> Vec<ListedRing> {
    let rings = || {
        polygons.iter().flat_map(|polygon| {
            let holes = polygon.interiors().iter().map(|ring| (ring, true));
            std::iter::once((polygon.exterior(), false)).chain(holes)
        })
    };
    let own: Vec<Vec<&str>> =
        numbers.unwrap_or_default().split("; ").map(|ring| ring.split(' ').collect()).collect();
    let count = |ring: &LineString<f64>| ring.0.len().saturating_sub(1);
    let fits =
        own.len() == rings().count() && rings().zip(&own).all(|((ring, _), own)| count(ring) == own.len());
    let mut next = 0;
    let ring = |(at, (ring, is_hole)): (usize, (&LineString<f64>, bool))| {
        let points = ring.0.iter().take(count(ring)).enumerate().map(|(point, place)| {
            next += 1;
            let given = own.get(at).filter(|_| fits).and_then(|own| own.get(point));
            let round = |value: f64| (value * PER_METRE).round() / PER_METRE;
            ListedPoint {
                label: given.map_or_else(|| next.to_string(), |given| (*given).to_owned()),
                northing_m: round(place.y),
                easting_m: round(place.x),
            }
        });
        ListedRing { points: points.collect(), is_hole }
    };
    rings().enumerate().map(ring).collect()
}

/// The area of rings on their plane.
pub(crate) fn area_m2(rings: &[ListedRing]) -> f64 {
    let of = |ring: &ListedRing| {
        let Some(origin) = ring.points.first() else { return 0.0 };
        let place =
            |point: &ListedPoint| [point.easting_m - origin.easting_m, point.northing_m - origin.northing_m];
        let places: Vec<[f64; 2]> = ring.points.iter().map(place).collect();
        let doubled: f64 =
            places.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum();
        doubled.abs() / 2.0
    };
    rings.iter().map(|ring| if ring.is_hole { -of(ring) } else { of(ring) }).sum()
}
