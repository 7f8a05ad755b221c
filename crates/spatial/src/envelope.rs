//! Axis-parallel boxes.

use serde::{Deserialize, Serialize};

/// An axis-parallel box in the units of its CRS; `min` never exceeds `max`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Lower left corner, x then y.
    pub min: [f64; 2],
    /// Upper right corner, x then y.
    pub max: [f64; 2],
}

impl Envelope {
    /// The smallest envelope of the points, `None` when there are none.
    pub fn of(points: impl IntoIterator<Item = [f64; 2]>) -> Option<Self> {
        points.into_iter().fold(None, |envelope: Option<Self>, [x, y]| {
            Some(envelope.map_or(Self { min: [x, y], max: [x, y] }, |e| Self {
                min: [e.min[0].min(x), e.min[1].min(y)],
                max: [e.max[0].max(x), e.max[1].max(y)],
            }))
        })
    }

    /// Whether the two boxes share at least a point.
    pub fn intersects(&self, other: &Self) -> bool {
        (0..2).all(|k| self.min[k] <= other.max[k] && other.min[k] <= self.max[k])
    }

    /// The square of the distance between the two boxes, m² on a plane in metres; 0 when they share a point. No
    /// points of the two are nearer to each other, but for rounding in the last digit.
    pub fn gap_m2(&self, other: &Self) -> f64 {
        let gap = |k: usize| (self.min[k] - other.max[k]).max(other.min[k] - self.max[k]).max(0.0);
        let (x, y) = (gap(0), gap(1));
        x * x + y * y
    }

    /// The square of the distance of a point from the box, m²; 0 inside.
    pub(crate) fn point_gap_m2(&self, point: [f64; 2]) -> f64 {
        self.gap_m2(&Self { min: point, max: point })
    }

    /// Whether the point lies in the box or on its border.
    pub fn contains(&self, point: [f64; 2]) -> bool {
        (0..2).all(|k| self.min[k] <= point[k] && point[k] <= self.max[k])
    }

    /// The smallest envelope of both.
    pub fn merged(&self, other: &Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }
}
