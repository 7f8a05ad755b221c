//! Outlines redrawn: split along a line, joined, cut by another layer. Exact on a plane in metres, in the coordinates of
//! the collection; nothing is kept.

use planning::{CheckInput, Collection, Role, feature_id, parcel_codes};
use spatial::crs::Transformation;
use spatial::distance::{Location, Shape};
use spatial::redraw::Board;
use spatial::{Crs, Feature, Layer, Region};

use crate::ProjectError;
use crate::error::listed;

/// What is done to an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedrawOperation {
    /// Divided along lines.
    Split,
    /// Joined with other areas.
    Union,
    /// Other areas are taken away.
    Difference,
    /// Only what other areas hold stays.
    Intersection,
}

impl RedrawOperation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Split, Self::Union, Self::Difference, Self::Intersection];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Union => "union",
            Self::Difference => "difference",
            Self::Intersection => "intersection",
        }
    }
}

/// Features of a collection of the store that an outline is redrawn by.
#[derive(Clone, Debug, Default)]
pub struct RedrawBy {
    /// The collection.
    pub collection: String,
    /// Only these features; empty = all.
    pub features: Vec<String>,
    /// Only parcels with one of these land-use codes; empty = all.
    pub codes: Vec<String>,
}

/// What to redraw, and by what.
#[derive(Clone, Debug)]
pub struct RedrawRequest {
    /// What is done.
    pub operation: RedrawOperation,
    /// The collection that the outline is of: coordinates come back in its CRS.
    pub collection: String,
    /// The outline.
    pub outline: Vec<Feature>,
    /// What it is redrawn by, as far as it is drawn.
    pub with: Vec<Feature>,
    /// CRS of what is given.
    pub crs: Crs,
    /// What it is redrawn by, as far as the store has it.
    pub by: Option<RedrawBy>,
}

/// Why nothing can be redrawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedrawError {
    /// The outline encloses nothing.
    #[error("the outline has no area: give a polygon")]
    NoArea,
    /// There is nothing to redraw it by.
    #[error("there is nothing to do it by: give lines to split along, polygons for everything else")]
    NoTool,
    /// The line stays outside.
    #[error("the line does not cross the zone: draw it from outside over the zone to the outside")]
    LineMisses,
    /// The line ends inside.
    #[error("the line ends within the zone: draw it on until it leaves the zone")]
    LineEndsInside,
    /// The others have no land in common with it.
    #[error("nothing of it lies in the zone: nothing would change")]
    Unchanged,
    /// The others hold all of it.
    #[error("nothing of the zone would be left")]
    NothingLeft,
    /// There is no such feature.
    #[error("there is no feature \"{0}\" in the collection")]
    UnknownFeature(String),
    /// It cannot be computed where the outline lies.
    #[error("some coordinates lie where the CRS cannot be computed")]
    Outside,
}

/// An outline redrawn.
#[derive(Clone, Debug)]
pub struct Redrawn {
    /// CRS of the geometries.
    pub crs: Crs,
    /// CRS of the areas.
    pub plane: Crs,
    /// Area of what was there, m².
    pub before_m2: f64,
    /// The connected parts, the largest first.
    pub parts: Vec<RedrawnPart>,
}

/// A connected part.
#[derive(Clone, Debug)]
pub struct RedrawnPart {
    /// A polygon.
    pub geometry: geo_types::Geometry<f64>,
    /// Its area, m².
    pub area_m2: f64,
}

/// Redraws an outline.
/// # Errors
/// [`ProjectError::Redraw`], [`ProjectError::UnknownCollection`] or [`ProjectError::Crs`].
pub fn redraw(input: &CheckInput, request: &RedrawRequest) -> Result<Redrawn, ProjectError> {
    let storage = &known(input, &request.collection)?.layer.crs;
    let outline = in_crs(&request.outline, &request.crs, storage)?;
    let mut tools = in_crs(&request.with, &request.crs, storage)?;
    if let Some(by) = &request.by {
        tools.extend(chosen(known(input, &by.collection)?, by, storage)?);
    }
    let plane = plane(storage, &outline)?;
    let mut board = Board::new(storage, &plane)?;
    let region = area(&mut board, &outline).ok_or(RedrawError::NoArea)?;
    let parts = match request.operation {
        RedrawOperation::Split => split(&mut board, &region, &tools)?,
        operation => combined(&mut board, &region, &tools, operation)?.parts(),
    };
    let mut parts = parts.iter().map(|part| made(&board, part)).collect::<Result<Vec<_>, _>>()?;
    parts.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    Ok(Redrawn { crs: storage.clone(), plane, before_m2: region.area_m2(), parts })
}

