//! Points on the plane of EPSG:9215: spots in metres for design, exact points in quarter metres for geometry.
//! Quarter metres are exact in `f64`, and so are midpoints of whole-metre edges and every area.

use std::ops::{Add, Mul, Sub};

/// Easting of the local origin, m.
pub(crate) const ORIGIN_E: i64 = 504_000;
/// Northing of the local origin, m.
pub(crate) const ORIGIN_N: i64 = 2_326_000;
/// Units per metre of [`Point`].
pub(crate) const UNITS: i64 = 4;

/// A place while designing, metres from the local origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Spot {
    pub(crate) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
    pub(crate) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }
    pub(crate) fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }
    pub(crate) fn length(self) -> f64 {
        self.dot(self).sqrt()
    }
    pub(crate) fn distance(self, other: Self) -> f64 {
        (self - other).length()
    }
    /// Turned left by a right angle.
    pub(crate) fn left(self) -> Self {
        Self::new(-self.y, self.x)
    }
    /// Of length 1; the x axis when it has no length.
    pub(crate) fn unit(self) -> Self {
        let length = self.length();
        if length > 0.0 { self * (1.0 / length) } else { Self::new(1.0, 0.0) }
    }
    /// Rounded to whole metres.
    pub(crate) fn point(self) -> Point {
        Point { x: self.x.round() as i64 * UNITS, y: self.y.round() as i64 * UNITS }
    }
    /// Rounded to quarter metres.
    pub(crate) fn fine_point(self) -> Point {
        Point { x: (self.x * UNITS as f64).round() as i64, y: (self.y * UNITS as f64).round() as i64 }
    }
}

impl Add for Spot {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}
impl Sub for Spot {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}
impl Mul<f64> for Spot {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// An exact point, quarter metres from the local origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Point {
    pub(crate) x: i64,
    pub(crate) y: i64,
}

impl Point {
    pub(crate) fn spot(self) -> Spot {
        Spot::new(self.x as f64 / UNITS as f64, self.y as f64 / UNITS as f64)
    }
    /// Easting and northing in metres, exact.
    pub(crate) fn coordinates(self) -> [f64; 2] {
        let place = self.spot();
        [place.x + ORIGIN_E as f64, place.y + ORIGIN_N as f64]
    }
    /// Distance in metres.
    pub(crate) fn distance_m(self, other: Self) -> f64 {
        self.spot().distance(other.spot())
    }
}

/// Twice the signed area of a triangle in squared units, positive when it turns left.
pub(crate) fn turn(a: Point, b: Point, c: Point) -> i64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// The term of an edge in the shoelace sum (twice the area, squared units).
pub(crate) fn shoelace(a: Point, b: Point) -> i64 {
    a.x * b.y - b.x * a.y
}

/// Square metres of twice an area in squared units: a multiple of 1/32, exact.
pub(crate) fn square_metres(twice: i64) -> f64 {
    twice as f64 / (2 * UNITS * UNITS) as f64
}

/// Whether two closed segments share a point.
pub(crate) fn segments_meet(a: Point, b: Point, c: Point, d: Point) -> bool {
    let sides = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)].map(i64::signum);
    if sides[0] * sides[1] < 0 && sides[2] * sides[3] < 0 {
        return true;
    }
    let within = |p: Point, q: Point, r: Point| {
        r.x >= p.x.min(q.x) && r.x <= p.x.max(q.x) && r.y >= p.y.min(q.y) && r.y <= p.y.max(q.y)
    };
    (sides[0] == 0 && within(a, b, c))
        || (sides[1] == 0 && within(a, b, d))
        || (sides[2] == 0 && within(c, d, a))
        || (sides[3] == 0 && within(c, d, b))
}

/// Whether a spot lies in a polygon given by its corners (even-odd).
pub(crate) fn inside(corners: &[Spot], at: Spot) -> bool {
    let mut odd = false;
    for (k, &a) in corners.iter().enumerate() {
        let b = corners[(k + 1) % corners.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y) {
            odd = !odd;
        }
    }
    odd
}

/// Distance from a spot to a segment, and how far along it the nearest place is (0 to 1).
pub(crate) fn to_segment(at: Spot, a: Spot, b: Spot) -> (f64, f64) {
    let along = b - a;
    let squared = along.dot(along);
    let t = if squared > 0.0 { ((at - a).dot(along) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (at.distance(a + along * t), t)
}

/// Distance from a spot to the outline of a polygon.
pub(crate) fn to_outline(corners: &[Spot], at: Spot) -> f64 {
    (0..corners.len())
        .map(|k| to_segment(at, corners[k], corners[(k + 1) % corners.len()]).0)
        .fold(f64::INFINITY, f64::min)
}
