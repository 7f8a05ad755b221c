//! Areas and boundary lengths of overlaps without computing the overlap's shape.

use crate::Polygons;

/// What there is to say of an overlap without its shape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// Planar area, m².
    pub area_m2: f64,
    /// Length of the overlap's boundary, m.
    pub perimeter_m: f64,
}

impl Measure {
    /// Mean width 2A/P, m (0 when there is no boundary).
    pub fn mean_width_m(&self) -> f64 {
        if self.perimeter_m > 0.0 { 2.0 * self.area_m2 / self.perimeter_m } else { 0.0 }
    }
}

/// References ready for measuring.
#[derive(Clone, Debug)]
pub struct References {
    polygons: Polygons,
}

impl References {
    /// Prepares polygons once for any number of subjects.
    pub fn new(polygons: Polygons) -> Self {
        Self { polygons }
    }

    /// The polygons.
    pub fn polygons(&self) -> &Polygons {
        &self.polygons
    }
}

/// A subject prepared once for all its candidates.
#[derive(Debug)]
pub struct Subject {
    region: crate::Region,
}

/// Room that is used again from subject to subject.
#[derive(Debug, Default)]
pub struct Scratch {}

impl Subject {
    /// Prepares one feature.
    pub fn new(polygons: &Polygons, position: usize) -> Self {
        Self { region: crate::Region::of_polygons(polygons, position) }
    }

    /// The area that the subject shares with each candidate, m², in their order.
    pub fn areas(
        &self,
        references: &References,
        candidates: &[usize],
        _: &mut Scratch,
        areas_m2: &mut Vec<f64>,
    ) {
        areas_m2.clear();
        areas_m2.extend(candidates.iter().map(|&c| {
            self.region.intersection(&crate::Region::of_polygons(&references.polygons, c)).area_m2()
        }));
    }

    /// Area and boundary length of the overlap with each candidate, in their order.
    pub fn measures(
        &self,
        references: &References,
        candidates: &[usize],
        _: &mut Scratch,
        measures: &mut Vec<Measure>,
    ) {
        measures.clear();
        measures.extend(candidates.iter().map(|&c| {
            let shape = self.region.intersection(&crate::Region::of_polygons(&references.polygons, c));
            Measure { area_m2: shape.area_m2(), perimeter_m: shape.perimeter_m() }
        }));
    }
}
