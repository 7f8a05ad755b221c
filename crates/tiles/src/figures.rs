//! What a level holds, counted from its bytes.

use crate::faces::doubled_area;
use crate::layer::TileLayer;
use crate::level::{Parts, parts};
use crate::source::Kind;

/// What a layer draws at a zoom.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LevelFigures {
    /// Features drawn.
    pub features: usize,
    /// Features that are drawn as parts of these.
    pub merged: usize,
    /// Features too small to be drawn.
    pub hidden: usize,
    /// Vertices of all features; a ring's closing one does not count.
    pub vertices: usize,
    /// Bytes of all geometry.
    pub geometry_bytes: usize,
    /// Everything that the zoom takes in memory, attributes aside, bytes.
    pub memory_bytes: usize,
    /// Area of all polygons in squared units of the zoom.
    pub area_units2: f64,
}

impl TileLayer {
    /// Counts what the layer draws at a zoom; `None` past the deepest one prepared.
    pub fn figures(&self, z: u8) -> Option<LevelFigures> {
        let level = self.levels.get(usize::from(z))?;
        let mut figures = LevelFigures {
            features: level.records.len(),
            hidden: level.hidden.len(),
            geometry_bytes: level.bytes.len(),
            memory_bytes: level.memory_bytes(),
            ..LevelFigures::default()
        };
        let mut read = Parts::default();
        let mut doubled = 0_i128;
        for (number, record) in level.records.iter().enumerate() {
            figures.merged += record.count as usize;
            parts(level.fragment(number), record.first, &[], |_| false, &mut read);
            figures.vertices += read.points.len();
            if self.head.rows.kinds[record.row as usize] == Kind::Polygon {
                doubled += read.iter().map(|ring| i128::from(doubled_area(ring))).sum::<i128>();
            }
        }
        figures.merged = figures.merged.saturating_sub(figures.features);
        figures.area_units2 = doubled as f64 / 2.0;
        Some(figures)
    }
}
