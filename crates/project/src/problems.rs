//! What is wrong with the geometries of a layer: counted by kind, and feature by feature.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use spatial::validity::{Problem, ProblemKind, validate};
use spatial::{Feature, Layer};

/// A feature with its problems.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeatureProblems {
    /// Position in its source, from 0.
    pub position: u64,
    /// Its id, else its position.
    pub feature: String,
    /// Every problem with its place.
    pub problems: Vec<Problem>,
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
    /// Examines every geometry of a layer; places are in the layer's CRS.
    pub fn of(layer: &Layer) -> Self {
        let problems = layer.features.par_iter().map(feature_problems).collect::<Vec<_>>();
        Self::collect(layer.features.iter().zip(problems))
    }

    /// Puts together what was found already.
    pub fn collect<'a>(found: impl Iterator<Item = (&'a Feature, Vec<Problem>)>) -> Self {
        let mut summary = Self::default();
        for (feature, problems) in found.filter(|(_, problems)| !problems.is_empty()) {
            let feature = FeatureProblems { position: feature.position, feature: feature.label(), problems };
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
