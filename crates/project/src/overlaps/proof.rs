//! That the areas add up, told in a few figures.

use serde::Serialize;
use spatial::Layer;
use spatial::overlay::{Overlaps, Proof, SelfCheck};

use super::rows::label;

/// The proof of one subject, by name. `overlaps − multiple + uncovered − area = residual`, each term measured on its
/// own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SubjectProof {
    /// Name of the subject.
    pub subject_id: String,
    /// Its planar area, m².
    pub area_m2: f64,
    /// Σ of its overlaps, m².
    pub overlaps_m2: f64,
    /// What several references cover, once per extra cover, m².
    pub multiple_m2: f64,
    /// What no reference covers, m².
    pub uncovered_m2: f64,
    /// What is left over, m².
    pub residual_m2: f64,
}

/// What was proved, and how well the two engines agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Proofs {
    /// One per subject with an area; none where the pairs lie inside one file.
    pub subjects: Vec<SubjectProof>,
    /// Pairs whose area was measured both without a shape and on the shape.
    pub compared_pairs: usize,
    /// The largest difference between the two, m².
    pub largest_difference_m2: f64,
}

impl Proofs {
    pub(super) fn new(found: &Overlaps, subjects: &Layer, id_field: Option<&str>) -> Self {
        let name = |position: usize| {
            subjects.features.get(position).map(|feature| label(feature, id_field)).unwrap_or_default()
        };
        let proof = |proof: &Proof| {
            let Proof { subject, area_m2, overlaps_m2, multiple_m2, uncovered_m2, residual_m2 } = *proof;
            let subject_id = name(subject);
            SubjectProof { subject_id, area_m2, overlaps_m2, multiple_m2, uncovered_m2, residual_m2 }
        };
        let SelfCheck { pairs: compared_pairs, largest_m2: largest_difference_m2, .. } = found.self_check;
        Self { subjects: found.proofs.iter().map(proof).collect(), compared_pairs, largest_difference_m2 }
    }

    /// The subject whose areas add up worst.
    pub fn worst(&self) -> Option<&SubjectProof> {
        self.subjects.iter().max_by(|a, b| a.residual_m2.abs().total_cmp(&b.residual_m2.abs()))
    }
}
