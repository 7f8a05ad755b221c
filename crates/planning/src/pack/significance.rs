//! What is too narrow or too small to matter on the maps that were compared.

use serde::Deserialize;

use super::LegalBasis;

const MM_PER_M: f64 = 1000.0;

/// Smallest area that a map shows, up to a scale.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapArea {
    /// Largest scale denominator for which the line holds.
    pub up_to_scale: u32,
    /// Area on the map, mm².
    pub area_mm2: f64,
}

/// Significance: the width and the area below which a difference between two maps says nothing.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Significance {
    /// Width of a line on the map, mm.
    pub line_width_mm: f64,
    /// Scale denominator of a source that does not give one.
    pub default_scale: u32,
    /// Smallest areas, ascending by scale.
    pub area: Vec<MapArea>,
    /// What the figures rest on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl Significance {
    /// W_min = √(w₁² + w₂²) in metres, w = line width × scale denominator.
    pub fn w_min_m(&self, scale: u32, reference_scale: u32) -> f64 {
        let width_m = |scale: u32| self.line_width_mm / MM_PER_M * f64::from(scale);
        width_m(scale).hypot(width_m(reference_scale))
    }

    /// A_min in m²: the smallest area that the map of the **reference** shows, because it is the reference that
    /// says what lies where. Beyond the last line of the table, the last line's mm² hold.
    pub fn a_min_m2(&self, reference_scale: u32) -> f64 {
        let line = self.area.iter().find(|line| reference_scale <= line.up_to_scale).or(self.area.last());
        let metres_per_mm = f64::from(reference_scale) / MM_PER_M;
        line.map_or(0.0, |line| line.area_mm2 * metres_per_mm * metres_per_mm)
    }
}

#[cfg(test)]
mod tests {
    use crate::pack;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * b.abs()
    }

    #[test]
    fn widths_and_areas_are_those_of_the_catalogue() {
        let s = &pack().unwrap().significance;
        // 1:2,000 is 1 m, 1:10,000 is 5 m, 1:25,000 is 12.5 m, 1:50,000 is 25 m.
        assert!(close(s.w_min_m(2_000, 10_000), 26.0_f64.sqrt()));
        assert!(close(s.w_min_m(25_000, 50_000), (12.5_f64 * 12.5 + 625.0).sqrt()));
        // 16 mm² at 1:10,000 is 0.16 ha; 9 mm² at 1:25,000 is 0.5625 ha.
        assert!(close(s.a_min_m2(10_000), 1_600.0));
        assert!(close(s.a_min_m2(2_000), 64.0));
        assert!(close(s.a_min_m2(25_000), 5_625.0));
        assert!(close(s.a_min_m2(10_001), 9.0 * 10.001 * 10.001));
        assert!(close(s.a_min_m2(250_000), 9.0 * 250.0 * 250.0));
    }
}
