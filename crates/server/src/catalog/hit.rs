//! What lies under a point.

use geo_types::{Coord, Geometry, LineString, Polygon};

use super::Served;
use spatial::Envelope;

/// Metres a degree of latitude spans, a little less than anywhere on Earth, so that search boxes are large enough.
const DEGREE_M: f64 = 110_000.0;

impl Served {
    /// Features within `tolerance_m` of a longitude and latitude; inside counts as 0 m, by even-odd fill.
    pub(crate) fn at(&self, at: [f64; 2], tolerance_m: f64) -> Vec<usize> {
        let reach = [tolerance_m / (DEGREE_M * at[1].to_radians().cos().max(0.01)), tolerance_m / DEGREE_M];
        let around =
            Envelope { min: [at[0] - reach[0], at[1] - reach[1]], max: [at[0] + reach[0], at[1] + reach[1]] };
        self.near(&around)
            .into_iter()
            .filter(|&i| self.distance_m(i, at).is_some_and(|distance| distance <= tolerance_m))
            .collect()
    }

    /// Distance from a point to a feature. Measured in degrees scaled to metres at the point, which over the reach
    /// of a pick differs from the ellipsoid by less than a pixel.
    fn distance_m(&self, i: usize, at: [f64; 2]) -> Option<f64> {
        let geometry = self.degrees(self.layer.features.get(i)?)?;
        let latitude = at[1].to_radians();
        let scale = [
            (111_412.84 * latitude.cos()) - 93.5 * (3.0 * latitude).cos(),
            111_132.92 - 559.82 * (2.0 * latitude).cos(),
        ];
        let local = |c: Coord<f64>| [(c.x - at[0]) * scale[0], (c.y - at[1]) * scale[1]];
        Some(distance(&geometry, &local))
    }
}

/// Distance from the origin of `local`; infinite for an empty geometry.
fn distance(geometry: &Geometry<f64>, local: &impl Fn(Coord<f64>) -> [f64; 2]) -> f64 {
    let nearest = |distances: &mut dyn Iterator<Item = f64>| distances.fold(f64::INFINITY, f64::min);
    match geometry {
        Geometry::Point(p) => length(local(p.0)),
        Geometry::MultiPoint(all) => nearest(&mut all.iter().map(|p| length(local(p.0)))),
        Geometry::Line(line) => to_segment(local(line.start), local(line.end)),
        Geometry::LineString(line) => to_line(line, local),
        Geometry::MultiLineString(all) => nearest(&mut all.iter().map(|line| to_line(line, local))),
        Geometry::Polygon(polygon) => to_polygons(std::slice::from_ref(polygon), local),
        Geometry::MultiPolygon(all) => to_polygons(&all.0, local),
        Geometry::Rect(rect) => to_polygons(&[rect.to_polygon()], local),
        Geometry::Triangle(triangle) => to_polygons(&[triangle.to_polygon()], local),
        Geometry::GeometryCollection(all) => nearest(&mut all.iter().map(|g| distance(g, local))),
    }
}

fn to_polygons(polygons: &[Polygon<f64>], local: &impl Fn(Coord<f64>) -> [f64; 2]) -> f64 {
    let rings = || polygons.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let crossings: usize = rings().map(|ring| crossings(ring, local)).sum();
    if crossings % 2 == 1 {
        0.0
    } else {
        rings().map(|ring| to_line(ring, local)).fold(f64::INFINITY, f64::min)
    }
}

/// How often a ray from the origin to the right crosses the ring.
fn crossings(ring: &LineString<f64>, local: &impl Fn(Coord<f64>) -> [f64; 2]) -> usize {
    let crosses = |pair: &&[Coord<f64>]| {
        let (a, b) = (local(pair[0]), local(pair[1]));
        (a[1] > 0.0) != (b[1] > 0.0) && a[0] - a[1] * (b[0] - a[0]) / (b[1] - a[1]) > 0.0
    };
    ring.0.windows(2).filter(crosses).count()
}

fn to_line(line: &LineString<f64>, local: &impl Fn(Coord<f64>) -> [f64; 2]) -> f64 {
    line.0.windows(2).map(|w| to_segment(local(w[0]), local(w[1]))).fold(f64::INFINITY, f64::min)
}

/// Distance from the origin to a segment.
fn to_segment(a: [f64; 2], b: [f64; 2]) -> f64 {
    let d = [b[0] - a[0], b[1] - a[1]];
    let squared = d[0] * d[0] + d[1] * d[1];
    let t = if squared > 0.0 { (-(a[0] * d[0] + a[1] * d[1]) / squared).clamp(0.0, 1.0) } else { 0.0 };
    length([a[0] + t * d[0], a[1] + t * d[1]])
}

fn length([x, y]: [f64; 2]) -> f64 {
    x.hypot(y)
}
