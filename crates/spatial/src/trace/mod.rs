//! Shapes of overlaps of valid polygons, on the global grid.

use crate::{Polygons, Region};

/// Which shape is wanted of a subject and a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// What both cover.
    Intersection,
    /// What the subject covers and the reference does not.
    Difference,
    /// What either covers.
    Union,
}

/// A subject prepared once for all its candidates.
#[derive(Debug)]
pub struct Subject {
    region: Region,
}

/// Room that is used again from pair to pair.
#[derive(Debug, Default)]
pub struct Scratch {}

impl Subject {
    /// Prepares one feature.
    pub fn new(polygons: &Polygons, position: usize) -> Self {
        Self { region: Region::of_polygons(polygons, position) }
    }

    /// The shape asked for.
    pub fn overlay(
        &self,
        references: &Polygons,
        position: usize,
        operation: Operation,
        _: &mut Scratch,
    ) -> Region {
        let other = Region::of_polygons(references, position);
        match operation {
            Operation::Intersection => self.region.intersection(&other),
            Operation::Difference => self.region.difference(&other),
            Operation::Union => Region::union([&self.region, &other]),
        }
    }
}
