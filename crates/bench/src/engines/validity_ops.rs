//! Other people's validity: GEOS's `isValid` and the `Validation` of the crate geo.

use geo::Validation;
use geos::{Geom, Geometry};

use super::geos_ops;
use crate::clock::{Cost, least};
use crate::problem::Problem;
use crate::validate::{Set, multi_polygon};

/// GEOS; a geometry that it cannot even make (rings too short) is not valid.
pub(crate) fn geos(set: &Set, repeat: usize) -> Result<(Vec<bool>, Cost), Problem> {
    let shapes: Vec<Option<Geometry>> =
        set.shapes.iter().map(|shape| geos_ops::geometry(shape).ok()).collect();
    let is_valid =
        |shape: &Option<Geometry>| shape.as_ref().is_some_and(|shape| shape.is_valid().unwrap_or(false));
    Ok(least(repeat, || shapes.iter().map(is_valid).collect()))
}

/// The crate geo.
pub(crate) fn geo(set: &Set, repeat: usize) -> (Vec<bool>, Cost) {
    let shapes: Vec<_> = set.shapes.iter().map(multi_polygon).collect();
    least(repeat, || shapes.iter().map(Validation::is_valid).collect())
}
