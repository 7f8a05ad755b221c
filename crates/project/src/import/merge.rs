//! One layer of several files.

use spatial::{Feature, Layer};

use super::FileReport;
use crate::{Document, ProblemSummary};

/// Puts the features of files one behind the other. Positions go on from file to file, the skipped ones counted.
pub(super) fn merge(documents: Vec<Document>, problems: Vec<ProblemSummary>) -> (Layer, Vec<FileReport>) {
    let crs = documents.first().map_or_else(spatial::Crs::wgs84, |document| document.layer.crs.clone());
    let mut features: Vec<Feature> = Vec::new();
    let mut files = Vec::with_capacity(documents.len());
    let mut first_position = 0;
    for (document, problems) in documents.into_iter().zip(problems) {
        let Document { path, layer, notes, .. } = document;
        let (taken, skipped) = (layer.features.len(), notes.skipped());
        let last = layer.features.last().map_or(0, |feature| feature.position + 1);
        files.push(FileReport { path, features: taken, skipped, first_position, notes, problems });
        features.extend(layer.features.into_iter().map(|mut feature| {
            feature.position += first_position;
            feature
        }));
        first_position += last.max(taken as u64 + skipped);
    }
    (Layer { crs, features }, files)
}
