//! What is wrong with the geometries of a layer: counted by kind, and feature by feature.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;
use spatial::repair::Changes;
use spatial::validity::{Problem, ProblemKind, validate};
use spatial::{Feature, Layer, Prepared};

use crate::overlaps::choose;

/// A feature with its problems.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeatureProblems {
    /// Position in its source, from 0.
    pub position: u64,
    /// Its id, else its position.
    pub feature: String,
    /// Every problem with its place.
    pub problems: Vec<Problem>,
    /// What a repair changes, where the geometry is invalid and can be placed on a plane.
    pub repair: Option<Changes>,
}

impl FeatureProblems {
    /// Whether the geometry is invalid; a null geometry or a duplicate vertex is a problem, but not invalid.
    pub fn is_invalid(&self) -> bool {
        self.problems.iter().any(|problem| problem.kind.is_invalid())
    }
}

/// The problems of a layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ProblemSummary {
    /// How many features have a problem of each kind.
    pub by_kind: BTreeMap<ProblemKind, usize>,
    /// Features with an invalid geometry.
    pub invalid: usize,
    /// Features without geometry.
    pub null: usize,
    /// Every feature that has a problem, in order.
    pub features: Vec<FeatureProblems>,
}

impl ProblemSummary {
    /// Examines every geometry of a layer; places are in the layer's CRS. No repair is told yet.
    pub(crate) fn examined(layer: &Layer) -> Self {
        let problems = layer.features.par_iter().map(feature_problems).collect::<Vec<_>>();
        Self::collect(layer.features.iter().zip(problems).map(|(feature, found)| (feature, found, None)))
    }

    /// Puts together what preparing a layer has found.
    pub fn of_prepared(layer: &Layer, prepared: Prepared) -> Self {
        let found = layer.features.iter().zip(prepared.features);
        Self::collect(found.map(|(feature, prepared)| (feature, prepared.problems, prepared.repair)))
    }

    /// Repairs the invalid features of the layer on the plane of their working CRS; where there is none, nothing is told.
    /// What is invalid stays as it is: the repairs told are those that its overlaps will be measured with.
    pub(crate) fn foresee_repairs(&mut self, layer: &Layer) {
        let mut invalid: Vec<&mut FeatureProblems> =
            self.features.iter_mut().filter(|feature| feature.is_invalid()).collect();
        if invalid.is_empty() {
            return;
        }
        let Ok((working, _)) = choose(&[layer], None) else { return };
        let positions: BTreeSet<u64> = invalid.iter().map(|feature| feature.position).collect();
        let some = layer.features.iter().filter(|feature| positions.contains(&feature.position));
        let some = Layer { crs: layer.crs.clone(), features: some.cloned().collect() };
        let Ok(prepared) = Prepared::new(&some, &working) else { return };
        for (feature, prepared) in invalid.iter_mut().zip(prepared.features) {
            feature.repair = prepared.repair;
        }
    }

    fn collect<'a>(found: impl Iterator<Item = (&'a Feature, Vec<Problem>, Option<Changes>)>) -> Self {
        let mut summary = Self::default();
        for (feature, problems, repair) in found.filter(|(_, problems, _)| !problems.is_empty()) {
            let (position, feature) = (feature.position, feature.label());
            let feature = FeatureProblems { position, feature, problems, repair };
            let mut kinds: Vec<ProblemKind> = feature.problems.iter().map(|problem| problem.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            summary.null += usize::from(kinds.contains(&ProblemKind::Null));
            summary.invalid += usize::from(feature.is_invalid());
            for kind in kinds {
                *summary.by_kind.entry(kind).or_default() += 1;
            }
            summary.features.push(feature);
        }
        summary
    }
}

fn feature_problems(feature: &Feature) -> Vec<Problem> {
    match &feature.geometry {
        Some(geometry) => validate(geometry),
        None => vec![Problem { kind: ProblemKind::Null, place: None, part: None, ring: None }],
    }
}
