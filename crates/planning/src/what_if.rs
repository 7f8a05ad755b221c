//! What if a zone grew by a polygon: judged as if it were so, with nothing changed anywhere.

use std::sync::Arc;

use geo_types::{Geometry, MultiPolygon, Polygon};
use spatial::crs::{CrsError, Transformation};
use spatial::{Crs, Feature, FillRule, Layer, Region};

use crate::answers::{Conversion, conversions};
use crate::limits::{area_limit, fill_limit};
use crate::{
    AreaLimit, CheckInput, CheckOptions, CheckOutcome, Collection, FillLimit, Finding, Role, RulePack,
    ZoneSummary, check_with_pack, feature_id,
};

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WhatIfError {
    /// No collection of zones has it.
    #[error("there is no zone \"{0}\": give the id of a feature of a collection of zones")]
    UnknownZone(String),
    /// The zone, or what it grows by, encloses nothing.
    #[error("{0} has no area: give a polygon")]
    NoArea(&'static str),
    /// A CRS that cannot be computed with.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// It was stopped before its end.
    #[error("the work was stopped")]
    Cancelled,
}

/// What the zone would grow by.
#[derive(Clone, Debug)]
pub struct Growth {
    /// The polygon or polygons.
    pub geometry: Geometry<f64>,
    /// Their CRS.
    pub crs: Crs,
}

/// The zone as it is and as it would be.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// As it is.
    pub before: ZoneSummary,
    /// As it would be.
    pub after: ZoneSummary,
    /// What it would gain, m²; what the polygon shares with the zone is no gain.
    pub added_m2: f64,
    /// The largest area of its kind (ZON-05); `None` where there is none.
    pub area_limit: Option<AreaLimit>,
    /// The fill rate asked for (ZON-10); `None` where the rule does not judge the kind or no register knows the rate.
    pub fill_limit: Option<FillLimit>,
    /// Rice and forest to convert as it is, with who decides.
    pub conversions_before: Vec<Conversion>,
    /// The same as it would be.
    pub conversions_after: Vec<Conversion>,
    /// Findings that it has only as it would be.
    pub appearing: Vec<Finding>,
    /// Findings that it would no longer have.
    pub vanishing: Vec<Finding>,
}

/// Judges a zone as it is and as it would be. The declared area is left out of both: it is a figure for the old
/// outline. The options are those of both checks; which zones they name does not matter.
/// # Errors
/// [`WhatIfError`] when there is no such zone, when either has no area, when a CRS cannot be computed with, or when
/// it was cancelled.
pub fn what_if(
    pack: &RulePack,
    input: &CheckInput,
    zone: &str,
    growth: &Growth,
    options: &CheckOptions<'_>,
) -> Result<WhatIf, WhatIfError> {
    let (collection, feature) = position(input, zone)?;
    let options = CheckOptions { zones: vec![zone.to_owned()], ..options.clone() };
    let judged = |input: &CheckInput| {
        let outcome = check_with_pack(pack, input, &options);
        if outcome.cancelled { Err(WhatIfError::Cancelled) } else { Ok(outcome) }
    };
    let before = judged(&with_geometry(input, collection, feature, None))?;
    let summary = summary(&before, zone)?;
    let layer = &input.collections[collection].layer;
    let grown = grown(&layer.features[feature], &layer.crs, growth, &summary.crs)?;
    let after = judged(&with_geometry(input, collection, feature, Some(grown)))?;
    let grown_summary = self::summary(&after, zone)?;
    let kind = crate::Zone::read(&layer.features[feature]).kind;
    Ok(WhatIf {
        added_m2: grown_summary.area_m2 - summary.area_m2,
        area_limit: area_limit(pack, kind, grown_summary.area_m2),
        fill_limit: fill_limit(pack, kind, input, zone, options.date),
        conversions_before: conversions(pack, kind, &summary),
        conversions_after: conversions(pack, kind, &grown_summary),
        appearing: only_in(&after, &before),
        vanishing: only_in(&before, &after),
        before: summary,
        after: grown_summary,
    })
}

fn position(input: &CheckInput, zone: &str) -> Result<(usize, usize), WhatIfError> {
    let in_collection = |(at, one): (usize, &Collection)| {
        let features = Some(&one.layer.features).filter(|_| one.info.role == Role::Zone)?;
        let found = features.iter().position(|feature| feature_id(feature, Role::Zone) == zone)?;
        Some((at, found))
    };
    let found = input.collections.iter().enumerate().find_map(in_collection);
    found.ok_or_else(|| WhatIfError::UnknownZone(zone.to_owned()))
}

fn summary(outcome: &CheckOutcome, zone: &str) -> Result<ZoneSummary, WhatIfError> {
    let found = outcome.summaries.iter().find(|summary| summary.zone == zone);
    found.cloned().ok_or(WhatIfError::NoArea("the zone"))
}

/// The union of the zone and what it grows by, made on the zone's plane, in the coordinates of its collection.
fn grown(feature: &Feature, own: &Crs, growth: &Growth, plane: &Crs) -> Result<Geometry<f64>, WhatIfError> {
    let region = |geometry: &Geometry<f64>, crs: &Crs, whose| {
        let there = Transformation::new(crs, plane)?.geometry(geometry);
        let polygons = there.map_or_else(|| MultiPolygon(Vec::new()), polygons);
        let region = Region::from_multi_polygon(&polygons, FillRule::EvenOdd);
        if region.is_empty() { Err(WhatIfError::NoArea(whose)) } else { Ok(region) }
    };
    let zone = feature.geometry.as_ref().ok_or(WhatIfError::NoArea("the zone"))?;
    let parts = [region(zone, own, "the zone")?, region(&growth.geometry, &growth.crs, "what it grows by")?];
    let union = Geometry::MultiPolygon(Region::union(&parts).to_multi_polygon());
    Transformation::new(plane, own)?.geometry(&union).ok_or(WhatIfError::NoArea("the grown zone"))
}

fn polygons(geometry: Geometry<f64>) -> MultiPolygon<f64> {
    match geometry {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(polygons) => polygons,
        Geometry::Rect(rect) => MultiPolygon(vec![rect.to_polygon()]),
        Geometry::Triangle(triangle) => MultiPolygon(vec![triangle.to_polygon()]),
        Geometry::GeometryCollection(members) => {
            let parts: Vec<Polygon<f64>> =
                members.into_iter().flat_map(|member| polygons(member).0).collect();
            MultiPolygon(parts)
        }
        Geometry::Point(_)
        | Geometry::Line(_)
        | Geometry::LineString(_)
        | Geometry::MultiPoint(_)
        | Geometry::MultiLineString(_) => MultiPolygon(Vec::new()),
    }
}

/// The input with one feature changed and without its declared area; the others are shared.
fn with_geometry(
    input: &CheckInput,
    collection: usize,
    feature: usize,
    geometry: Option<Geometry<f64>>,
) -> CheckInput {
    let mut changed = input.clone();
    let of = &mut changed.collections[collection];
    let mut features = of.layer.features.clone();
    features[feature].properties.remove("declared_area_ha");
    if geometry.is_some() {
        features[feature].geometry = geometry;
    }
    of.layer = Arc::new(Layer { crs: of.layer.crs.clone(), features });
    changed
}

/// The findings of one outcome that the other does not have.
fn only_in(one: &CheckOutcome, other: &CheckOutcome) -> Vec<Finding> {
    let known = |finding: &&Finding| !other.findings.iter().any(|known| known.id == finding.id);
    one.findings.iter().filter(known).cloned().collect()
}
