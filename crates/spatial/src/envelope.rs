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

    /// The smallest envelope of both.
    pub fn merged(&self, other: &Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }
}
