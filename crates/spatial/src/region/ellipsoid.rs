//! Area on the ellipsoid of a region given on a projected plane.

use i_overlay::i_shape::int::shape::IntContour;
use proj4rs::{Proj, transform::transform};

use super::grid;
use crate::Crs;

/// Edges are cut in pieces of at most this length, m: the curve of a longer one is not well told by its middle.
const PIECE_M: f64 = 1000.0;

/// Area that the contours (counter-clockwise positive) enclose on the ellipsoid of `working`.
pub(super) fn area_m2<'a>(contours: impl Iterator<Item = &'a IntContour<i64>>, working: &Crs) -> f64 {
    match Ellipsoid::new(working) {
        Some(ellipsoid) => contours.map(|contour| ellipsoid.ring_area_m2(contour)).sum(),
        None => f64::NAN,
    }
}

/// The way from the plane back to longitude and latitude, and the ellipsoid these are on.
struct Ellipsoid {
    plane: Proj,
    geographic: Proj,
    semi_minor_squared: f64,
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
        let plane = Proj::from_proj_string(working.proj_string()).ok()?;
        let (a, b) = plane.ellipse_parameters();
        // No datum on this side: the datum of the plane stays as it is.
        let geographic = Proj::from_proj_string(&format!("+proj=longlat +a={a} +b={b} +no_defs")).ok()?;
        let eccentricity = (1.0 - (b / a) * (b / a)).max(0.0).sqrt();
        Some(Self { plane, geographic, semi_minor_squared: b * b, eccentricity })
    }

    fn place(&self, [x, y]: [f64; 2]) -> Place {
        let mut point = (x, y, 0.0);
        if transform(&self.plane, &self.geographic, &mut point).is_err() {
            return Place { longitude: f64::NAN, strip: f64::NAN };
        }
        Place { longitude: point.0, strip: self.strip(point.1.sin()) }
    }

    /// ∫ M N cos φ dφ from the equator to the latitude with this sine, M and N the radii of curvature.
    fn strip(&self, sine: f64) -> f64 {
        let e = self.eccentricity;
        let logarithm = if e > 0.0 { (e * sine).atanh() / e } else { sine };
        self.semi_minor_squared / 2.0 * (sine / (1.0 - e * e * sine * sine) + logarithm)
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