fn made(board: &Board, part: &Region) -> Result<RedrawnPart, RedrawError> {
    let geometry = board.geometry(part).ok_or(RedrawError::Outside)?;
    Ok(RedrawnPart { geometry, area_m2: part.area_m2() })
}

fn known<'a>(input: &'a CheckInput, id: &str) -> Result<&'a Collection, ProjectError> {
    let known = || listed(input.collections.iter().map(|one| one.info.id.as_str()));
    let found = input.collections.iter().find(|one| one.info.id == id);
    found.ok_or_else(|| ProjectError::UnknownCollection { id: id.to_owned(), known: known() })
}

/// Features in another CRS; coordinates that are in it already stay bit for bit.
pub(crate) fn in_crs(features: &[Feature], from: &Crs, to: &Crs) -> Result<Vec<Feature>, ProjectError> {
    let way = Transformation::new(from, to)?;
    let moved = |feature: &Feature| {
        let Some(geometry) = feature.geometry.as_ref().filter(|_| !way.is_identity()) else {
            return Ok(feature.clone());
        };
        let geometry = way.geometry(geometry).ok_or(RedrawError::Outside)?;
        Ok(Feature { geometry: Some(geometry), ..feature.clone() })
    };
    features.iter().map(moved).collect()
}

/// The features of the store to redraw by.
fn chosen(from: &Collection, by: &RedrawBy, storage: &Crs) -> Result<Vec<Feature>, ProjectError> {
    let role = from.info.role;
    let has_code = |feature: &Feature| {
        by.codes.is_empty() || parcel_codes(feature, role).iter().any(|code| by.codes.contains(code))
    };
    let features = &from.layer.features;
    if let Some(unknown) =
        by.features.iter().find(|id| !features.iter().any(|feature| feature_id(feature, role) == **id))
    {
        return Err(RedrawError::UnknownFeature(unknown.clone()).into());
    }
    let is_meant = |feature: &&Feature| {
        (by.features.is_empty() || by.features.contains(&feature_id(feature, role)))
            && (!matches!(role, Role::LandUse | Role::LandUsePlan) || has_code(feature))
    };
    let meant: Vec<Feature> = features.iter().filter(is_meant).cloned().collect();
    in_crs(&meant, &from.layer.crs, storage)
}

/// The collection's own plane where it has one that planners measure on.
fn plane(storage: &Crs, outline: &[Feature]) -> Result<Crs, ProjectError> {
    if storage.tm3_meridian().is_some() {
        return Ok(storage.clone());
    }
    let alone = Layer { crs: storage.clone(), features: outline.to_vec() };
    Ok(spatial::crs::working(&[&alone], None, &[])?.0)
}

fn area(board: &mut Board, features: &[Feature]) -> Option<Region> {
    let mut regions = Vec::new();
    for geometry in features.iter().filter_map(|feature| feature.geometry.as_ref()) {
        regions.extend(board.area(geometry));
    }
    Some(Region::union(&regions)).filter(|region| !region.is_empty())
}

fn split(board: &mut Board, region: &Region, tools: &[Feature]) -> Result<Vec<Region>, RedrawError> {
    let cuts: Vec<_> = tools.iter().filter_map(|tool| board.cut(tool.geometry.as_ref()?)).collect();
    if cuts.is_empty() {
        return Err(RedrawError::NoTool);
    }
    let mut parts = region.parts();
    let before = parts.len();
    for cut in &cuts {
        parts = parts.iter().flat_map(|part| cut.parts(part)).collect();
    }
    if parts.len() > before {
        return Ok(parts);
    }
    let shape = Shape::new(&geo_types::Geometry::MultiPolygon(region.to_multi_polygon()));
    let is_inside =
        |end: [f64; 2]| shape.as_ref().is_some_and(|shape| shape.locate(end) == Location::Interior);
    let inside = cuts.iter().flat_map(spatial::redraw::Cut::ends).any(is_inside);
    Err(if inside { RedrawError::LineEndsInside } else { RedrawError::LineMisses })
}

fn combined(
    board: &mut Board,
    region: &Region,
    tools: &[Feature],
    operation: RedrawOperation,
) -> Result<Region, RedrawError> {
    let other = area(board, tools).ok_or(RedrawError::NoTool)?;
    let result = match operation {
        RedrawOperation::Difference => region.difference(&other),
        RedrawOperation::Intersection => region.intersection(&other),
        RedrawOperation::Union | RedrawOperation::Split => Region::union([region, &other]),
    };
    if result.is_empty() {
        let apart = operation == RedrawOperation::Intersection;
        return Err(if apart { RedrawError::Unchanged } else { RedrawError::NothingLeft });
    }
    if result == *region { Err(RedrawError::Unchanged) } else { Ok(result) }
}
