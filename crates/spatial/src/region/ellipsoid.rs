//! Area on the ellipsoid of a region given on a projected plane.

use i_overlay::i_shape::int::shape::IntContour;

use super::grid;
use crate::Crs;
use crate::crs::Transformation;

/// Edges are cut in pieces of at most this length, m: the curve of a longer one is not well told by its middle.
const PIECE_M: f64 = 1000.0;

/// Area that the contours (counter-clockwise positive) enclose on WGS 84.
pub(super) fn area_m2<'a>(contours: impl Iterator<Item = &'a IntContour<i64>>, working: &Crs) -> f64 {
    match Ellipsoid::new(working) {
        Some(ellipsoid) => contours.map(|contour| ellipsoid.ring_area_m2(contour)).sum(),
        None => f64::NAN,
    }
}

/// Semi-axes of WGS 84, m.
const SEMI_MAJOR_M: f64 = 6_378_137.0;
const SEMI_MINOR_M: f64 = SEMI_MAJOR_M * (1.0 - 1.0 / 298.257_223_563);

/// The way from the plane to WGS 84, and the eccentricity of that ellipsoid.
struct Ellipsoid {
    to_wgs84: Transformation,
    eccentricity: f64,
}

/// Longitude in radians, and the area per radian of longitude between its parallel and the equator, m².
#[derive(Clone, Copy)]
struct Place {
    longitude: f64,
    strip: f64,
}

impl Ellipsoid {
    fn new(working: &Crs) -> Option<Self> {
        if working.is_geographic() {
            return None;
        }
        let to_wgs84 = Transformation::new(working, &Crs::wgs84()).ok()?;
        let axes = SEMI_MINOR_M / SEMI_MAJOR_M;
        Some(Self { to_wgs84, eccentricity: (1.0 - axes * axes).sqrt() })
    }

    fn place(&self, xy: [f64; 2]) -> Place {
        let [longitude, latitude] = self.to_wgs84.point(xy).unwrap_or([f64::NAN; 2]);
        Place { longitude: longitude.to_radians(), strip: self.strip(latitude.to_radians().sin()) }
    }

    /// ∫ M N cos φ dφ from the equator to the latitude with this sine, M and N the radii of curvature.
    fn strip(&self, sine: f64) -> f64 {
        let e = self.eccentricity;
        let half_square = SEMI_MINOR_M * SEMI_MINOR_M / 2.0;
        half_square * (sine / (1.0 - e * e * sine * sine) + (e * sine).atanh() / e)
    }

    /// By Green's theorem the area is −∮ strip dλ. Longitudes and strips are taken from the first vertex: only
    /// differences matter, and small numbers keep their digits.
    fn ring_area_m2(&self, contour: &IntContour<i64>) -> f64 {
        let Some(&first) = contour.first() else { return 0.0 };
        let origin = self.place(grid::metres(first));
        let from_origin = |point: [f64; 2]| {
            let place = self.place(point);
            let turned = place.longitude - origin.longitude;
            let turns = (turned / std::f64::consts::TAU).round();
            Place { longitude: turned - turns * std::f64::consts::TAU, strip: place.strip - origin.strip }
        };
        let mut at = grid::metres(first);
        let mut start = from_origin(at);
        let mut integral = 0.0;
        for &vertex in contour[1..].iter().chain([&first]) {
            let target = grid::metres(vertex);
            let (dx, dy) = (target[0] - at[0], target[1] - at[1]);
            let pieces = (dx.hypot(dy) / PIECE_M).ceil().max(1.0);
            let along = |t: f64| from_origin([at[0] + dx * t, at[1] + dy * t]);
            for piece in 0..pieces as u32 {
                let t = f64::from(piece);
                let end = along((t + 1.0) / pieces);
                integral += piece_integral(start, along((t + 0.5) / pieces), end);
                start = end;
            }
            at = target;
        }
        -integral
    }
}

/// ∫ strip dλ along a piece whose strip and longitude run as parabolas through start, middle and end: the
/// integrand is then a cubic, for which Simpson's rule is exact.
fn piece_integral(start: Place, middle: Place, end: Place) -> f64 {
    let (a, m, b) = (start.longitude, middle.longitude, end.longitude);
    let (slope_start, slope_middle, slope_end) = (4.0 * m - 3.0 * a - b, b - a, a - 4.0 * m + 3.0 * b);
    (start.strip * slope_start + 4.0 * middle.strip * slope_middle + end.strip * slope_end) / 6.0
}
