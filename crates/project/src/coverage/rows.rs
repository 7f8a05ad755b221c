//! Findings as people read them: names instead of positions, one row each whatever they are.

use rayon::prelude::*;
use serde::Serialize;
use spatial::coverage::{Between, Coverage, Gap, GapKind, MissingVertex, NearMiss, Shape};
use spatial::{Crs, Layer, Region};

use crate::overlaps::label;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverageKind {
    /// Two features overlap.
    Overlap,
    /// Three or more features cover a place; each of their pairs is an overlap as well.
    MultipleOverlap,
    /// A gap that is nowhere wider than the tolerance.
    Crack,
    /// A wider gap.
    Hole,
    /// A part of the scope that nobody covers and that is not enclosed by features.
    Uncovered,
    /// Two borders run beside each other, within a crack or an overlap that is told as well.
    NearMiss,
    /// Two borders run beside each other, with a crack between them that is open at an end.
    OpenCrack,
    /// A vertex that a neighbour has exactly on the border, and this feature has not.
    MissingVertex,
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq)]
pub enum CoverageShape {
    /// An area on the working grid.
    Region(Region),
    /// A line in the working CRS, m.
    Line(Vec<[f64; 2]>),
    /// Nothing more than its place.
    Place,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageRow {
    /// What it is.
    pub kind: CoverageKind,
    /// The features concerned, by name.
    pub features: Vec<String>,
    /// Planar area in the working CRS, m².
    pub area_m2: Option<f64>,
    /// Geodesic area, m².
    pub area_geodesic_m2: Option<f64>,
    /// Mean width 2A/P, m.
    pub mean_width_m: Option<f64>,
    /// Diameter of the greatest circle that fits in, m.
    pub largest_width_m: Option<f64>,
    /// Length along the border, m.
    pub length_m: Option<f64>,
    /// Greatest distance between the borders, m.
    pub greatest_distance_m: Option<f64>,
    /// What lies between the borders.
    pub between: Option<Between>,
    /// A place in it, in the working CRS, m.
    pub place: [f64; 2],
    /// Where it is.
    pub shape: CoverageShape,
}

/// Names and measures what was found.
pub(super) fn rows(found: Coverage, layer: &Layer, crs: &Crs, id_field: Option<&str>) -> Vec<CoverageRow> {
    let names = |features: &[usize]| -> Vec<String> {
        let known = features.iter().filter_map(|&position| layer.features.get(position));
        known.map(|feature| label(feature, id_field)).collect()
    };
    let area = |kind, features: &[usize], shape: Shape| of_shape(kind, names(features), shape, crs);
    let Coverage { overlaps, multiples, gaps, near_misses, missing_vertices, .. } = found;
    let overlaps = overlaps.into_par_iter().map(|o| area(CoverageKind::Overlap, &o.features, o.shape));
    let multiples =
        multiples.into_par_iter().map(|m| area(CoverageKind::MultipleOverlap, &m.features, m.shape));
    let gaps = gaps.into_par_iter().map(|Gap { kind, features, shape }| {
        let kind = match kind {
            GapKind::Crack => CoverageKind::Crack,
            GapKind::Hole => CoverageKind::Hole,
            GapKind::Open => CoverageKind::Uncovered,
        };
        area(kind, &features, shape)
    });
    let near_misses = near_misses.into_par_iter().map(|miss| of_near_miss(names(&miss.features), miss));
    let missing = missing_vertices
        .into_par_iter()
        .map(|missing| of_missing_vertex(names(&[missing.feature, missing.neighbour]), &missing));
    overlaps.chain(multiples).chain(gaps).chain(near_misses).chain(missing).collect()
}

fn row(kind: CoverageKind, features: Vec<String>, place: [f64; 2], shape: CoverageShape) -> CoverageRow {
    CoverageRow {
        kind,
        features,
        area_m2: None,
        area_geodesic_m2: None,
        mean_width_m: None,
        largest_width_m: None,
        length_m: None,
        greatest_distance_m: None,
        between: None,
        place,
        shape,
    }
}

fn of_shape(kind: CoverageKind, features: Vec<String>, shape: Shape, crs: &Crs) -> CoverageRow {
    CoverageRow {
        area_m2: Some(shape.area_m2),
        area_geodesic_m2: Some(shape.region.area_geodesic_m2(crs)),
        mean_width_m: Some(shape.mean_width_m),
        largest_width_m: shape.largest_width_m,
        ..row(kind, features, shape.place, CoverageShape::Region(shape.region))
    }
}

fn of_near_miss(features: Vec<String>, miss: NearMiss) -> CoverageRow {
    let kind = if miss.is_open { CoverageKind::OpenCrack } else { CoverageKind::NearMiss };
    let place = miss.line.get(miss.line.len() / 2).copied().unwrap_or_default();
    CoverageRow {
        length_m: Some(miss.length_m),
        greatest_distance_m: Some(miss.greatest_distance_m),
        between: Some(miss.between),
        ..row(kind, features, place, CoverageShape::Line(miss.line))
    }
}

fn of_missing_vertex(features: Vec<String>, missing: &MissingVertex) -> CoverageRow {
    row(CoverageKind::MissingVertex, features, missing.place, CoverageShape::Place)
}
